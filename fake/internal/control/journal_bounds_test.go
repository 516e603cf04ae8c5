package control

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestTheJournalForgetsTheOldest(t *testing.T) {
	t.Parallel()
	const large = maxKept + entryBytes
	for name, tc := range map[string]struct{ bodySize, sent, kept int }{
		"below both bounds":      {maxKept, 10, 10},
		"too many requests":      {1, maxEntries + 5, maxEntries},
		"too many bytes":         {maxKept, 2 * DefaultJournalBytes / large, DefaultJournalBytes / large},
		"bodies are cut to 64KB": {4 * maxKept, DefaultJournalBytes / large, DefaultJournalBytes / large},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			journal := journalOf(world.New(&world.Seed{}))
			sent := []byte(strings.Repeat("x", tc.bodySize))
			for i := range tc.sent {
				journal.add(&kept{Entry: Entry{Status: i, Request: cut(sent)}})
			}
			got := slices.Collect(journal.list(Question{}))
			if len(got) != tc.kept || got[len(got)-1].Status != tc.sent-1 || got[0].Status != tc.sent-tc.kept {
				t.Errorf("kept %d entries, from %d to %d", len(got), got[0].Status, got[len(got)-1].Status)
			}
		})
	}
}

// heap returns how many bytes of the heap are in use.
func heap() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// Not parallel: it measures.
func TestTheJournalStaysWithinItsMemoryWhateverIsLong(t *testing.T) {
	long := strings.Repeat("x", 60<<10)
	workspace, journal := emptyWorkspace(t)
	for name, request := range map[string]func(i int) (Entry, *api.Call, http.Header){
		"queries": func(i int) (Entry, *api.Call, http.Header) {
			line := fmt.Sprintf("GET /v2/self?%d%s", i, long) // as net/http reads it
			return Entry{Method: line[:3], Path: line[4:]}, &api.Call{}, nil
		},
		"headers": func(i int) (Entry, *api.Call, http.Header) {
			return Entry{}, &api.Call{}, http.Header{"A": {fmt.Sprint(i, long)}, "B": {long}, fmt.Sprint(long, i): {""}}
		},
		"many headers": func(i int) (Entry, *api.Call, http.Header) {
			h := http.Header{}
			for n := range 500 {
				h[fmt.Sprint("X-", n)] = []string{fmt.Sprint(i)}
			}
			return Entry{}, &api.Call{}, h
		},
		"bodies with room behind them": func(int) (Entry, *api.Call, http.Header) {
			return Entry{}, &api.Call{Sent: make([]byte, 1, 32<<10), Body: make([]byte, 1, 32<<10)}, nil
		},
		"changes": func(i int) (Entry, *api.Call, http.Header) {
			return Entry{}, &api.Call{Commits: addTask(t, workspace, fmt.Sprint(i, strings.Repeat("x", 1900)))}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			before := heap()
			for i := range 2500 {
				entry, call, sent := request(i)
				call.Request = &http.Request{Header: sent}
				entry.complete(call, sent, nil, time.Time{}, &journal.texts)
				journal.add(&kept{Entry: entry, span: journal.moments.span(world.Reading{}, call.Commits), commits: call.Commits})
			}
			most := DefaultJournalBytes + DefaultJournalBytes/2
			if name == "changes" {
				most += 2500 * 2000 // the tasks, which the workspace has too
			}
			if grown := heap() - before; grown > most {
				t.Errorf("the journal holds %d MiB", grown>>20)
			}
			if journal.bytes > DefaultJournalBytes || journal.bytes < 1<<20 {
				t.Errorf("the journal counts %d bytes", journal.bytes)
			}
			journal.clear()
		})
	}
}

func TestTheJournalCountsWhatItHas(t *testing.T) {
	t.Parallel()
	workspace, journal := emptyWorkspace(t)
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := range 200 {
				commits := addTask(t, workspace, fmt.Sprint(worker, "/", i))
				journal.add(&kept{Entry: Entry{Path: "/"}, span: journal.moments.span(world.Reading{}, commits), commits: commits})
				if i%20 == 0 {
					for range journal.list(Question{Last: 30}) {
					}
				}
			}
		})
	}
	group.Wait()
	changes, bytes := 0, 0
	for entry := range journal.list(Question{}) {
		changes += len(entry.Changes)
	}
	for _, k := range journal.entries {
		bytes += k.size()
	}
	if changes != 800 || bytes != journal.bytes {
		t.Errorf("%d changes: %d bytes were counted as %d", changes, bytes, journal.bytes)
	}
}

func TestTheJournalIsListedWithoutBeingMadeFirst(t *testing.T) {
	journal := journalOf(world.New(&world.Seed{}))
	for range DefaultJournalBytes / (maxKept + entryBytes) {
		journal.add(&kept{Entry: Entry{Request: cut([]byte(`"` + strings.Repeat("x", maxKept-2) + `"`))}})
	}
	h := &Handler{journal: journal}
	result, refused := listRequests(h, httptest.NewRequest("GET", "/_fake/requests", nil))
	if refused != nil {
		t.Fatal(refused)
	}
	before := heap()
	var most, written int
	err := result.(stream)(writer(func(b []byte) {
		if written += len(b); written>>22 != (written-len(b))>>22 {
			most = max(most, heap()-before)
		}
	}))
	if err != nil || written < DefaultJournalBytes/2 || most > 4<<20 {
		t.Errorf("%d bytes were written with up to %d more in use: %v", written, most, err)
	}
}

type writer func([]byte)

func (w writer) Write(b []byte) (int, error) { w(b); return len(b), nil }

// journalOf returns the journal of a world to which requests are being made.
func journalOf(w *world.World) *Journal {
	moments := newMoments(w)
	moments.use()
	return newJournal(moments)
}

func emptyWorkspace(t testing.TB) (*world.Workspace, *Journal) {
	t.Helper()
	state, err := world.Build("acme", "Acme", world.NewClock(world.Start{}).Now(), func(*world.Tx) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	w := world.New(&world.Seed{Workspaces: []*world.State{state}})
	workspace, _ := w.Workspace("acme")
	return workspace, journalOf(w)
}

// addTask creates a task whose id is its content, and returns the commits.
func addTask(t testing.TB, workspace *world.Workspace, content string) []world.Commit {
	commits, err := workspace.Write(world.System(), func(tx *world.Tx) error {
		_, err := tx.CreateTask(attio.PathID(content), content, world.TaskEdit{})
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return commits
}
