package filter

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// The pools are small, so that values often coincide. They have mixed case, accents and signs.
var (
	poolTexts   = []string{"Ada", "ADA", "ada lovelace", "Ärger", "äRGER", "K", "\u212A", "", "a", "İz", "x-1"}
	poolNumbers = []json.Number{"-1", "0", "1", "2.5", "100"}
	poolDays    = []string{"2025-12-31", "2026-01-01", "2026-01-02"}
	poolMoments = []string{"2026-01-01T00:00:00Z", "2026-01-15T12:00:00Z", "2026-01-15T12:00:00.001Z", "2026-02-01T01:00:00+01:00"}
	poolDomains = []string{"acme.com", "app.acme.com", "Acme.co.uk", "beta.de"}
	poolMails   = []string{"Ada@acme.com", "ada@app.acme.com", "bob@beta.de", "bob.b@acme.co.uk"}
	poolPhones  = []string{"+12125551234", "+84901234567", "+442071838750"}
	poolPlaces  = []string{"1 Main St, Springfield, IL, 62701, US", "Paris, FR", "springfield"}
	poolPieces  = []string{"a", "A", "da", "", "acme", "co.uk", "+1", "555", "ß", "ä", "k", "US", "spring", "Springfield", "@", "."}
	poolColors  = []string{"Red", "Blue", "Green"}
	poolStages  = []string{"Lead", "Won", "Lost"}
)

func drawData(t *rapid.T) []seeded {
	var all []seeded
	count := rapid.IntRange(0, 6)
	for i := range count.Draw(t, "companies") {
		values := map[string]any{}
		maybe(t, values, "name", poolTexts)
		if i < len(poolDomains) {
			values["domains"] = rapid.SliceOfNDistinct(rapid.Just(poolDomains[i]), 0, 1, rapid.ID).Draw(t, "domains")
		}
		all = append(all, seeded{"companies", fmt.Sprint("c", i), values})
	}
	companies := len(all)
	for i := range count.Draw(t, "people") {
		values := map[string]any{}
		maybe(t, values, "name", []string{"Lovelace, Ada", "lovelace, ADA", "Bob", "Ärger, Ada"})
		maybe(t, values, "job_title", poolTexts)
		if i < len(poolMails) {
			values["email_addresses"] = rapid.SliceOfNDistinct(rapid.Just(poolMails[i]), 0, 1, rapid.ID).Draw(t, "mails")
		}
		some(t, values, "phone_numbers", poolPhones)
		maybe(t, values, "primary_location", poolPlaces)
		if companies > 0 && rapid.Bool().Draw(t, "employed") {
			values["company"] = refTo("companies", fmt.Sprint("c", rapid.IntRange(0, companies-1).Draw(t, "company")))
		}
		if rapid.Bool().Draw(t, "interacted") {
			owner := rapid.SampledFrom([]any{map[string]any{"type": "workspace-member", "id": ada}, map[string]any{"type": "system", "id": nil}}).Draw(t, "owner")
			values["last_interaction"] = map[string]any{"interaction_type": rapid.SampledFrom([]string{"email", "call"}).Draw(t, "type"),
				"interacted_at": rapid.SampledFrom(poolMoments).Draw(t, "at"), "owner_actor": owner}
		}
		all = append(all, seeded{"people", fmt.Sprint("p", i), values})
	}
	people := len(all) - companies
	for i := range count.Draw(t, "things") {
		values := map[string]any{}
		values["code"] = fmt.Sprint(rapid.SampledFrom(poolTexts).Draw(t, "code"), i%3, strings.Repeat("X", i/3))
		values["serial"] = i
		maybe(t, values, "title", poolTexts)
		maybe(t, values, "size", poolNumbers)
		maybe(t, values, "price", poolNumbers)
		maybe(t, values, "done", []bool{true, false})
		maybe(t, values, "day", poolDays)
		maybe(t, values, "at", poolMoments)
		maybe(t, values, "stars", []int{0, 3, 5})
		maybe(t, values, "stage", poolStages)
		maybe(t, values, "color", poolColors)
		some(t, values, "colors", poolColors)
		maybe(t, values, "owner", []string{"ada@example.com", "bob@example.com"})
		some(t, values, "sites", poolDomains)
		var near []any
		if people > 0 && rapid.Bool().Draw(t, "near people") {
			near = append(near, refTo("people", fmt.Sprint("p", rapid.IntRange(0, people-1).Draw(t, "person"))))
		}
		if companies > 0 && rapid.Bool().Draw(t, "near companies") {
			near = append(near, refTo("companies", fmt.Sprint("c", rapid.IntRange(0, companies-1).Draw(t, "company"))))
		}
		if near != nil {
			values["near"] = near
		}
		all = append(all, seeded{"things", fmt.Sprint("t", i), values})
	}
	return all
}

func maybe[V any](t *rapid.T, values map[string]any, slug string, pool []V) {
	if rapid.IntRange(0, 2).Draw(t, "has "+slug) > 0 {
		values[slug] = rapid.SampledFrom(pool).Draw(t, slug)
	}
}

