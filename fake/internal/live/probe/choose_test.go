package probe_test

import (
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/live/probe"
)

func ids(probes []probe.Probe) []string {
	var all []string
	for _, p := range probes {
		all = append(all, p.ID)
	}
	return all
}

func TestChosenProbesComeWithWhatTheyNeed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		only  []string
		write bool
		want  []string
		err   string
	}{
		"that only reads":              {only: []string{"routes.slash"}, want: []string{"self.identify", "objects.list", "workspace_members.list", "routes.slash"}},
		"with the team and its end":    {only: []string{"scim.group_blank"}, write: true, want: []string{"self.identify", "objects.list", "workspace_members.list", "scim_schemas.list", "scim_groups.create", "scim.group_blank", "scim_groups.delete"}},
		"that are wanted by a pattern": {only: []string{"auth.*"}, want: []string{"self.identify", "objects.list", "workspace_members.list", "auth.none", "auth.scheme", "auth.short"}},
		"that need --write":            {only: []string{"values.www"}, err: "the probe values.www writes, or is about what a probe makes, which needs --write"},
		"that do not exist":            {only: []string{"values.ww"}, write: true, err: `unknown probe "values.ww"; did you mean "values.www"?`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			chosen, err := probe.Choose(test.only, test.write)
			if diff := cmp.Diff(test.want, ids(chosen)); diff != "" || message(err) != test.err {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

// Every group of probes can be asked alone: what it finds does not depend on the others, and it cleans up.
func TestEachGroupOfProbesCanBeAskedAlone(t *testing.T) {
	t.Parallel()
	for _, group := range []string{"values.*", "query.*", "history.*", "notes.*", "threads.*", "merge.*", "activity_records.*", "list_views.*", "lists.*", "scim.*", "webhooks.*", "files.*"} {
		t.Run(group, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv, transport := real(t, nil)
				before := srv.Snapshot()
				report, err := begin(t, probe.Options{Write: true, Only: []string{group}, Transport: transport}, filepath.Join(t.TempDir(), "state"))
				if err != nil {
					t.Fatal(err)
				}
				undecided := slices.ContainsFunc(report.Results, func(r probe.Result) bool { return r.Verdict == probe.Undecided })
				if report.Findings() > 0 || undecided || report.Left != nil {
					t.Error(text(t, report))
				}
				srv.ExpectUnchanged(t, before)
			})
		})
	}
}
