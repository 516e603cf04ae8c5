package verify

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/recording"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

// Seed is what a recording presupposes.
type Seed struct {
	Scenario string   // in JSON
	LeftOut  []string // what the answers show that no scenario can have, and why

	stubs       map[string]bool // ids of which nothing but the id is known
	knowsScopes bool            // the recording says what its token may do
}

// Derive returns the scenario that a recording presupposes.
func Derive(exchanges []recording.Exchange) (Seed, error) {
	d := newDeriver()
	d.take(exchanges)
	root := d.scenario(start(exchanges))
	seed := Seed{stubs: d.stubs, knowsScopes: d.token.Field("scopes").Kind == compare.Array}
	for range maxRepairs {
		p := &printer{}
		p.print(root, nil)
		seed.Scenario = p.text.String()
		_, err := scenario.LoadOnce(seed.Scenario)
		failed, ok := errors.AsType[*scenario.Error](err)
		if !ok {
			return seed, err
		}
		for _, problem := range failed.Problems {
			what, ok := p.leaveOut(problem.Line)
			if !ok {
				return seed, fmt.Errorf("what it presupposes is no scenario; say it with --scenario:\n%w", err)
			}
			if said := what + ": " + problem.Message; !slices.Contains(seed.LeftOut, said) {
				seed.LeftOut = append(seed.LeftOut, said)
			}
		}
	}
	return seed, errors.New("what it presupposes cannot be made a scenario; say it with --scenario")
}

// maxRepairs bounds how often a scenario is loaded until nothing in it is wrong.
const maxRepairs = 20

// step leads from a value to one in it.
type step struct {
	in  *compare.Node
	key string // of a mapping
}

// printer writes a scenario with each value on a line of its own, and knows what stands on each line.
type printer struct {
	text  strings.Builder
	lines [][]step
}

func (p *printer) print(n *compare.Node, path []step) {
	if len(p.lines) == 0 {
		p.lines = append(p.lines, nil)
	}
	p.lines[len(p.lines)-1] = path
	if len(n.Items) == 0 {
		p.text.Write(n.JSON())
		return
	}
	open, end := "[", "]"
	if n.Kind == compare.Object {
		open, end = "{", "}"
	}
	p.text.WriteString(open)
	for i, item := range n.Items {
		if i > 0 {
			p.text.WriteString(",")
		}
		p.text.WriteString("\n")
		p.lines = append(p.lines, path)
		inner := step{n, strconv.Itoa(i)}
		if n.Kind == compare.Object {
			inner.key = n.Keys[i]
			p.text.Write(value(inner.key).JSON())
			p.text.WriteString(": ")
		}
		p.print(item, append(slices.Clip(path), inner))
	}
	p.text.WriteString(end)
}

// leaveOut removes what is wrong on a line, and says what that was: the values of an attribute, a property of an attribute or
// of a kind, or a whole thing.
func (p *printer) leaveOut(line int) (what string, ok bool) {
	if line < 1 || line > len(p.lines) {
		return "", false
	}
	path := p.lines[line-1] // workspaces, its slug, the section, and so on
	if len(path) < 4 || path[0].key != "workspaces" {
		return "", false
	}
	depth := 4 // a thing of a section
	if section := path[2].key; section == "objects" || section == "lists" {
		switch {
		case len(path) < 5: // the object or list itself
		case len(path) > 7 && path[6].key == "history":
			depth = 8
		case len(path) > 6 && path[4].key == "attributes" && path[6].key != "type":
			depth = 7
		case len(path) > 5:
			depth = 6
		default:
			depth = 5
		}
	}
	last := path[depth-1]
	remove(last.in, last.key)
	var names []string
	for _, s := range path[2:depth] {
		names = append(names, s.key)
	}
	return strings.Join(names, "."), true
}

// start returns when a recording begins; the zero time if nothing says.
func start(exchanges []recording.Exchange) time.Time {
	for _, e := range exchanges {
		if !e.At.IsZero() {
			return e.At
		}
	}
	return time.Time{}
}
