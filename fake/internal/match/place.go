package match

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// Place is a workspace that a query may name.
type Place struct {
	Workspace string
	Tokens    []string // their names; nil if they are no longer known
}

func (p Place) has(token string) bool { return p.Tokens == nil || slices.Contains(p.Tokens, token) }

// CheckPlaces returns what is wrong with the workspace and the token of a query on a server with these places.
func (q Query) CheckPlaces(places []Place) error {
	if q.Workspace != "" && !slices.ContainsFunc(places, func(p Place) bool { return p.Workspace == q.Workspace }) {
		return errors.New(suggest.Unknown("workspace", q.Workspace, slugs(places)))
	}
	if q.Token == "" {
		return nil
	}
	slug, name, qualified := strings.Cut(q.Token, "/")
	if !qualified {
		slug, name = q.Workspace, q.Token
	}
	if q.Workspace != "" && slug != q.Workspace {
		return fmt.Errorf("the token %q does not belong to the workspace %q", q.Token, q.Workspace)
	}
	asked := slices.DeleteFunc(slices.Clone(places), func(p Place) bool { return slug != "" && p.Workspace != slug })
	if len(asked) == 0 {
		return errors.New(suggest.Unknown("workspace", slug, slugs(places)))
	}
	if slices.ContainsFunc(asked, func(p Place) bool { return p.has(name) }) {
		return nil
	}
	var known []string
	for _, p := range asked {
		for _, token := range p.Tokens {
			if qualified {
				token = p.Workspace + "/" + token
			}
			if !slices.Contains(known, token) {
				known = append(known, token)
			}
		}
	}
	return errors.New(suggest.Unknown("token", q.Token, known))
}

func slugs(places []Place) []string {
	all := make([]string, 0, len(places))
	for _, p := range places {
		if !slices.Contains(all, p.Workspace) {
			all = append(all, p.Workspace)
		}
	}
	return all
}
