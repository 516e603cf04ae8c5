package differences

var objects = Area{
	Title: "Objects, attributes, options and statuses",
	Rows: []Difference{
		{
			Where:    "a standard object that is off",
			Fake:     "returns 400 `standard_object_disabled` with its id wherever a path, a query string or a body names it, including `GET /v2/objects/deals` and filters. At Attio this was seen only for a query of its records. Its slug stays taken",
			Since:    "2026-11",
			Evidence: "Two public connectors branch on the error when they query records",
			Probes:   []string{"objects.off", "objects.off_get"},
		},
		{
			Where:    "attributes of deals, users and workspaces; options of `employee_range`, `estimated_arr_usd` and connection strengths",
			Fake:     "not all were recorded; the rest follows the descriptions in Attio's guides and clients",
			Since:    "2026-11",
			Evidence: "Recordings of 2026 have some of them; the guides describe the rest",
			Probes:   []string{"attributes.deals", "attributes.users", "attributes.workspaces", "options.employee_range", "options.estimated_arr"},
		},
		{
			Where:    "a static default",
			Fake:     "names an option by its id, as seen; it names a status the same way, which nobody has seen",
			Since:    "2026-11",
			Evidence: "A fixture of a live workspace, 2026, names an option by its id",
			Probes:   []string{"attributes.default_select", "attributes.default_status"},
		},
		{
			Where:    "creating an attribute",
			Fake:     "Unknown keys are refused, as Attio's OpenAPI document says. A currency without a configuration is in USD. The types `interaction` and `personal-name` are refused. A new status attribute has no statuses",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document of October 2026",
			Probes:   []string{"attributes.unknown_key", "attributes.currency_bare", "attributes.type_interaction", "statuses.new"},
		},
		{
			Where:    "slugs",
			Fake:     "Those of standard objects cannot change: 400 `system_edit_unauthorized` in the fake's own words. An empty slug is `too_small`",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document has the code for attributes",
			Probes:   []string{"objects.slug_empty"},
		},
		{
			Where:    "options of attributes that Attio fills in, including the estimates of companies",
			Fake:     "cannot be added or changed: 400 `system_edit_unauthorized`",
			Since:    "2026-11",
			Evidence: "Nobody has captured an answer",
			NoProbe:  "a success would change an attribute that the probe did not make",
		},
		{
			Where:    "the title of an option or a status",
			Fake:     "stays taken after it is archived, and is case-sensitive",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document has the conflict, and nothing about archived titles or case",
			Probes:   []string{"options.title_archived", "options.title_case"},
		},
		{
			Where:    "an archived option or status in a write",
			Fake:     "counts as unknown: 400 `value_not_found`",
			Since:    "2026-11",
			Evidence: "Nobody has captured an answer",
			Probes:   []string{"values.option_archived", "values.status_archived"},
		},
		{
			Where:    "the number of objects that a plan allows",
			Fake:     "3, 5, 12 and any number; only the first was measured",
			Since:    "2026-11",
			Evidence: "A free workspace was measured in October 2026; Attio's pages on prices have the others",
			NoProbe:  "would use up the objects of the plan",
		},
		{
			Where:    "deleting an object",
			Fake:     "also deletes its lists, and sends `list.deleted` for each",
			Since:    "2026-11",
			Evidence: "Attio's pages of 2026: its records are deleted",
			Probes:   []string{"lists.after_object"},
		},
	},
}
