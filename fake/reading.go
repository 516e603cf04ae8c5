package fake

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/search"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// reading is a record of an object or an activity, or an entry of a list, as of when it was read or written.
type reading struct {
	workspace *Workspace
	schema    *world.Schema
	kind      world.Kind
	inner     *world.Record
}

// noun says what it is.
func (s reading) noun() string {
	if _, ok := s.kind.(*world.List); ok {
		return "entry"
	}
	return "record"
}

// ID returns the record id or the entry id.
func (s reading) ID() string { return string(s.inner.ID) }

// CreatedAt returns when the record or the entry came to be.
func (s reading) CreatedAt() time.Time { return s.inner.CreatedAt() }

// JSON returns the whole record or entry as the API answers it.
func (s reading) JSON() []byte { return bytes.Clone(api.RenderRecord(s.schema, s.kind, s.inner)) }

// String returns the object or the activity and the id of a record, "people/0a3e…", or the list and the id of an entry.
func (s reading) String() string {
	if s.inner == nil {
		return "no " + s.noun()
	}
	return s.kind.Common().Slug + "/" + s.ID()
}

// rendered is what only the JSON says.
type rendered struct {
	WebURL      string                      `json:"web_url"`
	Values      map[string][]map[string]any `json:"values"`       // of a record, also of an activity
	EntryValues map[string][]map[string]any `json:"entry_values"` // of an entry
}

func (s reading) decode() rendered {
	var decoded rendered
	_ = json.Unmarshal(api.RenderRecord(s.schema, s.kind, s.inner), &decoded) // made to be read
	return decoded
}

// Text returns the first value of an attribute that is text in some way: a text itself, a full name, an
// e-mail address, a domain, a phone number in international form, the title of an option or a status.
// Without a value it is empty. An attribute that the object or the list does not have, or of a type that another
// getter reads, fails the test; so it is with all getters.
func (s reading) Text(attribute string) string {
	s.workspace.server.helper()
	return first(s.Texts(attribute))
}

// Texts returns all values of an attribute, each as Text does.
func (s reading) Texts(attribute string) []string {
	s.workspace.server.helper()
	return read(s, attribute, getText, textOf)
}

// Number returns the value of a number, a currency or a rating; without one, zero.
func (s reading) Number(attribute string) float64 {
	s.workspace.server.helper()
	return first(read(s, attribute, getNumber, numberOf))
}

// Bool returns the value of a checkbox; without one, false.
func (s reading) Bool(attribute string) bool {
	s.workspace.server.helper()
	return first(read(s, attribute, getBool, boolOf))
}

// Time returns the value of a timestamp, or the midnight in UTC at which a date begins; without one,
// the zero time.
func (s reading) Time(attribute string) time.Time {
	s.workspace.server.helper()
	return first(read(s, attribute, getTime, timeOf))
}

// Ref returns the id of the first record or actor that a reference points to; without one, it is empty.
func (s reading) Ref(attribute string) string {
	s.workspace.server.helper()
	return first(s.Refs(attribute))
}

// Refs returns the ids of all records or actors that a reference points to.
func (s reading) Refs(attribute string) []string {
	s.workspace.server.helper()
	return read(s, attribute, getRef, refOf)
}

// Value returns the first value of an attribute of any type as the API answers it; without one, nil.
func (s reading) Value(attribute string) map[string]any {
	s.workspace.server.helper()
	return first(s.Values(attribute))
}

// Values returns all values of an attribute of any type as the API answers them.
func (s reading) Values(attribute string) []map[string]any {
	s.workspace.server.helper()
	d := s.attribute(attribute)
	if d == nil {
		return nil
	}
	decoded := s.decode()
	if decoded.EntryValues != nil {
		return decoded.EntryValues[d.Slug]
	}
	return decoded.Values[d.Slug]
}

// attribute returns an attribute of which values are shown.
func (s reading) attribute(slugOrID string) *attribute.Definition {
	s.workspace.server.helper()
	d, ok := s.kind.Common().Attribute(slugOrID)
	if ok && s.schema.Shows(d) {
		return d
	}
	shown := slices.DeleteFunc(slices.Clone(s.kind.Common().Attributes), func(d *attribute.Definition) bool { return !s.schema.Shows(d) })
	s.workspace.server.fatalf("fake: workspace %q: %s %s: %s", s.workspace.Slug(), s.noun(), s, suggest.Unknown("attribute", slugOrID, slugsOf(shown)))
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
func read[T any](s reading, slugOrID string, with getter, one func(attribute.Value, *attribute.Definition) T) []T {
	s.workspace.server.helper()
	d := s.attribute(slugOrID)
	if d == nil {
		return nil
	}
	if right := getterOf(d.Type); right != with {
		s.workspace.server.fatalf("fake: workspace %q: %s %s: attribute %q is of type %s, which %s does not read; use %s",
			s.workspace.Slug(), s.noun(), s, d.Slug, d.Type, with, right)
		return nil
	}
	var values []T
	for _, held := range s.inner.Active(d) {
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
	case attribute.OptionID:
		option, _ := d.Option(attio.ID(value))
		return option.Title
	case attribute.StatusID:
		status, _ := d.Status(attio.ID(value))
		return status.Title
	}
	return search.Text(value)
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

// write runs a transaction that writes a record or an entry, and returns it as it is then.
func write[K world.Kind](w *Workspace, doing string, kind K, values Values,
	change func(*world.Tx, K, []world.Write) (*world.Record, error)) reading {
	w.server.helper()
	sent, err := values.encode()
	var result reading
	if err == nil {
		err = w.inner.Update(w.author(), func(tx *world.Tx) (err error) {
			if kind, err = latest(tx, kind); err != nil {
				return err
			}
			writes, err := sent.writes(kind.Common())
			if err != nil {
				return err
			}
			written, err := change(tx, kind, writes)
			result = reading{w, tx.Schema, kind, written}
			return err
		})
	}
	if err != nil {
		w.server.fatalf("fake: workspace %q: %s of %q: %s", w.Slug(), doing, kind.Common().Slug, explainOn(kind.Common(), err))
		return reading{}
	}
	return result
}

// delete removes the record or the entry, if it is one.
func (s reading) delete() {
	if s.inner == nil {
		return
	}
	s.workspace.server.helper()
	s.workspace.update(func(tx *world.Tx) error {
		kind, err := latest(tx, s.kind)
		if err != nil {
			return err
		}
		return tx.DeleteRecord(kind, s.inner.ID)
	})
}
