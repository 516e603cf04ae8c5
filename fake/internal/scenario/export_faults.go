package scenario

import (
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// faultSections are the faults of each workspace, and those of the whole file.
type faultSections struct {
	of    map[string]*yamltree.Mapping
	all   *yamltree.Mapping
	taken map[*yamltree.Mapping]map[string]bool
}

// sortFaults sorts the faults into their sections, so that they are read in an order in which the same one acts of two
// that hit one request: the older. One of a workspace that comes after one of all is among those of all too.
func sortFaults(rules []fault.Rule, workspaces []*world.State) faultSections {
	s := faultSections{of: make(map[string]*yamltree.Mapping), all: &yamltree.Mapping{Block: true}, taken: make(map[*yamltree.Mapping]map[string]bool)}
	for _, state := range workspaces {
		s.of[state.Slug] = &yamltree.Mapping{Block: true}
	}
	for _, r := range rules {
		switch own := s.of[r.Workspace]; {
		case !canHit(r, workspaces) || r.When != nil: // no file has the function of a test
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

// canHit reports whether there is the workspace or the token whose requests a rule is about. A workspace may be gone by now,
// or left out of the file.
func canHit(r fault.Rule, workspaces []*world.State) bool {
	return slices.ContainsFunc(workspaces, func(s *world.State) bool {
		place := match.Place{Workspace: s.Slug, Tokens: []string{}}
		for token := range s.Tokens() {
			place.Tokens = append(place.Tokens, token.Name)
		}
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
		m.Put("seed", integer(r.Seed)) // that of the file may be another
	}
	m.PutIf(r.Delay > 0, "delay", yamltree.Text(time.Duration(r.Delay).String()))
	return m
}
