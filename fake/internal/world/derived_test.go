package world

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
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
		if got := state.Derive(object, func(earlier *Earlier) any {
			made++
			return fmt.Sprintf("%d after %v", made, valueOf(earlier))
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
	check(workspace.View(), "2 after 1 after <nil>")
	check(first, "1 after <nil>")

	singular := "Human"
	if err := workspace.Update(Author{}, func(tx *Tx) error {
		_, err := tx.UpdateObject(people, ObjectEdit{Singular: &singular})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	check(workspace.View(), "3 after 2 after 1 after <nil>")
}

func TestWhatIsDerivedOfRecordsAloneOutlivesAChangeOfTheirObject(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	check := func(want string) {
		t.Helper()
		state := workspace.View()
		people, _ := state.Schema.Object("people")
		if got := state.DeriveRecords(people.ID, func(earlier *Earlier) any { return fmt.Sprint("one more than ", valueOf(earlier)) }); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		state.Derive(people, func(*Earlier) any { return "something else" })
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
			if got := workspace.View().Derive(people, func(*Earlier) any { made++; return "it" }); got != "it" {
				t.Errorf("got %v", got)
			}
		})
	}
	readers.Wait()
	if made != 1 {
		t.Errorf("derived %d times", made)
	}
}

func valueOf(earlier *Earlier) any {
	if earlier == nil {
		return nil
	}
	return earlier.Value
}

func TestADerivationLearnsWhichRecordsWereWrittenSinceTheLast(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	people, _ := workspace.View().Schema.Object("people")
	var id [4]attio.ID
	for i := range id {
		id[i] = attio.ID(fmt.Sprintf("00000000-0000-4000-8000-00000000000%d", i))
	}
	create := func(ids ...attio.ID) func(*Tx) error {
		return func(tx *Tx) error {
			for _, id := range ids {
				if _, err := tx.CreateRecord(people, id, nil); err != nil {
					return err
				}
			}
			return nil
		}
	}
	update := func(changes ...func(*Tx) error) {
		t.Helper()
		for _, change := range changes {
			if err := workspace.Update(Author{}, change); err != nil {
				t.Fatal(err)
			}
		}
	}
	check := func(known bool, want ...attio.ID) {
		t.Helper()
		workspace.View().DeriveRecords(people.ID, func(earlier *Earlier) any {
			if earlier == nil || earlier.Known != known || known && !slices.Equal(earlier.Written, want) {
				t.Errorf("got %+v, want %v", earlier, want)
			}
			return "it"
		})
	}
	update(create(id[0]))
	workspace.View().DeriveRecords(people.ID, func(*Earlier) any { return "it" })

	update(create(id[3], id[1]))
	check(true, id[1], id[3])

	update(create(id[2]), func(tx *Tx) error { return tx.DeleteRecord(people, id[2]) }, func(tx *Tx) error { return tx.DeleteRecord(people, id[0]) })
	check(true, id[0], id[2])

	for range maxWritten/2 + 1 {
		update(create(id[2]), func(tx *Tx) error { return tx.DeleteRecord(people, id[2]) })
	}
	check(false)
}

func TestStatesOfThePastLetGoOfWhatWasDerivedFromThem(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	workspace := acme(t, w)
	people, _ := workspace.View().Schema.Object("people")
	create := func(key string) {
		t.Helper()
		if err := workspace.Update(Author{}, func(tx *Tx) error {
			_, err := tx.CreateRecord(people, attio.PathID(key), nil)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	made := 0
	derive := func(state *State) {
		state.DeriveRecords(people.ID, func(*Earlier) any {
			made++
			return new([1 << 16]byte)
		})
	}
	create("a")
	past := workspace.View()
	old, _ := workspace.View().stores.Get(people.ID)
	derive(workspace.View())
	create("b")
	derive(workspace.View())
	runtime.GC()
	if old.derivedRecords.latest.Load().get() != nil {
		t.Error("a state of the past holds what was derived from it")
	}

	workspace.restore(past)
	derive(workspace.View())
	runtime.GC()
	before := made
	if derive(workspace.View()); made != before {
		t.Error("a state that was restored does not hold what was derived from it")
	}

	w.Snapshot() // to which a restore leads back
	create("c")
	runtime.GC()
	if old.derivedRecords.latest.Load().get() == nil {
		t.Error("a state of a snapshot does not hold what was derived from it")
	}
}
