package scenario_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// crowd is a scenario with made-up people and companies. The name keeps one from being another's in memory.
func crowd(name string, people, companies int) scenario.Source {
	return scenario.Text("crowd", crowdText(name, people, companies))
}

func crowdText(name string, people, companies int) string {
	return fmt.Sprintf(`
version: 1
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme: {name: %q, members: {ada: admin, bob: member}, generate: {people: %d, companies: %d}}
`, name, people, companies)
}

// bySize runs a benchmark for workspaces of different sizes, with five people to a company.
func bySize(b *testing.B, run func(b *testing.B, people, companies int)) {
	for _, records := range []int{1000, 10_000, 60_000, 100_000, 500_000} {
		b.Run(fmt.Sprint(records), func(b *testing.B) {
			if records >= 100_000 && testing.Short() {
				b.Skip("large")
			}
			run(b, records-records/6, records/6)
		})
	}
}

// BenchmarkGenerate makes all records anew each time.
func BenchmarkGenerate(b *testing.B) {
	bySize(b, func(b *testing.B, people, companies int) {
		for i := 0; b.Loop(); i++ {
			if _, err := scenario.LoadOnce(crowdText(fmt.Sprint(b.N, i), people, companies)); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/1000/float64(b.N*(people+companies)), "µs/record")
	})
}

// BenchmarkMemory says what a record of a loaded workspace takes in memory.
func BenchmarkMemory(b *testing.B) {
	bySize(b, func(b *testing.B, people, companies int) {
		for b.Loop() {
			b.ReportMetric(bytesOfARecord(b, people, companies), "B/record")
		}
	})
}

// bytesOfARecord measures the heap that a workspace with made-up records takes, beside an empty one.
func bytesOfARecord(tb testing.TB, people, companies int) float64 {
	tb.Helper()
	empty, none := heapOf(tb, 0, 0)
	full, seed := heapOf(tb, people, companies)
	runtime.KeepAlive([]*world.Seed{none, seed})
	return float64(full-empty) / float64(people+companies)
}

// heapOf returns by how much a workspace makes the heap grow.
func heapOf(tb testing.TB, people, companies int) (int64, *world.Seed) {
	tb.Helper()
	before := heapInUse()
	seed, err := scenario.LoadOnce(crowdText("memory", people, companies))
	if err != nil {
		tb.Fatal(err)
	}
	return heapInUse() - before, seed
}

func heapInUse() int64 {
	runtime.GC()
	runtime.GC() // the second frees what had finalizers
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkLoadAgain is what each further server of a scenario pays.
func BenchmarkLoadAgain(b *testing.B) {
	source := crowd("again", 9000, 1000)
	if _, err := scenario.Load(source); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := scenario.Load(source); err != nil {
			b.Fatal(err)
		}
	}
}

// Not parallel: it measures. The limit leaves 15 % to what the heap had at the time of writing.
func TestTheBytesOfARecordAreBounded(t *testing.T) {
	const limit = 1275
	got := bytesOfARecord(t, 5000, 1000)
	t.Logf("%.0f bytes a record", got)
	if got > limit {
		t.Errorf("a record takes %.0f bytes, and may take %d", got, limit)
	}
}
