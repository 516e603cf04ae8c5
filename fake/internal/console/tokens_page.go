package console

import (
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func (p *tokensPage) put(w *markup.Writer, v *view) {
	w.Put(`<h1>Tokens</h1>`)
	for i := range p.Workspaces {
		p.putWorkspace(w, v, &p.Workspaces[i])
	}
	if len(p.Workspaces) == 0 {
		putEmpty(w, "There is no workspace", "Load a scenario that has one on the bench.")
	}
	p.putApps(w)
}

func (p *tokensPage) putWorkspace(w *markup.Writer, v *view, one *tokenWorkspace) {
	w.Put(`
<section class="workspace" aria-label="Workspace {}">
<h2>{} <span class="quiet">{}</span></h2>`, one.Slug, one.Name, one.Slug)
	putMistake(w, p.Form.Wrong("tokens-"+one.Slug, "name"))
	if len(one.Tokens) > 0 {
		w.Put(`
<div class="table-box tokens" tabindex="0" role="region" aria-label="Tokens of {}">
<table>
  <thead><tr><th scope="col">Token</th><th scope="col">Value</th><th scope="col" class="number">Requests</th><th scope="col">Scopes used</th><th scope="col">Never needed</th><th scope="col"><span class="sr">Revoke</span></th></tr></thead>
  <tbody>`, one.Slug)
		for i := range one.Tokens {
			one.Tokens[i].put(w, v, one.Slug, "value-"+one.Slug+"-"+strconv.Itoa(i))
		}
		w.Put(`
  </tbody>
</table>
</div>`)
	} else {
		putEmpty(w, "No token", "Add one below, for a client to send as its Bearer token.")
	}
	p.putTokenForm(w, v, one.Slug)
	p.putMembers(w, v, one)
	w.Put(`
</section>`)
}

// put writes a token, whose value gets an id.
func (t *usedToken) put(w *markup.Writer, v *view, workspace, id string) {
	const none = `<span class="quiet">none</span>`
	w.Put(`
    <tr><th scope="row">{}`, t.Name)
	if t.Level != "" {
		w.Put(` {}`, badge("info", t.Level+" level"))
	}
	w.Put(`</th>
      <td class="nowrap"><code id="{}">{}</code> <button type="button" class="small" data-copy="#{}" aria-label="Copy {}">Copy</button></td>
      <td class="number">{}</td>
      <td><div class="scopes">`, id, t.Token.Token, id, t.Name, t.Usage.Requests)
	putScopes(w, "ok", t.Usage.Used, none)
	w.Put(`</div></td>
      <td><div class="scopes">`)
	putScopes(w, "", t.Usage.Unneeded, none)
	w.Put(`</div></td>
      <td><form method="post" action="{}" data-confirm="Revoke this token? Requests with it are refused from then on."><input type="hidden" name="in" value="{}"><button class="small danger" name="name" value="{}" aria-label="Revoke {}">Revoke</button></form></td></tr>`,
		v.link(tokensPath+"/revoke"), workspace, t.Name, t.Name)
}

func (p *tokensPage) putTokenForm(w *markup.Writer, v *view, slug string) {
	add := "token-" + slug
	w.Put(`
<details{}><summary>Add a token</summary>
<form class="form" method="post" action="{}">
  <input type="hidden" name="in" value="{}">`, openIf(p.Form.Was(add, "in", "") == slug), v.link(tokensPath+"/add"), slug)
	p.Form.putInput(w, textInput{of: add, name: "name", label: "Name", placeholder: "made up"})
	p.Form.putSelect(w, selectInput{of: add, name: "token_level", label: "Acts for", options: texts(world.TokenLevels()), value: string(world.WorkspaceLevel)})
	p.Form.putInput(w, textInput{of: add, name: "authorized_by", label: "Authorized by", placeholder: "the first admin"})
	w.Put(`
  <fieldset class="field wide"><legend>Scopes</legend>
    <label class="check"><input type="checkbox" name="all_scopes" value="true"{}> all of them</label>`, checkedIf(p.Form.Had(add, "all_scopes", "true")))
	for _, scope := range texts(p.Scopes) {
		w.Put(`
    <label class="check"><input type="checkbox" name="scopes" value="{}"{}> {}</label>`, scope, checkedIf(p.Form.Had(add, "scopes", scope)), scope)
	}
	w.Put(`
  </fieldset>`)
	if wrong := p.Form.Wrong(add, "scopes"); wrong != "" {
		w.Put(`<p class="mistake wide" role="alert">{}</p>`, wrong)
	}
	w.Put(`
  <div class="actions"><button class="primary">Add</button></div>
</form>
</details>`)
}

func (p *tokensPage) putMembers(w *markup.Writer, v *view, of *tokenWorkspace) {
	w.Put(`
<h3>Members</h3>`)
	putMistake(w, p.Form.Wrong("members-"+of.Slug, "access_level"))
	if len(of.Members) == 0 {
		w.Put(`
<p class="quiet">None.</p>`)
		return
	}
	w.Put(`
<div class="table-box members" tabindex="0" role="region" aria-label="Members of {}">
<table>
  <thead><tr><th scope="col">Member</th><th scope="col">E-mail</th><th scope="col">Access level</th></tr></thead>
  <tbody>`, of.Slug)
	for _, m := range of.Members {
		w.Put(`
    <tr><th scope="row">{} {} <span class="quiet">{}</span></th><td>{}</td>
      <td><form class="inline" method="post" action="{}"><input type="hidden" name="in" value="{}"><input type="hidden" name="member" value="{}">
        <select name="access_level" aria-label="Access level of {}" data-submit>`, m.FirstName, m.LastName, m.User, m.EmailAddress,
			v.link(tokensPath+"/members"), of.Slug, string(m.ID), m.User)
		putOptions(w, p.Levels, m.AccessLevel)
		w.Put(`</select><noscript><button>Set</button></noscript></form></td></tr>`)
	}
	w.Put(`
  </tbody>
</table>
</div>`)
}

func (p *tokensPage) putApps(w *markup.Writer) {
	w.Put(`
<h2 id="apps-title">Apps</h2>`)
	if len(p.Apps) == 0 {
		w.Put(`
<p class="quiet">A scenario with apps has OAuth apps.</p>`)
		return
	}
	w.Put(`
<div class="cards">`)
	for i := range p.Apps {
		putApp(w, &p.Apps[i])
	}
	w.Put(`
</div>`)
}

func putApp(w *markup.Writer, a *control.App) {
	w.Put(`
<section class="card app" aria-label="App {}">
  <h3>{} <span class="quiet">{}</span></h3>
  <dl class="facts"><dt>Client id</dt><dd><code>{}</code></dd><dt>Secret</dt><dd><code>{}</code></dd><dt>Redirects to</dt><dd>{}</dd><dt>Acts for</dt><dd>{}</dd><dt>Consent</dt><dd>{}</dd>
    <dt>Scopes</dt><dd><div class="scopes">`, a.Key, a.Name, a.Key, string(a.ClientID), a.ClientSecret, listed(a.RedirectURIs), string(a.TokenLevel), string(a.Consent))
	putScopes(w, "", a.Scopes, "")
	w.Put(`</div></dd></dl>
</section>`)
}
