package scim

// schemaDocument describes a kind of resource.
type schemaDocument struct {
	Schemas     []string   `json:"schemas"`
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Description string     `json:"description"`
	Attributes  []declared `json:"attributes"`
	Meta        schemaMeta `json:"meta"`
}

type schemaMeta struct {
	ResourceType string `json:"resourceType"`
	Location     string `json:"location"`
}

// declared describes an attribute, with the keys that Attio's documentation shows.
type declared struct {
	Name            string     `json:"name"`
	Type            string     `json:"type"`
	MultiValued     bool       `json:"multiValued"`
	Description     string     `json:"description"`
	Required        bool       `json:"required"`
	CanonicalValues []string   `json:"canonicalValues,omitempty"`
	Mutability      string     `json:"mutability"`
	Returned        string     `json:"returned"`
	Uniqueness      string     `json:"uniqueness"`
	SubAttributes   []declared `json:"subAttributes,omitempty"`
}

// ListSchemas answers GET /scim/v2/Schemas. The attributes of users are documented; the descriptions of attributes and the
// attributes of groups are this project's.
func ListSchemas(*Request) (*Answer, error) {
	return page([]schemaDocument{
		describe("User", "Attio workspace member", userSchema,
			attribute("userName", "The e-mail address of the user.").required().unique(),
			attribute("name", "The name of the user.").of(
				attribute("givenName", "The first name of the user."),
				attribute("familyName", "The last name of the user.")),
			attribute("emails", "The e-mail address of the user.").many().readOnly().of(
				attribute("value", "The e-mail address.").readOnly(),
				attribute("primary", "Whether the address is the user's own.").boolean().readOnly()),
			attribute("active", "Whether the user has access to the workspace.").boolean(),
			attribute("appRole", "What the user may do in the workspace.").either("admin", "member")),
		describe("Group", "Attio's team", groupSchema,
			attribute("displayName", "The name of the team.").required().unique(),
			attribute("members", "The users in the team.").many().of(
				attribute("value", "The id of the user."),
				attribute("$ref", "The path of the user.").reference().readOnly())),
	}, 1, maxCount), nil
}

func describe(name, description, schema string, attributes ...declared) schemaDocument {
	return schemaDocument{[]string{documentSchema}, schema, name, description, attributes, schemaMeta{"Schema", "/scim/v2/Schemas/" + schema}}
}

func attribute(name, description string) declared {
	return declared{Name: name, Type: "string", Description: description, Mutability: "readWrite", Returned: "default", Uniqueness: "none"}
}

func (d declared) required() declared {
	d.Required = true
	return d
}

func (d declared) unique() declared {
	d.Uniqueness = "server"
	return d
}

func (d declared) many() declared {
	d.MultiValued = true
	return d
}

func (d declared) readOnly() declared {
	d.Mutability = "readOnly"
	return d
}

func (d declared) boolean() declared {
	d.Type = "boolean"
	return d
}

func (d declared) reference() declared {
	d.Type = "reference"
	return d
}

func (d declared) of(attributes ...declared) declared {
	d.Type, d.SubAttributes = "complex", attributes
	return d
}

func (d declared) either(values ...string) declared {
	d.CanonicalValues = values
	return d
}
