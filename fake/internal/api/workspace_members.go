package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// workspaceMember is a member on the wire.
type workspaceMember struct {
	ID           workspaceMemberID `json:"id"`
	FirstName    string            `json:"first_name"`
	LastName     string            `json:"last_name"`
	AvatarURL    *string           `json:"avatar_url"`
	EmailAddress string            `json:"email_address"`
	AccessLevel  world.AccessLevel `json:"access_level"`
	CreatedAt    attio.Time        `json:"created_at"`
}

type workspaceMemberID struct {
	WorkspaceID       attio.ID `json:"workspace_id"`
	WorkspaceMemberID attio.ID `json:"workspace_member_id"`
}

// listWorkspaceMembers answers GET /v2/workspace_members: all members at once, suspended ones too.
func listWorkspaceMembers(c *Call) (any, error) {
	workspace := c.Workspace.View()
	members := []workspaceMember{}
	for member := range workspace.Members() {
		members = append(members, renderMember(workspace, member))
	}
	return envelope{world.Unordered(c.Workspace, members)}, nil
}

// getWorkspaceMember answers GET /v2/workspace_members/{workspace_member_id}.
func getWorkspaceMember(c *Call) (any, error) {
	id, err := c.id("workspace_member_id")
	if err != nil {
		return nil, err
	}
	workspace := c.Workspace.View()
	member, ok := workspace.Member(id)
	if !ok {
		return nil, attio.MemberNotFound(c.vars.get("workspace_member_id"))
	}
	return envelope{renderMember(workspace, member)}, nil
}

func renderMember(workspace *world.State, member *world.Member) workspaceMember {
	return workspaceMember{
		ID:           workspaceMemberID{workspace.ID, member.ID},
		FirstName:    member.User.FirstName,
		LastName:     member.User.LastName,
		AvatarURL:    member.User.AvatarURL,
		EmailAddress: member.User.Email,
		AccessLevel:  member.Access,
		CreatedAt:    attio.Time{Time: member.CreatedAt},
	}
}
