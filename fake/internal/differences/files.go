package differences

var files = Area{
	Title: "Files, e-mails and sequences",
	Rows: []Difference{
		{
			Where:    "files",
			Fake:     "A file may have 50 MiB, and all workspaces together 512 MiB (`--max-file-bytes`). Deleted files count as long as the scenario or a snapshot can bring them back. Beyond that, uploads return 413 in the fake's own words. A download redirects to a signed link under `/_fake/files/`, which lasts 15 minutes of the server's clock. Only attachments stored by Attio itself have bytes",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document: 50 MB, 201, 302",
			Probes:   []string{"files.upload", "files.download"},
		},
		{
			Where:    "e-mails",
			Fake:     "come from the scenario or from Go. What a member may not see is removed after paging, so pages can be short. `exclude_automated_participants` drops e-mails that involve no person from outside",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document of October 2026",
			Probes:   []string{"emails.list"},
		},
		{
			Where:    "sequences",
			Fake:     "There are none to leave; only the list of addresses exists",
			Since:    "2026-11",
			Evidence: "Attio's OpenAPI document of October 2026",
			NoProbe:  "would have to put a person's address into a sequence",
		},
	},
}
