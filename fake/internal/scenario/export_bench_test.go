package scenario_test

import (
	"bytes"
	"encoding/json"
	"io"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

// BenchmarkExport writes a workspace with so many made-up records as a scenario, from the state to the last byte, both passes included. "of-encoding/json" is its time as a share of what encoding/json takes to marshal the tree of the same
// file, which is in memory already, in turns of one run. A file that would be too large is refused, and not measured.
func BenchmarkExport(b *testing.B) {
	bySize(b, func(b *testing.B, people, companies int) {
		seed, err := scenario.Load(crowd("export", people, companies))
		if err != nil {
			b.Fatal(err)
		}
		asJSON, err := scenario.ExportAs(scenario.JSON, seed)
		if err != nil {
			b.Skip(err)
		}
		var tree any
		decoder := json.NewDecoder(bytes.NewReader(asJSON.Bytes()))
		decoder.UseNumber()
		if err := decoder.Decode(&tree); err != nil {
			b.Fatal(err)
		}
		for _, format := range []scenario.Format{scenario.YAML, scenario.JSON} {
			b.Run(string(format), func(b *testing.B) {
				var exported, reference time.Duration
				var size int64
				for b.Loop() {
					start := time.Now()
					if _, err := json.Marshal(tree); err != nil {
						b.Fatal(err)
					}
					between := time.Now()
					file, err := scenario.ExportAs(format, seed)
					if err != nil {
						b.Fatal(err)
					}
					if size, err = file.WriteTo(io.Discard); err != nil {
						b.Fatal(err)
					}
					reference += between.Sub(start)
					exported += time.Since(between)
				}
				b.ReportMetric(exported.Seconds()/reference.Seconds(), "of-encoding/json")
				b.ReportMetric(exported.Seconds()*1e6/float64(b.N*(people+companies)), "µs/record")
				b.ReportMetric(float64(size*int64(b.N))/1e6/exported.Seconds(), "MB/s")
			})
		}
	})
}
