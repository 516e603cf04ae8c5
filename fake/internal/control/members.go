package control

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Member is a workspace member: one user in one workspace.
type Member struct {
	// The workspace member id.
	ID attio.ID `json:"id"`
	// The key of the user in the scenario.
	User string `json:"user"`
	// The e-mail address, which only one user has.
	EmailAddress string `json:"email_address"`
	// The first name.
	FirstName string `json:"first_name"`
	// The last name.
	LastName string `json:"last_name"`
	// What the member may do.
	AccessLevel world.AccessLevel `json:"access_level"`
}

func describeMember(m *world.Member) Member {
	return Member{m.ID, m.User.Key, m.User.Email, m.User.FirstName, m.User.LastName, m.Access}
}

// AddMember makes a user a member of a workspace. If another workspace has a member with the e-mail address, both are the
// same user, with the name that is already known. The default key is the part of the address before the @.
func (h *Handler) AddMember(workspace *world.Workspace, user world.User, access world.AccessLevel) (*world.Member, error) {
	if err := workspace.CheckPresent(); err != nil {
		return nil, err
	}
	if !scenario.IsEmail(user.Email) {
		return nil, fmt.Errorf("a member needs an e-mail address; %q is not one", user.Email)
	}
	if err := CheckAccess(access); err != nil {
		return nil, err
	}
	if user.Key == "" {
		user.Key, _, _ = strings.Cut(user.Email, "@")
	}
	id := h.world.NewID()
	account := h.world.User(user)
	state := workspace.View()
	if err := workspace.Update(state.DefaultAuthor(), func(tx *world.Tx) error { return tx.AddMember(id, account, access) }); err != nil {
		return nil, err
	}
	added, _ := workspace.View().Member(id)
	return added, nil
}

// CheckAccess refuses an access level that Attio does not have.
func CheckAccess(access world.AccessLevel) error {
	if known := world.AccessLevels(); !slices.Contains(known, access) {
		return errors.New(suggest.Unknown("access level", string(access), texts(known)))
	}
	return nil
}

// memberBody is the body of POST /_fake/workspaces/{workspace}/members.
type memberBody struct {
	// The e-mail address. If a member of another workspace has it, it is the same user, with the name that it has there.
	EmailAddress string `json:"email_address" required:"an e-mail address" jsonschema:"example=grace@example.com"`
	// The key by which the user goes; by default the part of the address before the @.
	User string `json:"user" jsonschema:"example=grace"`
	// The first name.
	FirstName string `json:"first_name" jsonschema:"example=Grace"`
	// The last name.
	LastName string `json:"last_name" jsonschema:"example=Hopper"`
	// The URL of a picture.
	AvatarURL *string `json:"avatar_url"`
	// What the member may do; "member" by default.
	AccessLevel world.AccessLevel `json:"access_level"`
}

// addMember answers POST /_fake/workspaces/{workspace}/members.
func addMember(h *Handler, r *http.Request) (any, *refusal) {
	body := memberBody{AccessLevel: world.Regular}
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	user := world.User{Key: body.User, Email: body.EmailAddress, FirstName: body.FirstName, LastName: body.LastName, AvatarURL: body.AvatarURL}
	member, err := h.AddMember(workspace, user, body.AccessLevel)
	switch {
	case errors.Is(err, world.ErrAlreadyMember):
		return nil, &refusal{status: http.StatusConflict, message: err.Error()}
	case err != nil:
		return nil, badRequest("%v", err)
	}
	return describeMember(member), nil
}

// memberChange is the body of PATCH /_fake/workspaces/{workspace}/members/{member}.
type memberChange struct {
	// What the member may do from now on: "suspended" takes the access away, any other level gives it back.
	AccessLevel *world.AccessLevel `json:"access_level"`
	// The first name of the user, in all workspaces.
	FirstName *string `json:"first_name"`
	// The last name of the user, in all workspaces.
	LastName *string `json:"last_name"`
}

// changeMember answers PATCH /_fake/workspaces/{workspace}/members/{member}.
func changeMember(h *Handler, r *http.Request) (any, *refusal) {
	var body memberChange
	if refused := decode(r, &body); refused != nil {
		return nil, refused
	}
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	name := variable(r, "member")
	member, ok := workspace.View().MemberNamed(name)
	if !ok {
		return nil, notFound(suggest.Unknown("member", name, workspace.View().MemberKeys()))
	}
	if body.AccessLevel == nil && body.FirstName == nil && body.LastName == nil {
		return nil, badRequest(`say what to change: {"access_level": "suspended"}, {"first_name": "Grace"} or {"last_name": "Hopper"}`)
	}
	if body.AccessLevel != nil {
		if err := CheckAccess(*body.AccessLevel); err != nil {
			return nil, badRequest("%v", err)
		}
		author := workspace.View().DefaultAuthor()
		_ = workspace.Update(author, func(tx *world.Tx) error { return tx.SetAccess(member.ID, *body.AccessLevel) }) // members are never deleted
	}
	if body.FirstName != nil || body.LastName != nil {
		h.world.RenameUser(member.User, *cmp.Or(body.FirstName, &member.User.FirstName), *cmp.Or(body.LastName, &member.User.LastName))
	}
	changed, _ := workspace.View().Member(member.ID)
	return describeMember(changed), nil
}
