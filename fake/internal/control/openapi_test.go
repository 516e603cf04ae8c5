package control_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
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
			t.Errorf("%s does not answer as documented: %v", path, err)
		}
	}
}

func TestTheDescriptionHasTheFieldsOfEmbeddedStructsAndNoOthers(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.do("POST", "/_fake/faults", `{"fault":"cut-off","delay":"1s","status":200,"operation":"records.*","method":"GET","path":"/v2/objects/*/records/*","workspace":"acme","token":"full",`+
		`"after":1,"every":2,"times":3,"probability":0.5,"seed":7}`)
	var answered struct{ Faults []map[string]any }
	c.decode("/_fake/faults", &answered)
	document, err := openapi3.NewLoader().LoadFromData([]byte(c.do("GET", "/_fake/openapi.json", "").Body))
	if err != nil {
		t.Fatal(err)
	}
	schema := document.Paths.Value("/_fake/faults").Get.Responses.Status(200).Value.Content["application/json"].Schema.Value
	described := slices.Sorted(maps.Keys(schema.Properties["faults"].Value.Items.Value.Properties))
	if diff := cmp.Diff(slices.Sorted(maps.Keys(answered.Faults[0])), described); diff != "" {
		t.Errorf("(-answered +described):\n%s", diff)
	}
}
