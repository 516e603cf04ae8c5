package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake"
)

// callScenario has a meeting with call recordings in each state, and one without.
const callScenario = `
version: 1
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}, reader: {scopes: [meeting:read, call_recording:read]}, calls: {scopes: ["call_recording:read-write"]}}
    meetings:
      kickoff: {start: 2026-01-14T09:00:00Z, participants: [grace@example.org]}
      quiet: {start: 2026-01-14T11:00:00Z, participants: [grace@example.org]}
    call_recordings:
      done:
        meeting: kickoff
        created_at: 2026-01-14T10:00:00Z
        transcript:
          - {speech: "Hello,", start_time: 0.5123, end_time: 1, speaker: Ada Lovelace}
          - {speech: Grace., start_time: 1, end_time: 2.25, speaker: Ada Lovelace}
          - {speech: Hello <Ada> & all., start_time: 62, end_time: 63, speaker: Grace Hopper}
      busy: {meeting: kickoff, created_at: 2026-01-14T10:00:01Z, created_by: {token: full}, ready_at: 2026-01-15T12:00:10Z, transcript: []}
      failed: {meeting: kickoff, created_at: 2026-01-14T10:00:02Z, created_by: system, failed: true, transcript: []}
      captured: {meeting: kickoff, created_at: 2026-01-14T10:00:03Z, created_by: system, captured: true, video_url: https://video.example.com/1.mp4}
      sent: {meeting: kickoff, created_at: 2026-01-14T10:00:04Z, video_url: https://video.example.com/2.mp4}
  small:
    plan: plus
    tokens: {full: {scopes: all}}
    meetings: {kickoff: {start: 2026-01-14T09:00:00Z, participants: [grace@example.org]}}
`

func newCallClient(t testing.TB) *client {
	t.Helper()
	return newClient(t, fake.YAML(callScenario), fake.FixedClock(time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)))
}

// calls is the path of the call recordings of a meeting in the scenario, or of one of them.
func calls(meeting string, recording ...string) string {
	return "/v2/meetings/" + strings.Join(append([]string{fake.ID("acme/meetings/" + meeting), "call_recordings"}, recording...), "/")
}

func callID(key string) string { return fake.ID("acme/call_recordings/" + key) }

// callJSON is a call recording of the meeting kickoff in a listing.
func callJSON(id, status, actor, created string) string {
	meeting := fake.ID("acme/meetings/kickoff")
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","meeting_id":"` + meeting + `","call_recording_id":"` + id + `"},"status":"` + status + `",` +
		`"web_url":"https://app.attio.com/acme/calls/` + meeting + `/` + id + `","created_by_actor":` + actor + `,"created_at":"` + created + `"}`
}

// wholeCall is a single call recording with its video and its transcript.
func wholeCall(listed, video, transcript string) string {
	return wrapped(strings.TrimSuffix(listed, "}") + `,"video_url":` + video + `,"transcript":` + transcript + `}`)
}

var (
	byAda   = `{"type":"workspace-member","id":"` + fake.ID("acme/members/ada") + `"}`
	byToken = `{"type":"api-token","id":"` + fake.ID("acme/tokens/full") + `"}`
	byAttio = `{"type":"system","id":null}`
)

const saidJSON = `[{"speech":"Hello,","start_time":0.5123,"end_time":1,"speaker":{"name":"Ada Lovelace"}},` +
	`{"speech":"Grace.","start_time":1,"end_time":2.25,"speaker":{"name":"Ada Lovelace"}},` +
	`{"speech":"Hello <Ada> & all.","start_time":62,"end_time":63,"speaker":{"name":"Grace Hopper"}}]`

const saidText = `"raw_transcript":"[00:00] Ada Lovelace: Hello, Grace.\n[01:02] Grace Hopper: Hello <Ada> & all."`

func TestCallRecordingsAreListedOldestFirst(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	want := strings.Join([]string{
		callJSON(callID("done"), "completed", byAda, "2026-01-14T10:00:00.000000000Z"),
		callJSON(callID("busy"), "processing", byToken, "2026-01-14T10:00:01.000000000Z"),
		callJSON(callID("failed"), "failed", byAttio, "2026-01-14T10:00:02.000000000Z"),
		callJSON(callID("captured"), "completed", byAttio, "2026-01-14T10:00:03.000000000Z"),
		callJSON(callID("sent"), "completed", byAda, "2026-01-14T10:00:04.000000000Z"),
	}, ",")
	c.wants(c.get(calls("kickoff")), 200, `{"data":[`+want+`],"pagination":{"next_cursor":null}}`)
	c.wants(c.get(calls("quiet")), 200, `{"data":[],"pagination":{"next_cursor":null}}`)
	c.wants(c.as(c.server.Token("acme/reader")).get(calls("quiet")), 200, `{"data":[],"pagination":{"next_cursor":null}}`)
}

