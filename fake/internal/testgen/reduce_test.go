package testgen

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const twoObjects = `# yaml-language-server: $schema=./scenario.schema.json
version: 1
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
users:
  ada: {email: ada@example.com}
  bob: {email: bob@example.com}
workspaces:
  acme:
    name: Acme
    members:
      ada: admin
      bob: member
    objects:
      people:
        attributes:
          tier: text
        records:
          grace: {name: "Hopper, Grace"}
          alan: {name: "Turing, Alan", company: {record: companies/navy}}
      companies:
        records:
          navy: {name: Navy}
          army:
            name: Army
            description: |
              Two
              lines
    notes:
      memo: {record: people/grace, title: Memo}
`

func TestAScenarioIsReducedToWhatTheOutcomeDependsOn(t *testing.T) {
	t.Parallel()
	const head = "version: 1\nclock: {at: 2026-01-15T12:00:00Z, frozen: true}\n"
	for name, test := range map[string]struct {
		needs    []string // texts that have to be there
		mentions string
		want     string
	}{
		"nothing":  {nil, "", head},
		"a record": {[]string{"grace: {"}, "", head + "workspaces:\n  acme:\n    objects:\n      people:\n        records:\n          grace: {name: \"Hopper, Grace\"}\n"},
		"things that nothing named": {[]string{"alan: {", "navy: {", "ada: admin"}, "", head +
			"workspaces:\n  acme:\n    members:\n      ada: admin\n    objects:\n      people:\n        records:\n" +
			"          alan: {name: \"Turing, Alan\", company: {record: companies/navy}}\n      companies:\n        records:\n          navy: {name: Navy}\n"},
		"a record of several lines stays whole": {[]string{"army:"}, "army", head +
			"workspaces:\n  acme:\n    objects:\n      companies:\n        records:\n          army:\n            name: Army\n            description: |\n              Two\n              lines\n"},
		"an object without what it holds": {[]string{"people:"}, "people", head + "workspaces:\n  acme:\n    objects:\n      people: {}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, whole, ok := Reduce(twoObjects, test.mentions, func(text string) bool {
				for _, need := range append(test.needs, "version: 1") {
					if !strings.Contains(text, need) {
						return false
					}
				}
				return true
			})
			if diff := cmp.Diff(test.want, got); diff != "" || whole || !ok {
				t.Errorf("whole: %v, ok: %v: %s", whole, ok, diff)
			}
		})
	}
}

func TestAScenarioIsTakenWholeIfNothingElseHolds(t *testing.T) {
	t.Parallel()
	_, all, _ := strings.Cut(twoObjects, "\n")
	got, whole, ok := Reduce(twoObjects, "", func(text string) bool { return text == all })
	if diff := cmp.Diff(all, got); diff != "" || !whole || !ok {
		t.Errorf("whole: %v, ok: %v: %s", whole, ok, diff)
	}
	if _, _, ok := Reduce(twoObjects, "", func(string) bool { return false }); ok {
		t.Error("what never holds was found")
	}
}

func TestTheSearchForAScenarioIsBounded(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString("version: 1\nworkspaces:\n  acme:\n    notes:\n")
	for i := range 20_000 {
		fmt.Fprintf(&text, "      n%d: {title: Note %d}\n", i, i)
	}
	trials, bytes := 0, 0
	got, _, ok := Reduce(text.String(), "n7", func(text string) bool {
		trials++
		bytes += len(text)
		return strings.Contains(text, "n7: ")
	})
	if !ok || trials > maxTrials || bytes > maxTrialBytes || strings.Count(got, "\n") != 5 {
		t.Errorf("%d trials of %d bytes found %d lines", trials, bytes, strings.Count(got, "\n"))
	}
	trials, bytes = 0, 0
	half := func(text string) bool { // the even ones are needed, one by one
		trials++
		bytes += len(text)
		return strings.Count(text, "0: ") >= 2000
	}
	if _, _, ok := Reduce(text.String(), "", half); !ok || trials > maxTrials || bytes > maxTrialBytes {
		t.Errorf("%d trials of %d bytes", trials, bytes)
	}
}
