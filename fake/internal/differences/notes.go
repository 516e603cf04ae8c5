package differences

var notes = Area{
	Title: "Notes, tasks, comments and meetings",
	Rows: []Difference{
		{
			Where:    "the filter of a listing",
			Fake:     "An unknown record returns an empty list; giving only one of object and record returns 400",
			Since:    "2026-11",
			Evidence: "A client measured that notes without a parent are all of them",
			Probes:   []string{"notes.unknown_record", "notes.half_filter"},
		},
		{
			Where:    "notes",
			Fake:     "Markdown outside Attio's subset stays text. Lists nest up to 12 deep. Content over 1 MiB returns 413. `content_markdown` of a plaintext note has its special characters escaped. Content in a PATCH needs its format. New content clears the tags, which only scenarios set. A note is deleted with its record, but not with its meeting",
			Since:    "2026-11",
			Evidence: "Attio's pages have the subset of Markdown and the error 413",
			Probes:   []string{"notes.markdown", "notes.escaped", "notes.format_missing"},
		},
		{
			Where:    "tasks",
			Fake:     "A link to a record that does not exist is left out, as recorded. `limit_reached` comes only from a fault. Deleting a record removes it from the links",
			Since:    "2026-11",
			Evidence: "A recording of May 2026 has the link that is left out; the document has the code alone",
			Probes:   []string{"tasks.unknown_link"},
		},
		{
			Where:    "comments",
			Fake:     "The threads of a record do not include those of its entries. A listed thread has up to 80 replies and `has_more_comments`; a single thread pages through all replies. Deleting needs no further permission, but a user's token deletes only the user's own comments. A thread is deleted with its record or entry. Editing a comment in Go sends nothing to webhooks, because Attio has no event for it",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document of October 2026",
			Probes:   []string{"threads.list", "threads.get"},
		},
		{
			Where:    "meetings",
			Fake:     "A link to an unknown object returns `value_not_found`, as a link to an unknown record does, also for POST. POST always creates a new meeting; `external_ref` is ignored. People with a participant's address are linked at once, but created only with `effects.link_companies`. An unknown time zone is read as UTC. Deleting a record removes it from the links",
			Since:    "2026-11",
			Evidence: "Attio's guide of autumn 2026: a POST always creates",
			Probes:   []string{"meetings.unknown_object", "meetings.unknown_record", "meetings.again"},
		},
		{
			Where:    "call recordings",
			Fake:     "take 60 s of the server's clock to complete, or 5 s with only a transcript. Nothing is fetched, and a host below `.invalid` fails. The transcript is available once the recording is completed, in pages of 200 segments. The plans `free` and `plus` have no call recordings",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document has the states, and no durations",
			Probes:   []string{"call_recordings.create", "call_recordings.host", "transcripts.get"},
		},
	},
}
