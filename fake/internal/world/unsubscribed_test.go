package world

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestTheListOfTheUnsubscribedHasEachAddressOnce(t *testing.T) {
	t.Parallel()
	w, workspace := taskWorld(t)
	listed := func(addresses ...string) (got []*Unsubscribed) {
		t.Helper()
		err := workspace.Update(Author{}, func(tx *Tx) (err error) {
			got, err = tx.Unsubscribe(addresses)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	grace, henry := &Unsubscribed{"grace@example.com", noon}, &Unsubscribed{"henry@example.com", noon.Add(time.Hour)}
	if diff := cmp.Diff([]*Unsubscribed{grace}, listed("Grace@Example.com", "grace@example.com")); diff != "" {
		t.Error(diff)
	}
	before := workspace.View()
	w.Clock.Advance(time.Hour)
	if diff := cmp.Diff([]*Unsubscribed{henry, grace}, listed("henry@example.com", "GRACE@example.com")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]*Unsubscribed{grace, henry}, slices.Collect(workspace.View().Unsubscribed())); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]*Unsubscribed{grace}, slices.Collect(before.Unsubscribed())); diff != "" {
		t.Errorf("an older state changed: %s", diff)
	}
	if diff := cmp.Diff([]*Unsubscribed{}, listed()); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyNewAddressesAreAChange(t *testing.T) {
	t.Parallel()
	_, workspace := taskWorld(t)
	unsubscribe := func(tx *Tx) error {
		_, err := tx.Unsubscribe([]string{"grace@example.com"})
		return err
	}
	want := []Change{{ThingUnsubscribed, "", "grace@example.com", nil, &Unsubscribed{"grace@example.com", noon}}}
	if diff := cmp.Diff(want, wrote(t, workspace, unsubscribe)); diff != "" {
		t.Error(diff)
	}
	if again := wrote(t, workspace, unsubscribe); again != nil {
		t.Errorf("got %v", again)
	}
}

func TestWhatIsNoAddressIsRefusedAndNothingIsListed(t *testing.T) {
	t.Parallel()
	_, workspace := taskWorld(t)
	err := workspace.Update(Author{}, func(tx *Tx) error {
		_, err := tx.Unsubscribe([]string{"grace@example.com", "grace"})
		return err
	})
	got, _ := errors.AsType[*attio.Error](err)
	if diff := cmp.Diff(attio.NotUnsubscribable(1), got); diff != "" {
		t.Error(diff)
	}
	if left := slices.Collect(workspace.View().Unsubscribed()); left != nil {
		t.Errorf("got %v", left)
	}
}
