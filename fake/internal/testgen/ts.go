package testgen

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

var tsNotation = notation{null: "null", yes: "true", no: "false", padding: " ", text: encoded, key: keyTS}

// writeTS writes the test in TypeScript.
func writeTS(w *source, t *Test) {
	literal := func(text []byte) string { return tsNotation.literal(text, "  ", "  ") }
	w.add("// ", t.Title(), ".\n")
	w.comments("// ", t.Sentences())
	w.add(`// It replaces all that a server holds, so give it one of its own: fakeattio exec -- npx tsx --test FILE
import assert from "node:assert/strict"
import { test } from "node:test"

const url = process.env.ATTIO_BASE_URL

const scenario = `, quoteTS(t.Scenario), `

test(`, quoteTS(t.Title()), `, async () => {
  const loaded = await fetch(url + "/_fake/scenario", { method: "PUT", headers: { "Content-Type": "application/yaml" }, body: scenario })
  assert.equal(loaded.status, 204, await loaded.text())

  const response = await fetch(url + `, quoteTS(t.Path), `, {
    method: `, quoteTS(t.Method), ",\n")
	if t.Scheme != "" || t.Type != "" {
		w.add("    headers: {\n")
		if t.Scheme != "" {
			w.add("      Authorization: ", quoteTS(t.Sent()), ",\n")
		}
		if t.Type != "" {
			w.add("      \"Content-Type\": ", quoteTS(t.Type), ",\n")
		}
		w.add("    },\n")
	}
	switch {
	case t.Body == "":
	case t.Type != "":
		w.add("    body: ", quoteTS(t.Body), ",\n")
	default: // of which fetch makes up no type
		w.add("    body: new TextEncoder().encode(", quoteTS(t.Body), "),\n")
	}
	w.add(`    redirect: "manual",
  })
  const answer = await response.text()
  assert.equal(response.status, `, strconv.Itoa(t.Expected.Status), ", answer)\n")
	switch answer := t.Expected.Answer; {
	case answer == nil:
	case answer.JSON:
		w.add("  assert.deepEqual(JSON.parse(answer), ", literal([]byte(answer.Text)), ")\n")
	default:
		w.add("  assert.equal(answer.replace(/\\n$/, \"\"), ", quoteTS(answer.Text), ")\n")
	}
	w.add(`
  const made = await fetch(url + "/_fake/requests?await=1&timeout=10s")
  const changes = JSON.parse(await made.text()).requests[0].changes ?? []
`)
	compared := ""
	if t.Expected.More() {
		compared = ".slice(0, " + strconv.Itoa(len(t.Expected.Changes)) + ")"
		w.add("  assert.equal(changes.length, ", strconv.Itoa(t.Expected.Total), ")\n")
	}
	w.madeUp("  // ", t.Expected)
	for _, path := range t.Expected.MadeUp {
		w.add("  changes", path.String(), " = \"<id>\"\n")
	}
	w.add("  assert.deepEqual(changes", compared, ", ", literal(t.Expected.wanted()), ")\n})\n")
}

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
