package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

const meetingScenario = `
version: 1
users: {ada: {email: ada@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens:
      full: {scopes: all}
      reader: {scopes: ["meeting:read", "record_permission:read"]}
      half: {scopes: ["meeting:read-write"]}
    objects:
      people: {records: {grace: {email_addresses: [grace@navy.example.com]}, alan: {email_addresses: [alan@park.example.com]}}}
      companies: {records: {navy: {domains: [navy.example.com]}}}
    meetings:
      synced: {start: 2026-03-01T09:00:00Z, participants: [grace@navy.example.com], synced: true}
  globex:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
`

// newMeetingClient starts a server whose clock is frozen at noon.
func newMeetingClient(t testing.TB, options ...fake.Option) *client {
	t.Helper()
	return newClient(t, append([]fake.Option{fake.YAML(meetingScenario), fake.FixedClock(noon)}, options...)...)
}

const meetings = "/v2/meetings"

// talk is the body of a new meeting with changes; nil removes a member.
func talk(changes J) J {
	data := J{
		"title": "Talk", "description": "About ships", "is_all_day": false,
		"start":        J{"datetime": "2026-02-02T09:00:00Z"},
		"end":          J{"datetime": "2026-02-02T10:00:00Z"},
		"participants": []J{{"email_address": "grace@navy.example.com", "is_organizer": true, "status": "accepted"}},
	}
	for key, value := range changes {
		if data[key] = value; value == nil {
			delete(data, key)
		}
	}
	return data
}

// meet makes a meeting and returns its id.
func (c *client) meet(data J) string {
	c.t.Helper()
	got := c.do(http.MethodPost, meetings, J{"data": data})
	if got.Status != http.StatusOK {
		c.t.Fatalf("%d %s", got.Status, got.Body)
	}
	return idIn(c.t, got.Body, "meeting_id")
}

const (
	talkTimes  = `"start":{"datetime":"2026-02-02T09:00:00.000Z","timezone":null},"end":{"datetime":"2026-02-02T10:00:00.000Z","timezone":null}`
	talkGuests = `[{"status":"accepted","is_organizer":true,"email_address":"grace@navy.example.com","name":null}]`
)

// meetingJSON is a meeting that the token made at noon.
func meetingJSON(id, times, guests string, linked ...string) string {
	return fmt.Sprintf(`{"id":{"workspace_id":"%s","meeting_id":"%s"},"title":"Talk","description":"About ships","is_all_day":%t,%s,`+
		`"participants":%s,"linked_records":%s,"created_at":"%s","created_by_actor":%s}`,
		fake.ID("acme"), id, strings.Contains(times, `"date":`), times, guests, list(linked...), stamp(0), token)
}

// linkedJSON is a record linked to a meeting, by its path in the scenario: "people/grace".
func linkedJSON(path string) string {
	object, _, _ := strings.Cut(path, "/")
	return fmt.Sprintf(`{"object_slug":"%s","object_id":"%s","record_id":"%s"}`, object, fake.ID("acme/objects/"+object), fake.ID("acme/"+path))
}

// linkTo is a link to a record as a client writes it.
func linkTo(path string) J {
	object, _, _ := strings.Cut(path, "/")
	return J{"object": object, "record_id": fake.ID("acme/" + path)}
}

func wrapped(data string) string { return `{"data":` + data + `}` }

