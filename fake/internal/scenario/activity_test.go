package scenario_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

const activitiesScenario = `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    objects: {people: {records: {grace: {name: "Hopper, Grace"}}}}
    activities:
      phone_calls:
        singular_noun: Call
        api_slug: calls
        attributes: {call_id: {type: text, is_unique: true}, direction: {options: [Inbound, Outbound, Missed]}}
        records:
          intro: {direction: Missed, timestamp: 2026-01-10T09:00:00Z, call_id: c1, participants: [{record: people/grace}]}
          later: {created_at: 2025-01-01T00:00:00Z, created_by: system, history: {call_id: [{value: old, until: 2025-06-01T00:00:00Z}]}}
      site_visits:
        singular_noun: Phone call
        plural_noun: Site visits
        extends: interactions
        shares_nouns: true
        created_at: 2025-01-01T00:00:00Z
        attributes: {mood: {type: select, options: [Good, Bad], is_required: true}}
        records: {harbour: {mood: Good, changes: [{at: 2026-01-16T09:00:00Z, mood: Bad}]}}
    webhooks: {hook: {target_url: "http://receiver:9000", subscriptions: [{event_type: activity-record.created, filter: {$and: [{field: id.activity_id, operator: equals, value: site_visits}]}}]}}
`

func TestActivitiesAreSeededAndExported(t *testing.T) {
	t.Parallel()
	seed := loadText(t, activitiesScenario)
	state := seed.Workspaces[0]
	calls, ok := state.Schema.Activity("calls")
	if !ok || calls.ID != attio.PathID("acme/activities/phone_calls") || calls.System != "phone_calls" || calls.Singular != "Call" || calls.Plural != "Phone calls" {
		t.Errorf("got %+v", calls)
	}
	if visits, ok := state.Schema.Activity("site_visits"); !ok || visits.Extends != "interactions" || visits.SchemaID != attio.PathID("acme/schemas/interactions") {
		t.Errorf("got %+v", visits)
	}
	intro, ok := state.Record(calls.ID, attio.PathID("acme/activities/phone_calls/records/intro"))
	if !ok {
		t.Fatal("there is no call")
	}
	for slug, want := range map[string]string{"call_id": "c1", "timestamp": "2026-01-10T09:00:00.000000000Z"} {
		d, _ := calls.Attribute(slug)
		if held := intro.Active(d); len(held) != 1 || held[0].Value.Key() != want {
			t.Errorf("%s: %v, want %s", slug, held, want)
		}
	}
	once, err := scenario.Export(seed)
	if err != nil {
		t.Fatal(err)
	}
	twice, err := scenario.Export(loadText(t, string(once)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(once), string(twice)); diff != "" {
		t.Errorf("an export that is loaded and exported again differs: %s", diff)
	}
}

func TestAnActivityOfAFileIsRefusedAtItsLine(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ activities, want string }{
		"without a schema": {"{visits: {singular_noun: Visit, plural_noun: Visits}}",
			`23: the required key "extends" is missing. Attio has no activity "visits" of its own, and a custom activity needs its nouns and its schema`},
		"an unknown schema": {"{visits: {singular_noun: Visit, plural_noun: Visits, extends: cals}}",
			`84: unknown schema of activities "cals"; did you mean "calls"? Known: activities, interactions, calls, emails`},
		"a schema for phone calls": {"{phone_calls: {extends: calls}}", `46: "phone_calls" is in every workspace from the start; remove "extends"`},
		"the nouns of another": {"{visits: {singular_noun: Phone call, plural_noun: Visits, extends: calls}}",
			`23: Failed to create activity. Please ensure your api_slug and names are unique; if it got its nouns later, say shares_nouns: true`},
		"a relationship": {"{phone_calls: {attributes: {x: {type: record-reference, relationship: {object: people, api_slug: y}}}}}",
			`92: Attributes of activities cannot have a relationship.`},
		"an unknown value":  {"{phone_calls: {records: {a: {direction: Outbond}}}}", `62: Cannot find select option with title "Outbond". Did you mean "Outbound"?`},
		"an unknown person": {"{phone_calls: {records: {a: {participants: [{record: people/grace}]}}}}", `75: unknown record of people "grace"; there is none`},
		"views":             {"{phone_calls: {views: {}}}", `37: unknown key "views"; known: singular_noun, plural_noun, extends, shares_nouns, api_slug, created_at, attributes, records, id`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := scenario.Load(scenario.Text("activities.yaml", "version: 1\nworkspaces:\n  acme: {activities: "+tc.activities+"}\n"))
			if err == nil {
				t.Fatal("it is not refused")
			}
			first, _, _ := strings.Cut(err.Error(), "\n")
			if diff := cmp.Diff("activities.yaml:3:"+tc.want, first); diff != "" {
				t.Error(diff)
			}
		})
	}
}
