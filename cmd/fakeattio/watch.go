package main

import (
	"context"
	"crypto/sha256"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// watchInterval is how often the scenario files are checked. They are few, and a check is one stat each.
const watchInterval = 200 * time.Millisecond

// watcher reloads a server whenever its scenario files change or a signal asks for it.
type watcher struct {
	server *fake.Server
	say    announcer
	files  bool              // watch the files
	asked  <-chan os.Signal  // reload whether they have changed or not
	stop   func()            // ends the program
	loaded map[string]glance // the files just before they were loaded
	last   map[string]glance // the files at the last check
}

// load reloads the server. It looks at the files first, so that whatever is written from now on counts as a change,
// even if the server has already read it.
func (w *watcher) load() error {
	files := w.server.ScenarioFiles()
	w.last = look(files, w.last)
	w.loaded = w.last
	return w.server.Reload()
}

// begin watches in the background; stop ends the program. The function that it returns calls stop and waits until the
// watcher has ended.
func (w *watcher) begin(ctx context.Context, stop func()) (end func()) {
	w.stop = stop
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.run(ctx)
	}()
	return func() { stop(); <-ended }
}

// run watches until the context ends. It reloads only once the files are the same in two checks in a row, because
// editors write in several steps.
func (w *watcher) run(ctx context.Context) {
	var tick <-chan time.Time
	if w.files {
		ticker := time.NewTicker(watchInterval)
		defer ticker.Stop()
		tick = ticker.C
	}
	attended := hasTerminal()
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.asked:
			if attended && !hasTerminal() { // the terminal was closed, and nobody could end the server any more
				w.stop()
				return
			}
			w.reload()
		case <-tick:
			if w.changed() {
				w.reload()
			}
		}
	}
}

// hasTerminal reports whether the program was started from a terminal that still exists.
func hasTerminal() bool {
	terminal, err := os.Open("/dev/tty")
	if err != nil {
		return false
	}
	_ = terminal.Close()
	return true
}

// changed checks the files and reports whether their content changed.
func (w *watcher) changed() bool {
	previous := w.last
	w.last = look(slices.Collect(maps.Keys(w.loaded)), previous)
	return maps.Equal(w.last, previous) && changed(w.loaded, w.last)
}

// reload reloads the server and announces it.
func (w *watcher) reload() {
	if err := w.load(); err != nil {
		w.say.refused(err)
	} else {
		w.say.reloaded(w.server)
	}
}

// glance is what one check of a file found. The zero value stands for a file that cannot be read.
type glance struct {
	modified int64 // in nanoseconds
	size     int64
	content  [sha256.Size]byte
}

// look checks files. It reads only those whose time or size differs from the last check.
func look(files []string, last map[string]glance) map[string]glance {
	seen := make(map[string]glance, len(files))
	for _, file := range files {
		seen[file] = lookAt(file, last[file])
	}
	return seen
}

func lookAt(file string, last glance) glance {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() { // reading a pipe would block
		return glance{}
	}
	now := glance{modified: info.ModTime().UnixNano(), size: info.Size(), content: last.content}
	if now == last {
		return last
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return glance{}
	}
	now.content = sha256.Sum256(content)
	return now
}

// changed reports whether the content of the files differs. A new modification time alone does not count.
func changed(before, after map[string]glance) bool {
	return !maps.EqualFunc(before, after, func(a, b glance) bool {
		return a.size == b.size && a.content == b.content
	})
}
