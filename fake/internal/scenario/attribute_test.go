package scenario_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

func TestAttributesAndObjectsBecomeWhatTheFileSays(t *testing.T) {
	t.Parallel()
	state := loadText(t, `
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
`).Workspaces[0]
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
