package fake_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake"
)

const twoShips = `
version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    effects: {link_companies: true}
    objects: {people: {records: {grace: {job_title: Ensign}}}}
  globex:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {people: {records: {grace: {job_title: Ensign}}}}
`

// seen is a moment, and a snapshot that was taken then.
type seen struct {
	request fake.Request
	before  bool
	then    fake.Snapshot
}

func (s seen) moment(srv *fake.Server) fake.Moment {
	if s.before {
		return srv.Before(s.request)
	}
	return srv.At(s.request)
}

// Whatever else happens, each kept moment is the state that was recorded beside it.
func TestEachMomentIsTheStateOfItsTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		srv, err := fake.Start(fake.WithoutSocket(), fake.YAML(twoShips))
		if err != nil {
			t.Fatal(err)
		}
		defer srv.Close()
		file := func(exported []byte, err error) string {
			if err != nil {
				t.Fatal(err)
			}
			return string(exported)
		}
		control := func(method, path string) { ask(t.Context(), srv.Client(), "", method, srv.URL+path, "") }
		made := 0
		var all []seen
		snapshots := []fake.Snapshot{srv.Snapshot()}
		workspace := func() *fake.Workspace { return rapid.SampledFrom(srv.Workspaces()).Draw(t, "workspace") }
		ask := func(method, path, body string) {
			before := srv.Snapshot()
			ask(t.Context(), srv.Client(), workspace().Token(), method, srv.URL+path, body)
			made++
			request := fake.Request{Number: made}
			all = append(all, seen{request, true, before}, seen{request, false, srv.Snapshot()})
		}
		grace := "/v2/objects/people/records/" + fake.ID("acme/people/grace")
		steps := 0
		t.Repeat(map[string]func(*rapid.T){
			"a client creates": func(*rapid.T) {
				steps++
				ask("POST", "/v2/objects/people/records", fmt.Sprintf(`{"data":{"values":{"job_title":"%d","email_addresses":["%d@example.org"]}}}`, steps, steps))
			},
			"a client changes": func(*rapid.T) {
				steps++
				ask("PATCH", grace, fmt.Sprintf(`{"data":{"values":{"job_title":"%d"}}}`, steps))
			},
			"a client deletes":         func(*rapid.T) { ask("DELETE", grace, "") },
			"a client reads":           func(*rapid.T) { ask("GET", grace, "") },
			"a client changes nothing": func(*rapid.T) { ask("PATCH", grace, `{"data":{"values":{}}}`) },
			"the test writes":          func(*rapid.T) { workspace().AddTask(fake.Task{Content: "Call"}) },
			"the test renames":         func(*rapid.T) { steps++; workspace().RenameMember("ada", "Ada", fmt.Sprint(steps)) },
			"a workspace comes":        func(t *rapid.T) { workspace().Clone(new(recorder)) },
			"a workspace goes": func(*rapid.T) {
				if w := workspace(); w.Slug() != "acme" && w.Slug() != "globex" {
					control(http.MethodDelete, "/_fake/workspaces/"+w.Slug())
				}
			},
			"a snapshot is taken":    func(*rapid.T) { snapshots = append(snapshots, srv.Snapshot()) },
			"a snapshot is restored": func(t *rapid.T) { srv.Restore(rapid.SampledFrom(snapshots).Draw(t, "snapshot")) },
			"a moment is restored": func(t *rapid.T) {
				if len(all) == 0 {
					return
				}
				moment := rapid.SampledFrom(all).Draw(t, "moment").moment(srv)
				srv.Restore(moment.Snapshot())
				if diff := cmp.Diff(file(moment.Export()), file(srv.Export())); diff != "" {
					t.Fatalf("after a moment is restored: %s", diff)
				}
			},
			"all is reset":     func(*rapid.T) { srv.ResetKeepingRequests() },
			"all is forgotten": func(*rapid.T) { srv.Reset(); all = nil },
		})
		for _, s := range all {
			if diff := srv.Diff(s.then, s.moment(srv).Snapshot()); diff != nil {
				t.Fatalf("%d, before: %t: %+v", s.request.Number, s.before, diff)
			}
		}
		if all == nil {
			return
		}
		one, other := rapid.SampledFrom(all).Draw(t, "one"), rapid.SampledFrom(all).Draw(t, "other")
		diff := srv.Diff(one.moment(srv).Snapshot(), other.moment(srv).Snapshot())
		exported, otherwise := file(one.moment(srv).Export()), file(other.moment(srv).Export())
		if (exported == otherwise) != (diff == nil) {
			t.Fatalf("the exports are the same: %t; the difference: %+v\n%s", exported == otherwise, diff, cmp.Diff(exported, otherwise))
		}
		srv.Restore(one.then)
		if diff := cmp.Diff(exported, file(srv.Export())); diff != "" {
			t.Fatalf("a snapshot that was taken at the moment: %s", diff)
		}
	})
}

func TestMomentsOfManyClientsAtOnceAreTheirOwn(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(twoShips))
	var clients sync.WaitGroup
	for i := range 4 {
		clients.Go(func() {
			own := srv.Workspace("acme").Clone(t)
			token, path := own.Token(), "/v2/objects/people/records/"+fake.ID("acme/people/grace")
			for n := range 25 {
				want := fmt.Sprint(i, " ", n)
				if got := ask(t.Context(), srv.Client(), token, http.MethodPatch, srv.URL+path, `{"data":{"values":{"job_title":"`+want+`"}}}`); got.Status != 200 {
					t.Errorf("%+v", got)
				}
				requests := own.Requests()
				request := requests[len(requests)-1]
				was := srv.Before(request).Workspace(own.Slug()).Record("people", "grace").Text("job_title")
				if n > 0 && was != fmt.Sprint(i, " ", n-1) {
					t.Errorf("before %s it was %s", want, was)
				}
				if is := srv.At(request).Workspace(own.Slug()).Record("people", "grace").Text("job_title"); is != want {
					t.Errorf("after %s it was %s", want, is)
				}
			}
		})
	}
	clients.Wait()
}
