package control

import (
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// health answers GET /_fake/health.
func health(*Handler, *http.Request) (any, *refusal) {
	return map[string]string{"status": "ok"}, nil
}

// Workspace is one workspace in the answer of GET /_fake/workspaces.
type Workspace struct {
	Slug    string   `json:"slug"`
	ID      attio.ID `json:"id"`
	Name    string   `json:"name"`
	Members []Member `json:"members"`
	Tokens  []Token  `json:"tokens"`
}

// Member is a workspace member, with the key of its user in the scenario.
type Member struct {
	ID           attio.ID          `json:"id"`
	User         string            `json:"user"`
	EmailAddress string            `json:"email_address"`
	AccessLevel  world.AccessLevel `json:"access_level"`
}

// Token is a token with its value.
type Token struct {
	Name   string        `json:"name"`
	Level  string        `json:"token_level,omitempty"` // "user" of a token that acts for one
	Token  string        `json:"token"`
	Scopes []attio.Scope `json:"scopes"`
}

// workspacesAnswer is the answer of GET /_fake/workspaces.
type workspacesAnswer struct {
	Workspaces []Workspace `json:"workspaces"`
}

// listWorkspaces answers GET /_fake/workspaces.
func listWorkspaces(h *Handler, _ *http.Request) (any, *refusal) {
	workspaces := []Workspace{}
	for _, workspace := range h.world.Workspaces() {
		workspaces = append(workspaces, describe(workspace.View()))
	}
	return workspacesAnswer{workspaces}, nil
}

func describe(state *world.State) Workspace {
	w := Workspace{Slug: state.Slug, ID: state.ID, Name: state.Name, Members: []Member{}, Tokens: []Token{}}
	for member := range state.Members() {
		w.Members = append(w.Members, Member{member.ID, member.User.Key, member.User.Email, member.Access})
	}
	for token := range state.Tokens() {
		shown := Token{Name: token.Name, Token: token.Value, Scopes: token.Scopes.List()}
		if token.OfUser() {
			shown.Level = string(token.Level)
		}
		w.Tokens = append(w.Tokens, shown)
	}
	return w
}

// Operation is one operation of Attio's API in the answer of GET /_fake/operations.
type Operation struct {
	Name        string        `json:"name"`
	Method      string        `json:"method"`
	Path        string        `json:"path"`
	Scopes      []attio.Scope `json:"scopes"`
	TokenLevels []string      `json:"token_levels"`                  // "workspace", "user"
	PerSecond   int           `json:"requests_per_second,omitempty"` // its own rate limit
	Denial      string        `json:"denial,omitempty"`              // what Attio says to a token that lacks the permission
	Built       bool          `json:"built"`
	Reason      string        `json:"reason,omitempty"` // why it is not built
}

// operationsAnswer is the answer of GET /_fake/operations.
type operationsAnswer struct {
	Operations []Operation `json:"operations"`
}

// listOperations answers GET /_fake/operations.
func listOperations(*Handler, *http.Request) (any, *refusal) {
	operations := []Operation{}
	for _, op := range attio.Operations() {
		scopes := op.Scopes
		if scopes == nil {
			scopes = []attio.Scope{}
		}
		operations = append(operations, Operation{
			Name: op.Name, Method: op.Method, Path: op.Path, Scopes: scopes, TokenLevels: op.TokenLevels(), PerSecond: op.PerSecond,
			Denial: op.Denial, Built: api.Built(op), Reason: op.WhyNotBuilt,
		})
	}
	return operationsAnswer{operations}, nil
}

// keptRequests is the value of the parameter keep that keeps the journal and the usage.
const keptRequests = "requests"

// reset answers POST /_fake/reset, which returns everything to the scenario. With ?keep=requests the journal and the
// usage stay.
func reset(h *Handler, r *http.Request) (any, *refusal) {
	for _, keep := range r.URL.Query()["keep"] {
		if keep != keptRequests {
			return nil, badRequest("%s", suggest.Unknown("thing to keep", keep, []string{keptRequests}))
		}
	}
	h.Reset(r.URL.Query().Has("keep"))
	return nil, nil
}
