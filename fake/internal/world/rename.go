package world

import (
	"fmt"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// RenameUser gives a user's account another name, which all workspaces of the user show.
func (w *World) RenameUser(user *User, firstName, lastName string) {
	if user.FirstName == firstName && user.LastName == lastName {
		return
	}
	w.change.Lock()
	defer w.change.Unlock()
	w.rename(user, renamed(user, firstName, lastName), nil)
}

// RenameMember is Write that also renames the account of a member, as RenameUser does. If the transaction fails, nothing
// is renamed.
func (ws *Workspace) RenameMember(author Author, id attio.ID, firstName, lastName string, also func(*Tx) error) ([]Commit, error) {
	w := ws.world
	w.change.Lock()
	defer w.change.Unlock()
	var before, after *User
	commits, err := ws.Write(author, func(tx *Tx) error {
		member, ok := tx.Member(id)
		if !ok {
			return fmt.Errorf("no workspace member has the id %s", id)
		}
		before, after = member.User, renamed(member.User, firstName, lastName)
		tx.giveAccount(member, after)
		return also(tx)
	})
	if err == nil {
		w.rename(before, after, ws)
	}
	return commits, err
}

func renamed(user *User, firstName, lastName string) *User {
	renamed := *user
	renamed.FirstName, renamed.LastName = firstName, lastName
	return &renamed
}

// rename replaces an account among the users, and in all workspaces but the one that has the new account already.
func (w *World) rename(user, renamed *User, but *Workspace) {
	next := *w.current.Load()
	next.users = slices.Clone(next.users)
	for i, known := range next.users {
		if known == user {
			next.users[i] = renamed
		}
	}
	w.current.Store(&next)
	for _, workspace := range next.workspaces {
		member, ok := workspace.View().MemberByEmail(user.Email)
		if !ok || workspace == but {
			continue
		}
		_ = workspace.Update(Author{}, func(tx *Tx) error { // never fails
			member, _ := tx.Member(member.ID)
			tx.giveAccount(member, renamed)
			return nil
		})
	}
}

func (tx *Tx) giveAccount(member *Member, account *User) {
	changed := *member
	changed.User, changed.UpdatedAt = account, tx.Now
	put(tx, &changed)
}
