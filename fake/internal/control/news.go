package control

import "sync"

// bell lets any number of goroutines wait until it rings. The zero value is ready.
type bell struct {
	mu     sync.Mutex
	change chan struct{} // nil while nobody waits
}

// next is closed when the bell rings next.
func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.change == nil {
		b.change = make(chan struct{})
	}
	return b.change
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.change != nil {
		close(b.change)
		b.change = nil
	}
}
