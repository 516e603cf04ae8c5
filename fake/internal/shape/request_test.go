package shape_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
)

// The schemas of the requests whose refusals were seen on the wire, as Attio documents them.
var (
	createRecord = shape.Object(shape.Required("data", shape.Object(
		shape.Required("values", shape.Record(shape.Any())))))

	createList = shape.Object(shape.Required("data", shape.Object(
		shape.Required("name", shape.String()),
		shape.Required("api_slug", shape.String()),
		shape.Required("parent_object", shape.String()),
		shape.Required("workspace_access", shape.Nullable(shape.Enum("full-access", "read-and-write", "read-only"))),
		shape.Required("workspace_member_access", shape.Array(shape.Object(
			shape.Required("workspace_member_id", shape.UUID()),
			shape.Required("level", shape.Enum("full-access", "read-and-write", "read-only")),
		))),
	)))

	createAttribute = shape.Object(shape.Required("data", shape.Object(
		shape.Required("title", shape.String()),
		shape.Required("description", shape.Nullable(shape.String())),
		shape.Required("api_slug", shape.String()),
		shape.Required("type", shape.Enum("text", "number", "checkbox", "currency", "date", "timestamp", "rating", "status", "select",
			"record-reference", "actor-reference", "location", "domain", "email-address", "phone-number", "interaction", "personal-name")),
		shape.Required("is_required", shape.Boolean()),
		shape.Required("is_unique", shape.Boolean()),
		shape.Required("is_multiselect", shape.Boolean()),
		shape.Optional("default_value", shape.Any()),
		shape.Required("config", shape.Object()),
	)))

	createWebhook = shape.Object(shape.Required("data", shape.Object(
		shape.Required("target_url", shape.String().URL().Pattern(lazy.New(`^https://.*`))),
		shape.Required("subscriptions", shape.Array(shape.Object(
			shape.Required("event_type", shape.Enum("record.created", "record.updated")),
			shape.Required("filter", shape.Nullable(shape.Union(
				shape.Object(shape.Required("$or", shape.Array(shape.Any()))),
				shape.Object(shape.Required("$and", shape.Array(shape.Any()))),
			))),
		))),
	)))

	searchRecords = shape.Object(
		shape.Required("query", shape.String().Max(256)),
		shape.Default("limit", shape.Number().Int().Min(1).Max(25), 25),
		shape.Required("objects", shape.Array(shape.String()).Min(1)),
		shape.Required("request_as", requestAs),
	)

	requestAs = shape.Union(
		shape.Object(shape.Required("type", shape.Literal("workspace"))),
		shape.Object(shape.Required("type", shape.Literal("workspace-member")), shape.Required("workspace_member_id", shape.UUID())),
		shape.Object(shape.Required("type", shape.Literal("workspace-member")), shape.Required("email_address", shape.String().Email())),
	)

	createTask = shape.Object(shape.Required("data", shape.Object(
		shape.Required("content", shape.String().Max(2000)),
		shape.Required("deadline_at", shape.Nullable(shape.String())),
		shape.Required("linked_records", shape.Array(shape.Any())),
	)))

	upsertRecord = shape.Object(shape.Required("matching_attribute", shape.String()))
)

func body(schema shape.Schema, raw string) func() error {
	return func() error {
		_, err := shape.Body[any](schema, []byte(raw))
		return err
	}
}

func query(schema shape.Schema, raw string) func() error {
	return func() error {
		values, err := url.ParseQuery(raw)
		if err != nil {
			return err
		}
		_, err = shape.Query[any](schema, values)
		return err
	}
}

