package yamltree

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// print writes a tree with the order of its keys.
func (n *Node) print() string {
	switch n.Kind {
	case KindMapping:
		s := "{"
		for _, f := range n.Fields {
			s += f.Name + ": " + f.Value.print() + ", "
		}
		return s + "}"
	case KindSequence:
		s := "["
		for _, item := range n.Items {
			s += item.print() + ", "
		}
		return s + "]"
	}
	return n.Text
}

func TestMergingKeepsTheOrderOfTheLowerFileAndReplacesItsScalarsAndLists(t *testing.T) {
	t.Parallel()
	lower, _ := parseText("a: {x: 1, y: [1, 2]}\nb: 1\nc: {d: {e: 1}}\nf: {g: 1}\n")
	upper, _ := parseText("h: 1\nf: 2\na: {z: 3, y: [3], x: 4}\nc: {d: {i: 2}}\n")
	before := lower.print()
	got := Merge(lower, upper).print()
	want := "{a: {x: 4, y: [3, ], z: 3, }, b: 1, c: {d: {e: 1, i: 2, }, }, f: 2, h: 1, }"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if lower.print() != before {
		t.Error("the lower tree has changed")
	}
}

// drawTree draws a mapping in which a key's first letter says the kind of its value, as the format
// does, since a value of another kind replaces what is below it whole.
func drawTree(depth int) *rapid.Generator[*Node] {
	return rapid.Custom(func(t *rapid.T) *Node {
		n := newNode(Position{}, KindMapping, "")
		for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"ma", "mb", "sa", "sb", "la"}), rapid.ID[string]).Draw(t, "keys") {
			value := newNode(Position{}, KindString, rapid.StringN(1, 2, -1).Draw(t, "text"))
			switch {
			case name[0] == 'm' && depth > 0:
				value = drawTree(depth-1).Draw(t, name)
			case name[0] == 'm':
				value = newNode(Position{}, KindMapping, "")
			case name[0] == 'l':
				list := newNode(Position{}, KindSequence, "")
				list.push(value)
				value = list
			}
			n.put(Field{Name: name, Value: value})
		}
		return n
	})
}

func TestMergingIsAssociativeAndIdempotent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tree := drawTree(3)
		a, b, c := tree.Draw(t, "a"), tree.Draw(t, "b"), tree.Draw(t, "c")
		if left, right := Merge(Merge(a, b), c).print(), Merge(a, Merge(b, c)).print(); left != right {
			t.Errorf("(a b) c = %s\na (b c) = %s", left, right)
		}
		if twice := Merge(a, a).print(); twice != a.print() {
			t.Errorf("a a = %s, a = %s", twice, a.print())
		}
		if got, want := Merge(a, b).count(), int(Merge(a, b).size); got != want {
			t.Errorf("the merged tree has %d nodes and says %d", got, want)
		}
	})
}

// count counts the nodes of a tree.
func (n *Node) count() int {
	count := 1
	for _, f := range n.Fields {
		count += f.Value.count()
	}
	for _, item := range n.Items {
		count += item.count()
	}
	return count
}
