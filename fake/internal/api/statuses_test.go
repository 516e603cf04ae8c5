package api_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func statusJSON(object, attribute, status, title, archived, target, celebration string) string {
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + object + `","attribute_id":"` + attribute + `","status_id":"` + status + `"},` +
		`"title":` + quote(title) + `,"is_archived":` + archived + `,"target_time_in_status":` + target + `,"celebration_enabled":` + celebration + `}`
}

func TestStatusesAreAddedChangedAndArchived(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	projects := c.projects()
	phase := c.attribute("projects", "phase", "status")
	statuses := "/v2/objects/projects/attributes/phase/statuses"
	c.wants(c.get(statuses), 200, `{"data":[]}`)

	got := c.send("POST", statuses, `{"data":{"title":"In progress"}}`)
	doing := idIn(t, got.Body, "status_id")
	c.wants(got, 200, `{"data":`+statusJSON(projects, phase, doing, "In progress", "false", "null", "false")+`}`)
	got = c.send("POST", "/v2/objects/"+projects+"/attributes/"+phase+"/statuses",
		`{"data":{"title":"Won 🎉","celebration_enabled":true,"target_time_in_status":"P0Y0M1DT0H0M0S"}}`)
	won := idIn(t, got.Body, "status_id")
	c.wants(got, 200, `{"data":`+statusJSON(projects, phase, won, "Won 🎉", "false", `"P0Y0M1DT0H0M0S"`, "true")+`}`)

	for _, step := range []struct {
		path, body, want string
		listed, all      []string
	}{
		{"Won%20🎉", `{"data":{"title":"Won"}}`, statusJSON(projects, phase, won, "Won", "false", `"P0Y0M1DT0H0M0S"`, "true"), []string{"In progress", "Won"}, []string{"In progress", "Won"}},
		{"Won", `{"data":{"target_time_in_status":null}}`, statusJSON(projects, phase, won, "Won", "false", `null`, "true"), []string{"In progress", "Won"}, []string{"In progress", "Won"}},
		{won, `{"data":{"celebration_enabled":false,"is_archived":true}}`, statusJSON(projects, phase, won, "Won", "true", `null`, "false"), []string{"In progress"}, []string{"In progress", "Won †"}},
		{"Won", `{"data":{"is_archived":false,"target_time_in_status":"PT1.5H"}}`, statusJSON(projects, phase, won, "Won", "false", `"PT1.5H"`, "false"), []string{"In progress", "Won"}, []string{"In progress", "Won"}},
	} {
		c.wants(c.send("PATCH", statuses+"/"+step.path, step.body), 200, `{"data":`+step.want+`}`)
		if diff := cmp.Diff(step.listed, choicesIn(t, c.get(statuses).Body)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(step.all, choicesIn(t, c.get(statuses+"?show_archived=true").Body)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestStatusesAreRefused(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	c.attribute("projects", "phase", "status")
	c.attribute("projects", "colour", "select")
	for _, title := range []string{"Doing", "Done"} {
		c.must("POST", "/v2/objects/projects/attributes/phase/statuses", `{"data":{"title":"`+title+`"}}`)
	}
	c.must("PATCH", "/v2/objects/projects/attributes/phase/statuses/Done", `{"data":{"is_archived":true}}`)
	const unknownID = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
	notFoundStatus := func(key string) string {
		return badRequest("value_not_found", `Cannot find status attribute with status option title "`+key+`".`)
	}
	conflict := func(title string) string {
		return slugConflict(`There is already another status with the title "` + title + `".`)
	}
	badDuration := badShape(`{"code":"invalid_string","path":["data","target_time_in_status"],"message":"Invalid","string_validation":"regex"}`)
	for name, tc := range map[string]struct {
		method, path, body string
		status             int
		want               string
	}{
		"statuses of a select":            {"GET", "projects/attributes/colour/statuses", "", 200, `{"data":[]}`},
		"statuses of a text":              {"GET", "people/attributes/job_title/statuses", "", 200, `{"data":[]}`},
		"statuses of no attribute":        {"GET", "projects/attributes/x/statuses", "", 404, notFound(`Attribute with slug/ID "x" not found.`)},
		"no title":                        {"POST", "projects/attributes/phase/statuses", `{"data":{"celebration_enabled":1}}`, 400, badShape(required("title", "string"), `{"code":"invalid_type","path":["data","celebration_enabled"],"message":"Expected boolean, received number","expected":"boolean","received":"number"}`)},
		"no duration":                     {"POST", "projects/attributes/phase/statuses", `{"data":{"title":"x","target_time_in_status":"two days"}}`, 400, badDuration},
		"a title that is used":            {"POST", "projects/attributes/phase/statuses", `{"data":{"title":"Doing"}}`, 409, conflict("Doing")},
		"a title that is archived":        {"POST", "projects/attributes/phase/statuses", `{"data":{"title":"Done"}}`, 409, conflict("Done")},
		"a status of a select":            {"POST", "projects/attributes/colour/statuses", `{"data":{"title":"x"}}`, 400, badRequest("validation_type", "This attribute is not a status attribute.")},
		"a status of no attribute":        {"POST", "projects/attributes/x/statuses", `{"data":{"title":"x"}}`, 404, notFound(`Attribute with slug/ID "x" not found.`)},
		"a change of no status":           {"PATCH", "projects/attributes/phase/statuses/Medium", `{"data":{"title":"x"}}`, 400, notFoundStatus("Medium")},
		"a change of no status's id":      {"PATCH", "projects/attributes/phase/statuses/" + unknownID, `{"data":{"title":"x"}}`, 400, notFoundStatus(unknownID)},
		"a change of a select's status":   {"PATCH", "projects/attributes/colour/statuses/Medium", `{"data":{"title":"x"}}`, 400, notFoundStatus("Medium")},
		"a change to no duration":         {"PATCH", "projects/attributes/phase/statuses/Doing", `{"data":{"target_time_in_status":"1D"}}`, 400, badDuration},
		"a change to a title that is old": {"PATCH", "projects/attributes/phase/statuses/Doing", `{"data":{"title":"Done"}}`, 409, conflict("Done")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.send(tc.method, "/v2/objects/"+tc.path, tc.body), tc.status, tc.want)
		})
	}
}

func TestRecordsFollowTheirStatuses(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	c.projects()
	c.attribute("projects", "phase", "status")
	c.must("POST", "/v2/objects/projects/attributes/phase/statuses", `{"data":{"title":"Doing"}}`)
	project := "/v2/objects/projects/records/" + idIn(t, c.must("POST", "/v2/objects/projects/records", `{"data":{"values":{"phase":"Doing"}}}`), "record_id")
	c.must("PATCH", "/v2/objects/projects/attributes/phase/statuses/Doing", `{"data":{"title":"Under way","target_time_in_status":"P2W","is_archived":true}}`)
	want := `{"status":{"title":"Under way","is_archived":true,"target_time_in_status":"P2W","celebration_enabled":false},"attribute_type":"status"}`
	if diff := cmp.Diff(want, idless(c.valueIn(c.must("GET", project, ""), "phase"))); diff != "" {
		t.Error(diff)
	}
	c.wants(c.send("PATCH", project, `{"data":{"values":{"phase":"Under way"}}}`), 400,
		badRequest("value_not_found", `Cannot find Status with title "Under way".`))
}
