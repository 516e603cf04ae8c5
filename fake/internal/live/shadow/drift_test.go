package shadow_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/drift"
)

// token is the client's own.
var token = strings.Repeat("0123456789abcdef", 4)

// handled is a transport to a handler, which breaks the connection when it panics.
type handled struct{ http.Handler }

func (h handled) RoundTrip(r *http.Request) (response *http.Response, err error) {
	defer func() {
		if recover() != nil {
			err = io.ErrUnexpectedEOF
		}
	}()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result(), nil
}

// played returns what a shadow reports of the traffic, with a real side that has drifted or not. The real side makes ids of its own.
func played(t *testing.T, d *drift.Drift) fake.ShadowReport {
	t.Helper()
	const frozen = "{version: 1, clock: {at: 2026-11-20T09:00:00Z, frozen: true}}"
	real := fake.New(t, fake.YAML(drift.Scenario), fake.YAML(frozen), fake.YAML("{version: 1, workspaces: {fernhill: {tokens: {full: {token: "+token+"}}}}}"), fake.WithoutSocket())
	handler, met := real.Handler(), func() int { return 1 }
	if d != nil {
		side := d.Side(handler, time.Sleep)
		handler, met = side, side.Met
	}
	srv := fake.New(t, fake.YAML(drift.Scenario), fake.YAML(frozen), fake.WithoutSocket(),
		fake.Shadow("https://api.attio.com", fake.ShadowWrites(), fake.ShadowTransport(handled{handler})))
	err := drift.Play(func(method, path, body string) (compare.Answer, error) {
		request, err := http.NewRequest(method, srv.URL+path, strings.NewReader(body))
		if err != nil {
			return compare.Answer{}, err
		}
		request.Header.Set("Authorization", "Bearer "+token)
		if body != "" {
			request.Header.Set("Content-Type", "application/json")
		}
		response, err := srv.Client().Do(request)
		if err != nil {
			return compare.Answer{}, err
		}
		answer, err := io.ReadAll(response.Body)
		return compare.Answer{Status: response.StatusCode, Header: response.Header, Body: answer}, errors.Join(err, response.Body.Close())
	})
	if err != nil {
		t.Fatal(err)
	}
	report := srv.ShadowReport()
	if met() == 0 {
		t.Error("the traffic does not meet the drift")
	}
	return report
}

func TestEachDriftOfTheRealSideIsFoundAndNothingElseIs(t *testing.T) {
	t.Parallel()
	for _, d := range drift.All() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				report := played(t, &d)
				expected := fmt.Sprintf("%s %s %s", d.Severity, d.Kind, d.Field)
				want, found := map[string]bool{}, map[string]bool{}
				if d.Kind != "" {
					want[expected] = true
				}
				for _, r := range report.Requests {
					for _, difference := range r.Differences {
						field := compare.Difference{Path: difference.Path}.Field()
						name := difference.Severity + " " + difference.Kind + " " + field
						if difference.Severity != "harmless" || name == expected { // secrets and ids of the real side's own are harmless
							found[name] = true
						}
					}
				}
				if diff := cmp.Diff(want, found); diff != "" {
					t.Errorf("(-want +found)\n%s\n%s", diff, report)
				}
				if d.Kind == "" && report.Different+report.Incomparable > 0 {
					t.Errorf("got %s", report)
				}
			})
		})
	}
}

func TestWithoutADriftAllAnswersAreTheSame(t *testing.T) {
	t.Parallel()
	report := played(t, nil)
	if report.Different+report.Incomparable+report.Failed+len(report.Skipped) > 0 || report.Same < 29 {
		t.Errorf("got %s", report)
	}
}
