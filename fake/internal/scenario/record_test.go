package scenario_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestRecordsAreSeededByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
users:
  ada: {email: ada@example.com}
  bob: {email: bob@example.com}
workspaces:
  acme:
    plan: pro
    effects: {link_companies: true, shuffle_unordered: true}
    members: {bob: member, ada: admin}
    tokens: {sync: {scopes: all, kind: app}}
    objects:
      people:
        attributes: {tier: {type: select, options: [{title: Gold, is_archived: true}]}}
        records:
          grace:
            name: "Hopper, Grace"
            email_addresses: [Grace@Navy.example.com]
            company: {record: companies/navy}
            tier: Gold
            strongest_connection_strength: Good
            last_interaction: {interaction_type: email, interacted_at: 2026-01-02, owner_actor: {type: system, id: null}}
          linus: {created_at: 2025-03-01T00:00:00.1239Z, created_by: bob, company: navy.example.com}
          hedy: {created_at: 2025-01-01T00:00:00Z, created_by: {token: sync}}
          jane: {created_at: 2025-01-02T00:00:00Z, created_by: system}
      companies:
        attributes:
          parent: {type: record-reference, config: {record_reference: {allowed_objects: [companies]}}}
          code: {type: text, is_archived: true}
        records:
          navy: {created_at: 2025-06-01T00:00:00Z, domains: [navy.example.com], team: [{record: people/jane}], parent: {record: companies/army}, code: N}
          army: {domains: [army.example.com], parent: [{record: companies/navy}]}
      deals:
        enabled: true
        attributes:
          stage: {statuses: [Open, {title: Done, celebration_enabled: true, target_time_in_status: P1D}]}
          value: {config: {currency: {default_currency_code: EUR}}}
        records: {big: {name: Big, stage: Open, owner: bob@example.com, value: "4.99", associated_people: [{record: people/hedy}]}}
      ships:
        singular_noun: Ship
        plural_noun: Ships
        created_at: 2025-05-05T00:00:00Z
        attributes:
          captain: {type: actor-reference, default_value: current-user}
          due: {type: date, default_value: P1M}
          flag: {type: text, default_value: red}
          fleet: {type: record-reference, is_required: true, relationship: {object: ships, api_slug: followers, is_multiselect: true}}
        records:
          one: {created_at: 2025-05-31T00:00:00Z, fleet: {record: ships/two}}
          two: {created_by: {token: sync}, fleet: {record: ships/one}, flag: []}
