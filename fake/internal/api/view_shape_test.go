package api_test

import (
	"net/http"
	"testing"
)

func TestABodyThatIsNoViewIsRefused(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	id := c.makeView(tableView("All"))
	const (
		operators   = `"eq","not_empty","in","contains","starts_with","ends_with","lt","lte","gt","gte"`
		oneOf       = `'eq' | 'not_empty' | 'in' | 'contains' | 'starts_with' | 'ends_with' | 'lt' | 'lte' | 'gt' | 'gte'`
		bodyInvalid = "Body payload validation error."
	)
	body := func(issues ...string) string { return validation(bodyInvalid, issues...) }
	invalid := func(message string) string {
		return refusal("400", "invalid_request_error", "validation_type", message)
	}
	unknown := func(message string) string {
		return refusal("400", "invalid_request_error", "value_not_found", message)
	}
	condition := func(attribute any, op string, value any) J {
		return J{"filter": J{"attribute": attribute, "op": op, "value": value}}
	}
	for name, tc := range map[string]struct {
		data any
		want string
	}{
		"no object": {"All", body(`{"code":"invalid_type","path":["data"],"message":"Expected object, received string","expected":"object","received":"string"}`)},
		"several mistakes at once": {J{"title": "", "type": "grid", "sorts": []J{{"attribute": 1}}, "attributes": J{}}, body(
			`{"code":"too_small","path":["data","title"],"message":"String must contain at least 1 character(s)"}`,
			`{"code":"invalid_option","path":["data","type"],"message":"Invalid enum value. Expected 'table' | 'kanban', received 'grid'","options":["table","kanban"]}`,
			`{"code":"invalid_type","path":["data","sorts",0,"attribute"],"message":"Expected string, received number","expected":"string","received":"number"}`,
			`{"code":"invalid_type","path":["data","sorts",0,"direction"],"message":"Required","expected":"'asc' | 'desc'","received":"undefined"}`,
			`{"code":"invalid_type","path":["data","attributes"],"message":"Expected array, received object","expected":"array","received":"object"}`)},

		"an operator that is none": {condition("name", "equals", "Ada"), body(
			`{"code":"invalid_option","path":["data","filter","op"],"message":"Invalid enum value. Expected ` + oneOf + `, received 'equals'","options":[` + operators + `]}`)},
		"an operator as queries have it": {J{"filter": J{"name": J{"$contains": "Ada"}}}, body(
			`{"code":"invalid_type","path":["data","filter","attribute"],"message":"Required","expected":"string","received":"undefined"}`,
			`{"code":"invalid_type","path":["data","filter","op"],"message":"Required","expected":"`+oneOf+`","received":"undefined"}`,
			`{"code":"invalid","path":["data","filter","value"],"message":"Invalid input"}`,
			`{"code":"unrecognized_keys","path":["data","filter"],"message":"Unrecognized key(s) in object: 'name'"}`)},
		"a comparison with null": {condition("name", "eq", nil), body(`{"code":"invalid","path":["data","filter","value"],"message":"Invalid input"}`)},
		"membership of no array": {condition("name", "in", "Ada"), body(
			`{"code":"invalid_type","path":["data","filter","value"],"message":"Expected array, received string","expected":"array","received":"string"}`)},
		"a value that says that it is empty": {condition("name", "not_empty", false), body(
			`{"code":"invalid_literal","path":["data","filter","value"],"message":"Invalid literal value, expected true"}`)},
		"an empty group": {J{"filter": J{"and": []J{}}}, body(
			`{"code":"too_small","path":["data","filter","and"],"message":"Array must contain at least 1 element(s)"}`)},
		"a group that is a condition too": {J{"filter": J{"and": []J{{"or": []J{{"attribute": "name", "op": "not_empty"}}}}, "op": "eq"}}, body(
			`{"code":"unrecognized_keys","path":["data","filter"],"message":"Unrecognized key(s) in object: 'op'"}`)},
		"a mistake deep in groups": {J{"filter": J{"and": []J{{"or": []any{1}}}}}, body(
			`{"code":"invalid_type","path":["data","filter","and",0,"or",0],"message":"Expected object, received number","expected":"object","received":"number"}`)},

		"an empty path": {condition([]any{}, "eq", "Ada"), body(`{"code":"too_small","path":["data","filter","attribute"],"message":"Array must contain at least 1 element(s)"}`)},
		"a path that begins with a step": {condition([]any{J{"object": "people", "attribute": "name"}}, "eq", "Ada"), body(
			`{"code":"invalid","path":["data","filter","attribute"],"message":"Invalid input"}`)},
		"a path of slugs": {condition([]any{"company", "name"}, "eq", "Ada"), body(`{"code":"invalid","path":["data","filter","attribute"],"message":"Invalid input"}`)},
		"a step without an object": {condition([]any{"company", J{"attribute": "name"}}, "eq", "Ada"), body(
			`{"code":"invalid_type","path":["data","filter","attribute",1,"object"],"message":"Required","expected":"string","received":"undefined"}`)},

		"an unknown attribute in the filter":     {condition("nothing", "eq", "Ada"), unknown(`Cannot find attribute with slug/ID "nothing".`)},
		"an unknown attribute in a group":        {J{"filter": J{"or": []J{{"attribute": "nothing", "op": "not_empty"}}}}, unknown(`Cannot find attribute with slug/ID "nothing".`)},
		"an unknown attribute in the sorts":      {J{"sorts": []J{{"attribute": "nothing", "direction": "asc"}}}, unknown(`Cannot find attribute with slug/ID "nothing".`)},
		"an unknown attribute that is shown":     {J{"attributes": []J{{"attribute": "name"}, {"attribute": "nothing"}}}, unknown(`Cannot find attribute with slug/ID "nothing".`)},
		"an unknown attribute of another object": {condition([]any{"company", J{"object": "companies", "attribute": "nothing"}}, "eq", "Ada"), unknown(`Cannot find attribute with slug/ID "nothing".`)},
		"an attribute of an object that is off":  {condition("associated_deals", "not_empty", true), unknown(`Cannot find attribute with slug/ID "associated_deals".`)},
		"an unknown object":                      {condition([]any{"company", J{"object": "robots", "attribute": "name"}}, "eq", "Ada"), unknown(`Object with slug/ID "robots" not found.`)},
		"a path over what is no reference": {condition([]any{"name", J{"object": "companies", "attribute": "name"}}, "eq", "Ada"),
			invalid(`Attribute with slug "name" does not refer to records of object "companies".`)},
		"a path to the wrong object": {condition([]any{"company", J{"object": "people", "attribute": "name"}}, "eq", "Ada"),
			invalid(`Attribute with slug "company" does not refer to records of object "people".`)},
		"an unknown option": {condition([]any{"company", J{"object": "companies", "attribute": "categories"}}, "eq", "Nonsense"),
			unknown(`Cannot find select option with title "Nonsense".`)},

		"a board without its settings": {J{"type": "kanban"}, body(
			`{"code":"invalid_type","path":["data","kanban"],"message":"Required","expected":"object","received":"undefined"}`)},
		"a table with the settings of a board": {J{"type": "table", "kanban": J{"status_attribute": "name"}}, invalid("This attribute is not a status attribute.")},
		"a board by what is no status":         {J{"type": "kanban", "kanban": J{"status_attribute": "name"}}, invalid("This attribute is not a status attribute.")},
		"an unknown aggregation": {J{"type": "kanban", "kanban": J{"status_attribute": "name", "aggregation": J{"attribute": "name", "type": "average"}}}, body(
			`{"code":"invalid_option","path":["data","kanban","aggregation","type"],"message":"Invalid enum value. Expected 'sum', received 'average'","options":["sum"]}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			if data, ok := tc.data.(J); ok {
				full := tableView("View")
				for key, value := range data {
					full[key] = value
				}
				c.wants(c.do(http.MethodPost, peopleViews, J{"data": full}), 400, tc.want)
			}
			c.wants(c.do(http.MethodPatch, peopleViews+"/"+id, J{"data": tc.data}), 400, tc.want)
		})
	}
	t.Cleanup(func() {
		c.wants(c.get(peopleViews+"/"+id), 200, whole(id, "All", emptyTable))
		c.wants(c.get(peopleViews), 200, `{"data":[`+listed(id, "All")+`],"pagination":{"next_cursor":null}}`)
	})
}

func TestANewViewNeedsATitleAndAType(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	c.wants(c.do(http.MethodPost, peopleViews, J{"data": J{}}), 400, validation("Body payload validation error.",
		`{"code":"invalid_type","path":["data","title"],"message":"Required","expected":"string","received":"undefined"}`,
		`{"code":"invalid_type","path":["data","type"],"message":"Required","expected":"'table' | 'kanban'","received":"undefined"}`))
	c.wants(c.do(http.MethodPost, peopleViews, J{}), 400, validation("Body payload validation error.",
		`{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}`))
}

func TestATableHasNoSettingsOfABoard(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	c.make("/v2/objects/people/attributes", J{"title": "Stage", "description": nil, "api_slug": "stage", "type": "status",
		"is_required": false, "is_unique": false, "is_multiselect": false, "config": J{}})
	data := tableView("View")
	data["kanban"] = J{"status_attribute": "stage"}
	c.wants(c.do(http.MethodPost, peopleViews, J{"data": data}), 400, validation("Body payload validation error.",
		`{"code":"invalid","path":["data","kanban"],"message":"Only views of type 'kanban' have kanban settings"}`))
}
