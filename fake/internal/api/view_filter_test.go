package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const peopleQuery = "/v2/objects/people/records/query"

// people makes three people, two of them at one company.
func (c *client) people() {
	c.t.Helper()
	for slug, kind := range map[string]string{"tier": "select", "score": "number", "active": "checkbox"} {
		c.make("/v2/objects/people/attributes", J{"title": slug, "description": nil, "api_slug": slug, "type": kind,
			"is_required": false, "is_unique": false, "is_multiselect": false, "config": J{}})
	}
	for _, title := range []string{"Gold", "Silver"} {
		c.make("/v2/objects/people/attributes/tier/options", J{"title": title})
	}
	navy := c.make("/v2/objects/companies/records", J{"values": J{"name": "Navy", "domains": []string{"navy.com"}}}).Data.ID.RecordID
	for _, values := range []J{
		{"name": "Lovelace, Ada", "tier": "Gold", "score": 1, "active": true, "email_addresses": []string{"ada@example.com"}},
		{"name": "Hopper, Grace", "tier": "Silver", "score": 2, "active": false, "company": J{"target_object": "companies", "target_record_id": navy}},
		{"name": "Perlman, Radia", "score": 3, "company": J{"target_object": "companies", "target_record_id": navy}},
	} {
		c.make("/v2/objects/people/records", J{"values": values})
	}
}

// found sends a query, and returns the first names that it finds, in order.
func (c *client) found(query J) []string {
	c.t.Helper()
	got := c.do(http.MethodPost, peopleQuery, query)
	var answer struct {
		Data []struct {
			Values struct {
				Name []struct {
					FirstName string `json:"first_name"`
				} `json:"name"`
			} `json:"values"`
		} `json:"data"`
	}
	if err := json.Unmarshal([]byte(got.Body), &answer); err != nil || got.Status != 200 {
		c.t.Fatalf("%d %s (%v)", got.Status, got.Body, err)
	}
	names := []string{}
	for _, person := range answer.Data {
		names = append(names, person.Values.Name[0].FirstName)
	}
	return names
}

var byName = []J{{"attribute": "name", "field": "first_name", "direction": "asc"}}

