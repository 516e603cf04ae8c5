package scenario

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// The order of attributes differs between workspaces: in captures of 2024 and 2025 custom attributes come before
// Attio's, and record_id is not always first. Attributes with a position stand there; the others fill the remaining
// places, first Attio's in their usual order and then the custom ones in the order of the file.

const positionKey = "position"

// rank is the position of an attribute, from 1; 0 for none.
type rank int

func (r *rank) decode(d *decoder, f yamltree.Field) {
	n, err := strconv.Atoi(f.Value.Text)
	if f.Value.Kind != yamltree.KindNumber || err != nil || n < 1 {
		d.problems.Add(f.Value.Position, "%s must be a whole number from 1", suggest.Quote(f.Name))
		return
	}
	*r = rank(n)
}

func (*rank) schema() schema { return schema{"type": "integer", "minimum": 1} }

// orderAttributes puts the attributes that have a position there.
func (b *builder) orderAttributes() {
	for _, s := range b.kindSpecs() {
		if kind, ok := s.built(); ok {
			b.order(kind, s.attributes)
		}
	}
}

func (b *builder) order(kind world.Kind, specs []item[definition]) {
	left := slices.Clone(kind.Common().Attributes)
	total := len(left)
	placed := make(map[int]item[definition])
	for _, a := range specs {
		n := int(a.value.Position)
		d, ok := kind.Common().Attribute(a.key)
		if n == 0 || !ok {
			continue
		}
		if other, taken := placed[n]; taken {
			b.problems.Add(a.value.at(positionKey), "position %d is taken by %s; give each attribute its own position", n, suggest.Quote(other.key))
			continue
		}
		if n > total {
			b.problems.Add(a.value.at(positionKey), "%s has %d attributes, including those that Attio makes; position %d is beyond the last", suggest.Quote(kind.Common().Slug), total, n)
			continue
		}
		placed[n] = a
		left = slices.DeleteFunc(left, func(other *attribute.Definition) bool { return other.ID == d.ID })
	}
	if len(placed) == 0 {
		return
	}
	ordered := make([]*attribute.Definition, 0, total)
	for n := 1; n <= total; n++ {
		if a, ok := placed[n]; ok {
			d, _ := kind.Common().Attribute(a.key)
			ordered = append(ordered, d)
			continue
		}
		ordered, left = append(ordered, left[0]), left[1:]
	}
	b.tx.OrderAttributes(kind, ordered)
}

// positions returns the positions that the file has to give. To give as few as possible it leaves out those of the longest
// subsequence that is in its usual order.
func positions(kind world.Kind) map[attio.ID]int {
	attributes := kind.Common().Attributes
	usual := usualPlaces(kind)
	longest := make([]int, len(attributes)) // of the subsequences that end with each attribute
	before := make([]int, len(attributes))
	last := -1
	for i, d := range attributes {
		longest[i], before[i] = 1, -1
		for j := range i {
			if usual[attributes[j].ID] < usual[d.ID] && longest[j] >= longest[i] {
				longest[i], before[i] = longest[j]+1, j
			}
		}
		if last < 0 || longest[i] > longest[last] {
			last = i
		}
	}
	given := make(map[attio.ID]int)
	for i, d := range attributes {
		given[d.ID] = i + 1
	}
	for ; last >= 0; last = before[last] {
		delete(given, attributes[last].ID)
	}
	return given
}

// usualPlaces returns the places of attributes in the order that they have without positions.
func usualPlaces(kind world.Kind) map[attio.ID]int {
	made := madeByAttio(kind)
	sorted := slices.SortedStableFunc(slices.Values(kind.Common().Attributes), func(a, b *attribute.Definition) int {
		place := func(d *attribute.Definition) int {
			if !d.System {
				return len(made)
			}
			return slices.IndexFunc(made, func(m standard.Attribute) bool { return m.Slug == d.Slug })
		}
		return cmp.Compare(place(a), place(b))
	})
	places := make(map[attio.ID]int, len(sorted))
	for i, d := range sorted {
		places[d.ID] = i
	}
	return places
}

// madeByAttio lists the attributes that Attio gives an object or a list, in their usual order.
func madeByAttio(kind world.Kind) []standard.Attribute {
	object, ok := kind.(*world.Object)
	if activity, ok := kind.(*world.Activity); ok {
		schema, _ := standard.ActivitySchemaNamed(activity.Extends)
		return schema.Attributes
	}
	if !ok {
		return standard.List()
	}
	for _, template := range standard.Objects() {
		if template.Slug == object.Standard {
			return template.Attributes
		}
	}
	return standard.CustomObject()
}
