package world

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// diary records what fires, and at which time of the clock.
type diary struct {
	clock *Clock
	mu    sync.Mutex
	lines []string
}

func (d *diary) note(what string) func() {
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.lines = append(d.lines, fmt.Sprintf("%s %v", what, d.clock.Now().Sub(noon)))
	}
}

func (d *diary) wants(t *testing.T, what string, lines ...string) {
	t.Helper()
	synctest.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	if diff := cmp.Diff(lines, d.lines); diff != "" {
		t.Errorf("%s: %s", what, diff)
	}
	d.lines = nil
}

func TestARunningClockFiresWhenItGetsThere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &diary{clock: NewClock(Start{At: noon})}
		d.clock.At(noon.Add(2*time.Hour), d.note("second"))
		d.clock.At(noon.Add(time.Hour), d.note("first"))
		d.clock.At(noon.Add(2*time.Hour), d.note("third"))
		d.clock.At(noon.Add(-time.Hour), d.note("late"))
		d.wants(t, "at once", "late 0s")
		time.Sleep(time.Hour - time.Nanosecond)
		d.wants(t, "before the hour")
		time.Sleep(time.Nanosecond)
		d.wants(t, "after an hour", "first 1h0m0s")
		time.Sleep(24 * time.Hour)
		d.wants(t, "in the order of their times, then as they were set", "second 2h0m0s", "third 2h0m0s")
	})
}

func TestAMovedClockFiresEachTimerAtItsTime(t *testing.T) {
	t.Parallel()
	for name, frozen := range map[string]bool{"running": false, "frozen": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := &diary{clock: NewClock(Start{At: noon, Frozen: frozen})}
				d.clock.At(noon.Add(3*time.Hour), d.note("b"))
				d.clock.At(noon.Add(time.Hour), func() {
					d.note("a")()
					d.clock.At(noon.Add(2*time.Hour), d.note("set by a"))
					d.clock.At(noon.Add(6*time.Hour), d.note("set by a for later"))
				})
				d.clock.Advance(5 * time.Hour)
				d.wants(t, "Advance", "a 1h0m0s", "set by a 2h0m0s", "b 3h0m0s")
				d.clock.Advance(-4 * time.Hour)
				d.wants(t, "moving back")
				if got := d.clock.Now().Sub(noon); got != time.Hour {
					t.Errorf("the clock is at %v", got)
				}
				d.clock.Set(noon.Add(24 * time.Hour))
				d.wants(t, "Set", "set by a for later 6h0m0s")
				if got := d.clock.Now().Sub(noon); got != 24*time.Hour {
					t.Errorf("the clock is at %v", got)
				}
			})
		})
	}
}

func TestAFrozenClockFiresNothingByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &diary{clock: NewClock(Start{At: noon})}
		d.clock.At(noon.Add(time.Hour), d.note("a"))
		d.clock.Freeze(true)
		time.Sleep(24 * time.Hour)
		d.wants(t, "while it stands")
		d.clock.Freeze(false)
		time.Sleep(time.Hour)
		d.wants(t, "an hour after it runs again", "a 1h0m0s")
	})
}

func TestATimerThatIsCancelledOrResetDoesNotFire(t *testing.T) {
	t.Parallel()
	for name, undo := range map[string]func(*Clock, func()){
		"cancelled": func(_ *Clock, cancel func()) { cancel(); cancel() },
		"reset":     func(c *Clock, _ func()) { c.Reset() },
		"closed":    func(c *Clock, _ func()) { c.Close(); c.At(noon, func() { t.Error("a closed clock fired") }) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := &diary{clock: NewClock(Start{At: noon})}
				undo(d.clock, d.clock.At(noon.Add(time.Hour), d.note("a")))
				time.Sleep(2 * time.Hour)
				d.clock.Advance(2 * time.Hour)
				d.wants(t, "after all")
			})
		})
	}
}

func TestTheClockWaitsForWhatHoldsIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &diary{clock: NewClock(Start{At: noon, Frozen: true})}
		slow := func(what string, next func()) func() {
			return func() {
				release := d.clock.Hold()
				go func() {
					time.Sleep(5 * time.Second)
					d.note(what)()
					if next != nil {
						d.clock.At(d.clock.Now().Add(time.Hour), next)
					}
					release()
				}()
			}
		}
		d.clock.At(noon.Add(time.Hour), slow("a", slow("b", slow("c", nil))))
		start := time.Now()
		d.clock.Advance(3 * time.Hour)
		d.wants(t, "each at its time", "a 1h0m0s", "b 2h0m0s", "c 3h0m0s")
		if took := time.Since(start); took != 15*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestTheClockLosesItsPatienceWithAHoldOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &diary{clock: NewClock(Start{At: noon, Frozen: true})}
		release := d.clock.Hold()
		d.clock.At(noon.Add(time.Hour), d.note("a"))
		d.clock.At(noon.Add(2*time.Hour), d.note("b"))
		start := time.Now()
		d.clock.Advance(3 * time.Hour)
		d.wants(t, "both", "a 1h0m0s", "b 2h0m0s")
		if took := time.Since(start); took != patience {
			t.Errorf("it took %v", took)
		}
		release()
		d.clock.Advance(time.Hour)
	})
}

func TestResetAndCloseEndAnAdvance(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*Clock){"Reset": (*Clock).Reset, "Close": (*Clock).Close} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				clock := NewClock(Start{At: noon, Frozen: true})
				release := clock.Hold()
				defer release()
				era := clock.Era()
				start := time.Now()
				done := make(chan struct{})
				go func() {
					clock.Advance(time.Hour)
					close(done)
				}()
				synctest.Wait()
				end(clock)
				<-done
				if took := time.Since(start); took != 0 {
					t.Errorf("it took %v", took)
				}
				if got := clock.Now(); !got.Equal(noon) || clock.Era() == era {
					t.Errorf("the clock is at %v, in era %d after %d", got, clock.Era(), era)
				}
			})
		})
	}
}

func TestAdvancesAtTheSameTimeAddUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clock := NewClock(Start{At: noon, Frozen: true})
		var mu sync.Mutex
		var fired []time.Time
		for i := range 10 {
			clock.At(noon.Add(time.Duration(i)*time.Hour), func() {
				release := clock.Hold()
				mu.Lock()
				defer mu.Unlock()
				fired = append(fired, clock.Now())
				go func() { time.Sleep(time.Second); release() }()
			})
		}
		for range 5 {
			go clock.Advance(3 * time.Hour)
		}
		time.Sleep(time.Minute)
		if got := clock.Now().Sub(noon); got != 15*time.Hour || len(fired) != 10 || !slices.IsSortedFunc(fired, time.Time.Compare) {
			t.Errorf("the clock is at %v after %v", got, fired)
		}
	})
}
