package fake_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// A page that shows the clock or the faults is told when a test changes them from Go.
func TestTheConsoleHearsOfWhatATestChanges(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.FixedClock(time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)))
	answer, err := http.Get(srv.URL + "/_fake/console/events")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	await := func(after string) {
		t.Helper()
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "event: state") {
				return
			}
		}
		t.Fatalf("the console heard nothing after %s", after)
	}
	for _, change := range []struct {
		name string
		do   func()
	}{
		{"Advance", func() { srv.Advance(time.Hour) }},
		{"SetTime", func() { srv.SetTime(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)) }},
		{"Unfreeze", srv.Unfreeze},
		{"Freeze", srv.Freeze},
		{"Fail", func() { srv.Fail(fake.RateLimited.OnAny()) }},
		{"ClearFaults", srv.ClearFaults},
	} {
		change.do()
		await(change.name)
	}
}
