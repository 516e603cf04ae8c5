package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// Problem is one mistake in a scenario.
type Problem struct {
	File    string // as the error calls it; a built-in one is "built-in acme.yaml"
	Line    int    // from 1, or 0 where the mistake is the whole file
	Column  int    // from 1, in characters
	Message string // what is wrong and what would be right
	Excerpt string // the source line with a marker below the column, two lines; empty without a line or for a very long one
}

// String prints the problem as compilers do, with the excerpt below.
func (p Problem) String() string {
	switch {
	case p.Line == 0:
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	case p.Excerpt == "":
		return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s\n%s", p.File, p.Line, p.Column, p.Message, p.Excerpt)
}

// Error is all that is wrong with a scenario, in the order in which its files were read and by line.
type Error struct {
	Problems []Problem // at most 1,000
	More     bool      // whether there were more
}

// Error prints every problem and, where there are several, how many.
func (e *Error) Error() string {
	var b strings.Builder
	for i, p := range e.Problems {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.String())
	}
	switch n := len(e.Problems); {
	case e.More:
		fmt.Fprintf(&b, "\nmore than %d mistakes", n)
	case n > 1:
		fmt.Fprintf(&b, "\n%d mistakes", n)
	}
	return b.String()
}

// file is a source file for the messages about it.
type file struct {
	name  string
	order int      // the how-manieth file it was to be opened
	lines []string // without their ends
}

// position is a place in a file. Line 0 is the file as a whole.
type position struct {
	file         *file
	line, column int
}

// String names the place: "team.yaml:3:5".
func (p position) String() string { return fmt.Sprintf("%s:%d:%d", p.file.name, p.line, p.column) }

// excerpt returns the line of a position and a marker below its column, which it moves into the line
// if the YAML library's scanner has it elsewhere. A very long line takes too long to show.
func (p position) excerpt() (column int, excerpt string) {
	const width, before = 120, 60 // of what is shown of a line, and how much of it stands left of the marker
	const longest = 256 << 10
	if p.line < 1 || p.line > len(p.file.lines) || len(p.file.lines[p.line-1]) > longest {
		return p.column, ""
	}
	line := []rune(strings.ReplaceAll(p.file.lines[p.line-1], "\t", " "))
	column = min(p.column-1, len(line))
	start, lead := 0, ""
	if len(line) > width && column > before {
		start, lead = column-before, "…"
	}
	end, tail := len(line), ""
	if end-start > width {
		end, tail = start+width, "…"
	}
	number := fmt.Sprintf("%4d", p.line)
	return column + 1, fmt.Sprintf("%s | %s%s%s\n%s | %s^", number, lead, string(line[start:end]), tail,
		strings.Repeat(" ", len(number)), strings.Repeat(" ", column-start+len([]rune(lead))))
}

// maxProblems is how many problems an Error shows.
const maxProblems = 1000

// problems collects what is wrong.
type problems struct {
	found map[problemKey]bool
	list  []placedProblem
	more  bool

	reports  int // how often anything was reported, the same again too
	compared int // how many words the unknown ones were compared with
}

// maxCompared bounds how long the nearest words are looked for: about a second. A file may have
// thousands of records, and as many references that are wrong.
const maxCompared = 500_000

// problemKey makes a problem that two steps find one.
type problemKey struct {
	at      position
	message string
}

type placedProblem struct {
	order int
	Problem
}

func (ps *problems) add(at position, format string, args ...any) {
	ps.reports++
	key := problemKey{at, fmt.Sprintf(format, args...)}
	if ps.found[key] {
		return
	}
	if ps.full() {
		ps.more = true
		return
	}
	if ps.found == nil {
		ps.found = make(map[problemKey]bool)
	}
	ps.found[key] = true
	column, excerpt := at.excerpt()
	ps.list = append(ps.list, placedProblem{at.file.order, Problem{
		File: at.file.name, Line: at.line, Column: column, Message: key.message, Excerpt: excerpt,
	}})
}

// addUnknown reports a word that is not among the known ones.
func (ps *problems) addUnknown(at position, what, word string, known []string) {
	if ps.full() { // to look for the nearest of many words takes long
		ps.reports++
		ps.more = true
		return
	}
	near, found := ps.nearest(word, known)
	ps.add(at, "%s", suggest.UnknownNear(what, word, near, found, known))
}

// nearest is nearest until it has taken long enough.
func (ps *problems) nearest(word string, known []string) (string, bool) {
	if ps.compared += len(known); ps.compared > maxCompared {
		return "", false
	}
	return suggest.Nearest(word, known)
}

func (ps *problems) full() bool { return len(ps.list) >= maxProblems }

func (ps *problems) empty() bool { return len(ps.list) == 0 }

// err returns the problems as an *Error, or nil if there are none.
func (ps *problems) err() error {
	if ps.empty() {
		return nil
	}
	slices.SortStableFunc(ps.list, func(a, b placedProblem) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	e := &Error{More: ps.more}
	for _, p := range ps.list {
		e.Problems = append(e.Problems, p.Problem)
	}
	return e
}
