package api

import (
	"encoding/json"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// attributeBody is the body of a request that creates or changes an attribute.
type attributeBody struct {
	Data attributeEdit `json:"data"`
}

type attributeEdit struct {
	Title         *string                     `json:"title"`
	Description   shape.Sent[*string]         `json:"description"`
	APISlug       *string                     `json:"api_slug"`
	Type          attribute.Type              `json:"type"` // of a new one
	IsRequired    *bool                       `json:"is_required"`
	IsUnique      *bool                       `json:"is_unique"`
	IsMultiselect *bool                       `json:"is_multiselect"` // of a new one
	IsArchived    *bool                       `json:"is_archived"`    // of an old one
	DefaultValue  shape.Sent[*writtenDefault] `json:"default_value"`
	Relationship  *writtenRelationship        `json:"relationship"` // of a new one
	Config        *writtenConfig              `json:"config"`
}

type writtenDefault struct {
	Template json.RawMessage `json:"template"` // a string where it is dynamic, an array where it is static
}

type writtenRelationship struct {
	Object        string `json:"object"`
	Title         string `json:"title"`
	APISlug       string `json:"api_slug"`
	IsMultiselect bool   `json:"is_multiselect"`
}

type writtenConfig struct {
	Currency        *currencyConfig `json:"currency"`
	RecordReference *struct {
		AllowedObjects []string `json:"allowed_objects"`
	} `json:"record_reference"`
}

// The bodies take no other keys: Attio's OpenAPI document says so of these two, and not of others.
var (
	createAttributeShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("title", shape.String()),
		shape.Required("description", shape.Nullable(shape.String())),
		shape.Required("api_slug", shape.String().Min(1)),
		shape.Required("type", shape.Enum(typeNames()...)),
		shape.Required("is_required", shape.Boolean()),
		shape.Required("is_unique", shape.Boolean()),
		shape.Required("is_multiselect", shape.Boolean()),
		shape.Optional("default_value", defaultShape),
		shape.Optional("relationship", shape.Nullable(shape.Object(
			shape.Required("object", shape.String()),
			shape.Required("title", shape.String()),
			shape.Required("api_slug", shape.String().Min(1)),
			shape.Required("is_multiselect", shape.Boolean()),
		).Strict())),
		shape.Required("config", configShape),
	).Strict()))
	updateAttributeShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("title", shape.String()),
		shape.Optional("description", shape.Nullable(shape.String())),
		shape.Optional("api_slug", shape.String().Min(1)),
		shape.Optional("is_required", shape.Boolean()),
		shape.Optional("is_unique", shape.Boolean()),
		shape.Optional("default_value", defaultShape),
		shape.Optional("config", configShape),
		shape.Optional("is_archived", shape.Boolean()),
	).Strict()))

	defaultShape = shape.Nullable(shape.Union(
		shape.Object(shape.Required("type", shape.Literal("dynamic")), shape.Required("template", shape.String())),
		shape.Object(shape.Required("type", shape.Literal("static")), shape.Required("template", shape.Array(shape.Any()))),
	))
	configShape = shape.Object(
		shape.Optional("currency", shape.Object(
			shape.Required("default_currency_code", shape.Enum(currencyCodes...)),
			shape.Required("display_type", shape.Enum("code", "name", "narrowSymbol", "symbol")),
		)),
		shape.Optional("record_reference", shape.Object(
			shape.Required("allowed_objects", shape.Array(shape.String()).Min(1)),
		)),
	)
	// currencyCodes are those of Attio's OpenAPI document, in its order; NTD is what it calls TWD.
	currencyCodes = []string{
		"ARS", "AUD", "BRL", "BGN", "CAD", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "FJD", "HKD", "HUF", "ISK", "INR",
		"IDR", "ILS", "JPY", "KES", "KRW", "MYR", "MXN", "NTD", "NZD", "NGN", "NOK", "XPF", "PEN", "PHP", "PLN", "GBP",
		"RWF", "SAR", "SGD", "ZAR", "SEK", "CHF", "THB", "TRY", "AED", "UYU", "USD", "GHS", "OMR", "QAR", "EGP",
	}
)

