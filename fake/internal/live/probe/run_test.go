package probe_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/probe"
)

// team is the workspace of somebody, which a fake plays.
const team = `
version: 1
users:
  grace: {first_name: Graciela, last_name: Hopperfield, email: graciela@secretcorp.example.org}
  linus: {first_name: Linuslav, last_name: Baumgartner, email: linuslav@secretcorp.example.org}
workspaces:
  secretcorp:
    name: Secretcorp Holdings
    plan: enterprise
    members: {grace: admin, linus: member}
    verified_domains: [secretcorp.example.org]
    teams: {crew: {name: Secret crew, members: [linus]}}
    tokens:
      full: {scopes: all, token: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}
      narrow: {scopes: [object_configuration:read-write, record_permission:read-write, user_management:read], token: 1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}
    objects:
      deals: {enabled: true}
      projects: {singular_noun: Secretproject, plural_noun: Secretprojects, attributes: {codename: text}}
      companies:
        attributes: {secrettier: {type: select, options: [Secretgold]}}
        records: {navy: {name: Secretnavy, domains: [secretnavy.example.org]}}
    lists:
      sales: {name: Secretsales, parent_object: companies, entries: {navy: {record: navy}}}
    notes: {hello: {record: companies/navy, title: Secrettitle, markdown: Secretcontent}}
    webhooks: {hook: {target_url: "https://receiver.secretcorp.example.org/hook", status: inactive, subscriptions: [record.created]}}
`

const (
	full   = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	narrow = "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

// real is a server that plays the workspace, with a handler in front of it. It answers two endpoints as Attio is known to do,
// and unlike the fake.
func real(t *testing.T, front func(http.Handler) http.Handler) (*fake.Server, http.RoundTripper) {
	t.Helper()
	srv := fake.New(t, fake.YAML(team), fake.WithoutSocket())
	handler := http.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/simple") || r.URL.Path == "/v2/batch/records" {
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			_, _ = w.Write([]byte(`{"data":{}}`))
			return
		}
		srv.Handler().ServeHTTP(w, r)
	}))
	if front != nil {
		handler = front(handler)
	}
	return srv, playing{handler}
}

// playing hands requests to a handler. A panic of it is a connection that drops.
type playing struct{ handler http.Handler }

func (p playing) RoundTrip(r *http.Request) (response *http.Response, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("the connection was dropped")
		}
	}()
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r)
	if r.Method == http.MethodHead {
		w.Body.Reset()
	}
	return w.Result(), nil
}

func begin(t *testing.T, o probe.Options, path string) (*probe.Report, error) {
	t.Helper()
	log, err := probe.OpenLog(path, "https://api.attio.com", "a1b2c3d4")
	if err != nil {
		t.Fatal(err)
	}
	if o.Token == "" {
		o.Token = full
	}
	o.URL, o.Log = "https://api.attio.com", log
	o.Fake = func(scenario string) (probe.Fake, error) {
		srv, err := fake.Start(fake.YAML(scenario), fake.WithoutSocket())
		if err != nil {
			return probe.Fake{}, err
		}
		return probe.Fake{Transport: srv.Transport(), Token: srv.Token("probe"), Close: srv.Close}, nil
	}
	report, err := probe.Run(context.Background(), o)
	if closed := log.Close(false); closed != nil {
		t.Fatal(closed)
	}
	return report, err
}

func text(t *testing.T, r *probe.Report) string {
	t.Helper()
	var w strings.Builder
	if err := r.WriteText(&w); err != nil {
		t.Fatal(err)
	}
	return w.String()
}

func TestAgainstAnEqualWorkspaceNothingIsFoundAndNothingIsLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, transport := real(t, nil)
		before := srv.Snapshot()
		report, err := begin(t, probe.Options{Write: true, Transport: transport}, filepath.Join(t.TempDir(), "state"))
		if err != nil {
			t.Fatal(err)
		}
		if report.Findings() > 0 || report.Count(probe.Undecided) > 3 || report.Left != nil {
			t.Error(text(t, report))
		}
		if report.Calls > probe.MostCalls || report.Calls != len(srv.Requests())+2 {
			t.Errorf("%d calls were counted, and %d arrived", report.Calls, len(srv.Requests()))
		}
		srv.ExpectUnchanged(t, before)
	})
}

