package chaos

import (
	"cmp"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// Rules say which verdicts are acceptable. Without any, Survived and FailedRecovers are.
type Rules struct {
	Must      []Must
	Accepted  []Accepted
	Normalise []string // what is not compared: "people.synced_at", or "notes" for all of them
}

// Must is the verdict that the runs of some operations and faults have to reach, or a better one. Of several the last counts.
type Must struct {
	Operation string // "records.create", "records.*", "webhooks", "server", or "" for all
	Fault     string // or "" for all
	Verdict   Verdict
}

// Accepted is a finding that is known.
type Accepted struct {
	Operation string
	Fault     string
	Verdict   Verdict // or "" for all
	Reason    string
	Expires   time.Time // the first moment at which it is not accepted any more; zero for never
}

// accept judges a run by its verdict.
func (r Rules) accept(run *Run, now time.Time) {
	needed := FailedRecovers
	for _, m := range r.Must {
		if run.covered(m.Operation, m.Fault) {
			needed = m.Verdict
		}
	}
	if run.Accepted = rank(run.Verdict) <= rank(needed); run.Accepted {
		return
	}
	run.Reason = fmt.Sprintf("it must reach %s", needed)
	for _, a := range r.Accepted {
		if !run.covered(a.Operation, a.Fault) || a.Verdict != "" && a.Verdict != run.Verdict {
			continue
		}
		if a.Expires.IsZero() || now.Before(a.Expires) {
			run.Accepted, run.Reason = true, a.Reason
			return
		}
		run.Reason = fmt.Sprintf("it was accepted until %s: %s", a.Expires.Add(-time.Nanosecond).Format(time.DateOnly), a.Reason)
	}
}

func rank(v Verdict) int { return slices.Index(Verdicts(), v) }

// Check returns what is wrong with the words of a rule.
func (r Rules) Check() error {
	for _, m := range r.Must {
		if err := check(m.Operation, m.Fault, m.Verdict); err != nil {
			return err
		}
	}
	for _, a := range r.Accepted {
		if err := check(a.Operation, a.Fault, cmp.Or(a.Verdict, Survived)); err != nil {
			return err
		}
		if a.Reason == "" {
			return fmt.Errorf("the accepted finding %s:%s has no reason; say why it is acceptable", a.Operation, a.Fault)
		}
	}
	return nil
}

func check(operation, fault string, verdict Verdict) error {
	if err := (Case{Operation: operation, Fault: fault}).check(); err != nil {
		return err
	}
	if rank(verdict) < 0 {
		return fmt.Errorf("%s", suggest.Unknown("verdict", string(verdict), words(Verdicts())))
	}
	return nil
}

func words[S ~string](all []S) []string {
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = string(s)
	}
	return texts
}

// readDay returns the moment at which what is accepted until a day is not accepted any more: the end of that day.
func readDay(text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return day, fmt.Errorf("%q is no day; write one such as 2027-03-31", text)
	}
	return day.AddDate(0, 0, 1), nil
}

// untilDay is the end of a reason that says when a finding is not accepted any more.
var untilDay = regexp.MustCompile(`^(.*?)[,;]? until (\S+)$`)

// ParseAccepted reads an accepted finding as a flag has it: "records.create:answer-lost=cleaned up at night, until 2027-03-31".
// Operation or fault may be missing, and so may the day.
func ParseAccepted(text string) (Accepted, error) {
	of, reason, ok := strings.Cut(text, "=")
	if !ok || reason == "" {
		return Accepted{}, fmt.Errorf("an accepted finding is OPERATION:FAULT=REASON, such as %q, not %q", "records.create:answer-lost=cleaned up at night, until 2027-03-31", text)
	}
	operation, fault, err := parseRule(of)
	if err != nil {
		return Accepted{}, err
	}
	a := Accepted{Operation: operation, Fault: fault, Reason: reason}
	if found := untilDay.FindStringSubmatch(reason); found != nil {
		if a.Expires, err = readDay(found[2]); err != nil {
			return Accepted{}, err
		}
		a.Reason = found[1]
	}
	return a, nil
}

// ParseMust reads the verdict that runs have to reach as a flag has it: "records.create:rate-limited=survived". Operation or fault
// may be missing.
func ParseMust(text string) (Must, error) {
	of, verdict, ok := strings.Cut(text, "=")
	if !ok {
		return Must{}, fmt.Errorf("the verdict that must be reached is OPERATION:FAULT=VERDICT, such as records.create:rate-limited=survived, not %q", text)
	}
	operation, fault, err := parseRule(of)
	return Must{operation, fault, Verdict(verdict)}, err
}

