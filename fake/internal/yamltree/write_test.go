package yamltree

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// text writes a mapping to a string.
func text(write func(io.Writer, *Mapping) error, m *Mapping) string {
	var b strings.Builder
	if err := write(&b, m); err != nil {
		panic(err)
	}
	return b.String()
}

// readBack writes a mapping and reads it with the parser of scenarios.
func readBack(t testing.TB, m *Mapping) any {
	t.Helper()
	written := []byte(text(WriteYAML, m))
	ps := new(Problems)
	f := &File{Name: "written.yaml"}
	root := Parse(f, written, ps)
	if err := ps.Err(); err != nil || root == nil {
		t.Fatalf("%v\n%s", err, written)
	}
	return root.Plain()
}

// asRead is what a value is read back as.
func asRead(value any) any {
	switch v := value.(type) {
	case Text:
		return string(v)
	case *Text:
		return string(*v)
	case Plain:
		return json.Number(v)
	case Entries:
		all := make(map[string]any)
		for key, value := range v {
			all[key] = asRead(value)
		}
		return all
	case Sequence:
		all := make([]any, len(v))
		for i := range v {
			all[i] = asRead(v[i])
		}
		return all
	}
	all := make(map[string]any)
	for _, e := range value.(*Mapping).Entries {
		all[e.Key] = asRead(e.Value)
	}
	return all
}

func checkReadBack(t testing.TB, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		return
	}
	pointed := Text(s)
	m := MappingOf("a", Text(s), "b", Sequence{Text(s), &pointed}, "c", MappingOf("d", Text(s), "e", Plain("1")), "f", Sequence{MappingOf("g", &pointed)}, "p", &pointed)
	if s != "" {
		m.Put("h", MappingOf(s, Text(s)))
		m.Put("i", &Mapping{Block: true, Entries: []Entry{{s, Plain("1")}, {s + "x", Sequence{Text(strings.Repeat("x", 300)), Sequence{Text(s)}}}}})
	}
	m.Put("j", Text("end"))
	if diff := cmp.Diff(asRead(m), readBack(t, m)); diff != "" {
		t.Fatalf("(-written +read)\n%s\n%s", diff, text(WriteYAML, m))
	}
}

// oddTexts is what people and programs write that YAML could take for something else.
var oddTexts = []string{
	"", " ", "a", "a b", " a", "a ", "a\n", "a\nb", "a\nb\n", "a\n\n", "\na", "a\n b", " a\nb", "a\tb", "\ta", "a\n\tb", "a \nb", "a\n\nb", "a\r\nb", "a\rb", "#", "# a", "a # b", "a#b", "a: b", "a:b", "a:",
	":", ":a", "a:b:c", "https://example.com:8080/x", "https://example.com/x?y=z#w", "-", "- a", "-a", "--- a", "---", "...", "?", "? a", "!a", "!!str a", "&a", "*a", "|", ">", "%", "@a", "`a`", "'", "''", "\"", "\"a\"", "'a'", "a'b", "a\"b",
	"[", "]", "{", "}", "[a]", "{a: b}", ",", "a, b", "a,b", "null", "Null", "~", "true", "True", "yes", "No", "on", "y", "1", "-1", "+1", "1.5", ".5", "1.", "1e5", "0x1F", "0o17", "017", "1_000", "1:30", "12:30:45", "2026-01-15", "2026-01-15T09:00:00Z",
	".inf", "-.inf", ".nan", "inf", "NaN", "=", "<<", "<", "a <b> c", "ünï cödé", "日本語", "🎉 Won", "Won 🎉", "\u00a0", "a\u00a0b", "\u0085", "\u2028", "\ufeff", "a\ufeffb", "\x00", "\x07", "\x1b[0m", "\x7f", "\u200b", "\U0010ffff", "\ufffd",
	"a\\b", "\\n", "\\", "c:\\dir", "record_permission:read-write", "name <a@b.c>", "(415) 555-0142", "$1M-$50M", "251-1K", "a: [b, {c: d}]", "key: |\n  text\n", strings.Repeat("<", 3000), "a" + strings.Repeat("\n", 2000) + "b",
	strings.Repeat("long ", 400), "a\n" + strings.Repeat("line of a text\n", 50), "a\n#b\n", "a\n- b\n", "a\n---\nb", "a\n...\nb", "a\n\n\n  b\n", "<<: a", "- - a", "x: y: z", "\ud7ff", "tab\tand\nline", "end\\\nline",
}

