package world

import (
	"fmt"
	"sync"
	"time"
)

// The times that a clock can show: the years of four digits that Unix time has. A clock that runs past the last
// one stands there.
var (
	FirstTime = time.Unix(0, 0).UTC()
	LastTime  = time.Date(9999, time.December, 31, 23, 59, 59, 999_999_000, time.UTC)
)

// CheckTime refuses a time that no clock can show.
func CheckTime(t time.Time) error {
	if t.Before(FirstTime) || t.After(LastTime) {
		return fmt.Errorf("%s is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31", t.UTC().Format(time.RFC3339))
	}
	return nil
}

// Clock is a server's only source of time: the real time moved by an offset, or frozen.
type Clock struct {
	mu     sync.Mutex
	start  Start
	offset span      // what is added to the real time while it runs
	frozen bool      // it stands
	at     time.Time // what it says while it stands
	timers timers
}

// Start says where a clock begins. The zero value is the real time.
type Start struct {
	At     time.Time
	Frozen bool          // it stands there; needs a time
	Offset time.Duration // what is added to the real time, where there is no time to begin at
}

// Check refuses a start that no clock can show now.
func (s Start) Check() error {
	if s.At.IsZero() {
		return CheckTime(spanOf(s.Offset).after(time.Now()))
	}
	return CheckTime(s.At)
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
// notices. What leads to a time that no clock can show is refused, and the clock does not move.
func (c *Clock) Advance(d time.Duration) error { return c.Move(nil, d) }

// Set moves the clock to a time, as Advance does; it keeps running if it ran.
func (c *Clock) Set(t time.Time) error { return c.Move(&t, 0) }

// Move sets the clock to a time, if there is one, and then advances it: both or, where it refuses one, neither.
func (c *Clock) Move(to *time.Time, advance time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	target := c.now()
	if to != nil {
		if target = *to; CheckTime(target) != nil {
			return CheckTime(target)
		}
	}
	if err := CheckTime(spanOf(advance).after(target)); err != nil {
		return err
	}
	if to != nil {
		c.move(between(c.now(), target))
	}
	c.move(spanOf(advance))
	return nil
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
	case c.start.At.IsZero() && c.offset == spanOf(c.start.Offset):
		return Start{Offset: c.start.Offset}
	case c.offset == span{}:
		return Start{}
	}
	return Start{At: c.now().Truncate(time.Millisecond)}
}

// Reset puts the clock back to its start, without any timers.
func (c *Clock) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropTimers()
	c.frozen, c.offset = c.start.Frozen, spanOf(c.start.Offset)
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

func (c *Clock) now() time.Time { return c.read(time.Now()) }

// read returns what the clock says at a real time.
func (c *Clock) read(real time.Time) time.Time {
	if c.frozen {
		return c.at
	}
	t := c.offset.after(real)
	switch {
	case t.Before(FirstTime):
		return FirstTime
	case t.After(LastTime):
		return LastTime
	}
	return t
}

func (c *Clock) set(t time.Time) {
	if c.frozen {
		c.at = t.UTC()
		return
	}
	c.offset = between(time.Now(), t)
}

func (c *Clock) shift(by span) {
	real := time.Now()
	t := by.after(c.read(real))
	if c.frozen {
		c.at = t
		return
	}
	c.offset = between(real, t)
}

// span is a length of time with a sign. Unlike a time.Duration, which ends at 292 years, it reaches from any time
// to any other.
type span struct {
	seconds int64
	nanos   int64 // 0 to 999,999,999, onto the seconds
}

func newSpan(seconds, nanos int64) span {
	const second = int64(time.Second)
	if nanos < 0 {
		seconds, nanos = seconds-1, nanos+second
	}
	return span{seconds, nanos}
}

func spanOf(d time.Duration) span { return newSpan(int64(d/time.Second), int64(d%time.Second)) }

// between returns how far it is from one time to another.
func between(from, to time.Time) span {
	return newSpan(to.Unix()-from.Unix(), int64(to.Nanosecond()-from.Nanosecond()))
}

// after returns the time that lies the span after another.
func (s span) after(t time.Time) time.Time {
	return time.Unix(t.Unix()+s.seconds, int64(t.Nanosecond())+s.nanos).UTC()
}

func (s span) minus(other span) span { return newSpan(s.seconds-other.seconds, s.nanos-other.nanos) }

// positive reports whether the span leads forwards.
func (s span) positive() bool { return s.seconds > 0 || s.seconds == 0 && s.nanos > 0 }
