package attio

import "slices"

// scimOperations are those of SCIM 2.0, as Attio's documentation had them in 2026: the pages are newer than the OpenAPI
// document, which lost them in June. Their scopes are those of the pages. That they take workspace tokens alone is assumed: what a
// user may do to other members is not documented. So is x-accurate-at, which the rest of the API sends.
var scimOperations = []*Operation{
	read("scim_schemas.list", "GET /scim/v2/Schemas", "user_management:read").workspaceTokensOnly(),

	read("scim_users.list", "GET /scim/v2/Users", "user_management:read").workspaceTokensOnly(),
	write("scim_users.create", "POST /scim/v2/Users", "user_management:read-write").workspaceTokensOnly(),
	read("scim_users.get", "GET /scim/v2/Users/{user_id}", "user_management:read").workspaceTokensOnly(),
	write("scim_users.overwrite", "PUT /scim/v2/Users/{user_id}", "user_management:read-write").workspaceTokensOnly(),
	write("scim_users.update", "PATCH /scim/v2/Users/{user_id}", "user_management:read-write").workspaceTokensOnly(),
	write("scim_users.delete", "DELETE /scim/v2/Users/{user_id}", "user_management:read-write").workspaceTokensOnly(),

	read("scim_groups.list", "GET /scim/v2/Groups", "user_management:read").workspaceTokensOnly(),
	write("scim_groups.create", "POST /scim/v2/Groups", "user_management:read-write").workspaceTokensOnly(),
	read("scim_groups.get", "GET /scim/v2/Groups/{workspace_team_id}", "user_management:read").workspaceTokensOnly(),
	write("scim_groups.overwrite", "PUT /scim/v2/Groups/{workspace_team_id}", "user_management:read-write").workspaceTokensOnly(),
	write("scim_groups.update", "PATCH /scim/v2/Groups/{workspace_team_id}", "user_management:read-write").workspaceTokensOnly(),
	write("scim_groups.delete", "DELETE /scim/v2/Groups/{workspace_team_id}", "user_management:read-write").workspaceTokensOnly(),
}

// AuthorizedOperations returns the operations that take tokens and scopes: those of the API, and then those of SCIM.
func AuthorizedOperations() []*Operation { return slices.Concat(operations, scimOperations) }

// SCIMOperations returns the operations of SCIM, in the order of Attio's documentation.
func SCIMOperations() []*Operation { return slices.Clone(scimOperations) }
