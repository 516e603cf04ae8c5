package fake_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// people counts the records that the workspace has.
func people(srv *fake.Server) int { return len(srv.Workspace("acme").Records("people")) }

func TestEachFaultComesToTheClientAsItIsNamed(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		kind fake.FaultKind
		want outcome
		done bool // what was asked for is done all the same
	}{
		"too many requests": {fake.RateLimited, outcome{Status: 429, RetryAfter: "Thu, 15 Jan 2026 09:00:01 GMT", Fault: "fault-1",
			Body: `{"status_code":429,"type":"rate_limit_error","code":"rate_limit_exceeded","message":"Rate limit exceeded, please try again later"}`}, false},
		"a token that is unknown": {fake.Unauthorized, outcome{Status: 401, Fault: "fault-1",
			Body: `{"status_code":401,"type":"auth_error","code":"unauthorized","message":"The API Key provided could not be found. This is most commonly caused by the token having been revoked."}`}, false},
		"a token without the scopes": {fake.Forbidden, outcome{Status: 403, Fault: "fault-1",
			Body: `{"status_code":403,"type":"auth_error","code":"unauthorized","message":"The API Key provided is not authorized to perform the requested action. This request requires scopes: Read-Write access to the Records scope, Read access to the Object Configuration scope."}`}, false},
		"a conflict of two writes": {fake.WriteConflict, outcome{Status: 409, Fault: "fault-1",
			Body: `{"status_code":409,"type":"invalid_request_error","code":"concurrent_write_conflict","message":"The record was modified by another request while this write was being validated. Please try again."}`}, false},
		"an internal error": {fake.InternalError, outcome{Status: 500, Fault: "fault-1",
			Body: `{"status_code":500,"type":"api_error","code":"internal_error","message":"An unexpected error occurred. Please try again later."}`}, false},
		"an outage in plain text": {fake.Unavailable, outcome{Status: 503, Fault: "fault-1", Body: "Service Unavailable"}, false},
		"a closed connection":     {fake.Disconnect, outcome{Broken: true}, false},
		"an answer that is lost":  {fake.AnswerLost, outcome{Broken: true}, true},
	} {
		for _, socket := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, socket %v", name, socket), func(t *testing.T) {
				t.Parallel()
				srv := fake.New(t, fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 500, time.UTC)))
				client := srv.Client()
				if socket {
					client = http.DefaultClient
				}
				before := people(srv)
				injected := srv.Fail(tc.kind.On("records.create").Times(1))
				got := call(t.Context(), client, srv, "POST")
				if diff := cmp.Diff(tc.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				if done := people(srv) > before; done != tc.done {
					t.Errorf("what was asked for is done: %v", done)
				}
				if again := call(t.Context(), client, srv, "POST"); again.Status != 200 || again.Fault != "" || injected.Hits() != 1 {
					t.Errorf("after it: %+v with %d hits", again, injected.Hits())
				}
			})
		}
	}
}

func TestHalfAnAnswer(t *testing.T) {
	t.Parallel()
	for _, socket := range []bool{true, false} {
		srv := fake.New(t)
		client := srv.Client()
		if socket {
			client = http.DefaultClient
		}
		whole := call(t.Context(), client, srv, "GET")
		half := whole.Body[:len(whole.Body)/2]

		srv.Fail(fake.InvalidJSON.On("workspace_members.list").Times(1))
		got := call(t.Context(), client, srv, "GET")
		if diff := cmp.Diff(outcome{Status: 200, Body: half, Fault: "fault-1"}, got); diff != "" || json.Valid([]byte(got.Body)) {
			t.Errorf("invalid JSON, socket %v (-want +got):\n%s", socket, diff)
		}
		srv.Fail(fake.CutOff.On("workspace_members.list").Times(1))
		got = call(t.Context(), client, srv, "GET")
		if diff := cmp.Diff(outcome{Status: 200, Body: half, Fault: "fault-2", Broken: true}, got); diff != "" {
			t.Errorf("cut off, socket %v (-want +got):\n%s", socket, diff)
		}
	}
}

