package fake_test

import (
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// The allocations of a request are counted with those of making it; see BenchmarkServe. No t.Parallel: others would count too.
func TestARequestAllocatesLittle(t *testing.T) {
	for name, most := range map[string]float64{"GET": 33, "POST": 124} {
		t.Run(name, func(t *testing.T) {
			srv := fake.New(t, fake.WithoutSocket())
			next, n := served[name](srv), 0
			got := testing.AllocsPerRun(2000, func() {
				n++
				serve(t, srv.Handler(), next(n))
			})
			if t.Logf("%.0f allocations", got); got > most {
				t.Errorf("a request allocates %.0f times, more than %.0f", got, most)
			}
		})
	}
}