func typeNames() []string {
	var names []string
	for _, t := range attribute.Types() {
		names = append(names, string(t))
	}
	return names
}

// attributesQuery says which attributes are listed. Attio documents neither a default nor bounds: a
// listing without a limit was whole when recorded in May 2026, and clients use limits up to 500. That
// a limit is at least one is how its other listings are documented.
type attributesQuery struct {
	Limit        *int `json:"limit"`
	Offset       int  `json:"offset"`
	ShowArchived bool `json:"show_archived"`
}

var attributesQueryShape = shape.Object(
	shape.Optional("limit", shape.QueryInt().Min(1)),
	shape.Optional("offset", shape.QueryInt().Min(0)),
	showArchived,
)

// showArchived is the parameter of listings that leave archived things out.
var showArchived = shape.Optional("show_archived", shape.QueryBool())

// listAttributes answers GET /v2/{target}/{identifier}/attributes: Attio's own attributes in its order,
// then the others as they were made.
func listAttributes(c *Call) (any, error) {
	query, err := shape.Query[attributesQuery](attributesQueryShape, c.query())
	if err != nil {
		return nil, err
	}
	schema := c.Workspace.View().Schema
	kind, err := c.attributesOf(schema)
	if err != nil {
		return nil, err
	}
	attributes := []definition{}
	for _, d := range kind.Common().Attributes {
		if exists(schema, d) && (query.ShowArchived || !d.Archived) {
			attributes = append(attributes, renderAttribute(schema, kind.Common(), d))
		}
	}
	attributes = attributes[min(query.Offset, len(attributes)):]
	if query.Limit != nil {
		attributes = attributes[:min(*query.Limit, len(attributes))]
	}
	return envelope{attributes}, nil
}

// getAttribute answers GET /v2/{target}/{identifier}/attributes/{attribute}, archived ones too.
func getAttribute(c *Call) (any, error) {
	schema := c.Workspace.View().Schema
	kind, d, err := c.attributePath(schema)
	if err != nil {
		return nil, err
	}
	return envelope{renderAttribute(schema, kind.Common(), d)}, nil
}

// createAttribute answers POST /v2/{target}/{identifier}/attributes.
func createAttribute(c *Call) (any, error) {
	body, err := shape.Body[attributeBody](createAttributeShape, c.json())
	if err != nil {
		return nil, err
	}
	return c.writeAttribute(func(tx *world.Tx) (world.Kind, *attribute.Definition, error) {
		kind, err := c.attributesOf(tx.Schema)
		if err != nil {
			return nil, nil, err
		}
		d, err := body.Data.apply(tx.Schema, attribute.Definition{Type: body.Data.Type, Multiselect: *body.Data.IsMultiselect})
		if err != nil {
			return nil, nil, err
		}
		pair, err := body.Data.pair(tx.Schema)
		if err != nil {
			return nil, nil, err
		}
		created, err := tx.CreateAttribute(kind, d, pair)
		return kind, created, err
	})
}

// updateAttribute answers PATCH /v2/{target}/{identifier}/attributes/{attribute}.
func updateAttribute(c *Call) (any, error) {
	body, err := shape.Body[attributeBody](updateAttributeShape, c.json())
	if err != nil {
		return nil, err
	}
	return c.writeAttribute(func(tx *world.Tx) (world.Kind, *attribute.Definition, error) {
		kind, d, err := c.attributePath(tx.Schema)
		switch {
		case err != nil:
			return nil, nil, err
		case d.System:
			return nil, nil, attio.SystemAttributeNotEditable()
		}
		changed, err := body.Data.apply(tx.Schema, *d)
		if err != nil {
			return nil, nil, err
		}
		updated, err := tx.UpdateAttribute(kind, changed)
		return kind, updated, err
	})
}