func TestACallRecordingHasWhatWasRecorded(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	get := func(key string) answer { return c.get(calls("kickoff", callID(key))) }
	c.wants(get("done"), 200, wholeCall(callJSON(callID("done"), "completed", byAda, "2026-01-14T10:00:00.000000000Z"), "null",
		`{"segments":`+saidJSON+`,`+saidText+`}`))
	c.wants(get("busy"), 200, wholeCall(callJSON(callID("busy"), "processing", byToken, "2026-01-14T10:00:01.000000000Z"), "null", "null"))
	c.wants(get("failed"), 200, wholeCall(callJSON(callID("failed"), "failed", byAttio, "2026-01-14T10:00:02.000000000Z"), "null", "null"))
	c.wants(get("captured"), 200, wholeCall(callJSON(callID("captured"), "completed", byAttio, "2026-01-14T10:00:03.000000000Z"),
		`"https://video.example.com/1.mp4"`, "null"))
	c.wants(get("sent"), 200, wholeCall(callJSON(callID("sent"), "completed", byAda, "2026-01-14T10:00:04.000000000Z"), "null", "null"))

	c.server.Advance(10 * time.Second)
	c.wants(get("busy"), 200, wholeCall(callJSON(callID("busy"), "completed", byToken, "2026-01-14T10:00:01.000000000Z"), "null",
		`{"segments":[],"raw_transcript":""}`))
}

