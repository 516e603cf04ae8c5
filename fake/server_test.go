package fake_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestASocketAndNoSocketAnswerAlike(t *testing.T) {
	t.Parallel()
	srv := fake.New(t)
	token := srv.Token("acme")
	over := fetch(t, http.DefaultClient, srv.URL+"/v2/workspace_members", token)
	without := fetch(t, srv.Client(), "https://api.attio.com/v2/workspace_members", token)
	anyHost := fetch(t, srv.Client(), "http://attio.internal:9/v2/workspace_members", token)
	if over != without || over != anyHost || !strings.Contains(over, fake.ID("acme/members/ada")) {
		t.Errorf("over the socket %s\nwithout it      %s\nany host        %s", over, without, anyHost)
	}
}

func TestAScenarioComesFromManyPlaces(t *testing.T) {
	t.Parallel()
	const text = `{version: 1, workspaces: {here: {name: Here, tokens: {t: {scopes: all}}}}}`
	file := filepath.Join(t.TempDir(), "here.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		options []fake.Option
		slugs   []string
	}{
		"nothing is the default": {nil, []string{"acme", "globex"}},
		"a built-in one":         {[]fake.Option{fake.Scenario("blank")}, []string{"blank"}},
		"a file":                 {[]fake.Option{fake.ScenarioFile(file)}, []string{"here"}},
		"text":                   {[]fake.Option{fake.YAML(text)}, []string{"here"}},
		"a file system":          {[]fake.Option{fake.ScenarioFS(fstest.MapFS{"a/b.yaml": {Data: []byte(text)}}, "a/b.yaml")}, []string{"here"}},
		"a file in JSON": {[]fake.Option{fake.ScenarioFS(fstest.MapFS{
			"b.json": {Data: []byte(`{"version": 1, "workspaces": {"here": {"tokens": {"t": {"scopes": "all"}}}}}`)},
		}, "b.json")}, []string{"here"}},
		"several are laid on each other": {[]fake.Option{fake.Scenario("blank"), fake.YAML(text)}, []string{"blank", "here"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := fake.New(t, append(tc.options, fake.WithoutSocket())...)
			var slugs []string
			for _, workspace := range srv.Workspaces() {
				slugs = append(slugs, workspace.Slug())
			}
			if diff := cmp.Diff(tc.slugs, slugs); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAMistakeInTheScenarioStartsNothing(t *testing.T) {
	t.Parallel()
	for name, option := range map[string]fake.Option{
		"an unknown built-in": fake.Scenario("acne"),
		"a missing file":      fake.ScenarioFile("no/such/file.yaml"),
		"a mistake":           fake.YAML("version: 1\nworkspace: {}\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if srv, err := fake.Start(option); err == nil {
				srv.Close()
				t.Error("it started")
			} else {
				t.Log(err)
			}
		})
	}
}

// recorder is a test that notes how it ends instead of ending.
type recorder struct {
	mu       sync.Mutex
	fatal    []string
	logged   []string
	cleanups []func()
}

func (*recorder) Helper() {}
func (r *recorder) Fatalf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fatal = append(r.fatal, fmt.Sprintf(format, args...))
}
func (r *recorder) Logf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.logged = append(r.logged, fmt.Sprintf(format, args...))
}
func (r *recorder) Failed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fatal != nil
}
func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

