package testgen

import (
	"crypto/sha256"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// The bounds of the search for a smaller scenario.
const (
	maxTrials     = 400      // how many scenarios are tried
	maxTrialBytes = 16 << 20 // how large all of them are together
	maxPasses     = 4
	fewItems      = 16 // up to so many are left out one by one, more in halves, quarters and so on first
)

// Reduce leaves out of a scenario what an outcome does not depend on: whole sections, objects, and single things such as
// records, which themselves stay whole. Whether a scenario does is for holds to say. The mentions are texts that may name
// what is needed. If nothing of at most MaxScenario holds, the result is false.
func Reduce(text string, mentions string, holds func(scenario string) bool) (reduced string, whole, ok bool) {
	root := yamltree.Parse(&yamltree.File{Name: "scenario"}, []byte(text), new(yamltree.Problems))
	r := reducer{lines: strings.SplitAfter(text, "\n"), holds: holds, trials: maxTrials, bytes: maxTrialBytes, known: make(map[[sha256.Size]byte]bool)}
	if root == nil { // more than a scenario may have, which is for holds to refuse
		return text, true, holds(text)
	}
	r.root, r.origins = r.itemsOf(root, len(r.lines), nil), originsOf(root)
	all := r.text()
	kept := r.reached(mentions)
	r.each(func(it *item) { it.out = !kept[it] })
	if !r.try() {
		r.each(func(it *item) { it.out = false })
		if !r.try() {
			return "", false, false
		}
	}
	for pass := 0; pass < maxPasses && r.pass(kept); pass++ {
	}
	reduced = r.text()
	return reduced, reduced == all, true
}

// reducer leaves out parts of a scenario.
type reducer struct {
	lines   []string
	root    []*item
	origins map[string]string // by the slug of each workspace, the one that its ids derive from
	holds   func(string) bool
	known   map[[sha256.Size]byte]bool // which texts hold
	trials  int
	bytes   int
}

// item is a part of a scenario that can be left out: a field that has lines of its own.
type item struct {
	path     []string // its keys
	from, to int      // its lines
	inner    []*item  // the parts of it that can be left out
	stays    bool
	out      bool
}

// itemsOf lists the fields of a mapping, of which the last ends before a line.
func (r *reducer) itemsOf(mapping *yamltree.Node, end int, path []string) []*item {
	var items []*item
	for i, f := range mapping.Fields {
		it := &item{path: append(slices.Clone(path), f.Name), from: int(f.At.Line) - 1, to: end}
		if i+1 < len(mapping.Fields) {
			it.to = int(mapping.Fields[i+1].At.Line) - 1
		}
		it.stays = len(path) == 0 && (f.Name == "version" || f.Name == "clock")
		if f.Value.Kind == yamltree.KindMapping && len(f.Value.Fields) > 0 && f.Value.Fields[0].At.Line > f.At.Line && isDivided(it.path) {
			it.inner = r.itemsOf(f.Value, it.to, it.path)
		}
		items = append(items, it)
	}
	return items
}

// isDivided reports whether the parts of what is at a path are things of their own: the workspaces, their sections, and in
// the sections with objects, lists and activities what these hold.
func isDivided(path []string) bool {
	switch len(path) {
	case 1, 2, 3:
		return path[0] == "workspaces" || len(path) == 1
	case 4, 5:
		return slices.Contains([]string{"objects", "lists", "activities"}, path[2])
	}
	return false
}

// originsOf reads the origins of workspaces, which are their slugs unless they are clones.
func originsOf(root *yamltree.Node) map[string]string {
	origins := make(map[string]string)
	for _, w := range root.Child([]any{"workspaces"}).Fields {
		origins[w.Name] = w.Name
		if origin, ok := w.Value.Get("origin"); ok {
			origins[w.Name] = origin.Value.Text
		}
	}
	return origins
}

// id returns the id that a thing has unless its scenario says another.
func (r *reducer) id(it *item) string {
	if len(it.path) < 3 {
		return ""
	}
	below := it.path[2:]
	if len(below) == 4 && below[0] == "objects" && below[2] == "records" {
		below = []string{below[1], below[3]}
	}
	return string(attio.PathID(r.origins[it.path[1]] + "/" + strings.Join(below, "/")))
}

// each visits all items, the outer ones first.
func (r *reducer) each(visit func(*item)) {
	for level := r.root; level != nil; level = inner(level) {
		for _, it := range level {
			visit(it)
		}
	}
}

func inner(level []*item) []*item {
	var next []*item
	for _, it := range level {
		next = append(next, it.inner...)
	}
	return next
}

// alive returns the items that are not left out.
func alive(items []*item) []*item {
	var left []*item
	for _, it := range items {
		if !it.out {
			left = append(left, it)
		}
	}
	return left
}

// text writes what is not left out.
func (r *reducer) text() string {
	var b strings.Builder
	r.write(&b, r.root)
	return b.String()
}

func (r *reducer) write(b *strings.Builder, items []*item) {
	for _, it := range items {
		switch {
		case it.out && !it.stays:
		case it.inner == nil:
			b.WriteString(strings.Join(r.lines[it.from:it.to], ""))
		case !slices.ContainsFunc(it.inner, func(i *item) bool { return !i.out }):
			b.WriteString(strings.TrimRight(r.lines[it.from], "\n") + " {}\n")
		default:
			b.WriteString(r.lines[it.from])
			r.write(b, it.inner)
		}
	}
}

// try reports whether what is not left out holds. Beyond the bounds nothing does.
func (r *reducer) try() bool {
	if r.trials == 0 {
		return false
	}
	text := r.text()
	if len(text) > MaxScenario {
		return false
	}
	sum := sha256.Sum256([]byte(text))
	if holds, known := r.known[sum]; known {
		return holds
	}
	if len(text) > r.bytes {
		r.trials = 0
		return false
	}
	r.trials--
	r.bytes -= len(text)
	r.known[sum] = r.holds(text)
	return r.known[sum]
}

// pass leaves out what it can, level by level, and reports whether it could.
func (r *reducer) pass(kept map[*item]bool) (less bool) {
	for level := alive(r.root); level != nil; level = alive(inner(alive(level))) {
		var optional, unnamed []*item
		for _, it := range level {
			if it.stays {
				continue
			}
			optional = append(optional, it)
			if !kept[it] {
				unnamed = append(unnamed, it)
			}
		}
		if r.leaveOut(optional) || r.leaveOut(unnamed) {
			less = true
		}
		size := len(optional) / 2
		if len(optional) <= fewItems {
			size = 1
		}
		for ; size > 0; size /= 2 {
			for part := range slices.Chunk(optional, size) {
				if r.leaveOut(part) {
					less = true
				}
			}
		}
	}
	return less
}

// leaveOut leaves items out, unless the rest does not hold or they are out already.
func (r *reducer) leaveOut(items []*item) bool {
	var newly []*item
	for _, it := range items {
		if !it.out {
			newly = append(newly, it)
			it.out = true
		}
	}
	if newly == nil {
		return false
	}
	if r.try() {
		return true
	}
	for _, it := range newly {
		it.out = false
	}
	return false
}

// reached returns the items that texts name by key or id, those that these name in turn, and all that they are in.
func (r *reducer) reached(mentions string) map[*item]bool {
	named := make(map[string][]*item)
	within := make(map[*item]*item)
	r.each(func(it *item) {
		for _, i := range it.inner {
			within[i] = it
		}
		key := it.path[len(it.path)-1]
		named[key] = append(named[key], it)
		named[r.id(it)] = append(named[r.id(it)], it)
		if it.inner == nil {
			for _, id := range uuids.Get().FindAllString(r.own(it), -1) {
				named[id] = append(named[id], it)
			}
		}
	})
	kept, seen := make(map[*item]bool), make(map[string]bool)
	queue := words(mentions)
	for len(queue) > 0 {
		word := queue[0]
		queue = queue[1:]
		if seen[word] {
			continue
		}
		seen[word] = true
		for _, it := range named[word] {
			if !kept[it] {
				queue = append(queue, words(r.own(it))...)
			}
			for ; it != nil; it = within[it] {
				kept[it] = true
			}
		}
	}
	r.each(func(it *item) { // a setting costs nothing to try with
		if it.stays || it.inner == nil && len(it.path) == 3 && it.to-it.from == 1 {
			kept[it] = true
		}
	})
	return kept
}

// own returns the lines of an item that are not those of its inner items.
func (r *reducer) own(it *item) string {
	if it.inner != nil {
		return ""
	}
	return strings.Join(r.lines[it.from:it.to], "")
}

// words splits a text into what can be a key or an id.
func words(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool {
		return c < 0x80 && c != '_' && c != '-' && c != '.' && c != '@' && (c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z')
	})
}
