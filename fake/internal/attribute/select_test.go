package attribute

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func tiers() *Definition {
	d := attributeOf(TypeSelect, "tier")
	d.Options = []Option{{ID: silverID, Title: "Silver"}, {ID: goldID, Title: "Gold \"24\""}, {ID: bronzeID, Title: "Bronze", Archived: true}}
	return d
}

func TestOptionReadsAsTheWholeOption(t *testing.T) {
	t.Parallel()
	const gold = `"option":{"id":{"workspace_id":"14beef7a-99f7-4534-a87e-70b564330a4c","object_id":"97052eb9-e65e-443f-a297-f2d9a4a7f795",` +
		`"attribute_id":"41252299-f8c7-4b5e-99c9-4ff8321d2f96","option_id":"eeeeeeee-0000-4000-8000-000000000001"},` +
		`"title":"Gold \"24\"","is_archived":false}`
	testReads(t, tiers(), []reads{
		{"a title", `"Gold \"24\""`, gold},
		{"an id", `"eeeeeeee-0000-4000-8000-000000000001"`, gold},
		{"an id in capitals", `"EEEEEEEE-0000-4000-8000-000000000001"`, gold},
		{"a title in an object", `{"option": "Gold \"24\""}`, gold},
		{"an id in an object", `{"option": "eeeeeeee-0000-4000-8000-000000000001"}`, gold},
	})
}

func TestUnknownOptionsAreNotMade(t *testing.T) {
	t.Parallel()
	tooShort := attio.Issue{Code: "too_small", Path: []any{"option"}, Message: "String must contain at least 1 character(s)"}
	testRefused(t, tiers(), []refused{
		{"an unknown title", `"Platinum"`, notFound(`Cannot find select option with title "Platinum".`)},
		{"another case", `"silver"`, notFound(`Cannot find select option with title "silver".`)},
		{"an archived option", `"Bronze"`, notFound(`Cannot find select option with title "Bronze".`)},
		{"an unknown id", `{"option": "DDDDDDDD-0000-4000-8000-000000000001"}`,
			notFound(`Cannot find select option with ID "dddddddd-0000-4000-8000-000000000001".`)},
		{"an empty title", `""`, invalidValue("tier", tooShort)},
		{"null", `null`, invalidValue("tier", expected("option", "string", "null"))},
		{"a title's key", `{"title": "Silver"}`, invalidValue("tier", required("option", "string"), unrecognized("'title'"))},
	})
}

func TestSeedsMayHaveArchivedOptions(t *testing.T) {
	t.Parallel()
	v, err := ParseSeed(smallWorld{}, tiers(), "Bronze")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Value(OptionID(bronzeID)), v); diff != "" {
		t.Errorf("wrong value (-want +got):\n%s", diff)
	}
}

func TestOptionsSortAsTheyAreListed(t *testing.T) {
	t.Parallel()
	testOrder(t, tiers(), `"Silver"`, `"Gold \"24\""`, `"Bronze"`)
	testSame(t, tiers(), `"Silver"`, `{"option": "eeeeeeee-0000-4000-8000-000000000002"}`)
}
