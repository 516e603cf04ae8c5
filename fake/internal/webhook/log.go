package webhook

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// The log forgets its oldest deliveries beyond these bounds.
const (
	maxLogged = 10_000
	maxBytes  = 32 << 20 // of all bodies and answers together
)

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
	l.bytes += len(a.Response)
	l.trim()
}

func (l *log) trim() {
	for len(l.deliveries) > maxLogged || l.bytes > maxBytes {
		d := l.deliveries[0]
		l.deliveries[0] = nil // the array lives on behind the slice
		l.deliveries = l.deliveries[1:]
		delete(l.byID, d.ID)
		l.bytes -= len(d.Body)
		for _, a := range d.Attempts {
			l.bytes -= len(a.Response)
		}
		d.forgotten, d.Attempts = true, nil
	}
}