func TestAViewFiltersAsAQueryDoes(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	c.people()
	var companyName, companyDomains = []any{"company", J{"object": "companies", "attribute": "name"}}, []any{"company", J{"object": "companies", "attribute": "domains"}}
	is := func(attribute any, op string, value any) J {
		return J{"attribute": attribute, "op": op, "value": value}
	}
	for name, tc := range map[string]struct {
		view, query any
		want        []string
	}{
		"no filter":              {nil, J{}, []string{"Ada", "Grace", "Radia"}},
		"contains":               {is("name", "contains", "ada"), J{"name": J{"$contains": "ada"}}, []string{"Ada"}},
		"starts with":            {is("name", "starts_with", "Grace"), J{"name": J{"$starts_with": "Grace"}}, []string{"Grace"}},
		"ends with":              {is("name", "ends_with", "man"), J{"name": J{"$ends_with": "man"}}, []string{"Radia"}},
		"equals a text":          {is("name", "eq", "Ada Lovelace"), J{"name": "Ada Lovelace"}, []string{"Ada"}},
		"equals a number":        {is("score", "eq", 2), J{"score": 2}, []string{"Grace"}},
		"equals a bool":          {is("active", "eq", true), J{"active": true}, []string{"Ada"}},
		"equals false":           {is("active", "eq", false), J{"active": false}, []string{"Grace"}},
		"equals an option":       {is("tier", "eq", "Gold"), J{"tier": "Gold"}, []string{"Ada"}},
		"less":                   {is("score", "lt", 2), J{"score": J{"$lt": 2}}, []string{"Ada"}},
		"less or equal":          {is("score", "lte", 2), J{"score": J{"$lte": 2}}, []string{"Ada", "Grace"}},
		"greater":                {is("score", "gt", 2), J{"score": J{"$gt": 2}}, []string{"Radia"}},
		"greater or equal":       {is("score", "gte", 2), J{"score": J{"$gte": 2}}, []string{"Grace", "Radia"}},
		"not empty":              {J{"attribute": "name", "op": "not_empty"}, J{"name": J{"$not_empty": true}}, []string{"Ada", "Grace", "Radia"}},
		"a field":                {J{"attribute": "name", "field": "last_name", "op": "eq", "value": "Hopper"}, J{"name": J{"last_name": "Hopper"}}, []string{"Grace"}},
		"another object's":       {is(companyName, "eq", "Navy"), J{"path": []any{[]string{"people", "company"}, []string{"companies", "name"}}, "constraints": J{"$eq": "Navy"}}, []string{"Grace", "Radia"}},
		"another object's field": {J{"attribute": companyDomains, "field": "root_domain", "op": "eq", "value": "navy.com"}, J{"path": []any{[]string{"people", "company"}, []string{"companies", "domains"}}, "constraints": J{"root_domain": "navy.com"}}, []string{"Grace", "Radia"}},
		"all of several":         {J{"and": []J{is("score", "gt", 1), is(companyName, "eq", "Navy"), is("tier", "eq", "Silver")}}, J{"$and": []J{{"score": J{"$gt": 1}}, {"tier": "Silver"}}}, []string{"Grace"}},
		"one of several":         {J{"or": []J{is("score", "eq", 3), J{"and": []J{is("tier", "eq", "Gold"), is("active", "eq", true)}}}}, J{"$or": []J{{"score": 3}, {"tier": "Gold"}}}, []string{"Ada", "Radia"}},
		"one of several texts":   {is(companyName, "in", []string{"Navy", "Army"}), J{"path": []any{[]string{"people", "company"}, []string{"companies", "name"}}, "constraints": J{"$in": []string{"Navy", "Army"}}}, []string{"Grace", "Radia"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			view := tableView("View")
			view["filter"] = tc.view
			id := c.makeView(view)
			if diff := cmp.Diff(tc.want, c.found(J{"filter_view_id": id, "sorts": byName})); diff != "" {
				t.Errorf("by the view: %s", diff)
			}
			if diff := cmp.Diff(tc.want, c.found(J{"filter": tc.query, "sorts": byName})); diff != "" {
				t.Errorf("by the query: %s", diff)
			}
			written := json.RawMessage(c.get(peopleViews + "/" + id).Body) // what is read back must mean the same
			var read struct{ Data J }
			if err := json.Unmarshal(written, &read); err != nil {
				t.Fatal(err)
			}
			view["filter"] = read.Data["filter"]
			if diff := cmp.Diff(tc.want, c.found(J{"filter_view_id": c.makeView(view), "sorts": byName})); diff != "" {
				t.Errorf("by the view as it is read: %s", diff)
			}
		})
	}
}

// By Attio's OpenAPI document the view's sorts, limits and offsets do not apply, and all attributes are returned.
func TestAQueryTakesOnlyTheFilterOfAView(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	c.people()
	id := c.makeView(J{
		"title": "View", "type": "table", "filter": J{"attribute": "score", "op": "gte", "value": 2},
		"sorts":      []J{{"attribute": "score", "direction": "desc"}},
		"attributes": []J{{"attribute": "score"}},
	})
	byView, byFilter := J{"filter_view_id": id}, J{"filter": J{"score": J{"$gte": 2}}}
	for range 2 {
		want, got := c.do(http.MethodPost, peopleQuery, byFilter), c.do(http.MethodPost, peopleQuery, byView)
		c.wants(got, want.Status, want.Body)
		for _, body := range []J{byView, byFilter} {
			body["sorts"], body["limit"], body["offset"] = byName, 1, 1
		}
	}
	if diff := cmp.Diff([]string{"Radia"}, c.found(byView)); diff != "" {
		t.Error(diff)
	}
	c.do(http.MethodPatch, peopleViews+"/"+id, J{"data": J{"is_archived": true}})
	if diff := cmp.Diff([]string{"Radia"}, c.found(byView)); diff != "" {
		t.Errorf("by an archived view: %s", diff)
	}
}

