package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// App is an OAuth app in the scenario. A client sends the browser to URL/authorize and exchanges the code at URL/oauth/token,
// where URL is the server's.
type App struct {
	Key          string // its key in the scenario
	Name         string
	ClientID     string
	ClientSecret string
	RedirectURIs []string
	Scopes       []string // as in Token
	Level        TokenLevel
}

// Apps returns the OAuth apps, in the order of the scenario.
func (s *Server) Apps() []App {
	var apps []App
	for _, from := range s.world.Apps() {
		apps = append(apps, App{
			Key: from.Key, Name: from.Name, ClientID: string(from.ID), ClientSecret: from.Secret, RedirectURIs: slices.Clone(from.RedirectURIs),
			Scopes: texts(from.Scopes.List()), Level: TokenLevel(from.Level),
		})
	}
	return apps
}

// App returns the OAuth app with a key. It fails the test if there is none.
func (s *Server) App(key string) App {
	s.helper()
	var keys []string
	for _, app := range s.Apps() {
		if app.Key == key {
			return app
		}
		keys = append(keys, app.Key)
	}
	s.fatalf("fake: %s", suggest.Unknown("app", key, keys))
	return App{}
}