func TestMeetingsAreMadeAndRead(t *testing.T) {
	t.Parallel()
	grace := linkedJSON("people/grace")
	for name, tc := range map[string]struct {
		changes J
		times   string
		guests  string
		linked  []string
	}{
		"as little as can be": {nil, talkTimes, talkGuests, []string{grace}},
		"in a time zone": {
			J{"start": J{"datetime": "2026-02-02T09:00:00", "timezone": "America/New_York"}, "end": J{"datetime": "2026-02-02T15:30:00.5Z", "timezone": "Europe/Berlin"}},
			`"start":{"datetime":"2026-02-02T09:00:00.000-05:00","timezone":"America/New_York"},"end":{"datetime":"2026-02-02T16:30:00.500+01:00","timezone":"Europe/Berlin"}`,
			talkGuests, []string{grace},
		},
		"in no time zone and in an unknown one": {
			J{"start": J{"datetime": "2026-02-02T09:00:00+01:00", "timezone": nil}, "end": J{"datetime": "2026-02-02T10:00", "timezone": "Mars/Olympus"}},
			`"start":{"datetime":"2026-02-02T08:00:00.000Z","timezone":null},"end":{"datetime":"2026-02-02T10:00:00.000Z","timezone":"UTC"}`,
			talkGuests, []string{grace},
		},
		"without a length": {
			J{"end": J{"datetime": "2026-02-02T10:00:00+01:00"}},
			strings.Replace(talkTimes, "10:00", "09:00", 1), talkGuests, []string{grace},
		},
		"all day": {
			J{"is_all_day": true, "start": J{"date": "2026-02-02"}, "end": J{"date": "2026-02-04"}},
			`"start":{"date":"2026-02-02"},"end":{"date":"2026-02-04"}`, talkGuests, []string{grace},
		},
		"with participants of all kinds": {
			J{"participants": []J{
				{"email_address": "Alan@Park.example.com", "is_organizer": "true", "status": "tentative", "name": "Alan"},
				{"email_address": "nobody@navy.example.com", "is_organizer": "false", "status": "declined"},
				{"name": "Somebody", "is_organizer": false, "status": "pending", "phone": "1"},
			}},
			talkTimes, `[{"status":"tentative","is_organizer":true,"email_address":"alan@park.example.com","name":null},` +
				`{"status":"declined","is_organizer":false,"email_address":"nobody@navy.example.com","name":null},` +
				`{"status":"pending","is_organizer":false,"email_address":null,"name":"Somebody"}]`,
			[]string{linkedJSON("people/alan")},
		},
		"linked to records": {
			J{"linked_records": []J{
				linkTo("companies/navy"), {"object": fake.ID("acme/objects/people"), "record_id": strings.ToUpper(fake.ID("acme/people/alan"))}, linkTo("companies/navy"),
			}},
			talkTimes, talkGuests, []string{linkedJSON("companies/navy"), linkedJSON("people/alan"), grace},
		},
		"with a reference of former times": {J{"external_ref": 7}, talkTimes, talkGuests, []string{grace}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newMeetingClient(t)
			got := c.do(http.MethodPost, meetings, J{"data": talk(tc.changes)})
			id := idIn(t, got.Body, "meeting_id")
			want := wrapped(meetingJSON(id, tc.times, tc.guests, tc.linked...))
			c.wants(got, 200, want)
			c.wants(c.get(meetings+"/"+id), 200, want)
			c.wants(c.get(meetings+"/"+strings.ToUpper(id)), 200, want)
		})
	}
}

func TestTheSameMeetingIsMadeAgain(t *testing.T) {
	t.Parallel()
	c := newMeetingClient(t)
	reference := J{"ical_uid": "1@example.com", "provider": "google", "is_recurring": false}
	if a, b := c.meet(talk(J{"external_ref": reference})), c.meet(talk(J{"external_ref": reference})); a == b {
		t.Error("there is one meeting only")
	}
}

func TestTextsMayBeAsLongAsAttioSays(t *testing.T) {
	t.Parallel()
	c := newMeetingClient(t)
	c.meet(talk(J{"title": "", "description": ""}))
	c.meet(talk(J{"title": strings.Repeat("é", 1000), "description": strings.Repeat("d", 10000)}))
	guests := make([]J, 500)
	for i := range guests {
		guests[i] = J{"name": "Guest", "is_organizer": false, "status": "pending"}
	}
	links := make([]J, 50)
	for i := range links {
		links[i] = linkTo("people/alan")
	}
	c.meet(talk(J{"participants": guests, "linked_records": links}))
	c.wants(c.do(http.MethodPost, meetings, J{"data": talk(J{
		"title": strings.Repeat("é", 1001), "description": strings.Repeat("d", 10001), "participants": append(guests, guests[0]), "linked_records": append(links, links[0]),
	})}), 400, validation("Body payload validation error.",
		`{"code":"too_big","path":["data","title"],"message":"String must contain at most 1000 character(s)"}`,
		`{"code":"too_big","path":["data","description"],"message":"String must contain at most 10000 character(s)"}`,
		`{"code":"too_big","path":["data","participants"],"message":"Array must contain at most 500 element(s)"}`,
		`{"code":"too_big","path":["data","linked_records"],"message":"Array must contain at most 50 element(s)"}`))
}

