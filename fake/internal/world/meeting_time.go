package world

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/zone"
)

// MeetingTime is when a meeting starts or ends: a moment, or a day if the meeting takes all day.
type MeetingTime struct {
	At   time.Time // in the time zone, or in UTC without one, in milliseconds; a day is its midnight in UTC
	Zone string    // the IANA name of a moment's time zone; empty for none
	Day  bool
}

// MeetingDay parses a day, "2027-11-27".
func MeetingDay(date string) (MeetingTime, bool) {
	day, err := time.Parse(time.DateOnly, date)
	return MeetingTime{At: day, Day: true}, err == nil
}

// MeetingMoment parses a date with a time, and an offset or Z: "2027-11-27T14:00:00-05:00". Without an offset it is
// local time in the time zone; a nil zone is none. An unknown zone counts as UTC, by Attio's OpenAPI document; that it
// is answered as "UTC" is assumed.
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

// Zone returns a time zone by its IANA name, or UTC if it is unknown.
func Zone(name string) *time.Location {
	location, err := zone.Load(name)
	if err != nil || location == time.Local {
		return time.UTC
	}
	return location
}

// In returns the moment in a time zone, where a day begins at local midnight.
func (t MeetingTime) In(zone *time.Location) time.Time {
	if !t.Day {
		return t.At
	}
	year, month, day := t.At.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
}

// momentLayouts are the forms of a date with a time that Attio's validation accepts. Each allows a fraction of a
// second.
var momentLayouts = slices.Concat(
	layouts("2006-01-02T15:04:05"),
	layouts("2006-01-02T15:04"),
)

func layouts(local string) []string { return []string{local + "Z07:00", local + "Z0700", local} }

func parseMoment(s string, local *time.Location) (time.Time, bool) {
	if len(s) < len("2006-01-02T15:04") || s[13] != ':' { // time.Parse accepts hours of one digit
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
