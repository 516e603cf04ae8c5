package fake_test

import (
	"errors"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/differences"
)

var update = flag.Bool("update", false, "write what is generated in the documents")

// documents returns the text of every Markdown document by its path from the repository's root.
func documents(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "node_modules" || entry.Name() == "testdata" || entry.Name() == "dist") {
			return fs.SkipDir
		}
		if filepath.Ext(path) == ".md" {
			found[filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))] = read(t, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 10 {
		t.Fatalf("found only %d documents", len(found))
	}
	return found
}

// block is a block of code in a document.
type block struct{ document, language, code string }

var fence = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")

// blocks returns the blocks of the documents in a language. Those of scenarios/README.md have tests of their own.
func blocks(t *testing.T, language string) []block {
	t.Helper()
	all := documents(t)
	var found []block
	for _, document := range slices.Sorted(maps.Keys(all)) {
		for _, match := range fence.FindAllStringSubmatch(all[document], -1) {
			if match[1] == language && document != "scenarios/README.md" {
				found = append(found, block{document, language, match[2]})
			}
		}
	}
	if found == nil {
		t.Fatalf("no document has a block of %s", language)
	}
	return found
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestDocsREADMEIsShort(t *testing.T) {
	t.Parallel()
	if size := len(read(t, "../README.md")); size > 10240 {
		t.Errorf("README.md has %d bytes, which is more than 10,240: move something to docs/", size)
	}
}

// recipes returns the text of the files that .ci/docs runs, by extension.
func recipes(t *testing.T, extension string) string {
	t.Helper()
	files, err := filepath.Glob("../docs/recipes/*" + extension)
	if err != nil || files == nil {
		t.Fatalf("docs/recipes has no %s: %v", extension, err)
	}
	var text strings.Builder
	for _, file := range files {
		text.WriteString(read(t, file) + "\x00")
	}
	return text.String()
}

func TestDocsExamplesAreTestsThatRun(t *testing.T) {
	t.Parallel()
	for language, tests := range map[string]string{
		"go":     read(t, "docs_example_test.go"),
		"ts":     recipes(t, ".test.ts"),
		"python": recipes(t, "_test.py"),
	} {
		for _, b := range blocks(t, language) {
			if !strings.Contains(tests, b.code) {
				t.Errorf("%s has an example in %s that no test runs: see docs_example_test.go and docs/recipes\n%s", b.document, language, b.code)
			}
		}
	}
}

// A block of YAML is a scenario, a part of compose.yaml, or a file of docs/recipes.
func TestDocsYAMLLoads(t *testing.T) {
	t.Parallel()
	compose := read(t, "../compose.yaml") + "\x00" + recipes(t, ".yaml")
	for file := range strings.SplitSeq(strings.TrimSuffix(compose, "\x00"), "\x00") {
		var parsed struct{ Services map[string]any }
		if err := yaml.Unmarshal([]byte(file), &parsed); err != nil || len(parsed.Services) < 2 {
			t.Errorf("%d services, %v, in\n%s", len(parsed.Services), err, file)
		}
	}
	for _, b := range blocks(t, "yaml") {
		if !strings.Contains(b.code, "version: 1\n") {
			if !strings.Contains(compose, b.code) {
				t.Errorf("neither compose.yaml nor docs/recipes has the YAML of %s:\n%s", b.document, b.code)
			}
			continue
		}
		srv, err := fake.Start(fake.YAML(b.code), fake.WithoutSocket())
		if err != nil {
			t.Errorf("%s: %v", b.document, err)
			continue
		}
		srv.Close()
	}
}

// The pipelines of docs/recipes load, take the image that a release makes, and have the token of acme.
func TestDocsPipelinesFitTheImageAndTheScenario(t *testing.T) {
	t.Parallel()
	image := regexp.MustCompile(`images: \[(.*)\]`).FindStringSubmatch(read(t, "../.goreleaser.yaml"))[1]
	token := fake.New(t, fake.WithoutSocket()).Token("acme")
	for _, file := range []string{"github-actions/service.yml", "github-actions/exec.yml", "github-actions/chaos.yml", "gitlab-ci/.gitlab-ci.yml"} {
		text := read(t, "../docs/recipes/"+file)
		var parsed map[string]any
		if err := yaml.Unmarshal([]byte(text), &parsed); err != nil || !strings.Contains(text, image+":latest") {
			t.Errorf("%s: %v, or the image is not %s", file, err, image)
		}
		for _, found := range regexp.MustCompile(`ATTIO_API_KEY: (\S*)`).FindAllStringSubmatch(text, -1) {
			if found[1] != token {
				t.Errorf("%s has the token %s, and acme has %s", file, found[1], token)
			}
		}
	}
}

// A block of shell is a part of a script of docs/recipes, or commands whose words exist.
func TestDocsCommandsExist(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	scripts, makefile := recipes(t, ".sh")+read(t, "../docs/control-api.sh"), read(t, "../Makefile")
	for _, b := range blocks(t, "sh") {
		if strings.Contains(scripts, b.code) {
			continue
		}
		for line := range strings.Lines(b.code) {
			line, _, _ = strings.Cut(strings.TrimSuffix(line, "\n"), "  #")
			command, argument, _ := strings.Cut(strings.TrimSpace(line), " ")
			var ok bool
			switch {
			case command == "curl":
				ok = strings.Contains(argument, "Bearer "+srv.Token("acme")+"'")
			case command == "make":
				target, _, _ := strings.Cut(argument, " ") // variables may follow
				ok = strings.Contains(makefile, "\n"+target+": ")
			case command == "bash":
				script, _, _ := strings.Cut(argument, " ")
				_, err := os.Stat("../" + script)
				ok = err == nil
			case command == "git":
				ok = strings.HasPrefix(argument, "clone ")
			case command == "go":
				ok = strings.HasPrefix(argument, "run ./cmd/fakeattio serve") || strings.HasPrefix(argument, "test ./")
			}
			if !ok {
				t.Errorf("%s: nothing checks the command %q, or it is wrong (the token of acme is %s)", b.document, line, srv.Token("acme"))
			}
		}
	}
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	code    = regexp.MustCompile("`[^`\n]*`")
)

// anchor returns what GitHub makes of a heading.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

func TestDocsLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	all := documents(t)
	anchors := map[string][]string{}
	for document, text := range all {
		for _, match := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
			anchors[document] = append(anchors[document], anchor(match[1]))
		}
	}
	checked := 0
	for document, text := range all {
		prose := code.ReplaceAllString(fence.ReplaceAllString(text, ""), "`code`")
		for _, match := range link.FindAllStringSubmatch(prose, -1) {
			if strings.Contains(match[1], "://") || strings.HasPrefix(match[1], "mailto:") {
				continue
			}
			checked++
			path, fragment, _ := strings.Cut(match[1], "#")
			target := document
			if path != "" {
				target = filepath.ToSlash(filepath.Join(filepath.Dir(document), path))
			}
			if _, err := os.Stat(filepath.Join("..", target)); err != nil {
				t.Errorf("%s links to %s, which does not exist", document, match[1])
			} else if fragment != "" && !slices.Contains(anchors[target], fragment) {
				t.Errorf("%s links to %s, and %s has no such heading", document, match[1], target)
			}
		}
	}
	if checked < 30 {
		t.Errorf("found only %d links", checked)
	}
}

func TestDocsTablesAreCurrent(t *testing.T) {
	t.Parallel()
	for _, generated := range []struct {
		document, place string
		table           func(*testing.T) string
	}{
		{"docs/operations.md", "operations", operationTable},
		{"docs/control-api.md", "control", controlReference},
		{"docs/control-api.md", "lifecycle", lifecycleTable},
		{"docs/differences.md", "differences", func(*testing.T) string { return differences.Markdown() }},
	} {
		path := "../" + generated.document
		text := read(t, path)
		begin, end := "<!-- "+generated.place+": generated by \"make docs\" -->\n", "<!-- end of "+generated.place+" -->"
		before, rest, ok := strings.Cut(text, begin)
		_, after, ended := strings.Cut(rest, end)
		if !ok || !ended {
			t.Fatalf("%s has no place for %s", generated.document, generated.place)
		}
		want := before + begin + generated.table(t) + end + after
		if *update && want != text { // other tests read the documents at the same time
			if err := errors.Join(os.WriteFile(path+"~", []byte(want), 0o644), os.Rename(path+"~", path)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(want, text); diff != "" {
			t.Errorf("run make docs, or go test ./fake -run Docs -update\n%s", diff)
		}
	}
}