const unknownLink = "Could not find record for values passed to the linked_records field. " +
	"Please ensure that all values you are trying to set have a corresponding record that already exists in Attio."

func TestAWrongMeetingIsRefusedAndNotMade(t *testing.T) {
	t.Parallel()
	c := newMeetingClient(t)
	before := c.get(meetings).Body
	bad := func(issues ...string) string { return validation("Body payload validation error.", issues...) }
	const required = `"message":"Required","expected":"%s","received":"undefined"}`
	missing := func(key, expected string) string {
		return `{"code":"invalid_type","path":["data","` + key + `"],` + fmt.Sprintf(required, expected)
	}
	guest := func(change J) J {
		g := J{"email_address": "grace@navy.example.com", "is_organizer": true, "status": "accepted"}
		for key, value := range change {
			if g[key] = value; value == nil {
				delete(g, key)
			}
		}
		return talk(J{"participants": []J{g}})
	}
	const unknown = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
	const invalid = `"message":"Invalid input"}`
	for name, tc := range map[string]struct {
		body any
		want string
	}{
		"nothing": {J{}, bad(`{"code":"invalid_type","path":["data"],` + fmt.Sprintf(required, "object"))},
		"nothing in it": {J{"data": J{}}, bad(missing("title", "string"), missing("description", "string"),
			`{"code":"invalid","path":["data","start"],`+invalid, `{"code":"invalid","path":["data","end"],`+invalid,
			missing("is_all_day", "boolean"), missing("participants", "array"))},
		"other types": {J{"data": talk(J{"title": 1, "is_all_day": "false", "start": "2026-02-02", "linked_records": J{}})}, bad(
			`{"code":"invalid_type","path":["data","title"],"message":"Expected string, received number","expected":"string","received":"number"}`,
			`{"code":"invalid","path":["data","start"],`+invalid,
			`{"code":"invalid_type","path":["data","is_all_day"],"message":"Expected boolean, received string","expected":"boolean","received":"string"}`,
			`{"code":"invalid_type","path":["data","linked_records"],"message":"Expected array, received object","expected":"array","received":"object"}`)},
		"no time at all": {J{"data": talk(J{"start": J{}})}, bad(`{"code":"invalid","path":["data","start"],` + invalid)},
		"two kinds of time": {J{"data": talk(J{"end": J{"datetime": "2026-02-02T10:00:00Z", "date": "2026-02-02"}})},
			bad(`{"code":"unrecognized_keys","path":["data","end"],"message":"Unrecognized key(s) in object: 'date'"}`)},
		"a day in a time zone": {J{"data": talk(J{"is_all_day": true, "start": J{"date": "2026-02-02", "timezone": "UTC"}, "end": J{"date": "2026-02-03"}})},
			bad(`{"code":"unrecognized_keys","path":["data","start"],"message":"Unrecognized key(s) in object: 'timezone'"}`)},
		"what is no time": {J{"data": talk(J{"start": J{"datetime": "tomorrow"}, "end": J{"datetime": "2026-02-02"}})}, bad(
			`{"code":"invalid_string","path":["data","start","datetime"],"message":"Invalid datetime","string_validation":"datetime"}`,
			`{"code":"invalid_string","path":["data","end","datetime"],"message":"Invalid datetime","string_validation":"datetime"}`)},
		"a time with an impossible offset": {J{"data": talk(J{"start": J{"datetime": "2026-02-02T09:00:00+99:00"}})},
			bad(`{"code":"invalid_string","path":["data","start","datetime"],"message":"Invalid datetime","string_validation":"datetime"}`)},
		"a day that does not exist": {J{"data": talk(J{"is_all_day": true, "start": J{"date": "2026-02-29"}, "end": J{"date": "2026-03-01"}})},
			bad(`{"code":"invalid","path":["data","start","date"],"message":"Invalid date"}`)},
		"an all-day meeting at a time": {J{"data": talk(J{"is_all_day": true})}, bad(
			`{"code":"invalid","path":["data","start"],"message":"All day meetings must use a date"}`,
			`{"code":"invalid","path":["data","end"],"message":"All day meetings must use a date"}`)},
		"another meeting on a day": {J{"data": talk(J{"start": J{"date": "2026-02-02"}})},
			bad(`{"code":"invalid","path":["data","start"],"message":"Meetings that are not all day must use a datetime"}`)},
		"an end before the start": {J{"data": talk(J{"end": J{"datetime": "2026-02-02T08:59:59Z"}})},
			bad(`{"code":"invalid","path":["data","end"],"message":"Meetings cannot end before they start"}`)},
		"nobody": {J{"data": talk(J{"participants": []J{}})}, badRequest("validation_type", "No participants were provided.")},
		"somebody without anything": {J{"data": talk(J{"participants": []J{{}}})}, bad(
			`{"code":"invalid","path":["data","participants",0,"is_organizer"],`+invalid,
			`{"code":"invalid_type","path":["data","participants",0,"status"],`+fmt.Sprintf(required, "'accepted' | 'tentative' | 'declined' | 'pending'"))},
		"somebody without a name": {J{"data": guest(J{"email_address": nil})},
			bad(`{"code":"invalid","path":["data","participants",0],"message":"Participants must have an email_address or a name"}`)},
		"an empty name":           {J{"data": guest(J{"name": ""})}, bad(`{"code":"too_small","path":["data","participants",0,"name"],"message":"String must contain at least 1 character(s)"}`)},
		"an address that is none": {J{"data": guest(J{"email_address": "grace"})}, bad(`{"code":"invalid","path":["data","participants",0,"email_address"],"message":"Invalid email address"}`)},
		"an answer that is none": {J{"data": guest(J{"status": "maybe", "is_organizer": "yes"})}, bad(
			`{"code":"invalid","path":["data","participants",0,"is_organizer"],`+invalid,
			`{"code":"invalid_option","path":["data","participants",0,"status"],"message":"Invalid enum value. Expected 'accepted' | 'tentative' | 'declined' | 'pending', received 'maybe'","options":["accepted","tentative","declined","pending"]}`)},
		"an unknown record": {J{"data": talk(J{"linked_records": []J{linkTo("people/alan"), {"object": "people", "record_id": unknown}}})},
			unknownValue(unknownLink)},
		"an object that is off": {J{"data": talk(J{"linked_records": []J{{"object": "deals", "record_id": unknown}}})}, isOff("deals")},
		"a record of another object": {J{"data": talk(J{"linked_records": []J{{"object": "people", "record_id": fake.ID("acme/companies/navy")}}})},
			unknownValue(unknownLink)},
		"a record of an unknown object": {J{"data": talk(J{"linked_records": []J{{"object": "robots", "record_id": unknown}}})},
			unknownValue(unknownLink)},
	} {
		t.Run(name, func(t *testing.T) {
			c := c.in(t)
			c.wants(c.do(http.MethodPost, meetings, tc.body), 400, tc.want)
			if diff := cmp.Diff(before, c.get(meetings).Body); diff != "" {
				t.Errorf("something changed: %s", diff)
			}
		})
	}
}

