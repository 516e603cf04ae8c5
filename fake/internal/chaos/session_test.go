package chaos

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/control"
)

// twice is a client that makes two requests.
var twice = Attempt{Requests: []Request{{Operation: "records.create"}, {Operation: "records.create"}}}

func TestARunThatCannotBeMadeGetsNoVerdict(t *testing.T) {
	t.Parallel()
	broken := twice
	broken.Broken = "no port is free"
	for name, tc := range map[string]struct {
		baseline, run, again Attempt
		err                  error
		want                 string
	}{
		"the driver fails":               {twice, twice, twice, errors.New("no port is free"), "the run records.create:hang could not be made: no port is free"},
		"the server fails":               {twice, broken, twice, nil, "the run records.create:hang could not be made: no port is free"},
		"it fails in the second attempt": {twice, twice, broken, nil, "the run records.create:hang could not be made: no port is free"},
		"it fails without a fault":       {broken, twice, twice, nil, "the run without faults could not be made: no port is free"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			session, err := Begin(t.Context(), func(_ context.Context, job Job) (Result, error) {
				if job.Faults == nil {
					return Result{First: tc.baseline}, nil
				}
				return Result{Met: []bool{true}, First: tc.run, Again: &tc.again}, tc.err
			}, Options{Only: []string{"hang"}})
			if err == nil {
				_, _, err = session.Run(t.Context(), session.Plan()...)
			}
			if err == nil || err.Error() != tc.want {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestARequestWithoutFaultsThatTheFakeCannotAnswerIsItsOwnMistake(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]control.Entry{
		"the fake has failed at GET /v2/self; this is a mistake in the fake, so please report it": {Method: "GET", Path: "/v2/self", Status: 500},
		"": {Method: "GET", Path: "/v2/self", Status: 500, Faults: []string{"1"}},
	} {
		if got := brokenAt(&e); got != want {
			t.Errorf("got %q", got)
		}
	}
}

func TestOnlyWhatIsAskedForIsRun(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		options Options
		plan    []string
		skipped []string
		mistake string
	}{
		"a fault wherever it can happen":  {Options{Only: []string{"hang"}}, []string{"records.create:hang"}, nil, ""},
		"a fault of an operation":         {Options{Only: []string{"records.*:hang", "records.create:slow"}}, []string{"records.create:slow", "records.create:hang"}, nil, ""},
		"the first call twice":            {Options{Only: []string{"hang", "records.create@1:hang", "records.create@2:hang"}}, []string{"records.create:hang", "records.create@2:hang"}, nil, ""},
		"each call":                       {Options{Only: []string{"hang"}, EachCall: true}, []string{"records.create@1:hang", "records.create@2:hang"}, nil, ""},
		"one call":                        {Options{Only: []string{"records.create@2:hang"}}, []string{"records.create@2:hang"}, nil, ""},
		"one of each call":                {Options{Only: []string{"records.create@2:hang"}, EachCall: true}, []string{"records.create@2:hang"}, nil, ""},
		"a call that is never made":       {Options{Only: []string{"records.create@3:hang"}}, nil, []string{"records.create@3:hang"}, ""},
		"an operation that is not called": {Options{Only: []string{"records.query", "notes.*:hang"}}, nil, nil, "there is nothing to run: it never calls what records.query, notes.*:hang names; it calls records.create (2)"},
		"a call without a number":         {Options{Only: []string{"records.create@second:hang"}}, nil, nil, `"records.create@second:hang" names no call; after @ stands its number, from 1: records.create@2`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			session, err := Begin(t.Context(), func(context.Context, Job) (Result, error) { return Result{First: twice}, nil }, tc.options)
			if err != nil {
				if err.Error() != tc.mistake {
					t.Errorf("got %v", err)
				}
				return
			}
			var plan, skipped []string
			for _, armed := range session.Plan() {
				plan = append(plan, armed.String())
			}
			for _, s := range session.Report(nil, nil).Skipped {
				skipped = append(skipped, s.String())
			}
			if diff := cmp.Diff([][]string{tc.plan, tc.skipped}, [][]string{plan, skipped}); diff != "" || tc.mistake != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
