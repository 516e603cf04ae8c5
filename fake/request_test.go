package fake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake"
)

// asked is a server of which a client has listed the members, made a person and asked for what Attio lacks.
func asked(t testing.TB, options ...fake.Option) *fake.Server {
	t.Helper()
	srv := fake.New(t, append(options, fake.WithoutSocket(), fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)))...)
	send(t, srv, "GET", "/v2/workspace_members", "")
	srv.Advance(time.Second)
	send(t, srv, "POST", "/v2/objects/people/records", `{"data":{"values":{"name":"Lovelace, Ada","job_title":"Countess"}}}`)
	send(t, srv, "GET", "/v2/people?limit=1", "")
	return srv
}

func TestRequestsTellWhatClientsAskedForAndWhatItChanged(t *testing.T) {
	t.Parallel()
	srv := asked(t)
	got := srv.Requests()
	made := srv.Workspace("acme").Records("people")
	want := []fake.Request{
		{Number: 1, Method: "GET", Path: "/v2/workspace_members", Operation: "workspace_members.list", Workspace: "acme", Token: "full",
			Scopes: []string{"user_management:read"}, Status: 200},
		{Number: 2, Method: "POST", Path: "/v2/objects/people/records", Operation: "records.create", Workspace: "acme", Token: "full",
			Scopes: []string{"record_permission:read-write", "object_configuration:read"}, Status: 200,
			Body:    []byte(`{"data":{"values":{"name":"Lovelace, Ada","job_title":"Countess"}}}`),
			Changes: []fake.Change{{Thing: "record", In: "people", ID: made[len(made)-1].ID(), Action: "created"}}},
		{Number: 3, Method: "GET", Path: "/v2/people?limit=1", Status: 404, Code: "not_found",
			Message: `Could not find endpoint "GET /v2/people".`},
	}
	ignored := cmp.Options{cmpopts.IgnoreFields(fake.Request{}, "Time", "Answer", "Header", "AnswerHeader"), cmpopts.IgnoreFields(fake.Change{}, "Attributes", "ID")}
	if diff := cmp.Diff(want, got, ignored); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var attributes []string
	for _, a := range got[1].Changes[0].Attributes {
		attributes = append(attributes, a.Attribute)
		if a.Attribute == "job_title" && (a.Before != "[]" || !strings.Contains(a.After, `"value":"Countess"`)) {
			t.Errorf("the job title went from %s to %s", a.Before, a.After)
		}
	}
	if diff := cmp.Diff([]string{"name", "job_title"}, attributes); diff != "" {
		t.Errorf("the attributes (-want +got):\n%s", diff)
	}
	srv.ClearRequests()
	if left := srv.Requests(); len(left) != 0 {
		t.Errorf("after Clear: %v", left)
	}
}