func TestRecordsAreLinkedAndUnlinked(t *testing.T) {
	t.Parallel()
	c := newMeetingClient(t)
	id := c.meet(talk(nil))
	write := func(method string, links ...J) answer {
		return c.do(method, meetings+"/"+id, J{"data": J{"linked_records": append([]J{}, links...)}})
	}
	expect := func(got answer, paths ...string) {
		t.Helper()
		var linked []string
		for _, path := range paths {
			linked = append(linked, linkedJSON(path))
		}
		want := wrapped(meetingJSON(id, talkTimes, talkGuests, linked...))
		c.wants(got, 200, want)
		c.wants(c.get(meetings+"/"+id), 200, want)
	}
	const patch, put = http.MethodPatch, http.MethodPut
	expect(write(patch, linkTo("companies/navy"), linkTo("people/grace"), linkTo("companies/navy")), "people/grace", "companies/navy")
	expect(write(patch), "people/grace", "companies/navy")
	expect(write(put, linkTo("people/alan"), linkTo("companies/navy"), linkTo("people/alan")), "people/alan", "companies/navy")
	c.wants(c.do(http.MethodDelete, "/v2/objects/people/records/"+fake.ID("acme/people/alan"), nil), 200, `{}`)
	expect(c.get(meetings+"/"+id), "companies/navy")
	expect(write(patch, linkTo("people/grace")), "companies/navy", "people/grace")
	expect(write(put))
}

