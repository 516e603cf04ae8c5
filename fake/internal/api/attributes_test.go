package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const noCurrency = `"currency":{"default_currency_code":null,"display_type":null}`

func TestANewAttributeIsAnsweredWhole(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	projects := c.projects()
	people, companies := fake.ID("acme/objects/people"), fake.ID("acme/objects/companies")
	withDefault := func(value string) []string {
		return []string{`"is_default_value_enabled":false`, `"is_default_value_enabled":true`, `"default_value":null`, `"default_value":` + value}
	}
	for name, tc := range map[string]struct {
		slug, kind string
		members    []string
		oldnew     []string
	}{
		"text":                    {"code", "text", nil, nil},
		"with a description":      {"described", "text", []string{`"description":"What <it> is"`}, []string{`"description":null`, `"description":"What <it> is"`}},
		"required":                {"needed", "number", []string{`"is_required":true`}, []string{`"is_required":false`, `"is_required":true`}},
		"unique":                  {"serial", "text", []string{`"is_unique":true`}, []string{`"is_unique":false`, `"is_unique":true`}},
		"select":                  {"colour", "select", nil, nil},
		"select of several":       {"colours", "select", []string{`"is_multiselect":true`}, []string{`"is_multiselect":false`, `"is_multiselect":true`}},
		"status, with none":       {"phase", "status", nil, nil},
		"a slug of any kind":      {"my-Attribute 2", "checkbox", nil, nil},
		"nulls for what may be":   {"nulls", "rating", []string{`"default_value":null`, `"relationship":null`}, nil},
		"a config of other types": {"odd", "text", []string{`"config":{"currency":{"default_currency_code":"EUR","display_type":"code"},"record_reference":{"allowed_objects":["x"]},"more":1}`}, nil},
		"currency": {"budget", "currency", []string{`"config":{"currency":{"default_currency_code":"EUR","display_type":"narrowSymbol"}}`},
			[]string{noCurrency, `"currency":{"default_currency_code":"EUR","display_type":"narrowSymbol"}`}},
		"currency that says nothing": {"cost", "currency", nil,
			[]string{noCurrency, `"currency":{"default_currency_code":"USD","display_type":"symbol"}`}},
		"a reference to anything": {"anything", "record-reference", nil, nil},
		"a reference to some": {"some", "record-reference", []string{`"config":{"record_reference":{"allowed_objects":["people","` + companies + `","` + people + `"]}}`},
			[]string{`"allowed_object_ids":null`, `"allowed_object_ids":["` + people + `","` + companies + `"]`}},
		"whoever is there": {"lead", "actor-reference", []string{`"default_value":{"type":"dynamic","template":"current-user"}`},
			withDefault(`{"type":"dynamic","template":"current-user"}`)},
		"a date from now": {"due", "date", []string{`"default_value":{"type":"dynamic","template":"P1M"}`},
			withDefault(`{"type":"dynamic","template":"P1M"}`)},
		"a moment from now": {"remind", "timestamp", []string{`"default_value":{"type":"dynamic","template":"PT36H"}`},
			withDefault(`{"type":"dynamic","template":"PT36H"}`)},
		"a fixed number": {"weight", "number", []string{`"default_value":{"type":"static","template":[{"value":5}]}`},
			withDefault(`{"type":"static","template":[{"value":5,"attribute_type":"number"}]}`)},
		"a fixed sum": {"price", "currency", []string{`"default_value":{"type":"static","template":["4.50"]}`},
			append(withDefault(`{"type":"static","template":[{"currency_code":"USD","currency_value":4.5,"attribute_type":"currency"}]}`),
				noCurrency, `"currency":{"default_currency_code":"USD","display_type":"symbol"}`)},
		"several fixed domains": {"sites", "domain", []string{`"is_multiselect":true`, `"default_value":{"type":"static","template":["a.example.com",{"domain":"b.example.com"}]}`},
			append(withDefault(`{"type":"static","template":[{"domain":"a.example.com","root_domain":"example.com","attribute_type":"domain"},`+
				`{"domain":"b.example.com","root_domain":"example.com","attribute_type":"domain"}]}`), `"is_multiselect":false`, `"is_multiselect":true`)},
		"a default of no values": {"none", "text", []string{`"default_value":{"type":"static","template":[]}`}, withDefault(`{"type":"static","template":[]}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			got := c.send("POST", "/v2/objects/projects/attributes", newAttribute(tc.slug, tc.kind, tc.members...))
			if got.Status != 200 {
				t.Fatalf("%d %s", got.Status, got.Body)
			}
			id := idIn(t, got.Body, "attribute_id")
			want := `{"data":` + attributeJSON(projects, id, tc.slug, tc.kind, tc.oldnew...) + `}`
			c.wants(got, 200, want)
			c.wants(c.get("/v2/objects/"+projects+"/attributes/"+id), 200, want)
		})
	}
}

const everyType = `'text' | 'number' | 'checkbox' | 'currency' | 'date' | 'timestamp' | 'rating' | 'status' | 'select' | 'record-reference' | ` +
	`'actor-reference' | 'location' | 'domain' | 'email-address' | 'phone-number' | 'interaction' | 'personal-name'`

// The option was recorded as an id; that a status is an id too is assumed.
func TestAStaticDefaultNamesChoicesByTheirIds(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t, fake.YAML(`
version: 1
workspaces:
  acme:
    objects:
      trips:
        singular_noun: Trip
        plural_noun: Trips
        attributes:
          colour: {type: select, options: [Red, Blue], default_value: Blue}
          phase: {type: status, statuses: [Open, Done], default_value: Done}
`))
	const trips = "acme/objects/trips/attributes/"
	for slug, template := range map[string]string{
		"colour": `{"option":"` + fake.ID(trips+"colour/options/Blue") + `","attribute_type":"select"}`,
		"phase":  `{"status":"` + fake.ID(trips+"phase/statuses/Done") + `","attribute_type":"status"}`,
	} {
		got := c.get("/v2/objects/trips/attributes/" + slug).Body
		if want := `"default_value":{"type":"static","template":[` + template + `]},`; !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestAnAttributeIsRefused(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	c.attribute("projects", "code", "text")
	archived := c.attribute("projects", "old", "text")
	c.must("PATCH", "/v2/objects/projects/attributes/"+archived, `{"data":{"is_archived":true}}`)
	const (
		taken   = "An attribute with the same API slug already exists on this Object"
		invalid = `{"code":"invalid","path":["data","default_value"],"message":"Invalid input"}`
	)
	dynamic := func(template string) string {
		return `"default_value":{"type":"dynamic","template":"` + template + `"}`
	}
	static := func(template string) string {
		return `"default_value":{"type":"static","template":` + template + `}`
	}
	related := func(object, slug string) string {
		return `"relationship":{"object":"` + object + `","title":"T","api_slug":"` + slug + `","is_multiselect":false}`
	}
	noTemplate := func(template, kind string) string {
		return badRequest("validation_type", `Dynamic default value "`+template+`" is not supported for attributes of type "`+kind+`".`)
	}
	for name, tc := range map[string]struct {
		object, body string
		status       int
		want         string
	}{
		"no data": {"projects", `{}`, 400, badShape(`{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}`)},
		"nothing": {"projects", `{"data":{}}`, 400, badShape(
			required("title", "string"), required("description", "string"), required("api_slug", "string"), required("type", everyType),
			required("is_required", "boolean"), required("is_unique", "boolean"), required("is_multiselect", "boolean"), required("config", "object"))},
		"unknown keys": {"projects", newAttribute("a", "text", `"is_archived":false`, `"is_writable":true`), 400,
			badShape(`{"code":"unrecognized_keys","path":["data"],"message":"Unrecognized key(s) in object: 'is_archived', 'is_writable'"}`)},
		"an unknown currency": {"projects", newAttribute("a", "currency", `"config":{"currency":{"default_currency_code":"USD","display_type":"long"}}`), 400,
			badShape(`{"code":"invalid_option","path":["data","config","currency","display_type"],"message":"Invalid enum value. Expected 'code' | 'name' | 'narrowSymbol' | 'symbol', received 'long'",` +
				`"options":["code","name","narrowSymbol","symbol"]}`)},
		"no allowed objects": {"projects", newAttribute("a", "record-reference", `"config":{"record_reference":{"allowed_objects":[]}}`), 400,
			badShape(`{"code":"too_small","path":["data","config","record_reference","allowed_objects"],"message":"Array must contain at least 1 element(s)"}`)},
		"a default of no type":         {"projects", newAttribute("a", "text", `"default_value":{"template":"P1D"}`), 400, badShape(invalid)},
		"a static default of a string": {"projects", newAttribute("a", "text", static(`"x"`)), 400, badShape(invalid)},
		"half a relationship": {"projects", newAttribute("a", "record-reference", `"relationship":{"object":"people"}`), 400, badShape(
			`{"code":"invalid_type","path":["data","relationship","title"],"message":"Required","expected":"string","received":"undefined"}`,
			`{"code":"invalid_type","path":["data","relationship","api_slug"],"message":"Required","expected":"string","received":"undefined"}`,
			`{"code":"invalid_type","path":["data","relationship","is_multiselect"],"message":"Required","expected":"boolean","received":"undefined"}`)},

		"an interaction":     {"projects", newAttribute("a", "interaction"), 400, badRequest("validation_type", `Attributes of type "interaction" cannot be created.`)},
		"a personal name":    {"projects", newAttribute("a", "personal-name"), 400, badRequest("validation_type", `Attributes of type "personal-name" cannot be created.`)},
		"a slug that is new": {"invoices", newAttribute("a", "text"), 404, notFound(`Object with slug/ID "invoices" not found.`)},
		"of another workspace": {fake.ID("globex/objects/people"), newAttribute("a", "text"), 404,
			notFound(`Object with slug/ID "` + fake.ID("globex/objects/people") + `" not found.`)},
		"a slug that is used":         {"projects", newAttribute("code", "number"), 409, slugConflict(taken)},
		"a slug that is archived":     {"projects", newAttribute("old", "text"), 409, slugConflict(taken)},
		"a slug of Attio's":           {"companies", newAttribute("domains", "text"), 409, slugConflict(taken)},
		"unique on people":            {"people", newAttribute("a", "text", `"is_unique":true`), 400, badRequest("validation_type", "Cannot set attribute as unique.")},
		"a unique select":             {"projects", newAttribute("a", "select", `"is_unique":true`), 400, badRequest("validation_type", "Cannot set attribute as unique.")},
		"several texts":               {"projects", newAttribute("a", "text", `"is_multiselect":true`), 400, badRequest("validation_type", `Attributes of type "text" cannot be multiselect.`)},
		"a default on companies":      {"companies", newAttribute("a", "text", static(`["x"]`)), 400, badRequest("validation_type", "Default values are not supported on this object.")},
		"a user as text":              {"projects", newAttribute("a", "text", dynamic("current-user")), 400, noTemplate("current-user", "text")},
		"a user as a date":            {"projects", newAttribute("a", "date", dynamic("current-user")), 400, noTemplate("current-user", "date")},
		"a duration as an actor":      {"projects", newAttribute("a", "actor-reference", dynamic("P1D")), 400, noTemplate("P1D", "actor-reference")},
		"a duration as a number":      {"projects", newAttribute("a", "number", dynamic("P1D")), 400, noTemplate("P1D", "number")},
		"no duration":                 {"projects", newAttribute("a", "timestamp", dynamic("tomorrow")), 400, noTemplate("tomorrow", "timestamp")},
		"nothing dynamic":             {"projects", newAttribute("a", "timestamp", dynamic("")), 400, noTemplate("", "timestamp")},
		"an option before there is":   {"projects", newAttribute("a", "select", static(`["Gold"]`)), 400, badRequest("value_not_found", `Cannot find select option with title "Gold".`)},
		"a default of the wrong form": {"projects", newAttribute("a", "number", static(`["x"]`)), 400, `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"An invalid value was passed to attribute with slug \"a\".","validation_errors":[{"code":"invalid_type","path":["value"],"message":"Expected number, received string","expected":"number","received":"string"}]}`},
		"two defaults for one value": {"projects", newAttribute("a", "number", static(`[1,2]`)), 400,
			`{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"An invalid value was passed to attribute with slug \"a\".","validation_errors":[{"code":"too_big","path":[],"message":"Array must contain at most 1 element(s)"}]}`},
		"a default of no object": {"projects", newAttribute("a", "record-reference", static(`[{"target_object":"deals","target_record_id":"50cf242c-7fa3-4cad-87d0-75b1af71c57b"}]`)), 400,
			isOff("deals")},
		"a default of an unknown object": {"projects", newAttribute("a", "record-reference", static(`[{"target_object":"robots","target_record_id":"50cf242c-7fa3-4cad-87d0-75b1af71c57b"}]`)), 400,
			badRequest("validation_type", `Could not find an object with slug "robots" for default value.`)},
		"a default that is no reference": {"projects", newAttribute("lead", "record-reference", static(`[{"target_object":"people","email_addresses":["x"]}]`)), 400,
			invalidValue("lead", `{"code":"invalid","path":["email_addresses",0,"email_address"],"message":"Invalid email address"}`)},
		"a default without an object": {"projects", newAttribute("lead", "record-reference", static(`[{"target_record_id":"50cf242c-7fa3-4cad-87d0-75b1af71c57b"}]`)), 400,
			invalidValue("lead", `{"code":"invalid","path":[],"message":"Missing target_object on record reference value"}`)},
		"references to what is off": {"projects", newAttribute("a", "record-reference", `"config":{"record_reference":{"allowed_objects":["people","deals"]}}`), 400, isOff("deals")},
		"an empty slug":             {"projects", newAttribute("", "text"), 400, emptySlug},
		"an empty slug of the other side": {"projects", newAttribute("a", "record-reference", related("people", "")), 400,
			badShape(`{"code":"too_small","path":["data","relationship","api_slug"],"message":"String must contain at least 1 character(s)"}`)},
		"an allowed object that is not": {"projects", newAttribute("a", "record-reference", `"config":{"record_reference":{"allowed_objects":["people","x"]}}`), 400,
			badRequest("validation_type", `Could not find an object with slug "x" for allowed objects.`)},
		"a relationship to no object": {"projects", newAttribute("a", "record-reference", related("deals", "b")), 400,
			isOff("deals")},
		"a relationship to an unknown object": {"projects", newAttribute("a", "record-reference", related("robots", "b")), 400,
			badRequest("validation_type", `Could not find an object with slug "robots" for relationship.`)},
		"a relationship of text": {"projects", newAttribute("a", "text", related("people", "b")), 400,
			badRequest("validation_type", `Attributes of type "text" cannot have a relationship.`)},
		"a relationship to others": {"projects", newAttribute("a", "record-reference", related("people", "b"), `"config":{"record_reference":{"allowed_objects":["people","companies"]}}`), 400,
			badRequest("validation_type", "Allowed objects must contain only the object of the relationship.")},
		"an other side that is used":     {"projects", newAttribute("a", "record-reference", related("people", "name")), 409, slugConflict(taken)},
		"two sides of one slug and home": {"projects", newAttribute("a", "record-reference", related("projects", "a")), 409, slugConflict(taken)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.send("POST", "/v2/objects/"+tc.object+"/attributes", tc.body), tc.status, tc.want)
		})
	}
	t.Cleanup(func() {
		if diff := cmp.Diff([]string{"record_id", "created_at", "created_by", "code"}, slugsIn(t, c.get("/v2/objects/projects/attributes").Body)); diff != "" {
			t.Errorf("the refused left something behind: %s", diff)
		}
	})
}

func TestThereAreNoListsYet(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	want := notFound(`List with slug/ID "people" not found.`)
	for _, tc := range []struct{ method, path, body string }{
		{"GET", "", ""},
		{"POST", "", newAttribute("a", "text")},
		{"GET", "/stage", ""},
		{"PATCH", "/stage", `{"data":{"title":"x"}}`},
		{"GET", "/stage/options", ""},
		{"POST", "/stage/options", `{"data":{"title":"x"}}`},
		{"PATCH", "/stage/options/x", `{"data":{"title":"x"}}`},
		{"GET", "/stage/statuses", ""},
		{"POST", "/stage/statuses", `{"data":{"title":"x"}}`},
		{"PATCH", "/stage/statuses/x", `{"data":{"title":"x"}}`},
	} {
		c.wants(c.send(tc.method, "/v2/lists/people/attributes"+tc.path, tc.body), 404, want)
	}
}

func TestAttributesAreListedInPages(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	for _, slug := range []string{"zebra", "apple", "mango"} {
		c.attribute("projects", slug, "text")
	}
	c.must("PATCH", "/v2/objects/projects/attributes/apple", `{"data":{"is_archived":true}}`)
	badQuery := func(issue string) string {
		return `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Query params validation error.","validation_errors":[` + issue + `]}`
	}
	for query, want := range map[string][]string{
		"":                           {"record_id", "created_at", "created_by", "zebra", "mango"},
		"?show_archived=false&zzz=1": {"record_id", "created_at", "created_by", "zebra", "mango"},
		"?show_archived=true":        {"record_id", "created_at", "created_by", "zebra", "apple", "mango"},
		"?limit=2":                   {"record_id", "created_at"},
		"?limit=2&offset=3":          {"zebra", "mango"},
		"?limit=500&offset=4":        {"mango"},
		"?offset=5":                  {},
		"?offset=99&limit=1":         {},
		"?limit=1e300&offset=1e300":  {},
	} {
		got := c.get("/v2/objects/projects/attributes" + query)
		if diff := cmp.Diff(want, slugsIn(t, got.Body)); got.Status != 200 || diff != "" {
			t.Errorf("%s: %d %s", query, got.Status, diff)
		}
	}
	for query, issue := range map[string]string{
		"?limit=0":           `{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`,
		"?offset=-1":         `{"code":"too_small","path":["offset"],"message":"Number must be greater than or equal to 0"}`,
		"?limit=many":        `{"code":"invalid_type","path":["limit"],"message":"Expected number, received nan","expected":"number","received":"nan"}`,
		"?show_archived=yes": `{"code":"invalid_option","path":["show_archived"],"message":"Invalid enum value. Expected 'true' | 'false', received 'yes'","options":["true","false"]}`,
	} {
		c.wants(c.get("/v2/objects/projects/attributes"+query), 400, badQuery(issue))
	}
}

func TestWhatRefersToADisabledObjectIsHidden(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	for _, query := range []string{"", "?show_archived=true"} {
		for _, slug := range slugsIn(t, c.get("/v2/objects/people/attributes"+query).Body) {
			if slug == "associated_deals" || slug == "associated_users" {
				t.Errorf("%s is listed", slug)
			}
		}
	}
	hidden := notFound(`Attribute with slug/ID "associated_deals" not found.`)
	c.wants(c.get("/v2/objects/people/attributes/associated_deals"), 404, hidden)
	c.wants(c.send("PATCH", "/v2/objects/people/attributes/associated_deals", `{"data":{"title":"x"}}`), 404, hidden)
	c.wants(c.send("POST", "/v2/objects/people/attributes", newAttribute("associated_deals", "text")), 409,
		slugConflict("An attribute with the same API slug already exists on this Object"))
}

func TestAnAttributeIsChanged(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	projects := c.projects()
	people, companies := fake.ID("acme/objects/people"), fake.ID("acme/objects/companies")
	for name, tc := range map[string]struct {
		kind, change string
		oldnew       []string
	}{
		"title":              {"text", `"title":"Other"`, []string{`"title":"The title"`, `"title":"Other"`}},
		"description":        {"text", `"description":"What it is"`, []string{`"description":null`, `"description":"What it is"`}},
		"no description":     {"text", `"description":null`, nil},
		"slug":               {"text", `"api_slug":"other_slug"`, []string{`"api_slug":"slug"`, `"api_slug":"other_slug"`}},
		"own slug":           {"text", `"api_slug":"own slug"`, nil},
		"required":           {"text", `"is_required":true`, []string{`"is_required":false`, `"is_required":true`}},
		"unique":             {"text", `"is_unique":true`, []string{`"is_unique":false`, `"is_unique":true`}},
		"archived":           {"text", `"is_archived":true`, []string{`"is_archived":false`, `"is_archived":true`}},
		"empty config":       {"text", `"config":{}`, nil},
		"no default":         {"text", `"default_value":null`, nil},
		"dynamic default":    {"actor-reference", `"default_value":{"type":"dynamic","template":"current-user"}`, []string{`"is_default_value_enabled":false`, `"is_default_value_enabled":true`, `"default_value":null`, `"default_value":{"type":"dynamic","template":"current-user"}`}},
		"static default":     {"text", `"default_value":{"type":"static","template":["x"]}`, []string{`"is_default_value_enabled":false`, `"is_default_value_enabled":true`, `"default_value":null`, `"default_value":{"type":"static","template":[{"value":"x","attribute_type":"text"}]}`}},
		"currency":           {"currency", `"config":{"currency":{"default_currency_code":"NTD","display_type":"code"}}`, []string{noCurrency, `"currency":{"default_currency_code":"NTD","display_type":"code"}`}},
		"allowed objects":    {"record-reference", `"config":{"record_reference":{"allowed_objects":["companies","people"]}}`, []string{`"allowed_object_ids":null`, `"allowed_object_ids":["` + companies + `","` + people + `"]`}},
		"a config of others": {"number", `"config":{"currency":{"default_currency_code":"NTD","display_type":"code"}}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			id := c.attribute("projects", name, tc.kind)
			want := `{"data":` + attributeJSON(projects, id, name, tc.kind, tc.oldnew...) + `}`
			c.wants(c.send("PATCH", "/v2/objects/projects/attributes/"+id, `{"data":{`+tc.change+`}}`), 200, want)
			c.wants(c.get("/v2/objects/projects/attributes/"+id), 200, want)
		})
	}
}

func TestAChangeOfAnAttributeIsRefused(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	c.attribute("projects", "code", "text")
	c.attribute("projects", "name", "text")
	c.attribute("projects", "colour", "select")
	c.attribute("projects", "lead", "record-reference", `"relationship":{"object":"people","title":"Leads","api_slug":"leads","is_multiselect":true}`)
	c.attribute("people", "tier", "text")
	for name, tc := range map[string]struct {
		path, body string
		status     int
		want       string
	}{
		"no data":               {"projects/attributes/code", `{}`, 400, badShape(`{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}`)},
		"null for a title":      {"projects/attributes/code", `{"data":{"title":null}}`, 400, badShape(`{"code":"invalid_type","path":["data","title"],"message":"Expected string, received null","expected":"string","received":"null"}`)},
		"what cannot change":    {"projects/attributes/code", `{"data":{"type":"number","is_multiselect":true}}`, 400, badShape(`{"code":"unrecognized_keys","path":["data"],"message":"Unrecognized key(s) in object: 'type', 'is_multiselect'"}`)},
		"no attribute":          {"projects/attributes/x", `{"data":{"title":"x"}}`, 404, notFound(`Attribute with slug/ID "x" not found.`)},
		"of another object":     {"companies/attributes/code", `{"data":{"title":"x"}}`, 404, notFound(`Attribute with slug/ID "code" not found.`)},
		"no object":             {"x/attributes/code", `{"data":{"title":"x"}}`, 404, notFound(`Object with slug/ID "x" not found.`)},
		"Attio's own":           {"people/attributes/job_title", `{"data":{"title":"x"}}`, 400, badRequest("system_edit_unauthorized", "Cannot update a System attribute.")},
		"nothing of Attio's":    {"projects/attributes/record_id", `{"data":{}}`, 400, badRequest("system_edit_unauthorized", "Cannot update a System attribute.")},
		"a slug that is used":   {"projects/attributes/code", `{"data":{"api_slug":"name"}}`, 409, slugConflict("An attribute with the same API slug already exists on this Object")},
		"unique on people":      {"people/attributes/tier", `{"data":{"is_unique":true}}`, 400, badRequest("validation_type", "Cannot set attribute as unique.")},
		"a unique select":       {"projects/attributes/colour", `{"data":{"is_unique":true}}`, 400, badRequest("validation_type", "Cannot set attribute as unique.")},
		"a default on people":   {"people/attributes/tier", `{"data":{"default_value":{"type":"static","template":["x"]}}}`, 400, badRequest("validation_type", "Default values are not supported on this object.")},
		"a default of no kind":  {"projects/attributes/code", `{"data":{"default_value":{"type":"dynamic","template":"P1D"}}}`, 400, badRequest("validation_type", `Dynamic default value "P1D" is not supported for attributes of type "text".`)},
		"a relationship to all": {"projects/attributes/lead", `{"data":{"config":{"record_reference":{"allowed_objects":["companies"]}}}}`, 400, badRequest("validation_type", "Allowed objects must contain only the object of the relationship.")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.send("PATCH", "/v2/objects/"+tc.path, tc.body), tc.status, tc.want)
		})
	}
}

func TestARelationshipHasTwoSides(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	projects, companies := c.projects(), fake.ID("acme/objects/companies")
	client := c.attribute("projects", "client", "record-reference",
		`"relationship":{"object":"companies","title":"The jobs","api_slug":"jobs","is_multiselect":true}`,
		`"config":{"record_reference":{"allowed_objects":["companies"]}}`)
	jobs := idIn(t, c.get("/v2/objects/companies/attributes/jobs").Body, "attribute_id")
	side := func(object, id, slug string, multiselect bool, allowed, otherObject, otherID, otherSlug, otherAPISlug string, otherMultiselect string) string {
		oldnew := []string{`"allowed_object_ids":null`, `"allowed_object_ids":["` + allowed + `"]`,
			`"relationship":null`, `"relationship":{"id":{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + otherObject + `","attribute_id":"` + otherID + `"},` +
				`"object_slug":"` + otherSlug + `","api_slug":"` + otherAPISlug + `","is_multiselect":` + otherMultiselect + `,"title":"The ` + otherAPISlug + `"}`}
		if multiselect {
			oldnew = append(oldnew, `"is_multiselect":false`, `"is_multiselect":true`)
		}
		return `{"data":` + attributeJSON(object, id, slug, "record-reference", oldnew...) + `}`
	}
	c.wants(c.get("/v2/objects/projects/attributes/client"), 200, side(projects, client, "client", false, companies, companies, jobs, "companies", "jobs", "true"))
	c.wants(c.get("/v2/objects/companies/attributes/jobs"), 200, side(companies, jobs, "jobs", true, projects, projects, client, "projects", "client", "false"))

	company := idIn(t, c.must("POST", "/v2/objects/companies/records", `{"data":{"values":{"name":"Navy"}}}`), "record_id")
	body := `{"data":{"values":{"client":{"target_object":"companies","target_record_id":"` + company + `"}}}}`
	first := idIn(t, c.must("POST", "/v2/objects/projects/records", body), "record_id")
	second := idIn(t, c.must("POST", "/v2/objects/projects/records", body), "record_id")
	reference := func(project string) string {
		return `{"target_object":"projects","target_record_id":"` + project + `","attribute_type":"record-reference"}`
	}
	either := []string{reference(first) + " " + reference(second), reference(second) + " " + reference(first)}
	if got := c.valueIn(c.must("GET", "/v2/objects/companies/records/"+company, ""), "jobs"); got != either[0] && got != either[1] {
		t.Errorf("the company has the jobs %s", got)
	}
}

func TestARelationshipMayStayWithinItsObject(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	c.attribute("projects", "parent", "record-reference", `"relationship":{"object":"projects","title":"Children","api_slug":"children","is_multiselect":true}`)
	if diff := cmp.Diff([]string{"record_id", "created_at", "created_by", "children", "parent"}, slugsIn(t, c.get("/v2/objects/projects/attributes").Body)); diff != "" {
		t.Error(diff)
	}
	parent := idIn(t, c.must("POST", "/v2/objects/projects/records", `{"data":{"values":{}}}`), "record_id")
	child := idIn(t, c.must("POST", "/v2/objects/projects/records",
		`{"data":{"values":{"parent":{"target_object":"projects","target_record_id":"`+parent+`"}}}}`), "record_id")
	want := `{"target_object":"projects","target_record_id":"` + child + `","attribute_type":"record-reference"}`
	if diff := cmp.Diff(want, c.valueIn(c.must("GET", "/v2/objects/projects/records/"+parent, ""), "children")); diff != "" {
		t.Error(diff)
	}
}

func TestDefaultsAreWhatANewRecordHas(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	ada := fake.ID("acme/members/ada")
	c.attribute("projects", "lead", "actor-reference", `"default_value":{"type":"dynamic","template":"current-user"}`)
	c.attribute("projects", "due", "date", `"default_value":{"type":"dynamic","template":"P1M"}`)
	c.attribute("projects", "remind", "timestamp", `"default_value":{"type":"dynamic","template":"PT36H"}`)
	c.attribute("projects", "weight", "number", `"is_required":true`, `"default_value":{"type":"static","template":[{"value":5}]}`)
	c.attribute("projects", "colour", "select")
	c.must("POST", "/v2/objects/projects/attributes/colour/options", `{"data":{"title":"Red"}}`)
	c.must("PATCH", "/v2/objects/projects/attributes/colour", `{"data":{"default_value":{"type":"static","template":["Red"]}}}`)
	c.must("PATCH", "/v2/objects/projects/attributes/colour/options/Red", `{"data":{"title":"Crimson"}}`)
	company := idIn(t, c.must("POST", "/v2/objects/companies/records", `{"data":{"values":{"name":"Navy"}}}`), "record_id")
	c.attribute("projects", "client", "record-reference",
		`"default_value":{"type":"static","template":[{"target_object":"companies","target_record_id":"`+company+`"}]}`)

	check := func(c *client, name, values string, want map[string]string) {
		t.Helper()
		record := c.must("POST", "/v2/objects/projects/records", `{"data":{"values":`+values+`}}`)
		for slug, want := range want {
			got := c.valueIn(record, slug)
			if slug == "colour" && got != "" {
				got = idless(got)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s: %s", name, slug, diff)
			}
		}
	}
	check(c, "nothing written", `{}`, map[string]string{
		"lead":   `{"referenced_actor_type":"workspace-member","referenced_actor_id":"` + ada + `","attribute_type":"actor-reference"}`,
		"due":    `{"value":"2026-02-15","attribute_type":"date"}`,
		"remind": `{"value":"2026-01-17T00:00:00.000000000Z","attribute_type":"timestamp"}`,
		"weight": `{"value":5,"attribute_type":"number"}`,
		"colour": `{"option":{"title":"Crimson","is_archived":false},"attribute_type":"select"}`,
		"client": `{"target_object":"companies","target_record_id":"` + company + `","attribute_type":"record-reference"}`,
	})
	check(c, "something written", `{"lead":[],"due":"2026-03-01","weight":7}`, map[string]string{
		"lead":   "",
		"due":    `{"value":"2026-03-01","attribute_type":"date"}`,
		"weight": `{"value":7,"attribute_type":"number"}`,
	})
	check(c.as(c.server.Token("acme/app")), "by an app with nobody behind it", `{}`, map[string]string{"lead": "", "weight": `{"value":5,"attribute_type":"number"}`})

	c.must("DELETE", "/v2/objects/companies/records/"+company, "")
	c.server.Advance(24 * time.Hour)
	check(c, "a day later, without the company", `{}`, map[string]string{"client": "", "due": `{"value":"2026-02-16","attribute_type":"date"}`})
	c.must("PATCH", "/v2/objects/projects/attributes/due", `{"data":{"default_value":null}}`)
	c.must("PATCH", "/v2/objects/projects/attributes/lead", `{"data":{"is_archived":true}}`)
	check(c, "without the default", `{}`, map[string]string{"due": "", "lead": "absent"})
}

func TestAnArchivedAttributeVanishesFromRecordsUntilItIsRestored(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	id := c.attribute("projects", "code", "text", `"is_required":true`)
	project := "/v2/objects/projects/records/" + idIn(t, c.must("POST", "/v2/objects/projects/records", `{"data":{"values":{"code":"A1"}}}`), "record_id")
	has := func(want string) {
		t.Helper()
		if diff := cmp.Diff(want, c.valueIn(c.must("GET", project, ""), "code")); diff != "" {
			t.Error(diff)
		}
	}
	has(`{"value":"A1","attribute_type":"text"}`)
	c.must("PATCH", "/v2/objects/projects/attributes/code", `{"data":{"is_archived":true}}`)
	has("absent")
	for _, key := range []string{"code", id} {
		c.wants(c.send("PATCH", project, `{"data":{"values":{"`+key+`":"B2"}}}`), 400, badRequest("value_not_found", `Cannot find attribute with slug/ID "`+key+`".`))
	}
	c.must("POST", "/v2/objects/projects/records", `{"data":{"values":{}}}`) // no longer required
	c.must("PATCH", "/v2/objects/projects/attributes/code", `{"data":{"is_archived":false,"api_slug":"number"}}`)
	if diff := cmp.Diff(`{"value":"A1","attribute_type":"text"}`, c.valueIn(c.must("GET", project, ""), "number")); diff != "" {
		t.Error(diff)
	}
	has("absent")
	c.wants(c.send("POST", "/v2/objects/projects/records", `{"data":{"values":{}}}`), 400,
		badRequest("missing_value", `Required value for attribute with ID "`+id+`" was not provided.`))
}

func TestAnAttributeThatBecomesUniqueLooksAtNewValuesOnly(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	c.attribute("projects", "code", "text")
	const a1 = `{"data":{"values":{"code":"A1"}}}`
	c.must("POST", "/v2/objects/projects/records", a1)
	c.must("POST", "/v2/objects/projects/records", a1)
	c.must("PATCH", "/v2/objects/projects/attributes/code", `{"data":{"is_unique":true}}`)
	if got := c.send("POST", "/v2/objects/projects/records", a1); got.Status != 400 {
		t.Errorf("a third record with the value: %d %s", got.Status, got.Body)
	}
	c.must("PATCH", "/v2/objects/projects/attributes/code", `{"data":{"is_unique":false}}`)
	c.must("POST", "/v2/objects/projects/records", a1)
}
