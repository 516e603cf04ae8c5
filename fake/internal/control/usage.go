package control

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Usage is what clients have used since the server started or the usage was cleared.
type Usage struct {
	Operations []OperationUsage `json:"operations"` // those that were called, in the order of Attio's documentation
	Unused     []string         `json:"unused"`     // the built operations that were not called
	Errors     []ErrorUsage     `json:"errors"`     // the errors that clients got
	Tokens     []TokenUsage     `json:"tokens"`     // the tokens that clients used
}

// OperationUsage is how often an operation was called.
type OperationUsage struct {
	Operation string      `json:"operation"` // its name
	Requests  int         `json:"requests"`  // how often it was called
	Statuses  map[int]int `json:"statuses"`  // how often each was answered; 0 stands for no answer
}

// ErrorUsage is how often an error was answered, over all operations.
type ErrorUsage struct {
	Status   int    `json:"status"`   // 0 if there was no answer
	Code     string `json:"code"`     // empty if the error is not Attio's
	Requests int    `json:"requests"` // how often it was answered
}

// TokenUsage is what a token was used for.
type TokenUsage struct {
	Workspace string        `json:"workspace"` // its slug
	Token     string        `json:"token"`     // its name
	Requests  int           `json:"requests"`  // how many it was sent with
	Used      []attio.Scope `json:"used"`      // the scopes that its successful requests needed
	Unneeded  []attio.Scope `json:"unneeded"`  // the token's other scopes, including a read-write scope that was only used to read
}

// usage counts requests. Its zero value is ready to use.
type usage struct {
	mu     sync.Mutex
	calls  map[callKey]int
	tokens map[tokenKey]*tokenCount
}

type callKey struct {
	operation string
	status    int
	code      string
}

type tokenKey struct{ workspace, token string }

type tokenCount struct {
	requests int
	used     map[attio.Scope]bool
}

func (u *usage) add(e *Entry) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.calls == nil {
		u.calls, u.tokens = make(map[callKey]int), make(map[tokenKey]*tokenCount)
	}
	u.calls[callKey{e.Operation, e.Status, e.Code}]++
	if e.Token == "" {
		return
	}
	key := tokenKey{e.Workspace, e.Token}
	count := u.tokens[key]
	if count == nil {
		count = &tokenCount{used: make(map[attio.Scope]bool)}
		u.tokens[key] = count
	}
	count.requests++
	if e.Status < http.StatusBadRequest {
		for _, scope := range e.Scopes {
			count.used[scope] = true
		}
	}
}

// retain drops the tokens of workspaces that are gone.
func (u *usage) retain(there func(workspace string) bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	maps.DeleteFunc(u.tokens, func(key tokenKey, _ *tokenCount) bool { return !there(key.workspace) })
}

// Usage returns what clients have used.
func (h *Handler) Usage() Usage {
	u := &h.usage
	u.mu.Lock()
	defer u.mu.Unlock()
	result := Usage{Operations: []OperationUsage{}, Unused: []string{}, Tokens: []TokenUsage{}}
	for _, op := range attio.AllOperations() {
		used := OperationUsage{Operation: op.Name, Statuses: make(map[int]int)}
		for key, n := range u.calls {
			if key.operation == op.Name {
				used.Requests += n
				used.Statuses[key.status] += n
			}
		}
		switch {
		case used.Requests > 0:
			result.Operations = append(result.Operations, used)
		case api.Built(op):
			result.Unused = append(result.Unused, op.Name)
		}
	}
	result.Errors = u.errors()
	for _, workspace := range h.world.Workspaces() {
		state := workspace.View()
		for token := range state.Tokens() {
			result.Tokens = append(result.Tokens, u.token(state.Slug, token.Name, token.Scopes))
		}
	}
	return result
}

// errors sums the errors over all operations.
func (u *usage) errors() []ErrorUsage {
	errors := []ErrorUsage{}
	for key, n := range u.calls {
		if key.status >= 200 && key.status < http.StatusBadRequest {
			continue
		}
		i := slices.IndexFunc(errors, func(e ErrorUsage) bool { return e.Status == key.status && e.Code == key.code })
		if i < 0 {
			i, errors = len(errors), append(errors, ErrorUsage{Status: key.status, Code: key.code})
		}
		errors[i].Requests += n
	}
	slices.SortFunc(errors, func(a, b ErrorUsage) int {
		return cmp.Or(cmp.Compare(a.Status, b.Status), cmp.Compare(a.Code, b.Code))
	})
	return errors
}

func (u *usage) token(workspace, name string, granted attio.ScopeSet) TokenUsage {
	token := TokenUsage{Workspace: workspace, Token: name, Used: []attio.Scope{}, Unneeded: []attio.Scope{}}
	count := u.tokens[tokenKey{workspace, name}]
	if count == nil {
		count = &tokenCount{}
	}
	token.Requests = count.requests
	for _, scope := range attio.AllScopes() {
		if count.used[scope] {
			token.Used = append(token.Used, scope)
		}
	}
	for _, scope := range granted.List() {
		if !count.used[scope] {
			token.Unneeded = append(token.Unneeded, scope)
		}
	}
	return token
}

// getUsage answers GET /_fake/usage.
func getUsage(h *Handler, _ *http.Request) (any, *refusal) { return h.Usage(), nil }

// clearUsage answers DELETE /_fake/usage.
func clearUsage(h *Handler, _ *http.Request) (any, *refusal) {
	h.ClearUsage()
	return nil, nil
}

// ClearUsage sets all counts to zero.
func (h *Handler) ClearUsage() {
	h.usage.mu.Lock()
	defer h.usage.mu.Unlock()
	h.usage.calls, h.usage.tokens = nil, nil
}
