package api

import (
	"encoding/json"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// optionBody is the body of a request that creates or changes a select option.
type optionBody struct {
	Data struct {
		Title      *string `json:"title"`
		IsArchived *bool   `json:"is_archived"`
	} `json:"data"`
}

var (
	createOptionShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("title", shape.String().Min(1)),
	)))
	updateOptionShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("title", shape.String().Min(1)),
		shape.Optional("is_archived", shape.Boolean()),
	)))
)

// listOptions answers GET …/attributes/{attribute}/options. For an attribute of another type it answers with an empty
// list, not with an error: found with a status attribute in 2025.
func listOptions(c *Call) (any, error) {
	return listChoices(c,
		func(d *attribute.Definition) []attribute.Option { return d.Options },
		func(o attribute.Option) bool { return o.Archived })
}

// createOption answers POST …/attributes/{attribute}/options.
func createOption(c *Call) (any, error) {
	body, err := shape.Body[optionBody](createOptionShape, c.json())
	if err != nil {
		return nil, err
	}
	return writeChoice(c, func(tx *world.Tx, kind world.Kind, d *attribute.Definition) (attribute.Option, error) {
		return tx.PutOption(kind, d, attribute.Option{Title: *body.Data.Title})
	})
}

// updateOption answers PATCH …/attributes/{attribute}/options/{option}, by id or title.
func updateOption(c *Call) (any, error) {
	body, err := shape.Body[optionBody](updateOptionShape, c.json())
	if err != nil {
		return nil, err
	}
	return writeChoice(c, func(tx *world.Tx, kind world.Kind, d *attribute.Definition) (attribute.Option, error) {
		key := c.vars.get("option")
		id, _ := attio.ParseID(key)
		i := slices.IndexFunc(d.Options, func(o attribute.Option) bool { return o.ID == id || o.Title == key })
		if i < 0 {
			return attribute.Option{}, attio.OptionInPathNotFound(key)
		}
		option := d.Options[i]
		set(&option.Title, body.Data.Title)
		set(&option.Archived, body.Data.IsArchived)
		return tx.PutOption(kind, d, option)
	})
}

// choice is a select option or a status.
type choice interface {
	AppendJSON(b []byte, on attribute.Owner) []byte
}

// listChoices answers with the choices of an attribute in order.
func listChoices[T choice](c *Call, choices func(*attribute.Definition) []T, archived func(T) bool) (any, error) {
	query, err := shape.Query[struct {
		ShowArchived bool `json:"show_archived"`
	}](shape.Object(showArchived), c.query())
	if err != nil {
		return nil, err
	}
	schema := c.Workspace.View().Schema
	kind, d, err := c.attributePath(schema)
	if err != nil {
		return nil, err
	}
	listed := []json.RawMessage{}
	for _, choice := range choices(d) {
		if query.ShowArchived || !archived(choice) {
			listed = append(listed, choice.AppendJSON(nil, owner{schema, kind.Common(), d}))
		}
	}
	return envelope{listed}, nil
}

// writeChoice creates or changes a choice of the attribute in the path.
func writeChoice[T choice](c *Call, write func(*world.Tx, world.Kind, *attribute.Definition) (T, error)) (any, error) {
	var rendered json.RawMessage
	err := c.update(func(tx *world.Tx) error {
		kind, d, err := c.attributePath(tx.Schema)
		if err != nil {
			return err
		}
		choice, err := write(tx, kind, d)
		if err != nil {
			return err
		}
		rendered = choice.AppendJSON(nil, owner{tx.Schema, kind.Common(), d})
		return nil
	})
	return envelope{rendered}, err
}
