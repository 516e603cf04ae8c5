package world

import (
	"cmp"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Write is one attribute's part of a write: the value of its slug or id in the body.
type Write struct {
	Attribute string
	Value     any // as encoding/json decodes with UseNumber
}

// Mode says what a write does to the values of a multiselect attribute. The value of any other attribute is always
// replaced.
type Mode int

// The modes of Attio's verbs.
const (
	Overwrite Mode = iota // PUT: exactly the new values, in their order
	Prepend               // PATCH: the new values that are not there yet, then the old ones
)

// CreateRecord makes a record of an object or an activity. Every error is an answer of the API; after one the transaction
// must not be committed.
func (tx *Tx) CreateRecord(kind Kind, id attio.ID, writes []Write) (*Record, error) {
	return tx.create(kind, id, tx.read(kind, writes))
}

// UpdateRecord writes to an existing record of an object or an activity, or entry of a list. The errors are those of
// CreateRecord.
func (tx *Tx) UpdateRecord(kind Kind, id attio.ID, mode Mode, writes []Write) (*Record, error) {
	record, ok := tx.edit(kind.Common().ID, id)
	if !ok {
		return nil, kind.NotFound(id)
	}
	if err := tx.CheckMerged(kind, id); err != nil {
		return nil, err
	}
	return tx.apply(kind, record, tx.read(kind, writes), func(*attribute.Definition) Mode { return mode })
}

// UpsertRecord writes to the record that has a written value of a unique attribute, the first such value that any
// record has. If there is none, it makes a record with an id from newID. Values of that attribute are added; those of
// all others are replaced. Several records may match if the attribute became unique later; that is an error. The errors
// are those of CreateRecord.
func (tx *Tx) UpsertRecord(kind Kind, matching string, newID func() attio.ID, writes []Write) (*Record, error) {
	match, ok := kind.Common().Attribute(matching)
	switch {
	case !ok || !tx.Schema.Shows(match):
		return nil, attio.MatchingAttributeNotFound(matching)
	case !match.Unique:
		return nil, attio.MatchingAttributeNotUnique()
	}
	written := tx.read(kind, writes)
	values := written.values(match)
	if len(values) == 0 {
		return nil, cmp.Or(written.wrong, error(attio.MissingValue(match.ID))) // Attio's answer to either is not known
	}
	for _, value := range values {
		switch holders := tx.FindRecords(kind.Common().ID, match, value); len(holders) {
		case 0:
			continue
		case 1:
			if err := tx.CheckMerged(kind, holders[0]); err != nil {
				return nil, err
			}
			record, _ := tx.edit(kind.Common().ID, holders[0])
			return tx.apply(kind, record, written, func(d *attribute.Definition) Mode {
				if d == match {
					return Prepend
				}
				return Overwrite
			})
		}
		return nil, attio.SeveralRecordsMatched(match.Slug)
	}
	return tx.create(kind, newID(), written)
}

// payload is a write, as far as it could be parsed. Of several errors, the first in the order of the body is answered;
// a conflict over a value shows only when the value is set.
type payload struct {
	settings []setting
	wrong    error // the error after them, if any
}

// setting is one attribute's part of a write.
type setting struct {
	attribute *attribute.Definition
	values    []attribute.Value
}

// read parses a write. If an attribute is named twice, by slug and by id, the last values count, as for a duplicate key
// in JSON.
func (tx *Tx) read(kind Kind, writes []Write) payload {
	p := payload{settings: slices.Grow(tx.scratch.settings[:0], len(writes))}
	tx.scratch.values = tx.scratch.values[:0]
	for _, w := range writes {
		var s setting
		if s, p.wrong = tx.readOne(kind, w); p.wrong != nil {
			break
		}
		if i := p.index(s.attribute); i >= 0 {
			p.settings[i] = s
		} else {
			p.settings = append(p.settings, s)
		}
	}
	if tx.seeding {
		tx.scratch.settings = p.settings
	}
	return p
}

func (tx *Tx) readOne(kind Kind, w Write) (setting, error) {
	d, ok := kind.Common().Attribute(w.Attribute)
	switch {
	case ok && d.Computed == attribute.ComputedParent:
		return setting{}, attio.ParentImmutable()
	case !ok || !tx.Schema.Shows(d):
		return setting{}, attio.AttributeNotFoundInValues(w.Attribute)
	case !tx.seeding && !d.Writable || d.Computed != "":
		return setting{}, attio.AttributeNotWritable(d.Slug)
	}
	if tx.seeding {
		return tx.scratch.read(tx, d, w.Value)
	}
	values, err := tx.parse(d, w.Value)
	return setting{d, values}, err
}

func (tx *Tx) parse(d *attribute.Definition, written any) ([]attribute.Value, error) {
	if tx.seeding {
		return attribute.ParseAllSeed(tx, d, written)
	}
	return attribute.ParseAll(tx, d, written)
}

func (p payload) index(d *attribute.Definition) int {
	return slices.IndexFunc(p.settings, func(s setting) bool { return s.attribute == d })
}

func (p payload) values(d *attribute.Definition) []attribute.Value {
	if i := p.index(d); i >= 0 {
		return p.settings[i].values
	}
	return nil
}

// create makes a record with everything that a new one must have.
func (tx *Tx) create(kind Kind, id attio.ID, written payload) (*Record, error) {
	return tx.complete(kind, tx.newRecord(kind.Common().ID, id), written)
}

// complete adds to a new record or entry everything that it must have.
func (tx *Tx) complete(kind Kind, record *Record, written payload) (*Record, error) {
	if err := tx.fill(kind, record, written, nil); err != nil {
		return nil, err
	}
	if missing := tx.Missing(kind, record); missing != nil {
		return nil, attio.MissingValue(missing[0].ID)
	}
	return record, nil
}

// fill sets the written values of a new record or entry, and default values for the other attributes, except those in
// but.
func (tx *Tx) fill(kind Kind, record *Record, written payload, but []*attribute.Definition) error {
	overwrite := func(*attribute.Definition) Mode { return Overwrite }
	if _, err := tx.apply(kind, record, written, overwrite); err != nil {
		return err
	}
	defaults, err := tx.defaults(kind, written, but)
	if err != nil {
		return err
	}
	_, err = tx.apply(kind, record, defaults, overwrite)
	return err
}

// defaults returns the default values of the attributes that were not written, except those in but.
func (tx *Tx) defaults(kind Kind, written payload, but []*attribute.Definition) (payload, error) {
	var p payload
	for _, d := range kind.Common().Attributes {
		if d.Default == nil || d.Computed != "" || !tx.Schema.Shows(d) || written.index(d) >= 0 || slices.Contains(but, d) {
			continue
		}
		values, err := tx.defaultValues(d)
		if err != nil {
			return payload{}, err
		}
		p.settings = append(p.settings, setting{d, values})
	}
	return p, nil
}

// defaultValues evaluates a default: the values of a static one, the member behind the token, or a time relative to
// now.
func (tx *Tx) defaultValues(d *attribute.Definition) ([]attribute.Value, error) {
	switch {
	case d.Default.Values != nil:
		return tx.stillThere(d.Default.Values), nil
	case d.Default.Dynamic == attribute.CurrentUser:
		if tx.Author.Member == "" {
			return nil, nil // an app's token may have no member
		}
		return []attribute.Value{attribute.ActorReference{
			Actor: attio.Actor{Type: attio.ActorWorkspaceMember, ID: tx.Author.Member},
		}}, nil
	}
	duration, ok := attribute.ParseDuration(d.Default.Dynamic)
	if !ok {
		return nil, nil
	}
	return tx.parse(d, []any{attio.Time{Time: duration.AddTo(tx.Now)}.String()})
}

// apply sets the values of a write, in the order of the body. The record must be the transaction's own.
func (tx *Tx) apply(kind Kind, record *Record, written payload, mode func(*attribute.Definition) Mode) (*Record, error) {
	if record.cells == nil {
		record.reserve(len(written.settings))
	}
	for _, s := range written.settings {
		values := s.values
		if s.attribute.Multiselect && mode(s.attribute) == Prepend {
			values = prepend(values, record.Active(s.attribute))
		}
		if err := tx.give(kind, record, setting{s.attribute, values}); err != nil {
			return nil, err
		}
	}
	return record, written.wrong
}

// give sets the values of one attribute, which must have some if it is required.
func (tx *Tx) give(kind Kind, record *Record, s setting) error {
	if s.attribute.Required && len(s.values) == 0 {
		return attio.MissingValue(s.attribute.ID)
	}
	return tx.set(kind, record, s.attribute, s.values)
}

// prepend puts new values before the old ones, and does not move those that are there already.
func prepend(written []attribute.Value, old []Held) []attribute.Value {
	known := byKey(old)
	var values []attribute.Value
	for _, value := range written {
		if _, ok := known[value.Key()]; !ok {
			values = append(values, value)
		}
	}
	for _, held := range old {
		values = append(values, held.Value)
	}
	return values
}

// set gives a record or an entry exactly these values of an attribute, and updates what depends on them: the index, the
// other side of a relationship, the effects.
func (tx *Tx) set(kind Kind, record *Record, d *attribute.Definition, values []attribute.Value) error {
	if len(values) == 0 && record.cell(d.ID) == nil {
		return nil
	}
	id := kind.Common().ID
	ended, began := record.change(d).replace(values, tx.stamp())
	if d.Unique {
		if conflicting := tx.conflicting(id, d, began); conflicting != nil {
			return attio.UniquenessConflict(d.Slug, conflicting)
		}
		tx.store(id).index(d, record.ID, ended, began)
	}
	if d.Type == attribute.TypeRecordReference {
		tx.noteFormer(id, record.ID, d, ended)
		tx.relate(id, record.ID, d, ended, began)
	}
	tx.noteEffects(kind, record.ID, d, began)
	return nil
}

// conflicting returns the records or entries that have one of the values of a unique attribute already. Values that a
// record keeps are not checked: an attribute that became unique binds new data only.
func (tx *Tx) conflicting(of attio.ID, d *attribute.Definition, began []Held) []attio.ID {
	var conflicting []attio.ID
	for _, held := range began {
		for holder := range tx.stores.holders(of, d, held.Value) {
			if !slices.Contains(conflicting, holder) {
				conflicting = append(conflicting, holder)
			}
		}
	}
	return conflicting
}

// DeleteRecord removes a record of an object, all references to it and all its entries, a record of an activity, or an
// entry of a list.
func (tx *Tx) DeleteRecord(kind Kind, id attio.ID) error {
	of := kind.Common().ID
	record, ok := tx.Record(of, id)
	if !ok {
		return kind.NotFound(id)
	}
	for _, d := range kind.Common().Attributes {
		if d.Computed != "" && d.Computed != attribute.ComputedParent {
			continue
		}
		active := record.Active(d)
		if d.Unique {
			tx.store(of).index(d, id, active, nil)
		}
		if d.Type == attribute.TypeRecordReference {
			tx.forget(of, record, d)
			tx.relate(of, id, d, active, nil)
		}
	}
	tx.store(of).drop(id)
	tx.noteRecord(of, id, nil)
	tx.release(id)
	return tx.unreference(attribute.RecordReference{Object: of, Record: id})
}