func TestAMistakeOfTheTestEndsItWithWordsThatHelp(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		mistake func(*fake.Server)
		want    string
	}{
		"an unknown workspace":                  {func(s *fake.Server) { s.Workspace("acne") }, `fake: unknown workspace "acne"; did you mean "acme"? Known: acme, globex`},
		"a token of it":                         {func(s *fake.Server) { s.Token("acne") }, `fake: unknown workspace "acne"; did you mean "acme"? Known: acme, globex`},
		"an unknown token":                      {func(s *fake.Server) { s.Token("acme/write") }, `fake: unknown token "acme/write"; known: acme/full, acme/reader, acme/none`},
		"a name of no workspace and no token":   {func(s *fake.Server) { s.Token("raeder") }, `fake: unknown workspace "raeder"; known: acme, globex`},
		"a token that several have":             {func(s *fake.Server) { s.Workspace("acme").Clone(&recorder{}); s.Token("full") }, `fake: several workspaces have a token "full"; say which one: acme/full, globex/full, acme-2/full`},
		"a suspended member":                    {func(s *fake.Server) { s.Workspace("acme").As("sven") }, `fake: workspace "acme": member "sven" is suspended, so that nothing can be done in their name; choose another or give them access again`},
		"a snapshot of another":                 {func(s *fake.Server) { s.Restore(otherSnapshot()) }, "fake: the snapshot is of another server; Export and YAML carry what one server holds to another"},
		"a difference to another":               {func(s *fake.Server) { s.Diff(s.Snapshot(), otherSnapshot()) }, "fake: the snapshot is of another server; Export and YAML carry what one server holds to another"},
		"an empty snapshot":                     {func(s *fake.Server) { s.Restore(fake.Snapshot{}) }, "fake: an empty Snapshot holds nothing; take one with Server.Snapshot"},
		"an unknown snapshot":                   {func(s *fake.Server) { s.Snapshot("before"); s.DeleteSnapshot("befour") }, `fake: unknown snapshot "befour"; did you mean "before"?`},
		"usage of an unknown token":             {func(s *fake.Server) { s.Usage().Unneeded("acme/fuel") }, `fake: usage: unknown token "acme/fuel"; did you mean "acme/full"? Known: acme/full, acme/reader, acme/none`},
		"usage of an unknown operation":         {func(s *fake.Server) { s.Usage().Requests("record.*") }, `fake: usage: unknown operation "record.*"; did you mean "records.*"?`},
		"requests of an unknown token":          {func(s *fake.Server) { s.Requests(fake.RequestFilter{Token: "raeder"}) }, `fake: requests: unknown token "raeder"; did you mean "reader"? Known: full, reader, none`},
		"requests to two workspaces":            {func(s *fake.Server) { s.Workspace("acme").Requests(fake.RequestFilter{Workspace: "globex"}) }, `fake: requests: workspace "acme" has only its own requests, none of "globex"; ask the server for those`},
		"a fault on an unknown workspace":       {func(s *fake.Server) { s.Fail(fake.Hang.OnAny().In("acne")) }, `fake: unknown workspace "acne"; did you mean "acme"? Known: acme, globex`},
		"a fault on an unknown token":           {func(s *fake.Server) { s.Fail(fake.Hang.OnAny().With("globex/reader")) }, `fake: unknown token "globex/reader"; known: globex/full`},
		"a fault that cannot wait for a status": {func(s *fake.Server) { s.Fail(fake.Hang.OnAny().Status(200)) }, `fake: the fault "hang" acts before there is an answer, so it cannot select by status; only answer-lost, cut-off, invalid-json can`},
		"deliveries of an unknown event":        {func(s *fake.Server) { s.Deliveries(fake.DeliveryFilter{Event: "record.craeted"}) }, `fake: deliveries: unknown event type "record.craeted"; did you mean "record.created"?`},
		"an unknown member":                     {func(s *fake.Server) { s.Workspace("acme").Suspend("eve") }, `fake: workspace "acme": unknown member "eve"; known: ada, bob, sven`},
		"an unknown scope":                      {func(s *fake.Server) { s.Workspace("acme").AddToken(fake.Token{Scopes: []string{"notes:read"}}) }, `fake: workspace "acme": add a token: unknown scope "notes:read"; did you mean "note:read"?`},
		"a member twice":                        {func(s *fake.Server) { s.Workspace("acme").AddMember(fake.Member{Email: "ADA@acme.example.com"}) }, `fake: workspace "acme": ada@acme.example.com is a member of the workspace already`},
		"a member without an address":           {func(s *fake.Server) { s.Workspace("acme").AddMember(fake.Member{User: "eve"}) }, `fake: workspace "acme": a member needs an e-mail address; "" is not one`},
		"a member with half an address":         {func(s *fake.Server) { s.Workspace("acme").AddMember(fake.Member{Email: "eve @"}) }, `fake: workspace "acme": a member needs an e-mail address; "eve @" is not one`},
		"a clock before its first time":         {func(s *fake.Server) { s.SetTime(time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC)) }, `fake: SetTime: 1969-12-31T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31`},
		"a clock after its last time": {func(s *fake.Server) {
			s.SetTime(time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC))
			s.Advance(24 * time.Hour)
		}, `fake: Advance by 24h0m0s: 10000-01-01T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31`},
		"an e-mail before its first time": {func(s *fake.Server) {
			s.Workspace("acme").AddEmail(fake.Email{Subject: "Hello", From: "ada@acme.example.com", SentAt: time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC)})
		}, `fake: workspace "acme": add e-mail "Hello": SentAt: 1969-12-31T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31`},
		"an e-mail after its last time": {func(s *fake.Server) {
			s.Workspace("acme").AddEmail(fake.Email{Subject: "Hello", From: "ada@acme.example.com", SentAt: year10000})
		}, `fake: workspace "acme": add e-mail "Hello": SentAt: 10000-01-01T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31`},
		"a call recording that is ready before its first time": {func(s *fake.Server) {
			acme := s.Workspace("acme")
			acme.AddCallRecording(fake.CallRecording{Meeting: someMeeting(acme), ReadyAt: time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC)})
		}, `fake: workspace "acme": add a call recording: ReadyAt: 1969-12-31T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31`},
		"a call recording that is never ready": {func(s *fake.Server) {
			acme := s.Workspace("acme")
			acme.AddCallRecording(fake.CallRecording{Meeting: someMeeting(acme), ReadyAt: year10000})
		}, `fake: workspace "acme": add a call recording: ReadyAt: 10000-01-01T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31`},
		"a deadline of five digits": {func(s *fake.Server) { s.Workspace("acme").AddTask(fake.Task{Content: "Call", Deadline: year10000}) },
			`fake: task "Call": a Deadline is in a year of four digits, not 10000`},
		"a deadline that is so in UTC": {func(s *fake.Server) {
			s.Workspace("acme").AddTask(fake.Task{Content: "Call", Deadline: time.Date(9999, 12, 31, 23, 30, 0, 0, time.FixedZone("", -3600))})
		}, `fake: task "Call": a Deadline is in a year of four digits, not 10000`},
		"a deadline before our era": {func(s *fake.Server) {
			s.Workspace("acme").AddTask(fake.Task{Content: "Call", Deadline: time.Date(-43, 3, 15, 0, 0, 0, 0, time.UTC)})
		}, `fake: task "Call": a Deadline is in a year of four digits, not -43`},
		"a meeting that starts too late": {func(s *fake.Server) { s.Workspace("acme").AddMeeting(meetingAt(year10000, time.Time{})) },
			`fake: meeting "Party": Start and End are in years of four digits`},
		"a meeting that ends too late": {func(s *fake.Server) {
			s.Workspace("acme").AddMeeting(meetingAt(year10000.Add(-time.Minute), year10000))
		}, `fake: meeting "Party": Start and End are in years of four digits`},
		"a meeting that lasts into the next year by itself": {func(s *fake.Server) {
			s.Workspace("acme").AddMeeting(meetingAt(year10000.Add(-time.Minute), time.Time{}))
		}, `fake: meeting "Party": Start and End are in years of four digits`},
		"a day that ends too late": {func(s *fake.Server) {
			s.Workspace("acme").AddMeeting(fake.Meeting{Title: "Party", AllDay: true, Start: year10000.AddDate(0, 0, -1)})
		}, `fake: meeting "Party": Start and End are in years of four digits`},
		"a member with unknown access": {func(s *fake.Server) {
			s.Workspace("acme").AddMember(fake.Member{Email: "eve@example.com", Access: "owner"})
		}, `fake: workspace "acme": unknown access level "owner"; known: admin, member, suspended`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, fake.WithoutSocket(), fake.FixedClock(time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC)))
			defer srv.Close()
			tc.mistake(srv)
			if len(test.fatal) == 0 || test.fatal[0] != tc.want {
				t.Errorf("got %q\nwant %q", test.fatal, tc.want)
			}
		})
	}
}

