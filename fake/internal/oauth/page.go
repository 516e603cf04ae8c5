package oauth

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}select,button{font:inherit;padding:.3rem .6rem;margin:.3rem .3rem .3rem 0}code{overflow-wrap:anywhere}`

// policy allows the page to load nothing and run nothing; it allows the page's own style by its hash.
func policy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; frame-ancestors 'none'"
}

type (
	consentPage struct {
		Name, Scopes, Redirect string
		OfUser                 bool
		Hidden                 []hidden
		Workspaces             []workspaceChoice
	}
	hidden          struct{ Name, Value string }
	workspaceChoice struct {
		Name    string
		Members []memberChoice
	}
	memberChoice struct {
		Value, Label string
		Chosen       bool
	}
)

// page shows who may grant the token.
func (s *Server) page(a *asking) answer {
	shown := consentPage{Name: a.app.Name, Scopes: a.app.Scopes.String(), Redirect: a.redirect, OfUser: a.level == world.UserLevel}
	for _, field := range []hidden{
		{"response_type", "code"}, {"client_id", string(a.app.ID)}, {"redirect_uri", a.redirect}, {"state", a.state}, {"token_level", string(a.level)},
		{"code_challenge", a.challenge}, {"code_challenge_method", "S256"},
	} {
		if field.Value != "" && (field.Name != "code_challenge_method" || a.challenge != "") {
			shown.Hidden = append(shown.Hidden, field)
		}
	}
	for _, workspace := range s.world.Workspaces() {
		state := workspace.View()
		choice := workspaceChoice{Name: state.Name}
		for i, member := range granters(state, a.level) {
			value := state.Slug + "/" + member.User.Key
			label := strings.TrimSpace(member.User.FirstName+" "+member.User.LastName) + " <" + member.User.Email + ">, " + string(member.Access)
			choice.Members = append(choice.Members, memberChoice{value, strings.TrimSpace(label), value == a.as || state.Slug == a.as && i == 0})
		}
		if choice.Members != nil {
			shown.Workspaces = append(shown.Workspaces, choice)
		}
	}
	return html{http.StatusOK, shown.put}
}

func (p *consentPage) put(w *markup.Writer) {
	who, nobody := "a workspace", "no workspace has an admin"
	if p.OfUser {
		who, nobody = "a user", "no workspace has a member who is not suspended"
	}
	w.Put(`<h1>{}</h1>
<p>asks for a token that acts for {}, with the scopes <code>{}</code>. This is a fake Attio: no data of yours is in it.</p>
<form method="post" action="/authorize">
`, p.Name, who, p.Scopes)
	for _, field := range p.Hidden {
		w.Put(`<input type="hidden" name="{}" value="{}">
`, field.Name, field.Value)
	}
	if len(p.Workspaces) > 0 {
		w.Put(`<p><label for="as">As</label>
<select id="as" name="as">
`)
		for _, workspace := range p.Workspaces {
			workspace.put(w)
		}
		w.Put(`</select></p>
<button name="decision" value="allow">Allow</button>
`)
	} else {
		w.Put(`<p>Nobody may grant it: {}.</p>
`, nobody)
	}
	w.Put(`<button name="decision" value="deny">Deny</button>
</form>
<p>Afterwards the browser goes to <code>{}</code>.</p>
`, p.Redirect)
}

func (c *workspaceChoice) put(w *markup.Writer) {
	w.Put(`<optgroup label="{}">
`, c.Name)
	for _, member := range c.Members {
		w.Put(`<option value="{}"{}>{}</option>
`, member.Value, markup.When(member.Chosen, " selected"), member.Label)
	}
	w.Put(`</optgroup>
`)
}

// mistake is a page for a person, about a mistake in a request that cannot be reported to the app.
type mistake struct{ says string }

func (m mistake) send(w http.ResponseWriter, c *api.Call) {
	c.Code, c.Message = "invalid_request", m.says
	html{http.StatusBadRequest, m.put}.send(w, c)
}

func (m mistake) put(w *markup.Writer) {
	w.Put(`<h1>The app's request cannot be answered</h1>
<p>{}</p>
`, m.says)
}

// html is a page.
type html struct {
	status int
	put    func(*markup.Writer)
}

func (p html) send(w http.ResponseWriter, c *api.Call) {
	var page markup.Writer
	page.Put(`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>fakeattio</title><style>` + style + `</style></head>
<body>
`)
	p.put(&page)
	page.Put(`</body>
</html>
`)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", policy())
	w.Header().Set("X-Frame-Options", "DENY")
	w.Header().Set("Referrer-Policy", "no-referrer")
	write(w, c, p.status, "text/html; charset=utf-8", page.Bytes())
}
