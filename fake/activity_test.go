package fake_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake"
)

// withPhoneCalls is a workspace with phone calls that a scenario has logged.
func withPhoneCalls() fake.Option {
	return fake.YAML(`
version: 1
users: {ada: {email: ada@acme.example.com}}
workspaces:
  acme:
    plan: pro
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {people: {records: {grace: {name: "Hopper, Grace"}}}}
    activities:
      phone_calls:
        attributes: {call_id: {type: text, is_unique: true}}
        records:
          intro: {direction: Outbound, timestamp: 2026-01-10T09:00:00Z, call_id: c1, participants: [{record: people/grace}]}
          older: {direction: Inbound, timestamp: 2026-01-09T09:00:00Z, created_at: 2025-01-01T00:00:00Z}
  free: {plan: free}
`)
}

var activityHandles = cmpopts.IgnoreUnexported(fake.Activity{})

func TestPhoneCallsOfAScenarioAreThereForGoAndForClients(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withPhoneCalls(), fake.FixedClock(noon))
	calls := srv.Workspace("acme").Activity("phone_calls")
	want := fake.Activity{ID: fake.ID("acme/activities/phone_calls"), Slug: "phone_calls", Singular: "Phone call", Plural: "Phone calls", Extends: "calls", System: true}
	if diff := cmp.Diff(want, calls, activityHandles); diff != "" {
		t.Error(diff)
	}
	intro := calls.Record("intro")
	grace := srv.Workspace("acme").Record("people", "grace")
	if intro.ID() != fake.ID("acme/activities/phone_calls/records/intro") || intro.Activity() != "phone_calls" || intro.Text("direction") != "Outbound" ||
		intro.Ref("participants") != grace.ID() || !intro.Time("timestamp").Equal(time.Date(2026, time.January, 10, 9, 0, 0, 0, time.UTC)) ||
		intro.String() != "phone_calls/"+intro.ID() {
		t.Errorf("got %s", intro.JSON())
	}
	status, body := send(t, srv, http.MethodGet, "/v2/activities/phone_calls/records/"+intro.ID(), "")
	if want := `{"data":` + string(intro.JSON()) + `}`; status != 200 || body != want {
		t.Errorf("got %d %s\nwant %s", status, body, want)
	}
	var order []string
	for _, call := range calls.Records() {
		order = append(order, call.Text("direction"))
	}
	if diff := cmp.Diff([]string{"Inbound", "Outbound"}, order); diff != "" {
		t.Error(diff)
	}
}

func TestARecordOfAnActivityIsWrittenFromGo(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withPhoneCalls(), fake.WithoutSocket(), fake.FixedClock(noon))
	acme := srv.Workspace("acme")
	calls, snap := acme.Activity("phone_calls"), srv.Snapshot()
	call := calls.Create(fake.Values{"call_id": "c2", "direction": "Inbound"})
	if again := calls.Upsert("call_id", fake.Values{"call_id": "c2", "direction": "Outbound"}); again.ID() != call.ID() || again.Text("direction") != "Outbound" {
		t.Errorf("got %s", again.JSON())
	}
	grace := acme.Record("people", "grace")
	call = call.Reload().Update(fake.Values{"participants": []fake.Record{grace}, "timestamp": noon})
	if call.Ref("participants") != grace.ID() || !call.Time("timestamp").Equal(noon) {
		t.Errorf("got %s", call.JSON())
	}
	outbound := calls.Query(fake.Filter{"direction": "Outbound"}, fake.Sort{Attribute: "timestamp", Descending: true})
	if len(outbound) != 2 || outbound[0].ID() != call.ID() || outbound[1].ID() != calls.Record("intro").ID() {
		t.Errorf("got %v", outbound)
	}
	if call.Overwrite(fake.Values{"participants": []fake.Record{}}).Ref("participants") != "" {
		t.Errorf("got %s", call.Reload().JSON())
	}
	var changed []string
	for _, change := range srv.Diff(snap, srv.Snapshot())[0].Changes {
		changed = append(changed, change.Thing+" "+change.In+" "+change.Action)
	}
	if diff := cmp.Diff([]string{"activity-record phone_calls created"}, changed); diff != "" {
		t.Error(diff)
	}
	call.Delete()
	if _, ok := calls.Find(call.ID()); ok {
		t.Error("the call is still there")
	}
	srv.ExpectUnchanged(t, snap)
}

