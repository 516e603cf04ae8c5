package scenario_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// owner is where a value is read; names stand for the ids of records of the scenario.
type owner struct {
	state  *world.State
	target *world.Target
	of     *attribute.Definition
}

func (o owner) WorkspaceID() attio.ID             { return o.state.ID }
func (o owner) ParentID() attio.ID                { return o.target.ID }
func (o owner) Definition() *attribute.Definition { return o.of }
func (o owner) ObjectSlug(id attio.ID) string {
	object, _ := o.state.Schema.ObjectByID(id)
	return object.Slug
}

// reading reads a state of which it knows some ids by name.
type reading struct {
	state *world.State
	names []string // id, name, id, name, …
}

func read(seed *world.Seed, paths ...string) reading {
	r := reading{state: seed.Workspaces[0]}
	for _, path := range paths {
		r.names = append(r.names, string(attio.PathID(path)), strings.TrimPrefix(path, r.state.Slug+"/"))
	}
	return r
}

// record returns the values of a record as they read, with since when and by whom they are.
func (r reading) record(t *testing.T, path string) []string {
	t.Helper()
	slug, _, _ := strings.Cut(path, "/")
	object, ok := r.state.Schema.Object(slug)
	if !ok {
		t.Fatalf("no object %s", slug)
	}
	return r.values(t, &object.Target, path)
}

// entry is record for an entry.
func (r reading) entry(t *testing.T, path string) []string {
	t.Helper()
	slug, key, _ := strings.Cut(path, "/")
	list, ok := r.state.Schema.List(slug)
	if !ok {
		t.Fatalf("no list %s", slug)
	}
	return r.values(t, &list.Target, "lists/"+slug+"/entries/"+key)
}

func (r reading) values(t *testing.T, target *world.Target, path string) []string {
	t.Helper()
	record, ok := r.state.Record(target.ID, attio.PathID(r.state.Slug+"/"+path))
	if !ok {
		t.Fatalf("nothing at %s", path)
	}
	lines := []string{fmt.Sprintf("%s by %s %s", record.CreatedAt.Format(time.RFC3339), record.CreatedBy.Type, record.CreatedBy.ID)}
	for _, d := range target.Attributes {
		if d.Computed != "" && d.Computed != attribute.ComputedParent {
			continue
		}
		for _, held := range record.History(d) {
			line := fmt.Sprintf("%s %s %s", d.Slug, held.From.Format(time.DateOnly), held.Actor.Type)
			if held.Until != nil {
				line += " ended"
			}
			lines = append(lines, line+" "+string(held.Value.AppendFields(nil, owner{r.state, target, d})))
		}
	}
	names := strings.NewReplacer(r.names...)
	for i := range lines {
		lines[i] = names.Replace(lines[i])
	}
	return lines
}

func TestRecordsAreSeededByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	seed := load(t, scenario.Text("team", `
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
`))
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

func TestAttributesAndObjectsBecomeWhatTheFileSays(t *testing.T) {
	t.Parallel()
	state := load(t, scenario.Text("team", `
version: 1
workspaces:
  acme:
    objects:
      companies: {attributes: {annual_revenue: currency, net: {type: currency, config: {currency: {default_currency_code: EUR, display_type: code}}}}}
      deals: {enabled: true, attributes: {stage: {statuses: [Open, {title: Done, celebration_enabled: true, target_time_in_status: P1D}]}}}
      users: {}
      ships:
        singular_noun: Ship
        plural_noun: Ships
        created_at: 2025-05-05T00:00:00Z
        attributes:
          code: {type: text, is_unique: true, is_required: true, title: Hull, description: On the bow.}
          old: {type: checkbox, is_archived: true}
          crew: {type: record-reference, is_multiselect: true, relationship: {object: people, api_slug: ship, title: Serves on}}
          cargo: {type: select, is_multiselect: true, options: [Tea, Salt]}
`)).Workspaces[0]
	ships, _ := state.Schema.Object("ships")
	people, _ := state.Schema.Object("people")
	companies, _ := state.Schema.Object("companies")
	deals, _ := state.Schema.Object("deals")
	if _, on := state.Schema.Object("users"); on {
		t.Error("users are on")
	}
	made := time.Date(2025, 5, 5, 0, 0, 0, 0, time.UTC)
	usual := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	id := func(path string) attio.ID { return attio.PathID("acme/objects/" + path) }
	bow, day := "On the bow.", "P1D"
	own := ships.Attributes[len(ships.Attributes)-4:]
	crew, ship := id("ships/attributes/crew"), id("people/attributes/ship")
	type object struct {
		ID                     attio.ID
		Slug, Singular, Plural string
		CreatedAt              time.Time
	}
	for name, c := range map[string]struct{ got, want any }{
		"the object":           {object{ships.ID, ships.Slug, ships.Singular, ships.Plural, ships.CreatedAt}, object{id("ships"), "ships", "Ship", "Ships", made}},
		"a text":               {*own[0], attribute.Definition{ID: id("ships/attributes/code"), Slug: "code", Title: "Hull", Description: &bow, Type: "text", Writable: true, Required: true, Unique: true, CreatedAt: usual}},
		"an archived checkbox": {*own[1], attribute.Definition{ID: id("ships/attributes/old"), Slug: "old", Title: "Old", Type: "checkbox", Writable: true, Archived: true, CreatedAt: usual}},
		"one side": {*own[2], attribute.Definition{ID: crew, Slug: "crew", Title: "Crew", Type: "record-reference", Writable: true, Multiselect: true,
			Objects: []attio.ID{people.ID}, Relationship: &attribute.Relationship{Object: people.ID, Attribute: ship}, CreatedAt: usual}},
		"the other": {*people.Attributes[len(people.Attributes)-1], attribute.Definition{ID: ship, Slug: "ship", Title: "Serves on", Type: "record-reference", Writable: true,
			Objects: []attio.ID{ships.ID}, Relationship: &attribute.Relationship{Object: ships.ID, Attribute: crew}, CreatedAt: usual}},
		"options": {own[3].Options, []attribute.Option{{ID: id("ships/attributes/cargo/options/Tea"), Title: "Tea"}, {ID: id("ships/attributes/cargo/options/Salt"), Title: "Salt"}}},
		"currencies": {
			[]attribute.Currency{companies.Attributes[len(companies.Attributes)-2].Currency, companies.Attributes[len(companies.Attributes)-1].Currency},
			[]attribute.Currency{{Code: "USD", Display: "symbol"}, {Code: "EUR", Display: "code"}},
		},
		"a title": {companies.Attributes[len(companies.Attributes)-2].Title, "Annual revenue"},
		"stages": {deals.Attributes[2].Statuses, []attribute.Status{
			{ID: id("deals/attributes/stage/statuses/Open"), Title: "Open"},
			{ID: id("deals/attributes/stage/statuses/Done"), Title: "Done", Celebration: true, TargetTime: &day},
		}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
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
