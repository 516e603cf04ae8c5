package webhook

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// The log forgets its oldest deliveries beyond these bounds. It holds more than may wait, so that it shows
// what was dropped for lack of room.
const (
	maxLogged = 2 * maxWaiting
	maxBytes  = 32 << 20 // of all bodies and attempts together
)

// attemptBytes is about how many bytes an attempt takes that says nothing.
const attemptBytes = 128

// log remembers the latest deliveries. The zero value is ready.
type log struct {
	deliveries []*delivery
	bytes      int
}

func (l *log) add(d *delivery) {
	l.deliveries = append(l.deliveries, d)
	l.bytes += d.bodySize()
	l.trim()
}

// get returns the delivery with an id.
func (l *log) get(id attio.ID) (*delivery, bool) {
	i := slices.IndexFunc(l.deliveries, func(d *delivery) bool { return d.ID == id })
	if i < 0 {
		return nil, false
	}
	return l.deliveries[i], true
}

// attempt writes an attempt down.
func (l *log) attempt(d *delivery, a Attempt) {
	if d.forgotten {
		return
	}
	d.Attempts = append(d.Attempts, a)
	l.bytes += a.size()
	l.trim()
}

// size is about how many bytes an attempt takes.
func (a Attempt) size() int { return attemptBytes + len(a.Error) + len(a.Response) }

func (l *log) trim() {
	for len(l.deliveries) > maxLogged || l.bytes > maxBytes {
		l.drop(l.deliveries[0])
		l.deliveries[0] = nil // the array lives on behind the slice
		l.deliveries = l.deliveries[1:]
	}
}

// drop forgets a delivery that is not listed any more.
func (l *log) drop(d *delivery) {
	l.bytes -= d.bodySize()
	for _, a := range d.Attempts {
		l.bytes -= a.size()
	}
	d.forgotten, d.Attempts = true, nil
}
