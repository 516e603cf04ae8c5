package api_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func objectJSON(id, slug, singular, plural, created string) string {
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + id + `"},"api_slug":"` + slug +
		`","singular_noun":"` + singular + `","plural_noun":"` + plural + `","created_at":"` + created + `"}`
}

const (
	atNoon       = "2026-01-15T12:00:00.000000000Z"
	emptyPayload = "You passed an empty payload. Please ensure you are updating at least one property in your request."
)

func TestObjectsAreListedByTheirIDs(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	objects := map[string]string{
		fake.ID("acme/objects/people"):    objectJSON(fake.ID("acme/objects/people"), "people", "Person", "People", atNoon),
		fake.ID("acme/objects/companies"): objectJSON(fake.ID("acme/objects/companies"), "companies", "Company", "Companies", atNoon),
	}
	projects := c.projects()
	objects[projects] = objectJSON(projects, "projects", "Project", "Projects", atNoon)
	c.wants(c.get("/v2/objects?limit=1"), 200, `{"data":[`+strings.Join(inOrder(objects), ",")+`]}`)
}

// inOrder returns the values of a map, sorted by key.
func inOrder(m map[string]string) []string {
	var values []string
	for _, key := range slices.Sorted(maps.Keys(m)) {
		values = append(values, m[key])
	}
	return values
}

func TestAnObjectIsFoundBySlugAndID(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	people := fake.ID("acme/objects/people")
	found := `{"data":` + objectJSON(people, "people", "Person", "People", atNoon) + `}`
	unknown := func(slugOrID string) string { return notFound(`Object with slug/ID "` + slugOrID + `" not found.`) }
	foreign := fake.ID("globex/objects/people")
	for name, tc := range map[string]struct {
		path, body string
		status     int
	}{
		"by slug":                          {"people", found, 200},
		"by id":                            {people, found, 200},
		"by nothing that exists":           {"invoices", unknown("invoices"), 404},
		"a standard object that is off":    {"deals", isOff("deals"), 400},
		"its id":                           {fake.ID("acme/objects/deals"), isOff("deals"), 400},
		"of another workspace":             {foreign, unknown(foreign), 404},
		"by what has to be escaped":        {"my%20%22object%22", unknown(`my "object"`), 404},
		"a slug in another case is no one": {"People", unknown("People"), 404},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.get("/v2/objects/"+tc.path), tc.status, tc.body)
		})
	}
}

func TestAnObjectIsCreatedAndChanged(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	got := c.send("POST", "/v2/objects", `{"data":{"api_slug":"R & D","singular_noun":"Idea","plural_noun":"Ideas","more":1}}`)
	id := idIn(t, got.Body, "object_id")
	c.wants(got, 200, `{"data":`+objectJSON(id, "R & D", "Idea", "Ideas", atNoon)+`}`)
	if diff := cmp.Diff([]string{"record_id", "created_at", "created_by"}, slugsIn(t, c.get("/v2/objects/"+id+"/attributes").Body)); diff != "" {
		t.Errorf("its attributes: %s", diff)
	}
	for _, change := range []struct{ path, body, slug, singular, plural string }{
		{"R%20&%20D", `{"data":{"api_slug":"ideas"}}`, "ideas", "Idea", "Ideas"},
		{"ideas", `{"data":{"singular_noun":"Thought"}}`, "ideas", "Thought", "Ideas"},
		{id, `{"data":{"plural_noun":"Thoughts","api_slug":"thoughts"}}`, "thoughts", "Thought", "Thoughts"},
		{id, `{"data":{"api_slug":"thoughts"}}`, "thoughts", "Thought", "Thoughts"},
	} {
		want := `{"data":` + objectJSON(id, change.slug, change.singular, change.plural, atNoon) + `}`
		c.wants(c.send("PATCH", "/v2/objects/"+change.path, change.body), 200, want)
		c.wants(c.get("/v2/objects/"+id), 200, want)
	}
	c.wants(c.get("/v2/objects/ideas"), 404, notFound(`Object with slug/ID "ideas" not found.`))
}

func TestTheNounsOfAStandardObjectChangeAndItsSlugStays(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	people := fake.ID("acme/objects/people")
	want := `{"data":` + objectJSON(people, "people", "Contact", "Contacts", atNoon) + `}`
	c.wants(c.send("PATCH", "/v2/objects/people", `{"data":{"api_slug":"people","singular_noun":"Contact","plural_noun":"Contacts"}}`), 200, want)
	c.wants(c.send("PATCH", "/v2/objects/"+people, `{"data":{"api_slug":"contacts"}}`), 400,
		badRequest("system_edit_unauthorized", "Cannot update the API slug of a standard object."))
	c.wants(c.get("/v2/objects/people"), 200, want)
}

