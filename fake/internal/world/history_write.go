package world

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Span is a value of a written history, and the time during which it was active.
type Span struct {
	Value any // as encoding/json decodes it with UseNumber
	From  time.Time
	Until *time.Time // nil if the value is still active
}

// ReplaceHistory replaces all values that a record or an entry has or had for an attribute with a history. It returns the
// attribute and the history, oldest first. Several active values are in the order in which a client would have written
// them: the latest first, and those of the same time as they were sent. Webhooks report nothing and no effects follow, as
// Attio's OpenAPI document says. Every error is an answer of the API; after an error, the transaction must not be committed.
func (tx *Tx) ReplaceHistory(kind Kind, id attio.ID, slugOrID string, spans []Span) (*attribute.Definition, []Held, error) {
	record, ok := tx.Record(kind.Common().ID, id)
	if !ok {
		return nil, nil, kind.NotFound(id)
	}
	if err := tx.CheckMerged(kind, id); err != nil {
		return nil, nil, err
	}
	d, err := tx.historyAttribute(kind, slugOrID)
	if err != nil {
		return nil, nil, err
	}
	history, err := tx.readSpans(d, spans)
	if err != nil {
		return nil, nil, err
	}
	active, past := parted(history)
	switch {
	case d.Required && len(active) == 0:
		return nil, nil, attio.MissingValue(d.ID)
	case d.Unique:
		kept := byKey(record.Active(d))
		began := slices.DeleteFunc(slices.Clone(active), func(h Held) bool { _, ok := kept[h.Value.Key()]; return ok })
		if conflicting := tx.conflicting(kind.Common().ID, d, began); conflicting != nil {
			return nil, nil, attio.UniquenessConflict(d.Slug, conflicting)
		}
	}
	tx.SetHistory(kind, id, d, active, past)
	tx.silent = true
	return d, history, nil
}

// historyAttribute returns the attribute whose history is written. Attio has a code of its own for formula attributes, which
// do not exist here. That an archived attribute counts as unknown, as it does in other writes, is assumed.
func (tx *Tx) historyAttribute(kind Kind, slugOrID string) (*attribute.Definition, error) {
	d, ok := kind.Common().Attribute(slugOrID)
	switch {
	case ok && d.Computed != "":
		return nil, attio.HistoryNotWritable("immutable system")
	case !ok || !tx.Schema.Shows(d):
		return nil, attio.AttributeNotFound(slugOrID)
	case d.Relationship != nil:
		return nil, attio.HistoryOfRelationship()
	case d.Enriched:
		return nil, attio.HistoryNotWritable("enriched")
	case !d.Writable:
		return nil, attio.HistoryNotWritable("immutable system")
	}
	return d, nil
}

// readSpans checks and parses a written history: first all of its times, then each value in turn, then how they overlap.
// It returns the values oldest first, with times to the millisecond, as all of Attio's are.
func (tx *Tx) readSpans(d *attribute.Definition, spans []Span) ([]Held, error) {
	var issues []attio.Issue
	history := make([]Held, len(spans))
	for i, span := range spans {
		held := Held{Stamp: &Stamp{*toMilliseconds(&span.From), tx.Author.Actor}, Until: toMilliseconds(span.Until)}
		if held.From.After(tx.Now) {
			issues = append(issues, attio.ValueTimeInFuture(i, "active_from"))
		}
		switch {
		case held.Until == nil:
		case !held.Until.After(held.From):
			issues = append(issues, attio.ValueEndsBeforeStart(i))
		case held.Until.After(tx.Now):
			issues = append(issues, attio.ValueTimeInFuture(i, "active_until"))
		}
		history[i] = held
	}
	if issues != nil {
		return nil, attio.InvalidBody(issues...)
	}
	for i, span := range spans {
		values, err := tx.parse(d, []any{span.Value})
		switch {
		case err != nil:
			return nil, err
		case len(values) == 0: // an empty string, which clears a text
			return nil, attio.MissingValue(d.ID)
		}
		history[i].Value = values[0]
	}
	slices.SortStableFunc(history, func(a, b Held) int { return a.From.Compare(b.From) })
	return history, checkOverlaps(d, history)
}

// checkOverlaps refuses values of a history, oldest first, that cannot be active at the same time: any two values of a
// single-value attribute, or the same value twice of a multiselect attribute.
func checkOverlaps(d *attribute.Definition, history []Held) error {
	before := make(map[string]Held)
	for _, held := range history {
		var key string
		if d.Multiselect {
			key = held.Value.Key()
		}
		earlier, ok := before[key]
		before[key] = held
		switch {
		case !ok || earlier.Until != nil && !earlier.Until.After(held.From):
		case d.Multiselect:
			return attio.ValueActiveTwice(d.Slug)
		default:
			return attio.SeveralActiveValues()
		}
	}
	return nil
}

// parted splits a history, oldest first, into its active values, latest first, and its past values, in the order in which they ended.
func parted(history []Held) (active, past []Held) {
	for _, held := range history {
		if held.Until == nil {
			active = append(active, held)
		} else {
			past = append(past, held)
		}
	}
	slices.SortStableFunc(active, func(a, b Held) int { return b.From.Compare(a.From) })
	slices.SortStableFunc(past, func(a, b Held) int { return a.Until.Compare(*b.Until) })
	return active, past
}

// SetHistory replaces all values that a record or an entry has for an attribute: the active ones, in their order, and the
// past ones. It does not change the other side of a relationship, and does not apply rules that bind only new values: it
// takes the history as fact.
func (tx *Tx) SetHistory(kind Kind, id attio.ID, d *attribute.Definition, active, past []Held) {
	of := kind.Common().ID
	record, ok := tx.edit(of, id)
	if !ok {
		return
	}
	c := record.change(d)
	if d.Unique {
		tx.store(of).index(d, id, c.active, active)
	}
	if d.Type == attribute.TypeRecordReference {
		tx.noteFormer(of, id, d, past)
		if d.Relationship == nil {
			tx.relate(of, id, d, c.active, active)
		} else {
			tx.noteFormer(of, id, d, active) // a scenario need not give the other side
		}
	}
	c.put(active, past, nil)
}

// SamePast reports whether two versions of a record have the same past values for an attribute. Only a written history
// changes those.
func SamePast(a, b []Held) bool {
	if len(a) > 0 && len(a) == len(b) && &a[0] == &b[0] {
		return true
	}
	return SameValues(a, b) && slices.EqualFunc(a, b, func(a, b Held) bool { return a.Until.Equal(*b.Until) && a.Actor == b.Actor })
}

// hasOtherPast reports whether the past values of the record differ from those in an earlier version of it.
func (r *Record) hasOtherPast(before *Record) bool {
	return slices.ContainsFunc(r.cells, func(c cell) bool {
		var old []Held
		if b := before.cell(c.attribute); b != nil {
			old = b.past()
		}
		return !SamePast(old, c.past())
	})
}
