package match_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// created is a request that made a person.
var created = match.Request{
	Operation: "records.create", Workspace: "acme", Token: "full", Method: "POST", Target: "/v2/objects/people/records?dry=1", Status: 200,
}

func TestAQueryTakesTheRequestsThatItMeansAndSaysWhatIsWrongWithOthers(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		query match.Query
		want  []string // the conditions that created does not meet
	}{
		"all":                          {match.Query{}, nil},
		"its operation":                {match.Query{Operations: []string{"records.create"}}, nil},
		"its resource among others":    {match.Query{Operations: []string{"notes.*", "records.*"}}, nil},
		"its workspace":                {match.Query{Workspace: "acme"}, nil},
		"its token":                    {match.Query{Token: "full"}, nil},
		"its token with the workspace": {match.Query{Token: "acme/full"}, nil},
		"its method in another case":   {match.Query{Method: "post"}, nil},
		"its path":                     {match.Query{Path: "/v2/objects/*/records"}, nil},
		"its path and query":           {match.Query{Path: "/v2/objects/*/records?dry=*"}, nil},
		"its status among others":      {match.Query{Statuses: []int{404, 200}}, nil},

		"another operation":                {match.Query{Operations: []string{"notes.*"}}, []string{"it is records.create"}},
		"another workspace":                {match.Query{Workspace: "globex"}, []string{`its workspace is "acme"`}},
		"another token":                    {match.Query{Token: "reader"}, []string{`its token is "full"`}},
		"the token of another workspace":   {match.Query{Token: "globex/full"}, []string{`its token is "full"`}},
		"another method":                   {match.Query{Method: "GET"}, []string{"its method is POST"}},
		"a path with a part less":          {match.Query{Path: "/v2/objects/*"}, []string{"its path is /v2/objects/people/records?dry=1"}},
		"its path with another query":      {match.Query{Path: "/v2/objects/*/records?dry=0"}, []string{"its path is /v2/objects/people/records?dry=1"}},
		"another status":                   {match.Query{Statuses: []int{0}}, []string{"its status is 200"}},
		"several conditions that it lacks": {match.Query{Workspace: "globex", Statuses: []int{429}}, []string{`its workspace is "acme"`, "its status is 200"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, tc.query.Misses(created)); diff != "" {
				t.Errorf("misses (-want +got):\n%s", diff)
			}
			if got := tc.query.Matches(created); got != (tc.want == nil) {
				t.Errorf("it matches: %v", got)
			}
		})
	}
}

func TestAQueryForWhatThereIsNotNamesTheNearestWord(t *testing.T) {
	t.Parallel()
	places := []match.Place{{Workspace: "acme", Tokens: []string{"full", "reader"}}, {Workspace: "globex", Tokens: []string{"full"}}, {Workspace: "gone"}}
	for name, tc := range map[string]struct {
		query match.Query
		want  string
	}{
		"a known one":                   {match.Query{Operations: []string{"records.*"}, Workspace: "acme", Token: "acme/reader", Method: "get", Path: "/v2/*", Statuses: []int{0, 599}}, ""},
		"a token of any workspace":      {match.Query{Token: "reader"}, ""},
		"any token of one that is gone": {match.Query{Token: "gone/whatever"}, ""},
		"an operation":                  {match.Query{Operations: []string{"record.query"}}, `unknown operation "record.query"; did you mean "records.query"?`},
		"an operation like no other":    {match.Query{Operations: []string{"x"}}, `unknown operation "x"; docs/operations.md lists them, for example records.query, or records.* for all of records`},
		"a workspace":                   {match.Query{Workspace: "acne"}, `unknown workspace "acne"; did you mean "acme"? Known: acme, globex, gone`},
		"a token":                       {match.Query{Workspace: "acme", Token: "raeder"}, `unknown token "raeder"; did you mean "reader"? Known: full, reader`},
		"a token with its workspace":    {match.Query{Token: "acme/raeder"}, `unknown token "acme/raeder"; did you mean "acme/reader"? Known: acme/full, acme/reader`},
		"the workspace of a token":      {match.Query{Token: "acne/full"}, `unknown workspace "acne"; did you mean "acme"? Known: acme, globex, gone`},
		"a token of another workspace":  {match.Query{Workspace: "globex", Token: "acme/full"}, `the token "acme/full" does not belong to the workspace "globex"`},
		"a method":                      {match.Query{Method: "GETS"}, `unknown method "GETS"; did you mean "GET"? Known: GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS`},
		"a pattern":                     {match.Query{Path: "/v2/["}, `the path "/v2/[" is not a pattern: every [ needs a ], and every \ a character after it`},
		"a status":                      {match.Query{Statuses: []int{2000}}, "2000 is not a status; use 100 to 599, or 0 for a request without an answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := tc.query.Check()
			if err == nil {
				err = tc.query.CheckPlaces(places)
			}
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
