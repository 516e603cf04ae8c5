package control

import (
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// App is an OAuth app in the answer of GET /_fake/apps.
type App struct {
	Key          string           `json:"key"`           // its key in the scenario
	Name         string           `json:"name"`          // as people read it when they consent
	ClientID     attio.ID         `json:"client_id"`     // by which the app names itself
	ClientSecret string           `json:"client_secret"` // with which the app exchanges codes
	RedirectURIs []string         `json:"redirect_uris"` // where codes may be sent to
	Scopes       []attio.Scope    `json:"scopes"`        // what its tokens may do
	TokenLevel   world.TokenLevel `json:"token_level"`   // for whom its tokens act, unless a request says otherwise
	Consent      world.Consent    `json:"consent"`       // who answers when the app asks
}

// appsAnswer is the answer of GET /_fake/apps.
type appsAnswer struct {
	Apps []App `json:"apps"` // in the order of the scenario
}

// listApps answers GET /_fake/apps.
func listApps(h *Handler, _ *http.Request) (any, *refusal) {
	return appsAnswer{h.Apps()}, nil
}

// Apps lists the OAuth apps in the order of the scenario.
func (h *Handler) Apps() []App {
	apps := []App{}
	for _, a := range h.world.Apps() {
		apps = append(apps, App{a.Key, a.Name, a.ID, a.Secret, a.RedirectURIs, a.Scopes.List(), a.Level, a.Consent})
	}
	return apps
}
