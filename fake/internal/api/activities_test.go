package api_test

import (
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// activityJSON is an activity of acme that was made at noon.
func activityJSON(id, slug, singular, plural, extends string, system bool) string {
	is := "false"
	if system {
		is = "true"
	}
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","activity_id":"` + id + `"},"api_slug":"` + slug + `","singular_noun":"` + singular +
		`","plural_noun":"` + plural + `","extends":[{"schema_id":"` + fake.ID("acme/schemas/"+extends) + `","schema_slug":"` + extends + `"}],` +
		`"is_system_activity":` + is + `,"created_at":"` + atNoon + `"}`
}

func phoneCalls() string { return fake.ID("acme/activities/phone_calls") }

// visits makes a custom activity and returns its id.
func (c *client) visits() string {
	c.t.Helper()
	return idIn(c.t, c.must("POST", "/v2/activities", `{"data":{"api_slug":"site_visits","singular_noun":"Site visit","plural_noun":"Site visits","extends":"interactions"}}`), "activity_id")
}

func TestPhoneCallsAreInEveryWorkspace(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	calls := activityJSON(phoneCalls(), "phone_calls", "Phone call", "Phone calls", "calls", true)
	c.wants(c.get("/v2/activities"), 200, `{"data":[`+calls+`],"pagination":{"next_cursor":null}}`)
	for _, slugOrID := range []string{"phone_calls", phoneCalls()} {
		c.wants(c.get("/v2/activities/"+slugOrID), 200, `{"data":`+calls+`}`)
	}
	want := []string{"record_id", "timestamp", "associated_records", "participants", "direction", "created_at", "created_by"}
	if diff := cmp.Diff(want, slugsIn(t, c.get("/v2/activities/phone_calls/attributes").Body)); diff != "" {
		t.Error(diff)
	}
	foreign := fake.ID("globex/activities/phone_calls")
	c.wants(c.get("/v2/activities/"+foreign), 404, notFound(`Activity with slug/ID "`+foreign+`" not found.`))
}

func TestAnActivityIsCreatedChangedAndDeleted(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	got := c.send("POST", "/v2/activities", `{"data":{"api_slug":"demos","singular_noun":"Demo","plural_noun":"Demos","extends":"emails","more":1}}`)
	id := idIn(t, got.Body, "activity_id")
	c.wants(got, 200, `{"data":`+activityJSON(id, "demos", "Demo", "Demos", "emails", false)+`}`)
	want := `{"data":` + activityJSON(id, "shows", "Show", "Shows", "emails", false) + `}`
	c.wants(c.send("PATCH", "/v2/activities/demos", `{"data":{"api_slug":"shows","singular_noun":"Show","plural_noun":"Shows"}}`), 200, want)
	c.wants(c.get("/v2/activities/"+id), 200, want)
	record := idIn(t, c.must("POST", "/v2/activities/shows/records", `{"data":{"values":{"subject":"Hello"}}}`), "record_id")
	c.wants(c.send("DELETE", "/v2/activities/shows", ""), 200, `{}`)
	c.wants(c.get("/v2/activities/shows"), 404, notFound(`Activity with slug/ID "shows" not found.`))
	c.wants(c.get("/v2/activities/"+id+"/records/"+record), 404, notFound(`Activity with slug/ID "`+id+`" not found.`))
}

func TestTheNamesOfASystemActivityChange(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	want := `{"data":` + activityJSON(phoneCalls(), "calls", "Call", "Phone calls", "calls", true) + `}`
	c.wants(c.send("PATCH", "/v2/activities/phone_calls", `{"data":{"api_slug":"calls","singular_noun":"Call"}}`), 200, want)
	c.wants(c.get("/v2/activities/calls"), 200, want)
}

func TestAnActivityIsRefused(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t, fake.YAML(`{version: 1, workspaces: {globex: {plan: plus}}}`))
	c.visits()
	const (
		created = "Failed to create activity. Please ensure your api_slug and names are unique."
		updated = "Failed to update activity. Please ensure your api_slug is unique."
	)
	activity := func(slug, singular, plural, extends string) string {
		return `{"data":{"api_slug":"` + slug + `","singular_noun":"` + singular + `","plural_noun":"` + plural + `","extends":"` + extends + `"}}`
	}
	unknown := notFound(`Activity with slug/ID "x" not found.`)
	for name, tc := range map[string]struct {
		method, path, body string
		status             int
		want               string
	}{
		"no names": {"POST", "", `{"data":{}}`, 400, badShape(required("api_slug", "string"), required("singular_noun", "string"), required("plural_noun", "string"),
			required("extends", "'activities' | 'interactions' | 'calls' | 'emails'"))},
		"a slug that is used":         {"POST", "", activity("phone_calls", "A", "B", "calls"), 409, slugConflict(created)},
		"a noun that is used":         {"POST", "", activity("x", "phone CALL", "B", "calls"), 409, slugConflict(created)},
		"a plural that is used":       {"POST", "", activity("x", "A", "Site Visits", "calls"), 409, slugConflict(created)},
		"a change of nothing":         {"PATCH", "/site_visits", `{"data":{}}`, 400, badRequest("validation_type", emptyPayload)},
		"another schema":              {"PATCH", "/site_visits", `{"data":{"extends":"calls"}}`, 400, badShape(`{"code":"unrecognized_keys","path":["data"],"message":"Unrecognized key(s) in object: 'extends'"}`)},
		"a change to a slug in use":   {"PATCH", "/site_visits", `{"data":{"api_slug":"phone_calls"}}`, 409, slugConflict(updated)},
		"a change of no activity":     {"PATCH", "/x", `{"data":{"api_slug":"y"}}`, 404, unknown},
		"a deletion of Attio's own":   {"DELETE", "/phone_calls", "", 400, badRequest("system_edit_unauthorized", "Only deleting custom activities is allowed.")},
		"a deletion of no activity":   {"DELETE", "/x", "", 404, unknown},
		"a query of no activity":      {"POST", "/x/records/query", `{}`, 404, unknown},
		"a record of no activity":     {"POST", "/x/records", `{"data":{"values":{}}}`, 404, unknown},
		"an upsert of no activity":    {"PUT", "/x/records?matching_attribute=y", `{"data":{"values":{}}}`, 404, unknown},
		"an attribute of no activity": {"GET", "/x/attributes", "", 404, unknown},
		"an object in its place":      {"GET", "/people", "", 404, notFound(`Activity with slug/ID "people" not found.`)},
		"an unknown record":           {"GET", "/phone_calls/records/" + stranger, "", 404, notFound(`Activity record with ID "` + stranger + `" not found.`)},
		"a deletion of no record":     {"DELETE", "/phone_calls/records/" + stranger, "", 404, notFound(`Activity record with ID "` + stranger + `" not found.`)},
		"an attribute that is there":  {"POST", "/phone_calls/attributes", newAttribute("direction", "text"), 409, slugConflict("An attribute with the same API slug already exists on this Activity")},
		"an attribute with another side": {"POST", "/phone_calls/attributes", newAttribute("x", "record-reference", `"relationship":{"object":"people","title":"X","api_slug":"x","is_multiselect":true}`), 400,
			badRequest("validation_type", "Attributes of activities cannot have a relationship.")},
		"a change of Attio's own attribute": {"PATCH", "/phone_calls/attributes/direction", `{"data":{"title":"x"}}`, 400, badRequest("system_edit_unauthorized", "Cannot update a System attribute.")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.send(tc.method, "/v2/activities"+tc.path, tc.body), tc.status, tc.want)
		})
	}
	t.Run("a plan without custom activities", func(t *testing.T) {
		t.Parallel()
		c := c.in(t).as(c.server.Token("globex"))
		c.wants(c.send("POST", "/v2/activities", activity("x", "A", "B", "calls")), 403,
			refusal("403", "auth_error", "billing_error", "Custom activities are not supported on your plan. Please upgrade or contact sales to gain access."))
		c.must("POST", "/v2/activities/phone_calls/records", `{"data":{"values":{}}}`)
	})
}

