package testgen

import (
	_ "embed"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"text/template"
)

//go:embed ts.tmpl
var tsText string

var tsTest = parse(tsText, template.FuncMap{
	"quote":   quoteTS,
	"literal": func(text string) string { return tsNotation.literal([]byte(text), "  ", "  ") },
	"wanted":  func(e Expected) string { return tsNotation.literal(e.wanted(), "  ", "  ") },
})

var tsNotation = notation{null: "null", yes: "true", no: "false", padding: " ", text: encoded, key: keyTS}

// refuseTS refuses what fetch cannot send.
func refuseTS(t *Test) error {
	dots := func(segment string) bool { return segment == "." || segment == ".." }
	path, _, _ := strings.Cut(t.Path, "?")
	switch {
	case t.Body != "" && (t.Method == http.MethodGet || t.Method == http.MethodHead):
		return fmt.Errorf("it is a %s with a body, which fetch does not send; ask for a test in go, python or curl", t.Method)
	case slices.Contains([]string{http.MethodConnect, http.MethodTrace, "TRACK"}, strings.ToUpper(t.Method)):
		return fmt.Errorf("it is a %s, which fetch does not send; ask for a test in go, python or curl", t.Method)
	case slices.ContainsFunc(strings.Split(path, "/"), dots) || strings.Contains(path, `\`):
		return fmt.Errorf("its path has parts that fetch changes; ask for a test in go, python or curl")
	}
	return nil
}

// quoteTS writes a string, as a template if it has several lines.
func quoteTS(text string) string {
	if quoted, ok := inSingleQuotes(text); ok {
		return quoted
	}
	if !strings.Contains(strings.TrimSuffix(text, "\n"), "\n") {
		return encoded(text)
	}
	var b strings.Builder
	b.WriteByte('`')
	for i, r := range text {
		switch {
		case r == '\\' || r == '`' || r == '$' && strings.HasPrefix(text[i:], "${"):
			b.WriteString(`\` + string(r))
		case r == '\n' || isShown(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\u{%x}`, r)
		}
	}
	return b.String() + "`"
}

// keyTS writes the key of an object. The one that would set the prototype is computed.
func keyTS(key string) string {
	if key == "__proto__" {
		return `["__proto__"]`
	}
	if isName(key) {
		return key
	}
	return encoded(key)
}

// isName reports whether a key of an object needs no quotation marks in JavaScript.
func isName(key string) bool {
	for i, c := range key {
		if c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return key != ""
}
