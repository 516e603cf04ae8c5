package report_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/chaos/report"
)

func TestProgressShowsRunsAsTheyEnd(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		live bool
		want string
	}{
		{"each on its line in a file", false, "" +
			"1/6  survived         records.create:rate-limited  (600ms)\n" +
			"2/6  failed-recovers  records.create:internal  (400ms)\n" +
			"3/6  hung             records.create#2:hang  (10s)\n"},
		{"findings alone on a terminal, above a line that is written anew", true, "" +
			"1/6 runs, 0 findings, 5s left\r                             \r" +
			"2/6 runs, 0 findings, 4s left\r                             \r" +
			"3/6  hung             records.create#2:hang  (10s)\n" +
			"3/6 runs, 1 finding, 3s left\r                            \r"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got strings.Builder
			now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
			progress := report.NewProgress(&got, tc.live, 6, func() time.Time { return now })
			for i, run := range mixed().Runs[:3] {
				now = now.Add(time.Second)
				progress.Ended(run, i != 1)
			}
			progress.More(4)
			now = now.Add(time.Second)
			progress.Ended(mixed().Runs[0], true)
			progress.Close()
			if diff := cmp.Diff(tc.want, got.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
