package testgen

import (
	_ "embed"
	"strconv"
	"strings"
	"text/template"
)

//go:embed python.tmpl
var pythonText string

var pythonTest = parse(pythonText, template.FuncMap{
	"name":    pythonName,
	"quote":   quotePython,
	"literal": func(text string) string { return pythonNotation.literal([]byte(text), "    ", "    ") },
	"wanted":  func(e Expected) string { return pythonNotation.literal(e.wanted(), "    ", "    ") },
})

var pythonNotation = notation{null: "None", yes: "True", no: "False", text: strconv.Quote, key: strconv.Quote}

// pythonName is the name of the test: test_records_create_17.
func pythonName(t *Test) string {
	return "test_" + strings.Join(append(t.words(), strconv.Itoa(t.Number)), "_")
}

// quotePython writes a string, in triple quotes if it has several lines. What Go escapes in a string Python escapes alike.
func quotePython(text string) string {
	if quoted, ok := inSingleQuotes(text); ok {
		return quoted
	}
	if !strings.Contains(strings.TrimSuffix(text, "\n"), "\n") {
		return strconv.Quote(text)
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		quoted := strconv.Quote(line)
		quoted = quoted[1 : len(quoted)-1]
		if !strings.Contains(line, `""`) && !strings.HasSuffix(line, `"`) && !strings.Contains(line, `\`) {
			quoted = strings.ReplaceAll(quoted, `\"`, `"`)
		}
		lines = append(lines, quoted)
	}
	return "\"\"\"\\\n" + strings.Join(lines, "\n") + "\"\"\""
}
