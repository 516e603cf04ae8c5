package world

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAMomentIsReadInItsTimeZone(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		datetime string
		zone     *string
		want     string // in UTC
		local    string
		called   string
	}{
		"in UTC":                             {"2027-11-27T14:00:00Z", nil, "2027-11-27T14:00:00Z", "14:00", ""},
		"with an offset":                     {"2027-11-27T14:00:00-04:00", nil, "2027-11-27T18:00:00Z", "18:00", ""},
		"with an offset without a colon":     {"2027-11-27T14:00:00.25+0130", nil, "2027-11-27T12:30:00.25Z", "12:30", ""},
		"without an offset":                  {"2027-11-27T14:00:00", nil, "2027-11-27T14:00:00Z", "14:00", ""},
		"without seconds":                    {"2027-11-27T14:00", nil, "2027-11-27T14:00:00Z", "14:00", ""},
		"without seconds but with an offset": {"2027-11-27T14:00+01:00", nil, "2027-11-27T13:00:00Z", "13:00", ""},
		"local, in winter":                   {"2027-11-27T14:00:00", new("America/New_York"), "2027-11-27T19:00:00Z", "14:00", "America/New_York"},
		"local, in summer":                   {"2027-07-27T14:00:00", new("America/New_York"), "2027-07-27T18:00:00Z", "14:00", "America/New_York"},
		"with an offset and a time zone":     {"2027-11-27T14:00:00Z", new("Europe/Berlin"), "2027-11-27T14:00:00Z", "15:00", "Europe/Berlin"},
		"in a time zone called UTC":          {"2027-11-27T14:00:00", new("UTC"), "2027-11-27T14:00:00Z", "14:00", "UTC"},
		"in an unknown time zone":            {"2027-11-27T14:00:00", new("Mars/Olympus"), "2027-11-27T14:00:00Z", "14:00", "UTC"},
		"in the time zone of the machine":    {"2027-11-27T14:00:00", new("Local"), "2027-11-27T14:00:00Z", "14:00", "UTC"},
		"in a time zone without a name":      {"2027-11-27T14:00:00", new(""), "2027-11-27T14:00:00Z", "14:00", "UTC"},
		"to more than the millisecond":       {"2027-11-27T14:00:00.123987654321Z", nil, "2027-11-27T14:00:00.123Z", "14:00", ""},
		"in the first year":                  {"0000-01-01T00:00:00Z", nil, "0000-01-01T00:00:00Z", "00:00", ""},
		"on a leap day":                      {"2028-02-29T23:59:59.999Z", nil, "2028-02-29T23:59:59.999Z", "23:59", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := MeetingMoment(tc.datetime, tc.zone)
			if at := got.At.UTC().Format(time.RFC3339Nano); !ok || at != tc.want || got.At.Format("15:04") != tc.local || got.Zone != tc.called || got.Day {
				t.Errorf("got %s, locally %s in %q, %t", at, got.At, got.Zone, ok)
			}
		})
	}
}

func TestWhatIsNoMomentIsNotRead(t *testing.T) {
	t.Parallel()
	for _, datetime := range []string{
		"", "2027-11-27", "2027-11-27T", "2027-11-27T24:00:00Z", "2027-02-29T10:00:00Z", "2027-11-27T14:00:00+99:00", "2027-11-27 14:00:00Z", "2027-11-27T9:00:00Z",
		"0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "27 November 2027", "1800000000",
	} {
		if got, ok := MeetingMoment(datetime, nil); ok {
			t.Errorf("%q was read as %s", datetime, got.At)
		}
	}
	if got, ok := MeetingMoment("9999-12-31T23:30:00Z", new("Asia/Tokyo")); ok {
		t.Errorf("the year 10000 of Tokyo was read as %s", got.At)
	}
	for _, date := range []string{"", "2027", "2027-11", "2027-2-3", "2027-02-29", "2027-11-27T00:00:00Z"} {
		if got, ok := MeetingDay(date); ok {
			t.Errorf("%q was read as %s", date, got.At)
		}
	}
}

func TestADayBeginsAtTheMidnightOfATimeZone(t *testing.T) {
	t.Parallel()
	day, ok := MeetingDay("2027-11-27")
	if !ok || !day.Day || day.Zone != "" {
		t.Fatalf("got %+v, %t", day, ok)
	}
	for zone, want := range map[string]string{
		"UTC": "2027-11-27T00:00:00Z", "America/New_York": "2027-11-27T05:00:00Z", "Pacific/Kiritimati": "2027-11-26T10:00:00Z", "Mars/Olympus": "2027-11-27T00:00:00Z",
	} {
		if got := day.In(Zone(zone)).UTC().Format(time.RFC3339); got != want {
			t.Errorf("%s: got %s, want %s", zone, got, want)
		}
	}
	moment, _ := MeetingMoment("2027-11-27T14:00:00Z", nil)
	if got := moment.In(Zone("America/New_York")); !got.Equal(moment.At) {
		t.Errorf("a moment moved to %s", got)
	}
}

func TestEveryMomentIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	zones := []string{"", "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"}
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMilli(rapid.Int64Range(0, 4_000_000_000_000).Draw(t, "at"))
		written := at.In(Zone(rapid.SampledFrom(zones).Draw(t, "written in"))).Format("2006-01-02T15:04:05.999Z07:00")
		var zone *string
		if name := rapid.SampledFrom(zones).Draw(t, "zone"); name != "" {
			zone = &name
		}
		got, ok := MeetingMoment(written, zone)
		if !ok || !got.At.Equal(at) || zone != nil && got.Zone != *zone {
			t.Fatalf("%s in %v: got %s in %q, %t", written, zone, got.At, got.Zone, ok)
		}
	})
}

func FuzzMeetingMoment(f *testing.F) {
	for _, s := range []string{"2027-11-27T14:00:00Z", "2027-11-27T14:00", "2027-11-27T14:00:00.1+0130", "9999-12-31T23:59:59-14:00", "2027-11-27"} {
		f.Add(s, "America/New_York")
		f.Add(s, "../../etc/passwd")
	}
	f.Fuzz(func(t *testing.T, datetime, zone string) {
		got, ok := MeetingMoment(datetime, &zone)
		if _, offset := got.At.Zone(); !ok || offset%60 != 0 { // local times before time zones have offsets with seconds, which cannot be written
			return
		}
		again, ok := MeetingMoment(got.At.Format("2006-01-02T15:04:05.000Z07:00"), &got.Zone)
		if !ok || !again.At.Equal(got.At) || again.Zone != got.Zone {
			t.Errorf("%q in %q: read %s in %s, and again %s in %s, %t", datetime, zone, got.At, got.Zone, again.At, again.Zone, ok)
		}
	})
}
