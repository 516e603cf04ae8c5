package control

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Invite is a pending invite to a workspace.
type Invite struct {
	// The id of the invite.
	ID attio.ID `json:"id"`
	// The key of the invite in the scenario, or else the part of the address before the @.
	Key string `json:"key"`
	// The e-mail address that is invited.
	EmailAddress string `json:"email_address"`
	// The first name.
	FirstName string `json:"first_name"`
	// The last name.
	LastName string `json:"last_name"`
	// What the member may do once the invite is accepted.
	AccessLevel world.AccessLevel `json:"access_level"`
}

// Team is a group of members, and of those who are invited.
type Team struct {
	// The id of the team.
	ID attio.ID `json:"id"`
	// The name that people see.
	Name string `json:"name"`
	// The ids of its members and of pending invites.
	Members []attio.ID `json:"members"`
}

func describeInvite(state *world.State, i *world.Invite) Invite {
	return Invite{i.ID, state.InviteKey(i), i.Email, i.FirstName, i.LastName, i.Access}
}

func describeTeam(t *world.Team) Team { return Team{t.ID, t.Name, append([]attio.ID{}, t.Members...)} }

// Invite invites somebody to a workspace.
func (h *Handler) Invite(workspace *world.Workspace, author world.Author, invite world.Invite) (*world.Invite, error) {
	if !scenario.IsEmail(invite.Email) {
		return nil, fmt.Errorf("an invite needs an e-mail address; %q is not one", invite.Email)
	}
	if err := CheckAccess(invite.Access); err != nil {
		return nil, err
	}
	invite.ID = h.world.NewID()
	if err := workspace.Update(author, func(tx *world.Tx) error { return tx.Invite(invite) }); err != nil {
		return nil, err
	}
	made, _ := workspace.View().Invite(invite.ID)
	return made, nil
}

// AcceptInvite makes a member of one who is invited. Without an account of the address, the user gets the names and the key
// of the invite.
func (h *Handler) AcceptInvite(workspace *world.Workspace, author world.Author, invite *world.Invite) (*world.Member, error) {
	if err := workspace.CheckPresent(); err != nil {
		return nil, err // before the account is made
	}
	key := workspace.View().InviteKey(invite)
	account := h.world.User(world.User{Key: key, Email: invite.Email, FirstName: invite.FirstName, LastName: invite.LastName})
	id := h.world.NewID()
	if err := workspace.Update(author, func(tx *world.Tx) error { return tx.AcceptInvite(invite.ID, id, account) }); err != nil {
		return nil, err
	}
	member, _ := workspace.View().Member(id)
	return member, nil
}

// PendingInvite returns the pending invite with an id, an e-mail address or a key.
func PendingInvite(state *world.State, name string) (*world.Invite, error) {
	invite, ok := state.InviteNamed(name)
	if !ok {
		return nil, errors.New(suggest.Unknown("invite", name, state.InviteKeys()))
	}
	return invite, nil
}

// TeamNamed returns the team with an id, a name or a key.
func TeamNamed(state *world.State, name string) (*world.Team, error) {
	team, ok := state.TeamNamed(name)
	if !ok {
		return nil, errors.New(suggest.Unknown("team", name, state.TeamNames()))
	}
	return team, nil
}

// TeamMembers returns the ids of members and pending invites, by whatever names them.
func TeamMembers(state *world.State, names []string) ([]attio.ID, error) {
	var ids []attio.ID
	for _, name := range names {
		if member, ok := state.MemberNamed(name); ok {
			ids = append(ids, member.ID)
		} else if invite, ok := state.InviteNamed(name); ok {
			ids = append(ids, invite.ID)
		} else {
			return nil, errors.New(suggest.Unknown("member or invite", name, slices.Concat(state.MemberKeys(), state.InviteKeys())))
		}
	}
	return ids, nil
}

// UnverifyDomain takes a domain from the verified ones.
func UnverifyDomain(tx *world.Tx, domain string) error {
	if !tx.UnverifyDomain(domain) {
		return errors.New(suggest.Unknown("verified domain", domain, tx.VerifiedDomains))
	}
	return nil
}

// inviteBody is the body of POST /_fake/workspaces/{workspace}/invites.
type inviteBody struct {
	// The e-mail address, which no member and no other invite has.
	EmailAddress string `json:"email_address" required:"an e-mail address" jsonschema:"example=alan@example.com"`
	// The first name.
	FirstName string `json:"first_name" jsonschema:"example=Alan"`
	// The last name.
	LastName string `json:"last_name" jsonschema:"example=Turing"`
	// What the member may do once the invite is accepted: "admin", or "member", which is the default.
	AccessLevel world.AccessLevel `json:"access_level"`
}

// addInvite answers POST /_fake/workspaces/{workspace}/invites.
func addInvite(h *Handler, r *http.Request) (any, *refusal) {
	body := inviteBody{AccessLevel: world.Regular}
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	invite, err := h.Invite(workspace, workspace.View().DefaultAuthor(), world.Invite{
		Email: body.EmailAddress, FirstName: body.FirstName, LastName: body.LastName, Access: body.AccessLevel,
	})
	if err != nil {
		return nil, refusedPeople(err)
	}
	return describeInvite(workspace.View(), invite), nil
}

