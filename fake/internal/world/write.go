package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Write is one attribute's part of a write: what stands behind its slug or id in the body.
type Write struct {
	Attribute string
	Value     any // as encoding/json decodes with UseNumber
}

// Mode says what a write does to the values that a multiselect attribute has. Another attribute's
// value is always replaced.
type Mode int

// The modes of Attio's verbs.
const (
	Overwrite Mode = iota // PUT: exactly the new values, in their order
	Prepend               // PATCH: those of the new values that are not there yet come before the old
)

// CreateRecord makes a record of an object. Every error is an answer of the API; after one the
// transaction must not be committed.
func (tx *Tx) CreateRecord(object *Object, id attio.ID, writes []Write) (*Record, error) {
	record := &Record{ID: id, CreatedAt: tx.Now, CreatedBy: tx.Author.Actor}
	record, err := tx.write(object, record, writes, func(*attribute.Definition) Mode { return Overwrite })
	if err != nil {
		return nil, err
	}
	if record, err = tx.applyDefaults(object, record, writes); err != nil {
		return nil, err
	}
	for _, d := range object.Attributes {
		if d.Required && !d.Archived && d.Computed == "" && len(record.Active(d)) == 0 {
			return nil, attio.MissingValue(d.ID)
		}
	}
	return record, nil
}

// UpdateRecord writes to a record that exists.
func (tx *Tx) UpdateRecord(object *Object, id attio.ID, mode Mode, writes []Write) (*Record, error) {
	record, ok := tx.Record(object.ID, id)
	if !ok {
		return nil, attio.RecordNotFound(string(id))
	}
	return tx.write(object, record, writes, func(*attribute.Definition) Mode { return mode })
}

// UpsertRecord writes to the record that has one of the written values of a unique attribute, or
// makes one, whose id newID gives. Values of that attribute are added, those of all others replaced.
func (tx *Tx) UpsertRecord(object *Object, matching string, newID func() attio.ID, writes []Write) (*Record, error) {
	match, ok := object.Attribute(matching)
	switch {
	case !ok || match.Archived:
		return nil, attio.MatchingAttributeNotFound(matching)
	case !match.Unique:
		return nil, attio.MatchingAttributeNotUnique()
	}
	record, err := tx.findMatch(object, match, writes)
	if err != nil {
		return nil, err
	}
	if record == nil {
		return tx.CreateRecord(object, newID(), writes)
	}
	return tx.write(object, record, writes, func(d *attribute.Definition) Mode {
		if d.ID == match.ID {
			return Prepend
		}
		return Overwrite
	})
}

// findMatch returns the record that has the first of the written values that any record has.
func (tx *Tx) findMatch(object *Object, match *attribute.Definition, writes []Write) (*Record, error) {
	var found *Record
	given := false
	for _, w := range writes {
		if w.Attribute != match.Slug && w.Attribute != string(match.ID) {
			continue
		}
		values, err := attribute.ParseAll(tx, match, w.Value)
		if err != nil {
			return nil, err
		}
		for _, value := range values {
			given = true
			if id, ok := tx.stores.holder(object.ID, match, value.Key()); ok && found == nil {
				found, _ = tx.Record(object.ID, id)
			}
		}
	}
	if !given {
		return nil, attio.MissingValue(match.ID)
	}
	return found, nil
}

// write sets the values of a write, in the order of the body, and stores the record.
func (tx *Tx) write(object *Object, record *Record, writes []Write, mode func(*attribute.Definition) Mode) (*Record, error) {
	tx.put(object, record)
	for _, w := range writes {
		d, ok := object.Attribute(w.Attribute)
		switch {
		case !ok || d.Archived:
			return nil, attio.AttributeNotFoundInValues(w.Attribute)
		case !tx.seeding && !d.Writable || d.Computed != "":
			return nil, attio.AttributeNotWritable(d.Slug)
		}
		values, err := tx.parse(d, w.Value)
		if err != nil {
			return nil, err
		}
		record, _ = tx.Record(object.ID, record.ID)
		if d.Multiselect && mode(d) == Prepend {
			values = prepend(values, record.Active(d))
		}
		if d.Required && len(values) == 0 {
			return nil, attio.MissingValue(d.ID)
		}
		if err := tx.set(object, record, d, values); err != nil {
			return nil, err
		}
	}
	record, _ = tx.Record(object.ID, record.ID)
	return record, nil
}

