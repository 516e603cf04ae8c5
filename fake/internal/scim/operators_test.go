package scim_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each operator works on each attribute that Attio's documentation names, whatever the case, except that of ids.
func TestOperatorsOfFiltersOnEachAttribute(t *testing.T) {
	t.Parallel()
	const ada, bob, sue, ivy = "ada@navy.example.com", "bob@navy.example.com", "sue@navy.example.com", "ivy@else.example.com"
	id := member("bob")
	c := newClient(t)
	c.do("POST", "/Groups", `{"schemas":["`+groupURN+`"],"displayName":"Ship's cooks"}`)
	for _, tc := range []struct {
		path, filter string
		want         []string
	}{
		{"/Users", `userName eq "BOB@navy.example.com"`, []string{bob}},
		{"/Users", `userName ne "BOB@navy.example.com"`, []string{ada, sue, ivy}},
		{"/Users", `userName co "@NAVY."`, []string{ada, bob, sue}},
		{"/Users", `userName sw "BO"`, []string{bob}},
		{"/Users", `userName ew "@ELSE.example.com"`, []string{ivy}},

		{"/Users", `emails.value eq "BOB@navy.example.com"`, []string{bob}},
		{"/Users", `emails.value ne "BOB@navy.example.com"`, []string{ada, sue, ivy}},
		{"/Users", `emails.value co "@NAVY."`, []string{ada, bob, sue}},
		{"/Users", `emails.value sw "BO"`, []string{bob}},
		{"/Users", `emails.value ew "@ELSE.example.com"`, []string{ivy}},

		{"/Users", `id eq "` + id + `"`, []string{bob}},
		{"/Users", `id eq "` + strings.ToUpper(id) + `"`, []string{}},
		{"/Users", `id ne "` + id + `"`, []string{ada, sue, ivy}},
		{"/Users", `id co "` + id[9:30] + `"`, []string{bob}},
		{"/Users", `id sw "` + id[:18] + `"`, []string{bob}},
		{"/Users", `id ew "` + id[18:] + `"`, []string{bob}},
		{"/Users", `id sw "` + id[18:] + `"`, []string{}},

		{"/Users", `name.givenName eq "SUE"`, []string{sue}},
		{"/Users", `name.givenName ne "SUE"`, []string{ada, bob, ivy}},
		{"/Users", `name.givenName co "V"`, []string{ivy}},
		{"/Users", `name.givenName sw "A"`, []string{ada}},
		{"/Users", `name.givenName ew "B"`, []string{bob}},

		{"/Users", `name.familyName eq "BYTE"`, []string{bob}},
		{"/Users", `name.familyName ne "BYTE"`, []string{ada, sue, ivy}},
		{"/Users", `name.familyName co "E"`, []string{ada, bob, sue, ivy}},
		{"/Users", `name.familyName sw "L"`, []string{ada}},
		{"/Users", `name.familyName ew "D"`, []string{ivy}},

		{"/Users", `active eq true`, []string{ada, bob, ivy}},
		{"/Users", `active eq false`, []string{sue}},
		{"/Users", `active ne true`, []string{sue}},
		{"/Users", `active ne false`, []string{ada, bob, ivy}},

		{"/Groups", `displayName eq "SAILORS"`, []string{"Sailors"}},
		{"/Groups", `displayName ne "SAILORS"`, []string{"Ship's cooks"}},
		{"/Groups", `displayName co "OR"`, []string{"Sailors"}},
		{"/Groups", `displayName sw "S"`, []string{"Sailors", "Ship's cooks"}},
		{"/Groups", `displayName ew "COOKS"`, []string{"Ship's cooks"}},
	} {
		t.Run(tc.filter, func(t *testing.T) {
			total, names := c.found(filtered(tc.path, tc.filter))
			if diff := cmp.Diff(tc.want, names); diff != "" || total != len(tc.want) {
				t.Errorf("totalResults %d; (-want +got):\n%s", total, diff)
			}
		})
	}
	for _, operator := range []string{"co", "sw", "ew"} {
		c.wants(c.do("GET", filtered("/Users", "active "+operator+" true"), ""), 400,
			refusal("400", "invalidFilter", `The operator "`+operator+`" does not work on the attribute "active"; use eq or ne.`))
	}
}

// A condition in the path of an operation takes members out of a group by the same operators.
func TestOperatorsOfConditionsOnMembers(t *testing.T) {
	t.Parallel()
	bob, ivy := member("bob"), invite("ivy")
	for condition, left := range map[string][]string{
		`value eq \"` + bob + `\"`:       {ivy},
		`value ne \"` + bob + `\"`:       {bob},
		`value co \"` + bob[9:30] + `\"`: {ivy},
		`value sw \"` + bob[:18] + `\"`:  {ivy},
		`value ew \"` + bob[18:] + `\"`:  {ivy},
	} {
		t.Run(condition, func(t *testing.T) {
			t.Parallel()
			c := newClient(t)
			got := c.do("PATCH", "/Groups/"+team("sailors"), operations(`{"op":"remove","path":"members[`+condition+`]"}`))
			c.wants(got, 200, renderedGroup(team("sailors"), "Sailors", left...))
		})
	}
}
