package contract

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func openFacts(t *testing.T, exceptions []exception) *document {
	t.Helper()
	doc, err := openDocument(exceptions)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// unlikeTheDocument lists the recorded answers that the document refuses and that the API no longer gives, or never
// gave: what is missing, and why.
var unlikeTheDocument = map[string]string{
	"amp__create_subscribe_core_obj":          "the secret was cut out",
	"amp__create_subscribe_core_standard_obj": "the secret was cut out",
	"amp__create_subscribe_standard_obj":      "the secret was cut out",
	"amp__write_companies_record":             "created_at and web_url were cut out",
	"amp__users_attributes":                   "most keys were cut out",
	"dome__companies_query":                   "in November 2024 a record had no web_url",
	"rbeene__api_response_attributes_list":    "in July 2025 a relationship had only its id",
	"rbeene__api_response_notes_list":         "in July 2025 a note had no meeting_id",
	"rbeene__notes_create_note_":              "in July 2025 a note had no meeting_id",
}

func TestRecordedAnswersFitTheDocument(t *testing.T) {
	t.Parallel()
	c := checker{openFacts(t, exceptions)}
	for _, rec := range Recordings(t) {
		if !rec.HasBody() {
			continue
		}
		t.Run(rec.Name, func(t *testing.T) {
			t.Parallel()
			found := bodyViolations(t, c, rec)
			why, unlike := unlikeTheDocument[rec.Name]
			switch {
			case unlike && len(found) == 0:
				t.Errorf("is listed as unlike the document (%s), but fits it", why)
			case !unlike && len(found) > 0:
				t.Errorf("%v", found)
			}
			for _, v := range found {
				if !strings.HasSuffix(v.reason, "is missing") {
					t.Errorf("something else is wrong than that a key is missing: %v", v)
				}
			}
		})
	}
}

func bodyViolations(t *testing.T, c checker, rec Recording) []violation {
	t.Helper()
	found, err := c.bodyViolations(attio.OperationAt(rec.Method, rec.Path), rec.Answer.Status, rec.Answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestEachExceptionIsNeeded makes sure that each exception is removed once the document is correct.
func TestEachExceptionIsNeeded(t *testing.T) {
	t.Parallel()
	unrecorded := map[string]Recording{ // bodies made after other errors and after the document
		"statusCode": {Method: "POST", Path: "/v2/comments", Answer: Answer{Status: 400, Body: []byte(
			`{"status_code":400,"type":"invalid_request_error","code":"value_not_found","message":"No."}`)}},
		"interaction_type": {Method: "GET", Path: "/v2/objects/people/records/1/attributes/first_interaction/values", Answer: Answer{Status: 200, Body: []byte(
			`{"data":[{"active_from":"2026-01-15T09:00:00.000000000Z","active_until":null,"created_by_actor":{"type":"system","id":null},` +
				`"interaction_type":"activity","interacted_at":"2026-01-15T09:00:00.000000000Z",` +
				`"owner_actor":{"type":"system","id":null},"attribute_type":"interaction"}]}`)}},
		"comments of a thread in pages": {Method: "GET", Path: "/v2/threads/1", Answer: Answer{Status: 200, Body: []byte(
			`{"data":{"id":{"workspace_id":"14beef7a-99f7-4534-a87e-70b564330a4c","thread_id":"a649e4d9-435c-43fb-83ba-847b4876f27a"},` +
				`"created_at":"2026-01-15T09:00:00.000000000Z","comments":[]},"pagination":{"next_cursor":null}}`)}},
		"listed threads with some of their comments": {Method: "GET", Path: "/v2/threads", Answer: Answer{Status: 200, Body: []byte(
			`{"data":[{"id":{"workspace_id":"14beef7a-99f7-4534-a87e-70b564330a4c","thread_id":"a649e4d9-435c-43fb-83ba-847b4876f27a"},` +
				`"created_at":"2026-01-15T09:00:00.000000000Z","comments":[{"id":{"workspace_id":"14beef7a-99f7-4534-a87e-70b564330a4c",` +
				`"comment_id":"a649e4d9-435c-43fb-83ba-847b4876f27a"},"thread_id":"a649e4d9-435c-43fb-83ba-847b4876f27a","created_at":"2026-01-15T09:00:00.000000000Z",` +
				`"resolved_at":null,"record":{"record_id":"bf071e1f-6035-429d-b874-d83ea64ea13b","object_id":"97052eb9-e65e-443f-a297-f2d9a4a7f795"},` +
				`"entry":null,"content_plaintext":"Hello","resolved_by":null,"author":{"type":"system","id":null}}],"has_more_comments":false}]}`)}},
		"events of activities": {Method: "GET", Path: "/v2/webhooks", Answer: Answer{Status: 200, Body: []byte(
			`{"data":[{"id":{"workspace_id":"14beef7a-99f7-4534-a87e-70b564330a4c","webhook_id":"23e42eaf-323a-41da-b5bb-fd67eebda553"},` +
				`"target_url":"https://example.com/webhook","status":"active","subscriptions":[{"event_type":"activity.created","filter":null}],` +
				`"created_at":"2026-01-15T09:00:00.000000000Z"}]}`)}},
	}
	recordings := Recordings(t)
	for i, e := range exceptions {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			without := checker{openFacts(t, append(exceptions[:i:i], exceptions[i+1:]...))}
			if made, ok := unrecorded[e.name]; ok {
				if found := bodyViolations(t, checker{openFacts(t, exceptions)}, made); len(found) > 0 {
					t.Errorf("with the exception: %v", found)
				}
				if found := bodyViolations(t, without, made); len(found) == 0 {
					t.Errorf("the document accepts the answer without the exception, so drop it (%s)", e.why)
				}
				return
			}
			for _, rec := range recordings {
				if _, unlike := unlikeTheDocument[rec.Name]; !unlike && rec.HasBody() && len(bodyViolations(t, without, rec)) > 0 {
					return
				}
			}
			t.Errorf("every recording fits the document without the exception, so drop it (%s)", e.why)
		})
	}
}

func TestEverySchemaCompiles(t *testing.T) {
	t.Parallel()
	doc := openFacts(t, exceptions)
	for _, op := range attio.Operations() {
		for _, listed := range doc.statuses(op) {
			status, err := strconv.Atoi(listed)
			if err != nil {
				t.Fatalf("%s: %v", op.Name, err)
			}
			if schema, err := doc.schema(op, status); err != nil || schema == nil {
				t.Errorf("%s %d: %v, %v", op.Name, status, schema, err)
			}
		}
	}
}

func TestASchemaThatRefersToNothingIsAnError(t *testing.T) {
	t.Parallel()
	doc := &document{components: map[string]any{}}
	_, err := doc.compile(map[string]any{"properties": map[string]any{"data": map[string]any{"$ref": "#/components/schemas/none"}}}, 200)
	if err == nil || !strings.Contains(err.Error(), "#/components/schemas/none") {
		t.Errorf("want an error that names the reference, got %v", err)
	}
}

func TestSchemasMeanWhatTheyMeanIn31(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, schema, value string
		want                []violation
	}{
		{"null of a list of types", `{"type":["string","null"]}`, `null`, nil},
		{"another of a list of types", `{"type":["string","null"]}`, `1`, []violation{{"", "value must be a string"}}},
		{"null that the enum does not list", `{"type":["string","null"],"enum":["a"]}`, `null`, []violation{{"", `value is not one of the allowed values ["a"]`}}},
		{"null that the enum lists", `{"type":["string","null"],"enum":["a",null]}`, `null`, nil},
		{"nullable is no keyword", `{"type":"string","nullable":true}`, `null`, []violation{{"", "Value is not nullable"}}},
		{"only null", `{"type":"null"}`, `null`, nil},
		{"a key that is not listed", `{"type":"object","properties":{"a":{}}}`, `{"a":1,"b":2}`, []violation{{"", `property "b" is unsupported`}}},
		{"any key where none is listed", `{"type":"object"}`, `{"a":1}`, nil},
		{"the keys of all parts", `{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{"type":"string"}}}]}`, `{"a":"","b":""}`, nil},
		{"a UUID of any version", `{"type":"string","format":"uuid"}`, `"4ce89884-6334-5c6c-bf63-4a58491a6153"`, nil},
		{"not a UUID", `{"type":"string","format":"uuid"}`, `"people"`, []violation{{"", `string doesn't match the format "uuid" (not a UUID)`}}},
		{"a relative URL", `{"type":"string","format":"uri"}`, `"/a"`, []violation{{"", `string doesn't match the format "uri" (not an absolute URL)`}}},
		{"the branch that is meant", `{"type":"object","properties":{"a/b":{"type":"array","items":{"oneOf":[` +
			`{"type":"object","properties":{"t":{"type":"string","enum":["x"]},"v":{"type":"string"}}},` +
			`{"type":"object","properties":{"t":{"type":"string","enum":["y"]},"v":{"type":"number"}}}]}}}}`,
			`{"a/b":[{"t":"x","v":"1"},{"t":"y","v":"1"}]}`, []violation{{"/a~1b/1/v", "value must be a number"}}},
		{"two branches fit", `{"oneOf":[{"type":"object","properties":{"t":{"type":"string","enum":["x"]}}},{"type":"object"}]}`,
			`{"t":"x"}`, []violation{{"", `value matches more than one schema from "oneOf" (matches schemas at indices [0 1])`}}},
		{"no branch is meant", `{"oneOf":[{"type":"object","properties":{"t":{"type":"string","enum":["x"]}}},{"type":"null"}]}`,
			`{"t":"z"}`, []violation{{"", `value doesn't match any schema from "oneOf"`}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var raw map[string]any
			var value any
			mustUnmarshal(t, test.schema, &raw)
			mustUnmarshal(t, test.value, &value)
			schema, err := (&document{}).compile(raw, 200)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, validate(schema, value), cmp.AllowUnexported(violation{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func mustUnmarshal(t *testing.T, text string, to any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), to); err != nil {
		t.Fatal(err)
	}
}