// otherSnapshot is one of a server that no test has.
func otherSnapshot() fake.Snapshot {
	other, err := fake.Start(fake.WithoutSocket())
	if err != nil {
		panic(err)
	}
	defer other.Close()
	return other.Snapshot()
}

func TestExpectationsFailTheTestThatTheyAreGiven(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	for name, tc := range map[string]struct {
		expect func(t fake.TB)
		want   string
	}{
		"nothing changed since the snapshot of another server": {func(t fake.TB) { srv.ExpectUnchanged(t, otherSnapshot()) },
			"fake: the snapshot is of another server; Export and YAML carry what one server holds to another"},
		"requests to an unknown workspace": {func(t fake.TB) { srv.ExpectRequests(t, fake.Expect("records.*").In("acne").Never()) },
			`fake: expected records.* with workspace acne, never: unknown workspace "acne"; did you mean "acme"? Known: acme, globex`},
		"requests with an unknown token": {func(t fake.TB) { srv.ExpectRequests(t, fake.Expect("records.*").With("acme/fuel").Never()) },
			`fake: expected records.* with token acme/fuel, never: unknown token "acme/fuel"; did you mean "acme/full"? Known: acme/full, acme/reader, acme/none`},
		"requests to another workspace": {func(t fake.TB) {
			srv.Workspace("acme").ExpectRequests(t, fake.Expect("records.*").In("globex").Never())
		}, `fake: expected records.* with workspace globex, never; the workspace "acme" has the requests to itself alone`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{}
			tc.expect(r)
			if diff := cmp.Diff([]string{tc.want}, r.fatal); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestATokenIsKnownByItsNameAlone(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	if got, want := srv.Token("reader"), srv.Token("acme/reader"); got != want {
		t.Errorf("got %s, not %s", got, want)
	}
	send(t, srv, "POST", "/v2/objects/people/records", `{"data":{"values":{}}}`)
	usage := srv.Usage()
	unneeded := usage.Unneeded("acme/full")
	if diff := cmp.Diff(usage.Unneeded("globex/full"), usage.Unneeded("full")); diff == "" || len(unneeded) == 0 {
		t.Errorf("of all tokens full as many scopes are unneeded as of one that nobody used")
	}
	if diff := cmp.Diff(unneeded, usage.Unneeded("full")); diff != "" {
		t.Errorf("of acme's (-want) and of all (+got):\n%s", diff)
	}
}

func TestWithoutATestAMistakePanics(t *testing.T) {
	t.Parallel()
	srv, err := fake.Start(fake.WithoutSocket())
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	defer func() {
		if got, want := recover(), `fake: unknown workspace "x"; known: acme, globex`; got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}()
	srv.Workspace("x")
}

func TestNewReportsAScenarioThatIsWrong(t *testing.T) {
	t.Parallel()
	var test recorder
	fake.New(&test, fake.Scenario("acne"))
	if len(test.fatal) != 1 || !strings.Contains(test.fatal[0], "acne") || len(test.cleanups) != 0 {
		t.Errorf("got %q and %d cleanups", test.fatal, len(test.cleanups))
	}
}

func TestAHundredServersAreBoring(t *testing.T) {
	t.Parallel()
	var servers sync.WaitGroup
	for i := range 100 {
		servers.Go(func() {
			srv, err := fake.Start()
			if err != nil {
				t.Error(err)
				return
			}
			defer srv.Close()
			name := fmt.Sprintf("Acme %d", i)
			srv.Workspace("acme").Rename(name)
			if got := fetch(t, srv.Client(), srv.URL+"/v2/self", srv.Token("acme")); !strings.Contains(got, `"`+name+`"`) {
				t.Errorf("server %d says %s", i, got)
			}
		})
	}
	servers.Wait()
}

// year10000 is the first moment after the last that a clock can show.
var year10000 = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)

func meetingAt(start, end time.Time) fake.Meeting {
	return fake.Meeting{Title: "Party", Start: start, End: end, Participants: []fake.Participant{{Email: "ada@acme.example.com"}}}
}

func someMeeting(w *fake.Workspace) string {
	return w.AddMeeting(fake.Meeting{Title: "Call", Start: time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC), Participants: []fake.Participant{{Email: "ada@acme.example.com"}}}).ID
}

func TestAFixedClockOutOfItsRangeFailsTheTest(t *testing.T) {
	t.Parallel()
	for at, want := range map[time.Time]string{
		time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC): "fake: FixedClock: 1969-12-31T23:59:59Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31",
		year10000: "fake: FixedClock: 10000-01-01T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31",
		{}:        "fake: FixedClock: 0001-01-01T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31",
	} {
		var test recorder
		fake.New(&test, fake.FixedClock(at), fake.WithoutSocket())
		if diff := cmp.Diff([]string{want}, test.fatal); diff != "" {
			t.Errorf("%v: %s", at, diff)
		}
		if _, err := fake.Start(fake.FixedClock(at), fake.WithoutSocket()); err == nil || "fake: "+err.Error() != want {
			t.Errorf("%v: Start says %v", at, err)
		}
	}
}