func TestEveryTextIsReadBackAsItWas(t *testing.T) {
	t.Parallel()
	for _, s := range oddTexts {
		checkReadBack(t, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		checkRapid(t, rapid.StringMatching(`[0-9a-f]{8}-[0-9]{4}-[0-9a-f]{4}-[0-9]{4}-[0-9a-f]{12}`).Draw(t, "id"))
		checkRapid(t, rapid.SampledFrom([]string{"00000000-0000-4000-8000-000000000000", "0e123456-1234-4123-8123-123456789012", "12345678-0000-4000-8000-000000000000", "1e5e5e5e-1e51-4e51-8e51-123456789e12"}).Draw(t, "odd id"))
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(oddTexts[:len(oddTexts)-20]), rapid.SampledFrom([]string{" ", "\n", ":", "#", "'", "\"", "-", ",", "a"}), rapid.String()), 0, 6).Draw(t, "parts")
		checkRapid(t, strings.Join(parts, ""))
	})
}

func checkRapid(t *rapid.T, s string) {
	if !utf8.ValidString(s) || len(s) > 20_000 {
		return
	}
	m := MappingOf("a", Text(s), "b", Sequence{Text(s)}, "c", MappingOf("d", Text(s), "e", MappingOf("f", Text(s), s+"-", Text(s))))
	written := text(WriteYAML, m)
	ps := new(Problems)
	root := Parse(&File{Name: "written.yaml"}, []byte(written), ps)
	if err := ps.Err(); err != nil || root == nil {
		t.Fatalf("%v\n%s", err, written)
	}
	if diff := cmp.Diff(asRead(m), root.Plain()); diff != "" {
		t.Fatalf("(-written +read)\n%s\n%s", diff, written)
	}
}

// Another reader of YAML reads the same.
func TestAnotherReaderOfYAMLAgrees(t *testing.T) {
	t.Parallel()
	for _, s := range oddTexts {
		if len(s) > 1000 {
			continue // which takes that reader long
		}
		m := MappingOf("a", Text(s), "b", Sequence{Text(s)}, "c", MappingOf("d", Text(s)))
		written := text(WriteYAML, m)
		var read map[string]any
		if err := yaml.Unmarshal([]byte(written), &read); err != nil {
			t.Errorf("%q: %v\n%s", s, err, written)
			continue
		}
		if diff := cmp.Diff(asRead(m), any(read)); diff != "" {
			t.Errorf("%q (-written +read)\n%s\n%s", s, diff, written)
		}
	}
}

func FuzzTextIsReadBackAsItWas(f *testing.F) {
	for _, s := range oddTexts {
		if len(s) < 40 { // the long ones take long to be made small, and TestEveryTextIsReadBackAsItWas has them
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 5000 {
			checkReadBack(t, s)
		}
	})
}

func TestWhatFitsIsOnOneLine(t *testing.T) {
	t.Parallel()
	m := MappingOf("version", Plain("1"), "users", &Mapping{Block: true, Entries: []Entry{
		{"ada", MappingOf("name", Text("Ada"), "note", Text("two\nlines"))}, {"bob", MappingOf("name", Text("Bob"), "tags", Sequence{Text("a"), Plain("7")})}, {"eve", new(Mapping)},
		{"single", &Mapping{Single: true, Entries: []Entry{{"a", Text(strings.Repeat("v", 150))}, {"b", Text(strings.Repeat("w", 150))}}}},
	}}, "made", Entries(func(yield func(string, any) bool) {
		_ = yield("cyd", MappingOf("name", Text("Cyd"))) && yield("dan", &Mapping{Block: true})
	}), "list", Sequence{Text(strings.Repeat("x", 100)), MappingOf("a", Text(strings.Repeat("y", 150)), "b", Text(strings.Repeat("z", 150))), Sequence{}})
	want := `version: 1
users:
  ada:
    name: Ada
    note: |-
      two
      lines
  bob: {name: Bob, tags: [a, 7]}
  eve: {}
  single: {a: ` + strings.Repeat("v", 150) + `, b: ` + strings.Repeat("w", 150) + `}
made:
  cyd: {name: Cyd}
  dan: {}
list:
  - ` + strings.Repeat("x", 100) + `
  - a: ` + strings.Repeat("y", 150) + `
    b: ` + strings.Repeat("z", 150) + `
  - []
`
	if diff := cmp.Diff(want, text(WriteYAML, m)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(asRead(m), readBack(t, m)); diff != "" {
		t.Error(diff)
	}
}
