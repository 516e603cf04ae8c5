package yamltree

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

// parseText returns the tree of a text and its problems, one a line.
func parseText(text string) (*Node, string) {
	ps := new(Problems)
	root := Parse(&File{Name: "x"}, []byte(text), ps)
	var lines []string
	for _, p := range ps.list {
		lines = append(lines, fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message))
	}
	return root, strings.Join(lines, "\n")
}

// yamlTexts use every feature of YAML that this package reads.
var yamlTexts = []string{
	"a: b\n",
	"---\na: b\n...\n",
	"a: 1\nb: -2.5\nc: true\nd: False\ne: ~\nf: null\ng:\nh: '1'\ni: \"true\"\n",
	"a:\n  b:\n    c: d\n  e: f\ng: h\n",
	"a:\n- b\n- c: d\n  e: f\n-\n- - g\n  - h\n-   i: j\n    k: l\nm: n\n",
	"- a\n- b:\n  - c\n  d: e\n",
	"a: [b, [c, d], {e: f}, ]\ng: {h: [i], 'j': \"k\", l: , }\nm: []\nn: {}\n",
	"a: [\n  b,\n  c\n]\nd: {\n  e: f,\n  g: h\n}\n",
	"a: |\n  one\n   two\n\n  three\nb: >-\n  one\n  two\nc: |+\n  x\n\nd: |\n",
	"a: one\n  two\n  three\nb: 'it''s\n  folded'\nc: \"tab\\t \\u00e9 \\\"q\\\"\"\n",
	"# first\na: b # second\n# third\nc: # fourth\n  d\n",
	"a: &x {b: c}\nd: *x\ne: &y\n  - f\n  - *x\ng: *y\nh: &z i\nj: *z\nk: &n\nl: m\n",
	"base: &x {a: 1, b: 2}\nmore: &y {b: 3, c: 4}\none:\n  <<: *x\n  b: 5\ntwo: {z: 0, <<: *y}\n",
	"a: http://example.com:80/x#y\nb: 10:30\nc: 2026-01-15T09:00:00Z\nd: a-b_c d\ne: é ü 😀\n\"f g\": h\n",
	"a: {u: http://example.com:80/x, t: 2026-01-15T09:00:00Z}\n",
	"a: [&x b, *x, &y {c: d}, *y]\n",
	"a: b\r\nc:\r\n  - d\r\n",
	"{\"a\":1,\"b\":[true,null,\"c\"],\"d\":{\"e\":-1.5e3}}",
	"a: \"x\"   # trailing\nb: 'y'\n",
	"a:   b   \n   \nc:\n\n\n  d: e\n",
	"a:\n    - b\n    -\n      c: d\n",
	"yes: no\non: off\n1: 2\ntrue: x\nnull: y\n",
	"just a string",
}

// The parser is this package's own, so it is held against the decoder of the library whose scanner
// it builds on.
func TestAFileReadsAsAnyYAMLReaderReadsIt(t *testing.T) {
	t.Parallel()
	for _, text := range yamlTexts {
		var want any
		if err := yaml.Unmarshal([]byte(text), &want); err != nil {
			t.Fatalf("%q: the library: %v", text, err)
		}
		root, found := parseText(text)
		if found != "" {
			t.Errorf("%q: %s", text, found)
			continue
		}
		if diff := cmp.Diff(roundTrip(t, want), roundTrip(t, root.Plain())); diff != "" {
			t.Errorf("%q (-library +this)\n%s", text, diff)
		}
	}
}

