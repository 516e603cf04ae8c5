package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// app is an OAuth client.
type app struct {
	placed
	Name         string        `yaml:"name" doc:"What the page of consent calls it. Defaults to its key."`
	ClientID     uuid          `yaml:"client_id" doc:"The client id, which is the app's id. By default it derives from the key."`
	ClientSecret clientSecret  `yaml:"client_secret" doc:"The client secret. By default it derives from the key."`
	RedirectURIs []redirectURI `yaml:"redirect_uris,required" doc:"Where Attio may send the browser back to. A request has to name one of them exactly."`
	Scopes       scopes        `yaml:"scopes,required" doc:"What the app's tokens may do: a list of scopes, or all."`
	TokenLevel   tokenLevel    `yaml:"token_level" doc:"Whom the app's tokens act for, if the request does not say: the workspace, which is the default, or the user who grants them."`
	Consent      consent       `yaml:"consent" doc:"Who answers the request for a token: ask shows a page, which is the default; auto grants it in the name of an admin; deny refuses it."`
}

type clientSecret string

func (clientSecret) form() form {
	return form{"client secret", `^\S+$`, "use at least one character and no white space"}
}

type redirectURI string

func (redirectURI) form() form {
	return form{"redirect URI", `^[A-Za-z][A-Za-z0-9+.-]*:[^#\s]+$`, "write an absolute one without a fragment, such as https://app.example.com/callback"}
}

type consent string

func (consent) words() (string, []string) { return "consent", asStrings(world.Consents()) }

// appsOf returns the apps of a document.
func appsOf(doc *document, ps *yamltree.Problems) []*world.App {
	var apps []*world.App
	taken := make(map[attio.ID]yamltree.Position)
	for i := range doc.Apps.items {
		a := &doc.Apps.items[i]
		made := a.value.made(a.key, ps)
		if first, ok := taken[made.ID]; ok {
			ps.Add(a.value.at("client_id"), "this client id is taken (%s); every app needs its own", first)
		}
		taken[made.ID] = a.value.at("client_id")
		if a.value.has("redirect_uris") && len(made.RedirectURIs) == 0 {
			ps.Add(a.value.at("redirect_uris"), "an app needs a redirect URI, to which the browser is sent back")
		}
		apps = append(apps, made)
	}
	return apps
}

func (a *app) made(key string, ps *yamltree.Problems) *world.App {
	made := &world.App{
		ID: appID(key), Key: key, Name: key, Secret: appSecret(key), Level: world.WorkspaceLevel, Consent: world.ConsentAsk,
	}
	if a.has("name") {
		made.Name = a.Name
	}
	if a.ClientID != "" {
		made.ID = attio.ID(a.ClientID)
	}
	if a.ClientSecret != "" {
		made.Secret = string(a.ClientSecret)
	}
	if a.TokenLevel != "" {
		made.Level = world.TokenLevel(a.TokenLevel)
	}
	if a.Consent != "" {
		made.Consent = world.Consent(a.Consent)
	}
	made.RedirectURIs = asStrings(a.RedirectURIs)
	granted, err := a.Scopes.set()
	if err != nil && ps.Empty() {
		ps.Add(a.at("scopes"), "%v", err)
	}
	made.Scopes = granted
	return made
}

func appID(key string) attio.ID { return attio.PathID("apps/" + key) }

// appSecret derives from a key, as no token of a workspace does: slugs are not empty.
func appSecret(key string) string { return attio.DerivedToken("", "apps/"+key) }

func (d *documentExporter) appsSection(apps []*world.App) *yamltree.Mapping {
	section := &yamltree.Mapping{Block: true}
	for _, a := range apps {
		m := new(yamltree.Mapping)
		m.PutIf(a.Name != a.Key, "name", yamltree.Text(a.Name))
		m.PutIf(a.ID != appID(a.Key), "client_id", yamltree.Text(a.ID))
		m.PutIf(a.Secret != appSecret(a.Key), "client_secret", yamltree.Text(a.Secret))
		m.Put("redirect_uris", texts(a.RedirectURIs))
		m.Put("scopes", scopesOf(a.Scopes))
		m.PutIf(a.Level != world.WorkspaceLevel, "token_level", yamltree.Text(a.Level))
		m.PutIf(a.Consent != world.ConsentAsk, "consent", yamltree.Text(a.Consent))
		section.Put(a.Key, m)
		d.apps[a.ID] = a.Key
	}
	return section
}
