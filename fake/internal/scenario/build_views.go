package scenario

import (
	"errors"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/filter"
	"github.com/fakeattio/fakeattio/fake/internal/views"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// addViews makes the views of all objects and lists, by the rules of the API.
func (b *builder) addViews() {
	for _, s := range b.sections() {
		for i := range s.views {
			kind, ok := s.kind()
			if !ok {
				break
			}
			b.addView(kind, &s.views[i])
		}
	}
	b.write(b.created, b.author)
}

// addView makes a view and then gives it its parts one by one, so that a wrong one hides no other.
func (b *builder) addView(kind world.Kind, v *item[savedView]) {
	target := kind.Common()
	if v.value.wrong {
		return
	}
	edit, err := views.ReadNew(v.value.body(v.key))
	if err != nil {
		b.refuseView(target, v.value.node, v.value.node, err)
		return
	}
	b.write(at(v.value.CreatedAt, b.created), b.author)
	id := b.id(pathOf(kind) + "/views/" + v.key)
	b.named(id, v.key, v.at)
	words, ids := v.value.gone()
	for i, word := range v.value.Gone {
		b.checkGone(v.value.placed, i, word, "filter", "sorts", "attributes", "kanban")
	}
	if _, err := b.tx.SeedView(target, id, world.ViewEdit{Title: edit.Title, Type: edit.Type, Kanban: edit.Kanban}, ids); err != nil {
		kanban, ok := v.value.node.get("kanban")
		if !ok {
			kanban.value = v.value.node
		}
		b.refuseView(target, v.value.node, kanban.value, err)
		return
	}
	put := func(place *node, part world.ViewEdit) {
		view, err := b.tx.SeedView(target, id, part, ids)
		if err == nil {
			err = views.Check(filter.Records(b.tx.State, kind), b.reached(view, words), part)
		}
		if err != nil {
			b.refuseView(target, v.value.node, place, err)
		}
	}
	if v.value.Filter.node != nil {
		put(v.value.Filter.node, world.ViewEdit{Filter: edit.Filter})
	}
	for i, place := range v.value.items("sorts") {
		put(place, world.ViewEdit{Sorts: new((*edit.Sorts)[i : i+1])})
	}
	for i, place := range v.value.items("attributes") {
		put(place, world.ViewEdit{Attributes: new((*edit.Attributes)[i : i+1])})
	}
	if b.problems.empty() {
		put(v.value.node, world.ViewEdit{Sorts: edit.Sorts, Attributes: edit.Attributes, Archived: &v.value.IsArchived})
	}
}

// checkGone reports the i-th word of those that are said to be gone if none of the parts of a thing has it.
func (b *builder) checkGone(of placed, i int, word string, parts ...string) {
	named := slices.ContainsFunc(parts, func(part string) bool {
		f, ok := of.node.get(part)
		return ok && f.value.names(word)
	})
	if !named {
		b.problems.add(of.items("gone")[i].position, "nothing here names %s; leave it out of what is gone", quote(word))
	}
}

// names reports whether a string stands at or below a node.
func (n *node) names(word string) bool {
	return n.kind == kindString && n.text == word ||
		slices.ContainsFunc(n.items, func(item *node) bool { return item.names(word) }) ||
		slices.ContainsFunc(n.fields, func(f field) bool { return f.value.names(word) })
}

// reached returns what of a view can be held to the rules of queries: what leads nowhere cannot, nor can a slug that an
// object has only at the end.
func (b *builder) reached(view *world.View, gone map[string]bool) *world.View {
	lost := func(path world.Path) bool {
		return slices.ContainsFunc(path, func(s world.Step) bool { return gone[s.Attribute] || gone[s.Object] })
	}
	part := *view
	part.Filter = b.reachedFilter(view.Filter, lost, gone)
	part.Sorts = slices.DeleteFunc(slices.Clone(view.Sorts), func(s world.Sort) bool { return lost(s.Attribute) })
	part.Attributes = slices.DeleteFunc(slices.Clone(view.Attributes), func(c world.Column) bool { return lost(c.Attribute) })
	return &part
}

// reachedFilter returns the conditions of a filter that lead somewhere, nil for none.
func (b *builder) reachedFilter(c *world.Condition, lost func(world.Path) bool, gone map[string]bool) *world.Condition {
	if c == nil || c.And == nil && c.Or == nil {
		if c == nil || lost(c.Attribute) || b.isWord(c, gone) {
			return nil
		}
		return c
	}
	var all []*world.Condition
	for _, part := range append(slices.Clone(c.And), c.Or...) {
		if part = b.reachedFilter(part, lost, gone); part != nil {
			all = append(all, part)
		}
	}
	if all == nil {
		return nil
	}
	return &world.Condition{And: all}
}

// isWord reports whether a condition compares with a word that is gone, or with the slug that somebody has given to an
// object.
func (b *builder) isWord(c *world.Condition, gone map[string]bool) bool {
	values, ok := c.Value.([]any)
	if !ok {
		values = []any{c.Value}
	}
	return slices.ContainsFunc(values, func(value any) bool {
		word, _ := value.(string)
		return gone[word] || c.Field == "target_object" && slices.ContainsFunc(b.workspace.Objects.items, func(o item[object]) bool {
			return o.value.APISlug != nil && *o.value.APISlug == word
		})
	})
}

// refuseView reports the API's answer to a view or one part of it, at what it is about.
func (b *builder) refuseView(target *world.Target, view, part *node, err error) {
	answer, ok := errors.AsType[*attio.Error](err)
	if ok && len(answer.ValidationErrors) > 0 {
		b.refuseBody(view, answer)
		return
	}
	place, hint := named(part, err.Error()), ""
	if b.isBroken(place.text) {
		return // which is reported
	}
	if near, ok := b.problems.nearest(place.text, b.nameable(target)); ok {
		hint = " Did you mean " + quote(near) + "?"
	}
	b.refuse(place.position, err, hint)
}

// refuseBody reports each issue of a body at its place.
func (b *builder) refuseBody(data *node, answer *attio.Error) {
	for _, issue := range answer.ValidationErrors {
		path := issue.Path[1:] // below "data"
		b.problems.add(data.child(path).position, "%s %s%s", answer.Message, steps(path), shorten(issue.Message))
	}
}

// named returns the scalar at or below a node that a message has in quotation marks, or the node itself.
// What the message has in brackets is what would be right.
func named(n *node, message string) *node {
	wrong, _, _ := strings.Cut(message, "(")
	if found, ok := findNamed(n, wrong); ok {
		return found
	}
	return n
}

func findNamed(n *node, message string) (*node, bool) {
	if n.isScalar() {
		return n, strings.Contains(message, `"`+n.text+`"`) || strings.Contains(message, "'"+n.text+"'")
	}
	for _, item := range n.items {
		if found, ok := findNamed(item, message); ok {
			return found, true
		}
	}
	for _, f := range n.fields {
		if found, ok := findNamed(f.value, message); ok {
			return found, true
		}
	}
	return nil, false
}

// isBroken reports whether an attribute with a slug could not be made.
func (b *builder) isBroken(slug string) bool {
	for attribute, broken := range b.broken {
		if broken && strings.HasSuffix(attribute, "/"+slug) {
			return true
		}
	}
	return false
}

// nameable lists what a view can name: attributes and their choices, objects.
func (b *builder) nameable(target *world.Target) []string {
	var names []string
	for _, d := range target.Attributes {
		if b.tx.Schema.Shows(d) {
			names = append(append(names, d.Slug), b.choices(d)...)
		}
	}
	for _, o := range b.tx.Schema.Objects {
		if o.Enabled {
			names = append(names, o.Slug)
		}
	}
	return names
}
