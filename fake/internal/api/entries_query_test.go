package api_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const salesQuery = "/v2/lists/sales/entries/query"

// query sends a query of sales that must succeed.
func (c *client) query(body string) string {
	c.t.Helper()
	return c.must("POST", salesQuery, body)
}

// ids returns the entries that a query of sales finds.
func (c *client) ids(body string) []string {
	c.t.Helper()
	var found struct {
		Data []struct {
			ID struct {
				EntryID string `json:"entry_id"`
			}
		}
	}
	decode(c.t, c.query(body), &found)
	ids := []string{}
	for _, entry := range found.Data {
		ids = append(ids, entry.ID.EntryID)
	}
	return ids
}

func TestEntriesAreQueried(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	navy := c.saved("POST", "companies/records", `{"name":"Navy","domains":["navy.com"]}`)
	ada := c.saved("POST", "people/records", `{"name":"Lovelace, Ada"}`)
	grace := c.saved("POST", "people/records", `{"name":"Hopper, Grace","company":`+to("companies", navy)+`}`)
	one := c.entry("POST", "sales", "people", ada, `{"stage":"Lead","code":"A","rank":3,"tags":["x.com"]}`)
	two := c.entry("POST", "sales", "people", grace, `{"stage":"Won","code":"B","rank":1}`)
	three := c.entry("POST", "sales", "people", ada, `{"stage":"Won","rank":2,"mentor":`+to("people", grace)+`}`)
	list := idIn(t, c.get("/v2/lists/sales").Body, "list_id")
	filtered := func(filter string) string { return `{"filter":` + filter + `}` }
	along := func(path, constraints string) string {
		return filtered(`{"path":` + path + `,"constraints":` + constraints + `}`)
	}
	for name, tc := range map[string]struct {
		body string
		want []string // nil for the order of the ids
		any  []string
	}{
		"all of them, by their ids":                {`{}`, nil, []string{one, two, three}},
		"in the order in which they were made":     {`{"sorts":[{"direction":"asc","attribute":"created_at"}]}`, []string{one, two, three}, nil},
		"by a value, backwards":                    {`{"sorts":[{"direction":"desc","attribute":"rank"}]}`, []string{one, three, two}, nil},
		"a page":                                   {`{"sorts":[{"direction":"asc","attribute":"rank"}],"limit":1,"offset":1}`, []string{three}, nil},
		"by a value of the parent":                 {`{"sorts":[{"direction":"asc","path":[["sales","parent_record"],["people","name"]],"field":"last_name"},{"direction":"desc","attribute":"created_at"}]}`, []string{two, three, one}, nil},
		"of a status":                              {filtered(`{"stage":"Won"}`), nil, []string{two, three}},
		"of a status in the long form":             {filtered(`{"stage":{"status":{"$eq":"Lead"}}}`), nil, []string{one}},
		"of a unique value":                        {filtered(`{"code":"b"}`), nil, []string{two}},
		"of some ids":                              {filtered(`{"entry_id":{"$in":["` + one + `","` + three + `"]}}`), nil, []string{one, three}},
		"without a value":                          {filtered(`{"$not":{"code":{"$contains":""}}}`), nil, []string{three}},
		"that refer to a record":                   {filtered(`{"mentor":{"target_object":"people","target_record_id":"` + grace + `"}}`), nil, []string{three}},
		"of a parent, by a path to its id":         {along(`[["sales","parent_record"],["people","record_id"]]`, `{"value":"`+ada+`"}`), nil, []string{one, three}},
		"of a parent, by the fields of references": {along(`[["sales","parent_record"]]`, `{"target_object":"people","target_record_id":"`+ada+`"}`), nil, []string{one, three}},
		"of a parent, by record_id":                {along(`[["sales","parent_record"]]`, `{"record_id":"`+grace+`"}`), nil, []string{two}},
		"of a parent, by its attribute":            {filtered(`{"parent_record":{"target_record_id":{"$in":["` + grace + `"]}}}`), nil, []string{two}},
		"of parents, by a path from the list's id": {along(`[["`+list+`","parent_record"],["people","name"]]`, `{"first_name":{"$eq":"ada"}}`), nil, []string{one, three}},
		"of parents, by a longer path":             {along(`[["sales","parent_record"],["people","company"],["companies","domains"]]`, `{"domain":"navy.com"}`), nil, []string{two}},
		"of parents and values":                    {filtered(`{"$and":[{"path":[["sales","parent_record"],["people","name"]],"constraints":{"last_name":"Lovelace"}},{"stage":"Won"}]}`), nil, []string{three}},
	} {
		want := tc.want
		if want == nil {
			want = slices.Sorted(slices.Values(tc.any))
		}
		if diff := cmp.Diff(want, c.ids(tc.body)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAQueryAnswersWholeEntriesAndItsScore(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	person := c.saved("POST", "people/records", `{}`)
	var whole []string
	for range 5 {
		id := c.entry("POST", "sales", "people", person, `{}`)
		whole = append(whole, id)
	}
	slices.Sort(whole)
	for i, id := range whole {
		body := c.get("/v2/lists/sales/entries/" + id).Body
		whole[i] = body[len(`{"data":`) : len(body)-1]
	}
	for body, score := range map[string]string{`{}`: "0", `{"sorts":[{"direction":"asc","attribute":"entry_id"}]}`: "84"} {
		got := c.send("POST", salesQuery, body)
		if diff := cmp.Diff(`{"data":`+list(whole...)+`}`, got.Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
		if got := got.Header.Get("X-Attio-Record-Query-Score"); got != score {
			t.Errorf("%s has the score %s", body, got)
		}
	}
}

func TestQueriesOfEntriesThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	refused := func(code, message, path string) string {
		return fmt.Sprintf(`{"status_code":400,"type":"invalid_request_error","code":"%s","message":%s,"path":%s}`, code, quote(message), path)
	}
	for filter, want := range map[string]string{
		`{"parent_record_id":"891dcbfc-9141-415d-9b2a-2238a6cc012d"}`: refused("unknown_filter_attribute_slug", "Unknown attribute slug: parent_record_id.", `["parent_record_id"]`),
		`{"record_id":"891dcbfc-9141-415d-9b2a-2238a6cc012d"}`:        refused("unknown_filter_attribute_slug", "Unknown attribute slug: record_id.", `["record_id"]`),
		`{"mentor":{"record_id":"x"}}`:                                refused("invalid_filter_field", "Invalid field 'record_id' for attribute of type 'record-reference'", `["mentor","record_id"]`),
		`{"path":[["people","name"]],"constraints":{}}`:               refused("filter_error", "Error in filter. Paths begin at the object or list that is queried.", `["path","0","0"]`),
		`{"path":[["zzz","parent_record"]],"constraints":{}}`:         refused("unknown_filter_object_slug", "Unknown object slug: zzz.", `["path","0","0"]`),
		`{"path":[["sales","parent_record"],["companies","name"]],"constraints":{"value":"x"}}`: refused("filter_error",
			`Error in filter. Attribute "parent_record" does not refer to object "companies".`, `["path","1","0"]`),
	} {
		if diff := cmp.Diff(want, c.send("POST", salesQuery, `{"filter":`+filter+`}`).Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", filter, diff)
		}
	}
}