func TestActivitiesComeInPages(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	want := []string{phoneCalls(), c.visits()}
	slices.Sort(want)
	first := c.get("/v2/activities?limit=1")
	cursor := idIn(t, first.Body, "next_cursor")
	second := c.get("/v2/activities?limit=1&cursor=" + cursor)
	got := []string{idIn(t, first.Body, "activity_id"), idIn(t, second.Body, "activity_id")}
	if diff := cmp.Diff(want, got); diff != "" || !strings.HasSuffix(second.Body, `"pagination":{"next_cursor":null}}`) {
		t.Errorf("%s %s", diff, second.Body)
	}
	for _, limit := range []string{"0", "1001", "many"} {
		if got := c.get("/v2/activities?limit=" + limit); got.Status != 400 {
			t.Errorf("limit=%s: %d", limit, got.Status)
		}
	}
	if got := c.get("/v2/activities?cursor=" + cursor + "x"); got.Status != 400 {
		t.Errorf("a cursor that is not one: %d", got.Status)
	}
}

func TestARecordOfAnActivityIsWrittenLikeThatOfAnObject(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	visits := c.visits()
	c.must("POST", "/v2/activities/site_visits/attributes", newAttribute("ref", "text", `"is_unique":true`))
	c.must("POST", "/v2/activities/site_visits/attributes", newAttribute("sites", "domain", `"is_unique":true`, `"is_multiselect":true`))
	grace := idIn(t, c.must("POST", "/v2/objects/people/records", `{"data":{"values":{"name":"Hopper, Grace"}}}`), "record_id")
	by := `"created_by_actor":{"type":"api-token","id":"` + fake.ID("acme/tokens/full") + `"}`
	held := func(fields, kind string) string {
		return `[{"active_from":"` + atNoon + `","active_until":null,` + by + `,` + fields + `,"attribute_type":"` + kind + `"}]`
	}

	got := c.send("POST", "/v2/activities/site_visits/records", `{"data":{"values":{"ref":"v1","timestamp":"2026-01-10T09:00:00Z","participants":[{"target_object":"people","target_record_id":"`+grace+`"}]},"more":1}}`)
	id := idIn(t, got.Body, "record_id")
	record := func(ref string, participants string, sites string) string {
		return `{"id":{"workspace_id":"` + fake.ID("acme") + `","activity_id":"` + visits + `","record_id":"` + id + `"},"created_at":"` + atNoon + `","values":{` +
			`"record_id":` + held(`"value":"`+id+`"`, "text") + `,"timestamp":` + held(`"value":"2026-01-10T09:00:00.000000000Z"`, "timestamp") +
			`,"associated_records":[],"participants":` + participants + `,"created_at":` + held(`"value":"`+atNoon+`"`, "timestamp") +
			`,"created_by":` + held(`"referenced_actor_type":"api-token","referenced_actor_id":"`+fake.ID("acme/tokens/full")+`"`, "actor-reference") +
			`,"ref":` + held(`"value":"`+ref+`"`, "text") + `,"sites":` + sites + `}}`
	}
	site := func(domain string) string {
		return strings.Trim(held(`"domain":"`+domain+`","root_domain":"`+domain+`"`, "domain"), "[]")
	}
	ofGrace := held(`"target_object":"people","target_record_id":"`+grace+`"`, "record-reference")
	c.wants(got, 200, `{"data":`+record("v1", ofGrace, "[]")+`}`)
	path := "/v2/activities/site_visits/records/" + id
	c.wants(c.get(path), 200, `{"data":`+record("v1", ofGrace, "[]")+`}`)

	for _, tc := range []struct{ method, path, values, want string }{
		{"PATCH", path, `{"sites":["a.com"]}`, record("v1", ofGrace, "["+site("a.com")+"]")},
		{"PATCH", path, `{"sites":["b.com"]}`, record("v1", ofGrace, "["+site("b.com")+","+site("a.com")+"]")},
		{"PUT", "/v2/activities/" + visits + "/records?matching_attribute=sites", `{"sites":["b.com","c.com"],"participants":[]}`, record("v1", "[]", "["+site("c.com")+","+site("b.com")+","+site("a.com")+"]")},
		{"PUT", path, `{"sites":["a.com"]}`, record("v1", "[]", "["+site("a.com")+"]")},
	} {
		c.wants(c.send(tc.method, tc.path, `{"data":{"values":`+tc.values+`}}`), 200, `{"data":`+tc.want+`}`)
	}
	c.wants(c.send("PUT", path, `{"data":{"values":{},"more":1}}`), 400, badShape(`{"code":"unrecognized_keys","path":["data"],"message":"Unrecognized key(s) in object: 'more'"}`))
	c.wants(c.send("POST", "/v2/activities/site_visits/records", `{"data":{"values":{"ref":"v1"}}}`), 400, conflict("ref", id))
	c.wants(c.send("PUT", "/v2/activities/site_visits/records?matching_attribute=timestamp", `{"data":{"values":{}}}`), 400,
		badRequest("matching_attribute_definition_not_unique", "The matching attribute specified is not a unique attribute."))
	c.wants(c.send("DELETE", path, ""), 200, `{}`)
	c.wants(c.get(path), 404, notFound(`Activity record with ID "`+id+`" not found.`))
}

