package scenario_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

// crowd is a scenario with so many made-up records, nine people to a company. The name keeps one from
// being another's in memory.
func crowd(name string, records int) scenario.Source {
	return scenario.Text("crowd", fmt.Sprintf(`
version: 1
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme: {name: %q, members: {ada: admin, bob: member}, generate: {people: %d, companies: %d}}
`, name, records*9/10, records/10))
}

// BenchmarkSeed makes all records anew each time and says what one takes, in time and in memory.
func BenchmarkSeed(b *testing.B) {
	for _, records := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(records), func(b *testing.B) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			for i := 0; b.Loop(); i++ {
				seed, err := scenario.Load(crowd(fmt.Sprint(b.N, i), records))
				if err != nil {
					b.Fatal(err)
				}
				if i == 0 {
					runtime.GC()
					runtime.ReadMemStats(&after)
					runtime.KeepAlive(seed)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*records), "µs/record")
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(records), "B/record")
		})
	}
}

// BenchmarkLoadAgain is what each further server of a scenario pays.
func BenchmarkLoadAgain(b *testing.B) {
	source := crowd("again", 10_000)
	if _, err := scenario.Load(source); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := scenario.Load(source); err != nil {
			b.Fatal(err)
		}
	}
}
