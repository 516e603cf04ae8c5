package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// later is an attribute of which something has to wait until everything else is there.
type later struct {
	kind, attribute attio.ID
	spec            *definition
}

// finishKinds says what has to come last: the order of attributes, which of them are archived, defaults that refer to records,
// and what somebody has called objects, lists and attributes since, which go by their keys in the file.
func (b *builder) finishKinds() {
	b.orderAttributes()
	labels := make(map[attio.ID]yamltree.Position)
	for _, l := range b.later {
		b.finishAttribute(l)
		if l.spec.APISlug != nil {
			labels[l.attribute] = l.spec.at("api_slug")
		}
	}
	for i := range b.workspace.Objects.items {
		o := &b.workspace.Objects.items[i]
		if id, ok := b.relabelObject(o); ok && o.value.APISlug != nil {
			labels[id] = o.value.at("api_slug")
		}
	}
	for i := range b.workspace.Lists.items {
		l := &b.workspace.Lists.items[i]
		if made, ok := b.list(l.key); ok && l.value.APISlug != nil {
			changed := *made
			changed.Slug = *l.value.APISlug
			b.tx.RelabelList(&changed)
			labels[made.ID] = l.value.at("api_slug")
		}
	}
	if len(labels) > 0 {
		b.checkLabels(labels)
	}
}

func (b *builder) finishAttribute(l later) {
	kind, _ := b.tx.Schema.Kind(l.kind)
	d, _ := kind.Common().Attribute(string(l.attribute))
	changed := *d
	if n := l.spec.DefaultValue.Node; n != nil && d.Type == attribute.TypeRecordReference {
		values, ok := b.defaultReferences(d, n)
		if !ok {
			return // which is reported
		}
		changed.Default = &attribute.Default{Values: values}
		if _, err := b.tx.UpdateAttribute(kind, changed); err != nil {
			b.refuse(n.Position, err, "")
			return
		}
		kind, _ = b.tx.Schema.Kind(l.kind)
	}
	changed.Archived = l.spec.IsArchived
	if l.spec.APISlug != nil {
		changed.Slug = *l.spec.APISlug
	}
	if changed.Archived || changed.Slug != d.Slug {
		b.tx.ArrangeAttribute(kind, changed)
	}
}

// defaultReferences reads a default that refers to records, which may be gone.
func (b *builder) defaultReferences(d *attribute.Definition, n *yamltree.Node) ([]attribute.Value, bool) {
	items := n.Items
	if n.Kind != yamltree.KindSequence {
		items = []*yamltree.Node{n}
	}
	values, right := make([]attribute.Value, 0, len(items)), true
	for _, item := range items {
		value, ok := b.heldValue(d, item, true)
		right = right && ok
		values = append(values, value)
	}
	return values, right
}

// relabelObject gives an object its other names, and returns its id.
func (b *builder) relabelObject(o *item[object]) (attio.ID, bool) {
	made, isStandard := b.standard(o.key)
	if !isStandard {
		var ok bool
		if made, ok = b.tx.Schema.Object(o.key); !ok {
			return "", false // which is reported
		}
	}
	changed := *made
	if o.value.APISlug != nil {
		changed.Slug = *o.value.APISlug
		if !isStandard {
			changed.WebPath = changed.Slug + "/record"
		}
	}
	if isStandard && o.value.SingularNoun != "" {
		changed.Singular = string(o.value.SingularNoun)
	}
	if isStandard && o.value.PluralNoun != "" {
		changed.Plural = string(o.value.PluralNoun)
	}
	if changed.Slug != made.Slug || isStandard && (changed.Singular != made.Singular || changed.Plural != made.Plural) {
		b.tx.Relabel(&changed)
	}
	return made.ID, true
}

// checkLabels reports what is called as another thing is.
func (b *builder) checkLabels(labels map[attio.ID]yamltree.Position) {
	type named struct {
		id   attio.ID
		slug string
	}
	check := func(things []named, conflict func(slug string) error) {
		first := make(map[string]attio.ID)
		for _, t := range things {
			other, taken := first[t.slug]
			if !taken {
				first[t.slug] = t.id
				continue
			}
			place, ok := labels[t.id]
			if !ok {
				place = labels[other]
			}
			b.refuse(place, conflict(t.slug), "")
		}
	}
	attributes := func(target *world.Target) {
		var all []named
		for _, d := range target.Attributes {
			all = append(all, named{d.ID, d.Slug})
		}
		check(all, func(string) error { return attio.AttributeConflict() })
	}
	var objects, lists []named
	for _, o := range b.tx.Schema.Objects {
		objects = append(objects, named{o.ID, o.Slug})
		attributes(&o.Target)
	}
	for _, l := range b.tx.Schema.Lists {
		lists = append(lists, named{l.ID, l.Slug})
		attributes(&l.Target)
	}
	check(objects, func(string) error { return attio.ObjectConflictOnUpdate() })
	check(lists, func(slug string) error { return attio.ListConflict(slug) })
}
