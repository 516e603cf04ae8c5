package attribute

import (
	"strconv"
	"strings"
	"time"
)

// parseMoment reads the ISO 8601 forms that dates and timestamps take: "2023", "2023-01",
// "2023-01-02", and the last followed by "T13:00", "T13:00:00" or "T13:00:00.123456789", with "Z" or
// an offset such as "-10:00" or without, which means UTC. The result is in UTC and not after 9999.
//
// One client's notes say that "+00:00" is refused, but Attio's OpenAPI document has examples with
// offsets for both types, so offsets count.
func parseMoment(s string) (time.Time, bool) {
	date, clock, hasClock := strings.Cut(s, "T")
	if !hasClock {
		for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
			if len(date) == len(layout) {
				t, err := time.Parse(layout, date)
				return t, err == nil
			}
		}
		return time.Time{}, false
	}
	day, err := time.Parse("2006-01-02", date)
	if err != nil || len(date) != len("2006-01-02") {
		return time.Time{}, false
	}
	clock, offset, ok := cutOffset(clock)
	if !ok {
		return time.Time{}, false
	}
	sinceMidnight, ok := parseClock(clock)
	if !ok {
		return time.Time{}, false
	}
	t := day.Add(sinceMidnight - offset)
	return t, t.Year() >= 0 && t.Year() <= 9999
}

// moment returns a member that must be a date or a timestamp.
func (f *form) moment(key string) time.Time {
	s, ok := f.text(key)
	if !ok {
		return time.Time{}
	}
	t, ok := parseMoment(s)
	if !ok {
		f.refuse(invalidMember(key, "Invalid date")) // Attio's sentence is not known
	}
	return t
}

// cutOffset splits "13:00-10:00" into the time of day and its offset from UTC.
func cutOffset(s string) (clock string, ahead time.Duration, ok bool) {
	if clock, found := strings.CutSuffix(s, "Z"); found {
		return clock, 0, true
	}
	i := strings.IndexAny(s, "+-")
	if i < 0 {
		return s, 0, true
	}
	ahead, ok = parseClock(s[i+1:])
	if len(s)-i != len("+02:00") {
		return "", 0, false
	}
	if s[i] == '-' {
		ahead = -ahead
	}
	return s[:i], ahead, ok
}

// parseClock reads "13:00", "13:00:00" and "13:00:00.5", with at most nine decimals.
func parseClock(s string) (time.Duration, bool) {
	s, fraction, hasFraction := strings.Cut(s, ".")
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 || hasFraction && len(parts) != 3 {
		return 0, false
	}
	var total time.Duration
	for i, unit := range []struct {
		length time.Duration
		limit  int
	}{{time.Hour, 24}, {time.Minute, 60}, {time.Second, 60}} {
		if i == len(parts) {
			break
		}
		n, ok := digits(parts[i], 2)
		if !ok || n >= unit.limit {
			return 0, false
		}
		total += time.Duration(n) * unit.length
	}
	if !hasFraction {
		return total, true
	}
	if fraction == "" || len(fraction) > 9 {
		return 0, false
	}
	nanos, ok := digits(fraction+strings.Repeat("0", 9-len(fraction)), 9)
	return total + time.Duration(nanos), ok
}

// digits reads exactly n decimal digits.
func digits(s string, n int) (int, bool) {
	if len(s) != n || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	v, err := strconv.Atoi(s)
	return v, err == nil
}
