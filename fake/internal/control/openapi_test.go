package control_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

func TestTheControlAPIDescribesItselfInAValidOpenAPIDocument(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	document, err := openapi3.NewLoader().LoadFromData([]byte(c.do("GET", "/_fake/openapi.json", "").Body))
	if err != nil {
		t.Fatal(err)
	}
	if err := document.Validate(t.Context()); err != nil {
		t.Error(err)
	}
	for path, item := range document.Paths.Map() {
		if strings.Contains(path, "{") || path == "/_fake/export" {
			continue
		}
		operation := item.Get
		if operation == nil {
			continue
		}
		got := c.do("GET", path, "")
		var body any
		if err := json.Unmarshal([]byte(got.Body), &body); err != nil || got.Status != 200 {
			t.Errorf("%s: %v", path, got)
			continue
		}
		schema := operation.Responses.Status(200).Value.Content["application/json"].Schema.Value
		if err := schema.VisitJSON(body); err != nil {
			t.Errorf("%s does not answer as it says: %v", path, err)
		}
	}
}
