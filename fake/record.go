package fake

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Record is a record as it was when it was read or written; Reload reads it again.
type Record struct {
	workspace *Workspace
	schema    *world.Schema
	object    *world.Object
	inner     *world.Record
}

// Create makes a record of an object, named by slug or id, as POST …/records does. A mistake ends the
// test with what Attio says of it.
func (w *Workspace) Create(object string, values Values) Record {
	w.server.helper()
	return w.write("create a record", object, values, func(tx *world.Tx, o *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.CreateRecord(o, w.server.world.NewID(), writes)
	})
}

// Upsert writes to the record that has one of the written values of a unique attribute, or makes one,
// as PUT …/records does. Values of the matching attribute are added, those of all others replaced.
func (w *Workspace) Upsert(object, matchingAttribute string, values Values) Record {
	w.server.helper()
	newID := func() attio.ID { return attio.UpsertID(w.server.world.NewID()) }
	return w.write("upsert a record", object, values, func(tx *world.Tx, o *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.UpsertRecord(o, matchingAttribute, newID, writes)
	})
}

// Update writes to a record, named by its key in the scenario or its id, as PATCH does: values of
// multiselect attributes are added before those that it has.
func (w *Workspace) Update(object, keyOrID string, values Values) Record {
	w.server.helper()
	return w.change(object, keyOrID, values, world.Prepend)
}

// Overwrite writes to a record, named by its key in the scenario or its id, as PUT does: values of
// multiselect attributes are replaced.
func (w *Workspace) Overwrite(object, keyOrID string, values Values) Record {
	w.server.helper()
	return w.change(object, keyOrID, values, world.Overwrite)
}

// Delete removes a record, named by its key in the scenario or its id.
func (w *Workspace) Delete(object, keyOrID string) {
	w.server.helper()
	if found := w.Record(object, keyOrID); found.inner != nil {
		w.update(func(tx *world.Tx) error {
			o, err := latest(tx, found.object)
			if err != nil {
				return err
			}
			return tx.DeleteRecord(o, found.inner.ID)
		})
	}
}

// Record returns a record by its key in the scenario or its id. It ends the test if there is none.
func (w *Workspace) Record(object, keyOrID string) Record {
	w.server.helper()
	found, ok := w.Find(object, keyOrID)
	if !ok && found.object != nil {
		w.server.fatalf("fake: workspace %q has no record %q of %q; name one by its key in the scenario or its id",
			w.Slug(), keyOrID, found.object.Slug)
	}
	return found
}

// Find returns a record by its key in the scenario or its id, and whether there is one.
func (w *Workspace) Find(object, keyOrID string) (Record, bool) {
	w.server.helper()
	state := w.state()
	o := w.object(state.Schema, object)
	if o == nil {
		return Record{}, false
	}
	id, ok := attio.ParseID(keyOrID)
	if !ok {
		id = attio.PathID(state.Slug + "/" + o.Slug + "/" + keyOrID)
	}
	record, ok := state.Record(o.ID, id)
	return Record{w, state.Schema, o, record}, ok
}

// Records returns all records of an object, oldest first.
func (w *Workspace) Records(object string) []Record {
	w.server.helper()
	state := w.state()
	o := w.object(state.Schema, object)
	if o == nil {
		return nil
	}
	var records []Record
	for record := range state.Records(o.ID) {
		records = append(records, Record{w, state.Schema, o, record})
	}
	slices.SortStableFunc(records, func(a, b Record) int { return a.inner.CreatedAt.Compare(b.inner.CreatedAt) })
	return records
}

func (w *Workspace) change(object, keyOrID string, values Values, mode world.Mode) Record {
	w.server.helper()
	found := w.Record(object, keyOrID)
	if found.inner == nil {
		return Record{}
	}
	return w.write("update a record", object, values, func(tx *world.Tx, o *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.UpdateRecord(o, found.inner.ID, mode, writes)
	})
}

