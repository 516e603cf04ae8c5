package webhook

import (
	"time"

	"github.com/tidwall/btree"
)

// maxWaiting is how many deliveries wait, for all targets together. Where there are more the one that has waited longest
// for a target of which more wait than of others gives way, so that targets that do not answer cost others nothing.
const maxWaiting = 10_000

// waiting counts the deliveries in all queues of an era.
type waiting struct {
	all  int
	most *target // of which as many wait as of others at least, when it was last looked for
}

// queue holds the deliveries that wait for one target. The zero value is ready.
type queue struct {
	waiting *waiting                 // of which the queue is a part; nil for none
	byTime  *btree.BTreeG[*delivery] // those of one time in the order of their places
	byAge   *btree.BTreeG[*delivery]
	places  uint64
}

// put lets a delivery wait, at the end of those that may go at the same time; a zero time is at once.
func (q *queue) put(d *delivery, at time.Time) {
	if q.byTime == nil {
		alone := btree.Options{NoLocks: true}
		q.byTime = btree.NewBTreeGOptions(func(a, b *delivery) bool {
			return a.at.Before(b.at) || a.at.Equal(b.at) && a.place < b.place
		}, alone)
		q.byAge = btree.NewBTreeGOptions(func(a, b *delivery) bool { return a.place < b.place }, alone)
	}
	q.places++
	d.queued, d.at, d.place = true, at, q.places
	if q.waiting != nil {
		q.waiting.all++
	}
	q.byTime.Set(d)
	q.byAge.Set(d)
}

func (q *queue) remove(d *delivery) {
	if d.queued {
		q.byTime.Delete(d)
		q.byAge.Delete(d)
		d.queued = false
		if q.waiting != nil {
			q.waiting.all--
		}
	}
}

// first returns the delivery that may go first.
func (q *queue) first() (*delivery, bool) {
	if q.len() == 0 {
		return nil, false
	}
	return q.byTime.Min()
}

// oldest returns the delivery that has waited longest.
func (q *queue) oldest() (*delivery, bool) {
	if q.len() == 0 {
		return nil, false
	}
	return q.byAge.Min()
}

// all lists the deliveries in the order in which they may go.
func (q *queue) all() []*delivery {
	if q.len() == 0 {
		return nil
	}
	return q.byTime.Items()
}

func (q *queue) len() int {
	if q.byAge == nil {
		return 0
	}
	return q.byAge.Len()
}

// busiest returns a target for which at least as many deliveries wait as for the others on average. The latest target, for
// which a delivery was made just now, is at hand: where all targets are dead the search for another would take longer than
// the delivery itself.
func (era *era) busiest(latest *target) *target {
	w := &era.waiting
	busy := func(t *target) bool { return t != nil && t.queue.len()*len(era.targets) >= w.all }
	switch {
	case busy(w.most) && w.most.queue.len() >= latest.queue.len():
	case busy(latest):
		return latest
	default:
		for _, t := range era.targets {
			if w.most == nil || t.queue.len() > w.most.queue.len() {
				w.most = t
			}
		}
	}
	return w.most
}

// perSecond is how many deliveries a target gets in any second. From Attio's webhook guide.
const perSecond = 25

// pace keeps the deliveries to a target within perSecond. The zero value is ready.
type pace struct {
	sent [perSecond]time.Time // the latest, in a ring
	next int                  // the oldest of them
}

// free returns when the next delivery may go; the zero time is at once.
func (p *pace) free(now time.Time) time.Time {
	oldest := p.sent[p.next]
	if oldest.IsZero() || oldest.After(now) { // a clock that was put back lets everything go
		return time.Time{}
	}
	return oldest.Add(time.Second)
}

// note notes that a delivery goes.
func (p *pace) note(now time.Time) {
	p.sent[p.next] = now
	p.next = (p.next + 1) % perSecond
}

// idle reports whether no delivery is recent enough to matter.
func (p *pace) idle(now time.Time) bool {
	latest := p.sent[(p.next+perSecond-1)%perSecond]
	return latest.IsZero() || latest.After(now) || now.Sub(latest) >= time.Second
}
