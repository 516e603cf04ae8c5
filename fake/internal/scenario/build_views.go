package scenario

import (
	"errors"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/filter"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/views"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
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
	if _, err := b.tx.CreateView(target, id, world.ViewEdit{Title: edit.Title, Type: edit.Type, Kanban: edit.Kanban}); err != nil {
		kanban, ok := v.value.node.Get("kanban")
		if !ok {
			kanban.Value = v.value.node
		}
		b.refuseView(target, v.value.node, kanban.Value, err)
		return
	}
	put := func(place *yamltree.Node, part world.ViewEdit) {
		view, err := b.tx.UpdateView(target, id, part)
		if err == nil {
			err = views.Check(filter.Records(b.tx.State, kind), view, part)
		}
		if err != nil {
			b.refuseView(target, v.value.node, place, err)
		}
	}
	if v.value.Filter.Node != nil {
		put(v.value.Filter.Node, world.ViewEdit{Filter: edit.Filter})
	}
	for i, place := range v.value.items("sorts") {
		put(place, world.ViewEdit{Sorts: new((*edit.Sorts)[i : i+1])})
	}
	for i, place := range v.value.items("attributes") {
		put(place, world.ViewEdit{Attributes: new((*edit.Attributes)[i : i+1])})
	}
	if b.problems.Empty() {
		put(v.value.node, world.ViewEdit{Sorts: edit.Sorts, Attributes: edit.Attributes, Archived: &v.value.IsArchived})
	}
}

// refuseView reports the API's answer to a view or one part of it, at what it is about.
func (b *builder) refuseView(target *world.Target, view, part *yamltree.Node, err error) {
	answer, ok := errors.AsType[*attio.Error](err)
	if ok && len(answer.ValidationErrors) > 0 {
		b.refuseBody(view, answer)
		return
	}
	place, hint := named(part, err.Error()), ""
	if b.isBroken(place.Text) {
		return // which is reported
	}
	if near, ok := b.problems.Nearest(place.Text, b.nameable(target)); ok {
		hint = " Did you mean " + suggest.Quote(near) + "?"
	}
	b.refuse(place.Position, err, hint)
}

// refuseBody reports each issue of a body at its place.
func (b *builder) refuseBody(data *yamltree.Node, answer *attio.Error) {
	for _, issue := range answer.ValidationErrors {
		path := issue.Path[1:] // below "data"
		b.problems.Add(data.Child(path).Position, "%s %s%s", answer.Message, steps(path), shorten(issue.Message))
	}
}

// named returns the scalar at or below a node that a message has in quotation marks, or the node itself.
// What the message has in brackets is what would be right.
func named(n *yamltree.Node, message string) *yamltree.Node {
	wrong, _, _ := strings.Cut(message, "(")
	if found, ok := findNamed(n, wrong); ok {
		return found
	}
	return n
}

func findNamed(n *yamltree.Node, message string) (*yamltree.Node, bool) {
	if n.IsScalar() {
		return n, strings.Contains(message, `"`+n.Text+`"`) || strings.Contains(message, "'"+n.Text+"'")
	}
	for _, item := range n.Items {
		if found, ok := findNamed(item, message); ok {
			return found, true
		}
	}
	for _, f := range n.Fields {
		if found, ok := findNamed(f.Value, message); ok {
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
