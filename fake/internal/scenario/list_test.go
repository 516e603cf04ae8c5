package scenario_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestListsAreSeededByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	seed := load(t, scenario.Text("team", `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {sync: {scopes: all, kind: app}}
    objects:
      companies: {records: {navy: {domains: [navy.example.com]}}}
      people: {records: {grace: {}}}
    generate: {companies: 1}
    lists:
      sales:
        parent_object: companies
        attributes:
          stage: {type: status, is_required: true, statuses: [Lead, Won]}
          flag: {type: text, default_value: red}
          buyer: {type: record-reference, is_multiselect: true}
          code: {type: text, is_archived: true}
        entries:
          navy: {record: navy, stage: Lead, buyer: [{record: people/grace}], code: N}
          navy-again: {record: companies/navy, created_at: 2025-01-01T00:00:00.1239Z, created_by: bob, stage: Won, flag: []}
          made-up: {record: generated-000001, created_by: system, stage: Won}
      advisors_board: {parent_object: people, created_at: 2025-01-02T00:00:00Z, created_by: bob}
      hidden:
        name: Not for all
        parent_object: people
        workspace_access: null
        member_access: {bob: read-only, ada: full-access}
        created_by: {token: sync}
`))
	state := seed.Workspaces[0]
	ada, bob := attio.PathID("acme/members/ada"), attio.PathID("acme/members/bob")
	people, companies := attio.PathID("acme/objects/people"), attio.PathID("acme/objects/companies")
	start := time.Date(2026, time.January, 15, 9, 0, 0, 0, time.UTC)
	member := func(id attio.ID) attio.Actor { return attio.Actor{Type: attio.ActorWorkspaceMember, ID: id} }
	var got []world.List
	for _, l := range state.Schema.Lists {
		plain := *l
		plain.Attributes = nil
		got = append(got, plain)
	}
	want := []world.List{
		{
			Target: world.Target{ID: attio.PathID("acme/lists/sales"), Slug: "sales", CreatedAt: start}, Name: "Sales", Parent: companies,
			WorkspaceAccess: world.FullAccess, MemberAccess: []world.MemberAccess{}, CreatedBy: member(ada),
		},
		{
			Target: world.Target{ID: attio.PathID("acme/lists/advisors_board"), Slug: "advisors_board", CreatedAt: time.Date(2025, time.January, 2, 0, 0, 0, 0, time.UTC)},
			Name:   "Advisors board", Parent: people, WorkspaceAccess: world.FullAccess, MemberAccess: []world.MemberAccess{}, CreatedBy: member(bob),
		},
		{
			Target: world.Target{ID: attio.PathID("acme/lists/hidden"), Slug: "hidden", CreatedAt: start}, Name: "Not for all", Parent: people,
			MemberAccess: []world.MemberAccess{{Level: world.ReadOnly, Member: bob}, {Level: world.FullAccess, Member: ada}},
			CreatedBy:    attio.Actor{Type: attio.ActorApp, ID: attio.PathID("acme/tokens/sync")},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	sales, _ := state.Schema.List("sales")
	if d, ok := sales.Attribute("stage"); !ok || d.ID != attio.PathID("acme/lists/sales/attributes/stage") ||
		d.Statuses[1].ID != attio.PathID("acme/lists/sales/attributes/stage/statuses/Won") {
		t.Errorf("got stage %+v", d)
	}
	if d, _ := sales.Attribute("code"); !d.Archived {
		t.Error("code is not archived")
	}

	r := read(seed, "acme/companies/navy", "acme/companies/generated-000001", "acme/people/grace", "acme/members/ada", "acme/members/bob",
		"acme/lists/sales", "acme/lists/sales/attributes/stage", "acme/lists/sales/attributes/stage/statuses/Lead", "acme/lists/sales/attributes/stage/statuses/Won", "acme")
	parent := func(key string) string {
		return `"target_object":"companies","target_record_id":"companies/` + key + `"`
	}
	status := func(title string) string {
		return `"status":{"id":{"workspace_id":"acme","object_id":"lists/sales","attribute_id":"lists/sales/attributes/stage",` +
			`"status_id":"lists/sales/attributes/stage/statuses/` + title + `"},"title":"` + title + `","is_archived":false,"target_time_in_status":null,"celebration_enabled":false}`
	}
	for key, want := range map[string][]string{
		"navy": {
			"2026-01-15T09:00:00Z by workspace-member members/ada",
			"parent_record 2026-01-15 workspace-member " + parent("navy"),
			"stage 2026-01-15 workspace-member " + status("Lead"),
			`flag 2026-01-15 workspace-member "value":"red"`,
			`buyer 2026-01-15 workspace-member "target_object":"people","target_record_id":"people/grace"`,
			`code 2026-01-15 workspace-member "value":"N"`,
		},
		"navy-again": {
			"2025-01-01T00:00:00Z by workspace-member members/bob",
			"parent_record 2025-01-01 workspace-member " + parent("navy"),
			"stage 2025-01-01 workspace-member " + status("Won"),
		},
		"made-up": {
			"2026-01-15T09:00:00Z by system ",
			"parent_record 2026-01-15 system " + parent("generated-000001"),
			"stage 2026-01-15 system " + status("Won"),
			`flag 2026-01-15 system "value":"red"`,
		},
	} {
		if diff := cmp.Diff(want, r.entry(t, "sales/"+key)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", key, diff)
		}
	}
}

func TestChangesMakeHistory(t *testing.T) {
	t.Parallel()
	seed := load(t, scenario.Text("team", `
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
`))
	state := seed.Workspaces[0]
	ada := attio.Actor{Type: attio.ActorWorkspaceMember, ID: attio.PathID("acme/members/ada")}
	bob := attio.Actor{Type: attio.ActorWorkspaceMember, ID: attio.PathID("acme/members/bob")}
	system := attio.Actor{Type: attio.ActorSystem}
	day := func(month time.Month, day int) time.Time { return time.Date(2025, month, day, 0, 0, 0, 0, time.UTC) }
	won := day(time.February, 1).Add(123 * time.Millisecond)
	held := func(from, until time.Time, actor attio.Actor, value attribute.Value) world.Held {
		h := world.Held{From: from, Actor: actor, Value: value}
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

func TestViewsAreSeededByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	seed := load(t, scenario.Text("team", `
version: 1
clock: 2026-01-15T09:00:00Z
workspaces:
  acme:
    objects:
      people:
        attributes: {tier: {type: select, options: [Gold, Silver]}, score: number, step: {type: status, statuses: [Lead]}, old: {type: text, is_archived: true}}
        views:
          all_of_them: {}
          everything:
            title: The whole
            type: kanban
            filter: {and: [{or: [{attribute: tier, op: eq, value: Gold}, {attribute: tier, op: eq, value: Silver}]}, {attribute: [company, {object: companies, attribute: name}], op: contains, value: Na}, {attribute: old, op: starts_with, value: A}]}
            sorts: [{attribute: name, field: last_name, direction: desc}, {attribute: score, direction: asc}]
            attributes: [{attribute: [company, {object: companies, attribute: domains}], field: root_domain}, {attribute: tier}]
            kanban: {status_attribute: step, show_no_status_column: true, aggregation: {attribute: score, type: sum}}
            is_archived: true
            created_at: 2025-01-01T00:00:00.1239Z
    lists:
      guests: {parent_object: people, views: {all: {attributes: [{attribute: [parent_record, {object: people, attribute: name}]}], filter: null, kanban: null}}}
`))
	names := strings.NewReplacer(read(seed, "acme/objects/people", "acme/objects/companies", "acme/lists/guests", "acme/objects/people/views/all_of_them",
		"acme/objects/people/views/everything", "acme/lists/guests/views/all", "acme/objects/people/attributes/tier", "acme/objects/people/attributes/score",
		"acme/objects/people/attributes/step", "acme/objects/people/attributes/old", "acme/objects/people/attributes/name", "acme/objects/people/attributes/company",
		"acme/objects/companies/attributes/name", "acme/objects/companies/attributes/domains", "acme/lists/guests/attributes/parent_record",
		"acme/objects/people/attributes/tier/options/Gold", "acme/objects/people/attributes/tier/options/Silver").names...)
	state := seed.Workspaces[0]
	const people = "objects/people/attributes/"
	for path, want := range map[string]string{
		"objects/people/views/all_of_them": `{"ID":"objects/people/views/all_of_them","Target":"objects/people","Title":"All of them","Type":"table",` +
			`"Filter":null,"Sorts":[],"Attributes":[],"Kanban":null,"Archived":false,"CreatedAt":"2026-01-15T09:00:00Z"}`,
		"objects/people/views/everything": `{"ID":"objects/people/views/everything","Target":"objects/people","Title":"The whole","Type":"kanban",` +
			`"Filter":{"and":[{"or":[{"attribute":"` + people + `tier","op":"eq","value":"` + people + `tier/options/Gold"},` +
			`{"attribute":"` + people + `tier","op":"eq","value":"` + people + `tier/options/Silver"}]},` +
			`{"attribute":["` + people + `company",{"object":"objects/companies","attribute":"objects/companies/attributes/name"}],"op":"contains","value":"Na"},` +
			`{"attribute":"` + people + `old","op":"starts_with","value":"A"}]},` +
			`"Sorts":[{"attribute":"` + people + `name","field":"last_name","direction":"desc"},{"attribute":"` + people + `score","direction":"asc"}],` +
			`"Attributes":[{"attribute":["` + people + `company",{"object":"objects/companies","attribute":"objects/companies/attributes/domains"}],"field":"root_domain"},{"attribute":"` + people + `tier"}],` +
			`"Kanban":{"status_attribute":"` + people + `step","show_no_status_column":true,"aggregation":{"attribute":"` + people + `score","type":"sum"}},` +
			`"Archived":true,"CreatedAt":"2025-01-01T00:00:00.123Z"}`,
		"lists/guests/views/all": `{"ID":"lists/guests/views/all","Target":"lists/guests","Title":"All","Type":"table","Filter":null,"Sorts":[],` +
			`"Attributes":[{"attribute":["lists/guests/attributes/parent_record",{"object":"objects/people","attribute":"` + people + `name"}]}],` +
			`"Kanban":null,"Archived":false,"CreatedAt":"2026-01-15T09:00:00Z"}`,
	} {
		target, _, _ := strings.Cut(path, "/views/")
		view, ok := state.View(attio.PathID("acme/"+target), attio.PathID("acme/"+path))
		if !ok {
			t.Errorf("no view %s", path)
			continue
		}
		got, err := json.Marshal(view)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, names.Replace(string(got))); diff != "" {
			t.Errorf("%s (-want +got)\n%s", path, diff)
		}
	}
}
