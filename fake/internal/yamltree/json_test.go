package yamltree

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// parseJSON reads a text as JSON and returns the first problem too.
func parseJSON(text string) (*Node, string) {
	var problems Problems
	root := Parse(&File{Name: "test.json"}, []byte(text), &problems)
	if err := problems.Err(); err != nil {
		return root, err.Error()
	}
	return root, ""
}

func TestProblemsOfJSON(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"nothing":                       {" \n", `1:1: the file is empty; a scenario begins with {"version": 1`},
		"YAML":                          {"version: 1\n", "1:1: JSON begins with {; if this is YAML, give the file a name that ends in .yaml"},
		"text after the value":          {"{}\n}", "2:1: unexpected text after the value; is a bracket closed too early?"},
		"a comma after the last":        {`{"a": [1, 2, ]}`, "1:14: a comma stands before this ]; JSON has none there"},
		"a comma after the last field":  {"{\"a\": 1,\n}", "2:1: a comma stands before this }; JSON has none there"},
		"a missing comma":               {"{\"a\": 1\n \"b\": 2}", `2:2: expected a comma or }, not "\""`},
		"a missing colon":               {`{"a" 1}`, `1:6: expected a colon behind the key "a", not "1"`},
		"a key without quotes":          {"{\n\ta: 1}", `2:2: expected a key in double quotes, not "a"`},
		"a missing value":               {`{"a":}`, `1:6: expected a value, not "}"`},
		"single quotes":                 {`{"a": 'b'}`, "1:7: JSON has no single quotes; use double quotes"},
		"a comment":                     {"// mine\n{}", "1:1: JSON has no comments; leave it out, or write YAML in a file whose name ends in .yaml, where comments begin with #"},
		"a comment of YAML":             {"{\n  # mine\n}", "2:3: JSON has no comments; leave it out, or write YAML in a file whose name ends in .yaml, where comments begin with #"},
		"an open bracket":               {"{\"a\":\n [1, 2\n", "2:2: this bracket is not closed"},
		"an open brace":                 {"{\"é\": {\"a\": 1", "1:7: this bracket is not closed"},
		"the end behind a key":          {`{"a"`, "1:1: this bracket is not closed"},
		"an open text":                  {"{\"a\": \"b\n}", `1:7: this quotation mark has no closing one on its line; a line break in a text is \n`},
		"an open text with an escape":   {`{"a": "\n`, `1:7: this quotation mark has no closing one on its line; a line break in a text is \n`},
		"a tab in a text":               {"[\"a\tb\"]", `1:4: a tab stands in this text; write it as \t`},
		"a wrong escape":                {`["ä\x41"]`, `1:4: JSON has no such escape; it has \" \\ \/ \b \f \n \r \t, and \u with four digits, in pairs for characters above \uFFFF`},
		"half a pair":                   {`["\ud83d"]`, `1:3: JSON has no such escape; it has \" \\ \/ \b \f \n \r \t, and \u with four digits, in pairs for characters above \uFFFF`},
		"a number with zeros":           {"[007]", `1:2: "007" is not a number of JSON; write a plain decimal number, or put it in double quotes`},
		"a number in hexadecimal":       {"[0x1f]", `1:2: "0x1f" is not a number of JSON; write a plain decimal number, or put it in double quotes`},
		"a boolean of another language": {"[True]", `1:2: expected a value, not "True"; did you mean true? A string stands in double quotes`},
		"a text without quotes":         {`{"a": b}`, `1:7: expected a value, not "b". A string stands in double quotes`},
		"a control character":           {"[\"a\x01\"]", "1:4: the control character U+0001 cannot stand in a file; write it as an escape in double quotes"},
		"a key that is there twice":     {`{"a": 1, "b": {}, "a": 2}`, `1:19: duplicate key "a"; it stands in line 1 already`},
		"a tree that is too deep":       {strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1), "1:101: the values nest deeper than 100 levels"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, got := parseJSON(test.text); !strings.HasPrefix(got, "test.json:"+test.want) {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestAKeyThatIsThereTwiceHidesNoOtherProblem(t *testing.T) {
	t.Parallel()
	root, found := parseJSON(`{"a": 1, "a": 2, "b": 3, "b": 4}`)
	if strings.Count(found, "duplicate key") != 2 || root == nil || len(root.Fields) != 2 || root.size != 3 {
		t.Errorf("got %v and %s", root, found)
	}
}

// JSON is what a reader of JSON makes of it and, but for tabs, what the parser of YAML makes of it, places included.
func TestJSONIsReadAsOthersReadIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { compareJSON(t, drawJSON(t, 3)) })
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, -2.5e+3, "x\n\u00e9\ud83c\udf89", null, true], "b": {"c": {}}}`, "[\n\t1,\r\n 2 ]", `{"a":1,"a":2}`, `"a`, "{\"é\" : \"ü\"}\n", "[1,]", "{\"a\"}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { compareJSON(t, text) })
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func compareJSON(t failer, text string) {
	t.Helper()
	root, found := parseJSON(text)
	var want any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	err := decoder.Decode(&want)
	if found != "" {
		return // TestProblemsOfJSON has what is refused that JSON has
	}
	if err != nil {
		t.Fatalf("%q is read, and encoding/json says %v", text, err)
	}
	if diff := cmp.Diff(want, root.Plain()); diff != "" {
		t.Fatalf("%q (-encoding/json +this)\n%s", text, diff)
	}
	if strings.ContainsAny(text, "\t\r") {
		return
	}
	var problems Problems
	file := &File{Name: "test", text: text}
	if parsed, flaw := parse(file, text, &problems); flaw == nil && problems.Empty() {
		if diff := cmp.Diff(outline(parsed), outline(root)); diff != "" {
			t.Fatalf("%q (-YAML +JSON)\n%s", text, diff)
		}
	}
}

// drawJSON draws JSON with white space in every place that may have some.
func drawJSON(t *rapid.T, depth int) string {
	space := func() string { return rapid.SampledFrom([]string{"", "", "", " ", "\n", "\n  "}).Draw(t, "space") }
	kind := rapid.SampledFrom([]string{"scalar", "array", "object"}).Draw(t, "kind")
	list := func(entry func() string) string {
		var entries []string
		for range rapid.IntRange(0, 3).Draw(t, "entries") {
			entries = append(entries, space()+entry()+space())
		}
		return strings.Join(entries, ",")
	}
	switch {
	case depth == 0 || kind == "scalar":
		return rapid.SampledFrom([]string{"0", "-1.5e3", "null", "true", `"a b"`, `"é\n\"\u00e9"`, `"2026-01-15T09:00:00Z"`, `""`, `"x: y"`}).Draw(t, "scalar")
	case kind == "array":
		return "[" + list(func() string { return drawJSON(t, depth-1) }) + "]"
	}
	n := 0
	return "{" + list(func() string {
		n++
		key := rapid.SampledFrom([]string{"a", "b c", "ö", "d:e"}).Draw(t, "key")
		return `"` + key + strings.Repeat("'", n) + `":` + space() + drawJSON(t, depth-1)
	}) + "}"
}
