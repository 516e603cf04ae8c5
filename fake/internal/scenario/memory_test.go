package scenario_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

func TestWhatSaysTheSameIsBuiltOnce(t *testing.T) {
	t.Parallel()
	const base = "version: 1\nworkspaces: {memory: {name: Base}}\n"
	const top = "version: 1\nextends: [base.yaml]\nworkspaces: {memory: {logo_url: x}}\n"
	files := func(base string) scenario.Source {
		return scenario.FS(fstest.MapFS{"top.yaml": text(top), "base.yaml": text(base)}, "top.yaml")
	}
	first := load(t, files(base))
	if load(t, files(base)) != first {
		t.Error("the same files make another seed")
	}
	other := load(t, files("version: 1\nworkspaces: {memory: {name: Other}}\n"))
	if other == first || other.Workspaces[0].Name != "Other" {
		t.Errorf("a file below has changed, and the name is %s", other.Workspaces[0].Name)
	}
	if _, err := scenario.Load(scenario.FS(fstest.MapFS{"top.yaml": text(top)}, "top.yaml")); err == nil {
		t.Error("a file below is gone, and nobody says so")
	}
	if load(t, files(base)) != first {
		t.Error("the first seed is forgotten")
	}
	upper := scenario.Text("upper", "version: 1\nworkspaces: {memory: {name: Upper}}\n")
	if got := load(t, files(base), upper).Workspaces[0].Name; got != "Upper" {
		t.Errorf("with another on top the name is %s", got)
	}
	if got := load(t, upper, files(base)).Workspaces[0].Name; got != "Base" {
		t.Errorf("the other way round the name is %s", got)
	}
}

func TestFilesOnDiskAreReadAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	top := write("top.yaml", "version: 1\nextends: [base.yaml]\n")
	write("base.yaml", "version: 1\nworkspaces: {disk: {name: Before}}\n")
	for _, want := range []string{"Before", "Before", "After"} {
		if want == "After" {
			write("base.yaml", "version: 1\nworkspaces: {disk: {name: After}}\n")
		}
		seed, err := scenario.Load(scenario.File(top))
		if err != nil || seed.Workspaces[0].Name != want {
			t.Errorf("got %v and %v, want %s", seed, err, want)
		}
	}
}

// What is kept for later loads is bounded, whatever scenarios are like: many small ones, large ones, made-up records.
func TestTheMemoryOfLoadedScenariosIsBounded(t *testing.T) {
	before := heapInUse()
	const records = 400
	for i := range 60 {
		load(t, scenario.Text("small", fmt.Sprintf("version: 1\nworkspaces: {w: {name: Small %d}}\n", i)))
		load(t, crowd(fmt.Sprint("bounded", i), records, records/4))
		var b strings.Builder
		fmt.Fprintf(&b, "version: 1\nworkspaces:\n  w:\n    name: Listed %d\n    objects:\n      people:\n        records:\n", i)
		for n := range records {
			fmt.Fprintf(&b, "          p%d: {job_title: Carpenter of the house number %d, email_addresses: [p%d@example.com]}\n", n, n, n)
		}
		load(t, scenario.Text("listed", b.String()))
	}
	const bound = 32 << 20
	if kept := heapInUse() - before; kept > bound {
		t.Errorf("%d MB are kept, more than %d", kept>>20, bound>>20)
	} else {
		t.Logf("%d KB are kept", kept>>10)
	}
}

// BenchmarkServersOfOneFile is what 200 loads of a file with 50 records take, with the memory of loaded scenarios and without.
func BenchmarkServersOfOneFile(b *testing.B) {
	file := exported(b, 40, 10)
	for b.Loop() {
		var remembered, anew time.Duration
		for range 200 {
			start := time.Now()
			if _, err := scenario.Load(scenario.Text("file", file)); err != nil {
				b.Fatal(err)
			}
			between := time.Now()
			if _, err := scenario.LoadOnce(file); err != nil {
				b.Fatal(err)
			}
			remembered, anew = remembered+between.Sub(start), anew+time.Since(between)
		}
		b.ReportMetric(float64(remembered.Microseconds())/200, "µs/remembered")
		b.ReportMetric(float64(anew.Microseconds())/200, "µs/anew")
	}
}
