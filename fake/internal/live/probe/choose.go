package probe

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// implied are the probes without which what is kept under a name is not what other probes expect, as the beginnings of their ids.
var implied = lazy.Of[map[string][]string]{Make: func() map[string][]string {
	return map[string][]string{
		"object":   {"attributes.create", "statuses.create", "options.create", "options.update"},
		"list":     {"list_attributes.create"},
		"activity": {"attributes.activity_create"},
	}
}}

// Choose returns the probes of the suite that are wanted, by id or as "records.*", in order: with those that make what they are
// about, and those that remove it. Without names all are wanted, and without write those that make sense if nothing is written.
func Choose(only []string, write bool) ([]Probe, error) {
	suite := Suite()
	if !write {
		suite = Reading()
	}
	if len(only) == 0 {
		return suite, nil
	}
	wanted := map[string]bool{}
	for _, p := range identity.Get() {
		wanted[p.ID] = true
	}
	for _, name := range only {
		if err := want(suite, name, wanted); err != nil {
			return nil, err
		}
	}
	for before := 0; before != len(wanted); {
		before = len(wanted)
		require(suite, wanted)
	}
	return slices.DeleteFunc(suite, func(p Probe) bool { return !wanted[p.ID] }), nil
}

// want adds the probes that a name means.
func want(suite []Probe, name string, wanted map[string]bool) error {
	found := false
	for _, p := range suite {
		if attio.Names(name, p.ID) {
			wanted[p.ID], found = true, true
		}
	}
	if found {
		return nil
	}
	var ids []string
	for _, p := range Suite() {
		if attio.Names(name, p.ID) {
			return errors.New("the probe " + name + " " + needsWrite)
		}
		ids = append(ids, p.ID)
	}
	return errors.New(suggest.Unknown("probe", name, ids))
}

// require adds the probes that the wanted ones need.
func require(suite []Probe, wanted map[string]bool) {
	needed, made := map[string]bool{}, map[string]bool{}
	for _, p := range suite {
		if !wanted[p.ID] {
			continue
		}
		for _, name := range p.names() {
			needed[name] = true
		}
		for _, c := range p.Calls {
			if c.makes != "" {
				made[c.makes] = true
			}
		}
	}
	for _, p := range suite {
		for _, c := range p.Calls {
			keeps := slices.ContainsFunc(slices.Collect(maps.Keys(c.keep)), func(name string) bool { return needed[name] })
			if keeps || made[c.removes] {
				wanted[p.ID] = true
			}
		}
		for name, beginnings := range implied.Get() {
			if needed[name] && slices.ContainsFunc(beginnings, func(beginning string) bool { return strings.HasPrefix(p.ID, beginning) }) {
				wanted[p.ID] = true
			}
		}
	}
}
