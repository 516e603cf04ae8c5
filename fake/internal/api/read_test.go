package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// Every moment has the same allowed forms, and an invalid one is reported together with all other issues.
func TestAMomentIsReadAlikeEverywhere(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	grace, ada := fake.ID("acme/people/grace"), fake.ID("acme/members/ada")
	comment := func(at string) J {
		return J{"data": J{"format": "plaintext", "content": "Hello", "created_at": at,
			"author": J{"type": "workspace-member", "id": ada}, "record": J{"object": "people", "record_id": grace}}}
	}
	thread := idIn(t, c.do(http.MethodPost, "/v2/comments", comment("2025")).Body, "thread_id")
	write := func(path string, body func(at string) J) func(string) answer {
		return func(at string) answer { return c.do(http.MethodPost, path, body(at)) }
	}
	query := func(path, key string) func(string) answer {
		return func(at string) answer { return c.get(path + key + "=" + url.QueryEscape(at)) }
	}
	for _, place := range []struct {
		send func(at string) answer
		path string // of the issue
		head string // of the error
	}{
		{write("/v2/notes", func(at string) J {
			return J{"data": J{"parent_object": "people", "parent_record_id": grace, "title": "", "format": "plaintext", "content": "", "created_at": at}}
		}), `"data","created_at"`, "Body payload validation error."},
		{write("/v2/comments", comment), `"data","created_at"`, "Body payload validation error."},
		{write("/v2/tasks", func(at string) J {
			return J{"data": J{"content": "", "format": "plaintext", "deadline_at": at, "is_completed": false, "linked_records": []J{}, "assignees": []J{}}}
		}), `"data","deadline_at"`, "Body payload validation error."},
		{query(meetings+"?", "ends_from"), `"ends_from"`, "Query params validation error."},
		{query(meetings+"?", "starts_before"), `"starts_before"`, "Query params validation error."},
		{query("/v2/emails?domain=example.org&", "sent_after"), `"sent_after"`, "Query params validation error."},
		{query("/v2/emails?domain=example.org&", "sent_before"), `"sent_before"`, "Query params validation error."},
		{query("/v2/threads/"+thread+"?", "created_after"), `"created_after"`, "Query params validation error."},
	} {
		for _, at := range []string{"2025", "2025-11", "2025-11-02", "2025-11-02T10:00", "2025-11-02T10:00:00Z", "2025-11-02T10:00:00.123456789+01:00"} {
			if got := place.send(at); got.Status != http.StatusOK {
				t.Errorf("%s %q: %d %s", place.path, at, got.Status, got.Body)
			}
		}
		for _, at := range []string{"", "soon", "2025-13", "2025-11-02 10:00", "2025-11-02T10:00:00+0100", "1762077600"} {
			c.wants(place.send(at), 400, validation(place.head, `{"code":"invalid","path":[`+place.path+`],"message":"Invalid date"}`))
		}
	}
	got := c.do(http.MethodPost, "/v2/notes", J{"data": J{"created_at": "soon", "parent_record_id": "grace"}})
	if n := strings.Count(got.Body, `"path":`); n != 6 {
		t.Errorf("%d issues: %s", n, got.Body)
	}
}

func TestThePathIsCheckedBeforeTheQuery(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	for path, parameters := range map[string][]string{
		"/v2/threads/none?limit=0":                                         {"thread_id"},
		meetings + "/none/call_recordings?limit=0":                         {"meeting_id"},
		meetings + "/none/call_recordings/no/transcript?cursor=a&cursor=b": {"meeting_id", "call_recording_id"},
	} {
		var issues []string
		for _, name := range parameters {
			issues = append(issues, `{"code":"invalid_string","path":["`+name+`"],"message":"Invalid uuid","string_validation":"uuid"}`)
		}
		c.wants(c.get(path), 400, validation("Path params validation error", issues...))
	}
}
