package yamltree

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// decodedJSON writes a mapping as JSON and reads it with encoding/json.
func decodedJSON(t interface{ Fatalf(string, ...any) }, m *Mapping) any {
	written := text(WriteJSON, m)
	decoder := json.NewDecoder(strings.NewReader(written))
	decoder.UseNumber()
	var read any
	if err := decoder.Decode(&read); err != nil {
		t.Fatalf("%v\n%s", err, written)
	}
	return read
}

func TestEveryTextIsReadBackFromJSONAsItWas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ToValidUTF8(rapid.OneOf(rapid.SampledFrom(oddTexts), rapid.String()).Draw(t, "text"), "?")
		pointed := Text(s)
		m := MappingOf("a", Text(s), "b", Sequence{&pointed, Plain("1")}, s+"-", MappingOf("c", Text(s)), "d", &Mapping{Block: true, Entries: []Entry{{s, Text(s)}}})
		if diff := cmp.Diff(asRead(m), decodedJSON(t, m)); diff != "" {
			t.Fatalf("encoding/json reads (-written +read)\n%s", diff)
		}
		if len(s) > 1000 {
			return // the parser of scenarios has its bounds
		}
		written := text(WriteJSON, m)
		ps := new(Problems)
		root := Parse(&File{Name: "written.json"}, []byte(written), ps)
		if err := ps.Err(); err != nil {
			t.Fatalf("%v\n%s", err, written)
		}
		if diff := cmp.Diff(asRead(m), root.Plain()); diff != "" {
			t.Fatalf("scenarios read (-written +read)\n%s\n%s", diff, written)
		}
	})
}

func TestJSONHasALineForEachEntryThatYAMLHasALineFor(t *testing.T) {
	t.Parallel()
	m := MappingOf("version", Plain("1"), "clock", Plain("2026-01-15T09:00:00Z"), "frozen", Plain("true"), "none", Plain("null"), "users", &Mapping{Block: true, Entries: []Entry{
		{"ada", MappingOf("name", Text("Ada"), "tags", Sequence{Text("1"), Plain("1")})},
		{"bob", new(Mapping)},
		{"cyd", &Mapping{Block: true}},
	}}, "made", Entries(func(yield func(string, any) bool) {
		_ = yield("dan", Sequence{}) && yield("eve", Text("a\tb\u2028 \U0010ffff <<<<<<<<<"))
	}))
	want := `{
  "version": 1,
  "clock": "2026-01-15T09:00:00Z",
  "frozen": true,
  "none": null,
  "users": {
    "ada": {"name": "Ada", "tags": ["1", 1]},
    "bob": {},
    "cyd": {}
  },
  "made": {
    "dan": [],
    "eve": "a\tb\u2028 \udbff\udfff <<<<<<<<\u003c"
  }
}
`
	var b bytes.Buffer
	if err := WriteJSON(&b, m); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestOnlyWordsOfJSONAreWrittenWithoutQuotes(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"null", "true", "false", "0", "-0", "7", "-1.5", "1e5", "1E+05", "2.50e-3"} {
		if got := string(appendPlainJSON(nil, s)); got != s || !json.Valid([]byte(got)) {
			t.Errorf("%s is written as %s", s, got)
		}
	}
	for _, s := range []string{"", "nul", "True", "NaN", "-", "+1", "01", ".5", "1.", "1e", "1e+", "0x1", "1 ", "1_000", "2026-01-15", "2026-01-15T09:00:00Z"} {
		if got, want := string(appendPlainJSON(nil, s)), `"`+s+`"`; got != want {
			t.Errorf("%q is written as %s", s, got)
		}
	}
}
