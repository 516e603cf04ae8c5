package control

func teamTable() []documented {
	return []documented{
		{method: "POST", path: "/workspaces/{workspace}/invites", route: addInvite, id: "addInvite", tag: tagTeams,
			says: "Invites somebody, who is not a member until the invite is accepted.", body: inviteBody{}, answer: Invite{}, refuses: conflict,
			example: sample{body: `{"email_address": "alan@example.com", "first_name": "Alan", "last_name": "Turing"}`}},
		{method: "POST", path: "/workspaces/{workspace}/teams", route: addTeam, id: "addTeam", tag: tagTeams,
			says: "Makes a team of members and invites.", body: teamBody{}, answer: Team{}, refuses: conflict,
			example: sample{body: `{"name": "Sales", "members": ["ada", "alan"]}`}},
		{method: "PATCH", path: "/workspaces/{workspace}/teams/{team}", route: changeTeam, id: "changeTeam", tag: tagTeams,
			says: "Renames a team, or replaces its members.", body: teamChange{}, answer: Team{}, refuses: conflict,
			example: sample{path: "/workspaces/acme/teams/Sales", body: `{"members": ["alan"]}`}},
		{method: "POST", path: "/workspaces/{workspace}/invites/{invite}/accept", route: acceptInvite, id: "acceptInvite", tag: tagTeams,
			says: "Makes a member of one who is invited, in the teams as well.", answer: Member{}, refuses: conflict},
		{method: "DELETE", path: "/workspaces/{workspace}/invites/{invite}", route: withdrawInvite, id: "withdrawInvite", tag: tagTeams,
			says:    "Withdraws a pending invite.",
			before:  &sample{method: "POST", path: "/_fake/workspaces/acme/invites", body: `{"email_address": "eve@example.com"}`},
			example: sample{path: "/workspaces/acme/invites/eve"}},
		{method: "DELETE", path: "/workspaces/{workspace}/teams/{team}", route: deleteTeam, id: "deleteTeam", tag: tagTeams,
			says: "Deletes a team. Its members stay in the workspace."},
		{method: "PUT", path: "/workspaces/{workspace}/verified-domains/{domain}", route: verifyDomain, id: "verifyDomain", tag: tagTeams,
			says: "Lets the users of a domain become members without an invite."},
		{method: "DELETE", path: "/workspaces/{workspace}/verified-domains/{domain}", route: unverifyDomain, id: "unverifyDomain", tag: tagTeams,
			says: "Takes a domain from the verified ones. Members stay."},
	}
}
