package scim_test

import "testing"

// The requests are those of Microsoft's article on developing a SCIM endpoint for Entra ID, with its capital letters, its
// "False", and both ways in which it removes the member of a group. Attributes that Attio does not have are not mapped in updates.
func TestEntraIDProvisionsAWorkspace(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	const userName = "deanruiz@navy.example.com"

	// A user who cannot exist tests the connection.
	if total, _ := c.found(filtered("/Users", `userName eq "9a1f3a55-0c6e-4b8e-a3cf-84a7f0f2b6c5"`)); total != 0 {
		t.Errorf("found %d users", total)
	}
	got := c.do("POST", "/Users", `{"schemas":["`+userURN+`","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
		"externalId":"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef","userName":"`+userName+`","active":"True",
		"emails":[{"primary":true,"type":"work","value":"`+userName+`"}],"meta":{"resourceType":"User"},
		"name":{"formatted":"Dean Ruiz","familyName":"Ruiz","givenName":"Dean"},"roles":[]}`)
	user := c.id(got)
	c.wants(got, 201, rendered(user, userName, "Dean", "Ruiz", "member"))
	c.wants(c.do("GET", "/Users/"+user, ""), 200, rendered(user, userName, "Dean", "Ruiz", "member"))
	c.wants(c.do("GET", "/Users/"+stranger, ""), 404, refusal("404", "", `User "`+stranger+`" not found.`))

	c.wants(c.do("PATCH", "/Users/"+user, operations(`{"op":"Replace","path":"name.familyName","value":"Harris"},{"op":"Add","path":"appRole","value":"admin"}`)),
		200, rendered(user, userName, "Dean", "Harris", "admin"))
	c.wants(c.do("PATCH", "/Users/"+user, operations(`{"op":"Replace","value":{"name.givenName":"Larry","appRole":"member"}}`)),
		200, rendered(user, userName, "Larry", "Harris", "member"))

	// Groups come empty; members follow.
	got = c.do("POST", "/Groups", `{"schemas":["`+groupURN+`","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
		"externalId":"8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159","displayName":"Harbour","meta":{"resourceType":"Group"}}`)
	group := c.id(got)
	c.wants(got, 201, renderedGroup(group, "Harbour"))
	without := `{"schemas":["` + groupURN + `"],"id":"` + group + `","displayName":"Harbour","meta":{"resourceType":"Group","created":"2026-01-15T12:00:00.000Z","lastModified":"2026-01-15T12:00:00.000Z"}}`
	c.wants(c.do("GET", "/Groups/"+group+"?excludedAttributes=members", ""), 200, without)
	c.wants(c.do("GET", filtered("/Groups", `displayName eq "Harbour"`)+"&excludedAttributes=members", ""), 200,
		`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"startIndex":1,"itemsPerPage":1,"Resources":[`+without+`]}`)
	add := operations(`{"op":"Add","path":"members","value":[{"$ref":null,"value":"` + user + `"}]}`)
	c.wants(c.do("PATCH", "/Groups/"+group, add), 200, renderedGroup(group, "Harbour", user))
	c.wants(c.do("PATCH", "/Groups/"+group, operations(`{"op":"Remove","path":"members","value":[{"$ref":null,"value":"`+user+`"}]}`)), 200, renderedGroup(group, "Harbour"))
	c.do("PATCH", "/Groups/"+group, add)
	c.wants(c.do("PATCH", "/Groups/"+group, operations(`{"op":"remove","path":"members[value eq \"`+user+`\"]"}`)), 200, renderedGroup(group, "Harbour"))
	c.wants(c.do("PATCH", "/Groups/"+group, operations(`{"op":"Replace","path":"displayName","value":"Docks"}`)), 200, renderedGroup(group, "Docks"))
	c.wants(c.do("DELETE", "/Groups/"+group, ""), 204, "")

	// Disabled, and at last deleted, which suspends as well.
	c.wants(c.do("PATCH", "/Users/"+user, operations(`{"op":"Replace","path":"active","value":"False"}`)), 200, rendered(user, userName, "Larry", "Harris", ""))
	c.wants(c.do("PATCH", "/Users/"+user, operations(`{"op":"Replace","path":"active","value":"True"}`)), 200, rendered(user, userName, "Larry", "Harris", "member"))
	c.wants(c.do("DELETE", "/Users/"+user, ""), 204, "")
	c.wants(c.do("GET", "/Users/"+user, ""), 200, rendered(user, userName, "Larry", "Harris", ""))
	if level := c.access(userName); level != "suspended" {
		t.Errorf("the API has the access level %q of one who was deleted", level)
	}
}
