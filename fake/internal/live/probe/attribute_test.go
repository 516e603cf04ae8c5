package probe_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/live/probe"
)

// A new key of all notes says nothing about what the fake has decided of notes; other Markdown does.
func TestWhatMovedElsewhereIsNoFaultOfADecision(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, transport := real(t, func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				recorder := httptest.NewRecorder()
				next.ServeHTTP(recorder, r)
				body := recorder.Body.String()
				if strings.HasPrefix(r.URL.Path, "/v2/notes") {
					body = strings.ReplaceAll(body, `"tags":`, `"reader":"Ann Ox","tags":`)
					body = strings.ReplaceAll(body, `\\*b\\*`, `*b*`)
				}
				maps.Copy(w.Header(), recorder.Header())
				w.WriteHeader(recorder.Code)
				_, _ = w.Write([]byte(body))
			})
		})
		report, err := begin(t, probe.Options{Write: true, Only: []string{"notes.*"}, Transport: transport}, filepath.Join(t.TempDir(), "state"))
		if err != nil {
			t.Fatal(err)
		}
		verdicts := map[string]string{}
		for _, id := range []string{"notes.get", "notes.markdown", "notes.escaped"} {
			result := report.Result(id)
			verdicts[id] = strings.TrimSpace(string(result.Verdict) + " " + result.Reason)
		}
		want := map[string]string{"notes.get": "Attio moved", "notes.markdown": "Attio moved as in notes.create", "notes.escaped": "fake wrong"}
		if diff := cmp.Diff(want, verdicts); diff != "" {
			t.Errorf("%s\n%s", diff, text(t, report))
		}
		file, err := report.JSON()
		if err != nil || strings.Contains(string(file), "Ann Ox") {
			t.Errorf("the report shows the text of a key that the fake does not know, or %v", err)
		}
	})
}