func TestAHangEndsWithTheClientOrTheServer(t *testing.T) {
	t.Parallel()
	for _, socket := range []bool{true, false} {
		srv := fake.New(t)
		client := srv.Client()
		if socket {
			client = http.DefaultClient
		}
		arrived := make(chan bool, 2)
		srv.Fail(fake.Hang.OnAny().When(func(*http.Request) bool { arrived <- true; return true }))
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan outcome)
		go func() { done <- call(ctx, client, srv, "GET") }()
		<-arrived
		cancel()
		if got := <-done; !got.Broken {
			t.Errorf("a client that gives up, socket %v: %+v", socket, got)
		}
		go func() { done <- call(t.Context(), client, srv, "GET") }()
		<-arrived
		srv.Close()
		if got := <-done; !got.Broken {
			t.Errorf("a server that closes, socket %v: %+v", socket, got)
		}
	}
}

func TestAHangEndsWithItsWorkspace(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	arrived := make(chan bool, 2)
	srv.Fail(fake.Hang.OnAny().When(func(*http.Request) bool { arrived <- true; return true }))
	own := srv.Workspace("acme").Clone(&recorder{})
	removed, other := make(chan outcome), make(chan outcome)
	go func() { removed <- callWith(t.Context(), srv.Client(), srv, own.Token(), "GET") }()
	go func() { other <- call(t.Context(), srv.Client(), srv, "GET") }()
	<-arrived
	<-arrived
	control(t, srv, "DELETE", "/_fake/workspaces/"+own.Slug(), "")
	if got := <-removed; !got.Broken {
		t.Errorf("a request to a workspace that is removed: %+v", got)
	}
	select {
	case got := <-other:
		t.Errorf("a request to another workspace: %+v", got)
	default:
	}
	srv.ClearFaults()
	if got := <-other; !got.Broken {
		t.Errorf("after the faults were cleared: %+v", got)
	}
	if got := callWith(t.Context(), srv.Client(), srv, own.Token(), "GET"); got.Status != http.StatusUnauthorized {
		t.Errorf("after the workspace was removed: %+v", got)
	}
}

func TestOnlyTheRequestsThatARuleMeansGoWrong(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault fake.Fault
		want  string // of six requests in turn, GET and POST, which go wrong
	}{
		"all":                            {fake.InternalError.OnAny(), "xxxxxx"},
		"an operation":                   {fake.InternalError.On("records.create"), ".x.x.x"},
		"a resource":                     {fake.InternalError.On("records.*"), ".x.x.x"},
		"a method":                       {fake.InternalError.OnAny().Method("get"), "x.x.x."},
		"a path":                         {fake.InternalError.OnAny().Path("/v2/objects/*/records"), ".x.x.x"},
		"the first":                      {fake.InternalError.OnAny().Times(2), "xx...."},
		"every third":                    {fake.InternalError.OnAny().Every(3), "..x..x"},
		"those after the fourth":         {fake.InternalError.OnAny().After(4), "....xx"},
		"every second after one, twice":  {fake.InternalError.OnAny().After(1).Every(2).Times(2), "..x.x."},
		"a workspace":                    {fake.InternalError.OnAny().In("acme"), "xxxxxx"},
		"another workspace":              {fake.InternalError.OnAny().In("globex"), "......"},
		"a token":                        {fake.InternalError.OnAny().With("full"), "xxxxxx"},
		"a token of a workspace":         {fake.InternalError.OnAny().With("acme/full"), "xxxxxx"},
		"another token":                  {fake.InternalError.OnAny().With("reader"), "......"},
		"the token of another workspace": {fake.InternalError.OnAny().With("globex/full"), "......"},
		"what the test chooses":          {fake.InternalError.OnAny().When(func(r *http.Request) bool { return r.Method == "POST" }), ".x.x.x"},
		"by chance, the same every time": {fake.InternalError.OnAny().Probability(0.5, 7), "..xxxx"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := fake.New(t, fake.WithoutSocket())
			srv.Fail(tc.fault)
			got := ""
			for i := range 6 {
				switch status := call(t.Context(), srv.Client(), srv, []string{"GET", "POST"}[i%2]).Status; status {
				case 500:
					got += "x"
				case 200:
					got += "."
				default:
					t.Errorf("status %d", status)
				}
			}
			if got != tc.want {
				t.Errorf("went wrong: %s, not %s", got, tc.want)
			}
		})
	}
}

