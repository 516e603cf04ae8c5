package differences

var lists = Area{
	Title: "Lists, entries and views",
	Rows: []Difference{
		{
			Where:    "who sees a list",
			Fake:     "The list's access decides for the member behind the token; a token with no member behind it has the access of the workspace. A list that the token may not see is absent; changing one that it may not change returns 403",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document: lists that a token may not see are left out",
			NoProbe:  "needs a second member with other access",
		},
		{
			Where:    "access to lists",
			Fake:     "A list to which nobody has full access is refused: 400 `validation_type`. The plans `free` and `plus` allow only full access for the workspace",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document: somebody must have full access",
			Probes:   []string{"lists.no_access"},
		},
		{
			Where:    "entries",
			Fake:     "An unknown one returns 404 `Entry with ID \"…\" not found.` The entries of a record are listed list by list",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document has the codes",
			Probes:   []string{"entries.unknown", "record_entries.list"},
		},
		{
			Where:    "saved views",
			Fake:     "Listings have the three recorded keys; a single view has more, as the documentation describes. Of the filter's operators, only `contains` is documented",
			Since:    "2026-11",
			Evidence: "Recordings of 2026 have the listings; Attio's pages of autumn 2026 have the bodies of requests",
			Probes:   []string{"list_views.create", "object_views.create"},
		},
	},
}
