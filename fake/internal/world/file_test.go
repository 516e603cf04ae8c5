package world

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// fileWorld is a world with the workspaces acme and globex, each with the companies a and b.
func fileWorld(t testing.TB, room int64) (w *World, acme, globex *Workspace) {
	t.Helper()
	seed := &Seed{}
	for _, slug := range []string{"acme", "globex"} {
		state, err := Build(slug, slug, noon, func(tx *Tx) error {
			seedCompany(t, tx, "a")
			seedCompany(t, tx, "b")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		seed.Workspaces = append(seed.Workspaces, state)
	}
	w = New(seed)
	w.LimitFiles(room)
	acme, _ = w.Workspace("acme")
	globex, _ = w.Workspace("globex")
	return w, acme, globex
}

func contentOf(size int) *FileContent { return &FileContent{Data: make([]byte, size)} }

// addFile adds a file of a company.
func addFile(t testing.TB, ws *Workspace, id, company, folder attio.ID, size int) {
	t.Helper()
	err := ws.Update(System(), func(tx *Tx) error {
		_, err := tx.AddFile(id, "companies", File{Type: TypeFile, Name: "x", Record: company, Folder: folder, Content: contentOf(size)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Compares files with a model of two records: the entries and their order, that nothing outlives its record or its
// folder, and the total size.
func TestFilesBehaveLikeATree(outer *testing.T) {
	outer.Parallel()
	rapid.Check(outer, func(t *rapid.T) {
		type entry struct {
			id, record, folder attio.ID
			size               int // of the file; -1 for a folder
		}
		model := []entry{}
		_, ws, _ := fileWorld(outer, 1000)
		isIn := func(e entry, gone map[attio.ID]bool) bool { return gone[e.id] || gone[e.record] || gone[e.folder] }
		drop := func(id attio.ID) {
			gone := map[attio.ID]bool{id: true}
			for {
				i := slices.IndexFunc(model, func(e entry) bool { return isIn(e, gone) })
				if i < 0 {
					return
				}
				gone[model[i].id] = true
				model = slices.Delete(model, i, i+1)
			}
		}
		update := func(change func(*Tx) error) error { return ws.Update(System(), change) }
		for n := range rapid.IntRange(1, 40).Draw(t, "steps") {
			company := attio.ID(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "record"))
			ids := []attio.ID{"", "unknown"}
			for _, e := range model {
				ids = append(ids, e.id)
			}
			other := rapid.SampledFrom(ids).Draw(t, "other")
			i := slices.IndexFunc(model, func(e entry) bool { return e.id == other })
			switch rapid.SampledFrom([]string{"add", "add", "add", "add", "delete", "delete record"}).Draw(t, "step") {
			case "add":
				e := entry{attio.ID(fmt.Sprintf("f%d", n)), company, other, -1}
				draft := File{Type: TypeFolder, Record: company, Folder: other}
				if rapid.Bool().Draw(t, "is a file") {
					e.size = rapid.IntRange(0, 9).Draw(t, "size")
					draft.Type, draft.Content = TypeFile, contentOf(e.size)
				}
				err := update(func(tx *Tx) error { _, err := tx.AddFile(e.id, "companies", draft); return err })
				right := ws.View().HasRecord(recordsOf(ws), company) && (other == "" || i >= 0 && model[i].size < 0 && model[i].record == company)
				if (err == nil) != right {
					t.Fatalf("in %q: %v", other, err)
				}
				if right {
					model = append(model, e)
				}
			case "delete":
				if err := update(func(tx *Tx) error { return tx.DeleteFile(other) }); (err == nil) != (i >= 0) {
					t.Fatalf("delete %q: %v", other, err)
				}
				if i >= 0 {
					drop(other)
				}
			case "delete record":
				if rapid.IntRange(0, 4).Draw(t, "dice") > 0 {
					continue
				}
				_ = update(func(tx *Tx) error {
					kind, _ := tx.Schema.Object("companies")
					return tx.DeleteRecord(kind, company)
				})
				drop(company)
			}
		}

		state := ws.View()
		got := []entry{}
		for f := range state.Files() {
			e := entry{f.ID, f.Record, f.Folder, -1}
			if f.Content != nil {
				e.size = len(f.Content.Data)
			}
			got = append(got, e)
		}
		if diff := cmp.Diff(model, got, cmp.AllowUnexported(entry{})); diff != "" {
			t.Fatalf("(-model +got)\n%s", diff)
		}
		var total int64
		for _, e := range model {
			total += int64(max(e.size, 0))
			if full := slices.ContainsFunc(model, func(in entry) bool { return in.folder == e.id }); state.HasFiles(e.id) != full {
				t.Errorf("%s has files: %v", e.id, !full)
			}
		}
		if state.fileBytes != total {
			t.Errorf("the files hold %d bytes, not %d", total, state.fileBytes)
		}
		for _, company := range []attio.ID{"a", "b"} {
			var want, listed []attio.ID
			for _, e := range model {
				if e.record == company {
					want = append(want, e.id)
				}
			}
			for _, f := range state.FilesOf(company, 0) {
				listed = append(listed, f.ID)
			}
			if diff := cmp.Diff(want, listed); diff != "" {
				t.Errorf("of %s: %s", company, diff)
			}
			if len(listed) > 1 {
				if after := state.FilesOf(company, state.FilesOf(company, 0)[0].Order()); len(after) != len(listed)-1 {
					t.Errorf("%d come after the first of %d", len(after), len(listed))
				}
			}
		}
	})
}

func recordsOf(ws *Workspace) attio.ID {
	object, _ := ws.View().Schema.Object("companies")
	return object.ID
}

func TestRoomIsSharedByAllWorkspaces(t *testing.T) {
	t.Parallel()
	w, acme, globex := fileWorld(t, 10)
	addFile(t, acme, "f1", "a", "", 4)
	arriving := globex.Arrive()
	for _, step := range []struct {
		bytes int64
		fits  bool
	}{{5, true}, {2, false}, {1, true}, {1, false}, {0, true}} {
		if err := arriving.Add(step.bytes); (err == nil) != step.fits {
			t.Errorf("%d more bytes: %v", step.bytes, err)
		}
	}
	other := acme.Arrive()
	if err := other.Add(1); err == nil || !strings.Contains(err.Error(), "at most 10 bytes") {
		t.Errorf("another: %v", err)
	}
	arriving.Done()
	if err := other.Add(6); err != nil {
		t.Errorf("after one that did not arrive: %v", err)
	}
	other.Done()
	if err := acme.Update(System(), func(tx *Tx) error { return tx.DeleteFile("f1") }); err != nil {
		t.Fatal(err)
	}
	snapshot := w.Snapshot()
	addFile(t, acme, "f2", "a", "", 10)
	if err := other.Add(1); err == nil {
		t.Error("there is room beside a file of ten bytes")
	}
	w.Restore(snapshot)
	if err := other.Add(10); err != nil {
		t.Errorf("after that was undone: %v", err)
	}
}

func TestWhatClonesShareCountsOnce(t *testing.T) {
	t.Parallel()
	w, acme, _ := fileWorld(t, 10)
	addFile(t, acme, "f1", "a", "", 6)
	clone, err := w.Clone(acme, "clone")
	if err != nil {
		t.Fatal(err)
	}
	arriving := clone.Arrive()
	if err := arriving.Add(4); err != nil {
		t.Error(err)
	}
	if arriving.Add(1) == nil {
		t.Error("there is room for eleven bytes")
	}
	w.Remove(clone)
	if arriving.Add(1) == nil {
		t.Error("the file is gone with the clone, which the original has still")
	}
	arriving.Done()
	w.Remove(acme)
	if err := arriving.Add(10); err != nil {
		t.Error(err)
	}
}

func TestAWorkspaceThatIsRemovedLetsGoOfItsFiles(t *testing.T) {
	t.Parallel()
	w, acme, _ := fileWorld(t, 10)
	snapshot := w.Snapshot()
	addFile(t, acme, "f1", "a", "", 6)
	kept := w.Snapshot()
	w.Remove(acme)
	if acme.View().FileBytes() != 0 || len(slices.Collect(acme.View().Files())) != 0 {
		t.Errorf("it holds %d bytes", acme.View().FileBytes())
	}
	w.Restore(kept)
	if acme.View().FileBytes() != 6 || len(slices.Collect(acme.View().Files())) != 1 {
		t.Errorf("a snapshot brings back %d bytes", acme.View().FileBytes())
	}
	w.Restore(snapshot)
}

func TestASnapshotHoldsTheBytesOfDeletedFiles(t *testing.T) {
	t.Parallel()
	w, acme, _ := fileWorld(t, 10)
	arriving := acme.Arrive()
	remove := func(id attio.ID) {
		t.Helper()
		if err := acme.Update(System(), func(tx *Tx) error { return tx.DeleteFile(id) }); err != nil {
			t.Fatal(err)
		}
	}
	addFile(t, acme, "f1", "a", "", 6)
	named, again, nameless := w.NamedSnapshot("before"), w.NamedSnapshot("again"), w.Snapshot()
	if err := arriving.Add(4); err != nil {
		t.Errorf("what a workspace and its snapshots share counts more than once: %v", err)
	}
	arriving.Done()
	remove("f1")
	err := arriving.Add(5)
	want := "fakeattio keeps at most 10 bytes of files, all workspaces and snapshots together, and this one would be over that. " +
		`Snapshots hold deleted ones: "before", "again", 1 of a test's own. ` +
		"Delete some, or start it with a higher limit: --max-file-bytes, or fake.MaxFileBytes in Go."
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if err := arriving.Add(4); err != nil {
		t.Error(err)
	}
	arriving.Done()
	runtime.KeepAlive(named)
	runtime.KeepAlive(again)
	if arriving.Add(5) == nil {
		t.Error("a snapshot without a name brings nothing back")
	}
	runtime.KeepAlive(nameless)
	if err := arriving.Add(10); err != nil {
		t.Errorf("after all snapshots were dropped: %v", err)
	}
}

func TestTheSeedHoldsTheBytesOfItsFiles(t *testing.T) {
	t.Parallel()
	w, acme, _ := fileWorld(t, 10)
	addFile(t, acme, "f1", "a", "", 6)
	w.Reseed(w.Present())
	if err := acme.Update(System(), func(tx *Tx) error { return tx.DeleteFile("f1") }); err != nil {
		t.Fatal(err)
	}
	arriving := acme.Arrive()
	if arriving.Add(5) == nil {
		t.Error("a reset would bring back the file")
	}
	if err := arriving.Add(4); err != nil {
		t.Error(err)
	}
}

func TestWhatArrivesAtOneTimeStaysWithinTheRoom(t *testing.T) {
	t.Parallel()
	_, acme, globex := fileWorld(t, 100)
	var fitted atomic.Int64
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			ws := []*Workspace{acme, globex}[i%2]
			arrival := ws.Arrive()
			defer arrival.Done()
			if arrival.Add(7) == nil {
				fitted.Add(1)
				addFile(t, ws, attio.ID(fmt.Sprint(i)), "a", "", 7)
			}
		})
	}
	group.Wait()
	if total := acme.View().fileBytes + globex.View().fileBytes; total > 100 || total != 7*fitted.Load() {
		t.Errorf("%d bytes of %d files", total, fitted.Load())
	}
}