func TestAClosedServerThatIsMountedElsewhereAnswers503AtItsOwnTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2031, time.March, 1, 12, 30, 0, 0, time.UTC)
	srv, err := fake.Start(fake.FixedClock(at), fake.WithoutSocket())
	if err != nil {
		t.Fatal(err)
	}
	srv.Close()
	answer := httptest.NewRecorder()
	srv.Handler().ServeHTTP(answer, httptest.NewRequest("GET", "/v2/self", nil))
	if got := answer.Header().Values("Date"); answer.Code != 503 || len(got) != 1 || got[0] != "Sat, 01 Mar 2031 12:30:00 GMT" {
		t.Errorf("got %d at %q", answer.Code, got)
	}
}

// Dates of headers have years of four digits.
func TestRetryAfterStaysInTheYearInWhichTheClockEnds(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.FixedClock(year10000.Add(-time.Millisecond)), fake.WithoutSocket())
	srv.Fail(fake.RateLimited.OnAny())
	r, err := http.NewRequestWithContext(t.Context(), "GET", srv.URL+"/v2/self", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+srv.Token("acme"))
	response, err := srv.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got, want := response.Header.Get("Retry-After"), "Fri, 31 Dec 9999 23:59:59 GMT"; response.StatusCode != 429 || got != want {
		t.Errorf("got %d with Retry-After %q, want %s", response.StatusCode, got, want)
	}
}

