package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// viewMetadata has the names of the things that a view refers to by id, each under its id. It leaves out what was
// deleted in the meantime.
type viewMetadata struct {
	Attributes map[attio.ID]named `json:"attributes"`
	Objects    map[attio.ID]named `json:"objects"`
	Options    map[attio.ID]named `json:"options"`
	Statuses   map[attio.ID]named `json:"statuses"`
}

type named struct {
	Title   string `json:"title"`
	APISlug string `json:"api_slug,omitempty"` // options and statuses have none
}

func metadataOf(schema *world.Schema, target *world.Target, v *world.View) viewMetadata {
	m := viewMetadata{
		make(map[attio.ID]named), make(map[attio.ID]named), make(map[attio.ID]named), make(map[attio.ID]named),
	}
	c := collector{schema, target, m}
	c.condition(v.Filter)
	for _, sort := range v.Sorts {
		c.path(sort.Attribute)
	}
	for _, column := range v.Attributes {
		c.path(column.Attribute)
	}
	if v.Kanban != nil {
		c.path(v.Kanban.StatusAttribute)
		if v.Kanban.Aggregation != nil {
			c.path(v.Kanban.Aggregation.Attribute)
		}
	}
	return m
}

type collector struct {
	schema   *world.Schema
	target   *world.Target
	metadata viewMetadata
}

func (c collector) condition(condition *world.Condition) {
	if condition == nil {
		return
	}
	for _, inner := range condition.And {
		c.condition(inner)
	}
	for _, inner := range condition.Or {
		c.condition(inner)
	}
	if d := c.path(condition.Attribute); d != nil && condition.Field == "" {
		c.choices(d, condition.Value)
	}
}

// path collects the things on a path, and returns the attribute at its end.
func (c collector) path(path world.Path) *attribute.Definition {
	owner := c.target
	var end *attribute.Definition
	for i, step := range path {
		if i > 0 {
			o, ok := c.schema.ObjectByID(attio.ID(step.Object))
			if !ok {
				return nil
			}
			c.metadata.Objects[o.ID] = named{o.Plural, o.Slug}
			owner = &o.Target
		}
		d, ok := owner.Attribute(step.Attribute)
		if !ok {
			return nil
		}
		c.metadata.Attributes[d.ID] = named{d.Title, d.Slug}
		end = d
	}
	return end
}

// choices collects the options and statuses of an attribute that the value of a condition names.
func (c collector) choices(d *attribute.Definition, value any) {
	switch value := value.(type) {
	case []any:
		for _, one := range value {
			c.choices(d, one)
		}
	case string:
		if option, ok := d.Option(attio.ID(value)); ok {
			c.metadata.Options[option.ID] = named{Title: option.Title}
		}
		if status, ok := d.Status(attio.ID(value)); ok {
			c.metadata.Statuses[status.ID] = named{Title: status.Title}
		}
	}
}
