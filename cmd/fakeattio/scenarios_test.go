package main

import "testing"

func TestSummaryIsTheFirstSentenceForPeople(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"no comment", "version: 1\n", ""},
		{"nothing", "", ""},
		{"one line", "# For tests.\nversion: 1\n", "For tests"},
		{"after the line for editors", "# yaml-language-server: $schema=x.json\n#\n# Two\n# lines. And more.\nversion: 1 # no\n", "Two lines"},
		{"only the first paragraph", "# One\n#\n# Two\n", "One"},
		{"comments after the first key do not count", "version: 1\n# Two\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := summary(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestFilesAreToldFromBuiltInScenarios(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{
		"acme": false, "acme.v2": false, "": false,
		"acme.yaml": true, "ACME.YML": true, "acme.json": true, "./acme": true, "dir/acme": true, "/etc/acme": true,
	} {
		if got := isFile(value); got != want {
			t.Errorf("isFile(%q) = %t, want %t", value, got, want)
		}
	}
}