func TestAClosedServerAnswersNobody(t *testing.T) {
	t.Parallel()
	srv, err := fake.Start()
	if err != nil {
		t.Fatal(err)
	}
	client := srv.Client()
	srv.Close()
	srv.Close() // harmless
	if response, err := client.Get(srv.URL + "/v2/self"); err == nil {
		t.Errorf("without a socket it answers %s", response.Status)
	}
	if response, err := http.Get(srv.URL + "/v2/self"); err == nil {
		t.Errorf("on the socket it answers %s", response.Status)
	}
}

// No t.Parallel: it counts goroutines.
func TestCloseLeavesNoGoroutine(t *testing.T) {
	before := goroutines()
	for range 10 {
		srv, err := fake.Start()
		if err != nil {
			t.Fatal(err)
		}
		http := &http.Client{Transport: &http.Transport{}}
		fetch(t, http, srv.URL+"/v2/self", srv.Token("acme"))
		fetch(t, srv.Client(), srv.URL+"/v2/self", srv.Token("acme"))
		http.CloseIdleConnections()
		srv.Close()
	}
	// A goroutine that was told to end may take a moment to be gone.
	for wait := time.Millisecond; ; wait *= 2 {
		after := goroutines()
		left := strings.Count(after, "fakeattio/fake") - strings.Count(before, "fakeattio/fake")
		if left <= 0 {
			return
		}
		if wait > 2*time.Second {
			t.Fatalf("left behind:\n%s", after)
		}
		<-time.After(wait)
	}
}

