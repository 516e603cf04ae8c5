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

// CheckQuestion returns what is wrong with what the journal is asked. It may ask for workspaces and tokens that
// are gone.
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

// places lists the workspaces and tokens of the requests.
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

// AddFault adds a rule, and refuses one that could never hit anything on this server.
func (h *Handler) AddFault(rule fault.Rule) (string, error) {
	if err := errors.Join(rule.Check(), rule.Query().CheckPlaces(h.Places())); err != nil {
		return "", err
	}
	return h.faults.Add(rule)
}

// Committed does nothing, for a world.Watcher.
func (h *Handler) Committed(world.Commit) {}

// Added does nothing, for a world.Watcher: no workspace ever had the slug of a new one.
func (h *Handler) Added(*world.Workspace) {}

// Removed takes the faults and the counts of a workspace away, for a world.Watcher.
func (h *Handler) Removed(*world.Workspace) { h.retain() }

// WasReset takes the faults and the counts of workspaces away that are gone, for a world.Watcher. The clock may have
// been put back, so that the limits begin anew.
func (h *Handler) WasReset() {
	h.retain()
	h.limits.Reset()
}

// retain forgets what is about workspaces that are gone.
func (h *Handler) retain() {
	h.faults.Retain(h.there)
	h.limits.Retain(h.there)
	h.usage.retain(h.there)
}

// there reports whether there is a workspace with a slug.
func (h *Handler) there(slug string) bool {
	_, ok := h.world.Workspace(slug)
	return ok
}
