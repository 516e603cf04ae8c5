package world

import (
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

func day(year int) time.Time { return time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC) }

func TestAClockIsExactOverAllItsYears(t *testing.T) {
	t.Parallel()
	for name, frozen := range map[string]bool{"running": false, "frozen": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				clock := NewClock(Start{At: noon, Frozen: frozen})
				const long = 2_000_000 * time.Hour // 228 years
				for _, step := range []struct {
					what string
					move func() error
					want time.Time
				}{
					{"set beyond what a duration reaches", func() error { return clock.Set(day(2600)) }, day(2600)},
					{"advanced", func() error { return clock.Advance(long) }, day(2600).Add(long)},
					{"advanced again", func() error { return clock.Advance(long) }, day(2600).Add(long).Add(long)},
					{"set to the end", func() error { return clock.Set(LastTime) }, LastTime},
					{"set to the beginning", func() error { return clock.Set(FirstTime) }, FirstTime},
					{"set to the beginning again", func() error { return clock.Set(time.Date(1970, 1, 1, 2, 0, 0, 0, time.FixedZone("", 7200))) }, FirstTime},
					{"set and moved back", func() error { return clock.Move(new(day(9999)), -time.Hour) }, day(9999).Add(-time.Hour)},
				} {
					if err := step.move(); err != nil || !clock.Now().Equal(step.want) {
						t.Errorf("%s: got %v and %v, want %v", step.what, clock.Now(), err, step.want)
					}
				}
			})
		})
	}
}

func TestAClockRefusesWhatLeadsOutOfItsYears(t *testing.T) {
	t.Parallel()
	for name, frozen := range map[string]bool{"running": false, "frozen": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				clock := NewClock(Start{At: noon, Frozen: frozen})
				clock.At(noon.Add(time.Hour), func() { t.Error("a refused move fires a timer") })
				for what, move := range map[string]func() error{
					"before the first time": func() error { return clock.Set(FirstTime.Add(-1)) },
					"after the last time":   func() error { return clock.Set(LastTime.Add(time.Microsecond)) },
					"the zero time":         func() error { return clock.Set(time.Time{}) },
					"no year at all":        func() error { return clock.Set(time.Unix(1<<62, 0)) },
					"back too far":          func() error { return clock.Advance(-500_000 * time.Hour) },
					"the longest way back":  func() error { return clock.Advance(-1 << 63) },
					"set well, then on":     func() error { return clock.Move(new(day(9900)), 1<<63-1) },
				} {
					err := move()
					if err == nil || !clock.Now().Equal(noon) {
						t.Errorf("%s: got %v, and the clock at %v", what, err, clock.Now())
					}
				}
				if got, want := clock.Set(day(12000)).Error(), "12000-01-01T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31"; got != want {
					t.Errorf("got %s\nwant %s", got, want)
				}
				clock.Close()
			})
		})
	}
}

func TestARunningClockStandsAtTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clock := NewClock(Start{At: LastTime.Add(-time.Minute)})
		fired := 0
		clock.At(LastTime, func() { fired++ })
		clock.At(LastTime.Add(time.Second), func() { t.Error("a time fires that never comes") })
		time.Sleep(time.Hour)
		synctest.Wait()
		if now := clock.Now(); !now.Equal(LastTime) || fired != 1 {
			t.Errorf("the clock is at %v, and fired %d times", now, fired)
		}
		if err := clock.Advance(-time.Hour); err != nil || !clock.Now().Equal(LastTime.Add(-time.Hour)) {
			t.Errorf("put back it is at %v, %v", clock.Now(), err)
		}
		clock.Close()
	})
}

func TestTimersFireOnTheWayAcrossCenturies(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clock := NewClock(Start{At: day(2000)})
		var fired []int
		for _, year := range []int{9000, 2100, 2600, 2300} {
			clock.At(day(year), func() { fired = append(fired, clock.Now().Year()) })
		}
		if err := clock.Set(day(8000)); err != nil {
			t.Fatal(err)
		}
		if want := []int{2100, 2300, 2600}; len(fired) != 3 || fired[0] != want[0] || fired[1] != want[1] || fired[2] != want[2] {
			t.Errorf("got %v, want %v", fired, want)
		}
		clock.Close()
	})
}

func TestSpansAddUpExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(what string) time.Time {
			first, last := FirstTime.Unix(), LastTime.Unix()
			return time.Unix(rapid.Int64Range(first, last).Draw(t, what), rapid.Int64Range(0, 999_999_999).Draw(t, what+" nanoseconds")).UTC()
		}
		a, b, c := draw("a"), draw("b"), draw("c")
		d := time.Duration(rapid.Int64().Draw(t, "d"))
		switch {
		case !between(a, b).after(a).Equal(b):
			t.Errorf("from %v to %v: %v", a, b, between(a, b).after(a))
		case between(a, b).positive() != b.After(a):
			t.Errorf("from %v to %v: positive %v", a, b, between(a, b).positive())
		case !between(a, b).minus(between(c, b)).after(a).Equal(c):
			t.Errorf("%v %v %v", a, b, c)
		case !spanOf(d).after(a).Equal(a.Add(d)):
			t.Errorf("%v and %v: %v", a, d, spanOf(d).after(a))
		}
	})
}