// write runs a transaction that writes a record, and returns it as it is then.
func (w *Workspace) write(doing, object string, values Values,
	write func(*world.Tx, *world.Object, []world.Write) (*world.Record, error)) Record {
	w.server.helper()
	o := w.object(w.state().Schema, object)
	if o == nil {
		return Record{}
	}
	sent, err := values.encode()
	var result Record
	if err == nil {
		err = w.inner.Update(w.author(), func(tx *world.Tx) (err error) {
			if o, err = latest(tx, o); err != nil {
				return err
			}
			writes, err := sent.writes(o)
			if err != nil {
				return err
			}
			record, err := write(tx, o, writes)
			result = Record{w, tx.Schema, o, record}
			return err
		})
	}
	if err != nil {
		w.server.fatalf("fake: workspace %q: %s of %q: %s", w.Slug(), doing, o.Slug, explainOn(o, err))
		return Record{}
	}
	return result
}

// Reload returns the record as it is now. It ends the test if the record is gone.
func (r Record) Reload() Record {
	r.workspace.server.helper()
	return r.workspace.Record(string(r.object.ID), r.ID())
}

// ID returns the record id.
func (r Record) ID() string { return string(r.inner.ID) }

// Object returns the slug of the object.
func (r Record) Object() string { return r.object.Slug }

// CreatedAt returns when the record came to be.
func (r Record) CreatedAt() time.Time { return r.inner.CreatedAt }

// WebURL returns where Attio shows the record to people.
func (r Record) WebURL() string { return r.decode().WebURL }

// JSON returns the whole record as the API answers it.
func (r Record) JSON() []byte { return bytes.Clone(api.RenderRecord(r.schema, r.object, r.inner)) }

// String returns the object and the id of the record: "people/0a3e…".
func (r Record) String() string {
	if r.inner == nil {
		return "no record"
	}
	return r.Object() + "/" + r.ID()
}

// rendered is what of a record only its JSON says.
type rendered struct {
	WebURL string                      `json:"web_url"`
	Values map[string][]map[string]any `json:"values"`
}

func (r Record) decode() rendered {
	var decoded rendered
	_ = json.Unmarshal(api.RenderRecord(r.schema, r.object, r.inner), &decoded) // made to be read
	return decoded
}

// Text returns the first value of an attribute that is text in some way: a text itself, a full name, an
// e-mail address, a domain, a phone number in international form, the title of an option or a status.
// Without a value it is empty. An attribute that the object does not have, or of a type that another
// getter reads, ends the test; so it is with all getters.
func (r Record) Text(attribute string) string {
	r.workspace.server.helper()
	return first(r.Texts(attribute))
}

// Texts returns all values of an attribute, each as Text does.
func (r Record) Texts(attribute string) []string {
	r.workspace.server.helper()
	return read(r, attribute, getText, textOf)
}

// Number returns the value of a number, a currency or a rating; without one, zero.
func (r Record) Number(attribute string) float64 {
	r.workspace.server.helper()
	return first(read(r, attribute, getNumber, numberOf))
}

// Bool returns the value of a checkbox; without one, false.
func (r Record) Bool(attribute string) bool {
	r.workspace.server.helper()
	return first(read(r, attribute, getBool, boolOf))
}

// Time returns the value of a timestamp, or the midnight in UTC at which a date begins; without one,
// the zero time.
func (r Record) Time(attribute string) time.Time {
	r.workspace.server.helper()
	return first(read(r, attribute, getTime, timeOf))
}

// Ref returns the id of the first record or actor that a reference points to; without one, it is empty.
func (r Record) Ref(attribute string) string {
	r.workspace.server.helper()
	return first(r.Refs(attribute))
}

// Refs returns the ids of all records or actors that a reference points to.
func (r Record) Refs(attribute string) []string {
	r.workspace.server.helper()
	return read(r, attribute, getRef, refOf)
}

// Value returns the first value of an attribute of any type as the API answers it; without one, nil.
func (r Record) Value(attribute string) map[string]any {
	r.workspace.server.helper()
	return first(r.Values(attribute))
}

