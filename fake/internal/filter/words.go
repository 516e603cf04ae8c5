package filter

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// words is the kind of fields that hold text, which is compared regardless of case. An empty text counts as
// no value.
type words[V attribute.Value] struct {
	get   func(V) string
	begin func(string) string // completes an operand of $eq and $starts_with; nil for none
	among []string            // the only operands accepted; nil for any text
	isKey bool                // the text is the value's key, except for case
}

func (k words[V]) test(o operand) (test, error) {
	holds, needles, err := k.holds(o)
	t := test{holds: func(held *world.Held) bool {
		v, ok := held.Value.(V)
		return ok && holds(k.get(v))
	}}
	if o.operator == opEq || o.operator == opIn {
		t.equation = equals[string]{wanted: needles, part: func(held *world.Held) (string, bool) {
			v, ok := held.Value.(V)
			return strings.ToLower(k.get(v)), ok
		}}
		if k.isKey {
			t.keys = needles
		}
	}
	return t, err
}

// holds returns the condition on the text, and the operands in lower case.
func (k words[V]) holds(o operand) (holds func(string) bool, needles []string, err error) {
	if needles, err = list(o, k.needle); err != nil {
		return nil, nil, err
	}
	if o.operator == opIn {
		sought := make(map[string]bool, len(needles))
		for _, needle := range needles {
			sought[needle] = true
		}
		return func(s string) bool { return sought[strings.ToLower(s)] }, needles, nil
	}
	compare, needle := textHolds[o.operator], needles[0]
	return func(s string) bool { return compare(s, needle) }, needles, nil
}

// needle reads the operand.
func (k words[V]) needle(o operand) (string, error) {
	s, err := o.text()
	switch {
	case err != nil:
		return "", err
	case k.among != nil && !slices.Contains(k.among, s):
		return "", o.refuse("Expected one of \"" + strings.Join(k.among, "\", \"") + "\".")
	case k.begin != nil && (o.operator == opEq || o.operator == opStartsWith):
		s = k.begin(s)
	}
	return strings.ToLower(s), nil
}

func (k words[V]) given(held *world.Held) bool {
	v, ok := held.Value.(V)
	return ok && k.get(v) != ""
}

func (k words[V]) compare(_ *attribute.Definition, a, b *world.Held) int {
	return compareFold(k.get(a.Value.(V)), k.get(b.Value.(V)))
}

func (k words[V]) text(held *world.Held) string { return k.get(held.Value.(V)) }

// places is the kind of the parts of a location. A part may be unknown.
type places struct {
	words[attribute.Location]
	part func(attribute.Location) *string
}

func place(part func(attribute.Location) *string) places {
	return places{part: part, words: words[attribute.Location]{get: func(l attribute.Location) string {
		if s := part(l); s != nil {
			return *s
		}
		return ""
	}}}
}

func (k places) test(o operand) (test, error) {
	holds, needles, err := k.holds(o)
	t := test{holds: func(held *world.Held) bool {
		l, ok := held.Value.(attribute.Location)
		if !ok {
			return false
		}
		s := k.part(l)
		return s != nil && holds(*s)
	}}
	if o.operator == opEq {
		t.equation = equals[string]{wanted: needles, part: func(held *world.Held) (string, bool) {
			l, ok := held.Value.(attribute.Location)
			return strings.ToLower(k.get(l)), ok && k.part(l) != nil
		}}
	}
	return t, err
}

// withPlus adds the + to a phone number. Found in October 2026: filters may leave it out, but the national
// form does not match.
func withPlus(number string) string {
	if number != "" && number[0] >= '0' && number[0] <= '9' {
		return "+" + number
	}
	return number
}

func interactionType(i attribute.Interaction) string { return i.Type }

func actorType(a attribute.ActorReference) string { return string(a.Type) }

func actorTypes() []string {
	var names []string
	for _, t := range attio.ActorTypes() {
		names = append(names, string(t))
	}
	return names
}