func TestAQueryByAnotherView(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	companies := c.make("/v2/objects/companies/views", tableView("All")).Data.ID.ViewID
	globex := c.as(c.server.Token("globex"))
	foreign := globex.makeView(tableView("Theirs"))
	deleted := c.makeView(tableView("Gone"))
	c.do(http.MethodDelete, peopleViews+"/"+deleted, nil)
	for _, id := range []string{companies, foreign, deleted} {
		c.wants(c.do(http.MethodPost, peopleQuery, J{"filter_view_id": id}), 400,
			refusal("400", "invalid_request_error", "value_not_found", `View with ID "`+id+`" not found.`))
	}
}

func TestAFilterThatNoQueryCouldHaveIsRefused(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	id := c.makeView(tableView("All"))
	refused := func(code, message string) string { return refusal("400", "invalid_request_error", code, message) }
	for name, tc := range map[string]struct {
		data J
		want string
	}{
		"an operator that a type does not take": {J{"filter": J{"attribute": "job_title", "op": "gt", "value": "A"}},
			refused("invalid_filter_operator", `Invalid operator "gt" for field "value", must be one of ("contains", "ends_with", "eq", "in", "starts_with")`)},
		"a field that a type does not have": {J{"filter": J{"and": []J{{"attribute": "name", "field": "nickname", "op": "eq", "value": "A"}}}},
			refused("invalid_filter_field", `Invalid field 'nickname' for attribute of type 'personal-name'`)},
		"a field to sort by that a type does not have": {J{"sorts": []J{{"attribute": "name", "field": "nickname", "direction": "asc"}}},
			refused("invalid_filter_field", `Invalid field 'nickname' for attribute of type 'personal-name'`)},
		"a field to show that a type does not have": {J{"attributes": []J{{"attribute": "name", "field": "nickname"}}},
			refused("invalid_filter_field", `Invalid field 'nickname' for attribute of type 'personal-name'`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.do(http.MethodPatch, peopleViews+"/"+id, J{"data": tc.data}), 400, tc.want)
			tc.data["title"], tc.data["type"] = "View", "table"
			c.wants(c.do(http.MethodPost, peopleViews, J{"data": tc.data}), 400, tc.want)
		})
	}
	t.Cleanup(func() {
		c.wants(c.get(peopleViews), 200, `{"data":[`+listed(id, "All")+`],"pagination":{"next_cursor":null}}`)
	})
}

// After something that a view names was archived, the view can still be renamed, but not queried.
func TestAViewOfAnArchivedAttributeStays(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	c.people()
	id := c.makeView(J{"title": "View", "type": "table", "filter": J{"attribute": "score", "op": "gte", "value": 2}})
	if got := c.do(http.MethodPatch, "/v2/objects/people/attributes/score", J{"data": J{"is_archived": true}}); got.Status != 200 {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	if got := c.do(http.MethodPatch, peopleViews+"/"+id, J{"data": J{"title": "New"}}); got.Status != 200 {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	if got := c.do(http.MethodPost, peopleQuery, J{"filter_view_id": id}); got.Status != 400 {
		t.Errorf("%d %s", got.Status, got.Body)
	}
}

func TestAViewOverAnObjectThatIsGoneStays(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	c.make("/v2/objects", J{"api_slug": "projects", "singular_noun": "Project", "plural_noun": "Projects"})
	c.make("/v2/objects/people/attributes", J{"title": "Project", "description": nil, "api_slug": "project", "type": "record-reference",
		"is_required": false, "is_unique": false, "is_multiselect": false, "config": J{"record_reference": J{"allowed_objects": []string{"projects"}}}})
	id := c.makeView(J{"title": "View", "type": "table",
		"filter": J{"attribute": []any{"project", J{"object": "projects", "attribute": "record_id"}}, "op": "eq", "value": "50cf242c-7fa3-4cad-87d0-75b1af71c57b"}})
	c.wants(c.do(http.MethodDelete, "/v2/objects/projects", nil), 200, `{}`)
	if got := c.get(peopleViews + "/" + id); got.Status != 200 || !strings.Contains(got.Body, `"objects":{}`) {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	if got := c.do(http.MethodPost, peopleQuery, J{"filter_view_id": id}); got.Status != 400 {
		t.Errorf("%d %s", got.Status, got.Body)
	}
}
