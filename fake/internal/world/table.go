package world

import (
	"iter"
	"sync"
	"unsafe"

	"github.com/tidwall/btree"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Table is a map ordered by key that is copied in constant time: it shares its tree with its copies until it is written. As a
// state never changes, a table is not written any more once it was copied. The zero value is empty.
type Table[K ~string | ~int64, V any] struct {
	tree  *shared[btree.Map[K, V]] // nil if the table was always empty
	edits int                      // since it was copied; before the first one the tree is another table's
}

// shared is a tree that tables share. To copy it marks its nodes as shared, which only one may do at a time; servers may share
// a seed.
type shared[T any] struct {
	of      T
	copying sync.Mutex
}

func copied[T any, P interface {
	*T
	Copy() *T
}](s *shared[T]) *shared[T] {
	s.copying.Lock()
	defer s.copying.Unlock()
	return &shared[T]{of: *P(&s.of).Copy()}
}

// copy returns a table to be written next.
func (t *Table[K, V]) copy() Table[K, V] { return Table[K, V]{tree: t.tree} }

// write returns the tree for an edit.
func (t *Table[K, V]) write() *btree.Map[K, V] {
	if t.edits++; t.edits == 1 {
		if t.tree == nil {
			t.tree = &shared[btree.Map[K, V]]{of: *btree.NewMap[K, V](degree)}
		} else {
			t.tree = copied(t.tree)
		}
	}
	return &t.tree.of
}

// Get returns the value of a key.
func (t *Table[K, V]) Get(key K) (V, bool) {
	if t.tree == nil {
		var none V
		return none, false
	}
	return t.tree.of.Get(key)
}

// Len returns the number of keys.
func (t *Table[K, V]) Len() int {
	if t.tree == nil {
		return 0
	}
	return t.tree.of.Len()
}

// Values yields the values in ascending order of the keys.
func (t *Table[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		if t.tree != nil {
			t.tree.of.Scan(func(_ K, v V) bool { return yield(v) })
		}
	}
}

// valuesAfter is Values without so many at the beginning.
func (t *Table[K, V]) valuesAfter(skipped int) iter.Seq[V] {
	return func(yield func(V) bool) {
		if t.tree == nil {
			return
		}
		if first, _, ok := t.tree.of.GetAt(skipped); ok {
			t.tree.of.Ascend(first, func(_ K, v V) bool { return yield(v) })
		}
	}
}

// from yields the pairs from a key on, in ascending order.
func (t *Table[K, V]) from(key K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		if t.tree != nil {
			t.tree.of.Ascend(key, yield)
		}
	}
}

func (t *Table[K, V]) delete(key K) { t.write().Delete(key) }

func (t *Table[K, V]) set(key K, value V) { t.write().Set(key, value) }

// degree is that of the trees: the more items a node has, the more a write copies, and the fewer levels there are.
const degree = 8

// The nodes of a tree, as tidwall/btree makes them.
const (
	fullNode  = 2 * degree       // items, and children
	usualNode = fullNode * 2 / 3 // items
	nodeBytes = 56               // besides the items and the children
)

// copiedBytes estimates the size of the nodes that were copied because of edits.
func (t *Table[K, V]) copiedBytes() int64 {
	if t.edits == 0 {
		return 0
	}
	var pair struct {
		value V
		key   K
	}
	return copiedBytes(t.Len(), t.edits, unsafe.Sizeof(pair))
}

// copiedBytes estimates the size of the nodes of a tree with n items that were copied because of edits.
func copiedBytes(n, edits int, item uintptr) int64 {
	levels, nodes := 1, 1
	for rest := n; rest >= fullNode; levels++ {
		rest /= usualNode
		nodes += rest
	}
	leaf := nodeBytes + min(n+n/4+1, fullNode)*int(item)
	if levels == 1 {
		return int64(leaf)
	}
	leaves := min(edits, nodes)
	inner := min(edits*(levels-1), nodes/usualNode+levels-1)
	return int64(leaves*leaf + inner*(leaf+24+8*fullNode))
}

// Collection holds things by id and in the order in which they came to be. The zero value is empty.
type Collection[V any] struct {
	places Table[attio.ID, int64]
	things Table[int64, V]
	last   int64 // the place of the newest thing
}

func (c *Collection[V]) copy() Collection[V] {
	return Collection[V]{places: c.places.copy(), things: c.things.copy(), last: c.last}
}

func (c *Collection[V]) copiedBytes() int64 { return c.places.copiedBytes() + c.things.copiedBytes() }

// Get returns the thing with an id.
func (c *Collection[V]) Get(id attio.ID) (V, bool) {
	place, ok := c.places.Get(id)
	if !ok {
		var none V
		return none, false
	}
	return c.things.Get(place)
}

// Len returns the number of things.
func (c *Collection[V]) Len() int { return c.places.Len() }

// All yields the things, oldest first.
func (c *Collection[V]) All() iter.Seq[V] { return c.things.Values() }

// put adds a thing at the end, or replaces the one with the same id.
func (c *Collection[V]) put(id attio.ID, thing V) {
	place, ok := c.places.Get(id)
	if !ok {
		c.last++
		place = c.last
		c.places.set(id, place)
	}
	c.things.set(place, thing)
}

// delete removes the thing with an id.
func (c *Collection[V]) delete(id attio.ID) {
	if place, ok := c.places.Get(id); ok {
		c.places.delete(id)
		c.things.delete(place)
	}
}