func TestAFaultWaitsForTheStatusThatItChooses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault fake.Fault
		want  string // of four requests in turn: fine, unknown, fine, fine
	}{
		"lost answers of what was found":    {fake.AnswerLost.OnAny().Status(200), "x.xx"},
		"of what was not found":             {fake.AnswerLost.OnAny().Status(404), ".x.."},
		"only the second":                   {fake.AnswerLost.OnAny().Status(200).After(1).Times(1), "..x."},
		"of another operation":              {fake.AnswerLost.On("records.*").Status(200), "...."},
		"what is late and then cut off too": {fake.CutOff.OnAny().Status(404), ".x.."},
	} {
		for _, socket := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, socket %v", name, socket), func(t *testing.T) {
				t.Parallel()
				srv := fake.New(t)
				client := srv.Client()
				if socket {
					client = http.DefaultClient
				}
				srv.Fail(fake.Slow.OnAny().Delay(time.Millisecond))
				injected := srv.Fail(tc.fault)
				got := ""
				for _, path := range []string{"/v2/objects", "/v2/objects/none", "/v2/objects", "/v2/objects"} {
					broken := ask(t.Context(), client, srv.Token("acme"), "GET", srv.URL+path, "").Broken
					got += map[bool]string{true: "x", false: "."}[broken]
				}
				if got != tc.want || injected.Hits() != strings.Count(tc.want, "x") {
					t.Errorf("went wrong: %s with %d hits, not %s", got, injected.Hits(), tc.want)
				}
			})
		}
	}
}

func TestAFaultThatCannotHitAnythingEndsTheTest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault fake.Fault
		want  string
	}{
		"an unknown operation":     {fake.RateLimited.On("records.list"), `fake: unknown operation "records.list"; did you mean "records.get"?`},
		"a method that it has not": {fake.RateLimited.On("records.query").Method("GET"), `fake: the rule can never match: no operation has the name "records.query", the method "GET" and a path like "" at once`},
		"a quota that it has not":  {fake.QuotaExceeded.On("records.create"), "fake: the rule can never match: only objects.create, call_recordings.create, files.upload can go wrong in this way"},
		"a plan that all have":     {fake.BillingError.On("lists.*").Method("GET"), "fake: the rule can never match: only activities.create, activity_records.create, activity_records.upsert, lists.create, call_recordings.create, files.upload can go wrong in this way"},
		"a limit that it has not":  {fake.LimitReached.OnAny().Path("/v2/notes"), "fake: the rule can never match: only tasks.create, tasks.update can go wrong in this way"},
		"a path that Attio lacks":  {fake.RateLimited.OnAny().Path("/v2/people"), `fake: the rule can never match: no operation has the name "", the method "" and a path like "/v2/people" at once`},
		"no delay":                 {fake.Slow.OnAny(), `fake: the fault "slow" needs a delay above zero`},
		"an unknown kind":          {fake.FaultKind("fire").OnAny(), `fake: unknown fault "fire"; known: rate-limited, unauthorized, forbidden, no-permission, write-conflict, quota-exceeded, billing-error, limit-reached, internal, bad-gateway, unavailable, slow, hang, disconnect, answer-lost, cut-off, invalid-json`},
		"a wrong probability":      {fake.RateLimited.OnAny().Probability(2, 0), "fake: a probability has to be above 0 and below 1, not 2; leave it out to hit every request"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{}
			srv := fake.New(r, fake.WithoutSocket())
			defer srv.Close()
			srv.Fail(tc.fault)
			if diff := cmp.Diff([]string{tc.want}, r.fatal); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAClientThatWaitsNotLongEnoughTriesAgain(t *testing.T) {
	t.Parallel()
	for _, socket := range []bool{true, false} {
		srv := fake.New(t)
		client := &http.Client{Timeout: 50 * time.Millisecond, Transport: srv.Transport()}
		if socket {
			client.Transport = http.DefaultTransport
		}
		srv.Fail(fake.Slow.On("records.create").Delay(time.Hour).Times(1))
		before := people(srv)
		if got := call(t.Context(), client, srv, "POST"); !got.Broken || people(srv) != before {
			t.Errorf("socket %v: %+v, and %d records more", socket, got, people(srv)-before)
		}
		client.Timeout = 0
		if got := call(t.Context(), client, srv, "POST"); got.Status != 200 || people(srv) != before+1 {
			t.Errorf("again, socket %v: %+v, and %d records more", socket, got, people(srv)-before)
		}
	}
}

func TestAClientThatTriesAgainAfterALostAnswerDoesItTwice(t *testing.T) {
	t.Parallel()
	srv := fake.New(t)
	srv.Fail(fake.AnswerLost.On("records.create").Times(1))
	before := people(srv)
	for range 2 {
		call(t.Context(), http.DefaultClient, srv, "POST")
	}
	if made := people(srv) - before; made != 2 {
		t.Errorf("made %d records", made)
	}
}