func TestFiltersChooseRequests(t *testing.T) {
	t.Parallel()
	srv := asked(t)
	all := srv.Requests()
	for name, tc := range map[string]struct {
		filters []fake.RequestFilter
		want    []int
	}{
		"an operation":             {[]fake.RequestFilter{{Operation: "records.create"}}, []int{2}},
		"a resource":               {[]fake.RequestFilter{{Operation: "workspace_members.*"}}, []int{1}},
		"either of two":            {[]fake.RequestFilter{{Operation: "records.*"}, {Operation: "workspace_members.list"}}, []int{1, 2}},
		"a status":                 {[]fake.RequestFilter{{Status: 404}}, []int{3}},
		"a workspace":              {[]fake.RequestFilter{{Workspace: "acme"}}, []int{1, 2}},
		"a token":                  {[]fake.RequestFilter{{Token: "full"}}, []int{1, 2}},
		"a token of a workspace":   {[]fake.RequestFilter{{Token: "acme/full"}}, []int{1, 2}},
		"another token":            {[]fake.RequestFilter{{Token: "reader"}}, nil},
		"a method":                 {[]fake.RequestFilter{{Method: "get"}}, []int{1, 3}},
		"a path":                   {[]fake.RequestFilter{{Path: "/v2/*"}}, []int{1, 3}},
		"a path with its query":    {[]fake.RequestFilter{{Path: "/v2/people?limit=*"}}, []int{3}},
		"since":                    {[]fake.RequestFilter{{Since: all[1].Time}}, []int{2, 3}},
		"later than another":       {[]fake.RequestFilter{{After: all[1].Number}}, []int{3}},
		"two that choose the same": {[]fake.RequestFilter{{Status: 404}, {Path: "/v2/*"}}, []int{1, 3}},
		"no answer":                {[]fake.RequestFilter{{Unanswered: true}}, nil},
		"two conditions together":  {[]fake.RequestFilter{{Workspace: "acme", Operation: "records.create"}}, []int{2}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []int
			for _, r := range srv.Requests(tc.filters...) {
				got = append(got, r.Number)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnExpectationThatFailsNamesTheNearestMiss(t *testing.T) {
	t.Parallel()
	srv := asked(t)
	for name, tc := range map[string]struct {
		expected fake.Expectation
		want     string // empty where it holds
	}{
		"one that was made": {fake.Expect("records.create").In("acme").Status(200).Body(`{"data":{"values":{"job_title":"Countess"}}}`), ""},
		"a value of Go":     {fake.Expect("records.*").Body(map[string]any{"data": map[string]any{"values": map[string]string{"job_title": "Countess"}}}), ""},
		"none":              {fake.Expect("tasks.*").Never(), ""},
		"another body": {fake.Expect("records.create").Body(`{"data":{"values":{"job_title":"Clerk"}}}`),
			`fake: expected records.create with body {"data":{"values":{"job_title":"Clerk"}}}, at least once; there were 0 of 3 requests` +
				"\n\tthe nearest: #2 POST /v2/objects/people/records: 200, but data.values.job_title of its body is \"Countess\""},
		"a key that was not sent": {fake.Expect("records.create").In("globex").Body(`{"data":{"values":{"email":1}}}`),
			`fake: expected records.create with workspace globex with body {"data":{"values":{"email":1}}}, at least once; there were 0 of 3 requests` +
				"\n\tthe nearest: #2 POST /v2/objects/people/records: 200, but its workspace is \"acme\", and its body has no data.values.email"},
		"another operation": {fake.Expect("records.update").Status(404),
			`fake: expected records.update with status 404, at least once; there were 0 of 3 requests` +
				"\n\tthe nearest: #3 GET /v2/people?limit=1: 404 (not_found: Could not find endpoint \"GET /v2/people\".), but it is to an endpoint that Attio does not have"},
		"too many": {fake.Expect("records.create").Never(),
			"fake: expected records.create, never; there were 1 of 3 requests\n\t#2 POST /v2/objects/people/records: 200"},
		"too few": {fake.Expect("workspace_members.list").Times(2).Path("/v2/workspace_members"),
			"fake: expected workspace_members.list with path /v2/workspace_members, 2 times; there were 1 of 3 requests\n\t#1 GET /v2/workspace_members: 200" +
				"\n\tthe nearest: #2 POST /v2/objects/people/records: 200, but it is records.create, and its path is /v2/objects/people/records"},
		"an operation that there is not": {fake.Expect("records.list"), `fake: expected records.list, at least once: unknown operation "records.list"; did you mean "records.get"?`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want []string
			if tc.want != "" {
				want = []string{tc.want}
			}
			r := &recorder{}
			srv.ExpectRequests(r, tc.expected)
			if diff := cmp.Diff(want, r.fatal); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestStrictRefusesWhatNobodyExpects(t *testing.T) {
	t.Parallel()
	r := &recorder{}
	srv := fake.New(r, fake.WithoutSocket(), fake.Strict("workspace_members.*"))
	send(t, srv, "GET", "/v2/workspace_members", "")
	send(t, srv, "GET", "/v2/self", "")
	send(t, srv, "GET", "/v2/people", "")
	for _, cleanup := range r.cleanups {
		cleanup()
	}
	want := []string{"fake: unexpected requests:\n\t#2 GET /v2/self: 200 (self.identify)\n\t#3 GET /v2/people: 404 (to an endpoint that Attio does not have)"}
	if diff := cmp.Diff(want, r.fatal); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := fake.Start(fake.WithoutSocket(), fake.Strict("people.*")); err == nil || err.Error() != `Strict: unknown operation "people.*"; docs/operations.md lists them, for example records.query, or records.* for all of records` {
		t.Errorf("an unknown operation: %v", err)
	}
}

func TestWhatChangedSinceASnapshotIsNamed(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	before := srv.Snapshot()
	srv.ExpectUnchanged(t, before)
	grace := srv.Workspace("acme").Create("people", fake.Values{"job_title": "Admiral"})
	r := &recorder{}
	srv.ExpectUnchanged(r, before)
	want := []string{"fake: expected nothing to change since the snapshot:\n\tacme: record people/" + grace.ID() + " created: job_title"}
	if diff := cmp.Diff(want, r.fatal); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	srv.Restore(before)
	srv.ExpectUnchanged(t, before)
}

func TestAWorkspaceHasItsOwnRequestsAlone(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	acme := srv.Workspace("acme")
	own := acme.Clone(t)
	sendWith(t, srv, own.Token(), "GET", "/v2/objects", "")
	sendWith(t, srv, acme.Token(), "GET", "/v2/lists", "")
	if got := own.Requests(); len(got) != 1 || got[0].Operation != "objects.list" || got[0].Workspace != own.Slug() {
		t.Errorf("the clone has %v", got)
	}
	own.ExpectRequests(t, fake.Expect("objects.list").With("full").Times(1), fake.Expect("lists.*").Never())
	acme.ExpectRequests(t, fake.Expect("lists.list").Method("GET").Path("/v2/*").Times(1), fake.Expect("objects.*").Never())
	r := &recorder{}
	own.ExpectRequests(r, fake.Expect("lists.list"))
	want := []string{"fake: expected lists.list with workspace acme-2, at least once; there were 0 of 1 requests\n\tthe nearest: #1 GET /v2/objects: 200, but it is objects.list"}
	if diff := cmp.Diff(want, r.fatal); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAStrictServerRemembersThroughAReset(t *testing.T) {
	t.Parallel()
	for name, forget := range map[string]func(*fake.Server){
		"a reset":           (*fake.Server).Reset,
		"cleared requests":  (*fake.Server).ClearRequests,
		"over the network":  func(srv *fake.Server) { control(t, srv, "POST", "/_fake/reset", "") },
		"nothing forgotten": (*fake.Server).ResetKeepingRequests,
	} {
		r := &recorder{}
		srv := fake.New(r, fake.WithoutSocket(), fake.Strict("workspace_members.*"))
		send(t, srv, "GET", "/v2/objects", "")
		forget(srv)
		r.cleanups[0]()
		want := []string{"fake: unexpected requests:\n\t#1 GET /v2/objects: 200 (objects.list)"}
		if diff := cmp.Diff(want, r.fatal); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAStrictServerSeesMoreThanTheJournalKeeps(t *testing.T) {
	t.Parallel()
	r := &recorder{}
	srv := fake.New(r, fake.WithoutSocket(), fake.Strict("self.*"))
	send(t, srv, "GET", "/v2/objects", "")
	for range 10_000 { // as many as the journal keeps
		send(t, srv, "GET", "/v2/self", "")
	}
	if first := srv.Requests()[0]; first.Operation != "self.identify" {
		t.Fatalf("the journal still has %v", first)
	}
	for range 101 {
		send(t, srv, "GET", "/v2/lists", "")
	}
	r.cleanups[0]()
	if len(r.fatal) != 1 || !strings.HasPrefix(r.fatal[0], "fake: unexpected requests:\n\t#1 GET /v2/objects: 200 (objects.list)\n\t#10002 GET") ||
		!strings.HasSuffix(r.fatal[0], "\n\tand 2 more") {
		t.Errorf("it says %q", r.fatal)
	}
}

func TestUsageTellsWhatWasTouched(t *testing.T) {
	t.Parallel()
	srv := asked(t)
	usage := srv.Usage()
	if diff := cmp.Diff([]string{"records.create", "workspace_members.list"}, usage.Operations()); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	if usage.Requests("records.*") != 1 || usage.Saw(429) || !usage.Saw(200) || len(usage.Unused()) == 0 {
		t.Errorf("%+v", usage)
	}
	unneeded := strings.Join(usage.Unneeded("acme/full"), " ")
	if strings.Contains(unneeded, "record_permission:read-write") || !strings.Contains(unneeded, "note:read-write") {
		t.Errorf("unneeded: %s", unneeded)
	}
	srv.ClearUsage()
	if got := srv.Usage().Operations(); got != nil {
		t.Errorf("after Clear: %v", got)
	}
}

func TestManyTestsShareAServerByClones(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.Scenario("crm"))
	t.Run("clones", func(t *testing.T) {
		for range 100 {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				own := srv.Workspace("fernhill").Clone(t)
				before := len(own.Records("people"))
				sendWith(t, srv, own.Token(), "POST", "/v2/objects/people/records", `{"data":{"values":{"job_title":"Clerk"}}}`)
				if now := len(own.Records("people")); now != before+1 {
					t.Errorf("%d people, then %d", before, now)
				}
			})
		}
	})
	if left := srv.Workspaces(); len(left) != 1 {
		t.Errorf("%d workspaces are left", len(left))
	}
}

func TestTheRequestsOfATestThatFailsAreLogged(t *testing.T) {
	t.Parallel()
	srv := asked(t)
	for name, tc := range map[string]struct {
		fails bool
		log   func(test *recorder)
		want  []string
	}{
		"a test that passes": {false, func(test *recorder) { srv.LogRequests(test) }, nil},
		"all requests": {true, func(test *recorder) { srv.LogRequests(test) }, []string{"fake: the requests (3)\n" +
			"#1 GET /v2/workspace_members: 200 (workspace_members.list) with acme/full\n" +
			"#2 POST /v2/objects/people/records: 200 (records.create) with acme/full\n" +
			"\tsent: {\"data\":{\"values\":{\"name\":\"Lovelace, Ada\",\"job_title\":\"Countess\"}}}\n" +
			"\t" + srv.Requests()[1].Changes[0].String() + "\n" +
			"#3 GET /v2/people?limit=1: 404 (to an endpoint that Attio does not have)\n" +
			"\tnot_found: Could not find endpoint \"GET /v2/people\"."}},
		"some of those to a workspace": {true, func(test *recorder) { srv.Workspace("acme").LogRequests(test, fake.RequestFilter{Method: "GET"}) },
			[]string{"fake: the requests (1)\n#1 GET /v2/workspace_members: 200 (workspace_members.list) with acme/full"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test := &recorder{}
			tc.log(test)
			if tc.fails {
				test.Fatalf("it fails")
			}
			for _, cleanup := range test.cleanups {
				cleanup()
			}
			if diff := cmp.Diff(tc.want, test.logged); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
