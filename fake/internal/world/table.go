package world

import (
	"cmp"
	"iter"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Table is a map ordered by key that is copied in constant time; see tree. The zero value is empty.
type Table[K ~string | ~int64, V any] struct{ pairs tree[*pair[K, V]] }

// pair is a key of a table with its value. It never changes.
type pair[K ~string | ~int64, V any] struct {
	key   K
	value V
}

func (p *pair[K, V]) compare(other *pair[K, V]) int { return cmp.Compare(p.key, other.key) }
func (p *pair[K, V]) head() uint64                  { return keyHead(p.key) }

func keyHead[K ~string | ~int64](key K) uint64 {
	switch key := any(key).(type) {
	case string:
		return textHead(key)
	case attio.ID:
		return textHead(string(key))
	case int64:
		return uint64(key) ^ 1<<63 // negative ones come first
	}
	return 0
}

func keyPlace[K ~string | ~int64, V any](key K) place[*pair[K, V]] {
	return place[*pair[K, V]]{keyHead(key), func(p *pair[K, V]) int { return cmp.Compare(p.key, key) }}
}

// copy returns a table for a writer to change.
func (t *Table[K, V]) copy(w *writer) Table[K, V] { return Table[K, V]{t.pairs.copy(w)} }

// Get returns the value of a key.
func (t *Table[K, V]) Get(key K) (V, bool) {
	if p, ok := t.pairs.find(keyPlace[K, V](key)); ok {
		return p.value, true
	}
	var none V
	return none, false
}

// Len returns the number of keys.
func (t *Table[K, V]) Len() int { return t.pairs.Len() }

// Values yields the values in ascending order of the keys.
func (t *Table[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		for p := range t.pairs.Values() {
			if !yield(p.value) {
				return
			}
		}
	}
}

// from yields the pairs from a key on, in ascending order.
func (t *Table[K, V]) from(key K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for p := range t.pairs.from(keyPlace[K, V](key)) {
			if !yield(p.key, p.value) {
				return
			}
		}
	}
}

func (t *Table[K, V]) delete(key K) { t.pairs.delete(keyPlace[K, V](key)) }

func (t *Table[K, V]) set(key K, value V) { t.pairs.put(&pair[K, V]{key, value}) }

// Collection holds things by id and in the order in which they came to be. The zero value is empty.
type Collection[V any] struct {
	places Table[attio.ID, int64]
	things Table[int64, V]
	last   int64 // the place of the newest thing
}

// copy returns a collection for a writer to change.
func (c *Collection[V]) copy(w *writer) Collection[V] {
	return Collection[V]{places: c.places.copy(w), things: c.things.copy(w), last: c.last}
}

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
