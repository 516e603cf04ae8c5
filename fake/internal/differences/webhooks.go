package differences

var webhooks = Area{
	Title: "Webhooks",
	Rows: []Difference{
		{
			Where:    "webhook targets",
			Fake:     "`http://` is also accepted for loopback, private and single-label hosts, `.local`, `.internal` and `.localhost`. `inbox://name` is received by the fake itself. Targets under `/_fake` and at link-local or metadata addresses, however spelled, are refused with an item of code `custom`, and again if a name turns out to resolve to such an address",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document: the URL begins with `https://`",
			Probes:   []string{"webhooks.http_target"},
		},
		{
			Where:    "webhook events",
			Fake:     "There are none for options, statuses, views, meetings, files, objects, and deleted attributes. Both sides of a relationship send one. Deleting a record also sends those of its notes, comments, tasks and entries. A webhook gets each event once, however many of its subscriptions match",
			Since:    "2026-11",
			Evidence: "Attio's webhook reference",
			NoProbe:  "needs a receiver that Attio can reach",
		},
		{
			Where:    "webhook retries",
			Fake:     "The first comes after 3 minutes, each further one after twice the wait: ten in 51 hours, to the URL that the webhook had at the time of the event. Each URL gets one delivery at a time. At most 10,000 deliveries wait; beyond that, the oldest one for the URL with the most is dropped and logged. When five attempts in a row at a URL fail at once without an answer, the fake waits a quarter of a second before each further attempt there. A success makes a degraded webhook active again. A whole answer, or 4 KB of it, must arrive within 5 s",
			Since:    "2026-11",
			Evidence: "Attio's pages: about ten attempts in three days",
			NoProbe:  "needs a receiver that Attio can reach, and three days",
		},
	},
}
