package control_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// failing replaces a test and keeps the message that fails it.
type failing struct {
	testing.TB
	message string
}

func (f *failing) Helper() {}

func (f *failing) Fatalf(format string, args ...any) { f.message = fmt.Sprintf(format, args...) }

func TestVerificationSaysWhatGoSays(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.do("POST", "/v2/objects/people/records", `{"data":{"values":{"name":"Lovelace, Ada"}}}`, with(c.server.Token("acme")))
	for name, tc := range map[string]struct {
		sent string
		same fake.Expectation
	}{
		"one that was made":        {`{"operation":"records.create"}`, fake.Expect("records.create")},
		"all conditions":           {`{"operation":"records.*","workspace":"acme","token":"full","method":"POST","path":"/v2/objects/*/records","status":200,"body":{"data":{"values":{"name":"Lovelace, Ada"}}},"times":1}`, fake.Expect("records.*").In("acme").With("full").Method("POST").Path("/v2/objects/*/records").Status(200).Body(`{"data":{"values":{"name":"Lovelace, Ada"}}}`).Times(1)},
		"one that was not made":    {`{"operation":"records.delete"}`, fake.Expect("records.delete")},
		"never, and it was not":    {`{"operation":"records.delete","times":0}`, fake.Expect("records.delete").Never()},
		"never, but it was":        {`{"operation":"records.create","times":0}`, fake.Expect("records.create").Never()},
		"another body":             {`{"operation":"records.create","body":{"data":{"values":{"name":"Hopper, Grace"}}}}`, fake.Expect("records.create").Body(`{"data":{"values":{"name":"Hopper, Grace"}}}`)},
		"another status and token": {`{"operation":"records.create","status":409,"token":"acme/reader"}`, fake.Expect("records.create").Status(409).With("acme/reader")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inGo := &failing{TB: t}
			c.server.ExpectRequests(inGo, tc.same)
			want := answer{200, `{"verified":1}`}
			if text := strings.TrimPrefix(inGo.message, "fake: "); text != "" {
				encoded := &strings.Builder{}
				encoder := json.NewEncoder(encoded)
				encoder.SetEscapeHTML(false)
				if err := encoder.Encode(text); err != nil {
					t.Fatal(err)
				}
				quoted := strings.TrimSpace(encoded.String())
				want = answer{409, `{"error":` + quoted + `,"failures":[` + quoted + `]}`}
			}
			if diff := cmp.Diff(want, client{t, c.server}.do("POST", "/_fake/requests/verify", `{"expectations":[`+tc.sent+`]}`)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEveryFailedExpectationIsListed(t *testing.T) {
	t.Parallel()
	got := newClient(t).do("POST", "/_fake/requests/verify", `{"expectations":[{"operation":"notes.create"},{"operation":"tasks.create","times":0},{"operation":"tasks.list","times":2}]}`)
	want := answer{409, `{"error":"expected notes.create, at least once; there were 0 of 0 requests\nexpected tasks.list, 2 times; there were 0 of 0 requests",` +
		`"failures":["expected notes.create, at least once; there were 0 of 0 requests","expected tasks.list, 2 times; there were 0 of 0 requests"]}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAMistakeInAnExpectationIsNamed(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for name, tc := range map[string]struct{ body, want string }{
		"no list":              {`{}`, `expectations is missing; it has to be a list of expectations`},
		"no list but a text":   {`{"expectations":"records.create"}`, `expectations is \"records.create\"; it has to be a list`},
		"no object":            {`{"expectations":["records.create"]}`, `expectations: \"records.create\" has to be an object with operation, workspace, token, method, path, status, body, times`},
		"a misspelt key":       {`{"expectations":[{"operation":"records.create","time":1}]}`, `expectations: unknown key \"time\"; did you mean \"times\"? Known: operation, workspace, token, method, path, status, body, times`},
		"no operation":         {`{"expectations":[{"times":1}]}`, `expectations: operation is missing; it has to be an operation, such as \"records.create\"`},
		"an unknown operation": {`{"expectations":[{"operation":"record.create"}]}`, `expectations: unknown operation \"record.create\"; did you mean \"records.create\"?`},
		"an unknown workspace": {`{"expectations":[{"operation":"records.create","workspace":"acne"}]}`, `expectations: unknown workspace \"acne\"; did you mean \"acme\"? Known: acme, globex`},
		"less than never":      {`{"expectations":[{"operation":"records.create","times":-1}]}`, `expectations: times is -1; it has to be 0 or more`},
		"a word for a number":  {`{"expectations":[{"operation":"records.create","times":"once"}]}`, `expectations: times is \"once\"; it has to be a whole number`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(answer{400, `{"error":"` + tc.want + `"}`}, client{t, c.server}.do("POST", "/_fake/requests/verify", tc.body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