// TestRefusalsReadAsAttioWritesThem compares whole answers with what the live API answered. Those
// that are recorded are compared with the recordings too, where these are at hand.
func TestRefusalsReadAsAttioWritesThem(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		call      func() error
		want      string
		recording string
	}{
		{
			name: "a body without data",
			call: body(createRecord, `{}`),
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}]}`,
		},
		{
			name: "no body at all",
			call: body(createRecord, ``),
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}]}`,
		},
		{
			name:      "a record without values",
			call:      body(createRecord, `{"data": {}}`),
			recording: "rbeene__api_response_errors_400_missing_required.json",
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid_type","path":["data","values"],"message":"Required","expected":"object","received":"undefined"}]}`,
		},
		{
			name:      "a list without its slug and its access",
			call:      body(createList, `{"data": {"name": "Sales", "parent_object": "companies", "colour": "red"}}`),
			recording: "rbeene__api_response_lists_create.json",
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid_type","path":["data","api_slug"],"message":"Required","expected":"string","received":"undefined"},` +
				`{"code":"invalid_type","path":["data","workspace_access"],"message":"Required","expected":"'full-access' | 'read-and-write' | 'read-only'","received":"undefined"},` +
				`{"code":"invalid_type","path":["data","workspace_member_access"],"message":"Required","expected":"array","received":"undefined"}]}`,
		},
		{
			name:      "an attribute of a type that does not exist, with only a title",
			call:      body(createAttribute, `{"data": {"title": "Code", "type": "invalid_type"}}`),
			recording: "rbeene__api_response_errors_422_invalid_type.json",
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid_type","path":["data","description"],"message":"Required","expected":"string","received":"undefined"},` +
				`{"code":"invalid_type","path":["data","api_slug"],"message":"Required","expected":"string","received":"undefined"},` +
				`{"code":"invalid_option","path":["data","type"],"message":"Invalid enum value. Expected 'text' | 'number' | 'checkbox' | 'currency' | 'date' | 'timestamp' | 'rating' | 'status' | 'select' | ` +
				`'record-reference' | 'actor-reference' | 'location' | 'domain' | 'email-address' | 'phone-number' | 'interaction' | 'personal-name', received 'invalid_type'",` +
				`"options":["text","number","checkbox","currency","date","timestamp","rating","status","select","record-reference","actor-reference","location","domain","email-address","phone-number","interaction","personal-name"]},` +
				`{"code":"invalid_type","path":["data","is_required"],"message":"Required","expected":"boolean","received":"undefined"},` +
				`{"code":"invalid_type","path":["data","is_unique"],"message":"Required","expected":"boolean","received":"undefined"},` +
				`{"code":"invalid_type","path":["data","is_multiselect"],"message":"Required","expected":"boolean","received":"undefined"},` +
				`{"code":"invalid_type","path":["data","config"],"message":"Required","expected":"object","received":"undefined"}]}`,
		},
		{
			name:      "a webhook without anything",
			call:      body(createWebhook, `{"data": {}}`),
			recording: "rbeene__api_response_webhooks_create.json",
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid_type","path":["data","target_url"],"message":"Required","expected":"string","received":"undefined"},` +
				`{"code":"invalid_type","path":["data","subscriptions"],"message":"Required","expected":"array","received":"undefined"}]}`,
		},
		{
			name:      "a subscription without a filter",
			call:      body(createWebhook, `{"data": {"target_url": "https://example.com/hook", "subscriptions": [{"event_type": "record.created"}]}}`),
			recording: "rbeene__webhooks_create_webhook_error_response_.json",
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid","path":["data","subscriptions",0,"filter"],"message":"Invalid input"}]}`,
		},
		{
			name:      "a search without request_as",
			call:      body(searchRecords, `{"query": "a", "objects": ["people", "companies"], "limit": 5}`),
			recording: "kyle__records_global_search_0.json",
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid","path":["request_as"],"message":"Invalid input"}]}`,
		},
		{
			name: "a task without linked records",
			call: body(createTask, `{"data": {"content": "Call Grace", "deadline_at": null}}`),
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid_type","path":["data","linked_records"],"message":"Required","expected":"array","received":"undefined"}]}`,
		},
		{
			name: "an upsert without a matching attribute",
			call: query(upsertRecord, "matching_attributes=domains"),
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Query params validation error.",` +
				`"validation_errors":[{"code":"invalid_type","path":["matching_attribute"],"message":"Required","expected":"string","received":"undefined"}]}`,
		},
		{
			name: "a body that is not JSON",
			call: body(createRecord, `{"data": `),
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid","path":[],"message":"Invalid JSON"}]}`,
		},
		{
			name: "a body that is no object",
			call: body(createRecord, `null`),
			want: `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
				`"validation_errors":[{"code":"invalid_type","path":[],"message":"Expected object, received null","expected":"object","received":"null"}]}`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := wire(t, test.call())
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
			if test.recording != "" {
				compareRecording(t, test.recording, got)
			}
		})
	}
}

// TestIssuesOfAValueReadAsAttioWritesThem checks a written value, which is no request of its own.
// Recorded in July 2025.
func TestIssuesOfAValueReadAsAttioWritesThem(t *testing.T) {
	t.Parallel()
	name := shape.Object(
		shape.Required("first_name", shape.String()),
		shape.Required("last_name", shape.String()),
		shape.Required("full_name", shape.String()),
	)
	refusal := attio.InvalidBody(shape.Check(name, map[string]any{})...)
	refusal.Message = `An invalid value was passed to attribute with slug "name".`
	compareRecording(t, "rbeene__api_response_records_create.json", wire(t, refusal))
}

// wire returns the JSON of a refusal as a client gets it.
func wire(t *testing.T, err error) string {
	t.Helper()
	var refusal *attio.Error
	if !errors.As(err, &refusal) {
		t.Fatalf("not a refusal: %v", err)
	}
	if refusal.Status != http.StatusBadRequest {
		t.Errorf("status %d", refusal.Status)
	}
	raw, err := json.Marshal(refusal)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// compareRecording compares an answer with a recorded body, byte by byte but for white space.
func compareRecording(t *testing.T, file, got string) {
	t.Helper()
	recording := contract.FindRecording(t, strings.TrimSuffix(file, ".json"))
	want, err := json.Marshal(json.RawMessage(recording.Answer.Body)) // compacts
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-recorded +got):\n%s", file, diff)
	}
}

func TestBodyFillsAStruct(t *testing.T) {
	t.Parallel()
	type task struct {
		Title   string
		Count   int
		Ratio   float64
		Secret  string // not in the schema
		Note    shape.Sent[*string]
		Due     shape.Sent[*string]
		Done    shape.Sent[bool]
		Amount  shape.Sent[any]
		Tags    []string
		As      json.RawMessage
		Anyhow  any
		Limit   int
		Ordered *shape.Members `json:"values"`
	}
	schema := shape.Object(
		shape.Required("title", shape.String()),
		shape.Required("count", shape.Number().Int()),
		shape.Required("ratio", shape.Number()),
		shape.Optional("note", shape.Nullable(shape.String())),
		shape.Optional("due", shape.Nullable(shape.String())),
		shape.Optional("done", shape.Boolean()),
		shape.Optional("amount", shape.Any()),
		shape.Optional("tags", shape.Array(shape.String())),
		shape.Optional("as", requestAs),
		shape.Optional("anyhow", shape.Any()),
		shape.Default("limit", shape.Number().Int(), 500),
		shape.Optional("values", shape.Record(shape.Any())),
	)
	got, err := shape.Body[task](schema, []byte(`{
		"title": "first", "title": "\u003cb\u003e \"quoted\" \\ \n \ud83d\ude00 é", "Title": "no", "TITLE": "no", "secret": "no",
		"count": 3.0, "ratio": 1e999, "note": null, "done": true, "amount": 12345678901234567890, "tags": ["a", "b"], "anyhow": 12345678901234567890,
		"as": {"type": "workspace-member", "Type": "no", "email_address": "ada@example.com", "workspace_member_id": "no"},
		"values": {"z": 1, "a": {"y": [true, null]}, "z": 2}}`))
	if err != nil {
		t.Fatal(err)
	}
	values := got.Ordered
	got.Ordered = nil
	want := task{
		Title: "<b> \"quoted\" \\ \n 😀 é", Count: 3, Ratio: 1.7976931348623157e308,
		Note: shape.Sent[*string]{Given: true}, Done: shape.Sent[bool]{Given: true, Value: true},
		Amount: shape.Sent[any]{Given: true, Value: json.Number("12345678901234567890")},
		Tags:   []string{"a", "b"}, Anyhow: json.Number("12345678901234567890"), Limit: 500,
		As: json.RawMessage(`{"type":"workspace-member","email_address":"ada@example.com"}`),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"z", "a"}, values.Keys()); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
}

func TestBodyKeepsIntegersWhereGoCanCount(t *testing.T) {
	t.Parallel()
	type page struct{ Limit, Offset int }
	schema := shape.Object(shape.Required("limit", shape.Number().Int()), shape.Required("offset", shape.Number().Int()))
	got, err := shape.Body[page](schema, []byte(`{"limit": 1e300, "offset": -1e2}`))
	if err != nil {
		t.Fatal(err)
	}
	if want := (page{Limit: 1<<53 - 1, Offset: -100}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestBodySaysWhenATypeDoesNotFitItsSchema(t *testing.T) {
	t.Parallel()
	_, err := shape.Body[struct{ Title int }](shape.Object(shape.Required("title", shape.String())), []byte(`{"title":"x"}`))
	var refusal *attio.Error
	if err == nil || errors.As(err, &refusal) {
		t.Errorf("got %v, want an error that is no refusal", err)
	}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	type params struct {
		Limit, Offset int
		Historic      *bool  `json:"show_historic"`
		Object        string `json:"parent_object"`
		RecordID      string `json:"parent_record_id"`
	}
	schema := shape.Object(
		shape.Default("limit", shape.QueryInt().Min(1).Max(50), 10),
		shape.Default("offset", shape.QueryInt().Min(0), 0),
		shape.Optional("show_historic", shape.QueryBool()),
		shape.Optional("parent_object", shape.String()),
		shape.Optional("parent_record_id", shape.UUID()),
	)
	number := func(key, message string) attio.Issue {
		return attio.Issue{Code: "invalid_type", Path: []any{key}, Message: message, Expected: "number", Received: "nan"}
	}
	tests := []struct {
		name, query string
		want        params
		issues      []attio.Issue
	}{
		{name: "nothing", want: params{Limit: 10}},
		{name: "everything", query: "limit=50&offset=7&show_historic=false&parent_object=people&parent_record_id=891DCBFC-9141-415d-9b2a-2238a6cc012d",
			want: params{Limit: 50, Offset: 7, Historic: new(bool), Object: "people", RecordID: "891DCBFC-9141-415d-9b2a-2238a6cc012d"}},
		{name: "unknown parameters are ignored", query: "sort=x&zzz=1&Limit=3", want: params{Limit: 10}},
		{name: "numbers as JavaScript reads them", query: "limit=%201e1&offset=0x10", want: params{Limit: 10, Offset: 16}},
		{name: "an empty number is zero", query: "limit=", issues: []attio.Issue{
			{Code: "too_small", Path: []any{"limit"}, Message: "Number must be greater than or equal to 1"}}},
		{name: "all at once", query: "limit=51&offset=-1&show_historic=yes&parent_object=a&parent_object=b&parent_record_id=people", issues: []attio.Issue{
			{Code: "too_big", Path: []any{"limit"}, Message: "Number must be less than or equal to 50"},
			{Code: "too_small", Path: []any{"offset"}, Message: "Number must be greater than or equal to 0"},
			{Code: "invalid_option", Path: []any{"show_historic"}, Message: "Invalid enum value. Expected 'true' | 'false', received 'yes'", Options: []string{"true", "false"}},
			{Code: "invalid_type", Path: []any{"parent_object"}, Message: "Expected string, received array", Expected: "string", Received: "array"},
			{Code: "invalid_string", Path: []any{"parent_record_id"}, Message: "Invalid uuid", StringValidation: "uuid"},
		}},
		{name: "no number", query: "limit=ten&offset=1_0", issues: []attio.Issue{
			number("limit", "Expected number, received nan"), number("offset", "Expected number, received nan")}},
		{name: "a number twice", query: "limit=1&limit=2", issues: []attio.Issue{number("limit", "Expected number, received nan")}},
		{name: "no whole number", query: "limit=1.5&offset=Infinity", issues: []attio.Issue{
			{Code: "invalid_type", Path: []any{"limit"}, Message: "Expected integer, received float", Expected: "integer", Received: "float"},
			{Code: "invalid_type", Path: []any{"offset"}, Message: "Expected integer, received float", Expected: "integer", Received: "float"},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			values, err := url.ParseQuery(test.query)
			if err != nil {
				t.Fatal(err)
			}
			got, err := shape.Query[params](schema, values)
			var refusal *attio.Error
			if err != nil && !errors.As(err, &refusal) {
				t.Fatal(err)
			}
			var issues []attio.Issue
			if refusal != nil {
				issues = refusal.ValidationErrors
			}
			if diff := cmp.Diff(test.issues, issues); diff != "" {
				t.Errorf("issues (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("params (-want +got):\n%s", diff)
			}
		})
	}
}

func BenchmarkBody(b *testing.B) {
	raw := []byte(`{"data":{"title":"Tier","description":null,"api_slug":"tier","type":"select","is_required":false,"is_unique":false,"is_multiselect":true,"config":{}}}`)
	b.Run("check", func(b *testing.B) {
		value, err := shape.Decode(raw)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			shape.Check(createAttribute, value)
		}
	})
	b.Run("all", func(b *testing.B) {
		type request struct {
			Data struct{ Title, Type string }
		}
		b.ReportAllocs()
		for b.Loop() {
			if _, err := shape.Body[request](createAttribute, raw); err != nil {
				b.Fatal(err)
			}
		}
	})
}
