package testgen

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
)

// notation is how a language writes the values of JSON.
type notation struct {
	null, yes, no string
	padding       string // within the braces of an object on one line
	text          func(string) string
	key           func(string) string
}

// literal writes a JSON value within lines that are indented by outer. Values that fit on one line stay there.
func (n notation) literal(raw []byte, outer, indent string) string {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	return n.value(dec, "\n"+outer, indent)
}

// maxLine is how long a value on one line may be.
const maxLine = 100

// value writes the next value of a decoder. The line begins a new line of the surrounding value.
func (n notation) value(dec *json.Decoder, line, indent string) string {
	token, err := dec.Token()
	if err != nil {
		panic(err) // the value was JSON when it was compared
	}
	switch token := token.(type) {
	case json.Delim:
		var parts []string
		for dec.More() {
			part := ""
			if token == '{' {
				key, _ := dec.Token()
				part = n.key(key.(string)) + ": "
			}
			parts = append(parts, part+n.value(dec, line+indent, indent))
		}
		_, _ = dec.Token() // the end
		closing := map[json.Delim]string{'{': "}", '[': "]"}[token]
		whole := strings.Join(parts, ", ")
		if len(whole) <= maxLine && !strings.Contains(whole, "\n") {
			if token == '{' && whole != "" {
				whole = n.padding + whole + n.padding
			}
			return token.String() + whole + closing
		}
		return token.String() + line + indent + strings.Join(parts, ","+line+indent) + "," + line + closing
	case string:
		return n.text(token)
	case bool:
		if token {
			return n.yes
		}
		return n.no
	case json.Number:
		return token.String()
	}
	return n.null
}

// masked returns JSON with a mark in the place of what the request made.
func (e *Expected) masked(raw []byte) string {
	text := string(raw)
	ids := slices.SortedFunc(slices.Values(e.ids), func(a, b string) int { return len(b) - len(a) }) // an address holds an id
	for _, id := range ids {
		text = strings.ReplaceAll(text, encoded(id), encoded(MadeUpID))
	}
	return text
}

// wanted is the JSON of the changes that are compared, with marks for what the request made.
func (e *Expected) wanted() []byte {
	var all []string
	for _, c := range e.Changes {
		all = append(all, e.masked(c.Raw))
	}
	return []byte("[" + strings.Join(all, ",") + "]")
}

// encoded writes a string as JSON, and leaves < and > as they are.
func encoded(text string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a string
	return strings.TrimSuffix(b.String(), "\n")
}

// isShown reports whether a character can stand in a source file as itself.
func isShown(r rune) bool { return r == '\t' || unicode.IsGraphic(r) && r != '\u2028' && r != '\u2029' }

// inSingleQuotes writes a text with double quotation marks between single ones, if nothing in it needs an escape there.
func inSingleQuotes(text string) (string, bool) {
	for _, r := range text {
		if r == '\'' || r == '\\' || r == '\t' || !isShown(r) {
			return "", false
		}
	}
	return "'" + text + "'", strings.Contains(text, `"`)
}
