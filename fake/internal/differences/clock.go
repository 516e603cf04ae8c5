package differences

var clockAndLimits = Area{
	Title: "Clock and limits",
	Rows: []Difference{
		{
			Where:    "clock",
			Fake:     "runs from 1970-01-01 to the end of 9999-12-31, where it stops, and timers beyond that never fire. If it is put back, things can be completed, resolved or changed before they were created",
			Since:    "2026-11",
			Evidence: "The fake's own way: Attio's clock cannot be set",
			NoProbe:  "is about a clock that can be set, which only the fake has",
		},
		{
			Where:    "rate limits",
			Fake:     "are off unless the scenario says `limits: attio`. All tokens of a workspace count together. The ceilings of scores are 10,000 per query and 50,000 in ten seconds; Attio's are not published",
			Since:    "2026-11",
			Evidence: "Attio's pages: 100 reads and 25 writes a second; scores have ceilings without numbers",
			NoProbe:  "would use up the limits of the whole workspace",
		},
	},
}
