package verify

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// self derives the workspace and the token's rights.
func (d *deriver) self(r *request) {
	if slug := text(r.body, "workspace_slug"); slug != "" {
		d.slug = slug
	}
	if name := text(r.body, "workspace_name"); name != "" {
		put(d.workspace, "name", value(name))
	}
	if logo := text(r.body, "workspace_logo_url"); logo != "" {
		put(d.workspace, "logo_url", value(logo))
	}
	scopes := sequence()
	for scope := range strings.FieldsSeq(text(r.body, "scope")) {
		if slices.Contains(attio.AllScopes(), attio.Scope(scope)) {
			scopes.Items = append(scopes.Items, value(scope))
		}
	}
	if len(scopes.Items) > 0 {
		put(d.token, "scopes", scopes)
	}
	if id := text(r.body, "client_id"); id != "" {
		put(d.token, "id", value(id))
	}
	if member := text(r.body, "authorized_by_workspace_member_id"); member != "" {
		put(d.token, "authorized_by", value(d.member(member)))
	}
	if level := text(r.body, "token_level"); level == "user" {
		put(d.token, "token_level", value(level))
	}
}

func (d *deriver) members(r *request) {
	for _, n := range each(r.body) {
		id := text(n, "id", "workspace_member_id")
		if !d.begin(r, id) {
			continue
		}
		d.stubs[id] = false
		d.member(id)
		user := within(d.users, id)
		copyKeys(user, n, "first_name", "last_name", "avatar_url")
		if email := text(n, "email_address"); email != "" {
			put(user, "email", value(email))
		}
		member := within(within(d.workspace, "members"), id)
		copyKeys(member, n, "access_level")
		if created := d.moment(at(n, "created_at")); created != null {
			put(member, "created_at", created)
		}
		delete(d.stubs, id)
	}
}

// member returns the name of a member, who is put into the scenario if nothing else is known of them.
func (d *deriver) member(id string) string {
	if d.stub(id) || d.users.Field(id) == nil {
		put(d.users, id, mapping("email", id+"@"+workspaceSlug+".example"))
		put(within(d.workspace, "members"), id, mapping("access_level", "member", "id", id))
	}
	return id
}

// author returns an actor as a scenario names it, and puts the member, the token or the app into the scenario.
func (d *deriver) author(actor *compare.Node) *compare.Node {
	id := text(actor, "id")
	switch text(actor, "type") {
	case "workspace-member":
		return value(d.member(id))
	case "api-token":
		if id == text(d.token, "id") {
			return mapping("token", tokenName)
		}
		if d.stub(id) {
			put(within(d.workspace, "tokens"), id, mapping("scopes", sequence(), "id", id))
		}
		return mapping("token", id)
	case "app":
		if d.stub(id) {
			put(d.apps, id, mapping("client_id", id, "scopes", "all", "redirect_uris", sequence(value("https://app.example.com/callback"))))
		}
		return mapping("app", id)
	}
	return value("system")
}

// writer derives from what the recording makes who its token writes as.
func (d *deriver) writer(r *request) {
	for _, n := range each(r.body) {
		actor := at(n, "created_by_actor")
		for _, values := range []string{"values", "entry_values"} {
			if by := at(n, values, "created_by").Items; len(by) > 0 {
				actor = at(by[0], "created_by_actor")
			}
		}
		id := text(actor, "id")
		switch kind := text(actor, "type"); {
		case kind == "api-token" && d.token.Field("id") == nil:
			put(d.token, "id", value(id))
		case kind == "app" && d.token.Field("app") == nil && d.token.Field("id") == nil:
			d.author(actor)
			put(d.token, "app", value(id))
		}
	}
}
