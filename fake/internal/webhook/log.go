package webhook

import "github.com/fakeattio/fakeattio/fake/internal/attio"

// The log forgets its oldest deliveries beyond these bounds. It has room for more than wait, so that one that gave way is
// in it as such.
const (
	maxLogged = 2 * maxWaiting
	maxBytes  = 32 << 20 // of all bodies and attempts together
)

// attemptBytes is about how many bytes an attempt takes that says nothing.
const attemptBytes = 128

// log remembers the latest deliveries. The zero value is ready.
type log struct {
	deliveries []*delivery
	byID       map[attio.ID]*delivery
	bytes      int
}

func (l *log) add(d *delivery) {
	if l.byID == nil {
		l.byID = make(map[attio.ID]*delivery)
	}
	l.deliveries = append(l.deliveries, d)
	l.byID[d.ID] = d
	l.bytes += len(d.Body)
	l.trim()
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

// drop takes a delivery that is not listed any more from the books.
func (l *log) drop(d *delivery) {
	delete(l.byID, d.ID)
	l.bytes -= len(d.Body)
	for _, a := range d.Attempts {
		l.bytes -= a.size()
	}
	d.forgotten, d.Attempts = true, nil
}
