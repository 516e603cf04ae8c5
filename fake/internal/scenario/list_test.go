package scenario_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestListsAreSeededByTheRulesOfTheAPI(t *testing.T) {
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
`)
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
