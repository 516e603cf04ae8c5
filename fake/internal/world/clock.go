package world

import (
	"fmt"
	"sync"
	"time"
)

// The range of times that a clock can show: Unix times whose year has four digits. A clock that reaches the last one
// stops there.
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

// Clock is a server's only source of time: real time with an offset, or frozen.
type Clock struct {
	mu     sync.Mutex
	start  Start
	offset span // added to real time while the clock runs
	frozen bool
	at     time.Time // the time of a frozen clock
	timers timers

	setting *clockSetting // the latest that was read; readings share it, as few requests change it
}

// Start says where a clock begins. The zero value is real time.
type Start struct {
	At     time.Time
	Frozen bool          // needs a time
	Offset time.Duration // added to real time; ignored if there is a time
}

// Check refuses a start that a clock cannot show now.
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

// Now returns the current time in UTC, in microseconds as Attio's.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now().Truncate(time.Microsecond)
}

// Advance moves the clock forwards, frozen or not, from timer to timer: each fires at its time, and the clock waits for
// what it holds before it moves on. A negative duration moves the clock back and fires no timer. A time that no clock
// can show is refused, and then the clock does not move.
func (c *Clock) Advance(d time.Duration) error { return c.Move(nil, d) }

// Set moves the clock to a time, as Advance does; a running clock keeps running.
func (c *Clock) Set(t time.Time) error { return c.Move(&t, 0) }

// Move sets the clock to a time, if there is one, and then advances it. If it refuses one of the two, it does neither.
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

// Freeze stops the clock, or lets it run on from where it stands.
func (c *Clock) Freeze(stop bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	c.frozen = stop
	c.set(now)
	c.arm()
}

// Frozen reports whether the clock is frozen.
func (c *Clock) Frozen() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.frozen
}

// Reading is what a clock shows at a moment, and how it runs then.
type Reading struct {
	Now     time.Time
	setting *clockSetting // nil in the zero value, which has real time
}

// Read returns what the clock shows, and how it runs.
func (c *Clock) Read() Reading {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.setting == nil || *c.setting != (clockSetting{c.frozen, c.at, c.offset}) {
		c.setting = &clockSetting{c.frozen, c.at, c.offset}
	}
	return Reading{c.now().Truncate(time.Microsecond), c.setting}
}

// IsReal reports whether the clock shows real time.
func (r Reading) IsReal() bool {
	setting := r.clockSetting()
	return !setting.frozen && setting.offset == span{}
}

func (r Reading) clockSetting() clockSetting {
	if r.setting == nil {
		return clockSetting{}
	}
	return *r.setting
}

// From returns the start of a clock that goes on as this one did at a moment: frozen at its time, or with the offset from
// real time with which it started, or running on from its time then.
func (c *Clock) From(r Reading) Start {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch setting := r.clockSetting(); {
	case setting.frozen:
		return Start{At: setting.at, Frozen: true}
	case c.start.At.IsZero() && setting.offset == spanOf(c.start.Offset):
		return Start{Offset: c.start.Offset}
	case setting.offset == span{}:
		return Start{}
	}
	return Start{At: r.Now.Truncate(time.Millisecond)}
}

// Reset puts the clock back to its start, and drops all timers.
func (c *Clock) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropTimers()
	c.frozen, c.offset = c.start.Frozen, spanOf(c.start.Offset)
	if at := c.start.At; !at.IsZero() {
		c.set(at)
	}
}

// Stopwatch measures real time, which a clock that is frozen or moved does not show.
func (c *Clock) Stopwatch() (elapsed func() time.Duration) {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

// restart gives the clock another start, to which Reset will return.
func (c *Clock) restart(start Start) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.start = start
}

func (c *Clock) now() time.Time { return c.read(time.Now()) }

// read returns the clock's time at a real time.
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

// span is a length of time with a sign. It reaches from any time to any other, while a time.Duration ends at 292 years.
type span struct {
	seconds int64
	nanos   int64 // 0 to 999,999,999, added to the seconds
}

func newSpan(seconds, nanos int64) span {
	const second = int64(time.Second)
	if nanos < 0 {
		seconds, nanos = seconds-1, nanos+second
	}
	return span{seconds, nanos}
}

func spanOf(d time.Duration) span { return newSpan(int64(d/time.Second), int64(d%time.Second)) }

// between returns the span from one time to another.
func between(from, to time.Time) span {
	return newSpan(to.Unix()-from.Unix(), int64(to.Nanosecond()-from.Nanosecond()))
}

// after returns the time that is a span after another.
func (s span) after(t time.Time) time.Time {
	return time.Unix(t.Unix()+s.seconds, int64(t.Nanosecond())+s.nanos).UTC()
}

func (s span) minus(other span) span { return newSpan(s.seconds-other.seconds, s.nanos-other.nanos) }

// positive reports whether the span is longer than zero.
func (s span) positive() bool { return s.seconds > 0 || s.seconds == 0 && s.nanos > 0 }
