package yamltree

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// compareWithParser fails the test if a text is read quickly and the parser reads another tree, or refuses it. It reports
// whether the text was read quickly.
func compareWithParser(t *testing.T, text string) bool {
	t.Helper()
	file := &File{Name: "test"}
	if text, flaw := textOf(file, []byte(text)); flaw == nil {
		got := readQuickly(file, text)
		if got == nil {
			return false
		}
		var problems Problems
		want, flaw := parse(file, text, &problems)
		if flaw != nil || !problems.Empty() {
			t.Fatalf("the parser refuses %q: %v %v", text, flaw, problems.Err())
		}
		if diff := cmp.Diff(outline(want), outline(got)); diff != "" {
			t.Fatalf("%q (-parser +quick)\n%s", text, diff)
		}
		return true
	}
	return false
}

// outline lists everything in a tree, a node in a line.
func outline(n *Node) []string {
	lines := []string{fmt.Sprintf("%d:%d %s %q, %d nodes, %d high", n.Line, n.Column, n.Kind, n.Text, n.size, n.height)}
	add := func(of string, n *Node) {
		for _, line := range outline(n) {
			lines = append(lines, of+line)
		}
	}
	for i, item := range n.Items {
		add(fmt.Sprintf("[%d] ", i), item)
	}
	for _, f := range n.Fields {
		add(fmt.Sprintf("%q (%d:%d) ", f.Name, f.At.Line, f.At.Column), f.Value)
	}
	return lines
}

func TestWhatIsReadQuicklyIsReadAsTheParserReadsIt(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text  string
		quick bool
	}{
		"mappings":                       {"a: b\nc:\n  d: 1\n  e: -1.5\nf: true\n", true},
		"a sequence below its key":       {"a:\n- b\n- c: 1\n  d: 2\n-\n", true},
		"an indented sequence":           {"a:\n  - b\n  -\n    c: 1\n  - [x, y]\n", true},
		"values that are missing":        {"a:\nb: null\nc:\n", true},
		"comments and empty lines":       {"# one\n\na: b # two\n  # three\n\nc: d\n", true},
		"no line break at the end":       {"a: b", true},
		"quotes":                         {`a: "b: #c"` + "\n" + `'d e': 'f "g"'` + "\n", true},
		"escapes":                        {`a: "\"\\\/\n\t\u00e9 é"` + "\n", true},
		"flow collections":               {"a: {b: c, d: [e, f g, 1], h: {}, i: []}\n", true},
		"a scope":                        {"a: [note:read, task:read-write]\n", true},
		"times and dates":                {"a: 2023-08-02T07:44:15.334Z\nb: {c: 1963-09-06}\n", true},
		"JSON":                           {"{\"a\":[1,2.5e3,\"x\",null,true],\n \"b\": {\"c\":{}}}\n", true},
		"JSON over several lines":        {"{\n  \"a\": [\n    1\n  ],\n  \"é\": \"ü\", \"b\": 2\n}\n", true},
		"columns behind other alphabets": {"a: {é: ü, b: c}\n", false},
		"text of other alphabets":        {"a: Jörg Ärger\nb: [東京, 大阪]\n", true},
		"plain text with marks in it":    {"a: O'Brien & Sons (Ltd.) - 50% off\nb: $500M-$1B\nc: https://example.com/a?b=c#d\n", true},
		"a deep tree":                    {strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth), true},

		"a tree that is too deep":    {strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1), false},
		"an anchor":                  {"a: &b c\nd: *b\n", false},
		"a merge key":                {"a: {<<: {b: c}}\n", false},
		"a block":                    {"a: |\n  b\n", false},
		"a value on two lines":       {"a: b\n  c\n", false},
		"a value on the next line":   {"a:\n  b\n", false},
		"a duplicate key":            {"a: b\na: c\n", false},
		"a wrong indentation":        {"a: b\n c: d\n", false},
		"two documents":              {"a: b\n---\nc: d\n", false},
		"a tab":                      {"a:\tb\n", false},
		"a number with zeros":        {"a: 007\n", false},
		"a number in hexadecimal":    {"a: 0x1F\n", false},
		"a boolean in capitals":      {"a: TRUE\n", false},
		"a colon too many":           {"a: b: c\n", false},
		"a bracket that is open":     {"a: [b, c\n", false},
		"a bracket that is too many": {"a: b]\nc: [d]]\n", false},
		"nothing":                    {"\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if quick := compareWithParser(t, test.text); quick != test.quick {
				t.Errorf("read quickly: %v, want %v", quick, test.quick)
			}
		})
	}
}

func TestBuiltInScenariosAreReadAsTheParserReadsThem(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../../scenarios/*.yaml")
	if len(files) == 0 {
		t.Fatal("no scenarios")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(file, compareWithParser(t, string(text)))
	}
}

func FuzzQuick(f *testing.F) {
	for _, seed := range []string{
		"a: b\nc: [d, {e: f}]\n", "a:\n- b: c\n  d: 1\n-\n", "{\"a\": [1, \"b\\n\"]}", "# c\na: 'b' # d\n", "a: x:y z\nb: [c:d, 2023-01-01T00:00:00Z]\n",
		"a: é\nb: {ü: \"ö\", c: d}\n", "a: -1\nb: 1.5e3\nc: - d\n", "a: null\nb: true\nc: ~\n", "a: b #c\nd: e#f\n", "a:\n\n  # x\n  b:\n c: d",
		"- a\n- - b\n", "a: [b,\n  c]\nd: e\n", "? a\n: b\n", "a: b & c * d ! e | f > g % h @ i ` j\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { compareWithParser(t, text) })
}