func TestAnObjectIsRefused(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	const (
		created = "Failed to create object. Please ensure your api_slug and names are unique."
		updated = "Failed to update object. Please ensure api_slug is unique."
	)
	object := func(slug, singular, plural string) string {
		return `{"data":{"api_slug":"` + slug + `","singular_noun":"` + singular + `","plural_noun":"` + plural + `"}}`
	}
	for name, tc := range map[string]struct {
		method, path, body string
		status             int
		want               string
	}{
		"a body without data":           {"POST", "", `{}`, 400, badShape(`{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}`)},
		"no names":                      {"POST", "", `{"data":{}}`, 400, badShape(required("api_slug", "string"), required("singular_noun", "string"), required("plural_noun", "string"))},
		"a slug that is used":           {"POST", "", object("projects", "A", "B"), 409, slugConflict(created)},
		"the slug of what is off":       {"POST", "", object("deals", "A", "B"), 409, slugConflict(created)},
		"a noun that is used":           {"POST", "", object("x", "project", "B"), 409, slugConflict(created)},
		"a plural that is used":         {"POST", "", object("x", "A", "PROJECTS"), 409, slugConflict(created)},
		"an empty noun":                 {"POST", "", object("x", "", "B"), 400, badShape(`{"code":"too_small","path":["data","singular_noun"],"message":"String must contain at least 1 character(s)"}`)},
		"a change of nothing":           {"PATCH", "/projects", `{"data":{}}`, 400, badRequest("validation_type", emptyPayload)},
		"a change to a slug in use":     {"PATCH", "/projects", `{"data":{"api_slug":"people"}}`, 409, slugConflict(updated)},
		"a change of no object":         {"PATCH", "/x", `{"data":{"api_slug":"y"}}`, 404, notFound(`Object with slug/ID "x" not found.`)},
		"a change of another workspace": {"PATCH", "/" + fake.ID("globex/objects/people"), `{"data":{"api_slug":"y"}}`, 404, notFound(`Object with slug/ID "` + fake.ID("globex/objects/people") + `" not found.`)},
		"a deletion of Attio's own":     {"DELETE", "/people", "", 400, badRequest("system_edit_unauthorized", "Only deleting custom objects is allowed.")},
		"a deletion of what is off":     {"DELETE", "/deals", "", 400, isOff("deals")},
		"a change of what is off":       {"PATCH", "/deals", `{"data":{"singular_noun":"Sale"}}`, 400, isOff("deals")},
		"another slug for Attio's own":  {"PATCH", "/people", `{"data":{"api_slug":"persons","plural_noun":"Persons"}}`, 400, badRequest("system_edit_unauthorized", "Cannot update the API slug of a standard object.")},
		"an empty slug":                 {"POST", "", object("", "A", "B"), 400, emptySlug},
		"a change to an empty slug":     {"PATCH", "/projects", `{"data":{"api_slug":""}}`, 400, emptySlug},
		"a deletion of no object":       {"DELETE", "/x", "", 404, notFound(`Object with slug/ID "x" not found.`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.send(tc.method, "/v2/objects"+tc.path, tc.body), tc.status, tc.want)
		})
	}
}

func TestAPlanAllowsSoManyObjects(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t, fake.YAML(`{version: 1, workspaces: {acme: {plan: free}}}`))
	c.projects()
	const another = `{"data":{"api_slug":"invoices","singular_noun":"Invoice","plural_noun":"Invoices"}}`
	c.wants(c.send("POST", "/v2/objects", another), 400, badRequest("quota_exceeded", "You have met your plan's object limit. Please upgrade your plan to create more objects."))
	c.must("DELETE", "/v2/objects/projects", "")
	c.must("POST", "/v2/objects", another)
}

func TestADeletedObjectTakesItsRecordsAndTheOtherSidesOfItsRelationships(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	projects := c.projects()
	c.attribute("projects", "client", "record-reference", `"relationship":{"object":"companies","title":"Projects","api_slug":"projects","is_multiselect":true}`)
	c.attribute("companies", "pitch", "record-reference") // without another side
	company := idIn(t, c.must("POST", "/v2/objects/companies/records", `{"data":{"values":{"name":"Navy"}}}`), "record_id")
	project := idIn(t, c.must("POST", "/v2/objects/projects/records",
		`{"data":{"values":{"client":{"target_object":"companies","target_record_id":"`+company+`"}}}}`), "record_id")
	before := c.must("PATCH", "/v2/objects/companies/records/"+company,
		`{"data":{"values":{"pitch":{"target_object":"projects","target_record_id":"`+project+`"}}}}`)
	reference := `{"target_object":"projects","target_record_id":"` + project + `","attribute_type":"record-reference"}`
	for _, slug := range []string{"projects", "pitch"} {
		if diff := cmp.Diff(reference, c.valueIn(before, slug)); diff != "" {
			t.Fatalf("%s: %s", slug, diff)
		}
	}

	c.wants(c.send("DELETE", "/v2/objects/projects", ""), 200, `{}`)
	after := c.must("GET", "/v2/objects/companies/records/"+company, "")
	for slug, want := range map[string]string{"projects": "absent", "pitch": ""} {
		if diff := cmp.Diff(want, c.valueIn(after, slug)); diff != "" {
			t.Errorf("%s: %s", slug, diff)
		}
	}
	c.wants(c.get("/v2/objects/companies/attributes/projects"), 404, notFound(`Attribute with slug/ID "projects" not found.`))
	c.wants(c.get("/v2/objects/projects/records/"+project), 404, notFound(`Object with slug/ID "projects" not found.`))
	if again := c.projects(); again == projects {
		t.Error("the new object has the id of the deleted one")
	}
	c.wants(c.get("/v2/objects/projects/records/"+project), 404, notFound(`Record with ID "`+project+`" not found.`))
}
