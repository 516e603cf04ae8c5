package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// otherSide is the attribute that mirrors a record reference.
type otherSide struct {
	placed
	Object        string  `yaml:"object,required" doc:"The slug of the object that has it, whose records the reference may refer to."`
	Title         *string `yaml:"title" doc:"The title that people see. By default it is made from the slug."`
	APISlug       apiSlug `yaml:"api_slug,required" doc:"Its slug."`
	IsMultiselect bool    `yaml:"is_multiselect" doc:"Whether a record there can have several values."`
}

// pair reads the relationship of an attribute, if it has one. If the file lists the other side as well, each attribute is
// created as one half, and not as a pair.
func (b *builder) pair(kind world.Kind, a *item[definition], d *attribute.Definition) (*world.Pair, bool) {
	r := a.value.Relationship
	if r == nil {
		return nil, true
	}
	other, ok := b.object(r.at("object"), r.Object)
	if !ok || r.APISlug == "" {
		return nil, false
	}
	if half, ok := b.otherHalf(r); ok {
		return nil, b.half(kind, a, d, other, half)
	}
	if isReserved(other, string(r.APISlug)) {
		b.refuseReserved(r.at("api_slug"), string(r.APISlug))
		return nil, false
	}
	return &world.Pair{Object: other, Slug: string(r.APISlug), Title: titleOf(r.Title, string(r.APISlug)), Multiselect: r.IsMultiselect}, true
}

// otherHalf returns the other side of a relationship if the file lists it as well.
func (b *builder) otherHalf(r *otherSide) (*definition, bool) {
	object, ok := b.workspace.Objects.get(r.Object)
	if !ok {
		return nil, false
	}
	half, ok := object.Attributes.get(string(r.APISlug))
	return half, ok && half.Relationship != nil
}

// half makes an attribute one side of a relationship whose other side the file lists too.
func (b *builder) half(kind world.Kind, a *item[definition], d *attribute.Definition, other *world.Object, half *definition) bool {
	r, back := a.value.Relationship, half.Relationship
	refusal := kind.Unpaired()
	switch {
	case refusal != nil:
		b.refuse(a.value.at("relationship"), refusal, "")
		return false
	case d.Type != attribute.TypeRecordReference:
		b.refuse(a.value.at("relationship"), attio.RelationshipNotSupported(string(d.Type)), "")
		return false
	case back.Object != kind.Common().Slug || string(back.APISlug) != a.key || back == r:
		b.problems.Add(r.at("api_slug"), "%s of %s is listed as well, but as the other side of another attribute; the two must name each other", suggest.Quote(string(r.APISlug)), suggest.Quote(r.Object))
		return false
	}
	for _, key := range []string{"title", "is_multiselect"} {
		if r.has(key) {
			b.problems.Add(r.at(key), "the other side is listed as well; say its %s there", key)
			return false
		}
	}
	d.Relationship = &attribute.Relationship{Object: other.ID, Attribute: b.id(pathOf(other) + "/attributes/" + string(r.APISlug))}
	if d.Objects == nil {
		d.Objects = []attio.ID{other.ID}
	}
	return true
}
