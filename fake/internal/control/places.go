package control

import (
	"errors"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Places lists the workspaces with the names of their tokens.
func (h *Handler) Places() []match.Place {
	var places []match.Place
	for _, workspace := range h.world.Workspaces() {
		state := workspace.View()
		places = append(places, match.Place{Workspace: state.Slug, Tokens: state.TokenNames()})
	}
	return places
}

// CheckQuestion returns what is wrong with a query of the journal. Workspaces and tokens that are gone are allowed.
func (h *Handler) CheckQuestion(q match.Query) error {
	err := q.Check()
	if q.Workspace == "" && q.Token == "" {
		return err
	}
	places := h.Places()
	for _, past := range h.journal.places() {
		i := slices.IndexFunc(places, func(p match.Place) bool { return p.Workspace == past.Workspace })
		if i < 0 {
			places = append(places, past)
			continue
		}
		places[i].Tokens = append(places[i].Tokens, past.Tokens...)
	}
	there := slices.ContainsFunc(places, func(p match.Place) bool { return p.Workspace == q.Workspace })
	if !there && h.world.HadWorkspace(q.Workspace) {
		places = append(places, match.Place{Workspace: q.Workspace})
	}
	return errors.Join(err, q.CheckPlaces(places))
}

// places lists the workspaces and tokens that the journal's requests used.
func (j *Journal) places() []match.Place {
	j.mu.Lock()
	defer j.mu.Unlock()
	var places []match.Place
	seen := make(map[tokenKey]bool)
	for _, e := range j.entries {
		key := tokenKey{e.Workspace, e.Token}
		if e.Token == "" || seen[key] {
			continue
		}
		seen[key] = true
		places = append(places, match.Place{Workspace: e.Workspace, Tokens: []string{e.Token}})
	}
	return places
}

// AddFault adds a rule. It refuses a rule that could never hit anything on this server.
func (h *Handler) AddFault(rule fault.Rule) (string, error) {
	if err := errors.Join(rule.Check(), rule.Query().CheckPlaces(h.Places())); err != nil {
		return "", err
	}
	defer h.changed.ring()
	return h.faults.Add(rule)
}

// Committed implements world.Watcher.
func (h *Handler) Committed(world.Commit) { h.changed.ring() }

// Added implements world.Watcher. Slugs are never reused, so there is nothing to drop.
func (h *Handler) Added(*world.Workspace) { h.changed.ring() }

// Removed implements world.Watcher. It drops the faults and counts of the workspace.
func (h *Handler) Removed(*world.Workspace) {
	h.retain()
	h.changed.ring()
}

// WasReset implements world.Watcher. It drops the faults and counts of workspaces that are gone, and resets the
// limits because the clock may have gone back.
func (h *Handler) WasReset() {
	h.retain()
	h.limits.Reset()
	if h.shadow != nil {
		h.shadow.WasReset()
	}
	h.changed.ring()
}

// retain drops the faults, limits and counts of workspaces that are gone.
func (h *Handler) retain() {
	h.faults.Retain(h.there)
	h.limits.Retain(h.there)
	h.usage.retain(h.there)
}

// there reports whether a workspace with this slug exists.
func (h *Handler) there(slug string) bool {
	_, ok := h.world.Workspace(slug)
	return ok
}
