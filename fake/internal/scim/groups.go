package scim

import (
	"errors"
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// ListGroups answers GET /scim/v2/Groups.
func ListGroups(r *Request) (*Answer, error) {
	all := []group{}
	for team := range r.Workspace.View().Teams() {
		all = append(all, r.shown(team))
	}
	return list(r.Query, groupSchema, groupFields, all)
}

// GetGroup answers GET /scim/v2/Groups/{workspace_team_id}.
func GetGroup(r *Request) (*Answer, error) {
	team, err := teamOf(r.Workspace.View(), r.ID)
	if err != nil {
		return nil, err
	}
	return &Answer{http.StatusOK, r.shown(team)}, nil
}

// CreateGroup answers POST /scim/v2/Groups.
func CreateGroup(r *Request) (*Answer, error) {
	edit, err := r.group()
	if err != nil {
		return nil, err
	}
	id := r.NewID()
	return r.writeGroup(http.StatusCreated, string(id), func(tx *world.Tx) error {
		if err := edit.check(tx.State); err != nil {
			return err
		}
		return tx.AddTeam(id, edit.name, edit.members)
	})
}

// OverwriteGroup answers PUT /scim/v2/Groups/{workspace_team_id}.
func OverwriteGroup(r *Request) (*Answer, error) {
	edit, err := r.group()
	if err != nil {
		return nil, err
	}
	return r.changeGroup(func(*world.Team) (*groupEdit, error) { return edit, nil })
}

// UpdateGroup answers PATCH /scim/v2/Groups/{workspace_team_id}.
func UpdateGroup(r *Request) (*Answer, error) {
	operations, err := r.operations()
	if err != nil {
		return nil, err
	}
	return r.changeGroup(func(team *world.Team) (*groupEdit, error) {
		edit := newGroupEdit(team.Name, team.Members)
		return edit, edit.patch(operations)
	})
}

// DeleteGroup answers DELETE /scim/v2/Groups/{workspace_team_id}.
func DeleteGroup(r *Request) (*Answer, error) {
	err := r.Write(func(tx *world.Tx) error {
		team, err := teamOf(tx.State, r.ID)
		if err != nil {
			return err
		}
		return tx.DeleteTeam(team.ID)
	})
	return &Answer{Status: http.StatusNoContent}, err
}

// group reads a whole group from the body. Members are needed in a PUT alone, as Attio's documentation has it.
func (r *Request) group() (*groupEdit, error) {
	body, err := r.object(groupSchema)
	if err != nil {
		return nil, err
	}
	edit := newGroupEdit("", nil)
	if err := edit.setName(body["displayName"]); err != nil {
		return nil, err
	}
	if members := body["members"]; members != nil || r.ID != "" {
		err = edit.writeMembers(operation{op: "replace", value: members})
	}
	return edit, err
}

func (r *Request) changeGroup(read func(*world.Team) (*groupEdit, error)) (*Answer, error) {
	return r.writeGroup(http.StatusOK, r.ID, func(tx *world.Tx) error {
		team, err := teamOf(tx.State, r.ID)
		if err != nil {
			return err
		}
		edit, err := read(team)
		if err == nil {
			err = edit.check(tx.State)
		}
		if err != nil {
			return err
		}
		return tx.ChangeTeam(team.ID, edit.name, edit.members)
	})
}

// writeGroup runs a transaction on a group and answers with it.
func (r *Request) writeGroup(status int, id string, write func(*world.Tx) error) (*Answer, error) {
	var written *world.Team
	err := r.Write(func(tx *world.Tx) error {
		err := write(tx)
		if err == nil {
			written, err = teamOf(tx.State, id)
		}
		return err
	})
	if errors.Is(err, world.ErrTeamNamed) {
		return nil, taken("A group with this displayName already exists.")
	}
	if err != nil {
		return nil, err
	}
	return &Answer{status, renderGroup(written)}, nil
}

// check refuses members that are nobody's.
func (e *groupEdit) check(state *world.State) error {
	for _, id := range e.members {
		if _, err := userOf(state, string(id)); err != nil {
			return noUser(string(id))
		}
	}
	return nil
}

func teamOf(state *world.State, id string) (*world.Team, error) {
	parsed, _ := attio.ParseID(id)
	team, ok := state.Team(parsed)
	if !ok {
		return nil, notFound("Group", id)
	}
	return team, nil
}
