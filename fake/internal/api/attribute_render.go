package api

import (
	"encoding/json"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// definition is an attribute on the wire. The order of all keys was recorded in May 2026.
type definition struct {
	ID                    attributeID    `json:"id"`
	Title                 string         `json:"title"`
	Description           *string        `json:"description"`
	APISlug               string         `json:"api_slug"`
	Type                  attribute.Type `json:"type"`
	IsSystemAttribute     bool           `json:"is_system_attribute"`
	IsWritable            bool           `json:"is_writable"`
	IsRequired            bool           `json:"is_required"`
	IsUnique              bool           `json:"is_unique"`
	IsMultiselect         bool           `json:"is_multiselect"`
	IsDefaultValueEnabled bool           `json:"is_default_value_enabled"`
	IsArchived            bool           `json:"is_archived"`
	DefaultValue          *defaultValue  `json:"default_value"`
	Relationship          *relationship  `json:"relationship"`
	CreatedAt             attio.Time     `json:"created_at"`
	Config                config         `json:"config"`
}

// attributeID has the key object_id for lists, too; for activities it is assumed.
type attributeID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	ObjectID    attio.ID `json:"object_id"`
	AttributeID attio.ID `json:"attribute_id"`
}

// defaultValue has a string as its template where it is dynamic, and values where it is static.
type defaultValue struct {
	Type     string `json:"type"`
	Template any    `json:"template"`
}

// relationship is the attribute on the other side.
type relationship struct {
	ID            attributeID `json:"id"`
	ObjectSlug    string      `json:"object_slug"`
	APISlug       string      `json:"api_slug"`
	IsMultiselect bool        `json:"is_multiselect"`
	Title         string      `json:"title"`
}

// config has both parts whatever the type of the attribute, with nulls in those of other types.
type config struct {
	Currency        currencyConfig `json:"currency"`
	RecordReference struct {
		AllowedObjectIDs []attio.ID `json:"allowed_object_ids"` // null allows all
	} `json:"record_reference"`
}

type currencyConfig struct {
	Code    *string `json:"default_currency_code"`
	Display *string `json:"display_type"`
}

func renderAttribute(schema *world.Schema, of *world.Target, d *attribute.Definition) definition {
	rendered := definition{
		ID:                    attributeID{schema.WorkspaceID, of.ID, d.ID},
		Title:                 d.Title,
		Description:           d.Description,
		APISlug:               d.Slug,
		Type:                  d.Type,
		IsSystemAttribute:     d.System,
		IsWritable:            d.Writable,
		IsRequired:            d.Required,
		IsUnique:              d.Unique,
		IsMultiselect:         d.Multiselect,
		IsDefaultValueEnabled: d.Default != nil,
		IsArchived:            d.Archived,
		DefaultValue:          renderDefault(owner{schema, of, d}),
		Relationship:          renderRelationship(schema, d.Relationship),
		CreatedAt:             attio.Time{Time: d.CreatedAt},
	}
	if d.Currency.Code != "" {
		rendered.Config.Currency = currencyConfig{&d.Currency.Code, &d.Currency.Display}
	}
	rendered.Config.RecordReference.AllowedObjectIDs = d.Objects
	return rendered
}

// renderDefault shows static values as records have them, without their author and time, and an option by its id
// alone, as in a listing of about March 2025. The same for statuses is assumed.
func renderDefault(on owner) *defaultValue {
	byDefault := on.definition.Default
	switch {
	case byDefault == nil:
		return nil
	case byDefault.Values == nil:
		return &defaultValue{"dynamic", byDefault.Dynamic}
	}
	template := make([]json.RawMessage, len(byDefault.Values))
	for i, value := range byDefault.Values {
		b := []byte{'{'}
		switch value := value.(type) {
		case attribute.OptionID:
			b = append(b, `"option":"`+string(value)+`"`...)
		case attribute.StatusID:
			b = append(b, `"status":"`+string(value)+`"`...)
		default:
			b = value.AppendFields(b, on)
		}
		b = append(b, `,"attribute_type":"`...)
		b = append(b, on.definition.Type...)
		template[i] = append(b, `"}`...)
	}
	return &defaultValue{"static", template}
}

func renderRelationship(schema *world.Schema, r *attribute.Relationship) *relationship {
	if r == nil {
		return nil
	}
	o, ok := schema.ObjectByID(r.Object)
	if !ok {
		return nil
	}
	d, ok := o.Attribute(string(r.Attribute))
	if !ok {
		return nil
	}
	return &relationship{
		ID:            attributeID{schema.WorkspaceID, o.ID, d.ID},
		ObjectSlug:    o.Slug,
		APISlug:       d.Slug,
		IsMultiselect: d.Multiselect,
		Title:         d.Title,
	}
}
