package world

import (
	"sync"
	"time"
)

// Clock is a server's only source of time: the real time moved by an offset, or frozen.
type Clock struct {
	mu     sync.Mutex
	start  Start
	offset time.Duration // what is added to the real time while it runs
	frozen bool          // it stands
	at     time.Time     // what it says while it stands
	timers timers
}

// Start says where a clock begins. The zero value is the real time.
type Start struct {
	At     time.Time
	Frozen bool          // it stands there; needs a time
	Offset time.Duration // what is added to the real time, where there is no time to begin at
}

// NewClock starts a clock.
func NewClock(start Start) *Clock {
	c := &Clock{start: start}
	c.Reset()
	return c
}

// Now returns the present time in UTC, to the microsecond as Attio's.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now().Truncate(time.Microsecond)
}

// Advance moves the clock forwards, frozen or not, from timer to timer: each one fires at its time, and
// the clock waits for what it holds before it goes on. A negative duration moves it back, which no timer
// notices.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.move(d)
}

// Set moves the clock to a time, as Advance does; it keeps running if it ran.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.move(t.Sub(c.now()))
}

// Freeze stops the clock where it is, or lets it run on from there.
func (c *Clock) Freeze(stop bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	c.frozen = stop
	c.set(now)
	c.arm()
}

// Frozen reports whether the clock stands.
func (c *Clock) Frozen() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.frozen
}

// Present returns the start of a clock that runs from now as this one does: it stands, follows the real time at the
// distance at which it started to, or runs from the present moment.
func (c *Clock) Present() Start {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.frozen:
		return Start{At: c.at, Frozen: true}
	case c.start.At.IsZero() && c.offset == c.start.Offset, c.offset == 0:
		return Start{Offset: c.offset}
	}
	return Start{At: c.now().Truncate(time.Millisecond)}
}

// Reset puts the clock back to its start, without any timers.
func (c *Clock) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropTimers()
	c.frozen, c.offset = c.start.Frozen, c.start.Offset
	if at := c.start.At; !at.IsZero() {
		c.set(at)
	}
}

// Stopwatch starts to measure real time, which no clock that stands or jumps can tell.
func (c *Clock) Stopwatch() (elapsed func() time.Duration) {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

// restart gives the clock another start; Reset puts it there.
func (c *Clock) restart(start Start) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.start = start
}

func (c *Clock) now() time.Time {
	if c.frozen {
		return c.at
	}
	return time.Now().Add(c.offset).UTC()
}

func (c *Clock) set(t time.Time) {
	if c.frozen {
		c.at = t.UTC()
		return
	}
	c.offset = time.Until(t)
}

func (c *Clock) shift(by time.Duration) {
	if c.frozen {
		c.at = c.at.Add(by)
		return
	}
	c.offset += by
}