func TestAQueryOfAnActivityIsRefusedLikeThatOfAnObject(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	const path = "/v2/activities/phone_calls/records/query"
	noUUID := validation("Path params validation error", `{"code":"invalid_string","path":["record_id"],"message":"Invalid uuid","string_validation":"uuid"}`)
	for name, tc := range map[string]struct {
		method, path, body string
		status             int
		want               string
	}{
		"a limit that is too high": {"POST", path, `{"limit":1001}`, 400, validation("Body payload validation error.", `{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 1000"}`)},
		"a limit of nothing":       {"POST", path, `{"limit":0}`, 400, validation("Body payload validation error.", `{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`)},
		"a negative offset":        {"POST", path, `{"offset":-1}`, 400, validation("Body payload validation error.", `{"code":"too_small","path":["offset"],"message":"Number must be greater than or equal to 0"}`)},
		"a view, which is ignored": {"POST", path, `{"filter_view_id":"none","filter":{"direction":"Inbound"}}`, 200, `{"data":[]}`},
		"no body":                  {"POST", path, "", 200, `{"data":[]}`},
		"a record that is no id":   {"GET", "/v2/activities/phone_calls/records/intro", "", 400, noUUID},
		"a change of it":           {"PATCH", "/v2/activities/phone_calls/records/intro", `{"data":{"values":{}}}`, 400, noUUID},
		"an unknown option":        {"POST", "/v2/activities/phone_calls/records", `{"data":{"values":{"direction":"Up"}}}`, 400, unknownValue(`Cannot find select option with title "Up".`)},
		"an unknown attribute":     {"POST", "/v2/activities/phone_calls/records", `{"data":{"values":{"mood":"Good"}}}`, 400, unknownValue(`Cannot find attribute with slug/ID "mood".`)},
		"an upsert by nothing": {"PUT", "/v2/activities/phone_calls/records", `{"data":{"values":{}}}`, 400,
			validation("Query params validation error.", `{"code":"invalid_type","path":["matching_attribute"],"message":"Required","expected":"string","received":"undefined"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.send(tc.method, tc.path, tc.body), tc.status, tc.want)
		})
	}
}

func TestADeletedPersonNoLongerTakesPartInACall(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	grace := idIn(t, c.must("POST", "/v2/objects/people/records", `{"data":{"values":{"name":"Hopper, Grace"}}}`), "record_id")
	call := idIn(t, c.must("POST", "/v2/activities/phone_calls/records",
		`{"data":{"values":{"participants":[{"target_object":"people","target_record_id":"`+grace+`"}]}}}`), "record_id")
	c.must("DELETE", "/v2/objects/people/records/"+grace, "")
	if got := c.valueIn(c.must("GET", "/v2/activities/phone_calls/records/"+call, ""), "participants"); got != "" {
		t.Errorf("the call still has %s", got)
	}
	if found := c.must("POST", "/v2/objects/records/search", `{"query":"`+call+`","objects":["people","companies"],"request_as":{"type":"workspace"}}`); strings.Contains(found, call) {
		t.Errorf("the search of records finds a call: %s", found)
	}
	c.wants(c.send("POST", "/v2/objects/people/attributes", newAttribute("calls", "record-reference", `"config":{"record_reference":{"allowed_objects":["phone_calls"]}}`)), 400,
		badRequest("validation_type", `Could not find an object with slug "phone_calls" for allowed objects.`))
}

func TestAnActivityNeedsTheScopesOfItsConfigurationAndOfItsRecords(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	id := phoneCalls()
	w := c.server.Workspace("acme")
	reader := c.as(w.AddToken(fake.Token{Scopes: []string{"activity_configuration:read"}}).Value)
	config := c.as(w.AddToken(fake.Token{Scopes: []string{"activity_configuration:read-write"}}).Value)
	objects := c.as(w.AddToken(fake.Token{Scopes: []string{"object_configuration:read-write", "list_configuration:read-write"}}).Value)
	for name, tc := range map[string]struct {
		client             *client
		method, path, body string
		status             int
	}{
		"a reader reads":                          {reader, "GET", "", "", 200},
		"a reader reads attributes":               {reader, "GET", "/attributes", "", 200},
		"a reader does not write":                 {reader, "PATCH", "", `{"data":{"singular_noun":"Call"}}`, 403},
		"a reader does not make attributes":       {reader, "POST", "/attributes", newAttribute("a", "text"), 403},
		"a writer makes attributes":               {config, "POST", "/attributes", newAttribute("b", "text"), 200},
		"a writer makes options":                  {config, "POST", "/attributes/direction/options", `{"data":{"title":"Missed"}}`, 200},
		"a deletion needs those of records too":   {config, "DELETE", "", "", 403},
		"records need their own":                  {config, "POST", "/records/query", `{}`, 403},
		"those of objects and lists are no use":   {objects, "GET", "/attributes", "", 403},
		"nor to make options of their attributes": {objects, "POST", "/attributes/direction/options", `{"data":{"title":"Missed"}}`, 403},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tc.client.in(t).send(tc.method, "/v2/activities/"+id+tc.path, tc.body); got.Status != tc.status {
				t.Errorf("%d %s", got.Status, got.Body)
			}
		})
	}
}

// A dialler logs calls, each of them once even if it sends them twice, shows the latest outbound ones, and hears by webhook of those
// that others log.
func TestADiallerLogsPhoneCalls(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	heard := make(chan string, 10)
	c.server.Workspace("acme").WebhookTo(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		heard <- string(body)
	}), "activity-record.created", "activity-record.deleted", "activity-attribute.created")
	attribute := idIn(t, c.must("POST", "/v2/activities/phone_calls/attributes", newAttribute("call_id", "text", `"is_unique":true`)), "attribute_id")
	grace := idIn(t, c.must("POST", "/v2/objects/people/records", `{"data":{"values":{"name":"Hopper, Grace"}}}`), "record_id")
	log := func(id, direction, at string) string {
		t.Helper()
		c.server.Advance(time.Second)
		return idIn(t, c.must("PUT", "/v2/activities/phone_calls/records?matching_attribute=call_id", `{"data":{"values":{"call_id":"`+id+`","direction":"`+direction+
			`","timestamp":"`+at+`","participants":[{"target_object":"people","target_record_id":"`+grace+`"}]}}}`), "record_id")
	}
	first := log("c1", "Outbound", "2026-01-10T09:00:00Z")
	inbound := log("c2", "Inbound", "2026-01-11T09:00:00Z")
	last := log("c3", "Outbound", "2026-01-12T09:00:00Z")
	if again := log("c1", "Outbound", "2026-01-13T09:00:00Z"); again != first {
		t.Errorf("a call that is sent again is another one: %s, %s", first, again)
	}

	query := func(body string) []string {
		t.Helper()
		var ids []string
		for _, found := range regexp.MustCompile(`"record_id":"([^"]+)"},`).FindAllStringSubmatch(c.must("POST", "/v2/activities/phone_calls/records/query", body), -1) {
			ids = append(ids, found[1])
		}
		return ids
	}
	for body, want := range map[string][]string{
		`{"filter":{"direction":"Outbound"},"sorts":[{"direction":"desc","attribute":"timestamp"}]}`:          {first, last},
		`{"filter":{"direction":"Outbound"},"sorts":[{"direction":"asc","attribute":"timestamp"}],"limit":1}`: {last},
		`{"sorts":[{"direction":"asc","attribute":"timestamp"}],"offset":1,"limit":1}`:                        {last},
		`{"filter":{"call_id":"c2"}}`: {inbound},
		`{"filter":{"path":[["phone_calls","participants"],["people","name"]],"constraints":{"last_name":"Hopper"}},"sorts":[{"direction":"asc","attribute":"timestamp"}]}`: {inbound, last, first},
	} {
		if diff := cmp.Diff(want, query(body)); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
	if got := c.send("POST", "/v2/activities/phone_calls/records/query", `{"filter":{"mood":"good"}}`); got.Status != 400 {
		t.Errorf("a filter by an unknown attribute: %d %s", got.Status, got.Body)
	}

	c.must("DELETE", "/v2/activities/phone_calls/records/"+inbound, "")
	for _, want := range []string{
		"activity-attribute.created attribute_id " + attribute, "activity-record.created record_id " + first, "activity-record.created record_id " + inbound,
		"activity-record.created record_id " + last, "activity-record.deleted record_id " + inbound,
	} {
		event := strings.Fields(want)
		wanted := `"events":[{"event_type":"` + event[0] + `","id":{"workspace_id":"` + fake.ID("acme") + `","activity_id":"` + phoneCalls() +
			`","` + event[1] + `":"` + event[2] + `"},"actor":{"type":"api-token","id":"` + fake.ID("acme/tokens/full") + `"}}]}`
		select {
		case got := <-heard:
			if !strings.HasSuffix(got, wanted) {
				t.Errorf("got %s, want %s", got, wanted)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("waited in vain for %s", want)
		}
	}
}
