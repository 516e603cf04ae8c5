package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPullShowsHowFarItIs(t *testing.T) {
	t.Parallel()
	var got strings.Builder
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	p := &pullProgress{status: statusLine{to: &got}, live: true, now: func() time.Time { return now }}
	p.reached("people", 500, 0)
	p.reached("history", 10, 40)
	now = now.Add(2 * time.Second)
	p.reached("history", 20, 40)
	p.status.clear()
	want := "people: 500\r           \r" +
		"history: 10 of 40, about 0s left\r                                \r" +
		"history: 20 of 40, about 2s left\r                                \r"
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSinceIsATimeOrDaysAgo(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 13, 30, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"":                          {},
		"2026-01-15":                time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC),
		"2026-01-15T09:00:00+01:00": time.Date(2026, 1, 15, 8, 0, 0, 0, time.UTC),
		"0d":                        time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC),
		"30d":                       time.Date(2026, 10, 30, 0, 0, 0, 0, time.UTC),
	} {
		if got, err := readSince(text, now); err != nil || !got.Equal(want) {
			t.Errorf("%q: got %v, error %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"yesterday", "-3d", "30", "d", "2026-13-01"} {
		if got, err := readSince(text, now); err == nil {
			t.Errorf("%q is taken as %v", text, got)
		}
	}
}