func TestAnActivityIsAddedChangedAndDeletedFromGo(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withPhoneCalls(), fake.WithoutSocket(), fake.FixedClock(noon))
	acme := srv.Workspace("acme")
	visits := acme.AddActivity(fake.Activity{Slug: "site_visits", Singular: "Site visit", Plural: "Site visits", Extends: "interactions"})
	if !slices.Contains(acme.Activities(), visits) || visits.System {
		t.Errorf("%+v is not among %+v", visits, acme.Activities())
	}
	mood := visits.AddAttribute(fake.Attribute{Slug: "mood", Type: "select", Options: []string{"Good"}})
	mood.AddOption("Bad")
	if got := visits.Create(fake.Values{"mood": "Bad"}).Text("mood"); got != "Bad" || visits.Attribute("mood").Slug != "mood" || len(visits.Attributes()) != 7 {
		t.Errorf("got %q and %v", got, visits.Attributes())
	}
	trips := acme.UpdateActivity("site_visits", func(a *fake.Activity) { a.Slug, a.Singular = "trips", "Trip" })
	if status, body := send(t, srv, http.MethodGet, "/v2/activities/trips", ""); status != 200 || trips.Plural != "Site visits" {
		t.Errorf("%+v: %d %s", trips, status, body)
	}
	clone := acme.Clone(t)
	acme.DeleteActivity("trips")
	if status, _ := send(t, srv, http.MethodGet, "/v2/activities/"+visits.ID, ""); status != 404 {
		t.Errorf("a deleted activity answers %d", status)
	}
	if records := clone.Activity("trips").Records(); len(records) != 1 {
		t.Errorf("the clone has %v", records)
	}
}

func TestAMistakeWithAnActivityFailsTheTest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		do   func(*fake.Server)
		want string
	}{
		"an unknown activity": {func(s *fake.Server) { s.Workspace("acme").Activity("phone_call") },
			`fake: workspace "acme": unknown activity "phone_call"; did you mean "phone_calls"?`},
		"an unknown record": {func(s *fake.Server) { s.Workspace("acme").Activity("phone_calls").Record("x") },
			`fake: workspace "acme" has no record "x" of the activity "phone_calls"; name one by its key in the scenario or its id`},
		"an unknown schema": {func(s *fake.Server) {
			s.Workspace("acme").AddActivity(fake.Activity{Slug: "a", Singular: "A", Plural: "As", Extends: "call"})
		}, `fake: workspace "acme": unknown schema of activities "call"; did you mean "calls"? Known: activities, interactions, calls, emails`},
		"no nouns": {func(s *fake.Server) { s.Workspace("acme").AddActivity(fake.Activity{Slug: "a", Extends: "calls"}) },
			`fake: an activity needs a slug, a singular and a plural; got "a", "" and ""`},
		"a plan without activities": {func(s *fake.Server) {
			s.Workspace("free").AddActivity(fake.Activity{Slug: "a", Singular: "A", Plural: "As", Extends: "calls"})
		}, `fake: workspace "free": Custom activities are not supported on your plan. Please upgrade or contact sales to gain access.`},
		"another schema": {func(s *fake.Server) {
			s.Workspace("acme").UpdateActivity("phone_calls", func(a *fake.Activity) { a.Extends = "emails" })
		}, `fake: workspace "acme": activity "phone_calls": its Extends cannot be changed`},
		"a deletion of Attio's own": {func(s *fake.Server) { s.Workspace("acme").DeleteActivity("phone_calls") },
			`fake: workspace "acme": Only deleting custom activities is allowed.`},
		"an unknown attribute": {func(s *fake.Server) { s.Workspace("acme").Activity("phone_calls").Attribute("mood") },
			`fake: workspace "acme": activity "phone_calls": unknown attribute "mood"; known: record_id, timestamp, associated_records, participants, direction, created_at, created_by, call_id`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, withPhoneCalls(), fake.WithoutSocket())
			defer srv.Close()
			tc.do(srv)
			if diff := cmp.Diff([]string{tc.want}, test.fatal); diff != "" {
				t.Error(diff)
			}
		})
	}
}
