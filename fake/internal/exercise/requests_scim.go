package exercise

const (
	bob  = "/scim/v2/Users/<members/bob_~W>"
	ivy  = "/scim/v2/Users/<invites/ivy_~W>"
	crew = "/scim/v2/Groups/<teams/crew_~W>"

	aUser  = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],`
	aGroup = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],`
	aPatch = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":`
)

// provisioning has the requests of SCIM.
var provisioning = []Request{
	get("scim_schemas.list", "/scim/v2/Schemas"),

	get("scim_users.list", "/scim/v2/Users"),
	post("scim_users.create", "/scim/v2/Users", aUser+`"userName":"new@made.example.com"}`),
	post("scim_users.create", "/scim/v2/Users", aUser+`"userName":"guest@made.example.org"}`),
	get("scim_users.get", bob),
	put("scim_users.overwrite", bob, aUser+`"userName":"bob@~W.example.com","name":{"givenName":"Rob"}}`),
	put("scim_users.overwrite", ivy, aUser+`"userName":"ivy@~W.example.com","name":{"givenName":"Ivy"}}`),
	patch("scim_users.update", bob, aPatch+`[{"op":"replace","path":"active","value":false}]}`),
	del("scim_users.delete", bob),
	del("scim_users.delete", ivy),

	get("scim_groups.list", "/scim/v2/Groups"),
	post("scim_groups.create", "/scim/v2/Groups", aGroup+`"displayName":"New","members":[{"value":"<members/bob_~W>"}]}`),
	get("scim_groups.get", crew),
	put("scim_groups.overwrite", crew, aGroup+`"displayName":"Crew","members":[{"value":"<members/bob_~W>"},{"value":"<invites/ivy_~W>"}]}`),
	patch("scim_groups.update", crew, aPatch+`[{"op":"add","path":"members","value":[{"value":"<members/ada_~W>"}]}]}`),
	del("scim_groups.delete", crew),
}
