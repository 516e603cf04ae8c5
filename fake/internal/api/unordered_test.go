package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// crowded has six of everything that Attio leaves unordered.
const crowded = `
version: 1
seed: 7
users: {a: {email: a@x.com}, b: {email: b@x.com}, c: {email: c@x.com}, d: {email: d@x.com}, e: {email: e@x.com}, f: {email: f@x.com}}
workspaces:
  acme:
    members: {a: admin, b: member, c: member, d: member, e: member, f: member}
    tokens: {full: {scopes: all}}
    objects:
      deals: {enabled: true}
      users: {enabled: true}
      workspaces: {enabled: true}
      boats: {singular_noun: Boat, plural_noun: Boats}
      companies: {records: {navy: {name: Navy, categories: [B2B, SAAS, ISP, E-commerce, Automation]}}}
      people:
        attributes: {boards: {type: record-reference, is_multiselect: true, relationship: {object: companies, api_slug: directors, is_multiselect: true}}}
        records:
          a: {company: {record: companies/navy}, boards: [{record: companies/navy}]}
          b: {company: {record: companies/navy}, boards: [{record: companies/navy}]}
          c: {company: {record: companies/navy}, boards: [{record: companies/navy}]}
          d: {company: {record: companies/navy}, boards: [{record: companies/navy}]}
          e: {company: {record: companies/navy}, boards: [{record: companies/navy}]}
          f: {company: {record: companies/navy}, boards: [{record: companies/navy}]}
    lists:
      l1: {parent_object: people}
      l2: {parent_object: people}
      l3: {parent_object: people}
      l4: {parent_object: people}
      l5: {parent_object: people}
      l6: {parent_object: people}
`

const shuffling = `{version: 1, workspaces: {acme: {effects: {shuffle_unordered: true}}}}`

// asking sends a request and returns the order of what it lists.
type asking func(c *client) []string

// elements returns the elements of an array in an answer, as they are written.
func elements(c *client, body string, path ...string) []string {
	c.t.Helper()
	raw := json.RawMessage(body)
	for _, key := range path {
		if list := []json.RawMessage(nil); json.Unmarshal(raw, &list) == nil {
			raw = list[0]
		}
		var members map[string]json.RawMessage
		decode(c.t, string(raw), &members)
		raw = members[key]
	}
	var list []json.RawMessage
	decode(c.t, string(raw), &list)
	var all []string
	for _, element := range list {
		all = append(all, string(element))
	}
	return all
}

func TestWhatAttioLeavesUnorderedIsShuffledOnDemand(t *testing.T) {
	t.Parallel()
	navy := "/v2/objects/companies/records/" + fake.ID("acme/companies/navy")
	unordered := map[string]asking{
		"objects": func(c *client) []string { return elements(c, c.get("/v2/objects").Body, "data") },
		"lists":   func(c *client) []string { return elements(c, c.get("/v2/lists").Body, "data") },
		"members": func(c *client) []string { return elements(c, c.get("/v2/workspace_members").Body, "data") },
		"a team":  func(c *client) []string { return elements(c, c.get(navy).Body, "data", "values", "team") },
		"a team that a query finds": func(c *client) []string {
			return elements(c, c.must("POST", "/v2/objects/companies/records/query", `{}`), "data", "values", "team")
		},
		"a team after a write": func(c *client) []string {
			return elements(c, c.must("PATCH", navy, `{"data":{"values":{"name":"Navy"}}}`), "data", "values", "team")
		},
		"the values of a team": func(c *client) []string { return elements(c, c.get(navy+"/attributes/team/values").Body, "data") },
	}
	ordered := map[string]asking{
		"values that were written": func(c *client) []string { return elements(c, c.get(navy).Body, "data", "values", "categories") },
		"references of a relationship with several on both sides": func(c *client) []string {
			return elements(c, c.get(navy).Body, "data", "values", "directors")
		},
		"records": func(c *client) []string {
			return elements(c, c.must("POST", "/v2/objects/people/records/query", `{}`), "data")
		},
		"history": func(c *client) []string {
			return elements(c, c.get(navy+"/attributes/team/values?show_historic=true").Body, "data")
		},
	}
	times := func(c *client, ask asking) (all []string) {
		for range 5 {
			all = append(all, fmt.Sprint(ask(c)))
		}
		return all
	}
	without := newClient(t, fake.YAML(crowded))
	check := func(name string, ask asking, shuffled bool) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			usual := ask(without.in(t))
			if got := len(slices.Compact(times(without.in(t), ask))); got != 1 || len(usual) < 5 {
				t.Errorf("without the effect there are %d orders of %d", got, len(usual))
			}
			c := newClient(t, fake.YAML(crowded), fake.YAML(shuffling))
			orders := times(c, ask)
			if got := len(slices.Compact(slices.Sorted(slices.Values(orders)))); shuffled != (got > 1) {
				t.Errorf("%d different orders of five", got)
			}
			if diff := cmp.Diff(slices.Sorted(slices.Values(usual)), slices.Sorted(slices.Values(ask(c)))); diff != "" {
				t.Errorf("not the same things (-usual +shuffled)\n%s", diff)
			}
			c.server.Reset()
			if diff := cmp.Diff(orders, times(c, ask)); diff != "" {
				t.Errorf("with a seed the orders repeat (-first +second)\n%s", diff)
			}
		})
	}
	for name, ask := range unordered {
		check(name, ask, true)
	}
	for name, ask := range ordered {
		check(name, ask, false)
	}
}

func TestShuffledAnswersLeaveIdsAndTheExportAsTheyAre(t *testing.T) {
	t.Parallel()
	made := func(reads int) string {
		c := newClient(t, fake.YAML(crowded), fake.YAML(shuffling), fake.FixedClock(noon))
		for range reads {
			c.get("/v2/objects")
			c.get("/v2/objects/companies/records/" + fake.ID("acme/companies/navy"))
		}
		id := c.saved("POST", "people/records", `{}`)
		file, err := c.server.Export()
		if err != nil {
			t.Fatal(err)
		}
		return id + "\n" + string(file)
	}
	once, often := made(1), made(10)
	if once != often {
		t.Errorf("reads have shifted ids or the order of the export\n%s", cmp.Diff(once, often))
	}
	if !strings.Contains(once, "effects: {shuffle_unordered: true}") {
		t.Errorf("the export has no effect\n%s", once)
	}
}
