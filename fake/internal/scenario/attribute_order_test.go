package scenario_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// slugsOf lists the attributes of an object or a list in their order.
func slugsOf(kind world.Kind) string {
	var slugs []string
	for _, d := range kind.Common().Attributes {
		slugs = append(slugs, d.Slug)
	}
	return strings.Join(slugs, " ")
}

func TestAttributesStandWhereTheFileSays(t *testing.T) {
	t.Parallel()
	const yaml = `
version: 1
workspaces:
  acme:
    objects:
      ships:
        singular_noun: Ship
        plural_noun: Ships
        attributes:
          code: text
          size: {type: number, position: 1}
          created_by: {position: 3}
          flag: {type: text, api_slug: banner, position: 5}
    lists:
      fleet:
        parent_object: ships
        attributes: {note: {type: text, position: 2}, entry_id: {position: 5}}
`
	seed := loadText(t, yaml)
	ships, _ := seed.Workspaces[0].Schema.Object("ships")
	if diff := cmp.Diff("size record_id created_by created_at banner code", slugsOf(ships)); diff != "" {
		t.Error(diff)
	}
	fleet, _ := seed.Workspaces[0].Schema.List("fleet")
	if got := strings.Fields(slugsOf(fleet)); len(got) != 5 || got[1] != "note" || got[4] != "entry_id" {
		t.Errorf("got %v", got)
	}
	file := checkExport(t, seed)
	const want = `
        attributes:
          size: {type: number, position: 1}
          created_at: {position: 4}
          flag: {type: text, api_slug: banner}
          code: text
    lists:
      fleet:
        parent_object: ships
        attributes:
          note: {type: text, position: 2}
          entry_id: {position: 5}
`
	if !strings.HasSuffix(file, want) {
		t.Errorf("want as few positions as say it:\n%s\ngot\n%s", want, file)
	}
}

func TestEveryOrderOfAttributesIsExportedAsItIs(t *testing.T) {
	t.Parallel()
	people, _ := load(t, scenario.BuiltIn("blank")).Workspaces[0].Schema.Object("people")
	slugs := append(strings.Fields(slugsOf(people)), "tier", "boss", "deputy")
	rapid.Check(t, func(drawn *rapid.T) {
		order := rapid.Permutation(slugs).Draw(drawn, "order")
		var b strings.Builder
		for i, slug := range order {
			kind := map[string]string{"tier": "type: text, ", "boss": "type: record-reference, ", "deputy": "type: number, "}[slug]
			fmt.Fprintf(&b, "          %s: {%sposition: %d}\n", slug, kind, i+1)
		}
		seed := loadText(t, "version: 1\nworkspaces:\n  acme:\n    objects:\n      people:\n        attributes:\n"+b.String())
		got, _ := seed.Workspaces[0].Schema.Object("people")
		if diff := cmp.Diff(strings.Join(order, " "), slugsOf(got)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestPositionsThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ attributes, want string }{
		"twice the same":                        {"{a: {type: text, position: 2}, b: {type: text, position: 2}}", `position 2 is taken by "a"; give each attribute its own position`},
		"behind the last":                       {"{a: {type: text, position: 5}}", `"ships" has 4 attributes, including those that Attio makes; position 5 is beyond the last`},
		"the zeroth":                            {"{a: {type: text, position: 0}}", `"position" must be a whole number from 1`},
		"in words":                              {"{a: {type: text, position: first}}", `"position" must be a whole number from 1`},
		"of one that Attio makes, with a title": {"{created_at: {title: Born, position: 1}}", "only its options, statuses, currency and position can be set here"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkProblem(t, "version: 1\nworkspaces: {acme: {objects: {ships: {singular_noun: Ship, plural_noun: Ships, attributes: "+tc.attributes+"}}}}\n", tc.want)
		})
	}
}
