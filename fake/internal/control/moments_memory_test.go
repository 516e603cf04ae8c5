package control

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/markdown"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// weighed is a world whose moments are weighed.
type weighed struct {
	t       *testing.T
	world   *world.World
	acme    *world.Workspace
	moments *Moments
}

// newWeighed returns a world with 500 people at a company.
func newWeighed(t *testing.T) *weighed {
	t.Helper()
	state, err := world.Build("acme", "Acme", world.NewClock(world.Start{}).Now(), func(tx *world.Tx) error {
		for i := range 500 {
			people, _ := tx.Schema.Object("people")
			if _, err := tx.CreateRecord(people, attio.PathID(fmt.Sprint(i)), []world.Write{{Attribute: "job_title", Value: "Clerk"}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w := world.New(&world.Seed{Workspaces: []*world.State{state}})
	acme, _ := w.Workspace("acme")
	m := newMoments(w)
	m.maxBytes = 1 << 40
	return &weighed{t, w, acme, m}
}

// write runs a transaction, and reads the records that it wrote as an answer does.
func (w *weighed) write(workspace *world.Workspace, change func(*world.Tx) error) {
	w.t.Helper()
	commits, err := workspace.Write(world.System(), func(tx *world.Tx) error {
		return change(tx)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, commit := range commits {
		for _, c := range commit.Changes {
			if record, ok := c.After.(*world.Record); ok {
				kind, _ := commit.After.Schema.Kind(c.Of)
				api.RenderRecord(commit.After.Schema, kind, record)
			}
		}
	}
}

func (w *weighed) person(workspace *world.Workspace, name, title string) {
	w.t.Helper()
	w.write(workspace, func(tx *world.Tx) error {
		people, _ := tx.Schema.Object("people")
		_, err := tx.CreateRecord(people, attio.PathID(name), []world.Write{{Attribute: "job_title", Value: title}, {Attribute: "email_addresses", Value: []any{name + "@example.com"}}})
		return err
	})
}

// edit writes one attribute of a person.
func (w *weighed) edit(workspace *world.Workspace, name, slug, value string) {
	w.t.Helper()
	w.write(workspace, func(tx *world.Tx) error {
		people, _ := tx.Schema.Object("people")
		_, err := tx.UpdateRecord(people, attio.PathID(name), world.Overwrite, []world.Write{{Attribute: slug, Value: value}})
		return err
	})
}

// Not parallel: it measures. The factor is how far the estimate may be from the heap, either way.
func TestTheEstimateOfMomentsIsThatOfTheHeap(t *testing.T) {
	const factor = 2
	for _, tc := range []struct {
		name    string
		arrange func(*weighed)
		write   func(*weighed)
	}{
		{"small records", nil, func(w *weighed) {
			for i := range 2000 {
				w.person(w.acme, fmt.Sprint("new", i), "Clerk")
			}
		}},
		{"changes of many records", nil, func(w *weighed) {
			for i := range 2000 {
				w.edit(w.acme, fmt.Sprint(i%500), "job_title", fmt.Sprint("Clerk ", i))
			}
		}},
		{"big records", nil, func(w *weighed) {
			for i := range 500 {
				w.edit(w.acme, fmt.Sprint(i%10), "description", fmt.Sprint(i, strings.Repeat("x", 8<<10)))
			}
		}},
		{"notes", nil, func(w *weighed) {
			for i := range 300 {
				content := markdown.Plain(fmt.Sprint(i, strings.Repeat("x", 4<<10)))
				w.write(w.acme, func(tx *world.Tx) error {
					_, err := tx.CreateNote(attio.PathID(fmt.Sprint(i)), world.NoteDraft{Object: "people", Record: attio.PathID("0"), Content: content})
					return err
				})
				changed := markdown.Plain(fmt.Sprint("changed ", i, strings.Repeat("x", 4<<10)))
				w.write(w.acme, func(tx *world.Tx) error {
					_, err := tx.UpdateNote(attio.PathID(fmt.Sprint(i)), world.NoteEdit{Content: &changed})
					return err
				})
			}
		}},
		{"files", nil, func(w *weighed) {
			for i := range 20 {
				id := attio.PathID(fmt.Sprint(i))
				w.write(w.acme, func(tx *world.Tx) error {
					_, err := tx.AddFile(id, "people", world.File{Type: world.TypeFile, Name: "a", Record: attio.PathID("0"), Content: &world.FileContent{Data: make([]byte, 1<<20)}})
					return err
				})
				w.write(w.acme, func(tx *world.Tx) error { return tx.DeleteFile(id) })
			}
		}},
		{"changes of the schema", nil, func(w *weighed) {
			for i := range 300 {
				w.write(w.acme, func(tx *world.Tx) error {
					people, _ := tx.Schema.Object("people")
					_, err := tx.CreateAttribute(people, attribute.Definition{Slug: fmt.Sprint("new", i), Title: fmt.Sprint("New ", i), Type: attribute.TypeText}, nil)
					return err
				})
			}
		}},
		{"the deletion of many", func(w *weighed) {
			for i := range 2000 {
				w.person(w.acme, fmt.Sprint("new", i), "Clerk")
			}
		}, func(w *weighed) {
			w.write(w.acme, func(tx *world.Tx) error {
				people, _ := tx.Schema.Object("people")
				for i := range 2000 {
					if err := tx.DeleteRecord(people, attio.PathID(fmt.Sprint("new", i))); err != nil {
						return err
					}
				}
				return nil
			})
		}},
		{"several workspaces that go again", nil, func(w *weighed) {
			for range 5 {
				clone, err := w.world.Clone(w.acme, "")
				if err != nil {
					w.t.Fatal(err)
				}
				for i := range 200 {
					w.person(clone, fmt.Sprint("new", i), "Clerk")
				}
				w.world.Remove(clone)
			}
		}},
		{"returns to a snapshot", nil, func(w *weighed) {
			snapshot := w.world.Snapshot()
			for range 5 {
				for i := range 200 {
					w.person(w.acme, fmt.Sprint("new", i), strings.Repeat("x", 1<<10))
				}
				w.world.Restore(snapshot)
			}
		}},
		{"a reset", nil, func(w *weighed) {
			for i := range 1000 {
				w.person(w.acme, fmt.Sprint("new", i), "Clerk")
			}
			w.world.Reset()
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWeighed(t)
			if tc.arrange != nil {
				tc.arrange(w)
			}
			w.moments.use()
			tc.write(w)
			all := heap()
			estimate := int(w.moments.bytes)
			w.moments.clear()
			kept := all - heap()
			t.Logf("%d KiB are kept, %d KiB estimated", kept>>10, estimate>>10)
			if estimate > kept*factor || kept > estimate*factor {
				t.Errorf("%d KiB are kept, %d KiB estimated", kept>>10, estimate>>10)
			}
			if w.moments.bytes != 0 || len(w.moments.events) != 0 {
				t.Errorf("%d bytes of %d events are left", w.moments.bytes, len(w.moments.events))
			}
			runtime.KeepAlive(w)
		})
	}
}