func TestWrongLinksAreRefusedAndChangeNothing(t *testing.T) {
	t.Parallel()
	c := newMeetingClient(t)
	id := c.meet(talk(nil))
	before := c.get(meetings + "/" + id).Body
	const unknown = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
	bad := func(issues ...string) string { return validation("Body payload validation error.", issues...) }
	for name, tc := range map[string]struct {
		data J
		want string
	}{
		"no links": {J{}, bad(`{"code":"invalid_type","path":["data","linked_records"],"message":"Required","expected":"array","received":"undefined"}`)},
		"links without anything": {J{"linked_records": []J{{}, {"object": 1, "record_id": "grace"}}}, bad(
			`{"code":"invalid_type","path":["data","linked_records",0,"object"],"message":"Required","expected":"string","received":"undefined"}`,
			`{"code":"invalid_type","path":["data","linked_records",0,"record_id"],"message":"Required","expected":"string","received":"undefined"}`,
			`{"code":"invalid_type","path":["data","linked_records",1,"object"],"message":"Expected string, received number","expected":"string","received":"number"}`,
			`{"code":"invalid_string","path":["data","linked_records",1,"record_id"],"message":"Invalid uuid","string_validation":"uuid"}`)},
		"an unknown record": {J{"linked_records": []J{linkTo("people/alan"), {"object": "people", "record_id": unknown}}},
			unknownValue(unknownLink)},
		"an object that is off":      {J{"linked_records": []J{{"object": "deals", "record_id": unknown}}}, isOff("deals")},
		"a record of another object": {J{"linked_records": []J{{"object": "companies", "record_id": fake.ID("acme/people/grace")}}}, unknownValue(unknownLink)},
		"an unknown object":          {J{"linked_records": []J{{"object": "robots", "record_id": unknown}}}, unknownValue(unknownLink)},
	} {
		for _, method := range []string{http.MethodPatch, http.MethodPut} {
			t.Run(name+" by "+method, func(t *testing.T) {
				c := c.in(t)
				c.wants(c.do(method, meetings+"/"+id, J{"data": tc.data}), 400, tc.want)
				c.wants(c.get(meetings+"/"+id), 200, before)
			})
		}
	}
}

func TestMeetingsAreDeletedUnlessTheyAreSynced(t *testing.T) {
	t.Parallel()
	c := newMeetingClient(t)
	id, synced := c.meet(talk(nil)), fake.ID("acme/meetings/synced")
	c.wants(c.do(http.MethodDelete, meetings+"/"+id, nil), 200, `{}`)
	c.wants(c.get(meetings+"/"+id), 404, notFound(`Meeting with ID "`+id+`" was not found.`))
	c.wants(c.do(http.MethodDelete, meetings+"/"+synced, nil), 400, badRequest("system_edit_unauthorized", "Cannot delete a meeting which was created by calendar sync."))
	c.wants(c.do(http.MethodDelete, "/v2/objects/people/records/"+fake.ID("acme/people/grace"), nil), 200, `{}`)
	got := c.do(http.MethodPut, meetings+"/"+synced, J{"data": J{"linked_records": []J{linkTo("companies/navy")}}})
	if want := `"linked_records":` + list(linkedJSON("companies/navy")); got.Status != 200 || !strings.Contains(got.Body, want) {
		t.Errorf("got %d %s", got.Status, got.Body)
	}
}

