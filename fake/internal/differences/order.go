package differences

var order = Area{
	Title: "Order",
	Rows: []Difference{
		{
			Where:    "workspace members and lists",
			Fake:     "oldest first; Attio orders lists as in a user's sidebar. `effects: {shuffle_unordered: true}` draws a new order for each answer",
			Since:    "2026-11",
			Evidence: "Recordings of 2026: lists in no order of time or id",
			NoProbe:  "the sidebar's order cannot be read over the API, so an order proves nothing",
		},
		{
			Where:    "the other side of a relationship, such as the `team` of a company",
			Fake:     "newest reference first; at Attio in no particular order. `shuffle_unordered` shuffles these too, but not the side that was written, and neither side if both have several values",
			Since:    "2026-11",
			Evidence: "Recordings of 2026: of 34 pairs, 15 newest first, 19 oldest first",
			Probes:   []string{"order.reverse"},
		},
		{
			Where:    "attributes",
			Fake:     "in an order of the workspace's own: Attio's attributes in their usual order, then the others in the order in which they were created, unless the scenario gives a `position`",
			Since:    "2026-11",
			Evidence: "Recordings of 2026: custom attributes also stand before Attio's",
			Probes:   []string{"attributes.list"},
		},
		{
			Where:    "references",
			Fake:     "newest first, whichever side of a relationship was written; Attio's order is unknown",
			Since:    "2026-11",
			Evidence: "Nobody has compared",
			Probes:   []string{"order.written"},
		},
	},
}
