package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// access is an access token.
type access struct {
	placed
	Scopes       scopes     `yaml:"scopes,required" doc:"What the token may do: a list of scopes, or all."`
	Token        secret     `yaml:"token" doc:"The token that clients send. By default it derives from the names of the workspace and the token."`
	Kind         tokenKind  `yaml:"kind" doc:"Whether it is an API key of the workspace, which is the default unless it acts for a user or names its app, or was granted to an app."`
	Level        tokenLevel `yaml:"token_level" doc:"For whom it acts: the workspace, which is the default, or the user who authorized it. One of a user was granted to an app, sees what that user may, and writes as them."`
	App          name       `yaml:"app" doc:"The app that it was granted to, by its key, if it is one of the scenario's. A token of an app is of the kind app."`
	AuthorizedBy *name      `yaml:"authorized_by" doc:"The user who created or granted it, a member of the workspace. An API key defaults to the first admin; with null it is nobody's, as it was created before there was an admin."`
	CreatedAt    *moment    `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	identified   `yaml:"inline"`
}

type secret string

func (secret) form() form {
	return form{"token", `^\S+$`, "use at least one character and no white space"}
}

type tokenKind string

func (tokenKind) words() (string, []string) { return "kind of token", asStrings(world.TokenKinds()) }

type tokenLevel string

func (tokenLevel) words() (string, []string) {
	return "level of tokens", asStrings(world.TokenLevels())
}

// kindOf returns the kind of a token that does not say it.
func kindOf(level world.TokenLevel, ofApp bool) world.TokenKind {
	if level == world.UserLevel || ofApp {
		return world.AppToken
	}
	return world.APIKey
}

type scope string

func (scope) words() (string, []string) { return "scope", asStrings(attio.AllScopes()) }

// scopes are what a token may do.
type scopes struct {
	all  bool
	list []scope
}

// everyScope is the word for all scopes.
const everyScope = "all"

func (s *scopes) decode(d *decoder, f yamltree.Field) {
	switch {
	case f.Value.Kind == yamltree.KindString && f.Value.Text == everyScope:
		s.all = true
	case f.Value.Kind == yamltree.KindSequence:
		decodeInto(d, f, &s.list)
	default:
		d.problems.Add(f.Value.Position, "%s must be a list of scopes, like [record_permission:read], or all", suggest.Quote(f.Name))
	}
}

func (*scopes) schema() schema {
	return schema{"anyOf": []any{schema{"const": everyScope}, schemaFor[[]scope]()}}
}

// secret returns the token that clients send.
func (t *access) secret(workspace, name string) string {
	if t.Token != "" {
		return string(t.Token)
	}
	return attio.DerivedToken(workspace, name)
}

func (c *checker) tokens(w *item[workspace]) {
	for _, t := range w.value.Tokens.items {
		c.checkAuthor(&w.value, &t.value)
		c.checkLevel(&t.value)
		c.checkApp(&t.value)
		c.checkToken(w.key, t)
	}
}

func (c *checker) checkAuthor(w *workspace, t *access) {
	if t.AuthorizedBy == nil || *t.AuthorizedBy == "" {
		return // absent, null or malformed
	}
	author := string(*t.AuthorizedBy)
	if _, ok := w.Members.get(author); !ok && c.checkUser(t.at("authorized_by"), author) {
		c.problems.Add(t.at("authorized_by"), "%s is not a member of this workspace; add them to its members", suggest.Quote(author))
	}
}

// checkLevel checks that a token of a user was granted to an app, and by whom.
func (c *checker) checkLevel(t *access) {
	switch {
	case world.TokenLevel(t.Level) != world.UserLevel:
	case world.TokenKind(t.Kind) == world.APIKey:
		c.problems.Add(t.at("kind"), "API keys are the workspace's; a token of a user has the kind app, which is its default")
	case t.AuthorizedBy == nil:
		c.problems.Add(t.at("token_level"), "a token of a user needs authorized_by: the user who granted it, for whom it acts")
	}
}

// checkApp checks that the app of a token is one of the scenario's.
func (c *checker) checkApp(t *access) {
	if t.App == "" {
		return
	}
	if _, ok := c.doc.Apps.get(string(t.App)); !ok {
		c.problems.AddUnknown(t.at("app"), "app", string(t.App), c.doc.Apps.keys())
	}
	if world.TokenKind(t.Kind) == world.APIKey && world.TokenLevel(t.Level) != world.UserLevel {
		c.problems.Add(t.at("kind"), "API keys are the workspace's; a token of an app has the kind app, which is its default")
	}
}

// checkToken checks that no other token, in whichever workspace, has the same value.
func (c *checker) checkToken(workspace string, t item[access]) {
	value := t.value.secret(workspace, t.key)
	at := t.at
	if t.value.has("token") {
		at = t.value.at("token")
	}
	if first, ok := c.takenTokens[value]; ok {
		c.problems.Add(at, "this token is taken (%s); every token needs its own value", first)
		return
	}
	c.takenTokens[value] = at
}

func (c *idCollector) tokens(w *workspace) { collectAll(c, "tokens/", w.Tokens) }

func (b *builder) addTokens() {
	for _, t := range b.workspace.Tokens.items {
		b.write(at(t.value.CreatedAt, b.created), b.author)
		token, err := b.newToken(t)
		b.named(token.ID, t.key, t.at)
		if add := b.tx.AddToken; err == nil {
			if t.value.has("authorized_by") {
				add = b.tx.SeedToken
			}
			err = add(token)
		}
		if err != nil && b.problems.Empty() {
			b.problems.Add(t.at, "%v", err)
		}
	}
}

func (b *builder) newToken(t item[access]) (world.Token, error) {
	token := world.Token{
		ID: b.id("tokens/" + t.key), Name: t.key, Value: t.value.secret(b.slug, t.key),
		Kind: kindOf(world.TokenLevel(t.value.Level), t.value.App != ""), Level: world.TokenLevel(t.value.Level),
	}
	for _, app := range b.apps {
		if app.Key == string(t.value.App) {
			token.App = app.ID
		}
	}
	if t.value.Kind != "" {
		token.Kind = world.TokenKind(t.value.Kind)
	}
	if by := t.value.AuthorizedBy; by != nil && *by != "" {
		token.AuthorizedBy = b.memberID(string(*by))
	}
	var err error
	token.Scopes, err = t.value.Scopes.set()
	return token, err
}

func (s *scopes) set() (attio.ScopeSet, error) {
	if s.all {
		return attio.EveryScope(), nil
	}
	list := make([]attio.Scope, len(s.list))
	for i, granted := range s.list {
		list[i] = attio.Scope(granted)
	}
	return attio.NewScopeSet(list...)
}

// scopesOf writes scopes.
func scopesOf(set attio.ScopeSet) any {
	if set == attio.EveryScope() {
		return yamltree.Text(everyScope)
	}
	return texts(set.List())
}

func (e *exporter) tokens() any {
	section := &yamltree.Mapping{Block: true}
	for token := range e.state.Tokens() {
		if !nameForm.MatchString(token.Name) {
			e.refuse("token", token.Name, "has a name that cannot be a key")
		}
		e.keys[token.ID] = token.Name
		m := new(yamltree.Mapping)
		m.Put("scopes", scopesOf(token.Scopes))
		m.PutIf(token.Value != attio.DerivedToken(e.state.Slug, token.Name), "token", yamltree.Text(token.Value))
		m.PutIf(token.OfUser(), "token_level", yamltree.Text(token.Level))
		if token.App != "" {
			key, ok := e.apps[token.App]
			if !ok {
				e.refuse("token", token.Name, "was granted to an app that is gone")
			}
			m.Put("app", yamltree.Text(key))
		}
		m.PutIf(token.Kind != kindOf(token.Level, token.App != ""), "kind", yamltree.Text(token.Kind))
		switch byDefault := e.admin.ID; {
		case token.Kind == world.APIKey && token.AuthorizedBy == byDefault:
		case token.AuthorizedBy != "":
			m.Put("authorized_by", yamltree.Text(e.keys[token.AuthorizedBy]))
		case token.Kind == world.APIKey:
			m.Put("authorized_by", yamltree.Plain("null"))
		}
		e.putCreated(m, token.CreatedAt)
		e.putID(m, "tokens/"+token.Name, token.ID)
		section.Put(token.Name, m)
	}
	return section
}
