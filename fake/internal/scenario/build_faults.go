package scenario

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
)

// faultsOf returns all rules by which requests go wrong: those of the workspaces, and then those of all. Their ids are
// those of their places in the file.
func faultsOf(doc *document, ps *problems) []fault.Rule {
	random := int64(defaultRandom)
	if doc.Seed != nil {
		random = *doc.Seed
	}
	var rules []fault.Rule
	var tokens []string // of all workspaces
	for _, w := range doc.Workspaces.items {
		own := w.value.Tokens.keys()
		tokens = append(tokens, own...)
		for i := range w.value.Faults.items {
			f := &w.value.Faults.items[i]
			rules = append(rules, f.value.rules(f.at, w.key+"/faults/"+f.key, w.key, own, random, ps)...)
		}
	}
	for i := range doc.Faults.items {
		f := &doc.Faults.items[i]
		of, known := string(f.value.Workspace), tokens
		if w, ok := doc.Workspaces.get(of); ok {
			known = w.Tokens.keys()
		} else if of != "" {
			ps.addUnknown(f.value.at("workspace"), "workspace", of, doc.Workspaces.keys())
		}
		rules = append(rules, f.value.rules(f.at, "faults/"+f.key, of, known, random, ps)...)
	}
	return rules
}

// rules returns the rule that a fault is, unless it has a mistake.
func (f *faultRule) rules(at position, id, workspace string, tokens []string, random int64, ps *problems) []fault.Rule {
	if f.Fault == "" {
		return nil // which is reported
	}
	if token := string(f.Token); token != "" && !slices.Contains(tokens, token) {
		ps.addUnknown(f.at("token"), "token", token, tokens)
	}
	if f.Seed != nil {
		random = *f.Seed
	}
	rule := fault.Rule{
		ID: id, Workspace: workspace, Seed: random,
		Kind: fault.Kind(f.Fault), Operation: f.Operation, Method: f.Method, Path: f.Path, Token: string(f.Token),
		After: int(f.After), Every: int(f.Every), Times: int(f.Times), Probability: float64(f.Probability), Delay: fault.Duration(f.Delay),
	}
	if err := rule.Check(); err != nil {
		ps.add(at, "%s", strings.ReplaceAll(err.Error(), "\n", "; "))
		return nil
	}
	return []fault.Rule{rule}
}
