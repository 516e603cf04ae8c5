package fake_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake"
)

// ownToken is a token that the client has for the real side.
var ownToken = strings.Repeat("0123456789abcdef", 4)

// team is a scenario whose one token has a value, or that of the fake if it is empty.
func team(token string) fake.Option {
	if token != "" {
		token = ", token: " + token
	}
	return fake.YAML(`version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users: {ada: {first_name: Ada, last_name: Lovelace, email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all` + token + `}}
    objects: {people: {records: {grace: {name: "Hopper, Grace"}, alan: {name: "Turing, Alan"}}}}
`)
}

// answering is a real side that answers by a function.
type answering func(*http.Request) (*http.Response, error)

func (f answering) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// shadowed returns a fake with a real side that is a fake too, through a transport that may change the answers.
func shadowed(t *testing.T, through func(real http.RoundTripper) http.RoundTripper, options ...fake.ShadowOption) (srv, real *fake.Server) {
	t.Helper()
	real = fake.New(t, team(ownToken), fake.WithoutSocket())
	transport := real.Transport()
	if through != nil {
		transport = through(transport)
	}
	srv = fake.New(t, team(""), fake.WithoutSocket(), fake.Shadow("https://api.attio.com", append(options, fake.ShadowTransport(transport))...))
	return srv, real
}

