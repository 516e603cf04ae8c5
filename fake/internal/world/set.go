package world

import (
	"iter"
	"unsafe"

	"github.com/tidwall/btree"
)

// set is an ordered set of tuples, such as the references between records, that is copied in constant time as a Table is.
// The zero value is empty.
type set[T tuple[T]] struct {
	tree  *shared[btree.BTreeG[T]] // nil if the set was always empty
	edits int                      // since it was copied; before the first one the tree is another set's
}

// tuple is an element of a set.
type tuple[T any] interface {
	before(T) bool
}

// copy returns a set to be written next.
func (s *set[T]) copy() set[T] { return set[T]{tree: s.tree} }

// write returns the tree for an edit.
func (s *set[T]) write() *btree.BTreeG[T] {
	if s.edits++; s.edits == 1 {
		if s.tree == nil {
			s.tree = &shared[btree.BTreeG[T]]{of: *btree.NewBTreeGOptions(T.before, btree.Options{NoLocks: true, Degree: degree})}
		} else {
			s.tree = copied(s.tree)
		}
	}
	return &s.tree.of
}

// from yields the tuples from one on, in ascending order.
func (s *set[T]) from(first T) iter.Seq[T] {
	return func(yield func(T) bool) {
		if s.tree != nil {
			s.tree.of.Ascend(first, yield)
		}
	}
}

func (s *set[T]) add(t T) { s.write().Set(t) }

func (s *set[T]) remove(t T) { s.write().Delete(t) }

// copiedBytes estimates the size of the nodes that were copied because of edits.
func (s *set[T]) copiedBytes() int64 {
	if s.edits == 0 {
		return 0
	}
	var item T
	return copiedBytes(s.tree.of.Len(), s.edits, unsafe.Sizeof(item))
}
