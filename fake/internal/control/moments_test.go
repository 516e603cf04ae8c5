package control

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// visited is a handler whose requests are made by a test.
func visited(t *testing.T) (*Handler, func(content string)) {
	t.Helper()
	workspace, journal := emptyWorkspace(t)
	h := &Handler{journal: journal, moments: journal.moments, world: journal.moments.world}
	return h, func(content string) {
		commits := addTask(t, workspace, content)
		journal.add(&kept{span: journal.moments.span(world.Reading{}, commits), commits: commits})
	}
}

// tasks returns how many tasks there are at a moment, or how it is refused.
func (h *Handler) tasks(request int, side Side) string {
	moment, refused := h.at(request, side)
	if refused != nil {
		return fmt.Sprint(refused.status, " ", refused.message)
	}
	tasks := 0
	for range moment.Workspaces()[0].Each(world.ThingTask) {
		tasks++
	}
	return fmt.Sprint(tasks)
}

func TestTheOldestMomentsAreForgotten(t *testing.T) {
	t.Parallel()
	const tooOld = "410 the moment %s request %d is too old: the server keeps those of the latest 4000 requests that wrote, and at most 64 MiB of them; the oldest that it still has is after request %d"
	t.Run("beyond the number of writes", func(t *testing.T) {
		t.Parallel()
		h, write := visited(t)
		for i := range maxWrites + 3 {
			write(fmt.Sprint(i))
		}
		for _, tc := range []struct {
			request int
			side    Side
			want    string
		}{
			{1, Before, fmt.Sprintf(tooOld, Before, 1, 3)},
			{2, After, fmt.Sprintf(tooOld, After, 2, 3)},
			{3, Before, fmt.Sprintf(tooOld, Before, 3, 3)},
			{3, After, "3"}, {4, Before, "3"}, {4, After, "4"}, {maxWrites + 3, After, fmt.Sprint(maxWrites + 3)},
			{maxWrites + 4, After, fmt.Sprintf("404 the journal has no request %d; it has those from 1 to %d", maxWrites+4, maxWrites+3)},
		} {
			if diff := cmp.Diff(tc.want, h.tasks(tc.request, tc.side)); diff != "" {
				t.Errorf("%s request %d: %s", tc.side, tc.request, diff)
			}
		}
		for e := range h.Requests(Question{Limit: 5}) {
			if len(e.Changes) != 1 {
				t.Errorf("request %d has %d changes", e.Number, len(e.Changes))
			}
		}
	})
	t.Run("beyond the bytes", func(t *testing.T) {
		t.Parallel()
		h, write := visited(t)
		h.moments.maxBytes = 1 << 19
		for i := range 500 {
			write(fmt.Sprint(i, strings.Repeat("x", 1000)))
		}
		kept := 0
		for request := 1; request <= 500; request++ {
			switch got := h.tasks(request, After); {
			case got == fmt.Sprint(request):
				kept++
			case !strings.HasPrefix(got, fmt.Sprint(http.StatusGone, " ")) || kept > 0:
				t.Fatalf("request %d: %s", request, got)
			}
		}
		if kept < 20 || kept > 480 || h.moments.bytes > h.moments.maxBytes || len(h.journal.plain) > kept {
			t.Errorf("%d moments and the commits of %d are kept in %d bytes", kept, len(h.journal.plain), h.moments.bytes)
		}
	})
	t.Run("with the journal", func(t *testing.T) {
		t.Parallel()
		h, write := visited(t)
		write("one")
		h.ClearRequests()
		if h.moments.bytes != 0 || h.tasks(1, After) != "404 the journal is empty, so it has no request 1" {
			t.Errorf("%d bytes are left, and %s", h.moments.bytes, h.tasks(1, After))
		}
		addTask(t, mustWorkspace(h), "two")
		if len(h.moments.events) != 0 {
			t.Error("states that no request saw are kept")
		}
	})
}

func mustWorkspace(h *Handler) *world.Workspace { return h.world.Workspaces()[0] }

// What a large file costs is charged once it is deleted, and an upload is never refused because of a moment.
func TestDeletedFilesInMomentsMakeRoom(t *testing.T) {
	t.Parallel()
	w := newWeighed(t)
	w.moments.maxBytes = 8 << 20
	w.world.LimitFiles(2 << 20)
	w.moments.use()
	for i := range 20 {
		id := attio.PathID(fmt.Sprint(i))
		arrival := w.acme.Arrive()
		if err := arrival.Add(2 << 20); err != nil {
			t.Fatal(err)
		}
		w.write(w.acme, func(tx *world.Tx) error {
			_, err := tx.AddFile(id, "people", world.File{Type: world.TypeFile, Name: "a", Record: attio.PathID("0"), Content: &world.FileContent{Data: make([]byte, 2<<20)}})
			return err
		})
		arrival.Done()
		w.write(w.acme, func(tx *world.Tx) error { return tx.DeleteFile(id) })
	}
	var contents []*world.FileContent
	for _, p := range w.moments.states[w.acme].points {
		for f := range p.value.Files() {
			if !slices.Contains(contents, f.Content) {
				contents = append(contents, f.Content)
			}
		}
	}
	if len(contents) == 0 || len(contents) > 3 || w.moments.bytes > w.moments.maxBytes {
		t.Errorf("%d files are kept, %d bytes are charged", len(contents), w.moments.bytes)
	}
}
