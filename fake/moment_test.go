package fake_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const ensigns = `
version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {people: {records: {grace: {job_title: Ensign}}}}
`

// promoted makes three requests an hour apart, of which the first two change Grace's job title, and returns them.
func promoted(t *testing.T, srv *fake.Server) []fake.Request {
	t.Helper()
	path := srv.URL + "/v2/objects/people/records/" + fake.ID("acme/people/grace")
	for _, body := range []string{`{"data":{"values":{"job_title":"Captain"}}}`, `{"data":{"values":{"job_title":"Admiral"}}}`, ""} {
		method := http.MethodPatch
		if body == "" {
			method = http.MethodGet
		}
		request, err := http.NewRequest(method, path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+srv.Token("acme"))
		request.Header.Set("Content-Type", "application/json")
		response, err := srv.Client().Do(request)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatal(response, err)
		}
		response.Body.Close()
		srv.Advance(time.Hour)
	}
	return srv.Requests()
}

func TestAMomentShowsEverythingAsItWas(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(ensigns))
	requests := promoted(t, srv)
	srv.Workspace("acme").Record("people", "grace").Delete()
	title := func(m fake.Moment) string {
		record := m.Workspace("acme").Record("people", "grace")
		found := m.Workspaces()[0].Query("people", fake.Filter{"job_title": record.Text("job_title")})
		if len(found) != 1 || found[0].Reload().ID() != record.ID() {
			t.Errorf("%d people have the job title %q", len(found), record.Text("job_title"))
		}
		return record.Text("job_title") + m.Now().Format(" 15:04")
	}
	got := []string{}
	for _, r := range requests {
		got = append(got, title(srv.Before(r)), title(srv.At(r)))
	}
	want := []string{"Ensign 09:00", "Captain 09:00", "Captain 10:00", "Admiral 10:00", "Admiral 11:00", "Admiral 11:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, ok := srv.Workspace("acme").Find("people", "grace"); ok {
		t.Error("looking back brought the record back")
	}
}

func TestAMomentIsRestoredComparedClonedAndExported(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(ensigns))
	requests := promoted(t, srv)
	before, after := srv.Before(requests[0]), srv.At(requests[1])
	diff := srv.Diff(before.Snapshot(), after.Snapshot())
	if len(diff) != 1 || len(diff[0].Changes) != 1 || diff[0].Changes[0].Attributes[0].Attribute != "job_title" {
		t.Errorf("the moments differ by %+v", diff)
	}
	clone := before.Workspace("acme").Clone(t)
	clone.Update("people", "grace", fake.Values{"job_title": "Cook"})
	whole, err := before.Export()
	if err != nil || !bytes.Contains(whole, []byte("Ensign")) || bytes.Contains(whole, []byte("Captain")) {
		t.Errorf("the moment is exported as %s: %v", whole, err)
	}
	srv.Restore(before.Snapshot())
	srv.ExpectUnchanged(t, before.Snapshot())
	if present, err := srv.Export(); err != nil || !bytes.Equal(present, whole) {
		t.Errorf("the restored moment is exported otherwise: %s", cmp.Diff(string(whole), string(present)))
	}
	one, err := after.Workspace("acme").Export()
	if err != nil || !bytes.Contains(one, []byte("Admiral")) {
		t.Errorf("the workspace of the moment is exported as %s: %v", one, err)
	}
}

func TestAMomentThatIsGoneFailsTheTest(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(ensigns))
	requests := promoted(t, srv)
	for _, tc := range []struct {
		name string
		do   func(*fake.Server)
		want string
	}{
		{"a request that never was", func(s *fake.Server) { s.At(fake.Request{Number: 17}) },
			"fake: the journal has no request 17; it has those from 1 to 3"},
		{"a workspace that never was", func(s *fake.Server) { s.At(requests[0]).Workspace("acm") },
			`fake: at that moment: unknown workspace "acm"; did you mean "acme"?`},
		{"a request that was cleared", func(s *fake.Server) { s.ClearRequests(); s.Before(requests[0]) },
			"fake: the journal is empty, so it has no request 1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var failed recorder
			tc.do(srv.For(&failed))
			if diff := cmp.Diff([]string{tc.want}, failed.fatal); diff != "" {
				t.Error(diff)
			}
		})
	}
}
