package console_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// foreign is a token of the client's own.
var foreign = strings.Repeat("0123456789abcdef", 4)

// other is another server, which answers by a function.
type other func(*http.Request) (*http.Response, error)

func (f other) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// compared returns a browser of a server whose shadow has compared some requests with a server that answers hostile texts.
func compared(t *testing.T) *browser {
	b := newBrowser(t, fake.YAML(scenario), fake.Shadow("https://attio.example.com", fake.ShadowTransport(other(func(r *http.Request) (*http.Response, error) {
		answer := &http.Response{StatusCode: 404, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"status_code":404,"type":"invalid_request_error","code":"not_found","message":"` + "<script>alert(1)</script>" + `"}`))}
		if r.URL.Path == "/v2/lists" {
			answer.StatusCode = 401
		}
		return answer, nil
	}))))
	b.call("GET", "/v2/nothing", foreign, "")
	b.call("GET", "/v2/lists", foreign, "")
	b.call("POST", "/v2/objects/people/records", foreign, `{"data":{"values":{}}}`)
	b.call("GET", person, foreign, "")
	b.call("GET", "/v2/self", "secret", "")
	b.server.ShadowReport() // waits
	return b
}

func TestRequestsAreFilteredByTheirShadow(t *testing.T) {
	t.Parallel()
	b := compared(t)
	for query, want := range map[string]string{"": "5 4 3 2 1", "different": "1", "failed": "2", "skipped": "3", "incomparable": "4", "same": ""} {
		if got := numbers(b.get("/_fake/?shadow=" + query)); got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
	got := b.do(http.MethodGet, "/_fake/?shadow=diferent", nil)
	if said := got.text(".mistake"); got.status != http.StatusUnprocessableEntity || !strings.HasPrefix(said, `unknown outcome "diferent"; did you mean "different"?`) {
		t.Errorf("got %d %q", got.status, said)
	}
	if got := busy(t).get("/_fake/").find("#shadow"); got != nil {
		t.Error("a server without a shadow has a filter for it")
	}
}

func TestARequestShowsHowTheOtherServerAnswered(t *testing.T) {
	t.Parallel()
	b := compared(t)
	var got []string
	for _, number := range []string{"1", "2", "3", "4"} {
		page := b.get("/_fake/console/requests/" + number)
		got = append(got, strings.Join(strings.Fields(page.text("#shadow")), " "))
		if scripts := len(page.find("script")); scripts != 2 {
			t.Errorf("request %s has %d scripts", number, scripts)
		}
	}
	for i := range got {
		got[i] = withoutDuration(got[i])
	}
	want := []string{
		`Shadow shadow: notable The fake answered 404, the other server 404 after TIME. Severity Place The fake The other server ` +
			`notable message a string "Could not find endpoint \"GET /v2/nothing\"." a string "<script>alert(1)</script>"`,
		`Shadow shadow: failed The other server gave no answer to it: it refuses the token: <script>alert(1)</script>. The fake answered 200, the other server 401 after TIME.`,
		`Shadow shadow: skipped It was not sent, as writes are not: start the server with --shadow-writes to send them.`,
		`Shadow shadow: incomparable The answers cannot be compared: one of the servers has what the path names, and the other has not. The fake answered 200, the other server 404 after TIME.`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if b.get("/_fake/console/requests/5").find("#shadow") != nil {
		t.Error("a request with a token of the scenario has a shadow")
	}
}

// withoutDuration replaces how long the other server took.
func withoutDuration(text string) string {
	before, after, found := strings.Cut(text, " after ")
	if !found {
		return text
	}
	_, after, _ = strings.Cut(after, " ms")
	return before + " after TIME" + after
}
