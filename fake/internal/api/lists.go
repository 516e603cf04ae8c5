package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// list is a list on the wire. Recorded in May 2026: the parent object, one slug in a body that is sent,
// is an array in the answer.
type list struct {
	ID                    listID               `json:"id"`
	APISlug               string               `json:"api_slug"`
	CreatedAt             attio.Time           `json:"created_at"`
	Name                  string               `json:"name"`
	WorkspaceAccess       *world.ListAccess    `json:"workspace_access"`
	WorkspaceMemberAccess []world.MemberAccess `json:"workspace_member_access"`
	ParentObject          []string             `json:"parent_object"`
	CreatedByActor        attio.Actor          `json:"created_by_actor"`
}

type listID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	ListID      attio.ID `json:"list_id"`
}

// listBody is the body of a request that creates or changes a list.
type listBody struct {
	Data struct {
		Name                  *string                       `json:"name"`
		APISlug               *string                       `json:"api_slug"`
		ParentObject          string                        `json:"parent_object"` // of a new one
		WorkspaceAccess       shape.Sent[*world.ListAccess] `json:"workspace_access"`
		WorkspaceMemberAccess *[]world.MemberAccess         `json:"workspace_member_access"`
	} `json:"data"`
}

func (b listBody) edit() world.ListEdit {
	edit := world.ListEdit{Slug: b.Data.APISlug, Name: b.Data.Name}
	if sent := b.Data.WorkspaceAccess; sent.Given {
		edit.WorkspaceAccess = new(world.ListAccess)
		set(edit.WorkspaceAccess, sent.Value)
	}
	if b.Data.WorkspaceMemberAccess != nil {
		grants := []world.MemberAccess{}
		for _, grant := range *b.Data.WorkspaceMemberAccess {
			grant.Member, _ = attio.ParseID(string(grant.Member)) // the shape has checked it
			grants = append(grants, grant)
		}
		edit.MemberAccess = &grants
	}
	return edit
}

var (
	createListShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("name", shape.String()),
		shape.Required("api_slug", shape.String().Min(1)),
		shape.Required("parent_object", shape.String()),
		shape.Required("workspace_access", shape.Nullable(listAccessShape)),
		shape.Required("workspace_member_access", memberAccessShape),
	)))
	updateListShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("name", shape.String()),
		shape.Optional("api_slug", shape.String().Min(1)),
		shape.Optional("workspace_access", shape.Nullable(listAccessShape)),
		shape.Optional("workspace_member_access", memberAccessShape),
	)))

	listAccessShape   = shape.Enum(string(world.FullAccess), string(world.ReadAndWrite), string(world.ReadOnly))
	memberAccessShape = shape.Array(shape.Object(
		shape.Required("workspace_member_id", shape.UUID()),
		shape.Required("level", listAccessShape),
	))
)

// listLists answers GET /v2/lists: those that the token may see, as they were made. Attio has
// them as the sidebar of a user does, which is neither that nor the order of ids.
func listLists(c *Call) (any, error) {
	schema := c.Workspace.View().Schema
	lists := []list{}
	for _, l := range schema.Lists {
		if c.sees(l) {
			lists = append(lists, renderList(schema, l))
		}
	}
	return envelope{world.Unordered(c.Workspace, lists)}, nil
}

// getList answers GET /v2/lists/{list}.
func getList(c *Call) (any, error) {
	schema := c.Workspace.View().Schema
	l, err := c.list(schema)
	if err != nil {
		return nil, err
	}
	return envelope{renderList(schema, l)}, nil
}

// createList answers POST /v2/lists.
func createList(c *Call) (any, error) {
	body, err := shape.Body[listBody](createListShape, c.json())
	if err != nil {
		return nil, err
	}
	return c.writeList(func(tx *world.Tx) (*world.List, error) { return tx.CreateList(body.Data.ParentObject, body.edit()) })
}

// updateList answers PATCH /v2/lists/{list}. It needs no more than to see the list: Attio's OpenAPI document has no
// error for less.
func updateList(c *Call) (any, error) {
	body, err := shape.Body[listBody](updateListShape, c.json())
	if err != nil {
		return nil, err
	}
	return c.writeList(func(tx *world.Tx) (*world.List, error) {
		l, err := c.listNamed(tx.Schema, c.vars.get("list"), world.ReadOnly, attio.ListNotFound)
		if err != nil {
			return nil, err
		}
		return tx.UpdateList(l, body.edit())
	})
}

func (c *Call) writeList(write func(*world.Tx) (*world.List, error)) (any, error) {
	var rendered list
	err := c.update(func(tx *world.Tx) error {
		l, err := write(tx)
		if err == nil {
			rendered = renderList(tx.Schema, l)
		}
		return err
	})
	return envelope{rendered}, err
}

// list returns the list that the path names by slug or id, for its entries to be read or written.
func (c *Call) list(schema *world.Schema) (*world.List, error) {
	return c.listNamed(schema, c.vars.get("list"), c.access(world.ReadAndWrite), attio.ListNotFound)
}

// listNamed returns a list by slug or id. A list that the token may not see does not exist for it; a list that it sees
// may refuse a write, by Attio's OpenAPI document of October 2026. Which level a write needs is assumed.
func (c *Call) listNamed(schema *world.Schema, slugOrID string, needs world.ListAccess, unknown func(string) *attio.Error) (*world.List, error) {
	l, ok := schema.List(slugOrID)
	switch {
	case !ok || !c.sees(l):
		return nil, unknown(slugOrID)
	case !l.AccessOf(c.Token.AuthorizedBy).Allows(needs):
		return nil, attio.NotPermitted(c.Operation)
	}
	return l, nil
}

// access returns what the call needs to be allowed on a list, by what a write does.
func (c *Call) access(write world.ListAccess) world.ListAccess {
	if c.Operation.Write {
		return write
	}
	return world.ReadOnly
}

// sees reports whether the member behind the token may see a list.
func (c *Call) sees(l *world.List) bool { return l.AccessOf(c.Token.AuthorizedBy) != "" }

func renderList(schema *world.Schema, l *world.List) list {
	rendered := list{
		ID:                    listID{schema.WorkspaceID, l.ID},
		APISlug:               l.Slug,
		CreatedAt:             attio.Time{Time: l.CreatedAt},
		Name:                  l.Name,
		WorkspaceMemberAccess: l.MemberAccess,
		ParentObject:          []string{schema.SlugOf(l.Parent)},
		CreatedByActor:        l.CreatedBy,
	}
	if l.WorkspaceAccess != "" {
		rendered.WorkspaceAccess = &l.WorkspaceAccess
	}
	if rendered.WorkspaceMemberAccess == nil {
		rendered.WorkspaceMemberAccess = []world.MemberAccess{}
	}
	return rendered
}
