package scenario

import (
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// faults returns the rules of a workspace by which requests go wrong. Their ids are those of their places in the file.
func (b *builder) faults() []fault.Rule {
	var rules []fault.Rule
	for i := range b.workspace.Faults.items {
		f := &b.workspace.Faults.items[i]
		if f.value.Fault == "" {
			continue // which is reported
		}
		rule := f.value.rule()
		rule.ID, rule.Workspace, rule.Seed = b.slug+"/faults/"+f.key, b.slug, b.random
		place := match.Place{Workspace: b.slug, Tokens: b.workspace.Tokens.keys()}
		if err := rule.Query().CheckPlaces([]match.Place{place}); err != nil {
			b.problems.add(f.value.at("token"), "%v", err)
		}
		if err := rule.Check(); err != nil {
			b.problems.add(f.at, "%s", strings.ReplaceAll(err.Error(), "\n", "; "))
			continue
		}
		rules = append(rules, rule)
	}
	return rules
}

func (f *faultRule) rule() fault.Rule {
	return fault.Rule{
		Kind: fault.Kind(f.Fault), Operation: f.Operation, Method: f.Method, Path: f.Path, Token: f.Token, Status: int(f.Status),
		After: int(f.After), Every: int(f.Every), Times: int(f.Times), Probability: float64(f.Probability), Delay: fault.Duration(f.Delay),
	}
}
