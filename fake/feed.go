package fake

import (
	"slices"
	"sync"
	"sync/atomic"
)

// maxFed is how many items a feed holds that nobody has taken yet.
const maxFed = 256

// feed hands items to one reader. It holds the first 256 that the reader has not taken yet and counts the rest, so a slow reader
// neither delays anybody nor makes memory grow.
type feed[T any] struct {
	mu      sync.Mutex
	queue   []T
	dropped int // since the queue was full; nothing is queued until the reader has this number
	closed  bool
	news    chan struct{} // holds one signal while there may be something new to take
}

// next waits for the next item. If items were dropped, it returns their number once instead of an item. After the end, it
// returns what is left, and then false.
func (f *feed[T]) next() (item T, dropped int, ok bool) {
	for {
		item, found, dropped, closed := f.take()
		switch {
		case found:
			return item, 0, true
		case dropped > 0:
			return item, dropped, true
		case closed:
			return item, 0, false
		}
		<-f.news
	}
}

func (f *feed[T]) take() (item T, found bool, dropped int, closed bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.queue) > 0 {
		item, f.queue[0] = f.queue[0], item
		f.queue = f.queue[1:]
		return item, true, 0, false
	}
	dropped, f.dropped = f.dropped, 0
	return item, false, dropped, f.closed
}

func (f *feed[T]) put(item T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dropped > 0 || len(f.queue) == maxFed {
		f.dropped++
	} else {
		f.queue = append(f.queue, item)
	}
	f.signal()
}

func (f *feed[T]) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.closed = true
		close(f.news)
	}
}

// signal wakes the reader up. The caller holds the lock.
func (f *feed[T]) signal() {
	if f.closed {
		return
	}
	select {
	case f.news <- struct{}{}:
	default:
	}
}

// feeds holds the feeds of a server with one kind of items. If there are none, an item costs one atomic load.
type feeds[T any] struct {
	mu     sync.Mutex // for changes
	all    atomic.Pointer[[]*feed[T]]
	closed bool
}

func (f *feeds[T]) list() []*feed[T] {
	if all := f.all.Load(); all != nil {
		return *all
	}
	return nil
}

// open adds a feed, which has ended already if the server is closed.
func (f *feeds[T]) open() *feed[T] {
	opened := &feed[T]{news: make(chan struct{}, 1)}
	f.mu.Lock()
	defer f.mu.Unlock()
	all := append(slices.Clone(f.list()), opened)
	f.all.Store(&all)
	if f.closed {
		opened.end()
	}
	return opened
}

// end removes a feed and ends it.
func (f *feeds[T]) end(ended *feed[T]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := slices.DeleteFunc(slices.Clone(f.list()), func(other *feed[T]) bool { return other == ended })
	f.all.Store(&all)
	ended.end()
}

func (f *feeds[T]) put(item T) {
	for _, each := range f.list() {
		each.put(item)
	}
}

func (f *feeds[T]) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	for _, each := range f.list() {
		each.end()
	}
}
