package testgen

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"
	"text/template"
)

//go:embed go.tmpl
var goText string

var goTest = parse(goText, template.FuncMap{
	"imports": goImports, "quote": quoteGo, "name": goName, "lines": Expected.lines, "indented": indented,
})

// goImports lists what the Go test imports of the standard library.
func goImports(t *Test) []string {
	imports := []string{"io", "net/http", "testing"}
	answer := t.Expected.Answer
	if answer != nil && answer.JSON {
		imports = append(imports, "bytes", "encoding/json")
	}
	if t.Expected.Total > 0 {
		imports = append(imports, "path", "slices")
	}
	if t.Expected.MadeUp != nil {
		imports = append(imports, "regexp")
	}
	if t.Body != "" || t.Expected.Total > 0 || answer != nil && !answer.JSON {
		imports = append(imports, "strings")
	}
	slices.Sort(imports)
	return imports
}

// goName is the name of the test: TestRecordsCreate17.
func goName(t *Test) string {
	name := "Test"
	for _, word := range t.words() {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return name + strconv.Itoa(t.Number)
}

// quoteGo writes a string, in backquotes if it has several lines or quotation marks and can stand in them.
func quoteGo(text string) string {
	if !strings.ContainsAny(text, "\n\"\\") || !canBackquote(strings.ReplaceAll(text, "`", "")) {
		return strconv.Quote(text)
	}
	return "`" + strings.ReplaceAll(text, "`", "` + \"`\" + `") + "`"
}

func canBackquote(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if !strconv.CanBackquote(line) {
			return false
		}
	}
	return true
}

// indented spreads JSON over lines, as the Go test does with the answer.
func indented(text string) string {
	var b bytes.Buffer
	_ = json.Indent(&b, []byte(text), "", "  ") // it is JSON
	return b.String()
}

// lines writes the changes as the Go test does: a line for each thing, and one for each of its attributes.
func (e Expected) lines() []string {
	var lines []string
	for _, c := range e.Changes {
		if slices.Contains(e.ids, c.ID) {
			c.ID = MadeUpID
		}
		lines = append(lines, c.Action+" "+c.Thing+" "+path.Join(c.In, c.ID))
		if len(c.Before)+len(c.After) > 0 {
			lines = append(lines, e.masked(c.Before)+" → "+e.masked(c.After))
		}
		for _, a := range c.Attributes {
			lines = append(lines, a.Attribute+": "+e.masked(a.Before)+" → "+e.masked(a.After))
		}
	}
	return lines
}
