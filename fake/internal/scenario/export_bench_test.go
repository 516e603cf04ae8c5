package scenario_test

import (
	"fmt"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

func BenchmarkExport(b *testing.B) {
	for _, records := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(records), func(b *testing.B) {
			seed, err := scenario.Load(crowd("export", records))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				file, err := scenario.Export(seed)
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(len(file)))
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*records), "µs/record")
		})
	}
}
