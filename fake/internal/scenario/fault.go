package scenario

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// faultRule is a fault of a workspace: which requests go wrong, and how.
type faultRule struct {
	placed
	Fault       faultKind `yaml:"fault,required,short" doc:"What goes wrong."`
	Operation   string    `yaml:"operation" doc:"An operation of docs/operations.md, like records.query, or all operations of a resource, like records.*. Defaults to every operation."`
	Method      string    `yaml:"method" doc:"An HTTP method."`
	Path        string    `yaml:"path" doc:"A pattern for the path, in which * stands for one segment, like /v2/objects/*/records. The query must match, too, if the pattern has one."`
	Token       string    `yaml:"token" doc:"A token of the workspace, by its name, with or without the workspace: full, acme/full. Defaults to every token."`
	Status      count     `yaml:"status" doc:"The status of the answer, for answer-lost, cut-off and invalid-json, which wait for the answer. Defaults to every status."`
	After       count     `yaml:"after" doc:"How many requests pass unharmed first."`
	Every       count     `yaml:"every" doc:"Every how many of the requests after those goes wrong. Defaults to 1, each of them."`
	Times       count     `yaml:"times" doc:"How many requests go wrong at most. Unlimited by default."`
	Probability chance    `yaml:"probability" doc:"The probability that such a request goes wrong, above 0 and below 1. The draws repeat with the scenario's seed. By default all go wrong."`
	Seed        *int64    `yaml:"seed" doc:"The seed of the draws. Defaults to the scenario's seed."`
	Delay       delay     `yaml:"delay" doc:"How long to wait before anything else happens, in real time, like 250ms."`
}

// anyFault is a fault that is not bound to a workspace.
type anyFault struct {
	faultRule `yaml:"inline"`
	Workspace slug `yaml:"workspace" doc:"The slug of the workspace whose requests it applies to. Defaults to all workspaces."`
}

// faultKind is what goes wrong.
type faultKind string

func (faultKind) words() (string, []string) { return "fault", asStrings(fault.Kinds()) }

// count is a positive whole number.
type count int

func (c *count) decode(d *decoder, f yamltree.Field) {
	n, err := strconv.Atoi(f.Value.Text)
	if f.Value.Kind != yamltree.KindNumber || err != nil || n < 1 {
		d.problems.Add(f.Value.Position, "%s must be a whole number from 1", suggest.Quote(f.Name))
		return
	}
	*c = count(n)
}

func (*count) schema() schema { return schema{"type": "integer", "minimum": 1} }

// chance is a probability above 0 and below 1.
type chance float64

func (c *chance) decode(d *decoder, f yamltree.Field) {
	p, err := strconv.ParseFloat(f.Value.Text, 64)
	if f.Value.Kind != yamltree.KindNumber || err != nil || !(p > 0 && p < 1) {
		d.problems.Add(f.Value.Position, "%s must be a number above 0 and below 1", suggest.Quote(f.Name))
		return
	}
	*c = chance(p)
}

func (*chance) schema() schema {
	return schema{"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
}

// delay is a duration as Go writes it.
type delay time.Duration

func (l *delay) decode(d *decoder, f yamltree.Field) {
	parsed, err := time.ParseDuration(f.Value.Text)
	if f.Value.Kind != yamltree.KindString || err != nil || parsed <= 0 {
		d.problems.Add(f.Value.Position, "%s must be a duration above zero, like 250ms or 2s", suggest.Quote(f.Name))
		return
	}
	*l = delay(parsed)
}

func (*delay) schema() schema {
	return schema{"type": "string", "pattern": `^\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)`}
}

// faultsOf returns all faults as rules: those of each workspace, and then those of all. Their ids are their paths in the
// file.
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

// rules returns the rule of a fault, or none if there is a problem.
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

// faultSections are the sections of faults: of each workspace, and of the whole file.
type faultSections struct {
	of    map[string]*yamltree.Mapping
	all   *yamltree.Mapping
	taken map[*yamltree.Mapping]map[string]bool
}

// sortFaults sorts the faults into sections such that, once loaded, the same one of two that match a request acts: the older.
// A fault of a workspace that comes after one of all workspaces therefore goes into the section of the whole file.
func sortFaults(rules []fault.Rule, workspaces []*world.State) faultSections {
	s := faultSections{of: make(map[string]*yamltree.Mapping), all: &yamltree.Mapping{Block: true}, taken: make(map[*yamltree.Mapping]map[string]bool)}
	for _, state := range workspaces {
		s.of[state.Slug] = &yamltree.Mapping{Block: true}
	}
	for _, r := range rules {
		switch own := s.of[r.Workspace]; {
		case !canHit(r, workspaces) || r.When != nil: // a file cannot hold a function of a test
		case own != nil && len(s.all.Entries) == 0:
			s.put(own, r, r.Workspace+"/faults/", faultOf(r))
		default:
			m := faultOf(r)
			m.PutIf(r.Workspace != "", "workspace", yamltree.Text(r.Workspace))
			s.put(s.all, r, "faults/", m)
		}
	}
	return s
}

func (e *exporter) faultRules() any { return e.faults }

// canHit reports whether the workspace and the token of a rule exist. A workspace may be gone by now, or not be exported.
func canHit(r fault.Rule, workspaces []*world.State) bool {
	return slices.ContainsFunc(workspaces, func(s *world.State) bool {
		place := match.Place{Workspace: s.Slug, Tokens: s.TokenNames()}
		return r.Query().CheckPlaces([]match.Place{place}) == nil
	})
}

func (s *faultSections) put(section *yamltree.Mapping, r fault.Rule, prefix string, m *yamltree.Mapping) {
	key := strings.TrimPrefix(r.ID, prefix)
	if !nameForm.MatchString(key) {
		key = cleanKey(key, "fault")
	}
	if s.taken[section] == nil {
		s.taken[section] = make(map[string]bool)
	}
	key = freeKey(key, s.taken[section])
	s.taken[section][key] = true
	section.Put(key, shortened(m))
}

func faultOf(r fault.Rule) *yamltree.Mapping {
	m := yamltree.MappingOf("fault", yamltree.Text(r.Kind))
	m.PutIf(r.Operation != "", "operation", yamltree.Text(r.Operation))
	m.PutIf(r.Method != "", "method", yamltree.Text(r.Method))
	m.PutIf(r.Path != "", "path", yamltree.Text(r.Path))
	m.PutIf(r.Token != "", "token", yamltree.Text(r.Token))
	m.PutIf(r.Status > 0, "status", number(float64(r.Status)))
	m.PutIf(r.After > 0, "after", number(float64(r.After)))
	m.PutIf(r.Every > 0, "every", number(float64(r.Every)))
	m.PutIf(r.Times > 0, "times", number(float64(r.Times)))
	if r.Probability > 0 {
		m.Put("probability", number(r.Probability))
		m.Put("seed", integer(r.Seed)) // the file's may differ
	}
	m.PutIf(r.Delay > 0, "delay", yamltree.Text(time.Duration(r.Delay).String()))
	return m
}
