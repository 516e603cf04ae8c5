package scenario_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/goccy/go-yaml/parser"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// BenchmarkLoadExport loads the export of a workspace, from the text to the state, in turns with the parsing of the same
// text by the parser of goccy/go-yaml, which makes neither values nor a state of it.
func BenchmarkLoadExport(b *testing.B) {
	bySize(b, func(b *testing.B, people, companies int) {
		text := exported(b, people, companies)
		if len(text) > yamltree.MaxSize {
			b.Skip("no scenario may be as large")
		}
		loadInTurns(b, "export.yaml", text, "of-goccy", func() error {
			_, err := parser.ParseBytes([]byte(text), 0)
			return err
		})
	})
}

// BenchmarkLoadJSON loads the same as JSON, in turns with the decoding of the same text by encoding/json.
func BenchmarkLoadJSON(b *testing.B) {
	bySize(b, func(b *testing.B, people, companies int) {
		text := writtenAsJSON(b, exported(b, people, companies))
		if len(text) > yamltree.MaxSize {
			b.Skip("no scenario may be as large")
		}
		loadInTurns(b, "export.json", text, "of-encoding-json", func() error {
			var value any
			return json.NewDecoder(strings.NewReader(text)).Decode(&value)
		})
	})
}

// loadInTurns loads a file and runs a reference in turns, and reports how long the load takes of the reference's time.
func loadInTurns(b *testing.B, name, text, unit string, reference func() error) {
	var loads, references time.Duration
	for b.Loop() {
		text += "\n" // or the seed would be remembered
		files := fstest.MapFS{name: {Data: []byte(text)}}
		start := time.Now()
		if _, err := scenario.Load(scenario.FS(files, name)); err != nil {
			b.Fatal(err)
		}
		between := time.Now()
		if err := reference(); err != nil {
			b.Fatal(err)
		}
		loads, references = loads+between.Sub(start), references+time.Since(between)
	}
	b.ReportMetric(float64(loads)/float64(references), unit)
	b.ReportMetric(float64(len(text)*b.N)/loads.Seconds()/1e6, "MB/s")
}

// exported returns the export of a workspace with made-up records.
func exported(b *testing.B, people, companies int) string {
	b.Helper()
	seed, err := scenario.LoadOnce(crowdText("export", people, companies))
	if err != nil {
		b.Fatal(err)
	}
	text, err := scenario.Export(seed)
	if err != nil {
		b.Fatal(err)
	}
	return string(text)
}

// writtenAsJSON writes a scenario as JSON, with all keys in their order.
func writtenAsJSON(tb testing.TB, text string) string {
	tb.Helper()
	var problems yamltree.Problems
	root := yamltree.Parse(&yamltree.File{Name: "scenario.yaml"}, text, &problems)
	if root == nil {
		tb.Fatal(problems.Err())
	}
	return string(appendJSON(nil, root))
}

func appendJSON(b []byte, n *yamltree.Node) []byte {
	quoted := func(s string) []byte {
		written, _ := json.Marshal(s) // a string is always written
		return written
	}
	switch n.Kind {
	case yamltree.KindNull:
		return append(b, "null"...)
	case yamltree.KindString:
		return append(b, quoted(n.Text)...)
	case yamltree.KindSequence:
		b = append(b, '[')
		for _, item := range n.Items {
			b = append(appendJSON(b, item), ',')
		}
		return append(bytes.TrimSuffix(b, []byte(",")), ']')
	case yamltree.KindMapping:
		b = append(b, '{')
		for _, f := range n.Fields {
			b = append(appendJSON(append(append(b, quoted(f.Name)...), ':'), f.Value), ',')
		}
		return append(bytes.TrimSuffix(b, []byte(",")), '}')
	}
	return append(b, n.Text...)
}
