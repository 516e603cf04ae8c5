package api_test

import (
	"net/http"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

func TestRoutesThatAttioDoesNotDocumentAreNoEndpoints(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	for _, request := range [][2]string{
		{"PUT", "/v2/objects/people/records/simple"},
		{"PUT", "/v2/objects/" + fake.ID("acme/objects/people") + "/records/simple"},
		{"PUT", "/v2/batch/records"},
		{"PATCH", "/v2/objects/companies/records/batch"},
		{"POST", "/v2/objects/companies/records/batch"},
		{"GET", "/v2/objects/people/records"},
		{"GET", "/v2/lists/sales/entries"},
		{"POST", "/v2/attributes/name/archive"},
	} {
		c.wants(c.send(request[0], request[1]+"?matching_attribute=name", `{}`), 404, notFound(`Could not find endpoint "`+request[0]+" "+request[1]+`".`))
	}
	for _, request := range [][2]string{{"PATCH", "simple"}, {"PUT", "batch"}, {"GET", "batch"}, {"DELETE", "simple"}, {"PATCH", "grace"}} {
		c.wants(c.send(request[0], "/v2/objects/people/records/"+request[1], ""), 400, validation("Path params validation error", `{"code":"invalid_string","path":["record_id"],"message":"Invalid uuid","string_validation":"uuid"}`))
	}
}

func TestAListingIsNotAnsweredUnfilteredForWhatIsBadlyEscaped(t *testing.T) {
	t.Parallel()
	c := newSchemaClient(t)
	for path, want := range map[string]string{
		"/v2/tasks?is_completed=%":   `{"code":"invalid_option","path":["is_completed"],"message":"Invalid enum value. Expected 'true' | 'false', received '%'","options":["true","false"]}`,
		"/v2/notes?limit=1;offset=1": `{"code":"invalid_type","path":["limit"],"message":"Expected number, received nan","expected":"number","received":"nan"}`,
	} {
		got := c.get(path)
		if got.Status != http.StatusBadRequest || got.Body != validation("Query params validation error.", want) {
			t.Errorf("%s: %d %s", path, got.Status, got.Body)
		}
	}
	c.wants(c.get("/v2/notes?parent_object=people%"), 404, notFound(`Object with slug/ID "people%" not found.`))
}