func (tx *Tx) parse(d *attribute.Definition, written any) ([]attribute.Value, error) {
	if tx.seeding {
		return attribute.ParseAllSeed(tx, d, written)
	}
	return attribute.ParseAll(tx, d, written)
}

// prepend puts those new values first that are not among the old, and moves none.
func prepend(new []attribute.Value, old []Held) []attribute.Value {
	var values []attribute.Value
	for _, value := range new {
		if indexOf(old, value.Key()) < 0 {
			values = append(values, value)
		}
	}
	for _, held := range old {
		values = append(values, held.Value)
	}
	return values
}

// applyDefaults gives a new record the default values of the attributes that nobody wrote.
func (tx *Tx) applyDefaults(object *Object, record *Record, writes []Write) (*Record, error) {
	for _, d := range object.Attributes {
		if d.Default == nil || d.Computed != "" || d.Archived {
			continue
		}
		if slices.ContainsFunc(writes, func(w Write) bool { return w.Attribute == d.Slug || w.Attribute == string(d.ID) }) {
			continue
		}
		values, err := tx.defaultValues(d)
		if err != nil {
			return nil, err
		}
		if values == nil {
			continue
		}
		record, _ = tx.Record(object.ID, record.ID)
		if err := tx.set(object, record, d, values); err != nil {
			return nil, err
		}
	}
	record, _ = tx.Record(object.ID, record.ID)
	return record, nil
}

// defaultValues works a default out: the fixed values, the member behind the token, or a moment from
// now.
func (tx *Tx) defaultValues(d *attribute.Definition) ([]attribute.Value, error) {
	switch {
	case d.Default.Static != nil:
		if d.Multiselect {
			return attribute.ParseAll(tx, d, d.Default.Static)
		}
		return attribute.ParseAll(tx, d, d.Default.Static[0])
	case d.Default.Dynamic == attribute.CurrentUser:
		if tx.Author.Member == "" {
			return nil, nil // an app's token may have nobody behind it
		}
		return []attribute.Value{attribute.ActorReference{
			Actor: attio.Actor{Type: attio.ActorWorkspaceMember, ID: tx.Author.Member},
		}}, nil
	}
	duration, ok := attribute.ParseDuration(d.Default.Dynamic)
	if !ok {
		return nil, nil
	}
	value, err := attribute.Parse(tx, d, attio.Time{Time: duration.AddTo(tx.Now)}.String())
	return []attribute.Value{value}, err
}

// set gives a record exactly these values of an attribute, and brings the index and the other side of
// a relationship in line.
func (tx *Tx) set(object *Object, record *Record, d *attribute.Definition, values []attribute.Value) error {
	if d.Unique {
		if err := tx.checkUnique(object, record, d, values); err != nil {
			return err
		}
	}
	before := record.Active(d)
	next := record.with(d, values, tx.Now, tx.Author.Actor)
	after := next.Active(d)
	if d.Unique {
		tx.store(object.ID).index(d, record.ID, before, after)
	}
	tx.put(object, next)
	if d.Type == attribute.TypeRecordReference {
		tx.relate(object, next.ID, d, before, after)
	}
	return nil
}

// checkUnique names every other record that has one of the values.
func (tx *Tx) checkUnique(object *Object, record *Record, d *attribute.Definition, values []attribute.Value) error {
	var conflicting []attio.ID
	for _, value := range values {
		holder, ok := tx.stores.holder(object.ID, d, value.Key())
		if ok && holder != record.ID && !slices.Contains(conflicting, holder) {
			conflicting = append(conflicting, holder)
		}
	}
	if conflicting != nil {
		return attio.UniquenessConflict(d.Slug, conflicting)
	}
	return nil
}

// DeleteRecord removes a record and all references to it.
func (tx *Tx) DeleteRecord(object *Object, id attio.ID) error {
	record, ok := tx.Record(object.ID, id)
	if !ok {
		return attio.RecordNotFound(string(id))
	}
	for _, d := range object.Attributes {
		active := record.Active(d)
		if d.Unique && d.Computed == "" {
			tx.store(object.ID).index(d, id, active, nil)
		}
		if d.Type == attribute.TypeRecordReference {
			tx.relate(object, id, d, active, nil)
		}
	}
	tx.unreference(id)
	tx.store(object.ID).records.delete(id)
	return nil
}