// Values returns all values of an attribute of any type as the API answers them.
func (r Record) Values(attribute string) []map[string]any {
	r.workspace.server.helper()
	if d := r.attribute(attribute); d != nil {
		return r.decode().Values[d.Slug]
	}
	return nil
}

// attribute returns an attribute of which the record shows values.
func (r Record) attribute(slugOrID string) *attribute.Definition {
	r.workspace.server.helper()
	d, ok := r.object.Attribute(slugOrID)
	if ok && r.schema.Shows(d) {
		return d
	}
	shown := slices.DeleteFunc(slices.Clone(r.object.Attributes), func(d *attribute.Definition) bool { return !r.schema.Shows(d) })
	r.workspace.server.fatalf("fake: workspace %q: record %s: %s", r.workspace.Slug(), r, scenario.Unknown("attribute", slugOrID, slugsOf(shown)))
	return nil
}

// getter is the name of the method that reads a type.
type getter string

const (
	getText   getter = "Text"
	getNumber getter = "Number"
	getBool   getter = "Bool"
	getTime   getter = "Time"
	getRef    getter = "Ref"
	getValue  getter = "Value"
)

func getterOf(t attribute.Type) getter {
	switch t {
	case attribute.TypeNumber, attribute.TypeCurrency, attribute.TypeRating:
		return getNumber
	case attribute.TypeCheckbox:
		return getBool
	case attribute.TypeDate, attribute.TypeTimestamp:
		return getTime
	case attribute.TypeRecordReference, attribute.TypeActorReference:
		return getRef
	case attribute.TypeLocation, attribute.TypeInteraction:
		return getValue
	}
	return getText
}

// read returns all values of an attribute of a type that belongs to the getter.
func read[T any](r Record, slugOrID string, with getter, one func(attribute.Value, *attribute.Definition) T) []T {
	r.workspace.server.helper()
	d := r.attribute(slugOrID)
	if d == nil {
		return nil
	}
	if right := getterOf(d.Type); right != with {
		r.workspace.server.fatalf("fake: workspace %q: record %s: attribute %q is of type %s, which %s does not read; use %s",
			r.workspace.Slug(), r, d.Slug, d.Type, with, right)
		return nil
	}
	var values []T
	for _, held := range r.inner.Active(d) {
		values = append(values, one(held.Value, d))
	}
	return values
}

func first[T any](values []T) T {
	if len(values) == 0 {
		var none T
		return none
	}
	return values[0]
}

func textOf(value attribute.Value, d *attribute.Definition) string {
	switch value := value.(type) {
	case attribute.Text:
		return string(value)
	case attribute.PersonalName:
		return value.Full
	case attribute.EmailAddress:
		return value.Address
	case attribute.Domain:
		return value.Domain
	case attribute.PhoneNumber:
		return value.Number
	case attribute.OptionID:
		option, _ := d.Option(attio.ID(value))
		return option.Title
	case attribute.StatusID:
		status, _ := d.Status(attio.ID(value))
		return status.Title
	}
	return ""
}

func numberOf(value attribute.Value, _ *attribute.Definition) float64 {
	switch value := value.(type) {
	case attribute.Number:
		return float64(value)
	case attribute.Money:
		return float64(value)
	case attribute.Rating:
		return float64(value)
	}
	return 0
}

func boolOf(value attribute.Value, _ *attribute.Definition) bool {
	return value == attribute.Checkbox(true)
}

func timeOf(value attribute.Value, _ *attribute.Definition) time.Time {
	switch value := value.(type) {
	case attribute.Timestamp:
		return value.Time
	case attribute.Date:
		day, _ := time.Parse(time.DateOnly, string(value)) // a Date is in this form
		return day
	}
	return time.Time{}
}

func refOf(value attribute.Value, _ *attribute.Definition) string {
	switch value := value.(type) {
	case attribute.RecordReference:
		return string(value.Record)
	case attribute.ActorReference:
		return string(value.ID)
	}
	return ""
}