// parseRule reads what a rule is for: all calls of some operations and faults.
func parseRule(text string) (operation, fault string, err error) {
	c, err := ParseCase(text)
	if err == nil && c.Call > 0 {
		err = fmt.Errorf("%q names one call; a rule is for all calls of %s", text, c.Operation)
	}
	return c.Operation, c.Fault, err
}

// ReadRules reads rules from a file:
//
//	must:
//	  - {operation: records.create, fault: answer-lost, verdict: survived}
//	accept:
//	  - {operation: records.query, fault: hang, verdict: hung, reason: the client is patient, expires: 2027-03-31}
//	normalise: [people.synced_at]
func ReadRules(path string) (Rules, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return Rules{}, fmt.Errorf("%s cannot be read", path)
	}
	return parseRules(path, source)
}

func parseRules(name string, source []byte) (Rules, error) {
	var problems yamltree.Problems
	var rules Rules
	root := yamltree.Parse(&yamltree.File{Name: name}, source, &problems)
	if root == nil {
		return rules, problems.Err()
	}
	r := reader{&problems}
	r.fields(root, map[string]func(*yamltree.Node){
		"must": r.each(func(n *yamltree.Node) {
			var m Must
			r.fields(n, map[string]func(*yamltree.Node){"operation": r.operation(&m.Operation), "fault": r.word("fault", &m.Fault, Faults()), "verdict": r.verdict(&m.Verdict)})
			r.needs(n, "verdict")
			rules.Must = append(rules.Must, m)
		}),
		"accept": r.each(func(n *yamltree.Node) {
			var a Accepted
			r.fields(n, map[string]func(*yamltree.Node){
				"operation": r.operation(&a.Operation), "fault": r.word("fault", &a.Fault, Faults()), "verdict": r.verdict(&a.Verdict),
				"reason": r.text(&a.Reason), "expires": r.day(&a.Expires),
			})
			r.needs(n, "reason")
			rules.Accepted = append(rules.Accepted, a)
		}),
		"normalise": r.each(func(n *yamltree.Node) {
			var name string
			r.text(&name)(n)
			rules.Normalise = append(rules.Normalise, name)
		}),
	})
	return rules, problems.Err()
}

// reader reads the nodes of a file of rules.
type reader struct{ problems *yamltree.Problems }

// fields reads a mapping, each key with its own function.
func (r reader) fields(n *yamltree.Node, read map[string]func(*yamltree.Node)) {
	if n.Kind != yamltree.KindMapping {
		r.problems.Add(n.Position, "expected a mapping, not %s", n.Kind)
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
			r.problems.AddUnknown(f.At, "key", f.Name, known)
		}
	}
}

// needs reports keys that are missing.
func (r reader) needs(n *yamltree.Node, names ...string) {
	for _, name := range names {
		if _, ok := n.Get(name); !ok && n.Kind == yamltree.KindMapping {
			r.problems.Add(n.Position, "%s is missing", name)
		}
	}
}

func (r reader) each(read func(*yamltree.Node)) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		if n.Kind != yamltree.KindSequence {
			r.problems.Add(n.Position, "expected a list, not %s", n.Kind)
		}
		for _, item := range n.Items {
			read(item)
		}
	}
}

func (r reader) text(into *string) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		if n.Kind != yamltree.KindString || n.Text == "" {
			r.problems.Add(n.Position, "expected a text, not %s", n.Kind)
		}
		*into = n.Text
	}
}

func (r reader) word(what string, into *string, known []string) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		r.text(into)(n)
		if n.Kind == yamltree.KindString && !slices.Contains(known, n.Text) {
			r.problems.AddUnknown(n.Position, what, n.Text, known)
		}
	}
}

func (r reader) verdict(into *Verdict) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		r.word("verdict", (*string)(into), words(Verdicts()))(n)
	}
}

func (r reader) operation(into *string) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		r.text(into)(n)
		if err := checkOperation(n.Text); err != nil && n.Kind == yamltree.KindString {
			r.problems.Add(n.Position, "%v", err)
		}
	}
}

func (r reader) day(into *time.Time) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		day, err := readDay(n.Text)
		if err != nil {
			r.problems.Add(n.Position, "%v", err)
		}
		*into = day
	}
}
