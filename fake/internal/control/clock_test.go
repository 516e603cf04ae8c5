package control_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestTheClockIsMovedStepByStep(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)))
	for _, step := range []struct{ body, want string }{
		{"", `{"now":"2026-01-15T09:00:00.000000000Z","frozen":true}`},
		{`{"advance":"1h30m"}`, `{"now":"2026-01-15T10:30:00.000000000Z","frozen":true}`},
		{`{"set":"2027-03-01T12:00:00+01:00"}`, `{"now":"2027-03-01T11:00:00.000000000Z","frozen":true}`},
		{`{"advance":"-24h"}`, `{"now":"2027-02-28T11:00:00.000000000Z","frozen":true}`},
		{`{"set":"2600-01-01T00:00:00Z","advance":"2000000h"}`, `{"now":"2828-02-28T08:00:00.000000000Z","frozen":true}`},
		{`{"advance":"2000000h"}`, `{"now":"3056-04-26T16:00:00.000000000Z","frozen":true}`},
		{`{"set":"9999-12-31T23:59:59Z"}`, `{"now":"9999-12-31T23:59:59.000000000Z","frozen":true}`},
		{`{"set":"2026-06-01T00:00:00Z","advance":"1s","freeze":true}`, `{"now":"2026-06-01T00:00:01.000000000Z","frozen":true}`},
	} {
		method := "POST"
		if step.body == "" {
			method = "GET"
		}
		if diff := cmp.Diff(answer{200, step.want}, c.do(method, "/_fake/clock", step.body)); diff != "" {
			t.Errorf("%s: %s", step.body, diff)
		}
	}
	var state struct{ Frozen bool }
	c.do("POST", "/_fake/clock", `{"freeze":false}`)
	if c.decode("/_fake/clock", &state); state.Frozen {
		t.Error("the clock is still frozen")
	}
}

func TestANonsensicalChangeOfTheClockChangesNothing(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)))
	for body, want := range map[string]string{
		`{}`:                                  `{"error":"say what to do with the clock: {\"advance\": \"1h\"}, {\"set\": \"2026-01-15T09:00:00Z\"} or {\"freeze\": true}"}`,
		`{"advance":"soon"}`:                  `{"error":"advance: \"soon\" is not a duration; write one such as \"90s\", \"1h30m\" or \"24h\""}`,
		`{"set":"2026-01-15","advance":"1h"}`: `{"error":"set is \"2026-01-15\"; it has to be a timestamp such as 2026-01-15T09:00:00Z"}`,
		`{"set":"1969-12-31T23:59:59Z"}`:      `{"error":"1969-12-31T23:59:59Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31"}`,
		`{"set":"9999-12-31T23:59:59-01:00","freeze":false}`: `{"error":"10000-01-01T00:59:59Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31"}`,
		`{"advance":"-2000000h"}`:                            `{"error":"1797-11-18T01:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31"}`,
		`{"set":"9999-12-31T23:00:00Z","advance":"1h"}`:      `{"error":"10000-01-01T00:00:00Z is out of range: the clock goes from 1970-01-01T00:00:00Z to the end of 9999-12-31"}`,
		`{"advance":"20000000h"}`:                            `{"error":"advance: \"20000000h\" is more than 292 years, the longest step; set the clock to a time instead, like {\"set\": \"2600-01-01T00:00:00Z\"}"}`,
	} {
		if diff := cmp.Diff(answer{400, want}, c.do("POST", "/_fake/clock", body)); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
	if now := c.server.Now(); !now.Equal(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("the clock says %v", now)
	}
}