// askWith sends a request and returns the status and the body of the answer.
func askWith(t *testing.T, srv *fake.Server, token, method, path, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(method, srv.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := srv.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(answer)
}

var grace = "/v2/objects/people/records/" + fake.ID("acme/people/grace")

func TestReadsWithATokenOfTheClientsOwnAreComparedWithTheRealSide(t *testing.T) {
	t.Parallel()
	srv, real := shadowed(t, nil)
	for _, request := range [][2]string{
		{"GET", "/v2/self"}, {"GET", "/v2/objects"}, {"GET", grace}, {"GET", grace + "/attributes/name/values"},
		{"GET", "/v2/objects/people/attributes?limit=3&offset=1"}, {"GET", "/v2/nothing"}, {"GET", "/v2/objects/none"},
	} {
		askWith(t, srv, ownToken, request[0], request[1], "")
	}
	askWith(t, srv, ownToken, "POST", "/v2/objects/people/records/query", `{"filter": {"name": "Grace Hopper"}}`)
	askWith(t, srv, ownToken, "POST", "/v2/objects/people/records/query", `{"filter": {"nme": "Grace Hopper"}}`)
	if status, _ := askWith(t, srv, ownToken, "POST", "/v2/objects/people/records", `{"data":{"values":{"name":"Byron, Ada"}}}`); status != 200 {
		t.Errorf("the fake answers %d to a write", status)
	}
	askWith(t, srv, srv.Token("acme"), "GET", "/v2/self", "") // a token of the scenario's
	got := srv.ShadowReport()
	if got.Same != 9 || got.Different+got.Failed+got.Incomparable != 0 {
		t.Errorf("got %s", got)
	}
	if diff := cmp.Diff(map[string]int{"write": 1}, got.Skipped); diff != "" {
		t.Error(diff)
	}
	var sent []string
	for _, r := range real.Requests() {
		sent = append(sent, r.Method+" "+r.Path+" "+string(r.Body))
	}
	slices.Sort(sent) // four go at a time
	want := []string{
		"GET /v2/nothing ", "GET /v2/objects ", "GET /v2/objects/none ", "GET /v2/objects/people/attributes?limit=3&offset=1 ",
		"GET " + grace + " ", "GET " + grace + "/attributes/name/values ", "GET /v2/self ",
		`POST /v2/objects/people/records/query {"filter": {"name": "Grace Hopper"}}`, `POST /v2/objects/people/records/query {"filter": {"nme": "Grace Hopper"}}`,
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, sent); diff != "" {
		t.Errorf("the real side got (-want +got):\n%s", diff)
	}
}

// replacing changes the bodies of answers.
func replacing(oldnew ...string) func(http.RoundTripper) http.RoundTripper {
	return func(real http.RoundTripper) http.RoundTripper {
		return answering(func(r *http.Request) (*http.Response, error) {
			response, err := real.RoundTrip(r)
			if err != nil {
				return nil, err
			}
			body, err := io.ReadAll(response.Body)
			if err != nil {
				return nil, err
			}
			response.Body = io.NopCloser(strings.NewReader(strings.NewReplacer(oldnew...).Replace(string(body))))
			return response, nil
		})
	}
}

func TestADifferenceIsInTheReportTheJournalAndTheControlAPI(t *testing.T) {
	t.Parallel()
	srv, _ := shadowed(t, replacing(`"first_name":"Grace",`, ``, `Could not find endpoint`, `No endpoint`))
	askWith(t, srv, ownToken, "GET", grace, "")
	askWith(t, srv, ownToken, "GET", "/v2/nothing", "")
	askWith(t, srv, ownToken, "GET", "/v2/self", "")
	want := []fake.ShadowedRequest{
		{Number: 1, Method: "GET", Path: grace, Operation: "records.get", Outcome: "different", Status: 200, OtherStatus: 200, Differences: []fake.ShadowDifference{
			{Path: "data.values.name[0].first_name", Kind: "extra-key", Severity: "notable", Fake: `a string "Grace"`, Other: "nothing"},
		}},
		{Number: 2, Method: "GET", Path: "/v2/nothing", Outcome: "different", Status: 404, OtherStatus: 404, Differences: []fake.ShadowDifference{
			{Path: "message", Kind: "message", Severity: "notable", Fake: `a string "Could not find endpoint \"GET /v2/nothing\"."`, Other: `a string "No endpoint \"GET /v2/nothing\"."`},
		}},
		{Number: 3, Method: "GET", Path: "/v2/self", Operation: "self.identify", Outcome: "same", Status: 200, OtherStatus: 200},
	}
	report := srv.ShadowReport()
	if diff := cmp.Diff(want, report.Requests, cmpopts.IgnoreFields(fake.ShadowedRequest{}, "Duration")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if text := report.String(); !strings.HasPrefix(text, "1 requests with the same answers, 2 with different ones, 0 not comparable, 0 not answered by the other server\n#1 GET ") {
		t.Errorf("got %s", text)
	}

	type result struct {
		Request  int
		Outcome  string
		Severity string
	}
	var journal struct {
		Requests []struct {
			Number int
			Shadow result
		}
	}
	decodeAnswer(t, srv, "/_fake/requests?shadow=different", &journal)
	if len(journal.Requests) != 2 || journal.Requests[0].Shadow != (result{1, "different", "notable"}) {
		t.Errorf("the journal has %+v", journal)
	}
	var shadow struct {
		URL      string
		Outcomes map[string]int
		Requests []result
	}
	decodeAnswer(t, srv, "/_fake/shadow?settled=10s&outcome=same&outcome=different", &shadow)
	if len(shadow.Requests) != 3 || shadow.URL != "https://api.attio.com" || !cmp.Equal(shadow.Outcomes, map[string]int{"same": 1, "different": 2}) {
		t.Errorf("the control API has %+v", shadow)
	}

	srv.Reset()
	if kept := srv.ShadowReport(); kept.Different != 2 {
		t.Errorf("after a reset: %s", kept)
	}
	srv.ClearShadow()
	if kept := srv.ShadowReport(); kept.Different != 0 || kept.Requests != nil {
		t.Errorf("after it was cleared: %s", kept)
	}
}

func decodeAnswer(t *testing.T, srv *fake.Server, path string, into any) {
	t.Helper()
	status, body := askWith(t, srv, "", "GET", path, "")
	if err := json.Unmarshal([]byte(body), into); err != nil || status != 200 {
		t.Fatalf("%s: %d %s", path, status, body)
	}
}

func TestTheTokenOfAClientIsKeptNowhere(t *testing.T) {
	t.Parallel()
	srv, _ := shadowed(t, replacing(`"active":true`, `"active":"`+ownToken+`"`, `Could not find endpoint`, ownToken))
	askWith(t, srv, ownToken, "GET", "/v2/self?token="+ownToken, "")
	askWith(t, srv, ownToken, "GET", "/v2/nothing", "")
	report := srv.ShadowReport()
	if report.Different != 2 {
		t.Fatalf("got %s", report)
	}
	var kept strings.Builder
	for _, path := range []string{"/_fake/shadow", "/_fake/requests?path=/v2/nothing", "/_fake/console/requests/2", "/_fake/export", "/_fake/workspaces", "/_fake/usage"} {
		_, body := askWith(t, srv, "", "GET", path, "")
		kept.WriteString(body)
	}
	fmt.Fprintf(&kept, "%+v %s", report, report)
	if strings.Contains(kept.String(), ownToken) {
		t.Errorf("the token is in\n%s", kept.String())
	}
	for _, r := range srv.Requests() {
		if got := r.Header.Get("Authorization"); got != "Bearer acme/full" && got != "Bearer [redacted]" {
			t.Errorf("the journal has Authorization: %s", got)
		}
	}
}

func TestTheClientDoesNotWaitForTheRealSide(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		srv, _ := shadowed(t, func(http.RoundTripper) http.RoundTripper {
			return answering(func(r *http.Request) (*http.Response, error) {
				<-r.Context().Done()
				return nil, r.Context().Err()
			})
		})
		for range 1500 {
			askWith(t, srv, ownToken, "GET", "/v2/objects", "")
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("the client has waited %v", took)
		}
		ended := make(chan fake.ShadowReport)
		go func() { ended <- srv.ShadowReport() }()
		synctest.Wait()
		srv.Close()
		report := <-ended
		if n := report.Skipped["queue-full"]; n < 490 || n > 500 {
			t.Errorf("%d requests found no room in a queue of 1,000", n)
		}
	})
}

