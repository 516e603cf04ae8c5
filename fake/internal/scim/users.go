package scim

import (
	"errors"
	"net/http"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// ListUsers answers GET /scim/v2/Users: the members, suspended ones too, and after them the pending invites.
func ListUsers(r *Request) (*Answer, error) {
	return list(r.Query, userSchema, userFields, users(r.Workspace.View()))
}

// GetUser answers GET /scim/v2/Users/{user_id}.
func GetUser(r *Request) (*Answer, error) {
	found, err := userOf(r.Workspace.View(), r.ID)
	return &Answer{http.StatusOK, found}, err
}

// CreateUser answers POST /scim/v2/Users. An address of a verified domain makes a member at once, any other an invite.
func CreateUser(r *Request) (*Answer, error) {
	body, err := r.object(userSchema)
	if err != nil {
		return nil, err
	}
	address, ok := body["userName"].(string)
	if _, valid := world.NormalEmail(address); !ok || !valid {
		return nil, invalidValue("The attribute userName has to be an e-mail address.")
	}
	delete(body, "appRole") // Attio's documentation does not have it here
	edit := userEdit{}
	if err := edit.setAll(body, user{UserName: address}); err != nil {
		return nil, err
	}
	created, err := r.create(address, edit)
	return &Answer{http.StatusCreated, created}, err
}

func (r *Request) create(address string, edit userEdit) (created user, err error) {
	id, given, family := r.NewID(), text(edit.givenName), text(edit.familyName)
	var account *world.User
	if state := r.Workspace.View(); state.VerifiesDomainOf(address) && !known(state, address) {
		key, _, _ := strings.Cut(address, "@")
		account = r.Account(world.User{Key: key, Email: address, FirstName: given, LastName: family})
	}
	err = r.Write(func(tx *world.Tx) (err error) {
		if account != nil {
			access := world.Regular
			if edit.active != nil && !*edit.active {
				access = world.Suspended
			}
			err = tx.AddMember(id, account, access)
		} else {
			err = tx.Invite(world.Invite{ID: id, Email: address, FirstName: given, LastName: family, Access: world.Regular})
		}
		if err == nil {
			created, err = userOf(tx.State, string(id))
		}
		return err
	})
	if errors.Is(err, world.ErrAlreadyMember) || errors.Is(err, world.ErrAlreadyInvited) {
		err = taken("A user with the userName %q already exists.", address)
	}
	return created, err
}

// UpdateUser answers PATCH /scim/v2/Users/{user_id}.
func UpdateUser(r *Request) (*Answer, error) {
	operations, err := r.operations()
	if err != nil {
		return nil, err
	}
	return r.changeUser(func(e *userEdit, of user) error { return e.patch(operations, of) })
}

// OverwriteUser answers PUT /scim/v2/Users/{user_id}. That it leaves alone what the body does not have is assumed; RFC 7644
// lets a service choose.
func OverwriteUser(r *Request) (*Answer, error) {
	body, err := r.object(userSchema)
	if err != nil {
		return nil, err
	}
	if address, _ := body["userName"].(string); address == "" {
		return nil, invalidValue("The attribute userName has to be an e-mail address.")
	}
	return r.changeUser(func(e *userEdit, of user) error { return e.setAll(body, of) })
}

func (r *Request) changeUser(read func(*userEdit, user) error) (*Answer, error) {
	state := r.Workspace.View()
	of, err := userOf(state, r.ID)
	if err != nil {
		return nil, err
	}
	edit := &userEdit{}
	if err := read(edit, of); err != nil {
		return nil, err
	}
	if _, pending := state.Invite(of.ID); pending {
		return r.changeInvite(of, edit)
	}
	return r.changeMember(of, edit)
}

// changeInvite withdraws an invite that becomes inactive, which has no answer to show: 204.
func (r *Request) changeInvite(of user, edit *userEdit) (*Answer, error) {
	if edit.active != nil && !*edit.active {
		return &Answer{Status: http.StatusNoContent}, r.Write(func(tx *world.Tx) error { return withdraw(tx, r.ID) })
	}
	err := r.Write(func(tx *world.Tx) error {
		if _, err := userOf(tx.State, r.ID); err != nil {
			return err // another request was faster
		}
		err := tx.ChangeInvite(of.ID, func(i *world.Invite) {
			replace(&i.FirstName, edit.givenName)
			replace(&i.LastName, edit.familyName)
			replace(&i.Access, edit.role)
		})
		if err == nil {
			of, err = userOf(tx.State, string(of.ID))
		}
		return err
	})
	return &Answer{http.StatusOK, of}, err
}

// changeMember changes access and names. The names are those of the account, in all of its workspaces.
func (r *Request) changeMember(of user, edit *userEdit) (*Answer, error) {
	named := of.Name
	replace(&named.GivenName, edit.givenName)
	replace(&named.FamilyName, edit.familyName)
	change := func(tx *world.Tx) error {
		m, _ := tx.Member(of.ID) // members are never deleted
		return setAccess(tx, m, accessAfter(m.Access, edit))
	}
	var err error
	if named == of.Name {
		err = r.Write(change)
	} else {
		err = r.Rename(of.ID, named.GivenName, named.FamilyName, change)
	}
	if err != nil {
		return nil, err
	}
	after, err := userOf(r.Workspace.View(), string(of.ID))
	return &Answer{http.StatusOK, after}, err
}

// accessAfter returns the access level of a member after an edit. A suspended member has no role, so that one who comes back
// without a role is a regular member, and a role alone does not bring anybody back.
func accessAfter(before world.AccessLevel, edit *userEdit) world.AccessLevel {
	active := before != world.Suspended
	replace(&active, edit.active)
	switch {
	case !active:
		return world.Suspended
	case edit.role != nil:
		return *edit.role
	case before == world.Suspended:
		return world.Regular
	}
	return before
}

// DeleteUser answers DELETE /scim/v2/Users/{user_id}, which suspends a member and withdraws an invite.
func DeleteUser(r *Request) (*Answer, error) {
	of, err := userOf(r.Workspace.View(), r.ID)
	if err != nil {
		return nil, err
	}
	err = r.Write(func(tx *world.Tx) error {
		if m, ok := tx.Member(of.ID); ok {
			return setAccess(tx, m, world.Suspended)
		}
		return withdraw(tx, r.ID)
	})
	return &Answer{Status: http.StatusNoContent}, err
}

// withdraw takes back an invite, unless another request was faster.
func withdraw(tx *world.Tx, id string) error {
	of, err := userOf(tx.State, id)
	if err != nil {
		return err
	}
	return tx.WithdrawInvite(of.ID)
}

// setAccess changes the access level of a member.
func setAccess(tx *world.Tx, m *world.Member, access world.AccessLevel) error {
	err := tx.ChangeMember(m.ID, access)
	if errors.Is(err, world.ErrLastAdmin) {
		return immutable("The last active admin of the workspace can be neither suspended nor made a member.")
	}
	return err
}

// users returns the members and the pending invites, each oldest first.
func users(state *world.State) []user {
	all := []user{}
	for m := range state.Members() {
		all = append(all, ofMember(m))
	}
	for i := range state.Invites() {
		all = append(all, ofInvite(i))
	}
	return all
}

func userOf(state *world.State, id string) (user, error) {
	parsed, _ := attio.ParseID(id)
	if m, ok := state.Member(parsed); ok {
		return ofMember(m), nil
	}
	if i, ok := state.Invite(parsed); ok {
		return ofInvite(i), nil
	}
	return user{}, notFound("User", id)
}

func known(state *world.State, address string) bool {
	_, member := state.MemberByEmail(address)
	_, invited := state.InviteByEmail(address)
	return member || invited
}

// replace writes a value where one was sent.
func replace[T any](value *T, sent *T) {
	if sent != nil {
		*value = *sent
	}
}

func text(sent *string) (text string) {
	replace(&text, sent)
	return text
}