func TestACallRecordingIsMadeAndProcessed(t *testing.T) {
	t.Parallel()
	const segment = `{"speech":"Hi","start_time":0,"end_time":1.5,"speaker":{"name":"Ada","email_address":"ada@example.com"},"more":1}`
	const said = `{"segments":[{"speech":"Hi","start_time":0,"end_time":1.5,"speaker":{"name":"Ada"}}],"raw_transcript":"[00:00] Ada: Hi"}`
	for name, tc := range map[string]struct {
		body  string
		takes time.Duration
		ends  string
		said  string
	}{
		"from a video and a transcript":   {`{"data":{"video_url":"https://example.com/a.mp4","transcript":[` + segment + `]}}`, time.Minute, "completed", said},
		"from a video":                    {`{"data":{"video_url":"https://example.com/a.mp4"}}`, time.Minute, "completed", "null"},
		"from a transcript":               {`{"data":{"transcript":[` + segment + `]}}`, 5 * time.Second, "completed", said},
		"from an empty transcript":        {`{"data":{"transcript":[]}}`, 5 * time.Second, "completed", `{"segments":[],"raw_transcript":""}`},
		"from a video that is not there":  {`{"data":{"video_url":"https://nowhere.invalid/a.mp4","transcript":[` + segment + `]}}`, time.Minute, "failed", "null"},
		"from the most that can be said":  {`{"data":{"transcript":[` + strings.Repeat(segment+",", 3999) + segment + `]}}`, 5 * time.Second, "completed", ""},
		"from what ends before it begins": {`{"data":{"transcript":[{"speech":"","start_time":5,"end_time":-1,"speaker":{"name":""}}]}}`, 5 * time.Second, "completed", `{"segments":[{"speech":"","start_time":5,"end_time":-1,"speaker":{"name":""}}],"raw_transcript":"[00:05] : "}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCallClient(t)
			made := c.send(http.MethodPost, calls("kickoff"), tc.body)
			id := idIn(t, made.Body, "call_recording_id")
			listed := func(status string) string {
				return callJSON(id, status, byToken, "2026-01-15T12:00:00.000000000Z")
			}
			c.wants(made, 200, wrapped(listed("processing")))
			c.server.Advance(tc.takes - time.Millisecond)
			c.wants(c.get(calls("kickoff", id)), 200, wholeCall(listed("processing"), "null", "null"))
			c.server.Advance(time.Millisecond)
			got := c.get(calls("kickoff", id))
			if tc.said != "" {
				c.wants(got, 200, wholeCall(listed(tc.ends), "null", tc.said))
			} else if got.Status != 200 || strings.Count(got.Body, `"Hi"`) != 4000 {
				t.Errorf("%d %.200s", got.Status, got.Body)
			}
		})
	}
}

func TestACallRecordingThatCannotBeMadeIsRefused(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	segment := func(edit string) string {
		return `{"data":{"transcript":[` + edit + `]}}`
	}
	long := strings.Repeat(`{"speech":"","start_time":0,"end_time":0,"speaker":{"name":""}},`, 4000) + `{"speech":"","start_time":0,"end_time":0,"speaker":{"name":""}}`
	for name, tc := range map[string]struct{ body, want string }{
		"without a body": {"", badShape(`{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}`)},
		"of nothing": {`{"data":{}}`,
			badShape(`{"code":"invalid","path":["data"],"message":"Call recordings must have a video_url or a transcript"}`)},
		"of null": {`{"data":{"video_url":null,"transcript":null}}`,
			badShape(`{"code":"invalid_type","path":["data","video_url"],"message":"Expected string, received null","expected":"string","received":"null"}`,
				`{"code":"invalid_type","path":["data","transcript"],"message":"Expected array, received null","expected":"array","received":"null"}`)},
		"of what is no URL": {`{"data":{"video_url":"a.mp4"}}`,
			badShape(`{"code":"invalid_string","path":["data","video_url"],"message":"Invalid url","string_validation":"url"}`)},
		"of http": {`{"data":{"video_url":"http://example.com/a.mp4"}}`,
			badRequest("validation_type", "Invalid video URL protocol. Only https is supported")},
		"of another type": {`{"data":{"video_url":"https://example.com/a.webm"}}`,
			badRequest("validation_type", "Invalid video URL file type. Only .mp4 is supported")},
		"of an empty segment": {segment(`{}`),
			badShape(`{"code":"invalid_type","path":["data","transcript",0,"speech"],"message":"Required","expected":"string","received":"undefined"}`,
				`{"code":"invalid_type","path":["data","transcript",0,"start_time"],"message":"Required","expected":"number","received":"undefined"}`,
				`{"code":"invalid_type","path":["data","transcript",0,"end_time"],"message":"Required","expected":"number","received":"undefined"}`,
				`{"code":"invalid_type","path":["data","transcript",0,"speaker"],"message":"Required","expected":"object","received":"undefined"}`)},
		"of what was said before": {segment(`{"speech":"","start_time":-0.1,"end_time":0,"speaker":{"name":""}}`),
			badShape(`{"code":"too_small","path":["data","transcript",0,"start_time"],"message":"Number must be greater than or equal to 0"}`)},
		"of a speaker without a name": {segment(`{"speech":"","start_time":0,"end_time":0,"speaker":{"email_address":"ada"}}`),
			badShape(`{"code":"invalid_type","path":["data","transcript",0,"speaker","name"],"message":"Required","expected":"string","received":"undefined"}`,
				`{"code":"invalid_string","path":["data","transcript",0,"speaker","email_address"],"message":"Invalid email","string_validation":"email"}`)},
		"of too much": {segment(long),
			badShape(`{"code":"too_big","path":["data","transcript"],"message":"Array must contain at most 4000 element(s)"}`)},
	} {
		got := c.send(http.MethodPost, calls("quiet"), tc.body)
		if diff := cmp.Diff(tc.want, got.Body); got.Status != 400 || diff != "" {
			t.Errorf("%s: %d %s", name, got.Status, diff)
		}
	}
	c.wants(c.get(calls("quiet")), 200, `{"data":[],"pagination":{"next_cursor":null}}`)

	small := c.as(c.server.Token("small"))
	path := "/v2/meetings/" + fake.ID("small/meetings/kickoff") + "/call_recordings"
	small.wants(small.send(http.MethodPost, path, `{"data":{"transcript":[]}}`), 403, refusal("403", "auth_error", "billing_error",
		"You attempted to create a call recording, which is not currently supported on your plan. Please upgrade or contact sales."))
}

func TestACallRecordingIsDeletedWithoutABody(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	path := calls("kickoff", callID("done"))
	got := c.do(http.MethodDelete, path, nil)
	if diff := cmp.Diff(answer{Status: 204}, answer{Status: got.Status, Body: got.Body}); diff != "" || got.Header.Get("Content-Type") != "" {
		t.Errorf("%s %v", diff, got.Header)
	}
	c.wants(c.get(path), 404, notFound(`Call recording with ID "`+callID("done")+`" was not found.`))
	c.wants(c.get(path+"/transcript"), 404, notFound(`Call recording with ID "`+callID("done")+`" was not found.`))
	c.wants(c.do(http.MethodDelete, path, nil), 404, notFound("The referenced call recording was not found."))
}

func TestWhatIsNotThereIsCalledWhatItIs(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	const unknown = "0d2a5b7c-0000-4000-8000-000000000000"
	meeting, recording := calls("quiet", callID("done")), calls("kickoff", unknown)
	nowhere := "/v2/meetings/" + unknown + "/call_recordings"
	notUUID := func(names ...string) string {
		var issues []string
		for _, name := range names {
			issues = append(issues, `{"code":"invalid_string","path":["`+name+`"],"message":"Invalid uuid","string_validation":"uuid"}`)
		}
		return `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Path params validation error","validation_errors":[` +
			strings.Join(issues, ",") + `]}`
	}
	for name, tc := range map[string]struct {
		method, path string
		status       int
		want         string
	}{
		"a meeting without recordings to list": {"GET", nowhere, 404, notFound(`Meeting with ID "` + unknown + `" was not found.`)},
		"a meeting to record":                  {"POST", nowhere, 404, notFound("The referenced meeting was not found.")},
		"a recording":                          {"GET", recording, 404, notFound(`Call recording with ID "` + unknown + `" was not found.`)},
		"a recording to delete":                {"DELETE", recording, 404, notFound("The referenced call recording was not found.")},
		"the transcript of a recording":        {"GET", recording + "/transcript", 404, notFound(`Call recording with ID "` + unknown + `" was not found.`)},
		"a recording of another meeting":       {"GET", meeting, 404, notFound(`Call recording with ID "` + callID("done") + `" was not found.`)},
		"one of another meeting to delete":     {"DELETE", meeting, 404, notFound("The referenced call recording was not found.")},
		"the transcript of that":               {"GET", meeting + "/transcript", 404, notFound(`Call recording with ID "` + callID("done") + `" was not found.`)},
		"a recording of an unknown meeting":    {"GET", nowhere + "/" + callID("done"), 404, notFound(`Call recording with ID "` + callID("done") + `" was not found.`)},
		"a meeting that is no id":              {"GET", "/v2/meetings/kickoff/call_recordings", 400, notUUID("meeting_id")},
		"one to record":                        {"POST", "/v2/meetings/kickoff/call_recordings", 400, notUUID("meeting_id")},
		"a recording that is no id":            {"GET", calls("kickoff", "done"), 400, notUUID("call_recording_id")},
		"one to delete":                        {"DELETE", calls("kickoff", "done"), 400, notUUID("call_recording_id")},
		"neither an id":                        {"GET", "/v2/meetings/kickoff/call_recordings/done/transcript", 400, notUUID("meeting_id", "call_recording_id")},
	} {
		got := c.send(tc.method, tc.path, `{"data":{"transcript":[]}}`)
		if diff := cmp.Diff(tc.want, got.Body); got.Status != tc.status || diff != "" {
			t.Errorf("%s: %d %s", name, got.Status, diff)
		}
	}
	foreign := c.as(c.server.Token("small"))
	foreign.wants(foreign.get(calls("kickoff")), 404, notFound(`Meeting with ID "`+fake.ID("acme/meetings/kickoff")+`" was not found.`))
	foreign.wants(foreign.get(calls("kickoff", callID("done"))), 404, notFound(`Call recording with ID "`+callID("done")+`" was not found.`))
}

func TestCallRecordingsNeedTheirScopesAndTheMeetings(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	lacks := func(scope string) string {
		return refusal("403", "auth_error", "unauthorized",
			"The API Key provided is not authorized to perform the requested action. This request requires scopes: "+scope+".")
	}
	reader, writer := c.as(c.server.Token("acme/reader")), c.as(c.server.Token("acme/calls"))
	c.wants(reader.send(http.MethodPost, calls("kickoff"), ""), 403, lacks("Read-Write access to the Call Recordings scope"))
	c.wants(reader.do(http.MethodDelete, calls("kickoff", callID("done")), nil), 403, lacks("Read-Write access to the Call Recordings scope"))
	for _, path := range []string{calls("kickoff"), calls("kickoff", callID("done")), calls("kickoff", callID("done"), "transcript")} {
		c.wants(writer.get(path), 403, lacks("Read access to the Meetings scope"))
	}
}

func TestACallRecordingGoesWithItsMeeting(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	c.wants(c.do(http.MethodDelete, "/v2/meetings/"+fake.ID("acme/meetings/kickoff"), nil), 200, `{}`)
	c.wants(c.get(calls("kickoff", callID("done"))), 404, notFound(`Call recording with ID "`+callID("done")+`" was not found.`))
	if left := c.server.Workspace("acme").CallRecordings(); left != nil {
		t.Errorf("%v are left", left)
	}
}

// idsOf returns the ids and the cursor of a listing.
func idsOf(t rapid.TB, got answer) (ids []string, next *string) {
	t.Helper()
	var page struct {
		Data []struct {
			ID struct {
				CallRecordingID string `json:"call_recording_id"`
				EmailID         string `json:"email_id"`
			} `json:"id"`
		} `json:"data"`
		Pagination struct {
			NextCursor *string `json:"next_cursor"`
		} `json:"pagination"`
	}
	if err := json.Unmarshal([]byte(got.Body), &page); err != nil || got.Status != 200 {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	for _, thing := range page.Data {
		ids = append(ids, thing.ID.CallRecordingID+thing.ID.EmailID)
	}
	return ids, page.Pagination.NextCursor
}

func TestThePagesOfCallRecordingsAreTheWholeListing(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	for range 201 {
		c.server.Workspace("acme").AddCallRecording(fake.CallRecording{Meeting: "quiet", Transcript: []fake.Segment{}})
	}
	for query, want := range map[string]int{"": 50, "?limit=1": 1, "?limit=200": 200} {
		if ids, next := idsOf(t, c.get(calls("quiet")+query)); len(ids) != want || next == nil {
			t.Errorf("%q: %d", query, len(ids))
		}
	}
	all := c.server.Workspace("acme").CallRecordings()[5:]
	slices.SortFunc(all, func(a, b fake.CallRecording) int { return strings.Compare(a.ID, b.ID) }) // all were made at the same time
	for _, limit := range []int{67, 100, 200} {
		var got []string
		for query := fmt.Sprintf("?limit=%d", limit); query != ""; {
			ids, next := idsOf(t, c.get(calls("quiet")+query))
			got, query = append(got, ids...), ""
			if next != nil {
				query = fmt.Sprintf("?limit=%d&cursor=%s", limit, *next)
			}
		}
		var want []string
		for _, r := range all {
			want = append(want, r.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("limit %d: %s", limit, diff)
		}
	}
}

func TestAListingOfCallRecordingsThatIsWrongIsRefused(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	_, next := idsOf(t, c.get(calls("kickoff")+"?limit=2"))
	for query, want := range map[string]string{
		"limit=0":   `{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`,
		"limit=201": `{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 200"}`,
		"limit=1.5": `{"code":"invalid_type","path":["limit"],"message":"Expected integer, received float","expected":"integer","received":"float"}`,
		"limit=x":   `{"code":"invalid_type","path":["limit"],"message":"Expected number, received nan","expected":"number","received":"nan"}`,
		"cursor=":   `{"code":"too_small","path":["cursor"],"message":"String must contain at least 1 character(s)"}`,
		"cursor=x":  `{"code":"invalid","path":["cursor"],"message":"Invalid cursor"}`,
	} {
		c.wants(c.get(calls("kickoff")+"?"+query), 400, badQuery(want))
	}
	c.wants(c.get(calls("quiet")+"?cursor="+*next), 400, badQuery(`{"code":"invalid","path":["cursor"],"message":"Invalid cursor"}`))

	// The next page begins after the last recording, even if that was deleted.
	c.do(http.MethodDelete, calls("kickoff", callID("busy")), nil)
	ids, last := idsOf(t, c.get(calls("kickoff")+"?cursor="+*next))
	if diff := cmp.Diff([]string{callID("failed"), callID("captured"), callID("sent")}, ids); diff != "" || last != nil {
		t.Error(diff)
	}
}
