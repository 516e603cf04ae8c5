package world

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Invite asks somebody to become a member of the workspace. It is pending until it is accepted or withdrawn.
type Invite struct {
	ID                   attio.ID
	Email                string
	FirstName, LastName  string
	Access               AccessLevel // of the member that it makes
	CreatedAt, UpdatedAt time.Time
}

// ErrAlreadyInvited reports that an e-mail address has a pending invite to the workspace.
var ErrAlreadyInvited = errors.New("is invited to the workspace already")

// VerifyDomain lets the users of a domain become members of the workspace without an invite.
func (tx *Tx) VerifyDomain(domain string) {
	if domain = foldCase(domain); !slices.Contains(tx.VerifiedDomains, domain) {
		tx.ownThings().VerifiedDomains = append(slices.Clip(tx.VerifiedDomains), domain)
	}
}

// UnverifyDomain undoes VerifyDomain, and reports whether there was anything to undo. Members stay.
func (tx *Tx) UnverifyDomain(domain string) bool {
	before := len(tx.VerifiedDomains)
	tx.ownThings().VerifiedDomains = kept(tx.VerifiedDomains, func(verified string) bool { return verified != foldCase(domain) })
	return len(tx.VerifiedDomains) < before
}

// VerifiesDomainOf reports whether the workspace has verified the domain of an e-mail address. Its subdomains do not count.
func (s *State) VerifiesDomainOf(email string) bool {
	_, domain, _ := strings.Cut(email, "@")
	return slices.Contains(s.VerifiedDomains, foldCase(domain))
}

// Invites yields the pending invites, oldest first.
func (s *State) Invites() iter.Seq[*Invite] { return s.invites.All() }

// Invite returns the pending invite with an id.
func (s *State) Invite(id attio.ID) (*Invite, bool) { return s.invites.Get(id) }

// InviteByEmail returns the pending invite of an e-mail address, in any case.
func (s *State) InviteByEmail(email string) (*Invite, bool) {
	id, ok := s.emails.Get(foldCase(email))
	if !ok {
		return nil, false
	}
	return s.Invite(id)
}

// InviteNamed returns the pending invite with an id, an e-mail address in any case, or a key.
func (s *State) InviteNamed(name string) (*Invite, bool) {
	for invite := range s.Invites() {
		if name == string(invite.ID) || strings.EqualFold(name, invite.Email) || name == s.InviteKey(invite) {
			return invite, true
		}
	}
	return nil, false
}

// InviteKey returns the key of an invite in the scenario, or else the part of its address before the @. It becomes that of the
// user, if the address has no account yet.
func (s *State) InviteKey(invite *Invite) string {
	if name, ok := s.NameOf(invite.ID); ok {
		return name.Key
	}
	key, _, _ := strings.Cut(invite.Email, "@")
	return key
}

// InviteKeys lists the keys of the pending invites.
func (s *State) InviteKeys() []string {
	var keys []string
	for invite := range s.Invites() {
		keys = append(keys, s.InviteKey(invite))
	}
	return keys
}

// Invite adds a pending invite.
func (tx *Tx) Invite(invite Invite) error {
	if err := checkInvited(invite.Access); err != nil {
		return err
	}
	if err := tx.checkNew(invite.Email); err != nil {
		return err
	}
	invite.CreatedAt, invite.UpdatedAt = tx.Now, tx.Now
	put(tx, &invite)
	tx.ownThings().emails.set(foldCase(invite.Email), invite.ID)
	return nil
}

// checkNew refuses the address of a member or of a pending invite.
func (tx *Tx) checkNew(email string) error {
	if _, ok := tx.MemberByEmail(email); ok {
		return fmt.Errorf("%s %w", email, ErrAlreadyMember)
	}
	if _, ok := tx.InviteByEmail(email); ok {
		return fmt.Errorf("%s %w", email, ErrAlreadyInvited)
	}
	return nil
}

func checkInvited(access AccessLevel) error {
	if access != Admin && access != Regular {
		return fmt.Errorf("an invite makes a member with the access level admin or member, not %q", access)
	}
	return nil
}

// ChangeInvite changes the names and the access level of a pending invite; its address stays.
func (tx *Tx) ChangeInvite(id attio.ID, change func(*Invite)) error {
	invite, err := tx.pending(id)
	if err != nil {
		return err
	}
	changed := *invite
	change(&changed)
	if err := checkInvited(changed.Access); err != nil {
		return err
	}
	changed.ID, changed.Email, changed.CreatedAt, changed.UpdatedAt = id, invite.Email, invite.CreatedAt, tx.Now
	put(tx, &changed)
	return nil
}

// AcceptInvite replaces a pending invite by a member, also in the teams. The account is that of the invite's address.
func (tx *Tx) AcceptInvite(id, member attio.ID, account *User) error {
	invite, err := tx.pending(id)
	if err != nil {
		return err
	}
	tx.dropInvite(invite)
	if err := tx.AddMember(member, account, invite.Access); err != nil {
		return err
	}
	tx.replaceInTeams(id, member)
	return nil
}

// WithdrawInvite takes a pending invite back, which leaves the teams as well.
func (tx *Tx) WithdrawInvite(id attio.ID) error {
	invite, err := tx.pending(id)
	if err != nil {
		return err
	}
	tx.dropInvite(invite)
	tx.replaceInTeams(id)
	return nil
}

func (tx *Tx) pending(id attio.ID) (*Invite, error) {
	invite, ok := tx.State.Invite(id)
	if !ok {
		return nil, fmt.Errorf("no pending invite has the id %s", id)
	}
	return invite, nil
}

func (tx *Tx) dropInvite(invite *Invite) {
	tx.ownThings().emails.delete(foldCase(invite.Email))
	drop(tx, invite)
}

func (i *Invite) identity() (Thing, attio.ID)      { return ThingInvite, i.ID }
func (i *Invite) attachedTo() []attio.ID           { return nil }
func (i *Invite) without(attio.ID) (*Invite, bool) { return nil, false }
func (i *Invite) followed(*merger) *Invite         { return i }
