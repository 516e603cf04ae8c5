package world

import (
	"cmp"
	"slices"
	"time"
)

// patience is how long, in real time, a moving clock waits for one hold: a little longer than a receiver of webhooks
// may take to answer.
const patience = 6 * time.Second

// timers are what a clock has to fire later, and the holds for which it waits before it jumps.
type timers struct {
	waiting []*timer      // by time; timers of the same time in the order in which they were set
	alarm   *time.Timer   // goes off for the first of them while the clock runs
	ringing bool          // timers for which the alarm went off are firing; it is set again only after that
	holds   map[int]bool  // by a number for each
	held    int           // the number of the latest hold
	free    chan struct{} // closed when nothing holds the clock any more; nil if nobody waits
	era     int
	closed  bool
}

type timer struct {
	at   time.Time
	fire func()
}

// At calls fire once, as soon as the clock reads t or later: when it runs that far or is moved there, or at once if t
// is in the past. A frozen clock fires only when it is moved. fire must return quickly; if it starts something that
// takes long, it holds the clock. Cancelling a timer that has fired does nothing.
func (c *Clock) At(t time.Time, fire func()) (cancel func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.timers.closed {
		return func() {}
	}
	set := &timer{t, fire}
	after, _ := slices.BinarySearchFunc(c.timers.waiting, t, func(other *timer, t time.Time) int {
		return cmp.Or(other.at.Compare(t), -1) // after those of the same time
	})
	c.timers.waiting = slices.Insert(c.timers.waiting, after, set)
	c.arm()
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if i := slices.Index(c.timers.waiting, set); i >= 0 {
			c.timers.waiting = slices.Delete(c.timers.waiting, i, i+1)
			c.arm()
		}
	}
}

// Hold says that something is in progress that belongs to the current time. Until it is released, Advance and Set wait
// before they move the clock, for six seconds of real time at most. A running clock runs on.
func (c *Clock) Hold() (release func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timers.held++
	hold := c.timers.held
	if c.timers.holds == nil {
		c.timers.holds = make(map[int]bool)
	}
	c.timers.holds[hold] = true
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.timers.holds, hold)
		c.released()
	}
}

// Era counts how often the clock was put back to a start. What began in an earlier era has been undone.
func (c *Clock) Era() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.timers.era
}

// Close drops all timers and holds; no timer fires afterwards.
func (c *Clock) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropTimers()
	c.timers.closed = true
}

// move moves the clock by a span and fires all timers on the way, also those that are set meanwhile. It releases the
// lock while it waits and fires.
func (c *Clock) move(by span) {
	if era := c.timers.era; by.positive() {
		for c.settle(); c.timers.era == era; c.settle() {
			due := c.due(by.after(c.now()))
			if len(due) == 0 {
				break
			}
			if step := between(c.now(), due[0].at); step.positive() {
				c.shift(step)
				by = by.minus(step)
			}
			c.mu.Unlock()
			for _, timer := range due {
				timer.fire()
			}
			c.mu.Lock()
		}
		if c.timers.era != era {
			return
		}
	}
	c.shift(by)
	c.arm()
}

// due removes and returns the first timers up to a time: all of the same instant, or all that are overdue.
func (c *Clock) due(until time.Time) []*timer {
	if len(c.timers.waiting) == 0 || c.timers.waiting[0].at.After(until) {
		return nil
	}
	instant := c.timers.waiting[0].at
	if now := c.now(); now.After(instant) {
		instant = now
	}
	n := 1
	for n < len(c.timers.waiting) && !c.timers.waiting[n].at.After(instant) {
		n++
	}
	due := slices.Clone(c.timers.waiting[:n])
	c.timers.waiting = slices.Delete(c.timers.waiting, 0, n)
	return due
}

// settle waits until nothing holds the clock, and drops a hold that takes too long. It releases the lock while it
// waits.
func (c *Clock) settle() {
	if len(c.timers.holds) == 0 {
		return
	}
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	for len(c.timers.holds) > 0 {
		if c.timers.free == nil {
			c.timers.free = make(chan struct{})
		}
		free := c.timers.free
		c.mu.Unlock()
		select {
		case <-free:
			c.mu.Lock()
		case <-timeout.C:
			c.mu.Lock()
			clear(c.timers.holds)
			c.released()
		}
	}
}

// released wakes those that wait for the clock to be free, if it is free.
func (c *Clock) released() {
	if len(c.timers.holds) == 0 && c.timers.free != nil {
		close(c.timers.free)
		c.timers.free = nil
	}
}

// arm sets the alarm for the first timer.
func (c *Clock) arm() {
	if c.timers.alarm != nil {
		c.timers.alarm.Stop()
	}
	if len(c.timers.waiting) == 0 || c.timers.ringing || c.timers.waiting[0].at.After(LastTime) {
		return
	}
	wait := c.timers.waiting[0].at.Sub(c.now()) // 292 years at most; an alarm that goes off too early is set again
	if wait > 0 && c.frozen {
		return
	}
	c.timers.alarm = time.AfterFunc(wait, c.ring)
}

// ring fires the timers that are due.
func (c *Clock) ring() {
	c.mu.Lock()
	defer c.mu.Unlock()
	due := c.due(c.now())
	c.timers.ringing = true
	c.mu.Unlock()
	for _, timer := range due {
		timer.fire()
	}
	c.mu.Lock()
	c.timers.ringing = false
	c.arm()
}

// dropTimers begins a new era without timers.
func (c *Clock) dropTimers() {
	if c.timers.alarm != nil {
		c.timers.alarm.Stop()
	}
	c.timers.waiting, c.timers.alarm = nil, nil
	c.timers.era++
	clear(c.timers.holds)
	c.released()
}