func some(t *rapid.T, values map[string]any, slug string, pool []string) {
	values[slug] = rapid.SliceOfNDistinct(rapid.SampledFrom(pool), 0, 2, rapid.ID).Draw(t, slug)
}

// target is a field of an attribute, with its operators and their possible operands.
type target struct {
	object, attribute, field string
	implied                  bool
	operators                []string
	operands                 []any
}

func anys[V any](values ...[]V) []any {
	var all []any
	for _, v := range slices.Concat(values...) {
		all = append(all, v)
	}
	return all
}

func targets(state *world.State) []target {
	contain := []string{"$contains", "$starts_with", "$ends_with", "$eq"}
	full := append(slices.Clone(contain), "$not_empty")
	text := append(slices.Clone(contain), "$in")
	order := []string{"$eq", "$lt", "$lte", "$gt", "$gte"}
	some := []string{"$eq", "$not_empty"}
	var people, companies []any
	for _, object := range state.Schema.Objects {
		for record := range state.Records(object.ID) {
			switch object.Slug {
			case "people":
				people = append(people, string(record.ID))
			case "companies":
				companies = append(companies, string(record.ID))
			}
		}
	}
	ids := append(append([]any{string(ada)}, people...), companies...)
	words := anys(poolTexts, poolPieces)
	codes := append(words, "ada0", "ADA1", "a0X", "k2", "ärger0", "\u212A1", "İz0")
	return []target{
		{"companies", "name", "value", true, text, words},
		{"companies", "domains", "domain", true, full, anys(poolDomains, poolPieces)},
		{"companies", "domains", "root_domain", false, full, anys(poolDomains, poolPieces)},
		{"companies", "record_id", "value", true, text, ids},
		{"companies", "team", "target_record_id", false, []string{"$eq", "$in"}, ids},
		{"people", "record_id", "value", true, text, ids},
		{"people", "name", "full_name", true, full, append(words, "Ada Lovelace")},
		{"people", "name", "first_name", false, full, words},
		{"people", "name", "last_name", false, full, append(words, "Lovelace")},
		{"people", "email_addresses", "email_address", true, contain, anys(poolMails, poolPieces)},
		{"people", "email_addresses", "email_domain", false, contain, anys(poolDomains, poolPieces)},
		{"people", "email_addresses", "email_local_specifier", false, contain, words},
		{"people", "phone_numbers", "phone_number", true, contain, append(anys(poolPhones, poolPieces), "12125551234", "84")},
		{"people", "phone_numbers", "country_code", false, some, []any{"US", "us", "VN"}},
		{"people", "primary_location", "locality", false, contain, anys(poolPieces)},
		{"people", "primary_location", "country_code", false, []string{"$eq", "$starts_with"}, []any{"US", "f", "FR", ""}},
		{"people", "company", "target_record_id", false, []string{"$eq", "$in"}, ids},
		{"people", "company", "target_object", false, []string{"$eq"}, []any{"companies", "people"}},
		{"people", "last_interaction", "interaction_type", false, some, []any{"email", "call", "meeting"}},
		{"people", "last_interaction", "interacted_at", false, order, anys(poolMoments)},
		{"people", "last_interaction", "owner_member_id", false, some, []any{string(ada), string(bob)}},
		{"things", "code", "value", true, text, codes},
		{"things", "serial", "value", true, order, anys(poolNumbers)},
		{"things", "title", "value", true, text, words},
		{"things", "size", "value", true, order, anys(poolNumbers)},
		{"things", "price", "currency_value", true, order, anys(poolNumbers)},
		{"things", "done", "value", true, []string{"$eq"}, []any{true, false}},
		{"things", "day", "value", true, order, anys(poolDays)},
		{"things", "at", "value", true, order, anys(poolMoments)},
		{"things", "created_at", "value", true, order, anys(poolMoments)},
		{"things", "stars", "value", true, order, anys(poolNumbers)},
		{"things", "stage", "status", true, []string{"$eq"}, anys(poolStages)},
		{"things", "stage", "active_from", false, order[1:], anys(poolMoments)},
		{"things", "color", "option", true, []string{"$eq"}, anys(poolColors)},
		{"things", "colors", "option", true, []string{"$eq"}, anys(poolColors)},
		{"things", "sites", "root_domain", false, full, anys(poolDomains, poolPieces)},
		{"things", "near", "target_record_id", false, []string{"$eq", "$in"}, ids},
		{"things", "near", "target_object", false, []string{"$eq"}, []any{"companies", "people", "things"}},
	}
}

