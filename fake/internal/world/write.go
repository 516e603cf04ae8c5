package world

import (
	"cmp"
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

// CreateRecord makes a record of an object or an activity. Every error is an answer of the API; after one the
// transaction must not be committed.
func (tx *Tx) CreateRecord(kind Kind, id attio.ID, writes []Write) (*Record, error) {
	return tx.create(kind, id, tx.read(kind, writes))
}

// UpdateRecord writes to a record of an object or an activity, or an entry of a list, that exists. Its errors are those
// of CreateRecord.
func (tx *Tx) UpdateRecord(kind Kind, id attio.ID, mode Mode, writes []Write) (*Record, error) {
	if !tx.HasRecord(kind.Common().ID, id) {
		return nil, kind.NotFound(id)
	}
	return tx.apply(kind, id, tx.read(kind, writes), func(*attribute.Definition) Mode { return mode })
}

// UpsertRecord writes to the record that has the first of the written values of a unique attribute
// that any record has, or makes one, whose id newID gives. Values of that attribute are added, those
// of all others replaced. An attribute that became unique later may leave no one record to write to. Its
// errors are those of CreateRecord.
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
		return nil, cmp.Or(written.wrong, error(attio.MissingValue(match.ID))) // neither answer of Attio's is known
	}
	for _, value := range values {
		switch holders := tx.FindRecords(kind.Common().ID, match, value); len(holders) {
		case 0:
			continue
		case 1:
			return tx.apply(kind, holders[0], written, func(d *attribute.Definition) Mode {
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

// payload is a write, understood as far as it can be: of several things that are wrong in it the first
// in the order of the body answers, and a conflict over a value shows only when it is set.
type payload struct {
	settings []setting
	wrong    error // what is wrong after them, if anything
}

// setting is one attribute's part of a write.
type setting struct {
	attribute *attribute.Definition
	values    []attribute.Value
}

// read understands a write. Of an attribute named twice, by slug and by id, the last values count, as
// they do of a key that comes twice in JSON.
func (tx *Tx) read(kind Kind, writes []Write) payload {
	p := payload{settings: make([]setting, 0, len(writes))}
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

// create makes a record that has all that it must.
func (tx *Tx) create(kind Kind, id attio.ID, written payload) (*Record, error) {
	tx.newRecord(kind.Common().ID, id)
	return tx.complete(kind, id, written)
}

// complete gives a new record or entry all that it must have.
func (tx *Tx) complete(kind Kind, id attio.ID, written payload) (*Record, error) {
	record, err := tx.fill(kind, id, written, nil)
	if err != nil {
		return nil, err
	}
	if missing := tx.Missing(kind, record); missing != nil {
		return nil, attio.MissingValue(missing[0].ID)
	}
	return record, nil
}

// fill gives a new record or entry what was written and the default values of what was not, but for some.
func (tx *Tx) fill(kind Kind, id attio.ID, written payload, but []*attribute.Definition) (*Record, error) {
	overwrite := func(*attribute.Definition) Mode { return Overwrite }
	if _, err := tx.apply(kind, id, written, overwrite); err != nil {
		return nil, err
	}
	defaults, err := tx.defaults(kind, written, but)
	if err != nil {
		return nil, err
	}
	return tx.apply(kind, id, defaults, overwrite)
}

// defaults returns the default values of the attributes that nobody wrote, but for some.
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

// defaultValues works a default out: the values of a static one, the member behind the token, or a
// moment from now.
func (tx *Tx) defaultValues(d *attribute.Definition) ([]attribute.Value, error) {
	switch {
	case d.Default.Values != nil:
		return tx.stillThere(d.Default.Values), nil
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
	return tx.parse(d, []any{attio.Time{Time: duration.AddTo(tx.Now)}.String()})
}

// apply gives a record or an entry what a write set, in the order of the body.
func (tx *Tx) apply(kind Kind, id attio.ID, written payload, mode func(*attribute.Definition) Mode) (*Record, error) {
	record, _ := tx.edit(kind.Common().ID, id)
	for _, s := range written.settings {
		values := s.values
		if s.attribute.Multiselect && mode(s.attribute) == Prepend {
			values = prepend(values, record.Active(s.attribute))
		}
		if s.attribute.Required && len(values) == 0 {
			return nil, attio.MissingValue(s.attribute.ID)
		}
		if err := tx.set(kind, record, s.attribute, values); err != nil {
			return nil, err
		}
	}
	return record, written.wrong
}

// prepend puts those new values first that are not among the old, and moves none.
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

// set gives a record or an entry exactly these values of an attribute, and brings in line what hangs on
// them: the index, the other side of a relationship, the effects.
func (tx *Tx) set(kind Kind, record *Record, d *attribute.Definition, values []attribute.Value) error {
	id := kind.Common().ID
	ended, began := record.change(d).replace(values, tx.Now, tx.Author.Actor)
	if d.Unique {
		if conflicting := tx.conflicting(id, d, began); conflicting != nil {
			return attio.UniquenessConflict(d.Slug, conflicting)
		}
		tx.store(id).index(d, record.ID, ended, began)
	}
	if d.Type == attribute.TypeRecordReference {
		tx.relate(id, record.ID, d, ended, began)
	}
	tx.noteEffects(kind, record.ID, d, began)
	return nil
}

// conflicting returns every record or entry that has one of the values of a unique attribute already. Values
// that a record keeps are not asked about: an attribute that became unique binds new data only.
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

// DeleteRecord removes a record of an object with all references to it and all its entries, an entry
// of a list, or a record of an activity.
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
			tx.relate(of, id, d, active, nil)
		}
	}
	tx.store(of).records.delete(id)
	tx.noteRecord(of, id, nil)
	tx.release(id)
	return tx.unreference(attribute.RecordReference{Object: of, Record: id})
}
