package probe_test

import (
	"bytes"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/fakeattio/fakeattio/fake/internal/live/probe"
)

// What depends on the workspace's plan, on permissions or on time is no finding.
func TestAnAnswerThatSaysNothingLeavesAProbeUndecided(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		method, path string // of the calls that are answered otherwise
		about        string // what their bodies say
		status       int
		body         string
		probe, want  string
	}{
		"of a plan without room for an object": {"POST", "/v2/objects", "", 400, `{"status_code":400,"type":"invalid_request_error","code":"quota_exceeded","message":"You have met your plan's object limit."}`,
			"objects.create", "the workspace does not allow it: 400 quota_exceeded"},
		"about what was not made": {"POST", "/v2/objects", "", 403, `{"status_code":403,"type":"auth_error","code":"unauthorized","message":"No."}`,
			"records.create", "no earlier probe got the object that it is about"},
		"of a workspace without SCIM": {"GET", "/scim/v2/Schemas", "", 404, `{"status_code":404,"type":"invalid_request_error","code":"not_found","message":"Could not find endpoint."}`,
			"scim.user_unknown", "the workspace or the token has no SCIM"},
		"of a merge that takes a while": {"POST", "/records/merge", "", 202, `{"data":{"new_record_id":"5f4f2d9c-2b3e-4a83-9c76-1de3a3f14f26"}}`,
			"records.merge", "the merge was accepted, and takes a while"},
		"of a search that has not caught up": {"POST", "/v2/objects/records/search", "Bob", 200, `{"data":[]}`,
			"search.own", "Attio's search takes a moment to find what is new"},
		"of members that the token may not see": {"GET", "/v2/workspace_members", "", 403, `{"status_code":403,"type":"auth_error","code":"unauthorized","message":"No."}`,
			"comments.create", "the token may not see the members of the workspace"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				_, transport := real(t, func(next http.Handler) http.Handler {
					return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						body, err := io.ReadAll(r.Body)
						if err != nil {
							t.Error(err)
						}
						r.Body = io.NopCloser(bytes.NewReader(body))
						if r.Method != test.method || !strings.HasSuffix(r.URL.Path, test.path) || !strings.Contains(string(body), test.about) {
							next.ServeHTTP(w, r)
							return
						}
						w.Header().Set("Content-Type", "application/json; charset=utf-8")
						w.WriteHeader(test.status)
						_, _ = w.Write([]byte(test.body))
					})
				})
				report, err := begin(t, probe.Options{Write: true, Transport: transport}, filepath.Join(t.TempDir(), "state"))
				if err != nil {
					t.Fatal(err)
				}
				if got := report.Result(test.probe); got.Verdict != probe.Undecided || got.Reason != test.want {
					t.Errorf("%s is %s: %s", test.probe, got.Verdict, got.Reason)
				}
				for _, result := range report.Results {
					// Of the merge all answers are the same here.
					if result.Verdict == probe.AttioMoved && !strings.HasPrefix(result.Probe, "merge") && !strings.HasPrefix(result.Probe, "records.merge") {
						t.Errorf("%s is %s", result.Probe, result.Verdict)
					}
				}
			})
		})
	}
}
