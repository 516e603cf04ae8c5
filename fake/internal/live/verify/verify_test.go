package verify_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/drift"
	"github.com/fakeattio/fakeattio/fake/internal/live/recording"
	"github.com/fakeattio/fakeattio/fake/internal/live/verify"
)

// started starts a fake for a recording.
func started(t testing.TB) func(text string) (verify.Fake, func(), error) {
	return func(text string) (verify.Fake, func(), error) {
		server, err := fake.Start(fake.YAML(text), fake.WithoutSocket())
		if err != nil {
			return verify.Fake{}, nil, err
		}
		view := server.For(t)
		token := view.Workspaces()[0].Token()
		return verify.Fake{Handler: server.Handler(), Token: func(string) string { return token }, SetTime: view.SetTime}, server.Close, nil
	}
}

// recorded plays the traffic of the drifts to a real side.
func recorded(t testing.TB, d drift.Drift) recording.File {
	t.Helper()
	// Of another origin, so that nothing in the fake has the recorded ids by chance.
	server := fake.New(t, fake.YAML(drift.Scenario), fake.YAML("{version: 1, workspaces: {fernhill: {origin: elsewhere}}}"), fake.WithoutSocket())
	handler := server.Handler()
	if d.Name != "" {
		handler = d.Side(handler, func(time.Duration) {})
	}
	token := server.Token("fernhill")
	file := recording.File{Name: "traffic", Format: "HAR"}
	err := drift.Play(func(method, path, body string) (compare.Answer, error) {
		for {
			e := exchange(handler, token, method, path, body)
			e.Name, e.At = fmt.Sprintf("traffic#%d", len(file.Exchanges)), server.Now()
			if e.Answer.Status == 0 {
				continue // no library keeps what was not answered
			}
			file.Exchanges = append(file.Exchanges, e)
			if !d.Transient || e.Answer.Status != 429 && e.Answer.Status != 503 {
				return e.Answer, nil
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func exchange(handler http.Handler, token, method, path, body string) (e recording.Exchange) {
	r, answer := drift.Send(handler, token, method, path, body)
	if answer.Status == 0 {
		return e
	}
	e = recording.Exchange{Method: method, Path: r.URL.EscapedPath(), Query: r.URL.Query(), Header: r.Header, Answer: answer}
	if body != "" {
		e.Body = []byte(body)
	}
	return e
}

func TestEachDriftIsFoundInARecordingAndNothingElseIs(t *testing.T) {
	t.Parallel()
	for _, d := range append(drift.All(), drift.Drift{}) {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			report, err := verify.Run([]recording.File{recorded(t, d)}, verify.Options{Start: started(t), Derives: true})
			if err != nil {
				t.Fatal(err)
			}
			want, got := map[string]bool{}, map[string]bool{}
			if d.Kind != "" {
				want[fmt.Sprintf("%s %s %s", d.Severity, d.Kind, d.Field)] = true
			}
			for _, f := range report.Findings {
				got[fmt.Sprintf("%s %s %s", f.Severity, f.Kind, f.Field)] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
				for _, f := range report.Findings {
					t.Logf("%+v", f)
				}
			}
			t.Logf("%+v", report.Files)
		})
	}
}
