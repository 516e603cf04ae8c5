package testgen

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// Test is what a generated test does and expects.
type Test struct {
	Number    int    // of the request in the journal
	Operation string // empty if Attio has no such endpoint
	Method    string
	Path      string // with the query
	Scheme    string // of the header Authorization; empty without one
	Token     string // what comes after the scheme
	TokenName string // "acme/full"; empty if no workspace has the token
	Type      string // the Content-Type; empty without one
	Body      string

	Scenario string
	Whole    bool     // the scenario is all that there was, because nothing smaller is known to do
	Notes    []string // sentences for whoever reads the test

	Expected Expected
}

// The most that a test may carry, in bytes.
const (
	MaxScenario = 1 << 20 // of its scenario
	maxAnswer   = 8 << 10 // of the answer that it compares
	maxChanges  = 100     // how many changes it compares one by one
)

// language is one that tests are written in.
type language struct {
	name    string
	aliases []string // other names for it
	write   func(*source, *Test)
	refuses func(*Test) error // what it cannot express, or nil
}

// languages are in the order in which the documentation names them.
var languages = []language{
	{name: "go", write: writeGo},
	{name: "ts", aliases: []string{"typescript"}, write: writeTS, refuses: refuseTS},
	{name: "python", write: writePython},
	{name: "curl", aliases: []string{"bash"}, write: writeCurl, refuses: refuseCurl},
}

// Languages lists the languages.
func Languages() []string {
	var names []string
	for _, l := range languages {
		names = append(names, l.name)
	}
	return names
}

// CheckLanguage returns an error that lists the languages if there is none with a name.
func CheckLanguage(name string) error {
	_, err := languageNamed(name)
	return err
}

func languageNamed(name string) (language, error) {
	i := slices.IndexFunc(languages, func(l language) bool { return l.name == name || slices.Contains(l.aliases, name) })
	if i < 0 {
		return language{}, fmt.Errorf("%s", suggest.Unknown("language", name, Languages()))
	}
	return languages[i], nil
}

// In writes the test in a language.
func (t *Test) In(name string) ([]byte, error) {
	l, err := languageNamed(name)
	if err == nil {
		err = t.check()
	}
	if err == nil && l.refuses != nil {
		err = l.refuses(t)
	}
	if err != nil {
		return nil, err
	}
	var w source
	l.write(&w, t)
	return []byte(w.text.String()), nil
}

// check refuses what no language can hold as text.
func (t *Test) check() error {
	if !utf8.ValidString(t.Path + t.Body + t.Type) {
		return fmt.Errorf("it has bytes that are not UTF-8, which a test cannot show as text")
	}
	return nil
}

// Title is a sentence that says what the request was and came to.
func (t *Test) Title() string {
	return fmt.Sprintf("%s %s was answered with %d", t.Method, printable(t.Path), t.Expected.Status)
}

// Sent is the value of the header Authorization.
func (t *Test) Sent() string { return strings.TrimSuffix(t.Scheme+" "+t.Token, " ") }

// words are the parts of the name of the test: records, create.
func (t *Test) words() []string {
	if t.Operation == "" {
		return []string{"request"}
	}
	return strings.FieldsFunc(t.Operation, func(r rune) bool { return r == '.' || r == '_' })
}

// Sentences say where the test begins and what it leaves open.
func (t *Test) Sentences() []string {
	began := "The scenario is what was there before it, as far as the outcome depends on it."
	if t.Whole {
		began = "The scenario is all that was there before it: nothing smaller that was tried has the same outcome."
	}
	return slices.Concat([]string{began}, t.Expected.notes, t.Notes)
}

// printable returns a text without line breaks and other controls, for a comment.
func printable(text string) string {
	quoted, _ := json.Marshal(text) // a string
	if inner := string(quoted[1 : len(quoted)-1]); !strings.Contains(inner, `\`) {
		return text
	}
	return (&url.URL{Path: text}).EscapedPath()
}

// source is the text of a test, as it is written.
type source struct{ text strings.Builder }

// add writes the next parts of the text.
func (s *source) add(parts ...string) {
	for _, part := range parts {
		s.text.WriteString(part)
	}
}

// comments writes a comment for each sentence.
func (s *source) comments(begin string, sentences []string) {
	for _, sentence := range sentences {
		s.add(begin, sentence, "\n")
	}
}

// madeUp writes a comment that says why some parts of the changes are not compared, if there are any.
func (s *source) madeUp(begin string, e Expected) {
	if len(e.MadeUp) > 0 {
		s.add(begin, "The request makes new ids and secrets each time.\n")
	}
}