func TestFailuresOfTheRealSideAreNoDifferences(t *testing.T) {
	t.Parallel()
	answer := func(status int, body string, headers ...string) func(http.RoundTripper) http.RoundTripper {
		return func(http.RoundTripper) http.RoundTripper {
			return answering(func(r *http.Request) (*http.Response, error) {
				header := http.Header{}
				for i := 0; i < len(headers); i += 2 {
					header.Set(headers[i], headers[i+1])
				}
				return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body))}, nil
			})
		}
	}
	for name, tc := range map[string]struct {
		real func(http.RoundTripper) http.RoundTripper
		want string
	}{
		"it is busy":           {answer(429, `{}`, "Retry-After", "1"), "it answered 429, too many requests, with Retry-After: 1"},
		"it is down":           {answer(503, ``), "it answered 503"},
		"it refuses the token": {answer(401, `{"message":"The API Key provided could not be found."}`), "it refuses the token: The API Key provided could not be found."},
		"the connection breaks": {func(http.RoundTripper) http.RoundTripper {
			return answering(func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF })
		}, "it closed the connection before its answer was whole"},
		"it does not answer": {func(http.RoundTripper) http.RoundTripper {
			return answering(func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() })
		}, "it did not answer within 20s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv, _ := shadowed(t, tc.real)
				if status, _ := askWith(t, srv, ownToken, "GET", "/v2/objects", ""); status != 200 {
					t.Errorf("the client got %d", status)
				}
				report := srv.ShadowReport()
				if report.Failed != 1 || len(report.Requests) != 1 || !strings.HasPrefix(report.Requests[0].Failure, tc.want) {
					t.Errorf("got %s, want %s", report, tc.want)
				}
			})
		})
	}
}

