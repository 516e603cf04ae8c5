package scenario_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/scenarios"
)

var manyDigits = regexp.MustCompile(`[1-9][0-9]{3}`)

// Whatever a file says, it loads or is refused with places that are in the file.
func FuzzLoad(f *testing.F) {
	for _, name := range scenario.BuiltIns() {
		content, err := scenarios.FS.ReadFile(name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(content))
	}
	for _, seed := range []string{
		"version: 1\nextends: [x.yaml, acme]\nusers: &u\n  ada: {email: a@b}\nworkspaces:\n  w: {<<: {name: x}, members: {ada: admin}}\n",
		"version: 1\nworkspaces: {w: {generate: {people: 3, s: 2}, objects: {s: {singular_noun: S, plural_noun: Ss, attributes: {a: {type: record-reference, relationship: {object: people, api_slug: s}}}, records: {x: {a: {record: people/generated-000001}}}}}}}\n",
		"a: |\n  b\nc: >-\n  d\n", "a: \"b\\u00e9\n c\"\nd: 'e''f'\n", "- [a, {b: c:d}]\n- *x\n- &y z\n", "a:\tb\n\tc: d\r\n---\n...\n? x\n!!t y\n%d\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if strings.Contains(content, "generate") && manyDigits.MatchString(content) {
			t.Skip("to make up thousands of records takes long, and is no other than to make up hundreds")
		}
		files := fstest.MapFS{"x.yaml": text(content)}
		seed, err := scenario.Load(scenario.FS(files, "x.yaml"))
		if err == nil {
			world.New(seed)
			return
		}
		var problems *scenario.Error
		if !errors.As(err, &problems) || len(problems.Problems) == 0 || seed != nil {
			t.Fatalf("got %v and %v", seed, err)
		}
		lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(strings.TrimPrefix(content, "\uFEFF"), "\r\n", "\n"), "\r", "\n"), "\n")
		for _, p := range problems.Problems {
			if p.File != "x.yaml" {
				continue
			}
			if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > utf8.RuneCountInString(lines[p.Line-1])+1 || p.Excerpt == "" || p.Message == "" {
				t.Errorf("%+v is not in the file", p)
			}
		}
	})
}
