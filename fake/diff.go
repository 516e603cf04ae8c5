package fake

import (
	"fmt"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/control"
)

// WorkspaceDiff is how a workspace differs between two snapshots.
type WorkspaceDiff struct {
	Workspace string // the slug
	Action    string // of the workspace itself: "created", "changed" or "deleted"
	Changes   []Change
}

// Diff returns what has to change to get from one snapshot of the server to another, in the workspaces that differ.
func (s *Server) Diff(before, after Snapshot) []WorkspaceDiff {
	s.helper()
	if !s.holds(before) || !s.holds(after) {
		return nil
	}
	var diffs []WorkspaceDiff
	for _, d := range control.Diff(before.inner.World, after.inner.World, s.Now()) {
		diffs = append(diffs, WorkspaceDiff{d.Workspace, string(d.Action), newChanges(d.Changes)})
	}
	return diffs
}

// ExpectUnchanged fails the test if anything differs from a snapshot, and says what.
func (s *Server) ExpectUnchanged(t TB, since Snapshot) {
	t.Helper()
	var changes []string
	for _, d := range s.For(t).Diff(since, s.Snapshot()) {
		if d.Action != string(control.Changed) {
			changes = append(changes, fmt.Sprintf("workspace %s was %s", d.Workspace, d.Action))
		}
		for _, change := range d.Changes {
			changes = append(changes, d.Workspace+": "+change.String())
		}
	}
	if changes != nil {
		t.Fatalf("fake: expected nothing to change since the snapshot:\n\t%s", strings.Join(changes, "\n\t"))
	}
}
