package differences

var oauth = Area{
	Title: "OAuth",
	Rows: []Difference{
		{
			Where:    "errors of `/authorize`",
			Fake:     "An unknown `client_id`, or a `redirect_uri` that does not exactly match one of the app's, returns a page with status 400. All other errors go back to the app as RFC 6749 says, with `error_description` in the fake's own words",
			Since:    "2026-11",
			Evidence: "Attio's pages describe successes only",
			NoProbe:  "needs a registered app and a person at a browser",
		},
		{
			Where:    "errors of `/oauth/token` and `/oauth/introspect`",
			Fake:     "`{\"error\",\"error_description\"}` as in RFC 6749: 401 for `invalid_client`, 400 for everything else. A parameter may not appear twice. The body is a form, not JSON",
			Since:    "2026-11",
			Evidence: "Attio's pages describe successes only; ten public clients print the text of an error without reading it",
			NoProbe:  "needs a registered app with its secret",
		},
		{
			Where:    "codes",
			Fake:     "have 64 characters and last ten minutes. The first exchange by the app that a code belongs to uses it up, even if the exchange fails; using it again does not revoke its token. The latest 1,000 codes are kept; a reset or a restore drops them all",
			Since:    "2026-11",
			Evidence: "Attio's pages do not say",
			NoProbe:  "needs a registered app and a person at a browser",
		},
		{
			Where:    "`token_level`",
			Fake:     "The default is the app's",
			Since:    "2026-11",
			Evidence: "A public integration of October 2026 describes the parameter, with `workspace` as the default",
			NoProbe:  "needs two registered apps and a person at a browser",
		},
		{
			Where:    "PKCE",
			Fake:     "Only S256 is supported; a verifier without a challenge returns `invalid_grant`",
			Since:    "2026-11",
			Evidence: "A public integration of October 2026: S256, which tokens of users need",
			NoProbe:  "needs a registered app and a person at a browser",
		},
		{
			Where:    "who grants a token",
			Fake:     "Any member who is not suspended may grant one, but only an admin if the token acts for the workspace; otherwise the error is `access_denied`. The fake checks this again when the code is exchanged. The request names the member in the parameter `as`, which Attio does not have",
			Since:    "2026-11",
			Evidence: "The same integration: only an administrator can grant a token of the workspace",
			NoProbe:  "needs a registered app and two members at a browser",
		},
		{
			Where:    "`redirect_uri` of `/oauth/token`",
			Fake:     "is optional; if it is sent, it must be the one of the authorization request",
			Since:    "2026-11",
			Evidence: "Attio's pages of 2026 do not list it, those of 2025 do",
			NoProbe:  "needs a registered app and a person at a browser",
		},
		{
			Where:    "installing an app again",
			Fake:     "creates another token; the old one remains valid",
			Since:    "2026-11",
			Evidence: "Attio's pages do not say",
			NoProbe:  "needs a registered app and a person at a browser",
		},
		{
			Where:    "introspection",
			Fake:     "answers a Bearer token about itself, and an app with its secret about its own tokens; for all other tokens it returns `{\"active\":false}`",
			Since:    "2026-11",
			Evidence: "Attio's pages show a token that asks about itself",
			NoProbe:  "is answered by app.attio.com, and a probe calls no host but that of the API",
		},
		{
			Where:    "faults with Attio's errors",
			Fake:     "use the API's envelope here too; rate limits do not apply",
			Since:    "2026-11",
			Evidence: "The fake's own way: Attio's errors there are unknown",
			NoProbe:  "is about faults, which only the fake has",
		},
	},
}
