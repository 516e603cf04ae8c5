package control

import (
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// App is an OAuth app in the answer of GET /_fake/apps.
type App struct {
	Key          string           `json:"key"`
	Name         string           `json:"name"`
	ClientID     attio.ID         `json:"client_id"`
	ClientSecret string           `json:"client_secret"`
	RedirectURIs []string         `json:"redirect_uris"`
	Scopes       []attio.Scope    `json:"scopes"`
	TokenLevel   world.TokenLevel `json:"token_level"`
	Consent      world.Consent    `json:"consent"`
}

// appsAnswer is the answer of GET /_fake/apps.
type appsAnswer struct {
	Apps []App `json:"apps"`
}

// listApps answers GET /_fake/apps.
func listApps(h *Handler, _ *http.Request) (any, *refusal) {
	apps := []App{}
	for _, a := range h.world.Apps() {
		apps = append(apps, App{a.Key, a.Name, a.ID, a.Secret, a.RedirectURIs, a.Scopes.List(), a.Level, a.Consent})
	}
	return appsAnswer{apps}, nil
}
