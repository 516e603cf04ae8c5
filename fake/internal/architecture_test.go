package internal_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/fakeattio/fakeattio/"

// rooms returns the packages in the order of the table in docs/architecture.md.
func rooms(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(text), "\n| room | what it is for |\n")
	table, _, ended := strings.Cut(table, "\n\n")
	if !ok || !ended {
		t.Fatal("docs/architecture.md has no table of rooms")
	}
	var found []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(table, -1) {
		found = append(found, row[1])
	}
	return found
}

// upward returns what is wrong with the imports of packages, by an order in which each may import those before it.
func upward(order []string, imports map[string][]string) []string {
	var wrong []string
	for room, imported := range imports {
		place := slices.Index(order, room)
		if place < 0 {
			wrong = append(wrong, room+" has no row among the rooms of docs/architecture.md")
			continue
		}
		for _, other := range imported {
			if i := slices.Index(order, other); i > place {
				wrong = append(wrong, room+" imports "+other+", which stands below it in docs/architecture.md")
			}
		}
	}
	for _, room := range order {
		if _, ok := imports[room]; !ok {
			wrong = append(wrong, "docs/architecture.md lists "+room+", which is no package")
		}
	}
	slices.Sort(wrong)
	return wrong
}

// importsOf returns what each package of the module imports, by its path in the module.
func importsOf(t *testing.T) map[string][]string {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	list.Dir, list.Stderr = "../..", os.Stderr
	output, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	imports := map[string][]string{}
	for decoder := json.NewDecoder(strings.NewReader(string(output))); ; {
		var listed struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&listed); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if listed.ImportPath != module+"fake/internal" { // this test alone
			imports[strings.TrimPrefix(listed.ImportPath, module)] = listed.Imports
		}
	}
	if len(imports) < 20 {
		t.Fatalf("go list found only %d packages", len(imports))
	}
	return imports
}

func TestRoomsImportOnlyWhatStandsAbove(t *testing.T) {
	t.Parallel()
	own := map[string][]string{}
	for room, imported := range importsOf(t) {
		own[room] = []string{}
		for _, path := range imported {
			if other, ok := strings.CutPrefix(path, module); ok {
				own[room] = append(own[room], other)
			}
		}
	}
	for _, wrong := range upward(rooms(t), own) {
		t.Error(wrong)
	}
}

// TestNoPackageCallsMethodsByName keeps away what makes the linker keep every method of every type: templates, and plug-ins.
func TestNoPackageCallsMethodsByName(t *testing.T) {
	t.Parallel()
	for room, imported := range importsOf(t) {
		for _, path := range imported {
			if slices.Contains([]string{"text/template", "html/template", "plugin"}, path) {
				t.Errorf("%s imports %s, which makes the binary larger by a seventh; write text with Go, and HTML with package markup", room, path)
			}
		}
	}
}

func TestAnImportUpwardsIsFound(t *testing.T) {
	t.Parallel()
	got := upward([]string{"attio", "world", "gone"}, map[string][]string{
		"attio": {"world"}, "world": {"attio"}, "new": nil,
	})
	want := []string{
		"attio imports world, which stands below it in docs/architecture.md",
		"docs/architecture.md lists gone, which is no package",
		"new has no row among the rooms of docs/architecture.md",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
