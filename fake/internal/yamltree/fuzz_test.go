package yamltree

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// readByAnother reads a text with go.yaml.in/yaml/v4. Numbers are json.Number and keys are strings as they are
// written, which is how a tree has them.
func readByAnother(text string) (any, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		return nil, err
	}
	if len(document.Content) == 0 {
		return nil, fmt.Errorf("the file is empty")
	}
	keepScalars(&document, make(map[*yaml.Node]bool))
	var value any
	if err := document.Decode(&value); err != nil {
		return nil, err
	}
	return withNumbers(value), nil
}

// numberMark begins a string that stands for a number. No text has it: it is a control character.
const numberMark = "\x01"

// keepScalars keeps the other reader from changing scalars beyond what their kinds say.
func keepScalars(n *yaml.Node, seen map[*yaml.Node]bool) {
	if seen[n] {
		return
	}
	seen[n] = true
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && child.Kind == yaml.ScalarNode && child.ShortTag() != "!!merge" {
			child.Tag, child.Style = "!!str", yaml.DoubleQuotedStyle
		}
		keepScalars(child, seen)
	}
	if n.Kind != yaml.ScalarNode {
		return
	}
	tag := n.ShortTag()
	if tag == "!!str" && n.Style == 0 && jsonNumber.MatchString(n.Value) {
		tag = "!!float" // which that reader cannot hold
	}
	switch tag {
	case "!!int", "!!float":
		n.Value = numberMark + n.Value
		fallthrough
	case "!!timestamp":
		n.Tag, n.Style = "!!str", yaml.DoubleQuotedStyle
	}
}

func withNumbers(value any) any {
	switch v := value.(type) {
	case string:
		if number, ok := strings.CutPrefix(v, numberMark); ok {
			return json.Number(number)
		}
	case []any:
		for i := range v {
			v[i] = withNumbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = withNumbers(v[k])
		}
	}
	return value
}

// refusals lists what this package refuses although YAML has it, each by a part of the message.
var refusals = []struct{ says, reason, example string }{
	// What scenarios do not need.
	{"a second document begins", "a scenario is one document", "a: b\n---\nc: d\n"},
	{"scenarios have no tags", "a tag changes what a value means for some readers and not for others", "a: !!str 1\n"},
	{"scenarios have no directives", "there is one version of YAML here", "%YAML 1.1\n---\na: b\n"},
	{"a key is a single word or string", "JSON has no other keys", "? a\n: b\n"},
	{"expected a key", "JSON has no other keys, and a value alone in braces is more often a slip", "{a}\n"},
	{"a colon cannot stand here", "a pair without braces in brackets is more often a slip", "[a: b]\n"},
	{"an anchor cannot stand before a key", "it names the key for some readers and the mapping for others", "&a b: c\n"},
	{"a value has one anchor", "two on one value name the key and the mapping", "a: &b\n  &c d: e\n"},
	{"an anchor needs a name", "a name is a word", "a: &- b\n"},
	// What readers of YAML disagree on.
	{"readers of YAML disagree on \"", "a number in one version of YAML is a string or another number in the next", "a: 017\n"},
	{"readers of YAML disagree on this value", "the scanner below leaves out tabs and some line breaks", "a: b\tc\n"},
	{"readers of YAML disagree on this block", "the scanner below takes tabs for indentation, dashes for items, and leaves out spaces", "a: >\n  b\n  - c\n"},
	{"readers of YAML disagree on a block of empty lines", "the scanner below finds a line too many", "a: |+\n"},
	{"readers of YAML disagree on spaces at the end of a file", "the scanner below leaves them out", "a: |\n  b "},
	{"<< takes in a mapping where it is a key", "it is a word in YAML 1.2 and not in 1.1", "a: [<<]\n"},
	{"a colon begins or ends this value", "it makes a pair for some readers", "a: [b:]\n"},
	{"a comma in an unquoted value", "the scanner below overlooks it on the second line of a value", "a: [.inf\n  -1b,\n  c\n]\n"},
	{"there is no key before this colon", "JSON has no empty keys without quotes", ": a\n"},
	{"put a space behind the colon", "it makes a pair for some readers", "a: {b:&c d}\n"},
	{"a tab stands", "a tab is a space for some readers", "a: 'b\t\n  c'\n"},
	{"a tab indents this line", "a tab is a space for some readers", "- a\n- \n\t\n"},
	{"the control character U+007F", "nobody sees it", "a: \x7f\n"},
	{"duplicate key", "the keys 1 and '1' are one in JSON", "1: a\n'1': b\n"},
}

func TestWhatIsRefusedByChoiceIsYAML(t *testing.T) {
	t.Parallel()
	for _, r := range refusals {
		if _, found := parseText(r.example); !strings.Contains(found, r.says) {
			t.Errorf("%q: got %q, want %q, because %s", r.example, found, r.says, r.reason)
		}
		if err := yaml.Unmarshal([]byte(r.example), new(yaml.Node)); err != nil {
			t.Errorf("%q: the other reader refuses it too: %v", r.example, err)
		}
	}
}

func FuzzWhatTwoReadersAcceptReadsTheSame(f *testing.F) {
	for _, text := range yamlTexts {
		f.Add(text)
	}
	for _, text := range []string{ // which the library of the scanner reads otherwise
		"a:\tb\n", "a: {b:\tc}\n", "a: &x {b: &x c}\nd: *x\n", "x: &x {a: b}\ny:\n  <<:\t*x\n", "a: {b:1e400}\n", "a: one\n\n\n  two\n",
	} {
		f.Add(text)
	}
	for _, r := range refusals {
		f.Add(r.example)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return // aliases and merge keys take the other reader long
		}
		want, err := readByAnother(text)
		if err != nil {
			return
		}
		root, found := parseText(text)
		if found != "" || root.IsScalar() || root.Kind == KindNull {
			return // a file is a mapping, and its values are what counts
		}
		if diff := cmp.Diff(want, root.Plain()); diff != "" {
			t.Errorf("%q (-another reader +this)\n%s", text, diff)
		}
	})
}
