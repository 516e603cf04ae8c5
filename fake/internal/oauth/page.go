package oauth

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}select,button{font:inherit;padding:.3rem .6rem;margin:.3rem .3rem .3rem 0}code{overflow-wrap:anywhere}`

var pages = template.Must(template.New("").Parse(`{{define "head"}}<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>fakeattio</title><style>` + style + `</style></head>
<body>
{{end}}
{{define "consent"}}{{template "head"}}<h1>{{.Name}}</h1>
<p>asks for a token that acts for {{if .OfUser}}a user{{else}}a workspace{{end}}, with the scopes <code>{{.Scopes}}</code>. This is a fake Attio: no data of yours is in it.</p>
<form method="post" action="/authorize">
{{range .Hidden}}<input type="hidden" name="{{.Name}}" value="{{.Value}}">
{{end}}{{if .Workspaces}}<p><label for="as">As</label>
<select id="as" name="as">
{{range .Workspaces}}<optgroup label="{{.Name}}">
{{range .Members}}<option value="{{.Value}}"{{if .Chosen}} selected{{end}}>{{.Label}}</option>
{{end}}</optgroup>
{{end}}</select></p>
<button name="decision" value="allow">Allow</button>
{{else}}<p>Nobody may grant it: {{if .OfUser}}no workspace has a member who is not suspended{{else}}no workspace has an admin{{end}}.</p>
{{end}}<button name="decision" value="deny">Deny</button>
</form>
<p>Afterwards the browser goes to <code>{{.Redirect}}</code>.</p>
</body>
</html>
{{end}}
{{define "mistake"}}{{template "head"}}<h1>The app's request cannot be answered</h1>
<p>{{.}}</p>
</body>
</html>
{{end}}`))

// policy allows the page to load nothing and run nothing; it allows the page's own style by its hash.
var policy = func() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; frame-ancestors 'none'"
}()

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
	return html{http.StatusOK, "consent", shown}
}

// mistake is a page for a person, about a mistake in a request that cannot be reported to the app.
type mistake struct{ says string }

func (m mistake) send(w http.ResponseWriter, c *api.Call) {
	c.Code, c.Message = "invalid_request", m.says
	html{http.StatusBadRequest, "mistake", m.says}.send(w, c)
}

// html is a page.
type html struct {
	status   int
	template string
	shown    any
}

func (p html) send(w http.ResponseWriter, c *api.Call) {
	var body bytes.Buffer
	_ = pages.ExecuteTemplate(&body, p.template, p.shown) // writing to a buffer never fails
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("X-Frame-Options", "DENY")
	w.Header().Set("Referrer-Policy", "no-referrer")
	write(w, c, p.status, "text/html; charset=utf-8", body.Bytes())
}