func TestAnUnknownMeetingIsNotFound(t *testing.T) {
	t.Parallel()
	c := newMeetingClient(t)
	foreign := c.as(c.server.Token("globex")).meet(talk(nil))
	const unknown = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
	for name, tc := range map[string]struct {
		id     string
		status int
		body   string
	}{
		"an unknown meeting":             {unknown, 404, notFound(`Meeting with ID "` + unknown + `" was not found.`)},
		"a meeting of another workspace": {foreign, 404, notFound(`Meeting with ID "` + foreign + `" was not found.`)},
		"what is no UUID": {"talk", 400, validation("Path params validation error",
			`{"code":"invalid_string","path":["meeting_id"],"message":"Invalid uuid","string_validation":"uuid"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			links := J{"data": J{"linked_records": []J{{"object": "robots", "record_id": unknown}}}}
			c.wants(c.get(meetings+"/"+tc.id), tc.status, tc.body)
			c.wants(c.do(http.MethodPatch, meetings+"/"+tc.id, links), tc.status, tc.body)
			c.wants(c.do(http.MethodPut, meetings+"/"+tc.id, links), tc.status, tc.body)
			c.wants(c.do(http.MethodDelete, meetings+"/"+tc.id, nil), tc.status, tc.body)
		})
	}
}

func TestMeetingsNeedTheirScopes(t *testing.T) {
	t.Parallel()
	c := newMeetingClient(t)
	id := c.meet(talk(nil))
	reader, half := c.as(c.server.Token("acme/reader")), c.as(c.server.Token("acme/half"))
	lacks := func(level, scope string) string {
		return refusal("403", "auth_error", "unauthorized", "The API Key provided is not authorized to perform the requested action. "+
			"This request requires scopes: "+level+" access to the "+scope+" scope.")
	}
	c.wants(reader.get(meetings+"/"+id), 200, c.get(meetings+"/"+id).Body)
	c.wants(reader.get(meetings), 200, c.get(meetings).Body)
	c.wants(reader.do(http.MethodPost, meetings, J{}), 403, lacks("Read-Write", "Meetings"))
	for _, method := range []string{http.MethodPatch, http.MethodPut, http.MethodDelete} {
		c.wants(reader.do(method, meetings+"/"+id, nil), 403, lacks("Read-Write", "Meetings"))
	}
	c.wants(half.get(meetings), 403, lacks("Read", "Records"))
	c.wants(half.do(http.MethodPut, meetings+"/"+id, J{}), 403, lacks("Read", "Records"))
	c.wants(half.do(http.MethodDelete, meetings+"/"+id, nil), 200, `{}`)
}

func TestMeetingsAreListedAsRecorded(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"nango__meetings", "kyle__call_recordings_list_0"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(recordedWorkspace))
			recording := contract.FindRecording(t, name)
			got := contract.Do(t, c.http, c.server.URL, c.token, recording)
			for _, difference := range contract.Compare(recording, got, contract.StrictNull()) {
				t.Error(difference)
			}
		})
	}
}

func TestParticipantsBecomePeopleLaterWhereAttioDoesItsOwn(t *testing.T) {
	t.Parallel()
	c := newMeetingClient(t, fake.YAML(`{version: 1, workspaces: {acme: {effects: {link_companies: true}}}}`))
	got := c.do(http.MethodPost, meetings, J{"data": talk(J{"participants": []J{
		{"email_address": "new@rocket.example.com", "is_organizer": true, "status": "accepted"},
	}})})
	guests := `[{"status":"accepted","is_organizer":true,"email_address":"new@rocket.example.com","name":null}]`
	id := idIn(t, got.Body, "meeting_id")
	c.wants(got, 200, wrapped(meetingJSON(id, talkTimes, guests)))
	acme := c.server.Workspace("acme")
	person := acme.Query("people", fake.Filter{"email_addresses": "new@rocket.example.com"})[0]
	company := acme.Query("companies", fake.Filter{"domains": "example.com"})[0]
	linked := func(object, id string) string {
		return strings.Replace(linkedJSON(object+"/x"), fake.ID("acme/"+object+"/x"), id, 1)
	}
	c.wants(c.get(meetings+"/"+id), 200, wrapped(meetingJSON(id, talkTimes, guests, linked("people", person.ID()), linked("companies", company.ID()))))
	c.wants(c.do(http.MethodPut, meetings+"/"+id, J{"data": J{"linked_records": []J{}}}), 200, wrapped(meetingJSON(id, talkTimes, guests)))
	c.wants(c.get(meetings+"/"+id), 200, wrapped(meetingJSON(id, talkTimes, guests)))
}
