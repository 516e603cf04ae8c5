package attribute

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestDurationsAreThoseOfISO8601(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Duration{
		"PT0S":               {},
		"P":                  {},
		"PT":                 {},
		"P1M":                {Months: 1},
		"P0Y0M1DT0H0M0S":     {Days: 1},
		"P1Y2M3W4DT5H6M7.5S": {1, 2, 3, 4, 5*time.Hour + 6*time.Minute + 7500*time.Millisecond},
		"PT0,5H":             {Clock: 30 * time.Minute},
		"PT1M":               {Clock: time.Minute},
		"PT86400000S":        {Clock: 24000 * time.Hour},
	} {
		got, ok := ParseDuration(text)
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Errorf("%s: ok %v (-want +got):\n%s", text, ok, diff)
		}
	}
}

func TestOtherTextsAreNoDurations(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "1D", "p1d", "P1", "P1H", "PT1D", "P-1D", "-P1D", "P1.5D", "P1D2M", "PT.5S", " P1D", "P1D\n", "P10000Y",
		"P99999999999999999999D", "PT9999999999999999999999H",
	} {
		if got, ok := ParseDuration(text); ok || got != (Duration{}) {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

func TestDurationsAreAddedByTheCalendar(t *testing.T) {
	t.Parallel()
	start := time.Date(2024, time.January, 30, 12, 0, 0, 0, time.FixedZone("", 3600))
	for text, want := range map[string]time.Time{
		"PT0S":     time.Date(2024, time.January, 30, 11, 0, 0, 0, time.UTC),
		"P1Y":      time.Date(2025, time.January, 30, 11, 0, 0, 0, time.UTC),
		"P1W2DT1H": time.Date(2024, time.February, 8, 12, 0, 0, 0, time.UTC),
		"P9999Y":   time.Date(9999, time.December, 31, 23, 59, 59, 999_999_999, time.UTC),
	} {
		d, ok := ParseDuration(text)
		if !ok {
			t.Fatalf("%s is not read", text)
		}
		if diff := cmp.Diff(want, d.AddTo(start)); diff != "" {
			t.Errorf("%s after %v (-want +got):\n%s", text, start, diff)
		}
	}
}

func FuzzParseDuration(f *testing.F) {
	for _, text := range []string{"PT0S", "P1Y2M3W4DT5H6M7.5S", "P0Y0M1DT0H0M0S", "PT2562047H47M16,854775807S"} {
		f.Add(text)
	}
	start := time.Date(2026, time.January, 15, 9, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		if d, ok := ParseDuration(text); ok && d.AddTo(start).Before(start) {
			t.Errorf("%q goes back in time: %+v", text, d)
		}
	})
}