func TestWithoutWriteNothingIsSentThatMayChangeSomething(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, transport := real(t, nil)
		report, err := begin(t, probe.Options{Transport: transport}, filepath.Join(t.TempDir(), "state"))
		if err != nil {
			t.Fatal(err)
		}
		if report.Findings() > 0 || report.Count(probe.AsDocumented) < 40 {
			t.Error(text(t, report))
		}
		for _, r := range srv.Requests() {
			op := attio.AnyOperationAt(r.Method, strings.Split(r.Path, "?")[0])
			reads := slices.Contains([]string{"GET", "HEAD", "OPTIONS"}, r.Method) || op != nil && !op.Write
			if !reads || r.Changes != nil {
				t.Errorf("it sent %s, which changed %v", r, r.Changes)
			}
		}
	})
}

func TestAMissingScopeLeavesAProbeUndecidedAndNamesIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, transport := real(t, nil)
		report, err := begin(t, probe.Options{Transport: transport, Token: narrow, Write: true}, filepath.Join(t.TempDir(), "state"))
		if err != nil {
			t.Fatal(err)
		}
		reasons := map[string]string{}
		for _, result := range report.Results {
			reasons[result.Probe] = result.Reason
		}
		want := map[string]string{
			"notes.create": "the token lacks the scope note:read-write", "webhooks.list": "the token lacks the scope webhook:read",
			"activities.list": "the token lacks the scope activity_configuration:read", "records.create": "", "scopes.missing": "",
		}
		for id, reason := range want {
			if reasons[id] != reason {
				t.Errorf("%s is undecided because %q, and should be because %q", id, reasons[id], reason)
			}
		}
		if report.Findings() > 0 {
			t.Error(text(t, report))
		}
		for _, r := range srv.Requests() {
			if r.Status == http.StatusForbidden && r.Operation != "emails.list" { // the one that asks for it
				t.Errorf("%s was sent although the token lacks its scope", r)
			}
		}
	})
}

// A connection that is lost ends a run. The next one goes on where it ended, and sends no write again.
func TestARunThatBrokeOffGoesOn(t *testing.T) {
	t.Parallel()
	for _, lost := range []int{40, 117, 230} {
		t.Run(fmt.Sprintf("after %d calls", lost), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				calls := 0
				srv, transport := real(t, func(next http.Handler) http.Handler {
					return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						if calls++; calls > lost && calls < lost+20 {
							panic(http.ErrAbortHandler)
						}
						next.ServeHTTP(w, r)
					})
				})
				before := srv.Snapshot()
				path := filepath.Join(t.TempDir(), "state")
				if report, err := begin(t, probe.Options{Write: true, Transport: transport}, path); err == nil {
					t.Fatalf("the run did not break off:\n%s", text(t, report))
				} else if !strings.Contains(err.Error(), "got no answer from https://api.attio.com: the connection was dropped") {
					t.Error(err)
				}
				first := len(srv.Requests())
				calls = lost + 20
				report, err := begin(t, probe.Options{Write: true, Transport: transport}, path)
				if err != nil {
					t.Fatal(err)
				}
				if report.Findings() > 0 || report.Left != nil {
					t.Error(text(t, report))
				}
				if all := len(srv.Requests()); all > probe.MostCalls || first < lost-10 {
					t.Errorf("%d calls arrived before, and %d in all", first, all)
				}
				srv.ExpectUnchanged(t, before)
			})
		})
	}
}

// Nothing of the workspace's own is in any of the outputs, nor the token.
func TestOutputsShowNothingOfTheWorkspace(t *testing.T) {
	t.Parallel()
	private := []string{full, "ecretcorp", "ecretproject", "ecretgold", "ecrettier", "ecretnavy", "ecretsales", "ecrettitle", "ecretcontent", "ecret crew", "Graciela", "graciela", "Hopperfield", "Linuslav", "Baumgartner"}
	synctest.Test(t, func(t *testing.T) {
		// Every answer differs, so that each is in the report.
		_, transport := real(t, func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				recorder := httptest.NewRecorder()
				next.ServeHTTP(recorder, r)
				body := recorder.Body.String()
				if strings.HasPrefix(body, `{`) {
					body = `{"graceful":"Graciela Hopperfield <graciela@secretcorp.example.org>",` + strings.TrimPrefix(body, "{")
					body = strings.Replace(body, ",}", "}", 1)
				}
				maps.Copy(w.Header(), recorder.Header())
				w.WriteHeader(recorder.Code)
				_, _ = w.Write([]byte(body))
			})
		})
		path := filepath.Join(t.TempDir(), "state")
		report, err := begin(t, probe.Options{Write: true, Transport: transport}, path)
		if err != nil {
			t.Fatal(err)
		}
		if report.Findings() < 150 {
			t.Error("too little differs to see much: " + text(t, report))
		}
		file, err := report.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := probe.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		var markdown strings.Builder
		if err := again.WriteMarkdown(&markdown); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(text(t, report), text(t, again)); diff != "" {
			t.Errorf("the file does not show the report again:\n%s", diff)
		}
		for _, output := range []string{string(file), text(t, report), markdown.String()} {
			for _, word := range private {
				if i := strings.Index(output, word); i >= 0 {
					t.Errorf("an output shows %q: …%s…", word, output[max(i-200, 0):min(i+100, len(output))])
				}
			}
		}
		state, err := os.ReadFile(path)
		if err != nil || strings.Contains(string(state), full) {
			t.Errorf("the state shows the token, or %v", err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others may read the state, or %v", err)
		}
	})
}

