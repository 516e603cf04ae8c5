package fake_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestAnInviteBecomesAMemberOfTheTeams(t *testing.T) {
	t.Parallel()
	srv, acme := newEdited(t)
	acme.WebhookTo(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), "workspace-member.created")
	ivy := acme.Invite(fake.Invite{Email: "ivy@guest.example.net", FirstName: "Ivy", Access: fake.AccessAdmin})
	eve := acme.Invite(fake.Invite{Email: "eve@guest.example.net"})
	want := []fake.Invite{
		{ID: ivy.ID, Key: "ivy", FirstName: "Ivy", Email: "ivy@guest.example.net", Access: fake.AccessAdmin},
		{ID: eve.ID, Key: "eve", Email: "eve@guest.example.net", Access: fake.AccessMember},
	}
	if diff := cmp.Diff(want, acme.Invites()); diff != "" {
		t.Errorf("the invites (-want +got):\n%s", diff)
	}
	crew := acme.AddTeam(fake.Team{Name: "Crew", Members: []string{"bob", "ivy", "eve@guest.example.net"}})
	before := srv.Snapshot()

	member := acme.AcceptInvite("ivy")
	if diff := cmp.Diff(fake.Member{ID: member.ID, User: "ivy", FirstName: "Ivy", Email: "ivy@guest.example.net", Access: fake.AccessAdmin}, member); diff != "" {
		t.Errorf("the member (-want +got):\n%s", diff)
	}
	acme.WithdrawInvite(eve.ID)
	if left := acme.Invites(); left != nil {
		t.Errorf("pending are %v", left)
	}
	team := acme.Team("crew")
	if diff := cmp.Diff(fake.Team{ID: crew.ID, Name: "Crew", Members: []string{acme.Member("bob").ID, member.ID}}, team); diff != "" {
		t.Errorf("the team (-want +got):\n%s", diff)
	}
	if events := srv.Deliveries(); len(events) != 1 || !strings.Contains(string(events[0].Body), member.ID) {
		t.Errorf("the events are %v", events)
	}
	var changes []string
	for _, change := range srv.Diff(before, srv.Snapshot())[0].Changes {
		changes = append(changes, change.Thing+" "+change.Action)
	}
	if diff := cmp.Diff([]string{"workspace-member created", "invite deleted", "invite deleted", "team changed"}, changes); diff != "" {
		t.Errorf("the differences (-want +got):\n%s", diff)
	}

	acme.UpdateTeam("Crew", func(t *fake.Team) { t.Name, t.Members = "Hands", append(t.Members, "ada") })
	if got := acme.Team("hands"); len(got.Members) != 3 || got.ID != crew.ID {
		t.Errorf("the team is %+v", got)
	}
	acme.DeleteTeam(crew.ID)
	if teams := acme.Teams(); teams != nil {
		t.Errorf("the teams are %v", teams)
	}
}

func TestAnInvitedUserOfAnotherWorkspaceIsTheSame(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(`
version: 1
users: {ada: {email: ada@example.com, first_name: Ada}}
workspaces: {acme: {members: {ada: admin}}, navy: {invites: {countess: {email: ADA@example.com, first_name: Augusta}}}}
`))
	if got := srv.Workspace("navy").AcceptInvite("countess"); got.User != "ada" || got.FirstName != "Ada" {
		t.Errorf("she is %+v", got)
	}
}

func TestADomainIsVerifiedAndUnverified(t *testing.T) {
	t.Parallel()
	_, acme := newEdited(t)
	acme.VerifyDomain("Navy.example.com")
	acme.VerifyDomain("example.org")
	acme.UnverifyDomain("EXAMPLE.org")
	if diff := cmp.Diff([]string{"navy.example.com"}, acme.VerifiedDomains()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