func TestWhatOnlyTheFakeHasIsNotAskedFor(t *testing.T) {
	t.Parallel()
	srv, real := shadowed(t, nil)
	_, body := askWith(t, srv, ownToken, "POST", "/v2/objects/people/records", `{"data":{"values":{"name":"Byron, Ada"}}}`)
	askWith(t, srv, ownToken, "GET", "/v2/objects/people/records/"+recordID(t, body), "")
	askWith(t, srv, ownToken, "PATCH", grace, `{"data":{"values":{"description":"New"}}}`)
	askWith(t, srv, ownToken, "GET", grace, "")                                 // the real side has no description
	askWith(t, srv, ownToken, "POST", "/v2/objects/people/records/query", `{}`) // and one person less
	alan := "/v2/objects/people/records/" + fake.ID("acme/people/alan")
	askWith(t, srv, ownToken, "DELETE", alan, "")
	askWith(t, srv, ownToken, "GET", alan, "")
	report := srv.ShadowReport()
	if diff := cmp.Diff(map[string]int{"write": 3, "only-here": 1}, report.Skipped); diff != "" {
		t.Error(diff)
	}
	if report.Different != 0 || report.Same != 2 || report.Incomparable != 1 || report.Values == 0 {
		t.Errorf("got %s", report)
	}
	if n := len(real.Requests()); n != 3 {
		t.Errorf("the real side got %d requests", n)
	}
}

func recordID(t *testing.T, body string) string {
	t.Helper()
	var created struct {
		Data struct {
			ID struct {
				RecordID string `json:"record_id"`
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &created); err != nil || created.Data.ID.RecordID == "" {
		t.Fatalf("%v: %s", err, body)
	}
	return created.Data.ID.RecordID
}

func TestWritesGoToTheRealSideWithItsOwnIDs(t *testing.T) {
	t.Parallel()
	srv, real := shadowed(t, nil, fake.ShadowWrites())
	_, body := askWith(t, srv, ownToken, "POST", "/v2/objects/people/records", `{"data":{"values":{"name":"Byron, Ada"}}}`)
	made := recordID(t, body)
	askWith(t, srv, ownToken, "PATCH", "/v2/objects/people/records/"+made, `{"data":{"values":{"description":"New"}}}`)
	askWith(t, srv, ownToken, "POST", "/v2/notes", fmt.Sprintf(`{"data":{"parent_object":"people","parent_record_id":%q,"title":"T","format":"plaintext","content":"C"}}`, made))
	askWith(t, srv, ownToken, "GET", "/v2/notes?parent_object=people&parent_record_id="+made, "")
	askWith(t, srv, ownToken, "POST", "/v2/objects/people/records", `{"data":{"values":{"nme":"Byron, Ada"}}}`)
	askWith(t, srv, ownToken, "DELETE", "/v2/objects/people/records/"+made, "")
	askWith(t, srv, ownToken, "GET", "/v2/objects/people/records/"+made, "")
	report := srv.ShadowReport()
	if report.Same != 7 || report.Different+report.Failed+report.Incomparable != 0 {
		t.Errorf("got %s", report)
	}
	for _, r := range real.Requests() {
		if strings.Contains(r.Path+string(r.Body), made) {
			t.Errorf("the real side was asked for an id of the fake: %s", r)
		}
	}
	if people := len(real.Workspace("acme").Records("people")); people != 2 {
		t.Errorf("the real side has %d people", people)
	}
}

// A goroutine that is left fails the test by itself: its bubble does not end.
func TestAShadowEndsWithItsServer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, _ := shadowed(t, func(http.RoundTripper) http.RoundTripper {
			return answering(func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() })
		})
		for range 10 {
			askWith(t, srv, ownToken, "GET", "/v2/objects", "")
		}
		srv.Close()
		srv.Close()
		if report := srv.ShadowReport(); report.Skipped["server-closed"] != 10 {
			t.Errorf("got %s", report)
		}
	})
}

func TestTheURLOfAShadowIsChecked(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "api.attio.com", "ftp://api.attio.com", "https://ada:secret@api.attio.com"} {
		if _, err := fake.Start(fake.Shadow(url)); err == nil || !strings.HasPrefix(err.Error(), "Shadow: ") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: got %v", url, err)
		}
	}
}

func TestAForeignTokenIsUnknownWithoutAShadow(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	if status, _ := askWith(t, srv, ownToken, "GET", "/v2/objects", ""); status != 401 {
		t.Errorf("got %d", status)
	}
}
