package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Invite is a pending invite to a workspace.
type Invite struct {
	ID        string // Invite makes one
	Key       string // in the scenario, or else the part of the address before the @; Invite ignores it
	FirstName string
	LastName  string
	Email     string
	Access    AccessLevel // of the member; empty means AccessMember to Invite
}

// Invites returns the pending invites, oldest first.
func (w *Workspace) Invites() []Invite {
	var invites []Invite
	state := w.state()
	for invite := range state.Invites() {
		invites = append(invites, newInvite(state, invite))
	}
	return invites
}

// Invite invites somebody, who is not a member until AcceptInvite.
func (w *Workspace) Invite(i Invite) Invite {
	w.server.helper()
	if i.Access == "" {
		i.Access = AccessMember
	}
	made, err := w.server.control.Invite(w.inner, w.author(), world.Invite{Email: i.Email, FirstName: i.FirstName, LastName: i.LastName, Access: world.AccessLevel(i.Access)})
	if err != nil {
		w.server.fatalf("fake: workspace %q: %v", w.Slug(), err)
		return Invite{}
	}
	return newInvite(w.state(), made)
}

// AcceptInvite makes a member of one who is invited, in the teams as well. The invite is named by its key, its e-mail address
// or its id. If the address has an account in another workspace, it is the same user.
func (w *Workspace) AcceptInvite(key string) Member {
	w.server.helper()
	invite := w.pendingInvite(key)
	if invite == nil {
		return Member{}
	}
	member, err := w.server.control.AcceptInvite(w.inner, w.author(), invite)
	if err != nil {
		w.server.fatalf("fake: workspace %q: %v", w.Slug(), err)
		return Member{}
	}
	return newMember(member)
}

// WithdrawInvite takes an invite back, by the keys that AcceptInvite takes.
func (w *Workspace) WithdrawInvite(key string) {
	w.server.helper()
	if invite := w.pendingInvite(key); invite != nil {
		w.update(func(tx *world.Tx) error { return tx.WithdrawInvite(invite.ID) })
	}
}

// VerifiedDomains returns the domains whose users become members without an invite.
func (w *Workspace) VerifiedDomains() []string { return slices.Clone(w.state().VerifiedDomains) }

// VerifyDomain lets the users of a domain become members without an invite.
func (w *Workspace) VerifyDomain(domain string) {
	w.server.helper()
	if !scenario.IsDomain(domain) {
		w.server.fatalf("fake: workspace %q: %q is not a domain; write one like example.com", w.Slug(), domain)
		return
	}
	w.update(func(tx *world.Tx) error {
		tx.VerifyDomain(domain)
		return nil
	})
}

// UnverifyDomain undoes VerifyDomain. It fails the test if the domain is not verified.
func (w *Workspace) UnverifyDomain(domain string) {
	w.server.helper()
	w.update(func(tx *world.Tx) error { return control.UnverifyDomain(tx, domain) })
}

func (w *Workspace) pendingInvite(key string) *world.Invite {
	w.server.helper()
	invite, err := control.PendingInvite(w.state(), key)
	if err != nil {
		w.server.fatalf("fake: workspace %q: %v", w.Slug(), err)
	}
	return invite
}

func newInvite(state *world.State, i *world.Invite) Invite {
	return Invite{string(i.ID), state.InviteKey(i), i.FirstName, i.LastName, i.Email, AccessLevel(i.Access)}
}