`)
	state := seed.Workspaces[0]
	if state.Plan != world.PlanPro || state.Effects != (world.Effects{LinkCompanies: true, ShuffleUnordered: true}) {
		t.Errorf("got plan %q and effects %+v", state.Plan, state.Effects)
	}
	r := read(seed, "acme/people/grace", "acme/people/linus", "acme/people/hedy", "acme/people/jane", "acme/companies/navy", "acme/companies/army",
		"acme/deals/big", "acme/ships/one", "acme/ships/two", "acme/members/ada", "acme/members/bob", "acme/tokens/sync", "acme",
		"acme/objects/people", "acme/objects/people/attributes/tier", "acme/objects/people/attributes/tier/options/Gold",
		"acme/objects/people/attributes/strongest_connection_strength", "acme/objects/people/attributes/strongest_connection_strength/options/Good",
		"acme/objects/deals", "acme/objects/deals/attributes/stage", "acme/objects/deals/attributes/stage/statuses/Open")
	for path, want := range map[string][]string{
		"people/grace": {
			"2026-01-15T09:00:00Z by workspace-member members/ada",
			`name 2026-01-15 workspace-member "first_name":"Grace","last_name":"Hopper","full_name":"Grace Hopper"`,
			`email_addresses 2026-01-15 workspace-member "original_email_address":"Grace@Navy.example.com","email_address":"grace@navy.example.com","email_domain":"navy.example.com","email_root_domain":"example.com","email_local_specifier":"grace"`,
			`company 2026-01-15 workspace-member "target_object":"companies","target_record_id":"companies/navy"`,
			`last_interaction 2026-01-15 system "interaction_type":"email","interacted_at":"2026-01-02T00:00:00.000000000Z","owner_actor":{"type":"system","id":null}`,
			`strongest_connection_strength 2026-01-15 system "option":{"id":{"workspace_id":"acme","object_id":"objects/people","attribute_id":"objects/people/attributes/strongest_connection_strength","option_id":"objects/people/attributes/strongest_connection_strength/options/Good"},"title":"Good","is_archived":false}`,
			`tier 2026-01-15 workspace-member "option":{"id":{"workspace_id":"acme","object_id":"objects/people","attribute_id":"objects/people/attributes/tier","option_id":"objects/people/attributes/tier/options/Gold"},"title":"Gold","is_archived":true}`,
		},
		"people/linus": { // the company is younger than the person, and so is the reference
			"2025-03-01T00:00:00Z by workspace-member members/bob",
			`company 2025-06-01 workspace-member "target_object":"companies","target_record_id":"companies/navy"`,
		},
		"people/hedy": {
			"2025-01-01T00:00:00Z by app tokens/sync",
			`associated_deals 2026-01-15 workspace-member "target_object":"deals","target_record_id":"deals/big"`,
		},
		"people/jane": {
			"2025-01-02T00:00:00Z by system ",
			`company 2025-06-01 workspace-member "target_object":"companies","target_record_id":"companies/navy"`,
		},
		"companies/navy": {
			"2025-06-01T00:00:00Z by workspace-member members/ada",
			`domains 2025-06-01 workspace-member "domain":"navy.example.com","root_domain":"example.com"`,
			`team 2025-06-01 workspace-member "target_object":"people","target_record_id":"people/jane"`,
			`team 2025-06-01 workspace-member "target_object":"people","target_record_id":"people/linus"`,
			`team 2026-01-15 workspace-member "target_object":"people","target_record_id":"people/grace"`,
			`parent 2026-01-15 workspace-member "target_object":"companies","target_record_id":"companies/army"`,
			`code 2025-06-01 workspace-member "value":"N"`,
		},
		"companies/army": {
			"2026-01-15T09:00:00Z by workspace-member members/ada",
			`domains 2026-01-15 workspace-member "domain":"army.example.com","root_domain":"example.com"`,
			`parent 2026-01-15 workspace-member "target_object":"companies","target_record_id":"companies/navy"`,
		},
		"deals/big": {
			"2026-01-15T09:00:00Z by workspace-member members/ada",
			`name 2026-01-15 workspace-member "value":"Big"`,
			`stage 2026-01-15 workspace-member "status":{"id":{"workspace_id":"acme","object_id":"objects/deals","attribute_id":"objects/deals/attributes/stage","status_id":"objects/deals/attributes/stage/statuses/Open"},"title":"Open","is_archived":false,"target_time_in_status":null,"celebration_enabled":false}`,
			`owner 2026-01-15 workspace-member "referenced_actor_type":"workspace-member","referenced_actor_id":"members/bob"`,
			`value 2026-01-15 workspace-member "currency_code":"EUR","currency_value":4.99`,
			`associated_people 2026-01-15 workspace-member "target_object":"people","target_record_id":"people/hedy"`,
		},
		"ships/one": {
			"2025-05-31T00:00:00Z by workspace-member members/ada",
			`captain 2025-05-31 workspace-member "referenced_actor_type":"workspace-member","referenced_actor_id":"members/ada"`,
			`due 2025-05-31 workspace-member "value":"2025-07-01"`,
			`flag 2025-05-31 workspace-member "value":"red"`,
			`followers 2026-01-15 app "target_object":"ships","target_record_id":"ships/two"`,
			`fleet 2026-01-15 workspace-member "target_object":"ships","target_record_id":"ships/two"`,
		},
		"ships/two": { // an app's token has nobody behind it
			"2026-01-15T09:00:00Z by app tokens/sync",
			`due 2026-01-15 app "value":"2026-02-15"`,
			`followers 2026-01-15 workspace-member "target_object":"ships","target_record_id":"ships/one"`,
			`fleet 2026-01-15 app "target_object":"ships","target_record_id":"ships/one"`,
		},
	} {
		if diff := cmp.Diff(want, r.record(t, path)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", path, diff)
		}
	}
}

func TestRecordsMergeKeyByKey(t *testing.T) {
	t.Parallel()
	seed := load(t,
		scenario.Text("lower", "version: 1\nworkspaces: {acme: {generate: {companies: 1}, objects: {people: {records: {grace: {job_title: Admiral, description: x, company: {record: companies/generated-000001}}}}}}}\n"),
		scenario.Text("upper", "version: 1\nworkspaces: {acme: {generate: {companies: 2}, objects: {people: {records: {grace: {description: [], company: {record: companies/generated-000002}}}}}}}\n"))
	want := []string{
		"2026-01-01T09:00:00Z by system ",
		`company 2026-01-01 system "target_object":"companies","target_record_id":"companies/generated-000002"`,
		`job_title 2026-01-01 system "value":"Admiral"`,
	}
	if diff := cmp.Diff(want, read(seed, "acme/companies/generated-000002").record(t, "people/grace")); diff != "" {
		t.Error(diff)
	}
}
