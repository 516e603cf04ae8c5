package world

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestWhatIsDerivedIsKeptUntilRecordsOrTheirObjectChange(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	workspace := acme(t, w)
	people, _ := workspace.View().Schema.Object("people")
	create := func(object *Object, key string) {
		t.Helper()
		if err := workspace.Update(Author{}, func(tx *Tx) error {
			_, err := tx.CreateRecord(object, attio.PathID(key), nil)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	made := 0
	check := func(state *State, want string) {
		t.Helper()
		object, _ := state.Schema.Object("people")
		if got := state.Derive(object, func(earlier any) any {
			made++
			return fmt.Sprintf("%d after %v", made, earlier)
		}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	create(people, "a")
	first := workspace.View()
	check(first, "1 after <nil>")
	check(first, "1 after <nil>")

	companies, _ := first.Schema.Object("companies")
	create(companies, "b") // records of another object
	check(workspace.View(), "1 after <nil>")

	failure := errors.New("no")
	if err := workspace.Update(Author{}, func(tx *Tx) error {
		_, _ = tx.CreateRecord(people, attio.PathID("c"), nil)
		return failure
	}); !errors.Is(err, failure) {
		t.Fatal(err)
	}
	check(workspace.View(), "1 after <nil>")

	w.Snapshot() // a restore leads back to it
	create(people, "d")
	second := workspace.View()
	check(second, "2 after 1 after <nil>")
	check(first, "1 after <nil>")

	singular := "Human"
	if err := workspace.Update(Author{}, func(tx *Tx) error {
		_, err := tx.UpdateObject(people, ObjectEdit{Singular: &singular})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	check(workspace.View(), "3 after 2 after 1 after <nil>")

	create(people, "e") // only the past still has the records as they were
	check(workspace.View(), "4 after 3 after 2 after 1 after <nil>")
	check(second, "5 after <nil>")
}

func TestWhatIsDerivedOfRecordsAloneOutlivesAChangeOfTheirObject(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	check := func(want string) {
		t.Helper()
		state := workspace.View()
		people, _ := state.Schema.Object("people")
		if got := state.DeriveRecords(people.ID, func(earlier any) any { return fmt.Sprint("one more than ", earlier) }); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		state.Derive(people, func(any) any { return "something else" })
	}
	update := func(change func(tx *Tx, people *Object) error) {
		t.Helper()
		if err := workspace.Update(Author{}, func(tx *Tx) error {
			people, _ := tx.Schema.Object("people")
			return change(tx, people)
		}); err != nil {
			t.Fatal(err)
		}
	}
	update(func(tx *Tx, people *Object) error {
		_, err := tx.CreateRecord(people, attio.PathID("a"), nil)
		return err
	})
	check("one more than <nil>")
	update(func(tx *Tx, people *Object) error {
		singular := "Human"
		_, err := tx.UpdateObject(people, ObjectEdit{Singular: &singular})
		return err
	})
	check("one more than <nil>")
	update(func(tx *Tx, people *Object) error {
		_, err := tx.CreateRecord(people, attio.PathID("b"), nil)
		return err
	})
	check("one more than one more than <nil>")
}

func TestReadersAtTheSameTimeDeriveOnce(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	people, _ := workspace.View().Schema.Object("people")
	if err := workspace.Update(Author{}, func(tx *Tx) error {
		_, err := tx.CreateRecord(people, attio.PathID("a"), nil)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	made := 0
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			if got := workspace.View().Derive(people, func(any) any { made++; return "it" }); got != "it" {
				t.Errorf("got %v", got)
			}
		})
	}
	readers.Wait()
	if made != 1 {
		t.Errorf("derived %d times", made)
	}
}
