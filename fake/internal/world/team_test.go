package world

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// crew returns a workspace with the admin ada, the pending invite ivy and the team sailors of both.
func crew(t *testing.T) *Workspace {
	t.Helper()
	state, err := Build("acme", "Acme", noon, func(tx *Tx) error {
		return errors.Join(
			tx.AddMember("ada", &User{Key: "ada", Email: "ada@example.com"}, Admin),
			tx.Invite(Invite{ID: "ivy", Email: "ivy@example.com", FirstName: "Ivy", Access: Regular}),
			tx.AddTeam("sailors", "Sailors", []attio.ID{"ada", "ivy"}),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	return acme(t, New(&Seed{Clock: Start{At: noon.Add(time.Hour), Frozen: true}, Workspaces: []*State{state}}))
}

func TestAnInviteIsAcceptedOrWithdrawn(t *testing.T) {
	t.Parallel()
	later := noon.Add(time.Hour)
	account := &User{Key: "ivy", Email: "ivy@example.com"}
	for name, tc := range map[string]struct {
		end     func(*Tx) error
		changes []string
		teams   []*Team
		member  *Member
	}{
		"accepted": {
			func(tx *Tx) error { return tx.AcceptInvite("ivy", "new", account) },
			[]string{"invite ivy deleted", "workspace-member new created", "team sailors changed"},
			[]*Team{{"sailors", "Sailors", []attio.ID{"ada", "new"}, noon, later}},
			&Member{"new", account, Regular, later, later},
		},
		"withdrawn": {
			func(tx *Tx) error { return tx.WithdrawInvite("ivy") },
			[]string{"invite ivy deleted", "team sailors changed"},
			[]*Team{{"sailors", "Sailors", []attio.ID{"ada"}, noon, later}},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			workspace := crew(t)
			commits, err := workspace.Write(System(), tc.end)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.changes, said(commits[0].Changes)); diff != "" {
				t.Errorf("the changes (-want +got):\n%s", diff)
			}
			state := workspace.View()
			var teams []*Team
			for team := range state.Teams() {
				teams = append(teams, team)
			}
			if diff := cmp.Diff(tc.teams, teams); diff != "" {
				t.Errorf("the teams (-want +got):\n%s", diff)
			}
			if _, pending := state.InviteByEmail("ivy@example.com"); pending {
				t.Error("the invite is still pending")
			}
			member, _ := state.MemberByEmail("IVY@example.com")
			if diff := cmp.Diff(tc.member, member); diff != "" {
				t.Errorf("the member (-want +got):\n%s", diff)
			}
			for _, end := range []func(*Tx) error{
				func(tx *Tx) error { return tx.AcceptInvite("ivy", "another", account) },
				func(tx *Tx) error { return tx.WithdrawInvite("ivy") },
				func(tx *Tx) error { return tx.ChangeInvite("ivy", func(*Invite) {}) },
			} {
				if err := workspace.Update(System(), end); err == nil || err.Error() != "no pending invite has the id ivy" {
					t.Errorf("a second end: %v", err)
				}
			}
		})
	}
}

func TestWhatInvitesMembersAndTeamsRefuse(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		write func(*Tx) error
		want  string
		is    error
	}{
		"an invite of a member": {func(tx *Tx) error { return tx.Invite(Invite{ID: "1", Email: "ADA@example.com", Access: Regular}) },
			"ADA@example.com is a member of the workspace already", ErrAlreadyMember},
		"a second invite": {func(tx *Tx) error { return tx.Invite(Invite{ID: "1", Email: "Ivy@example.com", Access: Admin}) },
			"Ivy@example.com is invited to the workspace already", ErrAlreadyInvited},
		"a member who is invited": {func(tx *Tx) error { return tx.AddMember("1", &User{Email: "ivy@example.com"}, Regular) },
			"ivy@example.com is invited to the workspace already", ErrAlreadyInvited},
		"an invite of one who is suspended": {func(tx *Tx) error { return tx.Invite(Invite{ID: "1", Email: "b@example.com", Access: Suspended}) },
			`an invite makes a member with the access level admin or member, not "suspended"`, nil},
		"an invite that becomes suspended": {func(tx *Tx) error { return tx.ChangeInvite("ivy", func(i *Invite) { i.Access = Suspended }) },
			`an invite makes a member with the access level admin or member, not "suspended"`, nil},
		"suspending the last admin": {func(tx *Tx) error { return tx.ChangeMember("ada", Suspended) },
			"ada@example.com is the last active admin of the workspace; make another member an admin first", ErrLastAdmin},
		"demoting the last admin": {func(tx *Tx) error { return tx.ChangeMember("ada", Regular) },
			"ada@example.com is the last active admin of the workspace; make another member an admin first", ErrLastAdmin},
		"changing nobody":                    {func(tx *Tx) error { return tx.ChangeMember("1", Regular) }, "no workspace member has the id 1", nil},
		"a team without a name":              {func(tx *Tx) error { return tx.AddTeam("1", " \t", nil) }, "a team needs a name that is not empty", ErrTeamUnnamed},
		"a team that loses its name":         {func(tx *Tx) error { return tx.ChangeTeam("sailors", "", nil) }, "a team needs a name that is not empty", ErrTeamUnnamed},
		"a second team with a name":          {func(tx *Tx) error { return tx.AddTeam("1", "sailors ", nil) }, `"sailors" is the name of another team`, ErrTeamNamed},
		"a team of nobody":                   {func(tx *Tx) error { return tx.AddTeam("1", "Cooks", []attio.ID{"2"}) }, "no workspace member and no pending invite has the id 2", nil},
		"a change of a team that is unknown": {func(tx *Tx) error { return tx.ChangeTeam("1", "Cooks", nil) }, "no team has the id 1", nil},
		"a delete of a team that is unknown": {func(tx *Tx) error { return tx.DeleteTeam("1") }, "no team has the id 1", nil},
		"accepting as one who is a member":   {func(tx *Tx) error { return tx.AcceptInvite("ivy", "1", &User{Email: "ada@example.com"}) }, "ada@example.com is a member of the workspace already", ErrAlreadyMember},
		"an access level that Attio has not": {func(tx *Tx) error { return tx.Invite(Invite{ID: "1", Email: "b@example.com", Access: "owner"}) }, `an invite makes a member with the access level admin or member, not "owner"`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			workspace := crew(t)
			before := workspace.View()
			err := workspace.Update(System(), tc.write)
			if err == nil || err.Error() != tc.want || tc.is != nil && !errors.Is(err, tc.is) {
				t.Errorf("got %v, want %s", err, tc.want)
			}
			if workspace.View() != before {
				t.Error("something was written")
			}
		})
	}
}

