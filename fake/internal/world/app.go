package world

import (
	"errors"
	"fmt"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// App is an OAuth client. It belongs to no workspace and can be installed in any of them.
type App struct {
	ID           attio.ID // of the actor that it writes as, and its client id
	Key          string   // its key in the scenario
	Name         string   // what people see
	Secret       string
	RedirectURIs []string
	Scopes       attio.ScopeSet
	Level        TokenLevel // the default level of the tokens that it asks for
	Consent      Consent
}

// Consent says who answers when an app asks for a token.
type Consent string

// The ways of consent.
const (
	ConsentAsk  Consent = "ask"  // a person, on a page
	ConsentAuto Consent = "auto" // the server, in the name of an admin
	ConsentDeny Consent = "deny" // the server, which denies access
)

// Consents lists the ways of consent.
func Consents() []Consent { return []Consent{ConsentAsk, ConsentAuto, ConsentDeny} }

// Apps returns the apps of the seed.
func (w *World) Apps() []*App { return w.Seed().Apps }

// App returns the app with a client id.
func (w *World) App(id string) (*App, bool) {
	apps := w.Apps()
	i := slices.IndexFunc(apps, func(app *App) bool { return string(app.ID) == id })
	if i < 0 {
		return nil, false
	}
	return apps[i], true
}

// The reasons why nobody may grant a token.
var (
	ErrNobody  = errors.New("there is no such member of the workspace any more")
	ErrNoAdmin = errors.New("only an admin of the workspace can grant a token that acts for the workspace")
)

// MayGrant returns why a member may not grant an app a token of a level, or nil. That only admins can grant a token of a
// workspace is Attio's rule of October 2026.
func (s *State) MayGrant(level TokenLevel, id attio.ID) error {
	member, ok := s.Member(id)
	switch {
	case !ok:
		return ErrNobody
	case member.CanAct() != nil:
		return member.CanAct()
	case level != UserLevel && member.Access != Admin:
		return ErrNoAdmin
	}
	return nil
}

// Grant gives an app a token for the workspace in the name of a member.
func (ws *Workspace) Grant(app *App, level TokenLevel, member attio.ID) (Token, []Commit, error) {
	w := ws.world
	w.change.Lock()
	defer w.change.Unlock()
	if !slices.Contains(w.current.Load().workspaces, ws) {
		return Token{}, nil, ErrNobody
	}
	state := ws.View()
	if err := state.MayGrant(level, member); err != nil {
		return Token{}, nil, err
	}
	token := Token{
		ID: w.NewID(), Name: state.freeTokenName(app.Key), Kind: AppToken, Level: level, App: app.ID, Scopes: app.Scopes, AuthorizedBy: member,
	}
	token.Value = w.given.token(state.Slug, token.Name)
	commits, err := ws.addToken(MemberAuthor(member), token)
	return token, commits, err
}

// freeTokenName returns a name that no token has: the given one, or the first free of "crm-2", "crm-3", …
func (s *State) freeTokenName(name string) string {
	taken := make(map[string]bool)
	for token := range s.Tokens() {
		taken[token.Name] = true
	}
	free := name
	for n := 2; taken[free]; n++ {
		free = fmt.Sprintf("%s-%d", name, n)
	}
	return free
}
