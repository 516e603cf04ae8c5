package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// Usage is which operations, statuses and scopes clients have used since the server started, or since ClearUsage.
type Usage struct {
	server *Server
	inner  control.Usage
}

// Usage returns what clients have used. Unlike Requests it forgets nothing.
func (s *Server) Usage() Usage { return Usage{s, s.control.Usage()} }

// ClearUsage starts the count again.
func (s *Server) ClearUsage() { s.control.ClearUsage() }

// Requests returns how often an operation was called, or all of a resource: "records.*".
func (u Usage) Requests(operation string) int {
	u.server.helper()
	if err := match.Operation(operation); err != nil {
		u.server.fatalf("fake: usage: %v", err)
	}
	n := 0
	for _, op := range u.inner.Operations {
		if attio.Names(operation, op.Operation) {
			n += op.Requests
		}
	}
	return n
}

// Operations lists the operations that were called, in the order of Attio's documentation.
func (u Usage) Operations() []string {
	var names []string
	for _, op := range u.inner.Operations {
		names = append(names, op.Operation)
	}
	return names
}

// Unused lists the operations of the fake that no client called.
func (u Usage) Unused() []string { return slices.Clone(u.inner.Unused) }

// Saw reports whether a client got an answer with a status: Saw(429).
func (u Usage) Saw(status int) bool {
	return slices.ContainsFunc(u.inner.Operations, func(op control.OperationUsage) bool { return op.Statuses[status] > 0 })
}

// Unneeded lists the scopes that a token has, "acme/full" or "full", and that no successful request with it needed; of
// tokens of several workspaces with one name, those that none of them needed.
func (u Usage) Unneeded(token string) []string {
	u.server.helper()
	asked := match.Query{Token: token}
	var places []match.Place
	var scopes []string
	found := false
	for _, t := range u.inner.Tokens {
		places = append(places, match.Place{Workspace: t.Workspace, Tokens: []string{t.Token}})
		if !asked.Matches(match.Request{Workspace: t.Workspace, Token: t.Token}) {
			continue
		}
		unneeded := texts(t.Unneeded)
		if found {
			unneeded = slices.DeleteFunc(scopes, func(scope string) bool { return !slices.Contains(unneeded, scope) })
		}
		scopes, found = unneeded, true
	}
	if err := asked.CheckPlaces(places); err != nil {
		u.server.fatalf("fake: usage: %v", err)
	}
	return scopes
}
