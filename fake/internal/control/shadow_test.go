package control_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// foreign is a token that no fake has.
var foreign = strings.Repeat("0123456789abcdef", 4)

func TestTheShadowIsReadByItsOutcomes(t *testing.T) {
	t.Parallel()
	other := newClient(t, fake.YAML(`{version: 1, extends: [blank], workspaces: {acme: {tokens: {full: {scopes: [note:read], token: `+foreign+`}}}}}`))
	c := newClient(t, fake.Shadow("https://attio.example.com/", fake.ShadowTransport(other.server.Transport())))
	for _, path := range []string{"/v2/self", "/v2/objects", "/v2/nothing"} {
		c.do("GET", path, "", with(foreign))
	}
	c.do("POST", "/v2/objects", "{}", with(foreign))
	type answered struct {
		URL               string
		Writes            bool
		Waiting           int
		Outcomes, Reasons map[string]int
		Requests          []struct{ Request int }
	}
	for query, want := range map[string][]int{
		"":                                      {1, 2},
		"&severity=notable":                     {1, 2},
		"&severity=breaking":                    {2},
		"&outcome=same":                         {3},
		"&outcome=same&outcome=skipped":         {3, 4},
		"&outcome=same&outcome=skipped&limit=1": {3},
		"&last=1":                               {2},
		"&outcome=failed":                       nil,
	} {
		var got answered
		c.decode("/_fake/shadow?settled=10s"+query, &got)
		var numbers []int
		for _, r := range got.Requests {
			numbers = append(numbers, r.Request)
		}
		if diff := cmp.Diff(want, numbers); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
		got.Requests = nil
		counts := answered{URL: "https://attio.example.com", Outcomes: map[string]int{"different": 2, "same": 1, "skipped": 1}, Reasons: map[string]int{"write": 1}}
		if diff := cmp.Diff(counts, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	if got := c.do("DELETE", "/_fake/shadow", ""); got.Status != 204 {
		t.Errorf("got %v", got)
	}
	var cleared answered
	c.decode("/_fake/shadow", &cleared)
	if len(cleared.Outcomes)+len(cleared.Reasons) > 0 {
		t.Errorf("after it was cleared: %+v", cleared)
	}
}

func TestMistakesInAskingForTheShadowAreSaid(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for query, want := range map[string]answer{
		"shadow?outcome=diferent":   {400, `{"error":"unknown outcome \"diferent\"; did you mean \"different\"? Known: waiting, same, different, incomparable, failed, skipped"}`},
		"shadow?severity=braking":   {400, `{"error":"unknown severity \"braking\"; did you mean \"breaking\"? Known: harmless, notable, breaking"}`},
		"shadow?settled=soon":       {400, `{"error":"settled is \"soon\"; it has to be a duration up to 1m, such as \"500ms\" or \"10s\""}`},
		"shadow?settled=1s":         {409, `{"error":"the server is no shadow of another one; start it with --shadow and the URL of the other (in Go: fake.Shadow)"}`},
		"shadow":                    {200, `{"url":"","writes":false,"waiting":0,"outcomes":{},"reasons":{},"values":0,"requests":[]}`},
		"requests?shadow=diferent":  {400, `{"error":"unknown outcome \"diferent\"; did you mean \"different\"? Known: waiting, same, different, incomparable, failed, skipped"}`},
		"requests?shadow=different": {200, `{"requests":[]}`},
	} {
		if diff := cmp.Diff(want, c.do("GET", "/_fake/"+query, "")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

// A shadow that another fake has sent ends there, so two fakes that follow each other do not go round in circles.
func TestTheShadowOfAFakeHasNoShadow(t *testing.T) {
	t.Parallel()
	var c client
	asked := 0
	self := roundTrip(func(r *http.Request) (*http.Response, error) {
		asked++
		return c.server.Transport().RoundTrip(r)
	})
	c = newClient(t, fake.Shadow("https://attio.example.com", fake.ShadowTransport(self)))
	c.do("GET", "/v2/objects", "", with(foreign))
	if report := c.server.ShadowReport(); report.Same != 1 || asked != 1 || len(c.server.Requests()) != 2 {
		t.Errorf("asked %d times: %s", asked, report)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
