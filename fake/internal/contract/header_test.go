package contract

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestHeaderProblems(t *testing.T) {
	t.Parallel()
	set := func(name, value string) func(http.Header) {
		return func(h http.Header) { h.Set(name, value) }
	}
	del := func(name string) func(http.Header) { return func(h http.Header) { h.Del(name) } }
	for _, test := range []struct {
		name, method, path string
		status             int
		edit               func(http.Header)
		want               []string
	}{
		{"a read", "GET", "/v2/objects", 200, nil, nil},
		{"compressed", "GET", "/v2/objects", 200, set("vary", "Accept-Encoding, Origin"), nil},
		{"an error", "GET", "/v2/objects", 404, del("x-accurate-at"), nil},
		{"an error of no operation", "GET", "/v2/nothing", 404, del("x-accurate-at"), nil},
		{"a delete", "DELETE", "/v2/notes/1", 200, del("x-accurate-at"), nil},
		{"no content has no type", "DELETE", "/v2/meetings/1/call_recordings/2", 204, func(h http.Header) { h.Del("x-accurate-at"); h.Del("content-type") }, nil},
		{"another type", "GET", "/v2/objects", 200, set("content-type", "application/json"),
			[]string{`header content-type: want "application/json; charset=utf-8", got "application/json"`}},
		{"another origin", "GET", "/v2/objects", 200, del("access-control-allow-origin"),
			[]string{`header access-control-allow-origin: want "*", got ""`}},
		{"no execution id", "GET", "/v2/objects", 200, set("x-attio-execution-id", "1"),
			[]string{`header x-attio-execution-id: want a UUID, got "1"`}},
		{"varies by nothing", "GET", "/v2/objects", 200, del("vary"), []string{`header vary: want "Origin", got []`}},
		{"varies by more", "GET", "/v2/objects", 200, set("vary", "Origin, Cookie"), []string{`header vary: want "Origin", got ["Origin, Cookie"]`}},
		{"no time", "GET", "/v2/objects", 200, del("x-accurate-at"),
			[]string{`header x-accurate-at: want a UTC timestamp with nine fraction digits, got ""`}},
		{"milliseconds", "GET", "/v2/objects", 200, set("x-accurate-at", "2026-05-16T01:34:03.428Z"),
			[]string{`header x-accurate-at: want a UTC timestamp with nine fraction digits, got "2026-05-16T01:34:03.428Z"`}},
		{"nanoseconds", "GET", "/v2/objects", 200, set("x-accurate-at", "2026-05-16T01:34:03.428863001Z"),
			[]string{`header x-accurate-at: more precise than objects.list sends it, got "2026-05-16T01:34:03.428863001Z"`}},
		{"a query to the millisecond", "POST", "/v2/lists/1/entries/query", 200, set("x-accurate-at", "2026-05-16T01:34:03.428000000Z"), nil},
		{"a query to the microsecond", "POST", "/v2/objects/people/records/query", 200, nil,
			[]string{`header x-accurate-at: more precise than records.query sends it, got "2026-05-16T01:34:03.428863000Z"`}},
		{"a time where none is sent", "POST", "/v2/webhooks", 200, nil,
			[]string{`header x-accurate-at: webhooks.create does not send it, got "2026-05-16T01:34:03.428863000Z"`}},
		{"a time on an error", "GET", "/v2/objects", 404, nil,
			[]string{`header x-accurate-at: no error has it, got "2026-05-16T01:34:03.428863000Z"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			header := wholeHeader()
			if test.edit != nil {
				test.edit(header)
			}
			got := headerProblems(attio.OperationAt(test.method, test.path), test.status, header)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
