package scenario_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

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
