package control_test

import (
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

func TestInvitesAndTeamsAreWrittenOverTheControlAPI(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(`
version: 1
users: {ada: {email: ada@example.com}}
workspaces: {acme: {members: {ada: admin}, invites: {ivy: ivy@example.com}, teams: {crew: {members: [ivy]}}}}
`))
	ada, ivy, crew := fake.ID("acme/members/ada"), fake.ID("acme/invites/ivy"), fake.ID("acme/teams/crew")
	for _, step := range []struct {
		method, path, body string
		status             int
		want               string // of the body; "" is not compared
	}{
		{"POST", "/invites", `{"email_address":"ADA@example.com"}`, 409, `{"error":"ADA@example.com is a member of the workspace already"}`},
		{"POST", "/invites", `{"email_address":"ivy@example.com"}`, 409, `{"error":"ivy@example.com is invited to the workspace already"}`},
		{"POST", "/invites", `{"email_address":"ivy"}`, 400, `{"error":"an invite needs an e-mail address; \"ivy\" is not one"}`},
		{"POST", "/invites", `{"email_address":"eve@example.com","access_level":"suspended"}`, 400, `{"error":"an invite makes a member with the access level admin or member, not \"suspended\""}`},
		{"POST", "/invites", `{"email_address":"eve@example.com"}`, 200, ""},
		{"POST", "/teams", `{"name":"CREW"}`, 409, `{"error":"\"CREW\" is the name of another team"}`},
		{"POST", "/teams", `{"name":"Cooks","members":["adda"]}`, 400, `{"error":"unknown member or invite \"adda\"; did you mean \"ada\"? Known: ada, ivy, eve"}`},
		{"POST", "/teams", `{"name":"Cooks","members":["ada","eve"]}`, 200, ""},
		{"PATCH", "/teams/crew", `{}`, 400, `{"error":"say what to change: {\"name\": \"Accounts\"} or {\"members\": [\"ada\"]}"}`},
		{"PATCH", "/teams/crew", `{"name":" "}`, 400, `{"error":"a team needs a name that is not empty"}`},
		{"PATCH", "/teams/crew", `{"members":["ada","ivy"]}`, 200, `{"id":"` + crew + `","name":"Crew","members":["` + ada + `","` + ivy + `"]}`},
		{"DELETE", "/teams/cook", "", 404, `{"error":"unknown team \"cook\"; did you mean \"Cooks\"? Known: Crew, Cooks"}`},
		{"DELETE", "/teams/cooks", "", 204, ""},
		{"DELETE", "/invites/eve", "", 204, ""},
		{"DELETE", "/invites/eve", "", 404, `{"error":"unknown invite \"eve\"; known: ivy"}`},
		{"POST", "/invites/ivy/accept", "", 200, ""},
		{"PUT", "/verified-domains/example", "", 400, `{"error":"\"example\" is not a domain; write one like example.com"}`},
		{"PUT", "/verified-domains/Example.com", "", 204, ""},
		{"DELETE", "/verified-domains/example.org", "", 404, `{"error":"unknown verified domain \"example.org\"; did you mean \"example.com\"?"}`},
	} {
		got := c.do(step.method, "/_fake/workspaces/acme"+step.path, step.body)
		if got.Status != step.status || step.want != "" && got.Body != step.want {
			t.Errorf("%s %s %s: got %v, want %d %s", step.method, step.path, step.body, got, step.status, step.want)
		}
	}
	acme := c.server.Workspace("acme")
	if got := acme.Team("crew"); len(got.Members) != 2 || got.Members[1] != acme.Member("ivy").ID {
		t.Errorf("the team is %+v", got)
	}
	var listed struct {
		Workspaces []struct {
			Invites         []any
			Teams           []struct{ Name string }
			VerifiedDomains []string `json:"verified_domains"`
		}
	}
	c.decode("/_fake/workspaces", &listed)
	if w := listed.Workspaces[0]; len(w.Invites) != 0 || len(w.Teams) != 1 || w.Teams[0].Name != "Crew" || len(w.VerifiedDomains) != 1 {
		t.Errorf("the workspace is listed as %+v", w)
	}
}
