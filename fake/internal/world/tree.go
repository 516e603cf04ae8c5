package world

import (
	"iter"
	"strings"
	"unsafe"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// tree holds items in order. It is copied in constant time: it shares its nodes with its copies, and a write makes anew those on the
// way to the item. As a state never changes, a tree is not written any more once it was copied. The zero value is empty.
//
// It is a B+ tree whose nodes hold one pointer an item or a child and nothing else, because what a write copies is what the
// moment after it costs.
type tree[T item[T]] struct {
	root   *node[T] // nil if it is empty
	writer *writer  // may change the nodes that it made; nil in a tree that was never written
}

// item is what a tree holds: a pointer to something whose place in the order never changes.
type item[T any] interface {
	compare(T) int
	head() uint64 // in the same order, but several items may have the same
}

// place is the place of an item in the order of a tree, whether it is there or not.
type place[T any] struct {
	head    uint64
	compare func(T) int // says whether an item is before the place (-1), at it (0) or after it (1)
}

// fanout is how many items or children a node has at most. With fewer a write copies less, but makes more nodes of it; with this
// number a node fills a size class of Go's allocator.
const fanout = 15

// A node that a deletion leaves with fewer is joined with a neighbor, if both fit into one.
const fewItems = fanout / 3

// nodeBytes is the size of a node. A leaf and a fork have the same.
const nodeBytes = int64(unsafe.Sizeof(leaf[*Record]{}))

// node is the head of a leaf or of a fork.
type node[T item[T]] struct {
	writer   *writer           // made it, and may change it
	head     uint64            // of the first item in it
	items    *[fanout]T        // nil in a fork
	children *[fanout]*node[T] // nil in a leaf
	size     int32             // how many items or children the node has
	count    int32             // how many items there are in it and below it
}

type leaf[T item[T]] struct {
	node[T]
	array [fanout]T
}

type fork[T item[T]] struct {
	node[T]
	array [fanout]*node[T]
}

func (t *tree[T]) newLeaf() *node[T] {
	t.writer.leaves++
	l := &leaf[T]{node: node[T]{writer: t.writer}}
	l.items = &l.array
	return &l.node
}

func (t *tree[T]) newFork() *node[T] {
	t.writer.forks++
	f := &fork[T]{node: node[T]{writer: t.writer}}
	f.children = &f.array
	return &f.node
}

// own returns a node that may be changed: the given one, or a copy.
func (t *tree[T]) own(n *node[T]) *node[T] {
	if n.writer == t.writer {
		return n
	}
	var own *node[T]
	if n.items != nil {
		own = t.newLeaf()
		copy(own.items[:], n.items[:n.size])
	} else {
		own = t.newFork()
		copy(own.children[:], n.children[:n.size])
	}
	own.head, own.size, own.count = n.head, n.size, n.count
	return own
}

// copy returns a tree for a writer to change.
func (t *tree[T]) copy(w *writer) tree[T] { return tree[T]{t.root, w} }

// Len returns the number of items.
func (t *tree[T]) Len() int {
	if t.root == nil {
		return 0
	}
	return int(t.root.count)
}

// find returns the item at a place.
func (t *tree[T]) find(p place[T]) (found T, ok bool) {
	if t.root == nil {
		return found, false
	}
	n := t.root
	for n.items == nil {
		n = n.children[n.childAt(p)]
	}
	i, ok := n.itemAt(p)
	if ok {
		found = n.items[i]
	}
	return found, ok
}

// itemAt returns the index of the first item of a leaf that is not before a place, and whether it is at the place.
func (n *node[T]) itemAt(p place[T]) (i int, found bool) {
	low, high := 0, int(n.size)
	for low < high {
		middle := (low + high) / 2
		switch order := p.compare(n.items[middle]); {
		case order < 0:
			low = middle + 1
		case order > 0:
			high = middle
		default:
			return middle, true
		}
	}
	return low, false
}

// childAt returns the index of the child of a fork to which a place belongs: the last that does not begin after it, or else the
// first.
func (n *node[T]) childAt(p place[T]) int {
	low, high := 1, int(n.size)
	for low < high {
		middle := (low + high) / 2
		if n.children[middle].beginsAfter(p) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low - 1
}

func (n *node[T]) beginsAfter(p place[T]) bool {
	if n.head != p.head {
		return n.head > p.head
	}
	for n.items == nil {
		n = n.children[0]
	}
	return p.compare(n.items[0]) > 0
}

// put adds an item, or replaces the one at its place.
func (t *tree[T]) put(item T) {
	t.begin()
	if t.root == nil {
		t.root = t.newLeaf()
	}
	p := place[T]{item.head(), func(other T) int { return other.compare(item) }}
	left, right, _ := t.putBelow(t.root, p, item)
	t.root = left
	if right != nil {
		t.root = t.newFork()
		t.root.head, t.root.size, t.root.count = left.head, 2, left.count+right.count
		t.root.children[0], t.root.children[1] = left, right
	}
}

func (t *tree[T]) begin() {
	if t.writer == nil {
		t.writer = new(writer)
	}
}

// putBelow puts an item into a node or below it. It returns the node that takes its place, another one after it if there was no
// room in one, and by how many items they have grown.
func (t *tree[T]) putBelow(n *node[T], p place[T], item T) (left, right *node[T], grown int32) {
	n = t.own(n)
	if n.items != nil {
		i, found := n.itemAt(p)
		if found {
			n.items[i] = item
			return n, nil, 0
		}
		into, i, right := t.room(n, i)
		into.size++
		insert(into.items[:into.size], i, item)
		if i == 0 {
			into.head = p.head
		}
		n.share(n.count+1, right)
		return n, right, 1
	}
	i := n.childAt(p)
	child, added, grown := t.putBelow(n.children[i], p, item)
	n.children[i] = child
	if i == 0 {
		n.head = child.head
	}
	if added != nil {
		var into *node[T]
		into, i, right = t.room(n, i+1)
		into.size++
		insert(into.children[:into.size], i, added)
		if i == 0 {
			into.head = added.head
		}
	}
	n.share(n.count+grown, right)
	return n, right, grown
}

// room makes room for one more at an index of a node, which it splits if it is full. It returns the node and the index at which to
// insert, and the new node if there is one.
func (t *tree[T]) room(n *node[T], i int) (into *node[T], at int, right *node[T]) {
	if n.size < fanout {
		return n, i, nil
	}
	half := fanout / 2
	if i == fanout {
		half = fanout // items that come in order leave full nodes behind
	}
	if n.items != nil {
		right = t.newLeaf()
		copy(right.items[:], n.items[half:])
		clear(n.items[half:])
	} else {
		right = t.newFork()
		copy(right.children[:], n.children[half:])
		clear(n.children[half:])
	}
	n.size, right.size = int32(half), int32(fanout-half)
	right.begin()
	if i <= half && half < fanout {
		return n, i, right
	}
	return right, i - half, right
}

// begin sets the head of a node that begins with something else now.
func (n *node[T]) begin() {
	switch {
	case n.size == 0:
	case n.items != nil:
		n.head = n.items[0].head()
	default:
		n.head = n.children[0].head
	}
}

// share divides the number of items of two nodes between them; there may be no second one.
func (n *node[T]) share(count int32, right *node[T]) {
	n.count = count
	switch {
	case right == nil:
	case right.items != nil:
		right.count = right.size
		n.count -= right.count
	default:
		right.count = 0
		for _, child := range right.children[:right.size] {
			right.count += child.count
		}
		n.count -= right.count
	}
}

// insert moves what is in a slice from an index on to the end, over the last element, and puts something there.
func insert[E any](into []E, i int, e E) {
	copy(into[i+1:], into[i:])
	into[i] = e
}

// delete removes the item at a place, if there is one.
func (t *tree[T]) delete(p place[T]) {
	if _, ok := t.find(p); !ok {
		return
	}
	t.begin()
	t.root = t.deleteBelow(t.root, p)
	for t.root.items == nil && t.root.size == 1 {
		t.root = t.root.children[0]
	}
	if t.root.size == 0 {
		t.root = nil
	}
}

// deleteBelow removes the item at a place from a node or from below it, and returns the node that takes its place.
func (t *tree[T]) deleteBelow(n *node[T], p place[T]) *node[T] {
	n = t.own(n)
	n.count--
	if n.items != nil {
		i, _ := n.itemAt(p)
		remove(n.items[:n.size], i)
		n.size--
	} else {
		i := n.childAt(p)
		n.children[i] = t.deleteBelow(n.children[i], p)
		if n.children[i].size < fewItems {
			t.join(n, i)
		}
	}
	n.begin()
	return n
}

// join joins a small child of a fork with a neighbor if both fit into one node. A child without items goes.
func (t *tree[T]) join(n *node[T], i int) {
	if n.children[i].size == 0 {
		remove(n.children[:n.size], i)
		n.size--
		return
	}
	i = max(i, 1)
	if i >= int(n.size) || n.children[i-1].size+n.children[i].size > fanout {
		return
	}
	left, right := t.own(n.children[i-1]), n.children[i]
	if left.items != nil {
		copy(left.items[left.size:], right.items[:right.size])
	} else {
		copy(left.children[left.size:], right.children[:right.size])
	}
	left.size += right.size
	left.count += right.count
	n.children[i-1] = left
	remove(n.children[:n.size], i)
	n.size--
}

// remove moves what comes after an index of a slice to it, and clears the last element.
func remove[E any](from []E, i int) {
	copy(from[i:], from[i+1:])
	clear(from[len(from)-1:])
}

// Values yields the items in order.
func (t *tree[T]) Values() iter.Seq[T] { return t.valuesAfter(0) }

// valuesAfter is Values without so many at the beginning, which cost nothing.
func (t *tree[T]) valuesAfter(skipped int) iter.Seq[T] {
	return func(yield func(T) bool) {
		if t.root != nil {
			t.root.after(skipped, yield)
		}
	}
}

func (n *node[T]) after(skipped int, yield func(T) bool) bool {
	if n.items != nil {
		for _, item := range n.items[min(skipped, int(n.size)):n.size] {
			if !yield(item) {
				return false
			}
		}
		return true
	}
	for _, child := range n.children[:n.size] {
		if skipped >= int(child.count) {
			skipped -= int(child.count)
			continue
		}
		if !child.after(skipped, yield) {
			return false
		}
		skipped = 0
	}
	return true
}

// from yields the items from a place on, in order.
func (t *tree[T]) from(p place[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		if t.root != nil {
			t.root.from(p, yield)
		}
	}
}

func (n *node[T]) from(p place[T], yield func(T) bool) bool {
	if n.items != nil {
		i, _ := n.itemAt(p)
		return n.after(i, yield)
	}
	i := n.childAt(p)
	if !n.children[i].from(p, yield) {
		return false
	}
	for _, child := range n.children[i+1 : n.size] {
		if !child.after(0, yield) {
			return false
		}
	}
	return true
}

// identified is what has an id, by which it is ordered.
type identified interface{ id() attio.ID }

// placeOf returns the place of the thing with an id.
func placeOf[T identified](id attio.ID) place[T] {
	return place[T]{textHead(string(id)), func(thing T) int { return strings.Compare(string(thing.id()), string(id)) }}
}

// textHead returns the first bytes of a text as the head of an item that is ordered by it.
func textHead(text string) uint64 {
	if len(text) >= 8 {
		return uint64(text[0])<<56 | uint64(text[1])<<48 | uint64(text[2])<<40 | uint64(text[3])<<32 | uint64(text[4])<<24 | uint64(text[5])<<16 | uint64(text[6])<<8 | uint64(text[7])
	}
	var head uint64
	for i := range 8 {
		head <<= 8
		if i < len(text) {
			head |= uint64(text[i])
		}
	}
	return head
}
