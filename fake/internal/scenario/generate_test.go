package scenario_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// everyType has made-up records of all objects, one of which has attributes of every type, all
// required, and unique where that is possible.
const everyType = `
version: 1
%s
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}, eve: {email: eve@example.com}}
workspaces:
  acme:
    name: %q
    members: {ada: admin, bob: member, eve: suspended}
    generate: {assets: 60, deals: 40, people: %d, users: 30, workspaces: 20, companies: 25}
    objects:
      deals: {enabled: true}
      users: {enabled: true}
      workspaces: {enabled: true}
      people: {records: {grace: {email_addresses: [grace@example.com]}}}
      assets:
        singular_noun: Asset
        plural_noun: Assets
        attributes:
          code: {type: text, is_required: true, is_unique: true}
          count: {type: number, is_required: true, is_unique: true}
          used: {type: checkbox, is_required: true}
          price: {type: currency, is_required: true, is_unique: true}
          bought: {type: date, is_required: true, is_unique: true}
          seen: {type: timestamp, is_required: true, is_unique: true}
          stars: {type: rating, is_required: true}
          state: {type: status, is_required: true, statuses: [New, Old, {title: Gone, is_archived: true}]}
          tags: {type: select, is_required: true, is_multiselect: true, options: [A, B, {title: C, is_archived: true}]}
          holder: {type: record-reference, is_required: true, config: {record_reference: {allowed_objects: [people, companies]}}}
          parts: {type: record-reference, is_required: true, is_multiselect: true, relationship: {object: assets, api_slug: part_of, is_multiselect: true}}
          desk: {type: record-reference, relationship: {object: people, api_slug: asset}}
          any: {type: record-reference, is_multiselect: true}
          keepers: {type: actor-reference, is_required: true, is_multiselect: true}
          place: {type: location, is_required: true}
          hosts: {type: domain, is_required: true, is_unique: true, is_multiselect: true}
          mail: {type: email-address, is_required: true, is_unique: true}
          phones: {type: phone-number, is_required: true, is_unique: true, is_multiselect: true}
          notes: {type: text}
`

func generated(t *testing.T, seed, name string, people int) *world.State {
	t.Helper()
	return loadText(t, fmt.Sprintf(everyType, seed, name, people)).Workspaces[0]
}

// dump writes all records of an object in the order of their numbers.
func dump(t *testing.T, state *world.State, object string, count int) []string {
	t.Helper()
	var lines []string
	for n := range count {
		path := fmt.Sprintf("%s/generated-%06d", object, n+1)
		lines = append(lines, "# "+path)
		lines = append(lines, reading{state: state}.record(t, path)...)
	}
	return lines
}

func TestMadeUpRecordsRepeatWithTheSeed(t *testing.T) {
	t.Parallel()
	sizes := map[string]int{"assets": 60, "deals": 40, "people": 100, "users": 30, "workspaces": 20, "companies": 25}
	first, again := generated(t, "", "one", 100), generated(t, "", "two", 100)
	other := generated(t, "seed: 2", "one", 100)
	for object, count := range sizes {
		want := dump(t, first, object, count)
		if diff := cmp.Diff(want, dump(t, again, object, count)); diff != "" {
			t.Errorf("%s differ\n%s", object, diff)
		}
		if slices.Equal(want, dump(t, other, object, count)) {
			t.Errorf("%s are the same with another seed", object)
		}
	}
}