// drawFilter draws a filter on an object.
func drawFilter(t *rapid.T, all []target, object string, depth int) map[string]any {
	switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
	case kind < 2 && depth > 0:
		key := []string{"$and", "$or"}[kind]
		items := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			items = append(items, drawFilter(t, all, object, depth-1))
		}
		return map[string]any{key: items}
	case kind == 2:
		return map[string]any{"$not": drawCondition(t, all, object)}
	case kind == 3 && depth > 0:
		filter := drawFilter(t, all, object, depth-1)
		for key, value := range drawCondition(t, all, object) {
			if _, isPath := filter["path"]; !isPath && key != "path" && key != "constraints" {
				filter[key] = value
			}
		}
		return filter
	}
	return drawCondition(t, all, object)
}

// hops lists the references of each object and where they lead.
var hops = map[string][][2]string{
	"things":    {{"near", "people"}, {"near", "companies"}},
	"people":    {{"company", "companies"}},
	"companies": {{"team", "people"}},
}

func drawCondition(t *rapid.T, all []target, object string) map[string]any {
	length := rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3}).Draw(t, "hops")
	path, at := []any{}, object
	for range length {
		hop := rapid.SampledFrom(hops[at]).Draw(t, "hop")
		path = append(path, []any{at, hop[0]})
		at = hop[1]
	}
	attribute, constraint := drawConstraint(t, all, at, length == 0)
	if length == 0 {
		return map[string]any{attribute: constraint}
	}
	return map[string]any{"path": append(path, []any{at, attribute}), "constraints": constraint}
}

func drawConstraint(t *rapid.T, all []target, object string, short bool) (string, any) {
	one := rapid.SampledFrom(slices.DeleteFunc(slices.Clone(all), func(f target) bool { return f.object != object })).Draw(t, "field")
	switch form := rapid.IntRange(0, 3).Draw(t, "form"); {
	case form == 0 && one.implied && short:
		return one.attribute, rapid.SampledFrom(one.operands).Draw(t, "operand")
	case form == 1 && slices.Contains(one.operators, "$eq"):
		return one.attribute, map[string]any{one.field: rapid.SampledFrom(one.operands).Draw(t, "operand")}
	case form == 2 && one.implied:
		return one.attribute, drawOperators(t, one)
	}
	return one.attribute, map[string]any{one.field: drawOperators(t, one)}
}

func drawOperators(t *rapid.T, f target) map[string]any {
	drawn := map[string]any{}
	for range rapid.IntRange(1, 2).Draw(t, "operators") {
		operator := rapid.SampledFrom(f.operators).Draw(t, "operator")
		operand := rapid.SampledFrom(f.operands).Draw(t, "operand")
		switch operator {
		case "$in":
			drawn[operator] = rapid.SliceOfN(rapid.SampledFrom(f.operands), 0, 3).Draw(t, "operands")
		case "$not_empty":
			drawn[operator] = true
		default:
			drawn[operator] = operand
		}
	}
	return drawn
}

// sortable lists the sorts that the naive evaluator knows.
var sortable = map[string][]Sort{
	"companies": {{Attribute: "name", Field: "value"}, {Attribute: "domains", Field: "root_domain"},
		{Path: [][]string{{"companies", "team"}, {"people", "job_title"}}, Field: "value"}},
	"people": {{Attribute: "name", Field: "last_name"}, {Attribute: "name", Field: "full_name"}, {Attribute: "job_title", Field: "value"},
		{Attribute: "primary_location", Field: "locality"}, {Path: [][]string{{"people", "company"}, {"companies", "name"}}, Field: "value"}},
	"things": {{Attribute: "title", Field: "value"}, {Attribute: "size", Field: "value"}, {Attribute: "price", Field: "currency_value"},
		{Attribute: "day", Field: "value"}, {Path: [][]string{{"things", "near"}, {"people", "company"}, {"companies", "name"}}, Field: "value"}},
}

func TestQueriesFindWhatANaiveEvaluatorFinds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		state := build(t, drawData(t))
		simple, all := newNaive(t, state), targets(state)
		for range 8 {
			object := rapid.SampledFrom([]string{"companies", "people", "things"}).Draw(t, "object")
			filter := drawFilter(t, all, object, 3)
			sorts := rapid.SliceOfN(rapid.SampledFrom(sortable[object]), 0, 2).Draw(t, "sorts")
			for i := range sorts {
				sorts[i].Direction = rapid.SampledFrom([]string{"asc", "desc"}).Draw(t, "direction")
			}
			text, err := json.Marshal(filter)
			if err != nil {
				t.Fatal(err)
			}
			sent := decode(t, string(text))
			limit, offset := rapid.IntRange(1, 7).Draw(t, "limit"), rapid.IntRange(0, 4).Draw(t, "offset")

			want := simple.sorted(object, simple.find(object, shape.Plain(sent)), sorts)
			want = want[min(offset, len(want)):]
			want = want[:min(limit, len(want))]
			got := answer(t, state, object, Query{Filter: sent, Sorts: sorts, Limit: limit, Offset: offset})
			if diff := cmp.Diff(strings.Join(want, " "), got); diff != "" {
				t.Fatalf("%s %s %v, %d after %d: %s", object, text, sorts, limit, offset, diff)
			}
		}
	})
}
