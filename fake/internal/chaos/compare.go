package chaos

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// comparison is how two final states are compared.
type comparison struct {
	ignored map[string]bool // "people.synced_at", or "people" for all that is made of it
}

// item is a change whose ids are those that any run would have.
type item struct {
	Change
	text    string // all of it, to be compared
	depends bool   // it is a note, a task or the like of something that is gone, and need not be there
}

// differences returns how a final state differs from the one that is wanted. What the client had made before a fault has deleted it
// may be missing, or the client may have made it again; if it lives on in another record, that would be a duplicate.
func (c comparison) differences(want, got Effect) []Difference {
	var gone, missing, again []string // ids of the run, and of the other one if the client has not made it again or has
	for _, g := range got.Gone {
		if slices.ContainsFunc(got.Changes, func(c Change) bool { return c.ID == g.ID && c.Action == created }) {
			continue // made again, under the same id, as upserts do
		}
		gone = append(gone, g.ID, g.Becomes)
		id, deleted := g.ID, false
		if g.Made != nil {
			id, deleted = g.counterpart(want, missing), g.Becomes == ""
		}
		missing = append(missing, id)
		if !deleted {
			again = append(again, id)
		}
	}
	best := differences(c.items(want, missing), c.items(got, gone))
	if len(again) < len(missing) {
		if other := differences(c.items(want, again), c.items(got, gone)); len(other) < len(best) {
			return other
		}
	}
	return best
}

// counterpart returns the id of what another run has made in place of something that is gone: the most similar one that is not taken.
func (g Gone) counterpart(want Effect, taken []string) (id string) {
	most := -1
	for _, w := range want.Changes {
		if w.Action != created || w.place() != g.Made.place() || slices.Contains(taken, w.ID) {
			continue
		}
		if same := sameValues(w, *g.Made); same > most {
			most, id = same, w.ID
		}
	}
	return id
}

// differences returns how the items of a final state differ from those that are wanted.
func differences(wanted, found []item) []Difference {
	model := slices.Clone(wanted)
	match := func(same func(w, g item) bool, each func(w, g item)) {
		wanted = slices.DeleteFunc(wanted, func(w item) bool {
			i := slices.IndexFunc(found, func(g item) bool { return same(w, g) })
			if i < 0 {
				return false
			}
			each(w, found[i])
			found = slices.Delete(found, i, i+1)
			return true
		})
	}
	var all []Difference
	differs := func(w, g item) { all = append(all, g.difference(Differs, w)) }
	match(func(w, g item) bool { return w.text == g.text }, func(item, item) {})
	match(func(w, g item) bool { return w.Action != created && w.place() == g.place() && w.ID == g.ID }, differs)
	match(func(w, g item) bool { return w.resembles(g) }, differs)
	for _, w := range wanted {
		if w.depends {
			continue
		}
		d := w.difference(Lost, item{})
		if w.Action == created {
			d.ID = "" // it was that of another run
		}
		all = append(all, d)
	}
	for _, g := range found {
		if g.depends {
			continue
		}
		action := Added
		if slices.ContainsFunc(model, g.resembles) {
			action = Duplicated
		}
		all = append(all, g.difference(action, item{}))
	}
	return all
}

const (
	created = "created"
	deleted = "deleted"
)

// place returns what kind of thing it is, and where.
func (c Change) place() string { return strings.Join([]string{c.Workspace, c.Thing, c.In}, "/") }

// resembles reports whether two things that the client made are meant to be the same: most of their values are.
func (i item) resembles(other item) bool {
	if i.Action != created || other.Action != created || i.place() != other.place() {
		return false
	}
	same := sameValues(i.Change, other.Change)
	return same > 0 && 2*same >= max(len(i.Values), len(other.Values))
}

// sameValues counts the values that two things have in common.
func sameValues(a, b Change) int {
	same := 0
	for name, value := range a.Values {
		if other, ok := b.Values[name]; ok && reflect.DeepEqual(value, other) {
			same++
		}
	}
	return same
}

