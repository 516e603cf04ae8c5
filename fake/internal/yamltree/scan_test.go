package yamltree

import (
	"fmt"
	"testing"
)

func TestWhatIsLeftOpenIsNamedByItsLine(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"a: {b: c\nd: e\n":                      "2:1: expected a comma or } (the { of line 1 is still open)",
		"a:\n  b: {c: d\n  e: {f: g}\nh: [i]\n": "3:3: expected a comma or } (the { of line 2 is still open)",
		"a: [b,\n  c\nd: e\n":                   "3:1: expected a comma or ] (the [ of line 1 is still open)",
		"a: {b: [c],\n  d: \"e\"\nf: g\n":       "3:1: expected a comma or } (the { of line 1 is still open)",
		"a: {b: c\n":                            "1:4: this { is not closed",
		"a:\n  - [b, c\n":                       "2:5: this [ is not closed",
		"a:\n\tb: c\n":                          "2:1: a tab indents this line; YAML wants spaces",
		"a:\n  b: c\n\td: e\n":                  "3:1: a tab indents this line; YAML wants spaces",
		"a:\n  - b\n  \t- c\n":                  "3:3: a tab indents this line; YAML wants spaces",
		"\ta: b\n":                              "1:1: a tab indents this line; YAML wants spaces",
		"a: \"b\n---\nc\"\n":                    "2:1: a line --- or ... cannot stand inside a text in quotation marks; is a mark not closed?",
		"a: !b{c} d\n":                          "1:6: scenarios have no tags; quote a value to make it a string",
		"a: @b\n":                               "1:4: a value cannot begin with this character; put it in quotes",
		"a: 'b\n":                               "1:4: this quotation mark has no closing one, or an escape in the text is wrong",
		"a: |9x\n  b\n":                         "1:4: behind | and > only +, - and a number may stand",
		"a: >5\n b\n":                           "2:2: this cannot be read as YAML; put the value in quotes if it begins with a special character",
	} {
		ps := new(Problems)
		if Parse(&File{Name: "x"}, []byte(source), ps) != nil && ps.Empty() {
			t.Errorf("%q is taken", source)
			continue
		}
		said := fmt.Sprintf("%d:%d: %s", ps.list[0].Line, ps.list[0].Column, ps.list[0].Message)
		if said != want {
			t.Errorf("%q:\ngot  %s\nwant %s", source, said, want)
		}
	}
}
