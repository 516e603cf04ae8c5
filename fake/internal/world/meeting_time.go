package world

import (
	"slices"
	"time"
	_ "time/tzdata" // the container has no time zones of its own; 450 kB
)

// MeetingTime is when a meeting starts or ends: a moment or, of an all-day meeting, a day.
type MeetingTime struct {
	At   time.Time // in the time zone if there is one, else in UTC, to the millisecond; a day is its midnight in UTC
	Zone string    // the IANA name of the time zone of a moment; empty for none
	Day  bool
}

// MeetingDay reads a day, "2027-11-27".
func MeetingDay(date string) (MeetingTime, bool) {
	day, err := time.Parse(time.DateOnly, date)
	return MeetingTime{At: day, Day: true}, err == nil
}

// MeetingMoment reads a date with a time, and with an offset or Z: "2027-11-27T14:00:00-05:00". Without
// an offset it is the local time of the time zone; a nil zone is none. An unknown one counts as UTC,
// which Attio's OpenAPI document says; that it is then called so is assumed.
func MeetingMoment(datetime string, zone *string) (MeetingTime, bool) {
	t := MeetingTime{}
	location := time.UTC
	if zone != nil {
		location = Zone(*zone)
		t.Zone = location.String()
	}
	at, ok := parseMoment(datetime, location)
	t.At = at.In(location).Truncate(time.Millisecond)
	return t, ok && Writable(t.At) && Writable(t.At.UTC())
}

// Zone returns a time zone by its IANA name, or UTC for one that is not known.
func Zone(name string) *time.Location {
	location, err := time.LoadLocation(name)
	if err != nil || location == time.Local {
		return time.UTC
	}
	return location
}

// In returns the moment for somebody in a time zone, where a day begins at the midnight there.
func (t MeetingTime) In(zone *time.Location) time.Time {
	if !t.Day {
		return t.At
	}
	year, month, day := t.At.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
}

// momentLayouts are the forms that Attio's validation takes for a date with a time. Each allows
// a fraction of a second.
var momentLayouts = slices.Concat(
	layouts("2006-01-02T15:04:05"),
	layouts("2006-01-02T15:04"),
)

func layouts(local string) []string { return []string{local + "Z07:00", local + "Z0700", local} }

func parseMoment(s string, local *time.Location) (time.Time, bool) {
	if len(s) < len("2006-01-02T15:04") || s[13] != ':' { // time.Parse takes hours of one digit
		return time.Time{}, false
	}
	for _, layout := range momentLayouts {
		if t, err := time.ParseInLocation(layout, s, local); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Writable reports whether a moment's year has four digits.
func Writable(t time.Time) bool { return t.Year() >= 0 && t.Year() <= 9999 }
