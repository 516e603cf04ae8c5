package world

import (
	"testing"
	"testing/synctest"
	"time"
)

var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

func TestAClockRunsFromItsStart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clock := NewClock(Start{At: noon})
		real := NewClock(Start{})
		time.Sleep(time.Minute)
		if got := clock.Now(); !got.Equal(noon.Add(time.Minute)) {
			t.Errorf("got %v", got)
		}
		if got := real.Now(); !got.Equal(time.Now()) {
			t.Errorf("without a start it is the real time, got %v", got)
		}
	})
}

func TestAFrozenClockMovesOnlyWhenItIsMoved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clock := NewClock(Start{At: noon, Frozen: true})
		time.Sleep(time.Hour)
		step := func(what string, want time.Time, frozen bool) {
			t.Helper()
			if got := clock.Now(); !got.Equal(want) || clock.Frozen() != frozen {
				t.Errorf("%s: got %v, frozen %v", what, got, clock.Frozen())
			}
		}
		step("real time does not move it", noon, true)
		clock.Advance(time.Hour)
		step("Advance does", noon.Add(time.Hour), true)
		clock.Set(noon.AddDate(0, 0, 1))
		step("Set does", noon.AddDate(0, 0, 1), true)
		clock.Freeze(true)
		step("freezing it again is nothing", noon.AddDate(0, 0, 1), true)
		clock.Freeze(false)
		time.Sleep(time.Second)
		step("thawed it runs on from there", noon.AddDate(0, 0, 1).Add(time.Second), false)
		clock.Advance(-time.Second)
		step("a negative duration moves it back", noon.AddDate(0, 0, 1), false)
		clock.Reset()
		step("Reset puts it back", noon, true)
	})
}

func TestAClockSpeaksUTCAndWholeMicroseconds(t *testing.T) {
	t.Parallel()
	clock := NewClock(Start{At: time.Date(2026, 1, 15, 14, 0, 0, 1999, time.FixedZone("", 7200)), Frozen: true})
	if got, want := clock.Now(), noon.Add(time.Microsecond); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
