// Package rules reads files of rules: which findings are accepted, for which reason and until when.
package rules

import (
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// Read reads a file with a function that gets its tree.
func Read(path string, read func(r Reader, root *yamltree.Node)) error {
	source, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("%s cannot be read", path)
	}
	return Parse(path, source, read)
}

// Parse is Read for the text of a file.
func Parse(name string, source []byte, read func(r Reader, root *yamltree.Node)) error {
	var problems yamltree.Problems
	if root := yamltree.Parse(&yamltree.File{Name: name}, source, &problems); root != nil {
		read(Reader{&problems}, root)
	}
	return problems.Err()
}

// Reason reads a reason as a flag has it, with or without the last day on which it holds: "cleaned up at night, until 2027-03-31".
// The time is the first moment after that day; zero for never.
func Reason(text string) (reason string, expires time.Time, err error) {
	found := untilDay.FindStringSubmatch(text)
	if found == nil {
		return text, time.Time{}, nil
	}
	expires, err = readDay(found[2])
	return found[1], expires, err
}

var untilDay = lazy.New(`^(.*?)[,;]? until (\S+)$`)

// readDay returns the moment at which what is accepted until a day is not accepted any more: the end of that day.
func readDay(text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return day, fmt.Errorf("%q is not a date; write one such as 2027-03-31", text)
	}
	return day.AddDate(0, 0, 1), nil
}

// Lapsed says that a finding is not accepted any more.
func Lapsed(expires time.Time, reason string) string {
	return fmt.Sprintf("it was accepted until %s: %s", expires.Add(-time.Nanosecond).Format(time.DateOnly), reason)
}

// Reader reads the nodes of a file of rules.
type Reader struct{ Problems *yamltree.Problems }

// Fields reads a mapping, each key with its own function.
func (r Reader) Fields(n *yamltree.Node, read map[string]func(*yamltree.Node)) {
	if n.Kind != yamltree.KindMapping {
		r.Problems.Add(n.Position, "expected a mapping, not %s", n.Kind)
		return
	}
	var known []string
	for name := range read {
		known = append(known, name)
	}
	slices.Sort(known)
	for _, f := range n.Fields {
		if each, ok := read[f.Name]; ok {
			each(f.Value)
		} else {
			r.Problems.AddUnknown(f.At, "key", f.Name, known)
		}
	}
}

// Needs reports keys that are missing.
func (r Reader) Needs(n *yamltree.Node, names ...string) {
	for _, name := range names {
		if _, ok := n.Get(name); !ok && n.Kind == yamltree.KindMapping {
			r.Problems.Add(n.Position, "%s is missing", name)
		}
	}
}

// Each reads each item of a list.
func (r Reader) Each(read func(*yamltree.Node)) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		if n.Kind != yamltree.KindSequence {
			r.Problems.Add(n.Position, "expected a list, not %s", n.Kind)
		}
		for _, item := range n.Items {
			read(item)
		}
	}
}

// Text reads a text that is not empty.
func (r Reader) Text(into *string) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		if n.Kind != yamltree.KindString || n.Text == "" {
			r.Problems.Add(n.Position, "expected a text, not %s", n.Kind)
		}
		*into = n.Text
	}
}

// Word reads one of the known words.
func (r Reader) Word(what string, into *string, known []string) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		r.Text(into)(n)
		if n.Kind == yamltree.KindString && !slices.Contains(known, n.Text) {
			r.Problems.AddUnknown(n.Position, what, n.Text, known)
		}
	}
}

// Day reads the last day on which a rule holds, and gives the first moment after it.
func (r Reader) Day(into *time.Time) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		day, err := readDay(n.Text)
		if err != nil {
			r.Problems.Add(n.Position, "%v", err)
		}
		*into = day
	}
}