// acceptInvite answers POST /_fake/workspaces/{workspace}/invites/{invite}/accept.
func acceptInvite(h *Handler, r *http.Request) (any, *refusal) {
	workspace, invite, refused := h.invite(r)
	if refused != nil {
		return nil, refused
	}
	member, err := h.AcceptInvite(workspace, workspace.View().DefaultAuthor(), invite)
	if err != nil {
		return nil, refusedPeople(err)
	}
	return describeMember(member), nil
}

// withdrawInvite answers DELETE /_fake/workspaces/{workspace}/invites/{invite}.
func withdrawInvite(h *Handler, r *http.Request) (any, *refusal) {
	workspace, invite, refused := h.invite(r)
	if refused != nil {
		return nil, refused
	}
	return nil, writePeople(workspace, func(tx *world.Tx) error { return tx.WithdrawInvite(invite.ID) })
}

// invite finds the invite that a path names.
func (h *Handler) invite(r *http.Request) (*world.Workspace, *world.Invite, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, nil, refused
	}
	invite, err := PendingInvite(workspace.View(), variable(r, "invite"))
	if err != nil {
		return nil, nil, notFound(err.Error())
	}
	return workspace, invite, nil
}

// teamBody is the body of POST /_fake/workspaces/{workspace}/teams.
type teamBody struct {
	// The name, which no other team has.
	Name string `json:"name" required:"a name" jsonschema:"example=Sales"`
	// Members by the key of the user, the e-mail address or the id, and invites by theirs.
	Members []string `json:"members" jsonschema:"example=ada"`
}

// addTeam answers POST /_fake/workspaces/{workspace}/teams.
func addTeam(h *Handler, r *http.Request) (any, *refusal) {
	var body teamBody
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	id := h.world.NewID()
	return writeTeam(workspace, id, func(tx *world.Tx) error {
		members, err := TeamMembers(tx.State, body.Members)
		if err != nil {
			return err
		}
		return tx.AddTeam(id, body.Name, members)
	})
}

// teamChange is the body of PATCH /_fake/workspaces/{workspace}/teams/{team}.
type teamChange struct {
	// The new name.
	Name *string `json:"name" jsonschema:"example=Accounts"`
	// All members from now on, as in a new team.
	Members *[]string `json:"members"`
}

// changeTeam answers PATCH /_fake/workspaces/{workspace}/teams/{team}.
func changeTeam(h *Handler, r *http.Request) (any, *refusal) {
	var body teamChange
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	workspace, team, refused := h.team(r)
	if refused != nil {
		return nil, refused
	}
	if body.Name == nil && body.Members == nil {
		return nil, badRequest(`say what to change: {"name": "Accounts"} or {"members": ["ada"]}`)
	}
	return writeTeam(workspace, team.ID, func(tx *world.Tx) error {
		name, members := team.Name, team.Members
		if body.Name != nil {
			name = *body.Name
		}
		if body.Members != nil {
			var err error
			if members, err = TeamMembers(tx.State, *body.Members); err != nil {
				return err
			}
		}
		return tx.ChangeTeam(team.ID, name, members)
	})
}

// deleteTeam answers DELETE /_fake/workspaces/{workspace}/teams/{team}.
func deleteTeam(h *Handler, r *http.Request) (any, *refusal) {
	workspace, team, refused := h.team(r)
	if refused != nil {
		return nil, refused
	}
	return nil, writePeople(workspace, func(tx *world.Tx) error { return tx.DeleteTeam(team.ID) })
}

// team finds the team that a path names.
func (h *Handler) team(r *http.Request) (*world.Workspace, *world.Team, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, nil, refused
	}
	team, err := TeamNamed(workspace.View(), variable(r, "team"))
	if err != nil {
		return nil, nil, notFound(err.Error())
	}
	return workspace, team, nil
}

func writeTeam(workspace *world.Workspace, id attio.ID, write func(*world.Tx) error) (any, *refusal) {
	if refused := writePeople(workspace, write); refused != nil {
		return nil, refused
	}
	team, _ := workspace.View().Team(id)
	return describeTeam(team), nil
}

// verifyDomain answers PUT /_fake/workspaces/{workspace}/verified-domains/{domain}.
func verifyDomain(h *Handler, r *http.Request) (any, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	domain := variable(r, "domain")
	if !scenario.IsDomain(domain) {
		return nil, badRequest("%q is not a domain; write one like example.com", domain)
	}
	return nil, writePeople(workspace, func(tx *world.Tx) error {
		tx.VerifyDomain(domain)
		return nil
	})
}

// unverifyDomain answers DELETE /_fake/workspaces/{workspace}/verified-domains/{domain}.
func unverifyDomain(h *Handler, r *http.Request) (any, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	err := workspace.Update(workspace.View().DefaultAuthor(), func(tx *world.Tx) error { return UnverifyDomain(tx, variable(r, "domain")) })
	if err != nil {
		return nil, notFound(err.Error())
	}
	return nil, nil
}

// writePeople runs a transaction on the invites and teams of a workspace.
func writePeople(workspace *world.Workspace, write func(*world.Tx) error) *refusal {
	if err := workspace.Update(workspace.View().DefaultAuthor(), write); err != nil {
		return refusedPeople(err)
	}
	return nil
}

// refusedPeople refuses what conflicts with a member, an invite or a team by 409, and all else by 400.
func refusedPeople(err error) *refusal {
	for _, conflict := range []error{world.ErrAlreadyMember, world.ErrAlreadyInvited, world.ErrTeamNamed} {
		if errors.Is(err, conflict) {
			return &refusal{status: http.StatusConflict, message: err.Error()}
		}
	}
	return badRequest("%v", err)
}
