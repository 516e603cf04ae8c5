package probe

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// about is what has to be known of the workspace before the two sides can be asked the same.
type about struct {
	scopes   attio.ScopeSet
	ofMember bool            // the token names the member who authorized it
	on       map[string]bool // the standard objects that are enabled
	access   []string        // the access levels of the members
	private  []string        // names and addresses that no report may show
}

// workspaceOf returns the id of the workspace that an answer to GET /v2/self names, or "".
func workspaceOf(self Reply) string {
	who, err := compare.Parse(self.Body)
	if err != nil {
		return ""
	}
	return lookup(who, "workspace_id")
}

// mostMembers is how many members the fake gets at most.
const mostMembers = 20

// learn reads the answers to the probes of identity. An answer that is missing leaves its part empty.
func learn(self, objects, members Reply) (about, error) {
	a := about{on: map[string]bool{}}
	who, err := compare.Parse(self.Body)
	if err != nil || self.Status != 200 {
		return a, fmt.Errorf("GET /v2/self answered %d, and nothing that Attio answers", self.Status)
	}
	if lookup(who, "active") == "false" {
		return a, errors.New("the token is unknown or was revoked: make one in Attio under Workspace settings, Developers")
	}
	var scopes []attio.Scope
	for word := range strings.FieldsSeq(lookup(who, "scope")) {
		if slices.Contains(attio.AllScopes(), attio.Scope(word)) { // a new one means nothing to the fake
			scopes = append(scopes, attio.Scope(word))
		}
	}
	if a.scopes, err = attio.NewScopeSet(scopes...); err != nil {
		return a, err
	}
	a.ofMember = lookup(who, "authorized_by_workspace_member_id") != ""
	a.private = []string{lookup(who, "workspace_name"), lookup(who, "workspace_slug"), lookup(who, "workspace_logo_url")}
	if body, err := compare.Parse(objects.Body); err == nil {
		for _, slug := range texts(body, "api_slug") {
			a.on[slug] = true
		}
	}
	if body, err := compare.Parse(members.Body); err == nil {
		a.access = texts(body, "access_level")
		for _, key := range []string{"first_name", "last_name", "email_address", "avatar_url"} {
			a.private = append(a.private, texts(body, key)...)
		}
	}
	a.access = a.access[:min(len(a.access), mostMembers)]
	if !slices.Contains(a.access, "admin") {
		a.access = append(a.access, "admin")
	}
	return a, nil
}

// switchable are the standard objects that a workspace can do without.
var switchable = []string{"deals", "users", "workspaces"}

// names returns what probes need to know of the workspace, by its name.
func (a about) names() map[string]string {
	known := map[string]string{}
	for _, slug := range switchable {
		if a.on[slug] {
			known[slug] = slug
		} else {
			known["off"] = cmp.Or(known["off"], slug)
		}
	}
	return known
}

// why says why nothing is known under a name.
var why = lazy.Of[map[string]string]{Make: func() map[string]string {
	return map[string]string{
		"off":        "all standard objects are enabled in the workspace",
		"deals":      "deals are not enabled in the workspace",
		"users":      "users are not enabled in the workspace",
		"workspaces": "workspaces are not enabled in the workspace",
		"scim":       "the workspace or the token has no SCIM",
		"calls":      "the workspace shows no phone calls",
		"member":     "the token may not see the members of the workspace",
		"email":      "the token may not see the members of the workspace",
	}
}}

// samples are of what the workspace may have any number of, for something to compare it with.
const samples = `    lists: {sample: {name: Sample, parent_object: people}}
    webhooks: {sample: {target_url: "https://sample.example.com", status: inactive, subscriptions: [record.created]}}
`

// scenario returns the workspace that the fake is asked about.
func (a about) scenario() string {
	var users, members, scopes, objects []string
	for i, level := range a.access {
		users = append(users, fmt.Sprintf("p%d: {first_name: Person, last_name: Number%d, email: person%d@probe.example.com}", i, i, i))
		members = append(members, fmt.Sprintf("p%d: %s", i, level))
	}
	for _, scope := range a.scopes.List() {
		scopes = append(scopes, string(scope))
	}
	for _, slug := range switchable {
		objects = append(objects, fmt.Sprintf("%s: {enabled: %t}", slug, a.on[slug]))
	}
	authorized := "null"
	if a.ofMember {
		authorized = fmt.Sprintf("p%d", slices.Index(a.access, "admin"))
	}
	return "version: 1\nusers: {" + strings.Join(users, ", ") + "}\nworkspaces:\n  probe:\n    name: Probe\n    plan: enterprise\n" +
		"    members: {" + strings.Join(members, ", ") + "}\n" +
		"    tokens: {probe: {scopes: [" + strings.Join(scopes, ", ") + "], authorized_by: " + authorized + "}}\n" +
		"    objects: {" + strings.Join(objects, ", ") + "}\n" + samples
}
