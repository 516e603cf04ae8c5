package testgen

import (
	"encoding/json"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// nasty are texts that end or escape a literal of some language.
var nasty = []string{
	"", "plain", "`", "a`b\n`", "\"", `""`, `"""`, "x\"\"\"\ny\"", "'", "'''", "it's", `\`, `\\`, `\n`, "ends in \\", "ends in \\\nand on", "${x}", "$x `${y}`\nz", "$(rm -rf x)", "{{.}}",
	"</script>", "<!-- -->", "/* */ //", "#", "!!", "%s%d", "line\nline\n", "\n", "\n\n", " \t ", "\r\n", "a\rb\nc", "\x01\x07\x1b\x7f", "\u0085\u2028\u2029", "\ufeffx\ny",
	"Zoë 東京 🚀\nمرحبا", "\u202e", "\U000e0001", "-n", "-e \\c", "@file", "{\"a\": \"it's `x`\"}", "'\"`\\",
}

// texts are the nasty ones and combinations of what they consist of.
func texts() []string {
	all := append([]string{}, nasty...)
	parts := rapid.SliceOfN(rapid.SampledFrom(nasty), 1, 5)
	for i := range 200 {
		all = append(all, strings.Join(parts.Example(i), ""))
	}
	return all
}

func TestATextIsTheSameInGo(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.SampledFrom(nasty)), func(parts []string) string { return strings.Join(parts, "") }))
	rapid.Check(t, func(t *rapid.T) {
		want := text.Draw(t, "text")
		expression, err := parser.ParseExpr(quoteGo(want))
		if err != nil {
			t.Fatalf("%s: %v", quoteGo(want), err)
		}
		if got := valueOf(t, expression); got != want {
			t.Errorf("%q became %q", want, got)
		}
		source := "package p\n\nconst text = " + quoteGo(want) + "\n"
		if tidy, err := format.Source([]byte(source)); err != nil || string(tidy) != source {
			t.Errorf("gofmt changes %s: %v", source, err)
		}
	})
}

// valueOf evaluates literals that are added.
func valueOf(t *rapid.T, e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return valueOf(t, e.X) + valueOf(t, e.Y)
		}
	case *ast.BasicLit:
		if value, err := strconv.Unquote(e.Value); err == nil {
			return value
		}
	}
	t.Fatalf("no text: %v", e)
	return ""
}

func TestATextIsTheSameInTypeScriptPythonAndBash(t *testing.T) {
	t.Parallel()
	for _, l := range []struct {
		program, before, after string
		arguments              []string
		quote                  func(string) string
		separator              string
		without                string // what the language cannot hold, which is refused
	}{
		{program: "node", arguments: []string{"-"}, before: "console.log(JSON.stringify([\n", separator: ",\n", after: "\n]))\n", quote: quoteTS},
		{program: "python3", arguments: []string{"-"}, before: "import json\nprint(json.dumps([\n", separator: ",\n", after: "\n]))\n", quote: quotePython},
		{program: "bash", arguments: []string{"-s"}, before: "jq --null-input --args '$ARGS.positional' -- ", separator: " ", after: "\n", quote: quoteBash},
	} {
		t.Run(l.program, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(l.program); err != nil {
				t.Skipf("there is no %s", l.program)
			}
			want := texts()
			if l.program != "bash" {
				want = append(want, "\x00", "a\x00b\nc\x001")
			}
			var quoted []string
			for _, text := range want {
				quoted = append(quoted, l.quote(text))
			}
			command := exec.Command(l.program, l.arguments...)
			command.Stdin = strings.NewReader(l.before + strings.Join(quoted, l.separator) + l.after)
			output, err := command.Output()
			var got []string
			if err != nil || json.Unmarshal(output, &got) != nil {
				t.Fatalf("%v: %s", err, output)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAJSONValueIsTheSameInTypeScriptAndPython(t *testing.T) {
	t.Parallel()
	value := `{"__proto__": {"a": 1}, "a-b": [], "empty": {}, "no": null, "yes": [true, false, null], "n": [0, -1.5, 1e30, 12345678901],` +
		`"class": "it's \"x\" ` + "`${y}`" + ` \u0000 \u2028 </script>", "deep": [[[{"x": [{"y": "` + strings.Repeat("long ", 40) + `"}]}]]], "": "ü"}`
	for program, test := range map[string]struct {
		notation      notation
		before, after string
	}{
		"node":    {tsNotation, "console.log(JSON.stringify(", "))"},
		"python3": {pythonNotation, "import json\nprint(json.dumps(", "))"},
	} {
		t.Run(program, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(program); err != nil {
				t.Skipf("there is no %s", program)
			}
			command := exec.Command(program, "-")
			command.Stdin = strings.NewReader(test.before + test.notation.literal([]byte(value), "    ", "    ") + test.after)
			output, err := command.Output()
			var got, want any
			if err != nil || json.Unmarshal(output, &got) != nil || json.Unmarshal([]byte(value), &want) != nil {
				t.Fatalf("%v: %s", err, output)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
