package drift_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/drift"
	"github.com/fakeattio/fakeattio/fake/internal/match"
)

func TestEachDriftIsFoundWithItsSeverityAndNothingElseIs(t *testing.T) {
	t.Parallel()
	plain := played(t, drift.Drift{})
	names := map[string]bool{}
	for _, d := range drift.All() {
		if names[d.Name] {
			t.Errorf("two drifts are called %q", d.Name)
		}
		names[d.Name] = true
		if err := match.Operation(d.On); d.On != "" && err != nil {
			t.Errorf("%s: %v", d.Name, err)
		}
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			want := map[string]bool{}
			if d.Kind != "" {
				want[fmt.Sprintf("%s %s %s", d.Severity, d.Kind, d.Field)] = true
			}
			found := map[string]bool{}
			for i, real := range played(t, d) {
				for _, difference := range compare.Answers(real, plain[i], compare.StrictNull(), compare.Values(madeAtRunTime)) {
					found[fmt.Sprintf("%s %s %s", difference.Severity, difference.Kind, difference.Field())] = true
				}
			}
			if diff := cmp.Diff(want, found); diff != "" {
				t.Errorf("(-want +found)\n%s", diff)
			}
		})
	}
	if len(names) < 50 {
		t.Errorf("there are only %d drifts", len(names))
	}
}

func TestWithoutADriftTwoSidesAnswerAlike(t *testing.T) {
	t.Parallel()
	plain := played(t, drift.Drift{})
	for i, other := range played(t, drift.Drift{}) {
		for _, difference := range compare.Answers(plain[i], other, compare.StrictNull()) {
			t.Errorf("request %d: %s", i, difference)
		}
	}
}

// madeAtRunTime takes ids and secrets as the same: a side that refuses to make one thing gives the next ones other ids.
func madeAtRunTime(path, _, _ string) bool {
	return strings.HasSuffix(path, "_id") || strings.HasSuffix(path, "secret")
}

// played returns the answers of a side with a drift, or without one, to the traffic. It tries again after what passes.
func played(t *testing.T, d drift.Drift) []compare.Answer {
	t.Helper()
	server := fake.New(t, fake.YAML(drift.Scenario), fake.YAML("{version: 1, seed: 7, clock: {at: 2026-11-20T09:00:00Z, frozen: true}}"), fake.WithoutSocket())
	handler := server.Handler()
	var side *drift.Side
	if d.Name != "" {
		side = d.Side(handler, func(time.Duration) {})
		handler = side
	}
	token := server.Token("fernhill")
	var answers []compare.Answer
	err := drift.Play(func(method, path, body string) (compare.Answer, error) {
		_, answer := drift.Send(handler, token, method, path, body)
		for tries := 0; d.Transient && tries < 3 && (answer.Status == 0 || answer.Status == 429 || answer.Status == 503); tries++ {
			_, answer = drift.Send(handler, token, method, path, body)
		}
		answers = append(answers, answer)
		return answer, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if side != nil && side.Met() == 0 {
		t.Error("the traffic does not meet the drift")
	}
	return answers
}

func TestTheTrafficSucceedsWhereItShould(t *testing.T) {
	t.Parallel()
	refusals := 0
	for _, answer := range played(t, drift.Drift{}) {
		if answer.Status >= 400 {
			refusals++
		}
	}
	if refusals != 4 { // a record and a note that are not there, a conflict, and a title of the wrong type
		t.Errorf("%d requests are refused", refusals)
	}
}
