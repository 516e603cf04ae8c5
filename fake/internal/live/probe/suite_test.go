package probe_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/differences"
	"github.com/fakeattio/fakeattio/fake/internal/live/probe"
)

func TestTheSuiteHasAtMostThreeHundredCallsAndDistinctProbes(t *testing.T) {
	t.Parallel()
	calls, seen := 0, map[string]bool{}
	for _, p := range probe.Suite() {
		calls += len(p.Calls)
		if seen[p.ID] {
			t.Errorf("the probe %s stands twice", p.ID)
		}
		seen[p.ID] = true
	}
	if calls > probe.MostCalls || calls < 200 {
		t.Errorf("the suite has %d calls", calls)
	}
}

// unasked are the operations that no probe calls, and why.
var unasked = map[string]string{
	"scim_users.create":    "would invite a person",
	"scim_users.overwrite": "would change the account of a person",
	"scim_users.update":    "would change the account of a person",
	"scim_users.delete":    "would suspend a person",
	"oauth.authorize":      "is a page for a person at a browser, on another host",
	"oauth.consent":        "is a page for a person at a browser, on another host",
	"oauth.token":          "is on another host, and needs a registered app",
	"oauth.introspect":     "is on another host",
}

func TestEveryBuiltOperationHasAProbe(t *testing.T) {
	t.Parallel()
	var covered []string
	for _, p := range probe.Suite() {
		for _, c := range p.Calls {
			if op := c.Operation(); op != nil {
				covered = append(covered, op.Name)
			}
		}
	}
	for _, op := range attio.AllOperations() {
		wanted := op.WhyNotBuilt == "" && unasked[op.Name] == ""
		if asked := slices.Contains(covered, op.Name); asked != wanted {
			t.Errorf("%s: a probe calls it: %t, and that it should is %t", op.Name, asked, wanted)
		}
	}
}

func TestEveryProbeOfADifferenceExists(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, p := range probe.Suite() {
		ids = append(ids, p.ID)
	}
	for _, area := range differences.Areas() {
		for _, row := range area.Rows {
			for _, id := range row.Probes {
				if !slices.Contains(ids, id) {
					t.Errorf("%s would be settled by %s, which is no probe", area.Name(row), id)
				}
			}
		}
	}
}

// What a write names is a thing that the probe made, or a new one.
func TestWritesNameOnlyWhatTheProbeMade(t *testing.T) {
	t.Parallel()
	for _, p := range probe.Suite() {
		for _, c := range p.Calls {
			own := strings.Contains(c.Path+c.Body, "<") && !strings.Contains(c.Path, "<member>") || c.Body == `{"data":{"email_addresses":[]}}`
			if c.Writes() && !own {
				t.Errorf("%s: %s %s names nothing of the probe's own", p.ID, c, c.Body)
			}
		}
	}
}