// A write whose answer was lost may have done something. It is not sent again, and what it may have made is named.
func TestAWriteWithoutAnAnswerIsNotSentTwice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lost := false
		srv, transport := real(t, func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost && r.URL.Path == "/v2/tasks" && !lost {
					lost = true
					next.ServeHTTP(httptest.NewRecorder(), r)
					panic(http.ErrAbortHandler)
				}
				next.ServeHTTP(w, r)
			})
		})
		path := filepath.Join(t.TempDir(), "state")
		if _, err := begin(t, probe.Options{Write: true, Transport: transport}, path); err == nil {
			t.Fatal("the run did not break off")
		}
		report, err := begin(t, probe.Options{Write: true, Transport: transport}, path)
		if err != nil {
			t.Fatal(err)
		}
		if sent := len(srv.Requests(fake.RequestFilter{Operation: "tasks.create"})); sent != 1 {
			t.Errorf("the task was sent %d times", sent)
		}
		if got := report.Result("tasks.create"); got.Verdict != probe.Undecided || !strings.Contains(got.Reason, "a write is not sent twice") {
			t.Errorf("%s: %s", got.Verdict, got.Reason)
		}
		if diff := cmp.Diff([]string{"a task"}, report.Left); diff != "" || report.Findings() > 0 {
			t.Errorf("%s\n%s", diff, text(t, report))
		}
	})
}

// What is left of a run in one workspace says nothing about another one, although both are at the same URL.
func TestARunDoesNotGoOnInAnotherWorkspace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		_, transport := real(t, func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if calls++; calls > 30 {
					panic(http.ErrAbortHandler)
				}
				next.ServeHTTP(w, r)
			})
		})
		path := filepath.Join(t.TempDir(), "state")
		if _, err := begin(t, probe.Options{Transport: transport}, path); err == nil {
			t.Fatal("the run did not break off")
		}
		other := fake.New(t, fake.Scenario("blank"), fake.WithoutSocket())
		_, err := begin(t, probe.Options{Transport: other.Transport(), Token: other.Token("blank")}, path)
		if want := "the run that broke off was in another workspace; remove what is left of it, or choose another output"; message(err) != want {
			t.Errorf("got %v", err)
		}
	})
}

// A write that found no connection has done nothing, so it is sent when the run goes on.
func TestAWriteThatFoundNoConnectionIsSentLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, transport := real(t, nil)
		away := unreachable{next: transport, path: "/v2/tasks"}
		path := filepath.Join(t.TempDir(), "state")
		if _, err := begin(t, probe.Options{Write: true, Only: []string{"tasks.*"}, Transport: away}, path); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Fatal(err)
		}
		report, err := begin(t, probe.Options{Write: true, Only: []string{"tasks.*"}, Transport: transport}, path)
		if err != nil {
			t.Fatal(err)
		}
		if sent := len(srv.Requests(fake.RequestFilter{Operation: "tasks.create"})); sent < 1 || report.Count(probe.Undecided) > 0 || report.Findings() > 0 || report.Left != nil {
			t.Errorf("the task was sent %d times\n%s", sent, text(t, report))
		}
	})
}

// unreachable finds no connection for POST to a path.
type unreachable struct {
	next http.RoundTripper
	path string
}

func (u unreachable) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodPost && r.URL.Path == u.path {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}
	return u.next.RoundTrip(r)
}
