package differences

var members = Area{
	Title: "Members, invites and teams",
	Rows: []Difference{
		{
			Where:    "the last active admin",
			Fake:     "An identity provider can neither suspend them nor make them a regular member: 400 `mutability`. Go, the control API and scenarios can, because a test may need a workspace without an admin",
			Since:    "2026-11",
			Evidence: "Attio's pages do not say",
			NoProbe:  "could leave the workspace without an admin",
		},
		{
			Where:    "pending invites",
			Fake:     "are not among the workspace members; Attio's API shows them through SCIM alone. One address is either a member or invited. Accepting an invite makes a new membership with an id of its own, and sends `workspace-member.created`",
			Since:    "2026-11",
			Evidence: "Attio's pages on SCIM show invites among the users; nothing shows them elsewhere",
			NoProbe:  "would invite a person",
		},
		{
			Where:    "an address with an account in another workspace",
			Fake:     "is the same user: accepting an invite keeps the names of the account, not those of the invite",
			Since:    "2026-11",
			Evidence: "Attio's pages do not say",
			NoProbe:  "needs a person with accounts in two workspaces",
		},
		{
			Where:    "verified domains",
			Fake:     "do not include their subdomains",
			Since:    "2026-11",
			Evidence: "Attio's pages do not say",
			NoProbe:  "needs verified domains and would invite people",
		},
		{
			Where:    "names of teams, which are SCIM's groups",
			Fake:     "are unique regardless of case, and stored without white space around them. SCIM refuses a name that is taken: 409 `uniqueness`",
			Since:    "2026-11",
			Evidence: "Attio's page on SCIM groups: unique, and not empty once trimmed",
			Probes:   []string{"scim.group_taken", "scim.group_blank"},
		},
		{
			Where:    "teams, when an invite ends",
			Fake:     "An accepted invite is replaced by the member in the same place; a withdrawn one leaves",
			Since:    "2026-11",
			Evidence: "Attio's pages do not say",
			NoProbe:  "needs an invite that a person accepts",
		},
		{
			Where:    "teams in views",
			Fake:     "Attio's views can name teams by id, in a form that is not documented. In the fake no condition names a team, and the `metadata` of a view has none",
			Since:    "2026-11",
			Evidence: "Attio's pages of October 2026 mention teams, and show no form",
			NoProbe:  "the form is not published, so there is nothing to send",
		},
		{
			Where:    "changes of invites and teams",
			Fake:     "appear in the journal with `id`, `email_address` or `name`, as the API names such things",
			Since:    "2026-11",
			Evidence: "The fake's own way: Attio has no journal",
			NoProbe:  "is about the journal, which only the fake has",
		},
	},
}
