package control

import (
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestTheJournalHoldsOnToNoLargeFiles(t *testing.T) {
	t.Parallel()
	state, err := world.Build("acme", "Acme", world.NewClock(world.Start{}).Now(), func(tx *world.Tx) error {
		companies, _ := tx.Schema.Object("companies")
		_, err := tx.CreateRecord(companies, "navy", nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w := world.New(&world.Seed{Workspaces: []*world.State{state}})
	acme, _ := w.Workspace("acme")
	var journal Journal
	write := func(change func(*world.Tx) error) {
		t.Helper()
		commits, err := acme.Write(world.Author{Actor: attio.Actor{Type: attio.ActorSystem}}, change)
		if err != nil {
			t.Fatal(err)
		}
		journal.add(Entry{}, commits)
	}
	upload := func(id attio.ID, size int) func(*world.Tx) error {
		return func(tx *world.Tx) error {
			_, err := tx.AddFile(id, "companies", world.File{Type: world.TypeFile, Name: "a", Record: "navy", Content: &world.FileContent{Data: make([]byte, size)}})
			return err
		}
	}
	rename := func(name string) func(*world.Tx) error {
		return func(tx *world.Tx) error { tx.Rename(name); return nil }
	}
	for i, step := range []struct {
		change func(*world.Tx) error
		plain  int
	}{
		{rename("One"), 1},
		{upload("small", maxKept), 2},
		{upload("large", 1), 2},
		{rename("Two"), 2},
		{func(tx *world.Tx) error { return tx.DeleteFile("large") }, 2},
		{rename("Three"), 3},
	} {
		write(step.change)
		if len(journal.plain) != step.plain {
			t.Errorf("after step %d the states of %d writes are kept, want %d", i, len(journal.plain), step.plain)
		}
	}
	for entry := range journal.list(Question{}) {
		if len(entry.Changes) != 1 {
			t.Errorf("request %d made the changes %+v", entry.Number, entry.Changes)
		}
	}
}
