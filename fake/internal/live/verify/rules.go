package verify

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/rules"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// Rules say which differences are accepted.
type Rules []Accepted

// Accepted is a difference that is known.
type Accepted struct {
	Operation string // "records.create", "records.*", or "" for all
	Kind      string // or "" for all
	Field     string // "data.values.name[].value", all that begin so with a * at the end, or "" for all
	Reason    string
	Expires   time.Time // the first moment at which it is not accepted any more; zero for never
}

func (r Rules) accept(f *Finding, now time.Time) {
	for _, a := range r {
		if !a.covers(f) {
			continue
		}
		if a.Expires.IsZero() || now.Before(a.Expires) {
			f.Accepted, f.Reason = true, a.Reason
			return
		}
		f.Reason = rules.Lapsed(a.Expires, a.Reason)
	}
}

func (a Accepted) covers(f *Finding) bool {
	beginning, all := strings.CutSuffix(a.Field, "*")
	return (a.Operation == "" || a.Operation == "*" || a.Operation == f.Operation || attio.Names(a.Operation, f.Operation)) &&
		(a.Kind == "" || a.Kind == "*" || a.Kind == string(f.Kind)) &&
		(a.Field == "" || a.Field == f.Field || all && strings.HasPrefix(f.Field, beginning))
}

// ParseRule reads an accepted difference as a flag has it: "records.query:order:data[].values=Attio sorts anew, until 2027-03-31".
// Field and kind may be missing, and each part may be *.
func ParseRule(text string) (Accepted, error) {
	of, reason, ok := strings.Cut(text, "=")
	if !ok || of == "" || reason == "" {
		return Accepted{}, fmt.Errorf("an accepted difference is OPERATION:KIND:FIELD=REASON, such as %q, not %q", "records.query:order:data[].values=Attio sorts anew, until 2027-03-31", text)
	}
	parts := append(strings.SplitN(of, ":", 3), "", "")
	a := Accepted{Operation: parts[0], Kind: parts[1], Field: parts[2]}
	var err error
	a.Reason, a.Expires, err = rules.Reason(reason)
	return a, errors.Join(checkOperation(a.Operation), checkKind(a.Kind), err)
}

func checkOperation(name string) error {
	if name == "" || name == "*" {
		return nil
	}
	return match.Operation(name)
}

func checkKind(name string) error {
	if name == "" || name == "*" || slices.Contains(kindNames(), name) {
		return nil
	}
	return fmt.Errorf("%s", suggest.Unknown("kind of difference", name, kindNames()))
}

func kindNames() []string {
	var names []string
	for _, kind := range compare.Kinds() {
		names = append(names, string(kind))
	}
	return names
}

// ReadRules reads rules from a file:
//
//	accept:
//	  - {operation: records.query, kind: order, field: "data[].values", reason: Attio sorts anew, expires: 2027-03-31}
func ReadRules(path string) (Rules, error) {
	var all Rules
	err := rules.Read(path, all.read)
	return all, err
}

func (r *Rules) read(from rules.Reader, root *yamltree.Node) {
	from.Fields(root, map[string]func(*yamltree.Node){
		"accept": from.Each(func(n *yamltree.Node) {
			var a Accepted
			from.Fields(n, map[string]func(*yamltree.Node){
				"operation": checked(from, &a.Operation, checkOperation), "kind": checked(from, &a.Kind, checkKind), "field": from.Text(&a.Field),
				"reason": from.Text(&a.Reason), "expires": from.Day(&a.Expires),
			})
			from.Needs(n, "reason")
			*r = append(*r, a)
		}),
	})
}

// checked reads a text that has to pass a check.
func checked(r rules.Reader, into *string, check func(string) error) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		r.Text(into)(n)
		if err := check(n.Text); err != nil && n.Kind == yamltree.KindString {
			r.Problems.Add(n.Position, "%v", err)
		}
	}
}
