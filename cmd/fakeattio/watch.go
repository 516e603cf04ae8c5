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

// watchInterval is how often the scenario files are looked at. They are few, and a look is a stat.
const watchInterval = 200 * time.Millisecond

// watcher starts a server anew whenever its scenario files have changed, or somebody asks for it.
type watcher struct {
	server *fake.Server
	say    announcer
	files  bool              // look at the files
	asked  <-chan os.Signal  // start anew, whether they have changed or not
	stop   func()            // ends the program
	loaded map[string]glance // the files as they were just before they were loaded
	last   map[string]glance // the files at the last look
}

// load starts the server anew. It looks at the files first: what is written to them from here on is a
// change, whether the server has read it or not.
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

// run watches until the context ends. It waits until the files stay the same from one look to the
// next: editors write in several steps.
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
			if attended && !hasTerminal() { // it was closed, and nobody is there to end the server
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

// hasTerminal reports whether the program was started from a terminal that is still there.
func hasTerminal() bool {
	terminal, err := os.Open("/dev/tty")
	if err != nil {
		return false
	}
	_ = terminal.Close()
	return true
}

// changed looks at the files and reports whether there is something new in them.
func (w *watcher) changed() bool {
	previous := w.last
	w.last = look(slices.Collect(maps.Keys(w.loaded)), previous)
	return maps.Equal(w.last, previous) && changed(w.loaded, w.last)
}

// reload starts the server anew and says so.
func (w *watcher) reload() {
	if err := w.load(); err != nil {
		w.say.refused(err)
	} else {
		w.say.reloaded(w.server)
	}
}

// glance is what one look at a file shows. The zero value is a file that cannot be read.
type glance struct {
	modified int64 // in nanoseconds
	size     int64
	content  [sha256.Size]byte
}

// look looks at files. It reads those that differ in time or size from the last look.
func look(files []string, last map[string]glance) map[string]glance {
	seen := make(map[string]glance, len(files))
	for _, file := range files {
		seen[file] = lookAt(file, last[file])
	}
	return seen
}

func lookAt(file string, last glance) glance {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() { // a pipe would keep us waiting
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

// changed tells whether the files hold something else. That one was written again does not count.
func changed(before, after map[string]glance) bool {
	return !maps.EqualFunc(before, after, func(a, b glance) bool {
		return a.size == b.size && a.content == b.content
	})
}
