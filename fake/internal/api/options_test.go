package api_test

import (
	"encoding/json"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// idless returns JSON without the objects of ids.
func idless(text string) string {
	return regexp.MustCompile(`"id":\{[^}]*\},`).ReplaceAllString(text, "")
}

// choicesIn returns the titles in a listing of options or statuses; archived ones are marked with a cross.
func choicesIn(t testing.TB, body string) []string {
	t.Helper()
	var listing struct {
		Data []struct {
			Title    string
			Archived bool `json:"is_archived"`
		}
	}
	if err := json.Unmarshal([]byte(body), &listing); err != nil {
		t.Fatal(err)
	}
	titles := []string{}
	for _, choice := range listing.Data {
		if choice.Archived {
			choice.Title += " †"
		}
		titles = append(titles, choice.Title)
	}
	return titles
}

func optionJSON(object, attribute, option, title, archived string) string {
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + object + `","attribute_id":"` + attribute + `","option_id":"` + option + `"},` +
		`"title":` + quote(title) + `,"is_archived":` + archived + `}`
}

func TestOptionsAreAddedChangedAndArchived(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	projects := c.projects()
	colour := c.attribute("projects", "colour", "select")
	options := "/v2/objects/projects/attributes/colour/options"
	c.wants(c.get(options), 200, `{"data":[]}`)

	got := c.send("POST", options, `{"data":{"title":"Red & <hot> 🎉","is_archived":true}}`) // is_archived is stripped
	red := idIn(t, got.Body, "option_id")
	c.wants(got, 200, `{"data":`+optionJSON(projects, colour, red, "Red & <hot> 🎉", "false")+`}`)
	blue := idIn(t, c.must("POST", "/v2/objects/"+projects+"/attributes/"+colour+"/options", `{"data":{"title":"Blue"}}`), "option_id")

	for _, step := range []struct {
		path, body, title, archived string
		listed, all                 []string
	}{
		{"Red%20&%20%3Chot%3E%20🎉", `{"data":{"title":"Red"}}`, "Red", "false", []string{"Red", "Blue"}, []string{"Red", "Blue"}},
		{"Red", `{"data":{"is_archived":true}}`, "Red", "true", []string{"Blue"}, []string{"Red †", "Blue"}},
		{"Red", `{"data":{"title":"Crimson"}}`, "Crimson", "true", []string{"Blue"}, []string{"Crimson †", "Blue"}},
		{red, `{"data":{"is_archived":false,"title":"Crimson"}}`, "Crimson", "false", []string{"Crimson", "Blue"}, []string{"Crimson", "Blue"}},
	} {
		c.wants(c.send("PATCH", options+"/"+step.path, step.body), 200, `{"data":`+optionJSON(projects, colour, red, step.title, step.archived)+`}`)
		if diff := cmp.Diff(step.listed, choicesIn(t, c.get(options).Body)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(step.all, choicesIn(t, c.get(options+"?show_archived=true").Body)); diff != "" {
			t.Error(diff)
		}
	}
	c.wants(c.get(options), 200, `{"data":[`+optionJSON(projects, colour, red, "Crimson", "false")+`,`+optionJSON(projects, colour, blue, "Blue", "false")+`]}`)
}

func TestOptionsAreRefused(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	c.attribute("projects", "colour", "select")
	c.attribute("projects", "phase", "status")
	for _, title := range []string{"Red", "Blue"} {
		c.must("POST", "/v2/objects/projects/attributes/colour/options", `{"data":{"title":"`+title+`"}}`)
	}
	c.must("PATCH", "/v2/objects/projects/attributes/colour/options/Blue", `{"data":{"is_archived":true}}`)
	const unknownID = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
	tooShort := badShape(`{"code":"too_small","path":["data","title"],"message":"String must contain at least 1 character(s)"}`)
	notFoundOption := func(key string) string {
		return badRequest("value_not_found", `Cannot find select attribute with select option title "`+key+`".`)
	}
	conflict := func(title string) string {
		return slugConflict(`There is already another select option with the title "` + title + `".`)
	}
	attiosOwn := badRequest("system_edit_unauthorized", "Cannot update a System attribute.")
	for name, tc := range map[string]struct {
		method, path, body string
		status             int
		want               string
	}{
		"options of a status":             {"GET", "projects/attributes/phase/options", "", 200, `{"data":[]}`},
		"options of a text":               {"GET", "people/attributes/job_title/options", "", 200, `{"data":[]}`},
		"options of no attribute":         {"GET", "projects/attributes/x/options", "", 404, notFound(`Attribute with slug/ID "x" not found.`)},
		"options of no object":            {"GET", "x/attributes/colour/options", "", 404, notFound(`Object with slug/ID "x" not found.`)},
		"options of no hidden attribute":  {"GET", "people/attributes/associated_deals/options", "", 404, notFound(`Attribute with slug/ID "associated_deals" not found.`)},
		"no title":                        {"POST", "projects/attributes/colour/options", `{"data":{}}`, 400, badShape(required("title", "string"))},
		"an empty title":                  {"POST", "projects/attributes/colour/options", `{"data":{"title":""}}`, 400, tooShort},
		"a title that is used":            {"POST", "projects/attributes/colour/options", `{"data":{"title":"Red"}}`, 409, conflict("Red")},
		"a title that is archived":        {"POST", "projects/attributes/colour/options", `{"data":{"title":"Blue"}}`, 409, conflict("Blue")},
		"an option of a status":           {"POST", "projects/attributes/phase/options", `{"data":{"title":"Red"}}`, 400, badRequest("validation_type", "This attribute is not a select attribute.")},
		"an option of no attribute":       {"POST", "projects/attributes/x/options", `{"data":{"title":"Red"}}`, 404, notFound(`Attribute with slug/ID "x" not found.`)},
		"a change of no option":           {"PATCH", "projects/attributes/colour/options/Medium", `{"data":{"title":"Red"}}`, 400, notFoundOption("Medium")},
		"a change of no option's id":      {"PATCH", "projects/attributes/colour/options/" + unknownID, `{"data":{"title":"x"}}`, 400, notFoundOption(unknownID)},
		"a change of a status's option":   {"PATCH", "projects/attributes/phase/options/Medium", `{"data":{"title":"Red"}}`, 400, notFoundOption("Medium")},
		"a change to an empty title":      {"PATCH", "projects/attributes/colour/options/Red", `{"data":{"title":""}}`, 400, tooShort},
		"a change to a title that is old": {"PATCH", "projects/attributes/colour/options/Red", `{"data":{"title":"Blue"}}`, 409, conflict("Blue")},
		"an option that Attio gives":      {"POST", "people/attributes/strongest_connection_strength/options", `{"data":{"title":"Mighty"}}`, 400, attiosOwn},
		"an estimate's option":            {"POST", "companies/attributes/employee_range/options", `{"data":{"title":"1M+"}}`, 400, attiosOwn},
		"another title of an estimate":    {"PATCH", "companies/attributes/estimated_arr_usd/options/$10B+", `{"data":{"title":"Lots"}}`, 400, attiosOwn},
		"another case is another option":  {"PATCH", "projects/attributes/colour/options/red", `{"data":{"title":"x"}}`, 400, notFoundOption("red")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.send(tc.method, "/v2/objects/"+tc.path, tc.body), tc.status, tc.want)
		})
	}
}

