package scenario_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestChangesMakeHistory(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {sync: {scopes: all, kind: app}}
    objects:
      companies:
        records:
          navy: {created_at: 2025-01-01T00:00:00Z, domains: [navy.example.com], changes: [{at: 2025-03-01T00:00:00Z, domains: [sea.example.com]}]}
          army: {created_at: 2025-01-01T00:00:00Z, changes: [{at: 2025-03-02T00:00:00Z, domains: [navy.example.com]}]}
      people:
        records:
          grace: {created_at: 2025-01-02T00:00:00Z, company: {record: companies/navy}, changes: [{at: 2025-02-01T00:00:00Z, by: system, company: {record: companies/army}}]}
    lists:
      sales:
        parent_object: companies
        attributes: {stage: {type: status, is_required: true, statuses: [Lead, Won, Lost]}, tags: {type: select, is_multiselect: true, options: [red, blue]}}
        entries:
          navy:
            record: navy
            created_at: 2025-01-01T00:00:00Z
            stage: Lead
            tags: [red]
            changes:
              - {at: 2025-02-01T00:00:00.1239Z, by: bob, stage: Won, tags: [blue, red]}
              - {at: 2025-03-01T00:00:00Z, by: {token: sync}, stage: Won, tags: []}
              - {at: 2025-03-01T00:00:00Z, stage: Lost}
`)
	state := seed.Workspaces[0]
	ada := attio.Actor{Type: attio.ActorWorkspaceMember, ID: attio.PathID("acme/members/ada")}
	bob := attio.Actor{Type: attio.ActorWorkspaceMember, ID: attio.PathID("acme/members/bob")}
	system := attio.Actor{Type: attio.ActorSystem}
	day := func(month time.Month, day int) time.Time { return time.Date(2025, month, day, 0, 0, 0, 0, time.UTC) }
	won := day(time.February, 1).Add(123 * time.Millisecond)
	held := func(from, until time.Time, actor attio.Actor, value attribute.Value) world.Held {
		h := world.Held{Stamp: &world.Stamp{From: from, Actor: actor}, Value: value}
		if !until.IsZero() {
			h.Until = &until
		}
		return h
	}
	status := func(title string) attribute.Value {
		return attribute.StatusID(attio.PathID("acme/lists/sales/attributes/stage/statuses/" + title))
	}
	option := func(title string) attribute.Value {
		return attribute.OptionID(attio.PathID("acme/lists/sales/attributes/tags/options/" + title))
	}
	reference := func(object, key string) attribute.Value {
		return attribute.RecordReference{Object: attio.PathID("acme/objects/" + object), Record: attio.PathID("acme/" + object + "/" + key)}
	}
	for _, c := range []struct {
		kind, path, attribute string
		want                  []world.Held
	}{
		{"lists/sales", "lists/sales/entries/navy", "stage", []world.Held{
			held(day(time.January, 1), won, ada, status("Lead")),
			held(won, day(time.March, 1), bob, status("Won")),
			held(day(time.March, 1), time.Time{}, ada, status("Lost")),
		}},
		{"lists/sales", "lists/sales/entries/navy", "tags", []world.Held{
			held(day(time.January, 1), day(time.March, 1), ada, option("red")),
			held(won, day(time.March, 1), bob, option("blue")),
		}},
		{"objects/people", "people/grace", "company", []world.Held{
			held(day(time.January, 2), day(time.February, 1), ada, reference("companies", "navy")),
			held(day(time.February, 1), time.Time{}, system, reference("companies", "army")),
		}},
		{"objects/companies", "companies/navy", "team", []world.Held{
			held(day(time.January, 2), day(time.February, 1), ada, reference("people", "grace")),
		}},
		{"objects/companies", "companies/army", "team", []world.Held{
			held(day(time.February, 1), time.Time{}, system, reference("people", "grace")),
		}},
	} {
		kind, _ := state.Schema.Kind(attio.PathID("acme/" + c.kind))
		d, _ := kind.Common().Attribute(c.attribute)
		record, ok := state.Record(kind.Common().ID, attio.PathID("acme/"+c.path))
		if !ok {
			t.Fatalf("nothing at %s", c.path)
		}
		if diff := cmp.Diff(c.want, record.History(d)); diff != "" {
			t.Errorf("%s of %s (-want +got)\n%s", c.attribute, c.path, diff)
		}
	}
}