func TestAnAdminWhoIsNotTheLastCanBeSuspended(t *testing.T) {
	t.Parallel()
	workspace := crew(t)
	if err := workspace.Update(System(), func(tx *Tx) error {
		return errors.Join(
			tx.AddMember("bob", &User{Email: "bob@example.com"}, Regular),
			tx.ChangeMember("bob", Admin), tx.ChangeMember("ada", Suspended), tx.ChangeMember("ada", Regular),
		)
	}); err != nil {
		t.Error(err)
	}
	if ada, _ := workspace.View().Member("ada"); ada.Access != Regular || !ada.UpdatedAt.Equal(noon.Add(time.Hour)) {
		t.Errorf("ada is %+v", ada)
	}
}

func TestATeamIsFoundByWhateverNamesIt(t *testing.T) {
	t.Parallel()
	workspace := crew(t)
	if err := workspace.Update(System(), func(tx *Tx) error {
		return errors.Join(tx.AddTeam(attio.PathID("acme/teams/cooks"), " The cooks ", []attio.ID{"ivy", "ada", "ivy"}), tx.ChangeTeam("sailors", "SAILORS", nil))
	}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"cooks": "The cooks", "the cooks": "The cooks", "sailors": "SAILORS", "bakers": ""} {
		team, ok := workspace.View().TeamNamed(name)
		if ok != (want != "") || ok && team.Name != want {
			t.Errorf("%s: got %+v", name, team)
		}
	}
	if cooks, _ := workspace.View().TeamNamed("cooks"); !cmp.Equal(cooks.Members, []attio.ID{"ivy", "ada"}) {
		t.Errorf("the cooks are %v", cooks.Members)
	}
}

func TestADomainIsVerified(t *testing.T) {
	t.Parallel()
	workspace := crew(t)
	if err := workspace.Update(System(), func(tx *Tx) error {
		tx.VerifyDomain("Example.com")
		tx.VerifyDomain("example.com")
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := workspace.View().VerifiedDomains; !cmp.Equal(got, []string{"example.com"}) {
		t.Errorf("the domains are %v", got)
	}
	for address, want := range map[string]bool{"a@EXAMPLE.com": true, "a@mail.example.com": false, "a@example.org": false, "": false} {
		if got := workspace.View().VerifiesDomainOf(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
	if err := workspace.Update(System(), func(tx *Tx) error {
		if !tx.UnverifyDomain("EXAMPLE.com") || tx.UnverifyDomain("example.com") {
			t.Error("it can be undone once")
		}
		return nil
	}); err != nil || workspace.View().VerifiesDomainOf("a@example.com") {
		t.Errorf("the domain is still verified: %v", err)
	}
}
