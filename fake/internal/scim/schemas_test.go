package scim_test

import (
	"strings"
	"testing"
)

func TestSchemasDescribeUsersAndGroups(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	plain := `"mutability":"readWrite","returned":"default","uniqueness":"none"`
	fixed := `"mutability":"readOnly","returned":"default","uniqueness":"none"`
	unique := `"mutability":"readWrite","returned":"default","uniqueness":"server"`
	one := func(name, kind, description, rest string) string {
		return `{"name":"` + name + `","type":"` + kind + `","multiValued":false,"description":"` + description + `","required":false,` + rest + `}`
	}
	many := func(name, description, rest string, parts ...string) string {
		return `{"name":"` + name + `","type":"complex","multiValued":true,"description":"` + description + `","required":false,` + rest + `,"subAttributes":[` + strings.Join(parts, ",") + `]}`
	}
	needed := func(name, description string) string {
		return `{"name":"` + name + `","type":"string","multiValued":false,"description":"` + description + `","required":true,` + unique + `}`
	}
	schema := func(name, description, urn string, attributes ...string) string {
		return `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Schema"],"id":"` + urn + `","name":"` + name + `","description":"` + description + `","attributes":[` +
			strings.Join(attributes, ",") + `],"meta":{"resourceType":"Schema","location":"/scim/v2/Schemas/` + urn + `"}}`
	}
	c.wants(c.do("GET", "/Schemas", ""), 200, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":2,"startIndex":1,"itemsPerPage":2,"Resources":[`+
		schema("User", "Attio workspace member", userURN,
			needed("userName", "The e-mail address of the user."),
			one("name", "complex", "The name of the user.", plain+`,"subAttributes":[`+
				one("givenName", "string", "The first name of the user.", plain)+","+one("familyName", "string", "The last name of the user.", plain)+`]`),
			many("emails", "The e-mail address of the user.", fixed, one("value", "string", "The e-mail address.", fixed),
				one("primary", "boolean", "Whether the address is the user's own.", fixed)),
			one("active", "boolean", "Whether the user has access to the workspace.", plain),
			one("appRole", "string", "What the user may do in the workspace.", `"canonicalValues":["admin","member"],`+plain))+","+
		schema("Group", "Attio's team", groupURN,
			needed("displayName", "The name of the team."),
			many("members", "The users in the team.", plain, one("value", "string", "The id of the user.", plain),
				one("$ref", "reference", "The path of the user.", fixed)))+`]}`)
}