// difference describes an item, with what is wanted instead.
func (i item) difference(action Action, want item) Difference {
	d := Difference{Action: action, Workspace: i.Workspace, Thing: i.Thing, In: i.In, ID: i.ID, Name: i.name()}
	if want.Values == nil && (i.Action == created || i.Action == deleted) {
		return d
	}
	names := slices.Sorted(maps.Keys(i.Values))
	for _, name := range slices.Sorted(maps.Keys(want.Values)) {
		if _, ok := i.Values[name]; !ok {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if w, g := want.Values[name], i.Values[name]; !reflect.DeepEqual(w, g) {
			a := AttributeDifference{Attribute: name, Want: encoded(w), Got: encoded(g)}
			if action == Lost {
				a.Want, a.Got = a.Got, nil
			}
			d.Attributes = append(d.Attributes, a)
		}
	}
	return d
}

// naming lists the attributes and fields by which people know a thing.
var naming = []string{"name", "title", "content_plaintext", "subject", "email_addresses", "domains", "parent_record"}

// name returns the name of a thing, or "".
func (i item) name() string {
	for _, attribute := range naming {
		switch value := i.Values[attribute].(type) {
		case string:
			return value
		case map[string]any:
			for _, part := range []string{"full_name", "email_address", "domain"} {
				if text, ok := value[part].(string); ok {
					return text
				}
			}
		}
	}
	return ""
}

// encoded returns JSON without escapes that only web pages need.
func encoded(value any) json.RawMessage {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // a value that was decoded from JSON
	return bytes.TrimSpace(b.Bytes())
}

// items returns the changes that are compared, without what is gone, in an order that any run would have.
func (c comparison) items(e Effect, gone []string) []item {
	var items []item
	for _, change := range e.Changes {
		if c.ignored[change.kind()] || slices.Contains(gone, change.ID) {
			continue
		}
		depends := change.Action == created && change.Thing != string(world.ThingRecord) && mentions(change.Values, gone)
		change.Values = maps.Clone(change.Values)
		maps.DeleteFunc(change.Values, func(name string, value any) bool {
			return c.ignored[change.kind()+"."+name] || mentions(value, gone)
		})
		if len(change.Values) == 0 && change.Action == "changed" {
			continue
		}
		items = append(items, item{Change: change, depends: depends})
	}
	labels := labelsOf(items)
	for i := range items {
		for name, value := range items[i].Values {
			items[i].Values[name] = labels.in(value)
		}
		id := items[i].ID
		if items[i].Action == created {
			id = created
		}
		items[i].text = fmt.Sprint(items[i].place(), " ", items[i].Action, " ", id, " ", string(encoded(items[i].Values)))
	}
	slices.SortStableFunc(items, func(a, b item) int { return cmp.Compare(a.text, b.text) })
	return items
}

// kind returns what a user calls things of this kind: by their object or list where they have one.
func (c Change) kind() string { return cmp.Or(c.In, c.Thing) }

// mentions reports whether a value names one of some ids.
func mentions(value any, ids []string) bool {
	if len(ids) == 0 {
		return false
	}
	text := string(encoded(value))
	return slices.ContainsFunc(ids, func(id string) bool { return id != "" && strings.Contains(text, id) })
}

// labels holds what stands for the ids of things that a run has made: another run gives them others.
type labels map[string]string

func labelsOf(items []item) labels {
	l := make(labels)
	for _, i := range items {
		if i.Action == created {
			l[i.ID] = "(new " + i.kind() + ")"
		}
	}
	for _, i := range items {
		if name := i.name(); i.Action == created && name != "" {
			l[i.ID] = "(new " + i.kind() + ": " + name + ")"
		}
	}
	return l
}

// in replaces the ids in a value.
func (l labels) in(value any) any {
	switch value := value.(type) {
	case string:
		return anyID.Get().ReplaceAllStringFunc(value, func(id string) string { return cmp.Or(l[id], id) })
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = l.in(item)
		}
		return list
	case map[string]any:
		members := make(map[string]any, len(value))
		for name, member := range value {
			members[name] = l.in(member)
		}
		return members
	}
	return value
}
