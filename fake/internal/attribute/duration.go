package attribute

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// Duration is an ISO 8601 duration, "P1Y2M3W4DT5H6M7.5S". Months and days are as long as the calendar
// makes them.
type Duration struct {
	Years, Months, Weeks, Days int
	Clock                      time.Duration // hours, minutes and seconds
}

// DurationPattern matches a duration. It is that of Attio's OpenAPI document for target times in a
// status, which allows "P" and "PT" too; weeks go with the other units.
var DurationPattern = lazy.New(
	`^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$`)

// ParseDuration reads a duration. One of ten thousand years or more is not ok.
func ParseDuration(s string) (d Duration, ok bool) {
	const maxYears = 9999
	m := DurationPattern.FindStringSubmatch(s)
	if m == nil {
		return Duration{}, false
	}
	for i, part := range []struct {
		n     *int
		limit int
	}{{&d.Years, maxYears}, {&d.Months, 12 * maxYears}, {&d.Weeks, 53 * maxYears}, {&d.Days, 366 * maxYears}} {
		if m[i+1] == "" {
			continue
		}
		n, err := strconv.Atoi(m[i+1])
		if err != nil || n > part.limit {
			return Duration{}, false
		}
		*part.n = n
	}
	var seconds float64
	for i, unit := range []float64{3600, 60, 1} {
		if text := m[i+5]; text != "" {
			n, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
			if err != nil {
				return Duration{}, false
			}
			seconds += n * unit
		}
	}
	if seconds > math.MaxInt64/float64(time.Second)/2 {
		return Duration{}, false
	}
	d.Clock = time.Duration(math.Round(seconds * float64(time.Second)))
	return d, true
}

// latest is Attio's greatest timestamp.
var latest = time.Date(9999, time.December, 31, 23, 59, 59, 999_999_999, time.UTC)

// AddTo returns the moment that lies the duration after another, at most the end of the year 9999.
func (d Duration) AddTo(t time.Time) time.Time {
	end := t.UTC().AddDate(d.Years, d.Months, 7*d.Weeks+d.Days).Add(d.Clock)
	if end.After(latest) {
		return latest
	}
	return end
}
