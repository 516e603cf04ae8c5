package fake

import (
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// AccessLevel says what a workspace member may do.
type AccessLevel string

// The access levels of Attio.
const (
	AccessAdmin     AccessLevel = "admin"
	AccessMember    AccessLevel = "member"
	AccessSuspended AccessLevel = "suspended"
)

// Member is a workspace member: one user in one workspace.
type Member struct {
	ID        string // the workspace member id; AddMember makes one
	User      string // the key of the user in the scenario
	FirstName string
	LastName  string
	Email     string
	AvatarURL string      // empty for none
	Access    AccessLevel // empty means AccessMember to AddMember
}

// Members returns all members, suspended ones too, oldest first.
func (w *Workspace) Members() []Member {
	var members []Member
	for member := range w.state().Members() {
		members = append(members, newMember(member))
	}
	return members
}

// Member returns a member by the key of the user, the e-mail address or the workspace member id. It
// fails the test if there is none.
func (w *Workspace) Member(key string) Member {
	w.server.helper()
	if found := w.member(key); found != nil {
		return newMember(found)
	}
	return Member{}
}

// AddMember makes a user a member of the workspace. If another workspace has a member with the e-mail address, it is the same
// user, with the name that it has there.
func (w *Workspace) AddMember(m Member) Member {
	w.server.helper()
	if m.Access == "" {
		m.Access = AccessMember
	}
	user := world.User{Key: m.User, Email: m.Email, FirstName: m.FirstName, LastName: m.LastName}
	if m.AvatarURL != "" {
		user.AvatarURL = &m.AvatarURL
	}
	added, err := w.server.control.AddMember(w.inner, user, world.AccessLevel(m.Access))
	if err != nil {
		w.server.fatalf("fake: workspace %q: %v", w.Slug(), err)
		return Member{}
	}
	return newMember(added)
}

// RenameMember gives the user behind a member, by the keys that Member takes, another name in all workspaces.
func (w *Workspace) RenameMember(key, firstName, lastName string) Member {
	w.server.helper()
	member := w.member(key)
	if member == nil || !w.present() {
		return Member{}
	}
	w.server.world.RenameUser(member.User, firstName, lastName)
	return w.Member(string(member.ID))
}

// SetAccess changes what a member may do, by the keys that Member takes: it makes an admin, or gives a suspended
// member access again.
func (w *Workspace) SetAccess(key string, access AccessLevel) Member {
	w.server.helper()
	member := w.member(key)
	if member == nil {
		return Member{}
	}
	if err := control.CheckAccess(world.AccessLevel(access)); err != nil {
		w.server.fatalf("fake: workspace %q: member %q: %v", w.Slug(), key, err)
		return Member{}
	}
	w.update(func(tx *world.Tx) error { return tx.SetAccess(member.ID, world.AccessLevel(access)) })
	return w.Member(string(member.ID))
}

// Suspend takes a member's access away, by the keys that Member takes; SetAccess gives it back. Attio never deletes
// members.
func (w *Workspace) Suspend(key string) {
	w.server.helper()
	w.SetAccess(key, AccessSuspended)
}

func (w *Workspace) member(key string) *world.Member {
	w.server.helper()
	if found, ok := w.state().MemberNamed(key); ok {
		return found
	}
	w.server.fatalf("fake: workspace %q: %s", w.Slug(), suggest.Unknown("member", key, w.state().MemberKeys()))
	return nil
}

func newMember(m *world.Member) Member {
	member := Member{
		ID: string(m.ID), User: m.User.Key, FirstName: m.User.FirstName, LastName: m.User.LastName,
		Email: m.User.Email, Access: AccessLevel(m.Access),
	}
	if m.User.AvatarURL != nil {
		member.AvatarURL = *m.User.AvatarURL
	}
	return member
}
