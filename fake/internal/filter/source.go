package filter

import (
	"iter"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Source is a collection of records: the records of an object, or the entries of a list, whose parent
// record counts as an attribute.
type Source interface {
	// Is reports whether this is the collection's slug or id.
	Is(slugOrID string) bool
	// Attribute returns an attribute that queries may name, by slug or id.
	Attribute(slugOrID string) (*attribute.Definition, bool)
	// Object returns the records of an object, by slug or id, for following references. An error is always
	// one of the API's: the object is disabled, or what unknown returns for its name.
	Object(slugOrID string, unknown func(string) *attio.Error) (Source, attio.ID, error)

	// Items yields all records in ascending order of their ids.
	Items() iter.Seq2[attio.ID, Item]
	// Item returns one record.
	Item(id attio.ID) (Item, bool)
	// Len is the number of records.
	Len() int

	// Holders yields the records that have a value of a unique attribute, by the value's key regardless of
	// case. It may yield others as well, and one more than once.
	Holders(d *attribute.Definition, key string) iter.Seq[attio.ID]
	// Referrers yields the records that refer to a record through an attribute, if an index knows them.
	// It may yield others as well, and one more than once.
	Referrers(d *attribute.Definition, to attio.ID) (iter.Seq[attio.ID], bool)
}

// skipping is a Source that finds a part of its items without looking at those before.
type skipping interface {
	part(skipped, most int) []Item
}

// Item is one record of a Source. A *world.Record is one.
type Item interface {
	// Active returns the values of an attribute, in their order.
	Active(d *attribute.Definition) []world.Held
}

// Records returns the records of an object, or the entries of a list. The items are *world.Record.
func Records(state *world.State, kind world.Kind) Source { return records{state, kind.Common()} }

type records struct {
	state *world.State
	of    *world.Target
}

func (r records) Is(slugOrID string) bool {
	return r.of.Slug == slugOrID || string(r.of.ID) == slugOrID
}

func (r records) Attribute(slugOrID string) (*attribute.Definition, bool) {
	d, ok := r.of.Attribute(slugOrID)
	return d, ok && r.state.Schema.Reaches(d)
}

func (r records) Object(slugOrID string, unknown func(string) *attio.Error) (Source, attio.ID, error) {
	object, err := r.state.Schema.ObjectNamed(slugOrID, unknown)
	if err != nil {
		return nil, "", err
	}
	return records{r.state, &object.Target}, object.ID, nil
}

func (r records) Items() iter.Seq2[attio.ID, Item] {
	return func(yield func(attio.ID, Item) bool) {
		r.state.Records(r.of.ID)(func(record *world.Record) bool { return yield(record.ID, record) })
	}
}

func (r records) part(skipped, most int) []Item {
	items := []Item{}
	for record := range r.state.RecordsAfter(r.of.ID, skipped) {
		if len(items) == most {
			break
		}
		items = append(items, record)
	}
	return items
}

func (r records) Item(id attio.ID) (Item, bool) { return r.state.Record(r.of.ID, id) }

func (r records) Len() int { return r.state.CountRecords(r.of.ID) }

func (r records) Holders(d *attribute.Definition, key string) iter.Seq[attio.ID] {
	return r.state.HoldersInAnyCase(r.of.ID, d, key)
}

func (r records) Referrers(d *attribute.Definition, to attio.ID) (iter.Seq[attio.ID], bool) {
	return r.state.Referrers(d, to), true
}
