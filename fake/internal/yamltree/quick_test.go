package yamltree

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// compareWithParser fails the test if a text is read quickly and the parser reads another tree, or refuses it. It reports
// whether the text was read quickly.
func compareWithParser(t failer, text string) bool {
	t.Helper()
	file := &File{Name: "test"}
	text, flaw := textOf(file, text)
	if flaw != nil {
		return false
	}
	got, _ := readQuickly(file, text)
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
		"JSON beside a comment":          {"{\"a\": 1} # b\n", true},
		"columns behind other alphabets": {"a: {é: ü, b: c}\n", true},
		"keys of several words":          {"On hold: a\nWon 🎉: {Built in-house: b}\n$c/d(e): f\n", true},
		"text of other alphabets":        {"a: Jörg Ärger\nb: [東京, 大阪]\n", true},
		"plain text with marks in it":    {"a: O'Brien & Sons (Ltd.) - 50% \"off\" [!] *\nb: $500M-$1B\nc: https://example.com/a?b=c#d\n", true},
		"text with marks in brackets":    {"a: [Web Services & Apps, O'Brien, b@c.de, https://d.e/f, g:h]\nb: {c: https://d.e:80/f}\n", true},
		"ranges and other digits":        {"a: 11-50\nb: 251-1K\nc: 8 Main Street\nd: 1.2.3\ne: [5K-10K, 10.0.0.1]\n", true},
		"doubled quotes":                 {"a: 'it''s'\nb: ''\n", true},
		"escapes of YAML":                {`a: "\x3c\U0001f389\ud83c\udf89"` + "\n", true},
		"an anchor":                      {"a: &b c\nd: *b\ne: &f {g: *b}\nh: [*f, &i j, *i]\n", true},
		"an anchor on a line of its own": {"a: &b\n  {c: d}\ne: &f\n  g: *b\nh: *f\ni: &j\n- *f\n", true},
		"an anchor without a value":      {"a: &b\nc: *b\n", true},
		"a literal block":                {"a: |\n  b\n\n    c: # d\n  e\n\nf: |-\n  g\n\n# h\ni:\n- |\n  j\n- k: |\n    l\n", true},
		"a value on the next line":       {"a:\n  b\nc: # d\n  {e: f,\n   g: h}\ni:\n- \"j\"\n", true},
		"sequences in sequences":         {"- - a\n  - b\n- c: d\n-\n  - e\n", true},
		"comments in brackets":           {"a: [b, # c\n  # d\n  e]\n", true},
		"spaces at the end of a line":    {"0: 10 \na: b   # c\nd: [e , f \n ]  \n", true},
		"a deep tree":                    {strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth), true},

		"a tree that is too deep":    {strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1), false},
		"an anchor for a key":        {"&a b: c\n", false},
		"an anchor before an entry":  {"- &a b: c\n", false},
		"an alias before its anchor": {"a: *b\nc: &b d\n", false},
		"a merge key":                {"a: {<<: {b: c}}\n", false},
		"a folded block":             {"a: >\n  b\n", false},
		"a block with all its lines": {"a: |+\n  b\n", false},
		"a block at the end":         {"a: |\n  b", false},
		"an empty block":             {"a: |\n\nb: c\n", false},
		"spaces in a block":          {"a: |\n  b \n", false},
		"a value on two lines":       {"a: b\n  c\n", false},
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

