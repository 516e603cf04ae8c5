package world

import (
	"reflect"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// weight estimates, in bytes, how the memory of a state has changed since the seed that it goes back to: by what was
// written, and by what was dropped or replaced. Both only grow. States share memory, so a state alone has no size; what
// can be told is what it costs to keep one beside another: see CostBeside.
//
// Of what a write copies the leaves of trees stay in later states, and count as written. The rest the next write copies again.
type weight struct {
	grown, shrunk int64
	copied        int64       // the rest of what the latest write copied
	branch        *branch     // nil for the states that go back to the seed without a detour
	continued     atomic.Bool // whether a state that goes on with the same branch exists
}

// branch begins where a second state was made from the same one: after a restore, or in a clone.
type branch struct {
	from          *branch
	grown, shrunk int64 // where it begins
	depth         int
}

func (b *branch) level() int {
	if b == nil {
		return 0
	}
	return b.depth
}

// follow sets the weight of the state that follows another.
func (w *weight) follow(before *weight, grown, shrunk int64) {
	w.grown, w.shrunk, w.branch = before.grown, before.shrunk, before.branch
	if !before.continued.CompareAndSwap(false, true) {
		w.branch = &branch{from: w.branch, grown: w.grown, shrunk: w.shrunk, depth: w.branch.level() + 1}
	}
	w.grown += grown
	w.shrunk += shrunk
}

// CostBeside estimates how many bytes it costs to keep the state if the other, which goes back to the same seed, and that
// seed are kept anyway: what was written since the two have parted, and what the other has dropped since.
func (s *State) CostBeside(other *State) int64 {
	grown, shrunk := other.weight.grown, other.weight.shrunk
	atGrown, atShrunk := min(s.weight.grown, grown), min(s.weight.shrunk, shrunk)
	one, two := s.weight.branch, other.weight.branch
	for one != two {
		var left *branch
		if one.level() >= two.level() {
			left, one = one, one.from
		} else {
			left, two = two, two.from
		}
		atGrown, atShrunk = min(atGrown, left.grown), min(atShrunk, left.shrunk)
	}
	cost := s.weight.grown - atGrown + shrunk - atShrunk
	if s.weight.grown > atGrown {
		cost += s.weight.copied
	}
	return min(s.CostBesideSeed(), cost)
}

// CostBesideSeed is CostBeside the seed alone.
func (s *State) CostBesideSeed() int64 { return s.weight.copied + s.weight.grown }

// weigh estimates what the states before and after the transaction do not share.
func (tx *Tx) weigh(changes []Change) {
	grown, shrunk := nodeBytes*tx.writer.leaves, tx.copiedBytes()
	if tx.Schema != tx.base.Schema {
		shrunk += schemaBytes(tx.Schema, tx.base.Schema)
	}
	tx.weight.copied = shrunk - grown
	for _, c := range changes {
		if c.Thing == ThingWorkspace {
			continue // the values are the states themselves
		}
		grown += bytesBeside(c.After, c.Before)
		shrunk += bytesBeside(c.Before, c.After)
	}
	tx.weight.follow(&tx.base.weight, grown, shrunk)
}

const (
	stateBytes  = int64(unsafe.Sizeof(State{}))
	thingsBytes = int64(unsafe.Sizeof(things{}))
	storeBytes  = int64(unsafe.Sizeof(store{}))
	recordBytes = int64(unsafe.Sizeof(Record{}))
	cellBytes   = int64(unsafe.Sizeof(cell{}))
	heldBytes   = int64(unsafe.Sizeof(Held{}))
	schemaFixed = int64(unsafe.Sizeof(Schema{}))
	kindBytes   = 256
)

// copiedBytes estimates what the transaction has copied: the state, the things, stores, and nodes of trees.
func (tx *Tx) copiedBytes() int64 {
	bytes := stateBytes + nodeBytes*(tx.writer.leaves+tx.writer.forks)
	if tx.things != tx.base.things {
		bytes += thingsBytes
	}
	for _, of := range tx.touched {
		if store, ok := tx.stores.Get(of); ok {
			bytes += storeBytes + int64(len(store.unique))*int64(unsafe.Sizeof(uniqueIndex{}))
		}
	}
	return bytes
}

// schemaBytes estimates what a schema does not share with another, without the attributes.
func schemaBytes(s, other *Schema) int64 {
	kinds := s.kinds()
	bytes := schemaFixed + 8*int64(len(kinds))
	for _, kind := range kinds {
		if old, ok := other.Kind(kind.Common().ID); !ok || old != kind {
			bytes += kindBytes + 8*int64(len(kind.Common().Attributes))
		}
	}
	return bytes
}

// bytesBeside estimates the bytes of a thing that it does not share with its version in another state, or all of them if
// there is none.
func bytesBeside(thing, other any) int64 {
	if thing == nil {
		return 0
	}
	if r, ok := thing.(*Record); ok {
		beside, _ := other.(*Record)
		return r.bytesBeside(beside)
	}
	return bytesIn(reflect.ValueOf(thing), reflect.ValueOf(other), 0)
}

// RecordBytes estimates what a change of a record or an entry keeps in memory, at most: the version after it,
// and what the version before it does not share with that.
func (c Change) RecordBytes() int64 {
	var bytes int64
	before, _ := c.Before.(*Record)
	after, _ := c.After.(*Record)
	if before != nil {
		bytes += before.bytesBeside(after)
	}
	if after != nil {
		bytes += after.bytesBeside(nil)
	}
	return bytes
}

// bytesBeside leaves out the JSON that the record may keep, which has a bound of its own.
func (r *Record) bytesBeside(other *Record) int64 {
	bytes := recordBytes + cellBytes*int64(cap(r.cells))
	for i := range r.cells {
		c := &r.cells[i]
		var was *cell
		if other != nil {
			if i < len(other.cells) && other.cells[i].attribute == c.attribute {
				was = &other.cells[i]
			} else {
				was = other.cell(c.attribute)
			}
		}
		switch {
		case was == nil:
			bytes += heldBytes * int64(cap(c.active)+cap(c.past()))
			for _, held := range c.active {
				bytes += valueBytes(held.Value)
			}
			for _, held := range c.past() {
				bytes += valueBytes(held.Value)
			}
			continue
		case c.room() != nil && c.room() == was.room() || sameArray(c.active, was.active):
		default: // the values themselves are shared with the past of the later version
			bytes += heldBytes*int64(cap(c.active)) + valuesBytes(c.active, was.active, was.past())
		}
		if past := c.past(); !sameArray(past, was.past()) {
			bytes += heldBytes * int64(cap(past))
		}
	}
	return bytes
}

func sameArray(a, b []Held) bool {
	return len(a) == 0 || len(b) > 0 && &a[0] == &b[0]
}

// valuesBytes estimates the size of the values that are in neither of two other lists. It looks at a few only: beyond
// them a value counts, which is too much rather than too little.
func valuesBytes(values, active, past []Held) int64 {
	const few = 4
	var bytes int64
	for _, held := range values {
		shared := false
		for _, others := range [][]Held{active, past} {
			for i := len(others) - 1; i >= max(0, len(others)-few) && !shared; i-- {
				shared = held.From.Equal(others[i].From)
			}
		}
		if !shared {
			bytes += valueBytes(held.Value)
		}
	}
	return bytes
}

// valueBytes estimates the size of a value of an attribute.
func valueBytes(v attribute.Value) int64 {
	const texts = 64 // of a value with several fields
	value := reflect.ValueOf(v)
	if value.Kind() == reflect.String {
		return 16 + int64(value.Len())
	}
	if !value.IsValid() {
		return 0
	}
	return int64(value.Type().Size()) + texts
}

// maxDepth bounds how deep bytesIn looks.
const maxDepth = 16

// bytesIn estimates what is in the memory that a value refers to. It leaves out what the value at the same place of another
// thing refers to as well.
func bytesIn(v, other reflect.Value, depth int) int64 {
	if depth > maxDepth || !v.IsValid() {
		return 0
	}
	beside := other.IsValid() && other.Type() == v.Type()
	switch v.Kind() {
	case reflect.String:
		if v.Len() == 0 || beside && unsafe.StringData(v.String()) == unsafe.StringData(other.String()) {
			return 0
		}
		return int64(v.Len())
	case reflect.Pointer:
		if v.IsNil() || beside && v.Pointer() == other.Pointer() {
			return 0
		}
		return int64(v.Type().Elem().Size()) + bytesIn(v.Elem(), inside(other, beside), depth+1)
	case reflect.Interface:
		if v.IsNil() {
			return 0
		}
		return int64(v.Elem().Type().Size()) + bytesIn(v.Elem(), inside(other, beside), depth+1)
	case reflect.Slice:
		if v.IsNil() || beside && v.Pointer() == other.Pointer() && v.Len() == other.Len() {
			return 0
		}
		bytes := int64(v.Cap()) * int64(v.Type().Elem().Size())
		return bytes + bytesOfItems(v, other, beside, depth)
	case reflect.Array:
		return bytesOfItems(v, other, beside, depth)
	case reflect.Map:
		if v.IsNil() || beside && v.Pointer() == other.Pointer() {
			return 0
		}
		bytes := 48 + int64(v.Len())*int64(v.Type().Key().Size()+v.Type().Elem().Size())*3/2
		for entry := v.MapRange(); entry.Next(); {
			bytes += bytesIn(entry.Key(), reflect.Value{}, depth+1) + bytesIn(entry.Value(), reflect.Value{}, depth+1)
		}
		return bytes
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return 0
		}
		var bytes int64
		for i := range v.NumField() {
			var field reflect.Value
			if beside {
				field = other.Field(i)
			}
			bytes += bytesIn(v.Field(i), field, depth+1)
		}
		return bytes
	}
	return 0
}

// inside returns what another pointer or interface refers to.
func inside(other reflect.Value, beside bool) reflect.Value {
	if !beside {
		return reflect.Value{}
	}
	return other.Elem()
}

func bytesOfItems(v, other reflect.Value, beside bool, depth int) int64 {
	switch v.Type().Elem().Kind() {
	case reflect.String, reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Array, reflect.Map, reflect.Struct:
	default:
		return 0 // numbers
	}
	var bytes int64
	for i := range v.Len() {
		var item reflect.Value
		if beside && i < other.Len() {
			item = other.Index(i)
		}
		bytes += bytesIn(v.Index(i), item, depth+1)
	}
	return bytes
}
