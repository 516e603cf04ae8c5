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
	return healthAnswer{"ok"}, nil
}

// healthAnswer is the answer of GET /_fake/health.
type healthAnswer struct {
	Status string `json:"status"` // "ok"
}

// Workspace is one workspace in the answer of GET /_fake/workspaces.
type Workspace struct {
	Slug    string   `json:"slug"`    // by which tests call it; it never changes
	ID      attio.ID `json:"id"`      // the workspace id
	Name    string   `json:"name"`    // as Attio shows it
	Members []Member `json:"members"` // suspended ones too, oldest first
	Tokens  []Token  `json:"tokens"`  // oldest first

	Invites         []Invite `json:"invites,omitempty"`          // pending ones; missing if there are none
	Teams           []Team   `json:"teams,omitempty"`            // oldest first; missing if there are none
	VerifiedDomains []string `json:"verified_domains,omitempty"` // whose users need no invite; missing if there are none
}

// Token is an access token of a workspace, with its value.
type Token struct {
	// The name, by which requests are selected.
	Name string `json:"name" jsonschema:"example=full"`
	// "user" of a token that acts for one.
	Level string `json:"token_level,omitempty" jsonschema:"enum=user"`
	// What a client sends as its Bearer token.
	Token string `json:"token"`
	// What the token may do, read-write only where it includes read.
	Scopes []attio.Scope `json:"scopes"`
}

func describeToken(t *world.Token) Token {
	shown := Token{Name: t.Name, Token: t.Value, Scopes: t.Scopes.List()}
	if t.OfUser() {
		shown.Level = string(t.Level)
	}
	return shown
}

// workspacesAnswer is the answer of GET /_fake/workspaces.
type workspacesAnswer struct {
	Workspaces []Workspace `json:"workspaces"` // in the order of the scenario
}

// listWorkspaces answers GET /_fake/workspaces.
func listWorkspaces(h *Handler, _ *http.Request) (any, *refusal) {
	return workspacesAnswer{h.Workspaces()}, nil
}

// Workspaces describes the workspaces in the order of the scenario.
func (h *Handler) Workspaces() []Workspace {
	workspaces := []Workspace{}
	for _, workspace := range h.world.Workspaces() {
		workspaces = append(workspaces, describe(workspace.View()))
	}
	return workspaces
}

func describe(state *world.State) Workspace {
	w := Workspace{Slug: state.Slug, ID: state.ID, Name: state.Name, Members: []Member{}, Tokens: []Token{}}
	for member := range state.Members() {
		w.Members = append(w.Members, describeMember(member))
	}
	for invite := range state.Invites() {
		w.Invites = append(w.Invites, describeInvite(state, invite))
	}
	for team := range state.Teams() {
		w.Teams = append(w.Teams, describeTeam(team))
	}
	w.VerifiedDomains = state.VerifiedDomains
	for token := range state.Tokens() {
		w.Tokens = append(w.Tokens, describeToken(token))
	}
	return w
}

// Operation is one operation of Attio's API in the answer of GET /_fake/operations.
type Operation struct {
	Name        string        `json:"name"`                          // by which requests are selected
	Method      string        `json:"method"`                        // the HTTP method
	Path        string        `json:"path"`                          // with its parameters in braces
	Scopes      []attio.Scope `json:"scopes"`                        // what a token needs
	TokenLevels []string      `json:"token_levels"`                  // "workspace", "user"
	PerSecond   int           `json:"requests_per_second,omitempty"` // its own rate limit
	Denial      string        `json:"denial,omitempty"`              // what Attio says to a token that lacks the permission
	Built       bool          `json:"built"`                         // whether the fake has it; otherwise it answers 501
	Reason      string        `json:"reason,omitempty"`              // why it is not built
}

// operationsAnswer is the answer of GET /_fake/operations.
type operationsAnswer struct {
	Operations []Operation `json:"operations"` // in the order of Attio's documentation, those of SCIM last
}

// listOperations answers GET /_fake/operations.
func listOperations(*Handler, *http.Request) (any, *refusal) {
	operations := []Operation{}
	for _, op := range attio.AuthorizedOperations() {
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
