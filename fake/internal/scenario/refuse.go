package scenario

import (
	"errors"
	"fmt"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// refuse reports a refusal of the API, followed by a hint.
func (b *builder) refuse(at yamltree.Position, err error, hint string) {
	b.problems.Add(at, "%s%s", strings.TrimSuffix(err.Error(), hintEnd(hint)), hint)
}

// hintEnd is the full stop that is dropped if the hint continues the sentence.
func hintEnd(hint string) string {
	if strings.HasPrefix(hint, ";") {
		return "."
	}
	return ""
}

// refuseValue reports the API's refusal of an attribute's values at the value that it is about.
func (b *builder) refuseValue(on *world.Target, f yamltree.Field, written any, err error) {
	answer, isAnswer := errors.AsType[*attio.Error](err)
	d, known := on.Attribute(f.Name)
	switch {
	case !isAnswer:
		b.problems.Add(f.Value.Position, "%v", err)
		return
	case known && d.Computed != "":
		b.refuse(f.At, err, "")
		return
	case !known || !b.tx.Schema.Shows(d):
		b.refuse(f.At, err, b.hint(f.Name, b.writable(on)))
		return
	}
	b.refuseIn(f.Value, written, answer, d)
}

// refuseIn reports a refusal of a list of values at those that are wrong or, if it is about all of them, at the list.
func (b *builder) refuseIn(n *yamltree.Node, written any, answer *attio.Error, d *attribute.Definition) {
	found := false
	if list, ok := written.([]any); ok && n.Kind == yamltree.KindSequence {
		for i, element := range list {
			_, err := attribute.ParseSeed(b.tx, d, element)
			if own, ok := errors.AsType[*attio.Error](err); ok {
				b.refuseAt(n.Items[i], own, d)
				found = true
			}
		}
	}
	if !found {
		b.refuseAt(n, answer, d)
	}
}

// refuseAt reports a refusal of one value: each of its issues at its place, or the whole refusal at the value.
func (b *builder) refuseAt(n *yamltree.Node, answer *attio.Error, d *attribute.Definition) {
	hint := b.recordHint(n, d)
	for _, issue := range answer.ValidationErrors {
		message := shorten(issue.Message)
		if hint != "" {
			message = strings.TrimSuffix(message, ".") + "." + hint
		}
		b.problems.Add(n.Child(issue.Path).Position, "%s %s%s", answer.Message, pathPrefix(issue.Path), message)
	}
	if len(answer.ValidationErrors) > 0 {
		return
	}
	text := n.Text
	for _, key := range []string{"option", "status", "workspace_member_email_address"} {
		if f, ok := n.Get(key); ok {
			text = f.Value.Text
		}
	}
	switch answer.Code {
	case attio.OptionNotFound("").Code:
		hint = b.hint(text, b.choices(d))
	case attio.UniquenessConflict("", nil).Code:
		hint = b.holders(answer.Message)
	case attio.StandardObjectDisabled("").Code:
		hint = b.disabled(answer.Message)
	}
	b.refuse(n.Position, answer, hint)
}

// refuseBody reports each issue of a request's body at its place.
func (b *builder) refuseBody(data *yamltree.Node, answer *attio.Error) {
	for _, issue := range answer.ValidationErrors {
		path := issue.Path[1:] // below "data"
		b.problems.Add(data.Child(path).Position, "%s %s%s", answer.Message, pathPrefix(path), shorten(issue.Message))
	}
}

// named returns the scalar at or below a node that a message quotes, or the node itself. What the message has in
// parentheses is what would be right.
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

// recordHint says how to write a reference, for a value that is just the name of a record.
func (b *builder) recordHint(n *yamltree.Node, d *attribute.Definition) string {
	if d.Type != attribute.TypeRecordReference || n.Kind != yamltree.KindString {
		return ""
	}
	slug, key, whole := strings.Cut(n.Text, "/")
	if whole && b.isListed(slug, key) {
		return fmt.Sprintf(" Write {record: %s}.", n.Text)
	}
	for _, id := range d.Objects {
		object, ok := b.tx.Schema.ObjectByID(id)
		if ok && b.isListed(object.Slug, n.Text) {
			return fmt.Sprintf(" Write {record: %s/%s}.", object.Slug, n.Text)
		}
	}
	if listed, ok := b.workspace.Objects.get(slug); whole && ok {
		if near, ok := b.problems.Nearest(key, listed.Records.keys()); ok {
			return fmt.Sprintf(" Did you mean {record: %s/%s}?", slug, near)
		}
	}
	return ""
}

// isListed reports whether the file lists a record or makes it up.
func (b *builder) isListed(slug, key string) bool {
	if b.isGenerated(slug, key) {
		return true
	}
	listed, ok := b.workspace.Objects.get(slug)
	if !ok {
		return false
	}
	_, ok = listed.Records.get(key)
	return ok
}

// pathPrefix writes a path in front of a message: "interacted_at: ".
func pathPrefix(path []any) string {
	var b strings.Builder
	for _, step := range path {
		fmt.Fprintf(&b, "%v: ", step)
	}
	return b.String()
}

// shorten leaves out the middle of a long sentence, such as one that lists all countries.
func shorten(message string) string {
	const start, end = 160, 40
	if runes := []rune(message); len(runes) > start+end+1 {
		return string(runes[:start]) + "…" + string(runes[len(runes)-end:])
	}
	return message
}

// holders names the listed records and entries whose ids are in a refusal.
func (b *builder) holders(answer string) string {
	if b.names == nil {
		b.names = make(map[string]string)
		for _, o := range b.workspace.Objects.items {
			for _, key := range o.value.Records.keys() {
				b.names[string(b.recordID(o.key, key))] = o.key + "/" + key
			}
		}
		for _, a := range b.workspace.Activities.items {
			for _, key := range a.value.Records.keys() {
				b.names[string(b.activityRecordID(a.key, key))] = a.key + "/" + key
			}
		}
		for _, l := range b.workspace.Lists.items {
			for _, key := range l.value.Entries.keys() {
				b.names[string(b.entryID(l.key, key))] = l.key + "/" + key
			}
		}
	}
	var names []string
	for word := range strings.FieldsFuncSeq(answer, func(r rune) bool { return r == ' ' || r == ',' }) {
		if name, ok := b.names[word]; ok {
			names = append(names, name)
		}
	}
	if names == nil {
		return ""
	}
	return ", in this file " + strings.Join(names, ", ")
}

// disabled names the object whose id is in a refusal, and says how to turn it on.
func (b *builder) disabled(answer string) string {
	for _, o := range b.tx.Schema.Objects {
		if strings.Contains(answer, string(o.ID)) {
			return " It is " + suggest.Quote(o.Slug) + "; turn it on below objects with enabled: true."
		}
	}
	return ""
}

// hint names the known word that is nearest to an unknown one or, if none is near, all known words.
func (b *builder) hint(word string, known []string) string {
	if near, ok := b.problems.Nearest(word, known); ok {
		return " Did you mean " + suggest.Quote(near) + "?"
	}
	if len(known) == 0 || len(known) > suggest.LongList {
		return ""
	}
	return " Known: " + strings.Join(known, ", ")
}

// writable lists the attributes that a record or an entry of a scenario can have values for.
func (b *builder) writable(on *world.Target) []string {
	var slugs []string
	for _, d := range on.Attributes {
		if d.Computed == "" && b.tx.Schema.Shows(d) {
			slugs = append(slugs, d.Slug)
		}
	}
	return slugs
}

// choices lists the possible values of an attribute that takes named things of the workspace.
func (b *builder) choices(d *attribute.Definition) []string {
	var names []string
	switch d.Type {
	case attribute.TypeSelect:
		for _, o := range d.Options {
			names = append(names, o.Title)
		}
	case attribute.TypeStatus:
		for _, s := range d.Statuses {
			names = append(names, s.Title)
		}
	case attribute.TypeActorReference:
		for member := range b.tx.Members() {
			names = append(names, member.User.Email)
		}
	}
	return names
}
