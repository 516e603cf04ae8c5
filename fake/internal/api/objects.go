package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// object is an object on the wire.
type object struct {
	ID           objectID   `json:"id"`
	APISlug      string     `json:"api_slug"`
	SingularNoun string     `json:"singular_noun"`
	PluralNoun   string     `json:"plural_noun"`
	CreatedAt    attio.Time `json:"created_at"`
}

type objectID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	ObjectID    attio.ID `json:"object_id"`
}

// objectBody is the body of a request that creates or changes an object.
type objectBody struct {
	Data struct {
		APISlug      *string `json:"api_slug"`
		SingularNoun *string `json:"singular_noun"`
		PluralNoun   *string `json:"plural_noun"`
	} `json:"data"`
}

func (b objectBody) edit() world.ObjectEdit {
	return world.ObjectEdit{Slug: b.Data.APISlug, Singular: b.Data.SingularNoun, Plural: b.Data.PluralNoun}
}

var (
	createObjectShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("api_slug", shape.String().Min(1)),
		shape.Required("singular_noun", shape.String().Min(1)),
		shape.Required("plural_noun", shape.String().Min(1)),
	)))
	updateObjectShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("api_slug", shape.String().Min(1)),
		shape.Optional("singular_noun", shape.String().Min(1)),
		shape.Optional("plural_noun", shape.String().Min(1)),
	)))
)

// listObjects answers GET /v2/objects: the enabled objects in ascending order of their ids.
func listObjects(c *Call) (any, error) {
	schema := c.Workspace.View().Schema
	objects := []object{}
	for _, o := range schema.Objects {
		if o.Enabled {
			objects = append(objects, renderObject(schema, o))
		}
	}
	return envelope{world.Unordered(c.Workspace, objects)}, nil
}

// getObject answers GET /v2/objects/{object}.
func getObject(c *Call) (any, error) {
	schema := c.Workspace.View().Schema
	o, err := c.object(schema)
	if err != nil {
		return nil, err
	}
	return envelope{renderObject(schema, o)}, nil
}

// createObject answers POST /v2/objects.
func createObject(c *Call) (any, error) {
	body, err := shape.Body[objectBody](createObjectShape, c.json())
	if err != nil {
		return nil, err
	}
	return c.writeObject(func(tx *world.Tx) (*world.Object, error) { return tx.CreateObject(body.edit()) })
}

// updateObject answers PATCH /v2/objects/{object}.
func updateObject(c *Call) (any, error) {
	body, err := shape.Body[objectBody](updateObjectShape, c.json())
	if err != nil {
		return nil, err
	}
	return c.writeObject(func(tx *world.Tx) (*world.Object, error) {
		o, err := c.object(tx.Schema)
		if err != nil {
			return nil, err
		}
		return tx.UpdateObject(o, body.edit())
	})
}

// deleteObject answers DELETE /v2/objects/{object}.
func deleteObject(c *Call) (any, error) {
	return empty{}, c.update(func(tx *world.Tx) error {
		o, err := c.object(tx.Schema)
		if err != nil {
			return err
		}
		return tx.DeleteObject(o)
	})
}

func (c *Call) writeObject(write func(*world.Tx) (*world.Object, error)) (any, error) {
	var rendered object
	err := c.update(func(tx *world.Tx) error {
		o, err := write(tx)
		if err == nil {
			rendered = renderObject(tx.Schema, o)
		}
		return err
	})
	return envelope{rendered}, err
}

// object returns the object that the path names by slug or id.
func (c *Call) object(schema *world.Schema) (*world.Object, error) {
	return objectNamed(schema, c.vars.get("object"))
}

func renderObject(schema *world.Schema, o *world.Object) object {
	return object{
		ID:           objectID{schema.WorkspaceID, o.ID},
		APISlug:      o.Slug,
		SingularNoun: o.Singular,
		PluralNoun:   o.Plural,
		CreatedAt:    attio.Time{Time: o.CreatedAt},
	}
}