func TestMoreMadeUpRecordsLeaveTheFirstAsTheyAre(t *testing.T) {
	t.Parallel()
	few, many := generated(t, "", "few", 50), generated(t, "", "many", 500)
	if diff := cmp.Diff(dump(t, few, "companies", 1)[:3], dump(t, many, "companies", 1)[:3]); diff != "" {
		t.Error(diff)
	}
	for _, path := range []string{"people/generated-000001", "people/generated-000050"} {
		if diff := cmp.Diff(reading{state: few}.record(t, path)[:4], reading{state: many}.record(t, path)[:4]); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
}

// Seeding goes by the rules of the API; what is left to see is that there is a value of everything,
// that both sides of relationships agree, and that nothing was made yesterday's future.
func TestMadeUpRecordsAreCompleteAndConnected(t *testing.T) {
	t.Parallel()
	state := generated(t, "", "complete", 300)
	assets, _ := state.Schema.Object("assets")
	for record := range state.Records(assets.ID) {
		if missing := state.Missing(assets, record); missing != nil {
			t.Errorf("an asset has no %s", missing[0].Slug)
		}
	}
	now := attio.Time{}
	now.Time = load(t, scenario.BuiltIn("blank")).Workspaces[0].Schema.Objects[0].CreatedAt // the usual moment
	for _, object := range state.Schema.Objects {
		for record := range state.Records(object.ID) {
			if record.CreatedAt().After(now.Time) || record.CreatedAt().Year() < 2023 {
				t.Errorf("a record of %s is from %v", object.Slug, record.CreatedAt())
			}
			for _, d := range object.Attributes {
				if d.Relationship == nil {
					continue
				}
				other, _ := state.Schema.ObjectByID(d.Relationship.Object)
				inverse, _ := other.Attribute(string(d.Relationship.Attribute))
				for _, held := range record.Active(d) {
					back := attribute.RecordReference{Object: object.ID, Record: record.ID}.Key()
					target, _ := state.Record(other.ID, held.Value.(attribute.RecordReference).Record)
					if !slices.ContainsFunc(target.Active(inverse), func(h world.Held) bool { return h.Value.Key() == back }) {
						t.Errorf("%s of a record of %s has no other side", d.Slug, object.Slug)
					}
				}
			}
		}
	}
	for path, atLeast := range map[string]int{
		"people/company": 200, "companies/team": 10, "people/phone_numbers": 30, "people/primary_location": 100, "deals/associated_company": 25,
		"deals/associated_people": 25, "users/person": 20, "workspaces/users": 5, "assets/desk": 40, "people/asset": 40, "assets/any": 40, "assets/notes": 30,
	} {
		slug, name, _ := strings.Cut(path, "/")
		object, _ := state.Schema.Object(slug)
		d, _ := object.Attribute(name)
		have := 0
		for record := range state.Records(object.ID) {
			if len(record.Active(d)) > 0 {
				have++
			}
		}
		if have < atLeast {
			t.Errorf("only %d have %s", have, path)
		}
	}
}

func TestPeopleAreWrittenToAtTheirCompanies(t *testing.T) {
	t.Parallel()
	state := generated(t, "", "mail", 300)
	people, _ := state.Schema.Object("people")
	companies, _ := state.Schema.Object("companies")
	company, _ := people.Attribute("company")
	emails, _ := people.Attribute("email_addresses")
	domains, _ := companies.Attribute("domains")
	for record := range state.Records(people.ID) {
		if len(record.Active(company)) == 0 || len(record.Active(emails)) == 0 {
			continue
		}
		employer, _ := state.Record(companies.ID, record.Active(company)[0].Value.(attribute.RecordReference).Record)
		if got, want := record.Active(emails)[0].Value.(attribute.EmailAddress).Domain, employer.Active(domains)[0].Value.(attribute.Domain).Domain; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestMadeUpValuesKeepOutOfTheWayOfListedOnes(t *testing.T) {
	t.Parallel()
	first := loadText(t, "version: 1\nworkspaces: {acme: {generate: {companies: 3}}}\n")
	companies, _ := first.Workspaces[0].Schema.Object("companies")
	domains, _ := companies.Attribute("domains")
	record, _ := first.Workspaces[0].Record(companies.ID, attio.PathID("acme/companies/generated-000002"))
	domain := record.Active(domains)[0].Value.(attribute.Domain).Domain
	second := loadText(t, fmt.Sprintf(
		"version: 1\nworkspaces: {acme: {generate: {companies: 3}, objects: {companies: {records: {mine: {domains: [%s]}}}}}}\n", domain))
	got := reading{state: second.Workspaces[0]}.record(t, "companies/generated-000002")
	if other := strings.Replace(domain, ".", "2.", 1); !strings.Contains(strings.Join(got, "\n"), `"domain":"`+other+`"`) {
		t.Errorf("%s is not among %q", other, got)
	}
}

func TestListedAndMadeUpRecordsPointToEachOther(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
workspaces:
  acme:
    generate: {people: 20}
    objects:
      companies: {records: {navy: {domains: [navy.example.com], team: [{record: people/generated-000020}]}}}
`)
	got := strings.Join(dump(t, seed.Workspaces[0], "people", 20), "\n")
	if !strings.Contains(got, string(attio.PathID("acme/companies/navy"))) || !strings.Contains(got, "@navy.example.com") {
		t.Errorf("got %s", got)
	}
	got = strings.Join(read(seed, "acme/people/generated-000020").record(t, "companies/navy"), "\n")
	if !strings.Contains(got, `"target_record_id":"people/generated-000020"`) {
		t.Errorf("got %s", got)
	}
}
