package yamltree

import (
	"hash/maphash"
	"strings"
)

// nursery makes the nodes of a large file without an allocation for each: nodes come from blocks, the entries of a
// collection are gathered on a stack until their number is known, and a string that was there shortly before is taken
// again.
type nursery struct {
	block    int // how many nodes are made at a time
	nodes    []Node
	contents []contents
	fields   []Field
	items    []*Node
	left     int // how many more nodes the file may have

	openFields []Field // of the mappings that are being read, outermost first
	openItems  []*Node // of the sequences

	seed   maphash.Seed
	recent []string // by their hashes
}

func newNursery(size int) nursery {
	return nursery{
		block: min(max(size/64, 8), 512), left: maxNodes,
		seed: maphash.MakeSeed(), recent: make([]string, min(max(size/64, 16), 4096)),
	}
}

// node makes a node. It reports whether the file may have one more.
func (n *nursery) node(at Position, k Kind, text string) (*Node, bool) {
	if len(n.nodes) == 0 {
		n.nodes = make([]Node, n.block)
	}
	node := &n.nodes[0]
	n.nodes = n.nodes[1:]
	node.Position, node.Kind, node.Text, node.size, node.height, node.contents = at, k, text, 1, 1, &nothing
	n.left--
	return node, n.left >= 0
}

// fill gives a sequence the open items from a place on, and closes them.
func (n *nursery) fill(sequence *Node, from int) {
	open := n.openItems[from:]
	if len(n.items) < len(open) {
		n.items = make([]*Node, max(n.block, len(open)))
	}
	items := n.items[:len(open):len(open)]
	n.items = n.items[copy(items, open):]
	n.openItems = n.openItems[:from]
	sequence.contents = n.content()
	sequence.Items = items
	for _, item := range items {
		sequence.takeIn(item)
	}
}

// fillFields gives a mapping the open fields from a place on, and closes them. It returns the first field whose key
// stands there twice, or nil.
func (n *nursery) fillFields(mapping *Node, from int) (repeated *Field) {
	open := n.openFields[from:]
	if len(n.fields) < len(open) {
		n.fields = make([]Field, max(n.block, len(open)))
	}
	fields := n.fields[:len(open):len(open)]
	n.fields = n.fields[copy(fields, open):]
	n.openFields = n.openFields[:from]
	mapping.contents = n.content()
	mapping.Fields = fields
	for i := range fields {
		mapping.takeIn(fields[i].Value)
	}
	return mapping.repeated()
}

func (n *nursery) content() *contents {
	if len(n.contents) == 0 {
		n.contents = make([]contents, n.block/4)
	}
	c := &n.contents[0]
	n.contents = n.contents[1:]
	return c
}

// repeated makes the index of a mapping if it needs one, and returns the first field whose key stands there twice, or nil.
func (n *Node) repeated() *Field {
	if len(n.Fields) > fewFields && n.makeIndex() {
		return nil
	}
	for i := range n.Fields {
		if first, _ := n.Find(n.Fields[i].Name); first != i {
			return &n.Fields[max(i, first)]
		}
	}
	return nil
}

// longest is the length of a string from which on it is not looked for among the recent ones.
const longest = 40

// keep returns a string of its own for a part of the text, so that what is made of the tree does not keep the whole text in
// memory.
func (n *nursery) keep(part string) string {
	if len(part) > longest {
		return strings.Clone(part)
	}
	known := &n.recent[maphash.String(n.seed, part)%uint64(len(n.recent))]
	if *known != part {
		*known = strings.Clone(part)
	}
	return *known
}
