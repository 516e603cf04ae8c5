package testgen

import (
	_ "embed"
	"fmt"
	"net/http"
	"strings"
	"text/template"
)

//go:embed curl.tmpl
var curlText string

var curlTest = parse(curlText, template.FuncMap{
	"quote":    quoteBash,
	"indented": indented,
	"wanted":   func(e Expected) string { return string(e.wanted()) },
	"program":  jqProgram,
})

// refuseCurl refuses what bash cannot hold and curl cannot send.
func refuseCurl(t *Test) error {
	switch {
	case strings.Contains(t.Body, "\x00"):
		return fmt.Errorf("its body has a NUL, which bash cannot hold; ask for a test in go, ts or python")
	case t.Method == http.MethodHead && t.Body != "":
		return fmt.Errorf("it is a HEAD with a body, which curl does not send; ask for a test in go or python")
	}
	return nil
}

// quoteBash writes a word, in quotation marks unless it needs none.
func quoteBash(text string) string {
	if isName(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// jqProgram puts marks in the place of what the request made, and leaves out the changes that are not compared.
func jqProgram(e Expected) string {
	program := "."
	if e.More() {
		program = fmt.Sprintf(".[:%d]", len(e.Changes))
	}
	for _, path := range e.MadeUp {
		program += fmt.Sprintf(" | .%s = %q", path, MadeUpID)
	}
	return program
}