func (c *Call) writeAttribute(write func(*world.Tx) (world.Kind, *attribute.Definition, error)) (any, error) {
	var rendered definition
	err := c.update(func(tx *world.Tx) error {
		kind, d, err := write(tx)
		if err == nil {
			rendered = renderAttribute(tx.Schema, kind.Common(), d)
		}
		return err
	})
	return envelope{rendered}, err
}

// apply returns a definition with what the edit says. The config of another type is ignored: readers
// see nulls there.
func (e *attributeEdit) apply(schema *world.Schema, d attribute.Definition) (attribute.Definition, error) {
	set(&d.Title, e.Title)
	set(&d.Slug, e.APISlug)
	set(&d.Required, e.IsRequired)
	set(&d.Unique, e.IsUnique)
	set(&d.Archived, e.IsArchived)
	if e.Description.Given {
		d.Description = e.Description.Value
	}
	if e.DefaultValue.Given {
		var err error
		if d.Default, err = e.DefaultValue.Value.parse(); err != nil {
			return d, err
		}
	}
	if e.Config == nil {
		return d, nil
	}
	if config := e.Config.Currency; config != nil && d.Type == attribute.TypeCurrency {
		d.Currency = attribute.Currency{Code: *config.Code, Display: *config.Display}
	}
	if config := e.Config.RecordReference; config != nil && d.Type == attribute.TypeRecordReference {
		d.Objects = nil
		for _, slugOrID := range config.AllowedObjects {
			o, err := schema.ObjectNamed(slugOrID, attio.AllowedObjectNotFound)
			if err != nil {
				return d, err
			}
			if !slices.Contains(d.Objects, o.ID) {
				d.Objects = append(d.Objects, o.ID)
			}
		}
	}
	return d, nil
}

// set changes a field that was sent.
func set[T any](field, sent *T) {
	if sent != nil {
		*field = *sent
	}
}

func (w *writtenDefault) parse() (*attribute.Default, error) {
	if w == nil {
		return nil, nil
	}
	template, err := shape.Decode(w.Template)
	if err != nil {
		return nil, err
	}
	if dynamic, ok := template.(string); ok {
		return &attribute.Default{Dynamic: dynamic}, nil
	}
	static, _ := shape.Plain(template).([]any)
	return &attribute.Default{Static: static}, nil
}

func (e *attributeEdit) pair(schema *world.Schema) (*world.Pair, error) {
	r := e.Relationship
	if r == nil {
		return nil, nil
	}
	o, err := schema.ObjectNamed(r.Object, attio.RelationshipObjectNotFound)
	if err != nil {
		return nil, err
	}
	return &world.Pair{Object: o, Slug: r.APISlug, Title: r.Title, Multiselect: r.IsMultiselect}, nil
}

// attributesOf returns the owner of attributes that the path names.
func (c *Call) attributesOf(schema *world.Schema) (world.Kind, error) {
	identifier := c.vars.get("identifier")
	if c.vars.get("target") == "lists" {
		return c.listNamed(schema, identifier, c.access(world.FullAccess), attio.ListNotFound)
	}
	if c.vars.get("target") == "activities" {
		return activityNamed(schema, identifier)
	}
	return objectNamed(schema, identifier)
}

// attributePath returns the attribute that the path names, and its owner.
func (c *Call) attributePath(schema *world.Schema) (world.Kind, *attribute.Definition, error) {
	kind, err := c.attributesOf(schema)
	if err != nil {
		return nil, nil, err
	}
	d, ok := kind.Common().Attribute(c.vars.get("attribute"))
	if !ok || !exists(schema, d) {
		return nil, nil, attio.AttributeNotFound(c.vars.get("attribute"))
	}
	return kind, d, nil
}

// exists reports whether clients can know of an attribute, which may be archived.
func exists(schema *world.Schema, d *attribute.Definition) bool { return d.Archived || schema.Shows(d) }