// goroutines returns the stacks of all goroutines but this one.
func goroutines() string {
	buf := make([]byte, 1<<20)
	_, others, _ := bytes.Cut(buf[:runtime.Stack(buf, true)], []byte("\n\n"))
	return string(others)
}

// endless is a body that never ends and never comes.
type endless struct{ ctx context.Context }

func (e endless) Read([]byte) (int, error) {
	<-e.ctx.Done()
	return 0, e.ctx.Err()
}

func TestCloseNamesARequestThatDoesNotEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var test recorder
		srv := fake.New(&test, fake.WithoutSocket())
		token := srv.Token("acme")
		done := make(chan error)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://api.attio.com/v2/notes?x=1", endless{ctx})
			request.Header.Set("Authorization", "Bearer "+token)
			_, err := srv.Client().Do(request)
			done <- err
		}()
		synctest.Wait()
		start := time.Now()
		srv.Close()
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("Close took %v", took)
		}
		if err := <-done; err == nil {
			t.Error("the request was answered")
		}
		cancel()
		want := []string{"fake: cut off a request that was still under way: POST /v2/notes?x=1 from in-process"}
		if diff := cmp.Diff(want, test.logged); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTheClockIsTheTests(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	srv := fake.New(t, fake.FixedClock(noon), fake.WithoutSocket())
	steps := []struct {
		do   func()
		want time.Time
	}{
		{func() {}, noon},
		{func() { srv.Advance(24 * time.Hour) }, noon.AddDate(0, 0, 1)},
		{func() { srv.SetTime(noon.AddDate(1, 0, 0)) }, noon.AddDate(1, 0, 0)},
		{func() { srv.Reset() }, noon},
	}
	for i, step := range steps {
		if step.do(); !srv.Now().Equal(step.want) {
			t.Errorf("step %d: %v", i, srv.Now())
		}
	}
}

func TestAServerWorksInABubble(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := fake.New(t, fake.WithoutSocket())
		before := srv.Now()
		time.Sleep(72 * time.Hour)
		if got := srv.Now().Sub(before); got != 72*time.Hour {
			t.Errorf("the clock moved by %v", got)
		}
		srv.Freeze()
		time.Sleep(time.Hour)
		srv.Unfreeze()
		if got := srv.Now().Sub(before); got != 72*time.Hour {
			t.Errorf("frozen the clock moved on to %v", got)
		}
		if got := fetch(t, srv.Client(), srv.URL+"/v2/self", srv.Token("acme")); !strings.Contains(got, `"active":true`) {
			t.Error(got)
		}
	})
}

func TestIDsRepeatUnderASeed(t *testing.T) {
	t.Parallel()
	member := func() string {
		srv := fake.New(t, fake.Seed(7), fake.WithoutSocket())
		return srv.Workspace("acme").AddMember(fake.Member{Email: "eve@example.com"}).ID
	}
	if first, second := member(), member(); first != second {
		t.Errorf("got %s and %s", first, second)
	}
}

func TestReloadKeepsTheStateWhereTheFileIsWrong(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "scenario.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{version: 1, workspaces: {acme: {name: One, tokens: {t: {token: one, scopes: all}}}}}`)
	srv := fake.New(t, fake.ScenarioFile(file), fake.WithoutSocket(), fake.Logger(slog.New(slog.DiscardHandler)))
	acme := srv.Workspace("acme")

	write(`{version: 1, workspaces: {acme: {nam: Two}}}`)
	if err := srv.Reload(); err == nil {
		t.Error("the mistake went through")
	}
	if acme.Name() != "One" || srv.Token("acme") != "one" {
		t.Errorf("the state changed: %s", acme.Name())
	}

	write(`{version: 1, workspaces: {acme: {name: Two, tokens: {t: {token: two, scopes: all}}}}}`)
	if err := srv.Reload(); err != nil {
		t.Fatal(err)
	}
	if acme.Name() != "Two" || srv.Token("acme") != "two" {
		t.Errorf("the state did not change: %s", acme.Name())
	}
}
