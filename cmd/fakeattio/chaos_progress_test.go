package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestProgressShowsRunsAsTheyEnd(t *testing.T) {
	t.Parallel()
	runs := []fake.ChaosRun{
		{Name: "records.create:rate-limited", Verdict: fake.ChaosSurvived, Accepted: true, Duration: 600 * time.Millisecond},
		{Name: "webhooks:reordered", Duration: 400 * time.Millisecond},
		{Name: "records.create@2:hang", Verdict: fake.ChaosHung, Duration: 10 * time.Second},
		{Name: "records.create:internal", Verdict: fake.ChaosFailedDamages, Accepted: true, Duration: 1234 * time.Millisecond},
	}
	for _, tc := range []struct {
		name string
		live bool
		want string
	}{
		{"each on its line in a file", false, "" +
			" 1/10  survived         records.create:rate-limited  (600ms)\n" +
			" 2/10  not met          webhooks:reordered  (400ms)\n" +
			" 3/10  hung             records.create@2:hang  (10s)\n" +
			" 4/10  failed-damages   records.create:internal  (1.2s)\n"},
		{"findings alone on a terminal, above a line that is written anew", true, "" +
			"two runs without a fault first\r                              \r" +
			"1/10 runs, 0 findings, about 9s left\r                                    \r" +
			"2/10 runs, 0 findings, about 8s left\r                                    \r" +
			" 3/10  hung             records.create@2:hang  (10s)\n" +
			"3/10 runs, 1 finding, about 7s left\r                                   \r" +
			"4/10 runs, 1 finding, about 6s left\r                                   \r"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got strings.Builder
			now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
			p := newProgress(&got, tc.live, func() time.Time { return now })
			for i, run := range runs {
				now = now.Add(time.Second)
				p.ended(run, i+1, 10)
			}
			p.close()
			if diff := cmp.Diff(tc.want, got.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
