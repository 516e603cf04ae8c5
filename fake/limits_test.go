package fake_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

func TestLimitsLetTheExactNumberOfRequestsThroughInEachClockSecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := fake.New(t, fake.WithoutSocket(), fake.YAML(`{version: 1, extends: [acme], workspaces: {acme: {limits: attio}}}`))
		passed := func(method string) int {
			for n := 0; ; n++ {
				got := call(t.Context(), srv.Client(), srv, method)
				switch got.Status {
				case 200:
				case 429:
					retry, err := http.ParseTime(got.RetryAfter)
					if want := srv.Now().Truncate(time.Second).Add(time.Second); err != nil || !retry.Equal(want) {
						t.Errorf("Retry-After: %s, not %s", got.RetryAfter, want)
					}
					return n
				default:
					t.Fatalf("%+v", got)
				}
			}
		}
		for second := range 3 {
			if reads, writes := passed("GET"), passed("POST"); reads != 100 || writes != 25 {
				t.Errorf("second %d: %d reads and %d writes", second, reads, writes)
			}
			if reads := passed("GET"); reads != 0 {
				t.Errorf("second %d: %d reads more", second, reads)
			}
			time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second)))
		}
		srv.Workspace("acme").SetLimits(false)
		for range 300 {
			if got := call(t.Context(), srv.Client(), srv, "GET"); got.Status != 200 {
				t.Fatalf("without limits: %+v", got)
			}
		}
	})
}