func TestOptionsOfAttiosOwnAttributesCanBeAdded(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	options := "/v2/objects/companies/attributes/categories/options"
	before := choicesIn(t, c.get(options).Body)
	c.must("POST", options, `{"data":{"title":"Fakes"}}`)
	if diff := cmp.Diff(append(before, "Fakes"), choicesIn(t, c.get(options).Body)); diff != "" || len(before) != 152 {
		t.Errorf("of %d options: %s", len(before), diff)
	}
	company := c.must("POST", "/v2/objects/companies/records", `{"data":{"values":{"name":"Navy","categories":["Fakes"]}}}`)
	if diff := cmp.Diff(`{"option":{"title":"Fakes","is_archived":false},"attribute_type":"select"}`, idless(c.valueIn(company, "categories"))); diff != "" {
		t.Error(diff)
	}
}

func TestRecordsFollowTheirOptions(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	c.attribute("projects", "colour", "select")
	option := "/v2/objects/projects/attributes/colour/options/" +
		idIn(t, c.must("POST", "/v2/objects/projects/attributes/colour/options", `{"data":{"title":"Red"}}`), "option_id")
	project := "/v2/objects/projects/records/" + idIn(t, c.must("POST", "/v2/objects/projects/records", `{"data":{"values":{"colour":"Red"}}}`), "record_id")
	for _, step := range []struct{ change, want string }{
		{`{"data":{"title":"Crimson"}}`, `{"option":{"title":"Crimson","is_archived":false},"attribute_type":"select"}`},
		{`{"data":{"is_archived":true}}`, `{"option":{"title":"Crimson","is_archived":true},"attribute_type":"select"}`},
	} {
		c.must("PATCH", option, step.change)
		if diff := cmp.Diff(step.want, idless(c.valueIn(c.must("GET", project, ""), "colour"))); diff != "" {
			t.Error(diff)
		}
	}
	for _, title := range []string{"Red", "Crimson"} {
		c.wants(c.send("POST", "/v2/objects/projects/records", `{"data":{"values":{"colour":"`+title+`"}}}`), 400,
			badRequest("value_not_found", `Cannot find select option with title "`+title+`".`))
	}
}
