package world

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestAScenarioNamesItsThings(t *testing.T) {
	t.Parallel()
	const own = attio.ID("11111111-1111-4111-8111-111111111111")
	names := NewNames(map[string]attio.ID{"people/grace": own}, 0)
	state, err := BuildAs(&State{Slug: "copy", Origin: "acme", Name: "Copy", Names: names}, noon, func(tx *Tx) error {
		for _, path := range []string{"people/grace", "people/linda"} {
			if !names.Add(tx.SeededID(path), path) || names.Add(tx.SeededID(path), "again") {
				t.Errorf("%s has a name of its own once", path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	clone, err := New(&Seed{Workspaces: []*State{state}}).Clone(acmeNamed(t, state), "clone")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*State{state, clone.View()} {
		got := []any{s.SeededID("people/grace"), s.SeededID("people/linda"), s.Schema.Objects[0].ID == attio.PathID("acme/objects/"+s.Schema.Objects[0].Slug)}
		if diff := cmp.Diff([]any{own, attio.PathID("acme/people/linda"), true}, got); diff != "" {
			t.Error(diff)
		}
		if name, ok := s.NameOf(attio.PathID("acme/people/linda")); !ok || name != (Name{"people/linda", 1}) {
			t.Errorf("linda is %v", name)
		}
		if name, ok := s.NameOf("somebody"); ok {
			t.Errorf("somebody is %v", name)
		}
	}
	if state.ID != attio.PathID("copy") {
		t.Errorf("the workspace is %s", state.ID)
	}
}

// acmeNamed is the workspace of a new world that holds a state.
func acmeNamed(t *testing.T, state *State) *Workspace {
	t.Helper()
	workspace, ok := New(&Seed{Workspaces: []*State{state}}).Workspace(state.Slug)
	if !ok {
		t.Fatal("it has no such workspace")
	}
	return workspace
}

func TestAClockTellsHowToStartAnother(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		start Start
		do    func(*Clock)
		want  Start
	}{
		"the real time":        {Start{}, func(*Clock) {}, Start{}},
		"a distance from it":   {Start{Offset: time.Hour}, func(*Clock) {}, Start{Offset: time.Hour}},
		"one that stands":      {Start{At: noon, Frozen: true}, func(c *Clock) { c.Advance(time.Hour) }, Start{At: noon.Add(time.Hour), Frozen: true}},
		"one that was stopped": {Start{}, func(c *Clock) { c.Freeze(true); c.Set(noon) }, Start{At: noon, Frozen: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := NewClock(tc.start)
			tc.do(clock)
			if diff := cmp.Diff(tc.want, clock.From(clock.Read())); diff != "" {
				t.Error(diff)
			}
		})
	}
	moved := NewClock(Start{At: noon})
	got := moved.From(moved.Read())
	if since := got.At.Sub(noon); got.Frozen || got.Offset != 0 || since < 0 || since > time.Minute {
		t.Errorf("one that began at noon goes on from %+v", got)
	}
}

func TestTheThereAndNowOfAWorldIsASeed(t *testing.T) {
	t.Parallel()
	seed := seed(t)
	w := New(seed)
	workspace := acme(t, w)
	workspace.do(t, func(tx *Tx) error { tx.Rename("Changed"); return nil })
	present := w.Present()
	if len(present.Workspaces) != len(seed.Workspaces) || present.Workspaces[0] != workspace.View() || present.Workspaces[0].Name != "Changed" {
		t.Errorf("it has %v", present.Workspaces)
	}
	if again := New(present); acme(t, again).View() != workspace.View() {
		t.Error("another world does not begin with it")
	}
}
