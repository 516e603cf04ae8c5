package scenario_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

const faulty = `
version: 1
users: {ada: {email: ada@example.com}}
workspaces:
  acme: {members: {ada: admin}, tokens: {full: {scopes: all}}, faults: {own: hang}}
  globex: {members: {ada: admin}}
faults:
  all: {fault: slow, delay: 1ms}
  late: {fault: internal, workspace: acme, token: full, probability: 0.5, seed: 3}
`

func TestFaultsOfAllWorkspacesComeAfterThoseOfEach(t *testing.T) {
	t.Parallel()
	want := []fault.Rule{
		{ID: "acme/faults/own", Workspace: "acme", Kind: fault.Hang, Seed: 1},
		{ID: "faults/all", Kind: fault.Slow, Delay: fault.Duration(time.Millisecond), Seed: 1},
		{ID: "faults/late", Workspace: "acme", Token: "full", Kind: fault.Internal, Probability: 0.5, Seed: 3},
	}
	if diff := cmp.Diff(want, loadText(t, faulty).Faults, cmpopts.IgnoreFields(fault.Rule{}, "When")); diff != "" {
		t.Error(diff)
	}
}

// A rule that is exported stays in its place before or behind those that hit the same requests.
func TestFaultsAreExportedInTheOrderInWhichTheyAct(t *testing.T) {
	t.Parallel()
	w := world.New(loadText(t, faulty))
	for name, tc := range map[string]struct {
		rules []fault.Rule
		want  string
	}{
		"those of the scenario": {w.Seed().Faults, `      own: hang
  globex:
    members:
      ada: admin
faults:
  all: {fault: slow, delay: "1ms"}
  late: {fault: internal, token: full, probability: 0.5, seed: 3, workspace: acme}
`},
		"one of a workspace behind one of all": {[]fault.Rule{{ID: "fault-1", Kind: fault.Hang}, {ID: "fault-2", Workspace: "globex", Kind: fault.Hang}}, `faults:
  fault-1: hang
  fault-2: {fault: hang, workspace: globex}
`},
		"ids that are no keys, or the same one": {[]fault.Rule{{ID: "faults/x", Kind: fault.Hang}, {ID: "x", Kind: fault.Hang}, {ID: "A/b", Kind: fault.Hang}, {ID: "/", Kind: fault.Hang}}, `faults:
  x: hang
  x-2: hang
  a-b: hang
  fault: hang
`},
		"what can hit nothing, or by a function": {[]fault.Rule{
			{ID: "a", Workspace: "gone", Kind: fault.Hang}, {ID: "b", Workspace: "globex", Token: "full", Kind: fault.Hang}, {ID: "c", Kind: fault.Hang, When: func(*http.Request) bool { return true }},
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			present := w.Present()
			present.Faults = tc.rules
			file, err := scenario.Export(present)
			if err != nil {
				t.Fatal(err)
			}
			_, got, _ := strings.Cut(string(file), "faults:\n")
			if diff := cmp.Diff(strings.TrimPrefix(tc.want, "faults:\n"), got); diff != "" {
				t.Errorf("%s\n%s", diff, file)
			}
			again, err := scenario.Export(load(t, scenario.Text("y.yaml", string(file))))
			if diff := cmp.Diff(string(file), string(again)); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
		})
	}
}