func TestBuiltInScenariosAreReadQuickly(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../../scenarios/*.yaml")
	if len(files) == 0 {
		t.Fatal("no scenarios")
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !compareWithParser(t, string(text)) {
			_, at := readQuickly(&File{Name: name}, string(text))
			t.Errorf("the parser has to read it because of %s", at)
		}
	}
}

// What WriteYAML writes is read quickly, whatever it is.
func TestWhatIsWrittenIsReadQuickly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		written := text(WriteYAML, drawMapping(t, 3))
		if !compareWithParser(t, written) {
			_, at := readQuickly(&File{Name: "test"}, written)
			t.Errorf("gave up at %s of\n%s", at, written)
		}
	})
}

// drawMapping draws what an exporter may write.
func drawMapping(t *rapid.T, depth int) *Mapping {
	m := &Mapping{Block: rapid.Bool().Draw(t, "block")}
	key := rapid.OneOf(rapid.StringMatching(`[a-z_]{1,9}`), rapid.String()).Filter(func(s string) bool { return s != "" })
	for _, k := range rapid.SliceOfNDistinct(key, 1, 3, rapid.ID[string]).Draw(t, "keys") {
		m.Put(k, drawWritten(t, depth))
	}
	return m
}

func drawWritten(t *rapid.T, depth int) any {
	switch kind := rapid.IntRange(0, 7).Draw(t, "kind"); {
	case kind == 0 && depth > 0:
		return drawMapping(t, depth-1)
	case kind == 1 && depth > 0:
		list := Sequence{}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			list = append(list, drawWritten(t, depth-1))
		}
		return list
	case kind == 2:
		return rapid.SampledFrom([]Plain{"1", "-2.5", "true", "null", "2026-01-15T09:00:00.5Z", "2026-01-15"}).Draw(t, "plain")
	case kind == 3:
		return Text(rapid.StringMatching("[a-z:]{1,5}(\n[ -~]{0,9}){1,3}").Draw(t, "lines"))
	case kind == 4:
		return Text(rapid.StringMatching(`[A-Za-z0-9][ -~é🎉]{0,300}`).Draw(t, "line"))
	}
	return Text(rapid.String().Draw(t, "text"))
}

// However people write, and whatever they get wrong, both readers make the same of it.
func TestBothReadersAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := drawYAML(t, "", 3)
		for range rapid.IntRange(0, 2).Draw(t, "slips") {
			i := rapid.IntRange(0, len(text)).Draw(t, "place")
			cut := rapid.IntRange(0, min(2, len(text)-i)).Draw(t, "cut")
			text = text[:i] + rapid.SampledFrom([]string{"", " ", ":", ": ", "\n", "\n ", "#", " #", "-", "- ", ",", "{", "]", "'", "\"", "&a ", "*a", "|", "<<", "é", "0"}).Draw(t, "slip") + text[i+cut:]
		}
		compareWithParser(t, text)
	})
}

// drawYAML draws a mapping or a sequence in block style.
func drawYAML(t *rapid.T, indent string, depth int) string {
	var b strings.Builder
	dashes := rapid.Bool().Draw(t, "dashes")
	for n := range rapid.IntRange(1, 3).Draw(t, "entries") {
		b.WriteString(indent + rapid.SampledFrom([]string{"", "", "", "\n" + indent, "# x: y\n" + indent}).Draw(t, "before"))
		if dashes {
			b.WriteString("-")
		} else {
			b.WriteString(rapid.SampledFrom([]string{"a", "b c", `"d: e"`, "'f'", "é", "g-h/i", "1"}).Draw(t, "key") + fmt.Sprint(n) + ":")
		}
		b.WriteString(rapid.SampledFrom([]string{" ", " ", " ", "  ", " &a ", " &b "}).Draw(t, "space"))
		deeper := indent + rapid.SampledFrom([]string{" ", "  "}).Draw(t, "indent")
		switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
		case kind < 3 && depth > 0:
			b.WriteString(rapid.SampledFrom([]string{"\n", "# z\n"}).Draw(t, "end") + drawYAML(t, deeper, depth-1))
			continue
		case kind == 3:
			b.WriteString("|" + rapid.SampledFrom([]string{"", "-"}).Draw(t, "chomp") + "\n" + deeper + "x\n" + rapid.SampledFrom([]string{"", "\n", deeper + " - y: z\n", "\n" + deeper + "#w\n"}).Draw(t, "lines"))
			continue
		case kind == 4:
			b.WriteString("\n" + deeper)
		}
		b.WriteString(drawInline(t, depth) + rapid.SampledFrom([]string{"\n", "\n", " \n", " # c\n", "   # c\n"}).Draw(t, "end"))
	}
	return b.String()
}

// drawInline draws a scalar or a flow collection.
func drawInline(t *rapid.T, depth int) string {
	space := func() string {
		return rapid.SampledFrom([]string{"", "", "", " ", "\n      ", " # d\n      "}).Draw(t, "space")
	}
	kind := rapid.IntRange(0, 5).Draw(t, "inline")
	if kind > 1 || depth == 0 {
		return rapid.SampledFrom([]string{
			"x", "x y", "x:y", "x#y", "O'B & C", "-1.5", "10", "11-50", "1_000", "0x1f", "007", "1e5", "+1", "~", "null", "Null", "true", "no", "*a", "*b",
			`"q"`, `"q\n\u00e9"`, "'it''s'", "2026-01-15T09:00:00Z", "2026-01-15", "https://a.b/c?d=e#f", "a@b.c", "$1M-$2B", "(1) 2", "é ü", "-x", ".5", "12:30", "<a>", "a << b", "a: b", "",
		}).Draw(t, "scalar")
	}
	var entries []string
	for n := range rapid.IntRange(0, 3).Draw(t, "items") {
		entry := drawInline(t, depth-1)
		if kind == 0 {
			entry = rapid.SampledFrom([]string{"k", `"k l"`, "é"}).Draw(t, "key") + fmt.Sprint(n) + rapid.SampledFrom([]string{": ", ":", ":\n        "}).Draw(t, "colon") + entry
		}
		entries = append(entries, space()+entry+space())
	}
	if kind == 0 {
		return "{" + strings.Join(entries, ",") + "}"
	}
	return "[" + strings.Join(entries, ",") + "]"
}

func FuzzQuick(f *testing.F) {
	for _, seed := range []string{
		"a: b\nc: [d, {e: f}]\n", "a:\n- b: c\n  d: 1\n-\n", "{\"a\": [1, \"b\\n\"]}", "# c\na: 'b' # d\n", "a: x:y z\nb: [c:d, 2023-01-01T00:00:00Z]\n",
		"a: é\nb: {ü: \"ö\", c: d}\n", "a: -1\nb: 1.5e3\nc: - d\n", "a: null\nb: true\nc: ~\n", "a: b #c\nd: e#f\n", "a:\n\n  # x\n  b:\n c: d",
		"- a\n- - b\n", "a: [b,\n  c]\nd: e\n", "? a\n: b\n", "a: &b\n  c: |\n    d\n\n     e\nf: *b\ng: |-\n  h\n", "a: b & c * d ! e | f > g % h @ i ` j\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { compareWithParser(t, text) })
}
