package filter

import (
	"iter"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// node is a condition on a record.
type node interface {
	// matches reports whether a record meets the condition.
	matches(Item) bool
	// candidates returns a superset of the ids of the records that meet the condition, if an index knows
	// one. An id may occur more than once.
	candidates(Source) (ids []attio.ID, ok bool)
}

// all is met when every node is.
type all []node

func (a all) matches(item Item) bool {
	for _, n := range a {
		if !n.matches(item) {
			return false
		}
	}
	return true
}

// candidates returns the candidates of the most selective node.
func (a all) candidates(source Source) (fewest []attio.ID, ok bool) {
	for _, n := range a {
		if ids, known := n.candidates(source); known && (!ok || len(ids) < len(fewest)) {
			fewest, ok = ids, true
		}
	}
	return fewest, ok
}

// either is met when at least one node is.
type either []node

func (e either) matches(item Item) bool {
	for _, n := range e {
		if n.matches(item) {
			return true
		}
	}
	return false
}

func (e either) candidates(source Source) (union []attio.ID, ok bool) {
	for _, n := range e {
		ids, known := n.candidates(source)
		if !known {
			return nil, false
		}
		union = append(union, ids...)
	}
	return union, true
}

// manyEqualities is the number of equalities with one field from which on it is faster to look a value up among them than to
// compare it with each.
const manyEqualities = 8

// alternatives is met when at least one node is. Many equalities with one field become one node, or each of n records that
// an index finds would be compared with n operands.
func alternatives(nodes []node) either {
	type place struct {
		attribute *attribute.Definition
		field     *field
	}
	equalities := make(map[place][]test)
	for _, n := range nodes {
		if h, ok := n.(*has); ok && h.isEquality() {
			at := place{h.attribute, h.tests[0].field}
			equalities[at] = append(equalities[at], h.tests[0])
		}
	}
	var left either
	for _, n := range nodes {
		h, ok := n.(*has)
		if !ok || !h.isEquality() {
			left = append(left, n)
			continue
		}
		at := place{h.attribute, h.tests[0].field}
		switch tests, first := equalities[at]; {
		case len(tests) < manyEqualities && first:
			left = append(left, n)
		case first:
			left = append(left, &has{h.attribute, []test{anyOf(tests)}})
			delete(equalities, at)
		}
	}
	return left
}

// isEquality reports whether the only test is an equality.
func (h *has) isEquality() bool { return len(h.tests) == 1 && h.tests[0].equation != nil }

// anyOf returns the test that holds when one of several equalities with a field does.
func anyOf(equalities []test) test {
	first := equalities[0]
	joined := test{field: first.field, equation: first.equation, holds: first.equation.among(equalities)}
	for _, t := range equalities {
		joined.keys, joined.targets = append(joined.keys, t.keys...), append(joined.targets, t.targets...)
	}
	return joined
}

// not is met when its node is not, which includes records without a value.
type not struct{ node }

func (n not) matches(item Item) bool { return !n.node.matches(item) }

func (not) candidates(Source) ([]attio.ID, bool) { return nil, false }

// has is met when a record has a value of the attribute that passes every test.
type has struct {
	attribute *attribute.Definition
	tests     []test
}

func (h *has) matches(item Item) bool {
	values := item.Active(h.attribute)
next:
	for i := range values {
		for j := range h.tests {
			if !h.tests[j].holds(&values[i]) {
				continue next
			}
		}
		return true
	}
	return false
}

func (h *has) candidates(source Source) (found []attio.ID, ok bool) {
	for _, t := range h.tests {
		switch {
		case t.keys != nil && h.attribute.Unique:
			for _, key := range t.keys {
				found = collect(found, source.Holders(h.attribute, key))
			}
			return found, true
		case t.targets != nil:
			return referrers(source, h.attribute, t.targets)
		}
	}
	return nil, false
}

// leads is met when a reference leads to a record that meets the inner condition.
type leads struct {
	attribute *attribute.Definition
	to        Source
	inner     node
	reached   map[attio.ID]struct{} // the records that meet it; nil until first needed
}

func (l *leads) matches(item Item) bool {
	reached := l.targets()
	for _, held := range item.Active(l.attribute) {
		if reference, ok := held.Value.(attribute.RecordReference); ok {
			if _, ok := reached[reference.Record]; ok {
				return true
			}
		}
	}
	return false
}

// targets finds the records that meet the inner condition, once.
func (l *leads) targets() map[attio.ID]struct{} {
	if l.reached == nil {
		l.reached = make(map[attio.ID]struct{})
		for h := range matching(l.to, l.inner) {
			l.reached[h.id] = struct{}{}
		}
	}
	return l.reached
}

func (l *leads) candidates(source Source) ([]attio.ID, bool) {
	if _, known := l.inner.candidates(l.to); !known {
		return nil, false // there may be many targets, and each would need a lookup
	}
	targets := make([]attio.ID, 0, len(l.targets()))
	for id := range l.targets() {
		targets = append(targets, id)
	}
	return referrers(source, l.attribute, targets)
}

// referrers finds the records that refer to targets, if an index knows them.
func referrers(source Source, d *attribute.Definition, targets []attio.ID) (found []attio.ID, ok bool) {
	for _, target := range targets {
		ids, known := source.Referrers(d, target)
		if !known {
			return nil, false
		}
		found = collect(found, ids)
	}
	return found, true
}

func collect(ids []attio.ID, more iter.Seq[attio.ID]) []attio.ID {
	for id := range more {
		ids = append(ids, id)
	}
	return ids
}
