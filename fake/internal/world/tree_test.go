package world

import (
	"cmp"
	"maps"
	"slices"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// number is an item of a tree. Those that differ only in the last digit have the same head, and a number that is written again is
// another item.
type number struct{ n int }

func (n *number) compare(other *number) int { return cmp.Compare(n.n, other.n) }
func (n *number) head() uint64              { return numberHead(n.n) }

func numberHead(n int) uint64 { return uint64(n / 10) }

func numberPlace(n int) place[*number] {
	return place[*number]{numberHead(n), func(item *number) int { return cmp.Compare(item.n, n) }}
}

// treeModel is what a tree holds, as a map.
type treeModel map[int]*number

func (m treeModel) values() []*number {
	var all []*number
	for _, n := range slices.Sorted(maps.Keys(m)) {
		all = append(all, m[n])
	}
	return all
}

func TestATreeHoldsWhatWasPutInOrderAndItsCopiesStay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.SampledFrom([]int{5, 40, 1000, 20_000}).Draw(t, "numbers")
		type version struct {
			tree  tree[*number]
			model treeModel
		}
		now := version{model: treeModel{}}
		versions := []version{}
		draw := func(what string) int { return rapid.IntRange(0, most).Draw(t, what) }
		t.Repeat(map[string]func(*rapid.T){
			"put": func(*rapid.T) {
				n := &number{draw("put")}
				now.tree.put(n)
				now.model[n.n] = n
			},
			"put many in order": func(*rapid.T) {
				first := draw("first")
				for i := range rapid.IntRange(1, 200).Draw(t, "many") {
					n := &number{first + i}
					now.tree.put(n)
					now.model[n.n] = n
				}
			},
			"put many": func(*rapid.T) {
				step := rapid.SampledFrom([]int{7, 31, 613}).Draw(t, "step")
				for i := range rapid.IntRange(1, 200).Draw(t, "many") {
					n := &number{i * step % (most + 1)}
					now.tree.put(n)
					now.model[n.n] = n
				}
			},
			"delete": func(*rapid.T) {
				n := draw("delete")
				now.tree.delete(numberPlace(n))
				delete(now.model, n)
			},
			"delete all between": func(*rapid.T) {
				first, last := draw("first"), draw("last")
				for _, n := range slices.Sorted(maps.Keys(now.model)) {
					if first <= n && n <= last {
						now.tree.delete(numberPlace(n))
						delete(now.model, n)
					}
				}
			},
			"copy": func(*rapid.T) {
				versions = append(versions, now)
				now = version{now.tree.copy(new(writer)), maps.Clone(now.model)}
			},
			"return": func(*rapid.T) {
				if len(versions) > 0 {
					kept := versions[rapid.IntRange(0, len(versions)-1).Draw(t, "version")]
					now = version{kept.tree.copy(new(writer)), maps.Clone(kept.model)}
				}
			},
			"": func(t *rapid.T) {
				want := now.model.values()
				if got := slices.Collect(now.tree.Values()); !slices.Equal(got, want) || now.tree.Len() != len(want) {
					t.Fatalf("%d items, of which the tree says %d; want %d", len(got), now.tree.Len(), len(want))
				}
				n := draw("number")
				if got, ok := now.tree.find(numberPlace(n)); got != now.model[n] || ok != (now.model[n] != nil) {
					t.Fatalf("found %v at %d, want %v", got, n, now.model[n])
				}
				first, _ := slices.BinarySearchFunc(want, n, func(item *number, n int) int { return item.n - n })
				if got := slices.Collect(now.tree.from(numberPlace(n))); !slices.Equal(got, want[first:]) {
					t.Fatalf("%d items from %d on, want %d", len(got), n, len(want)-first)
				}
				skipped := min(n, len(want))
				if got := slices.Collect(now.tree.valuesAfter(n)); !slices.Equal(got, want[skipped:]) {
					t.Fatalf("%d items without the first %d of %d", len(got), n, len(want))
				}
				if now.tree.root != nil {
					now.tree.root.check(t)
				}
			},
		})
		for i, v := range versions {
			if got := slices.Collect(v.tree.Values()); !slices.Equal(got, v.model.values()) {
				t.Fatalf("copy %d of %d changed", i, len(versions))
			}
		}
	})
}

// check fails the test if a node says about itself what is not so.
func (n *node[T]) check(t *rapid.T) (depth int) {
	if n.size < 1 || n.size > fanout {
		t.Fatalf("a node of size %d", n.size)
	}
	if n.items != nil {
		if n.count != n.size || n.head != n.items[0].head() {
			t.Fatalf("a leaf of size %d says that it holds %d, from %d on", n.size, n.count, n.head)
		}
		return 1
	}
	var count int32
	for i, child := range n.children[:n.size] {
		below := child.check(t)
		if i > 0 && below != depth {
			t.Fatalf("children %d and %d deep", depth, below)
		}
		depth = below
		count += child.count
	}
	if n.count != count || n.head != n.children[0].head {
		t.Fatalf("a fork over %d items says that it holds %d, from %d on", count, n.count, n.head)
	}
	return depth + 1
}

// What moments are charged for is what a write made.
func TestATreeSaysWhatAWriteMadeAnew(t *testing.T) {
	t.Parallel()
	var full tree[*number]
	for i := range 10_000 {
		full.put(&number{i * 613 % 10_007})
	}
	known := map[*node[*number]]bool{}
	full.root.walk(func(n *node[*number]) { known[n] = true })
	for name, change := range map[string]func(*tree[*number]){
		"nothing":            func(*tree[*number]) {},
		"one item":           func(t *tree[*number]) { t.put(&number{613}) },
		"an item not there":  func(t *tree[*number]) { t.delete(numberPlace(100_000)) },
		"many":               func(t *tree[*number]) { putMany(t) },
		"the deletion of 10": func(t *tree[*number]) { deleteSome(t, 10) },
	} {
		var made writer
		next := full.copy(&made)
		change(&next)
		var leaves, forks int64
		next.root.walk(func(n *node[*number]) {
			switch {
			case known[n]:
			case n.items != nil:
				leaves++
			default:
				forks++
			}
		})
		// A node that was made and joined with another since counts too.
		if made.leaves < leaves || made.forks < forks || made.leaves+made.forks > (leaves+forks)*5/4 {
			t.Errorf("%s: %d leaves and %d forks, want %d and %d", name, made.leaves, made.forks, leaves, forks)
		}
	}
}

func putMany(t *tree[*number]) {
	for i := range 500 {
		t.put(&number{i * 31})
	}
}

func deleteSome(t *tree[*number], n int) {
	for i := range n {
		t.delete(numberPlace(i * 977))
	}
}

func (n *node[T]) walk(visit func(*node[T])) {
	visit(n)
	if n.children != nil {
		for _, child := range n.children[:n.size] {
			child.walk(visit)
		}
	}
}

func TestANodeFillsASizeClassOfTheAllocator(t *testing.T) {
	t.Parallel()
	if leaf, fork := unsafe.Sizeof(leaf[*number]{}), unsafe.Sizeof(fork[*number]{}); leaf != 160 || fork != 160 {
		t.Errorf("a leaf has %d bytes and a fork %d, and the allocator's class has 160", leaf, fork)
	}
}
