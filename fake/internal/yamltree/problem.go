package yamltree

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// Problem is one thing wrong with a file.
type Problem struct {
	File    string // as the error calls it; a built-in one is "built-in acme.yaml"
	Line    int    // from 1, or 0 if the problem concerns the whole file
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

// Error lists everything that is wrong, in the order in which the files were read and by line.
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
		fmt.Fprintf(&b, "\nmore than %d problems", n)
	case n > 1:
		fmt.Fprintf(&b, "\n%d problems", n)
	}
	return b.String()
}

// File is a source file, as messages refer to it.
type File struct {
	Name  string
	Order int // its place among the files in the order in which they were opened

	text  string
	lines []string // of the text, without their ends; made when one is needed
}

// IsJSON reports whether a file name is one of JSON.
func IsJSON(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".json") }

// all returns the lines.
func (f *File) all() []string {
	if f.lines == nil {
		f.lines = strings.Split(f.text, "\n")
	}
	return f.lines
}

// at returns the position of a line and a column.
func (f *File) at(line, column int) Position { return Position{f, int32(line), int32(column)} }

// Position is a place in a file. Line 0 means the file as a whole.
type Position struct {
	File         *File
	Line, Column int32
}

// String names the place: "team.yaml:3:5".
func (p Position) String() string { return fmt.Sprintf("%s:%d:%d", p.File.Name, p.Line, p.Column) }

// excerpt returns the line of a position with a marker below its column, which it moves into the line
// if the YAML library's scanner puts it beyond the end. A very long line is not shown.
func (p Position) excerpt() (column int, excerpt string) {
	const width, before = 120, 60 // of what is shown of a line, and how much of it stands left of the marker
	const longest = 256 << 10
	lines := p.File.all()
	if p.Line < 1 || int(p.Line) > len(lines) || len(lines[p.Line-1]) > longest {
		return int(p.Column), ""
	}
	line := []rune(strings.ReplaceAll(lines[p.Line-1], "\t", " "))
	column = min(int(p.Column)-1, len(line))
	start, lead := 0, ""
	if len(line) > width && column > before {
		start, lead = column-before, "…"
	}
	end, tail := len(line), ""
	if end-start > width {
		end, tail = start+width, "…"
	}
	number := fmt.Sprintf("%4d", p.Line)
	return column + 1, fmt.Sprintf("%s | %s%s%s\n%s | %s^", number, lead, string(line[start:end]), tail,
		strings.Repeat(" ", len(number)), strings.Repeat(" ", column-start+len([]rune(lead))))
}

// MaxProblems is how many problems an Error holds.
const MaxProblems = 1000

// Problems collects the problems of one or more files. The zero value is ready to use.
type Problems struct {
	found map[problemKey]bool
	list  []placedProblem
	more  bool

	reported int // how often anything was reported, repetitions included
	compared int // how many words the unknown ones were compared with
}

// maxCompared bounds all searches for nearest words to about a second: a file may have thousands of
// records, and as many wrong references.
const maxCompared = 500_000

// problemKey identifies a problem, so that one found by two steps is listed once.
type problemKey struct {
	at      Position
	message string
}

type placedProblem struct {
	order int
	Problem
}

// Add reports a problem at a position. The same problem at the same position counts once.
func (ps *Problems) Add(at Position, format string, args ...any) {
	ps.reported++
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
	ps.list = append(ps.list, placedProblem{at.File.Order, Problem{
		File: at.File.Name, Line: int(at.Line), Column: column, Message: key.message, Excerpt: excerpt,
	}})
}

// addDuplicate reports a key that an earlier field of the mapping has.
func (ps *Problems) addDuplicate(f, first Field) {
	ps.Add(f.At, "duplicate key %s; it stands in line %d already", suggest.Quote(f.Name), first.At.Line)
}

// AddUnknown reports a word that is not among the known ones, and suggests the nearest of them.
func (ps *Problems) AddUnknown(at Position, what, word string, known []string) {
	if ps.full() { // searching many words takes long
		ps.reported++
		ps.more = true
		return
	}
	near, found := ps.Nearest(word, known)
	ps.Add(at, "%s", suggest.UnknownNear(what, word, near, found, known))
}

// Nearest is suggest.Nearest within a bound: once all searches together have taken too long it finds nothing.
func (ps *Problems) Nearest(word string, known []string) (string, bool) {
	if ps.compared += len(known); ps.compared > maxCompared {
		return "", false
	}
	return suggest.Nearest(word, known)
}

// full reports whether there are as many problems as an Error holds.
func (ps *Problems) full() bool { return len(ps.list) >= MaxProblems }

// Empty reports whether there are no problems.
func (ps *Problems) Empty() bool { return len(ps.list) == 0 }

// Reported returns how often a problem was reported, repetitions included. A caller compares it before
// and after a step to learn whether that step reported anything.
func (ps *Problems) Reported() int { return ps.reported }

// Err returns the problems as an *Error, or nil if there are none.
func (ps *Problems) Err() error {
	if ps.Empty() {
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
