package chaos

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/rules"
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
		run.Reason = rules.Lapsed(a.Expires, a.Reason)
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
	a := Accepted{Operation: operation, Fault: fault}
	a.Reason, a.Expires, err = rules.Reason(reason)
	return a, err
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
	var all Rules
	err := rules.Read(path, all.read)
	return all, err
}

// read reads the tree of a file.
func (r *Rules) read(base rules.Reader, root *yamltree.Node) {
	from := reader{base}
	from.Fields(root, map[string]func(*yamltree.Node){
		"must": from.Each(func(n *yamltree.Node) {
			var m Must
			from.Fields(n, map[string]func(*yamltree.Node){"operation": from.operation(&m.Operation), "fault": from.Word("fault", &m.Fault, Faults()), "verdict": from.verdict(&m.Verdict)})
			from.Needs(n, "verdict")
			r.Must = append(r.Must, m)
		}),
		"accept": from.Each(func(n *yamltree.Node) {
			var a Accepted
			from.Fields(n, map[string]func(*yamltree.Node){
				"operation": from.operation(&a.Operation), "fault": from.Word("fault", &a.Fault, Faults()), "verdict": from.verdict(&a.Verdict),
				"reason": from.Text(&a.Reason), "expires": from.Day(&a.Expires),
			})
			from.Needs(n, "reason")
			r.Accepted = append(r.Accepted, a)
		}),
		"normalise": from.Each(func(n *yamltree.Node) {
			var name string
			from.Text(&name)(n)
			r.Normalise = append(r.Normalise, name)
		}),
	})
}

// reader adds the words of such rules.
type reader struct{ rules.Reader }

func (r reader) verdict(into *Verdict) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		r.Word("verdict", (*string)(into), words(Verdicts()))(n)
	}
}

func (r reader) operation(into *string) func(*yamltree.Node) {
	return func(n *yamltree.Node) {
		r.Text(into)(n)
		if err := checkOperation(n.Text); err != nil && n.Kind == yamltree.KindString {
			r.Problems.Add(n.Position, "%v", err)
		}
	}
}