// roundTrip makes values of different Go types comparable.
func roundTrip(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// Inside braces the library's scanner ends a key at any colon. YAML asks for a space behind it.
func TestAColonWithoutASpaceIsPartOfTheValue(t *testing.T) {
	t.Parallel()
	root, found := parseText("a: {scopes: [note:read, task:read-write], at: [2026-01-15T09:00:00Z, 12:30], b: c:d, e: {}}\n")
	if found != "" {
		t.Fatal(found)
	}
	want := map[string]any{"a": map[string]any{
		"scopes": []any{"note:read", "task:read-write"},
		"at":     []any{"2026-01-15T09:00:00Z", "12:30"},
		"b":      "c:d",
		"e":      map[string]any{},
	}}
	if diff := cmp.Diff(want, root.Plain()); diff != "" {
		t.Error(diff)
	}
}

func TestOfTwoMergedMappingsTheEarlierWinsAndTheirKeysComeFirst(t *testing.T) {
	t.Parallel()
	root, found := parseText("\uFEFFx: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz: {c: 5, d: 6, <<: [*x, *y]}\n")
	if found != "" {
		t.Fatal(found)
	}
	z, _ := root.Get("z")
	var got []string
	for _, f := range z.Value.Fields {
		got = append(got, f.Name+f.Value.Text)
	}
	if diff := cmp.Diff([]string{"a1", "b2", "c5", "d6"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestSyntaxErrorsHaveAPlaceAndAMend(t *testing.T) {
	t.Parallel()
	const (
		indented = "this is indented more than the keys above, which begin in column 1"
		trailing = "unexpected text after the value; quote the whole value, or begin a new line"
		second   = "a second document begins here; a scenario is one document"
		notNext  = "a second key on one line; put it on a line of its own, or quote the value if the colon is part of it"
		tab      = "a tab indents this line; YAML wants spaces"
		bracket  = "this [ is not closed"
		brace    = "this { is not closed"
		colon    = "a colon cannot stand here; is a bracket not closed, or a pair not in braces?"
		empty    = "the file is empty; a scenario begins with version: 1"
	)
	for text, want := range map[string]string{
		"":                           "1:1: " + empty,
		"\n\n":                       "1:1: " + empty,
		"---\n":                      "1:1: " + empty,
		"a: b\n---\nc: d\n":          "2:1: " + second,
		"a: b\n...\nc: d\n":          "3:1: " + second,
		"a: \xff\n":                  "1:4: this byte is not UTF-8; save the file in that encoding",
		"a: é\x00\n":                 "1:5: the control character U+0000 cannot stand in a file; write it as an escape in double quotes",
		"a:\n\tb: c\n":               "2:1: " + tab,
		"\ta: b\n":                   "1:1: " + tab,
		"a:\n  b: c\n \td: e\n":      "3:2: " + tab,
		"a: b\n  c: d\n":             "1:4: expected a key, followed by a colon on the same line",
		"a: 1\n  c: d\n":             "1:4: expected a key, followed by a colon on the same line",
		"a: \"b\"\n  c: d\n":         "2:3: " + indented,
		"a: {b: c}\n  d: e\n":        "2:3: " + indented,
		"a:\n    b: c\n   d: e\n":    "3:4: " + indented,
		"  a: b\nc: d\n":             "2:1: this does not belong to what stands above; is it indented wrongly?",
		"a:\n  - {}\n   - c\n":       "3:4: this is indented more than the items above, which begin in column 3",
		"a: b: c\n":                  "1:4: " + notNext,
		"a: - b\n":                   "1:4: a list cannot begin on the line of its key; put it on the next line",
		"a: \"b\" c\n":               "1:8: " + trailing,
		"a: [b] c\n":                 "1:8: " + trailing,
		"\"a\" b\n":                  "1:5: unexpected text after the value",
		"a: [b, c\nd: e\n":           "2:1: expected a comma or ] (the [ of line 1 is still open)",
		"a: [b\n":                    "1:4: " + bracket,
		"a: {b: [c\n":                "1:8: " + bracket,
		"a: {b: c\n":                 "1:4: " + brace,
		"a: {b: c]\n":                "1:4: " + brace,
		"a: [b}\n":                   "1:4: " + bracket,
		"a: [b: c]\n":                "1:6: " + colon,
		"a: [b,,c]\n":                "1:7: unexpected \",\"",
		"a: [- b]\n":                 "1:5: a dash cannot begin an item inside brackets; separate items with commas",
		"a: ]\n":                     "1:4: unexpected \"]\"",
		"a: {b}\n":                   "1:5: expected a key, followed by a colon on the same line",
		"a: {b:\"c\"}\n":             "1:7: put a space behind the colon",
		"a: {[b]: c}\n":              "1:5: unexpected \"[\"",
		"a: {b: c\n  d: e}\n":        "2:3: expected a comma or } (the { of line 1 is still open)",
		"a: {b: c: d}\n":             "1:8: a colon in an unquoted value; is a comma missing? Otherwise quote the value",
		"a: b\nc\n":                  "2:1: expected a key, followed by a colon on the same line",
		"a b\nc: d\n":                "1:1: expected a key, followed by a colon on the same line",
		"[a]: b\n":                   "1:1: expected a key, followed by a colon on the same line",
		"? a\n: b\n":                 "1:1: a key is a single word or string; quote a value that begins with ?",
		": b\n":                      "1:1: there is no key before this colon",
		"a: \"b\n":                   "1:4: this quotation mark has no closing one, or an escape in the text is wrong",
		"a: 'b\n":                    "1:4: this quotation mark has no closing one, or an escape in the text is wrong",
		"a: @b\n":                    "1:4: a value cannot begin with this character; put it in quotes",
		"a: %b\n":                    "1:4: scenarios have no directives; quote a value that begins with %",
		"%YAML 1.2\n---\na: b\n":     "1:1: scenarios have no directives; quote a value that begins with %",
		"a: !!str 1\n":               "1:4: scenarios have no tags; quote a value to make it a string",
		"a: |x\n  b\n":               "1:4: behind | and > only +, - and a number may stand",
		"a: *b\n":                    "1:4: unknown anchor \"b\"; there is none",
		"a: &bb c\nd: *b\n":          "2:4: unknown anchor \"b\"; did you mean \"bb\"?",
		"a: &b [*b]\n":               "1:8: unknown anchor \"b\"; there is none",
		"a: &b &c d\n":               "1:7: a value has one anchor",
		"&a b: c\n":                  "1:1: an anchor cannot stand before a key; put it before the value",
		"a: &\n":                     "1:4: an anchor needs a name: &name",
		"a: *\n":                     "1:4: an alias needs a name: *name",
		"a: &b c\nd:\n  <<: *b\n":    "3:3: << takes a mapping or a list of mappings, not a string",
		"a: b\na: c\na: d\n":         "2:1: duplicate key \"a\"; it stands in line 1 already\n3:1: duplicate key \"a\"; it stands in line 1 already",
		"a: 0o17\nb: 1_000\nc: 1.\n": "1:4: readers of YAML disagree on \"0o17\"; write a plain decimal number, or quote it to make it a string\n2:4: readers of YAML disagree on \"1_000\"; write a plain decimal number, or quote it to make it a string\n3:4: readers of YAML disagree on \"1.\"; write a plain decimal number, or quote it to make it a string",
	} {
		if _, got := parseText(text); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestAFileHasBounds(t *testing.T) {
	t.Parallel()
	var aliases, chain strings.Builder
	aliases.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	chain.WriteString("a0: &a0 [x]\n")
	for i := 1; i < 200; i++ {
		fmt.Fprintf(&chain, "a%d: &a%d [*a%d]\n", i, i, i-1)
	}
	for i := 1; i < 20; i++ {
		fmt.Fprintf(&aliases, "a%d: &a%d [%s*a%d]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), i-1)
	}
	var merges strings.Builder
	merges.WriteString("m0: &m0 {k: [x, x, x, x, x, x, x, x]}\n")
	for i := 1; i < 100; i++ {
		fmt.Fprintf(&merges, "m%d: &m%d {<<: *m%d, a: *m%d, b: *m%d}\n", i, i, i-1, i-1, i-1)
	}
	const (
		tooMany = "the file has more than 5000000 values, those that aliases repeat included"
		tooDeep = "the values nest deeper than 100 levels"
	)
	for _, c := range []struct{ name, text, want string }{
		{"aliases of aliases", aliases.String(), tooMany},
		{"merges of merges", merges.String(), tooMany},
		{"nesting by aliases", chain.String(), tooDeep},
		{"brackets", "a: " + strings.Repeat("[", 100_000), tooDeep},
		{"braces", strings.Repeat("{a: ", 100_000), tooDeep},
		{"dashes", strings.Repeat("- ", 100_000), tooDeep},
		{"indentation", indentation(150), tooDeep},
		{"empty lines", "a: |\n  b" + strings.Repeat("\n", 100_000), "1003:1: more than 1000 empty lines on end"},
		{"lines of spaces", "a: >\n  b\n" + strings.Repeat("   \n", 100_000), "1003:4: more than 1000 empty lines on end"},
		{"merge keys", strings.Repeat("<", 100_000), "1:1001: more than 1000 times < on end"},
		{"size", strings.Repeat("#", MaxSize+1), "is larger than the 50 MB that a scenario file may have"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, got := parseText(c.text); !strings.HasSuffix(got, c.want) {
				t.Errorf("got %s", got)
			}
		})
	}
}

func indentation(levels int) string {
	var b strings.Builder
	for i := range levels {
		fmt.Fprintf(&b, "%sa:\n", strings.Repeat(" ", i))
	}
	return b.String()
}

func TestALargeMappingKeepsItsOrder(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	const count = 50_000
	for i := range count {
		fmt.Fprintf(&b, "key%d: {name: x}\n", i)
	}
	root, found := parseText(b.String())
	if found != "" {
		t.Fatal(found)
	}
	if len(root.Fields) != count {
		t.Fatalf("got %d keys", len(root.Fields))
	}
	for i, f := range root.Fields {
		if f.Name != fmt.Sprintf("key%d", i) || f.At.Line != int32(i+1) {
			t.Fatalf("key %d is %s in line %d", i, f.Name, f.At.Line)
		}
	}
}
