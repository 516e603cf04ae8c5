package world

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// User is a login account. It is outside of the workspaces; an e-mail address has one account.
type User struct {
	Key       string // its name in the scenario
	Email     string
	FirstName string
	LastName  string
	AvatarURL *string
}

// AccessLevel is what a member may do.
type AccessLevel string

// The access levels of Attio's API.
const (
	Admin     AccessLevel = "admin"
	Regular   AccessLevel = "member"
	Suspended AccessLevel = "suspended"
)

var accessLevels = []AccessLevel{Admin, Regular, Suspended}

// AccessLevels lists the access levels.
func AccessLevels() []AccessLevel { return slices.Clone(accessLevels) }

// Member is one user in one workspace.
type Member struct {
	ID                   attio.ID
	User                 *User
	Access               AccessLevel
	CreatedAt, UpdatedAt time.Time
}

// ErrAlreadyMember reports that a user is already a member of the workspace.
var ErrAlreadyMember = errors.New("is a member of the workspace already")

// ErrLastAdmin reports that the workspace would have no active admin left.
var ErrLastAdmin = errors.New("is the last active admin of the workspace; make another member an admin first")

// AddMember makes a user a member of the workspace. One who is invited accepts the invite instead.
func (tx *Tx) AddMember(id attio.ID, user *User, access AccessLevel) error {
	if !slices.Contains(accessLevels, access) {
		return fmt.Errorf("unknown access level %q", access)
	}
	if err := tx.checkNew(user.Email); err != nil {
		return err
	}
	member := &Member{ID: id, User: user, Access: access, CreatedAt: tx.Now, UpdatedAt: tx.Now}
	put(tx, member)
	tx.ownThings().emails.set(foldCase(user.Email), id)
	return nil
}

// ChangeMember is SetAccess for clients, who cannot take the last active admin from a workspace.
func (tx *Tx) ChangeMember(id attio.ID, access AccessLevel) error {
	member, ok := tx.Member(id)
	if ok && access != Admin && tx.isLastAdmin(member) {
		return fmt.Errorf("%s %w", member.User.Email, ErrLastAdmin)
	}
	return tx.SetAccess(id, access)
}

func (tx *Tx) isLastAdmin(member *Member) bool {
	for other := range tx.Members() {
		if other.Access == Admin && other.ID != member.ID {
			return false
		}
	}
	return member.Access == Admin
}

// SetAccess changes the access level of a member; Attio suspends members and never deletes them. A test may leave a
// workspace without an admin, as scenarios can have one.
func (tx *Tx) SetAccess(id attio.ID, access AccessLevel) error {
	member, ok := tx.Member(id)
	if !ok {
		return fmt.Errorf("no workspace member has the id %s", id)
	}
	if member.Access == access && !tx.seeding { // a scenario says when it was last set
		return nil
	}
	changed := *member
	changed.Access, changed.UpdatedAt = access, tx.Now
	put(tx, &changed)
	return nil
}

// MemberAuthor returns the author of a member's writes.
func MemberAuthor(id attio.ID) Author {
	return Author{Actor: attio.Actor{Type: attio.ActorWorkspaceMember, ID: id}, Member: id}
}

// FirstAdmin returns the oldest admin, if there is one.
func (s *State) FirstAdmin() (*Member, bool) {
	for member := range s.Members() {
		if member.Access == Admin {
			return member, true
		}
	}
	return nil, false
}

// DefaultAuthor is who writes what a test arranges without saying in whose name: the first admin, or Attio itself where
// there is none.
func (s *State) DefaultAuthor() Author {
	if admin, ok := s.FirstAdmin(); ok {
		return MemberAuthor(admin.ID)
	}
	return System()
}

// MemberNamed returns the member with an id, or whose user has an e-mail address or a key in the scenario.
func (s *State) MemberNamed(name string) (*Member, bool) {
	for member := range s.Members() {
		if name == member.User.Key || name == string(member.ID) || strings.EqualFold(name, member.User.Email) {
			return member, true
		}
	}
	return nil, false
}

// MemberKeys lists the keys of all members' users.
func (s *State) MemberKeys() []string {
	var keys []string
	for member := range s.Members() {
		keys = append(keys, member.User.Key)
	}
	return keys
}

// CanAct returns an error if the member cannot be the author of a write.
func (m *Member) CanAct() error {
	if m.Access == Suspended {
		return fmt.Errorf("member %q is suspended, so that nothing can be done in their name; choose another or give them access again", m.User.Key)
	}
	return nil
}

// acts reports whether there is a member with an id, in whose name things can be done.
func (s *State) acts(id attio.ID) bool {
	member, ok := s.Member(id)
	return ok && member.CanAct() == nil
}

// MemberByEmail returns the member with an e-mail address, in any case.
func (s *State) MemberByEmail(email string) (*Member, bool) {
	id, ok := s.emails.Get(foldCase(email))
	if !ok {
		return nil, false
	}
	return s.Member(id)
}

// foldCase maps texts that differ only in case to the same text, including the three forms of one letter: K, k and the
// Kelvin sign.
func foldCase(s string) string { return strings.ToLower(strings.ToUpper(s)) }

func (m *Member) identity() (Thing, attio.ID)      { return ThingMember, m.ID }
func (m *Member) attachedTo() []attio.ID           { return nil }
func (m *Member) without(attio.ID) (*Member, bool) { return nil, false }
func (m *Member) followed(*merger) *Member         { return m }
