package attio

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestATimeIsAppendedAsItsLayoutSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(-70_000_000_000, 260_000_000_000).Draw(t, "seconds") // from before the year 0 to after 9999
		zone := time.FixedZone("", rapid.IntRange(-50_000, 50_000).Draw(t, "zone"))
		at := time.Unix(seconds, rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).In(zone)
		want := "at " + at.UTC().Format(timeLayout)
		if got := string(Time{at}.Append([]byte("at "))); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	})
}

func BenchmarkTime(b *testing.B) {
	room, at := make([]byte, 0, 64), Time{time.Date(2026, time.May, 16, 1, 34, 5, 738_000_000, time.UTC)}
	b.Run("digits", func(b *testing.B) {
		for b.Loop() {
			room = at.Append(room[:0])
		}
	})
	b.Run("layout", func(b *testing.B) {
		for b.Loop() {
			room = at.AppendFormat(room[:0], timeLayout)
		}
	})
}
