package scim_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// The document has the operations of SCIM as they were in June 2026. Attio's pages are newer: they have no profileUrl.
func TestAnswersFitTheDocument(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(contract.Shared(t), "openapi-scim.json"))
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths map[string]map[string]struct {
			Responses map[string]struct {
				Content map[string]struct{ Schema map[string]any }
			}
		}
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	bob, ivy, sailors := "/Users/"+member("bob"), "/Users/"+invite("ivy"), "/Groups/"+team("sailors")
	sent := map[string][]string{ // method, path and body of requests
		"scim_schemas.list": {"GET /Schemas "},
		"scim_users.list":   {"GET /Users "},
		"scim_users.create": {`POST /Users {"schemas":["` + userURN + `"],"userName":"a@navy.example.com"}`, `POST /Users {"schemas":["` + userURN + `"],"userName":"a@else.example.com"}`},
		"scim_users.get":    {"GET " + bob + " ", "GET " + ivy + " "},
		"scim_users.overwrite": {"PUT " + bob + ` {"schemas":["` + userURN + `"],"userName":"bob@navy.example.com"}`,
			"PUT " + ivy + ` {"schemas":["` + userURN + `"],"userName":"ivy@else.example.com","active":false}`},
		"scim_users.update":     {"PATCH " + bob + " " + operations(`{"op":"replace","path":"active","value":false}`), "PATCH " + ivy + " " + operations(`{"op":"replace","path":"active","value":false}`)},
		"scim_users.delete":     {"DELETE " + bob + " ", "DELETE " + ivy + " "},
		"scim_groups.list":      {"GET /Groups "},
		"scim_groups.create":    {`POST /Groups {"schemas":["` + groupURN + `"],"displayName":"Crew"}`},
		"scim_groups.get":       {"GET " + sailors + " "},
		"scim_groups.overwrite": {"PUT " + sailors + ` {"schemas":["` + groupURN + `"],"displayName":"Crew","members":[]}`},
		"scim_groups.update":    {"PATCH " + sailors + " " + operations(`{"op":"remove","path":"members"}`)},
		"scim_groups.delete":    {"DELETE " + sailors + " "},
	}
	for _, op := range attio.SCIMOperations() {
		if len(sent[op.Name]) == 0 {
			t.Errorf("%s has no request here", op.Name)
		}
		for _, request := range sent[op.Name] {
			method, rest, _ := strings.Cut(request, " ")
			path, body, _ := strings.Cut(rest, " ")
			got := newClient(t).do(method, path, body)
			response, ok := document.Paths[op.Path][strings.ToLower(method)].Responses[strconv.Itoa(got.Status)]
			if !ok {
				t.Errorf("%s: the document does not have the status %d", op.Name, got.Status)
				continue
			}
			if got.Body == "" {
				continue
			}
			if err := fits(response.Content["application/json"].Schema, got.Body); err != nil {
				t.Errorf("%s: %v\n%s", op.Name, err, got.Body)
			}
		}
	}
}

// fits validates a body against a schema, in which every key is known.
func fits(raw map[string]any, body string) error {
	properties, _ := raw["properties"].(map[string]any)
	delete(properties, "profileUrl")
	required, _ := raw["required"].([]any)
	var still []any
	for _, name := range required {
		if name != "profileUrl" {
			still = append(still, name)
		}
	}
	raw["required"], raw["additionalProperties"] = still, false
	text, err := json.Marshal(raw)
	if err != nil {
		return err
	}
	var schema openapi3.Schema
	if err := json.Unmarshal(text, &schema); err != nil {
		return err
	}
	var value any
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		return err
	}
	return schema.VisitJSON(value)
}
