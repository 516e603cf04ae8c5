package control_test

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheControlAPIChoosesRequestsInTheWordsOfGo(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	full := with(c.server.Token("acme"))
	c.do("GET", "/v2/objects", "", full)
	c.do("GET", "/v2/objects/people/records/none?x=1", "", full)
	for query, want := range map[string]string{
		"operation=objects.*": "[1]", "operation=objects.*&operation=records.get": "[1 2]", "status=400": "[2]", "status=200&status=400": "[1 2]",
		"workspace=acme": "[1 2]", "workspace=globex": "[]", "token=full": "[1 2]", "token=acme/full": "[1 2]", "token=globex/full": "[]",
		"method=get": "[1 2]", "method=POST": "[]", "path=/v2/*": "[1]", "path=/v2/objects/*/records/*": "[2]",
		"path=" + url.QueryEscape("/v2/objects/*/records/*?x=*"): "[2]",
	} {
		var got struct{ Requests []struct{ Number int } }
		c.decode("/_fake/requests?"+query, &got)
		numbers := []int{}
		for _, r := range got.Requests {
			numbers = append(numbers, r.Number)
		}
		if fmt.Sprint(numbers) != want {
			t.Errorf("%s: %v, not %s", query, numbers, want)
		}
	}
}

func TestWhatTheServerDoesNotKnowIsAMistake(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for name, tc := range map[string]struct{ method, path, body, want string }{
		"an operation":                   {"GET", "/_fake/requests?operation=record.get", "", `unknown operation \"record.get\"; did you mean \"records.get\"?`},
		"a workspace":                    {"GET", "/_fake/requests?workspace=acne", "", `unknown workspace \"acne\"; did you mean \"acme\"? Known: acme, globex`},
		"a token":                        {"GET", "/_fake/requests?token=acme/raeder", "", `unknown token \"acme/raeder\"; did you mean \"acme/reader\"? Known: acme/full, acme/reader, acme/none`},
		"a method":                       {"GET", "/_fake/requests?method=GETS", "", `unknown method \"GETS\"; did you mean \"GET\"? Known: GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS`},
		"a parameter":                    {"GET", "/_fake/requests?tokens=full", "", `unknown parameter \"tokens\"; did you mean \"token\"?`},
		"a parameter of a reset":         {"POST", "/_fake/reset?kep=requests", "", `unknown parameter \"kep\"; did you mean \"keep\"?`},
		"a thing to keep":                {"POST", "/_fake/reset?keep=request", "", `unknown thing to keep \"request\"; did you mean \"requests\"?`},
		"a parameter of a route without": {"GET", "/_fake/usage?workspace=acme", "", `unknown parameter \"workspace\"; there is none`},
		"the workspace of a fault":       {"POST", "/_fake/faults", `{"fault":"hang","workspace":"acne"}`, `unknown workspace \"acne\"; did you mean \"acme\"? Known: acme, globex`},
		"the token of a fault":           {"POST", "/_fake/faults", `{"fault":"hang","workspace":"acme","token":"raeder"}`, `unknown token \"raeder\"; did you mean \"reader\"? Known: full, reader, none`},
		"the kind of a fault":            {"POST", "/_fake/faults", `{"fault":"hagn"}`, `unknown fault \"hagn\"; did you mean \"hang\"?`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(answer{400, `{"error":"` + tc.want + `"}`}, c.do(tc.method, tc.path, tc.body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
