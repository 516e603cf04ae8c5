package world

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestASnapshotBringsBackWhatWasThenWithTheClock(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	kept := create(t, w, "people", Write{"name", "Lovelace, Ada"})
	snapshot := w.Snapshot()
	lost := create(t, w, "people", Write{"name", "Byte, Bob"})
	w.Clock.Advance(time.Hour)
	if err := acme(t, w).AddToken(Token{ID: "1", Name: "late", Value: "late"}); err != nil {
		t.Fatal(err)
	}

	w.Restore(snapshot)
	people, _ := acme(t, w).View().Schema.Object("people")
	if state := acme(t, w).View(); !state.HasRecord(people.ID, kept) || state.HasRecord(people.ID, lost) {
		t.Error("restored another state than that of the snapshot")
	}
	if _, _, known := w.Authenticate("late"); known {
		t.Error("a token of after the snapshot is still known")
	}
	if now := w.Clock.Now(); !now.Equal(noon) {
		t.Errorf("the clock says %v, not noon", now)
	}
	if again := create(t, w, "people"); again == lost {
		t.Error("a new record got the id of one that was undone")
	}
}

func TestAWorkspaceThatCameAfterASnapshotIsGoneWithIt(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	snapshot := w.Snapshot()
	if _, err := w.Clone(acme(t, w), "other"); err != nil {
		t.Fatal(err)
	}
	w.Restore(snapshot)
	if _, ok := w.Workspace("other"); ok {
		t.Error("the clone is still there")
	}
	if _, _, known := w.Authenticate(attio.DerivedToken("other", "full")); known {
		t.Error("its token is still known")
	}
}

func TestACloneHoldsTheSameAndChangesOnItsOwn(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	id := create(t, w, "people", Write{"name", "Lovelace, Ada"})
	clone, err := w.Clone(acme(t, w), "other")
	if err != nil {
		t.Fatal(err)
	}
	found, token, ok := w.Authenticate(attio.DerivedToken("other", "full"))
	if !ok || found != clone || token.Name != "full" {
		t.Errorf("the token of the clone leads to %v with %v", found, token)
	}
	people, _ := clone.View().Schema.Object("people")
	if !clone.View().HasRecord(people.ID, id) {
		t.Error("the clone lacks the record")
	}
	must(t, clone, func(tx *Tx) error { return tx.DeleteRecord(people, id) })
	if !acme(t, w).View().HasRecord(people.ID, id) {
		t.Error("the original lost what the clone deleted")
	}
	if got, want := clone.View().Schema.WorkspaceID, attio.PathID("other"); got != want {
		t.Errorf("the clone has the id %s, not %s", got, want)
	}
	if _, err := w.Clone(acme(t, w), "other"); !errors.Is(err, ErrSlugTaken) {
		t.Errorf("cloned to a slug that was taken: %v", err)
	}
}

func TestARemovedWorkspaceIsUnknownUntilReset(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	w.Remove(acme(t, w))
	if _, _, known := w.Authenticate("secret"); known {
		t.Error("its token is still known")
	}
	w.Reset()
	if _, _, known := w.Authenticate("secret"); !known {
		t.Error("reset did not bring it back")
	}
}

func TestAHundredClonesAtOnceDoNotSeeEachOther(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	original := acme(t, w)
	people, _ := original.View().Schema.Object("people")
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			clone, err := w.Clone(original, fmt.Sprint("clone-", i))
			if err != nil {
				t.Error(err)
				return
			}
			defer w.Remove(clone)
			for n := range 5 { // the addresses are unique within a workspace
				if err := clone.Update(Author{}, func(tx *Tx) error {
					_, err := tx.CreateRecord(people, w.NewID(), []Write{{"email_addresses", []any{fmt.Sprintf("p%d@example.com", n)}}})
					return err
				}); err != nil {
					t.Errorf("clone %d: %v", i, err)
				}
			}
			if n := clone.View().CountRecords(people.ID); n != 5 {
				t.Errorf("clone %d has %d records", i, n)
			}
		})
	}
	all.Wait()
	if n := original.View().CountRecords(people.ID); n != 0 || len(w.Workspaces()) != 1 {
		t.Errorf("the original has %d records among %d workspaces", n, len(w.Workspaces()))
	}
}

// said is a change as a test describes it.
func said(changes []Change) []string {
	var all []string
	for _, c := range changes {
		verb := "changed"
		switch {
		case c.Before == nil:
			verb = "created"
		case c.After == nil:
			verb = "deleted"
		}
		all = append(all, fmt.Sprintf("%s %s %s", c.Thing, c.ID, verb))
	}
	return all
}

func TestTheDifferenceOfTwoStatesIsWhatTheTransactionsBetweenThemDid(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	changed := create(t, w, "people", Write{"name", "Lovelace, Ada"})
	deleted := create(t, w, "people")
	before := acme(t, w).View()
	people, _ := before.Schema.Object("people")

	created := create(t, w, "people")
	after := must(t, acme(t, w), func(tx *Tx) error {
		if _, err := tx.UpdateRecord(people, changed, Overwrite, []Write{{"job_title", "Countess"}}); err != nil {
			return err
		}
		return errors.Join(
			tx.DeleteRecord(people, deleted),
			tx.SetAccess(attio.PathID("acme/members/ada"), Suspended),
		)
	})
	want := []string{
		fmt.Sprintf("workspace-member %s changed", attio.PathID("acme/members/ada")),
		fmt.Sprintf("record %s changed", changed),
		fmt.Sprintf("record %s created", created),
		fmt.Sprintf("record %s deleted", deleted),
	}
	got := said(Diff(before, after))
	if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))); diff != "" {
		t.Errorf("the difference (-want +got):\n%s", diff)
	}
	if diff := Diff(after, after); diff != nil {
		t.Errorf("a state differs from itself: %v", said(diff))
	}
}
