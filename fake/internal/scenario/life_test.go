package scenario_test

import (
	"encoding/json"
	"slices"

	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// life does to a workspace what clients, tests and admins do. What is refused did not happen.
type life struct {
	*rapid.T
	world *world.World
	ws    *world.Workspace
}

func (l life) state() *world.State { return l.ws.View() }

func pick[T any](l life, from []T) T { return rapid.SampledFrom(from).Draw(l.T, "one of") }

func (l life) chance() bool { return rapid.Bool().Draw(l.T, "whether") }

func (l life) rarely() bool { return rapid.IntRange(0, 3).Draw(l.T, "one in four") == 0 }

// word is a text as clients send it.
func (l life) word() string {
	return pick(l, []string{"Alpha", "Beta gamma", "délta: #1", "- yes", "007", "", " two\nlines ", "a: b, [c]", "true", "2026-01-15", "tab\there", "🎉", "a very long text that goes on for a while so that lines get long, and then some more of it"})
}

func (l life) author() world.Author {
	var authors []world.Author
	for m := range l.state().Members() {
		authors = append(authors, world.Author{Actor: attio.Actor{Type: attio.ActorWorkspaceMember, ID: m.ID}, Member: m.ID})
	}
	for t := range l.state().Tokens() {
		authors = append(authors, t.Author())
	}
	return pick(l, append(authors, world.Author{Actor: attio.Actor{Type: attio.ActorSystem}}))
}

func (l life) update(change func(tx *world.Tx) error) { _ = l.ws.Update(l.author(), change) }

func (l life) object() *world.Object {
	return pick(l, slices.DeleteFunc(slices.Clone(l.state().Schema.Objects), func(o *world.Object) bool { return !o.Enabled }))
}

func (l life) kind() world.Kind {
	if l.rarely() {
		return pick(l, l.state().Schema.Activities)
	}
	return l.viewed()
}

// viewed is what can have saved views.
func (l life) viewed() world.Kind {
	if lists := l.state().Schema.Lists; len(lists) > 0 && l.chance() {
		return pick(l, lists)
	}
	return l.object()
}

// record returns a record of an object or an entry of a list, if there is one.
func (l life) record(of attio.ID) (attio.ID, bool) {
	all := slices.Collect(l.state().Records(of))
	if len(all) == 0 {
		return "", false
	}
	return pick(l, all).ID, true
}

// anyRecord returns any record.
func (l life) anyRecord() (string, attio.ID, bool) {
	o := l.object()
	id, ok := l.record(o.ID)
	return string(o.ID), id, ok
}

func (l life) member() attio.ID { return pick(l, slices.Collect(l.state().Members())).ID }

// value is a value of an attribute as a client writes it.
func (l life) value(d *attribute.Definition) any {
	switch d.Type {
	case attribute.TypeNumber, attribute.TypeCurrency:
		return json.Number(pick(l, []string{"0", "-1.5", "12.3456", "1e21", "100000"}))
	case attribute.TypeCheckbox:
		return l.chance()
	case attribute.TypeDate:
		return pick(l, []string{"2026-01-15", "1998", "0001-01-01"})
	case attribute.TypeTimestamp:
		return pick(l, []string{"2026-01-15T09:00:00Z", "2026-01-15T09:00:00.123456789+02:00", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
	case attribute.TypeRating:
		return json.Number(pick(l, []string{"0", "3", "5"}))
	case attribute.TypeSelect:
		if len(d.Options) > 0 {
			return string(pick(l, d.Options).ID)
		}
	case attribute.TypeStatus:
		if len(d.Statuses) > 0 {
			return string(pick(l, d.Statuses).ID)
		}
	case attribute.TypeRecordReference:
		object := string(l.object().ID)
		if len(d.Objects) > 0 {
			object = string(pick(l, d.Objects))
		}
		id, _ := l.record(attio.ID(object))
		return map[string]any{"target_object": object, "target_record_id": string(id)}
	case attribute.TypeActorReference:
		return map[string]any{"referenced_actor_type": "workspace-member", "referenced_actor_id": string(l.member())}
	case attribute.TypeLocation:
		return pick(l, []any{"1 Infinite Loop, Cupertino, CA, 95014, US", map[string]any{"line_1": "x: y", "line_2": nil, "line_3": nil, "line_4": nil, "locality": "", "region": "No", "postcode": "007", "country_code": "DE", "latitude": "1.5", "longitude": "-0"}})
	case attribute.TypeDomain:
		return pick(l, []string{"Example.com", "sub.example.org", "bücher.example", "https://x.example.net/a"})
	case attribute.TypeEmailAddress:
		return pick(l, []string{"Ada@Example.com", "o'neil+x@sub.example.org", "a.b@example.net", "ada@example.com"})
	case attribute.TypePhoneNumber:
		return pick(l, []any{"+12125550117", "+44 20 7946 0958", map[string]any{"original_phone_number": "(415) 555-0142", "country_code": "US"}, map[string]any{"original_phone_number": "(604) 555-0142", "country_code": "US"}, map[string]any{"original_phone_number": "+1 604 555 0142", "country_code": "DE"}})
	case attribute.TypePersonalName:
		return pick(l, []any{"Hopper, Grace", "Grace", ", ", "", "a, b, c", map[string]any{"first_name": "G", "last_name": "", "full_name": "Somebody else"}})
	}
	return l.word()
}

// writes are values for some attributes.
func (l life) writes(kind world.Kind) []world.Write {
	var writes []world.Write
	for _, d := range kind.Common().Attributes {
		if !d.Writable || d.Computed != "" || !(d.Required || l.rarely()) {
			continue
		}
		list := []any{}
		for range rapid.IntRange(0, 1+boolInt(d.Multiselect)*2).Draw(l.T, "values") {
			list = append(list, l.value(d))
		}
		writes = append(writes, world.Write{Attribute: string(d.ID), Value: list})
	}
	return writes
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

var slugPool = []string{"alpha", "beta", "id", "changes", "history", "record", "with space", "a/b", "7", "gamma", "projects", "tier", "", "created"}

// nounPool has those of some standard objects, and such as differ in case only.
var nounPool = []string{"Person", "People", "company", "Deal", "Ship", "ship", "SHIP", "Ships", "Ship 2", "Crew", "Crews", "Thing", "Things", "Boat", "Boats"}

func (l life) links() []world.MeetingLink {
	var links []world.MeetingLink
	for range rapid.IntRange(0, 2).Draw(l.T, "links") {
		if object, id, ok := l.anyRecord(); ok {
			links = append(links, world.MeetingLink{Object: object, Record: id})
		}
	}
	return links
}

func anyAttribute(*attribute.Definition) bool { return true }

// path leads to an attribute of a target, if one is such, or over references to one of another object.
func (l life) path(target *world.Target, such func(*attribute.Definition) bool) (world.Path, *attribute.Definition) {
	var path world.Path
	object := ""
	for {
		references := slices.DeleteFunc(slices.Clone(target.Attributes), func(d *attribute.Definition) bool {
			return d.Type != attribute.TypeRecordReference || !l.state().Schema.Reaches(d)
		})
		ends := slices.DeleteFunc(slices.Clone(target.Attributes), func(d *attribute.Definition) bool { return !such(d) || !l.state().Schema.Reaches(d) })
		if len(references) == 0 || len(path) == 2 || len(ends) > 0 && l.chance() {
			if len(ends) == 0 {
				ends = target.Attributes
			}
			d := pick(l, ends)
			return append(path, world.Step{Object: object, Attribute: string(d.ID)}), d
		}
		reference := pick(l, references)
		path = append(path, world.Step{Object: object, Attribute: string(reference.ID)})
		next := l.object()
		if len(reference.Objects) > 0 {
			if allowed, ok := l.state().Schema.ObjectByID(pick(l, reference.Objects)); ok {
				next = allowed
			}
		}
		target, object = &next.Target, string(next.ID)
	}
}

// condition is a filter of views.
func (l life) condition(target *world.Target, depth int) *world.Condition {
	if depth > 0 && l.chance() {
		all := []*world.Condition{}
		for range rapid.IntRange(1, 3).Draw(l.T, "conditions") {
			all = append(all, l.condition(target, depth-1))
		}
		if l.chance() {
			return &world.Condition{And: all}
		}
		return &world.Condition{Or: all}
	}
	path, d := l.path(target, func(d *attribute.Definition) bool {
		switch d.Type {
		case attribute.TypeSelect, attribute.TypeStatus, attribute.TypeRecordReference, attribute.TypeText, attribute.TypeNumber:
			return true
		}
		return false
	})
	c := &world.Condition{Attribute: path, Op: "not_empty"}
	titles, object := []string{}, l.object()
	for _, o := range d.Options {
		titles = append(titles, o.Title, string(o.ID))
	}
	for _, s := range d.Statuses {
		titles = append(titles, s.Title, string(s.ID))
	}
	switch {
	case d.Type == attribute.TypeRecordReference && l.chance():
		c.Field, c.Op, c.Value = "target_object", "eq", pick(l, []string{object.Slug, string(object.ID)})
	case d.Type == attribute.TypeRecordReference:
		c.Field, c.Op, c.Value = "target_record_id", "in", []any{string(l.world.NewID())}
	case len(titles) > 0:
		c.Field = pick(l, []string{"", "option", "status"})
		if c.Op, c.Value = "eq", pick(l, titles); l.chance() {
			c.Op, c.Value = "in", []any{c.Value, pick(l, titles)}
		}
	case d.Type == attribute.TypeText:
		c.Op, c.Value = "contains", l.word()
	case d.Type == attribute.TypeNumber:
		c.Op, c.Value = "gte", json.Number("1.50")
	}
	return c
}
