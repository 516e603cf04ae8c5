package pull

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// maxRounds is how often a tree is loaded. Each round reports up to a thousand problems.
const maxRounds = 50

// load loads a tree. Where the fake is stricter than Attio was when something was written, that is left out, so that the result is always
// a valid scenario; load says what and why.
func load(tree *yamltree.Mapping) (*world.Seed, []string, error) {
	var left []string
	for range maxRounds {
		var b strings.Builder
		_ = yamltree.WriteYAML(&b, tree) // never fails
		text := b.String()
		seed, err := scenario.LoadOnce(text)
		if err == nil {
			return seed, left, nil
		}
		wrong, ok := errors.AsType[*scenario.Error](err)
		if !ok {
			return nil, nil, err
		}
		root, removed := parse(text), 0
		for _, problem := range wrong.Problems {
			path := removable(pathAt(root, problem.Line, problem.Column))
			if path != nil && remove(tree, path) {
				left = append(left, fmt.Sprintf("%s: %s", strings.Join(path, "/"), problem.Message))
				removed++
			}
		}
		if removed == 0 {
			return nil, nil, err
		}
	}
	return nil, nil, errors.New("the fake refuses too much of the workspace to write it as a scenario")
}

// removables are the parts of a workspace that can be left out, with * for any key, the largest first.
var removables = []string{
	"objects/*", "objects/*/attributes/*", "objects/*/attributes/*/*", "objects/*/views/*",
	"objects/*/records/*", "objects/*/records/*/*", "objects/*/records/*/history/*",
	"lists/*", "lists/*/attributes/*", "lists/*/attributes/*/*", "lists/*/views/*", "lists/*/member_access",
	"lists/*/entries/*", "lists/*/entries/*/*", "lists/*/entries/*/history/*",
	"notes/*", "notes/*/tags", "tasks/*", "tasks/*/assignees", "tasks/*/linked_records", "threads/*", "threads/*/replies/*", "webhooks/*", "logo_url",
}

// needed are keys without which what they belong to makes no sense.
var needed = []string{"type", "record", "history", "id", "options", "statuses"}

// removable returns the smallest part of a workspace that contains a place and can be left out, or nil.
func removable(path []string) []string {
	for n := len(path); n > 2; n-- {
		if slices.Contains(needed, path[n-1]) {
			continue
		}
		if slices.ContainsFunc(removables, func(pattern string) bool { return matches(strings.Split(pattern, "/"), path[2:n]) }) {
			return path[:n]
		}
	}
	return nil
}

func matches(pattern, path []string) bool {
	return slices.EqualFunc(pattern, path, func(want, got string) bool { return want == "*" || want == got })
}

// remove removes what is at a path, and reports whether it was there.
func remove(m *yamltree.Mapping, path []string) bool {
	i := slices.IndexFunc(m.Entries, func(e yamltree.Entry) bool { return e.Key == path[0] })
	if i < 0 {
		return false
	}
	if len(path) == 1 {
		m.Entries = slices.Delete(m.Entries, i, i+1)
		return true
	}
	below, ok := m.Entries[i].Value.(*yamltree.Mapping)
	return ok && remove(below, path[1:])
}
