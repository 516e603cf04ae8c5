package console

import (
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

const tokensPath = prefix + "tokens"

func tokenSection() section {
	return section{title: "Tokens", path: tokensPath, pages: []route{
		{"GET", tokensPath, (*Console).tokensOf},
		{"POST", tokensPath + "/add", (*Console).addToken},
		{"POST", tokensPath + "/revoke", (*Console).revokeToken},
		{"POST", tokensPath + "/members", (*Console).changeMember},
	}}
}

// tokensPage is the data of the page of tokens.
type tokensPage struct {
	Form       form
	Workspaces []tokenWorkspace
	Scopes     []attio.Scope
	Levels     []world.AccessLevel
	Apps       []control.App
}

// tokenWorkspace is a workspace with who may do what in it.
type tokenWorkspace struct {
	control.Workspace
	Tokens []usedToken
}

// usedToken is a token with what clients have used of it.
type usedToken struct {
	control.Token
	Usage control.TokenUsage
}

// tokensOf shows who may do what, and what of that clients have needed.
func (c *Console) tokensOf(r *http.Request) (page, error) { return c.tokensPage(r, form{}) }

func (c *Console) tokensPage(r *http.Request, f form) (page, error) {
	slug, err := c.workspace(r)
	if err != nil {
		return page{}, err
	}
	used := make(map[[2]string]control.TokenUsage)
	for _, usage := range c.control.Usage().Tokens {
		used[[2]string{usage.Workspace, usage.Token}] = usage
	}
	data := &tokensPage{Form: f, Scopes: attio.AllScopes(), Levels: world.AccessLevels(), Apps: c.control.Apps()}
	for _, workspace := range c.control.Workspaces() {
		if slug != "" && slug != workspace.Slug {
			continue
		}
		shown := tokenWorkspace{Workspace: workspace}
		for _, token := range workspace.Tokens {
			shown.Tokens = append(shown.Tokens, usedToken{token, used[[2]string{workspace.Slug, token.Name}]})
		}
		data.Workspaces = append(data.Workspaces, shown)
	}
	return page{content: data, title: "Tokens"}, nil
}

// inWorkspace is the action of a form of the workspace that it names.
func (c *Console) inWorkspace(r *http.Request, form, method, field string, path func() string, body func() any, fields ...string) (page, error) {
	slug := r.PostFormValue("in")
	return c.act(r, action{name: form + "-" + slug, fields: append([]string{field}, fields...), to: tokensPath, page: c.tokensPage, do: func() error {
		return c.control.Call(r.Context(), method, "/workspaces/"+slug+path(), nil, body())
	}})
}

// addToken makes a token.
func (c *Console) addToken(r *http.Request) (page, error) {
	return c.inWorkspace(r, "token", http.MethodPost, "name", func() string { return "/tokens" }, func() any {
		body := filled(r.PostForm, []string{"name", "token_level", "authorized_by"}, nil)
		if scopes := r.PostForm["scopes"]; scopes != nil {
			body["scopes"] = scopes
		}
		if r.PostForm.Has("all_scopes") {
			body["all_scopes"] = true
		}
		return body
	}, "scopes", "authorized_by")
}

// revokeToken revokes a token.
func (c *Console) revokeToken(r *http.Request) (page, error) {
	return c.inWorkspace(r, "tokens", http.MethodDelete, "name", func() string { return "/tokens/" + r.PostForm.Get("name") }, func() any { return nil })
}

// changeMember suspends a member, or changes the access level.
func (c *Console) changeMember(r *http.Request) (page, error) {
	return c.inWorkspace(r, "members", http.MethodPatch, "access_level", func() string { return "/members/" + r.PostForm.Get("member") },
		func() any { return filled(r.PostForm, []string{"access_level"}, nil) })
}
