package scenario

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// faultsOf returns all rules by which requests go wrong: those of the workspaces, and then those of all. Their ids are
// those of their places in the file.
func faultsOf(doc *document, ps *yamltree.Problems) []fault.Rule {
	random := int64(defaultRandom)
	if doc.Seed != nil {
		random = *doc.Seed
	}
	var rules []fault.Rule
	places := make(map[string]match.Place)
	var all []match.Place
	for _, w := range doc.Workspaces.items {
		place := match.Place{Workspace: w.key, Tokens: w.value.Tokens.keys()}
		places[w.key], all = place, append(all, place)
		for i := range w.value.Faults.items {
			f := &w.value.Faults.items[i]
			rules = append(rules, f.value.rules(f.at, w.key+"/faults/"+f.key, w.key, []match.Place{place}, random, ps)...)
		}
	}
	for i := range doc.Faults.items {
		f := &doc.Faults.items[i]
		asked := all
		of := string(f.value.Workspace)
		if place, ok := places[of]; ok {
			asked = []match.Place{place}
		} else if of != "" {
			ps.AddUnknown(f.value.at("workspace"), "workspace", of, doc.Workspaces.keys())
			of = "" // the token may be that of any
		}
		rules = append(rules, f.value.rules(f.at, "faults/"+f.key, of, asked, random, ps)...)
	}
	return rules
}

// rules returns the rule that a fault is, unless it has a mistake.
func (f *faultRule) rules(at yamltree.Position, id, workspace string, places []match.Place, random int64, ps *yamltree.Problems) []fault.Rule {
	if f.Fault == "" {
		return nil // which is reported
	}
	if f.Seed != nil {
		random = *f.Seed
	}
	rule := fault.Rule{
		ID: id, Workspace: workspace, Seed: random,
		Kind: fault.Kind(f.Fault), Operation: f.Operation, Method: f.Method, Path: f.Path, Token: f.Token, Status: int(f.Status),
		After: int(f.After), Every: int(f.Every), Times: int(f.Times), Probability: float64(f.Probability), Delay: fault.Duration(f.Delay),
	}
	if err := rule.Query().CheckPlaces(places); err != nil {
		ps.Add(f.at("token"), "%v", err)
	}
	if err := rule.Check(); err != nil {
		ps.Add(at, "%s", strings.ReplaceAll(err.Error(), "\n", "; "))
		return nil
	}
	return []fault.Rule{rule}
}
