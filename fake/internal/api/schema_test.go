package api_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// schemaScenario has two empty workspaces.
const schemaScenario = `
version: 1
clock: 2026-01-15T12:00:00Z
users: {ada: {email: ada@example.com, first_name: Ada}}
workspaces:
  acme: {members: {ada: admin}, tokens: {full: {scopes: all}, app: {scopes: all, kind: app}}}
  globex: {tokens: {full: {scopes: all}}}
`

// newSchemaClient starts a server of schemaScenario whose clock is frozen.
func newSchemaClient(t testing.TB, options ...fake.Option) *client {
	t.Helper()
	return newClient(t, append([]fake.Option{fake.YAML(schemaScenario), fake.FixedClock(noon)}, options...)...)
}

// projects makes a custom object and returns its id.
func (c *client) projects() string {
	c.t.Helper()
	return idIn(c.t, c.must("POST", "/v2/objects", `{"data":{"api_slug":"projects","singular_noun":"Project","plural_noun":"Projects"}}`), "object_id")
}

// attribute makes an attribute of an object and returns its id.
func (c *client) attribute(object, slug, kind string, members ...string) string {
	c.t.Helper()
	return idIn(c.t, c.must("POST", "/v2/objects/"+object+"/attributes", newAttribute(slug, kind, members...)), "attribute_id")
}

// newAttribute is the body of a plain new attribute; later members override earlier ones.
func newAttribute(slug, kind string, members ...string) string {
	return `{"data":{` + strings.Join(append([]string{
		`"title":` + quote("The "+slug), `"description":null`, `"api_slug":` + quote(slug), `"type":` + quote(kind),
		`"is_required":false`, `"is_unique":false`, `"is_multiselect":false`, `"config":{}`,
	}, members...), ",") + `}}`
}

// attributeJSON is the answer for a plain attribute of acme, with replacements.
func attributeJSON(object, id, slug, kind string, oldnew ...string) string {
	return strings.NewReplacer(oldnew...).Replace(`{"id":{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + object + `","attribute_id":"` + id + `"},` +
		`"title":` + quote("The "+slug) + `,"description":null,"api_slug":` + quote(slug) + `,"type":` + quote(kind) + `,` +
		`"is_system_attribute":false,"is_writable":true,"is_required":false,"is_unique":false,"is_multiselect":false,` +
		`"is_default_value_enabled":false,"is_archived":false,"default_value":null,"relationship":null,` +
		`"created_at":"2026-01-15T12:00:00.000000000Z",` +
		`"config":{"currency":{"default_currency_code":null,"display_type":null},"record_reference":{"allowed_object_ids":null}}}`)
}

// idIn returns the first id of a kind in a body.
func idIn(t testing.TB, body, key string) string {
	t.Helper()
	found := regexp.MustCompile(`"` + key + `":"([^"]+)"`).FindStringSubmatch(body)
	if found == nil {
		t.Fatalf("no %s in %s", key, body)
	}
	return found[1]
}

// slugsIn returns the slugs in a listing.
func slugsIn(t testing.TB, body string) []string {
	t.Helper()
	var listing struct {
		Data []struct {
			Slug string `json:"api_slug"`
		}
	}
	if err := json.Unmarshal([]byte(body), &listing); err != nil {
		t.Fatal(err)
	}
	slugs := []string{}
	for _, thing := range listing.Data {
		slugs = append(slugs, thing.Slug)
	}
	return slugs
}

// valueIn returns a record's value for an attribute, without its author and time.
func (c *client) valueIn(record, slug string) string {
	c.t.Helper()
	var body struct {
		Data struct {
			Values map[string][]json.RawMessage
		}
	}
	if err := json.Unmarshal([]byte(record), &body); err != nil {
		c.t.Fatal(err)
	}
	values, ok := body.Data.Values[slug]
	if !ok {
		return "absent"
	}
	envelope := regexp.MustCompile(`"active_from":"[^"]+","active_until":null,"created_by_actor":\{[^}]+\},`)
	shown := make([]string, len(values))
	for i, value := range values {
		shown[i] = envelope.ReplaceAllString(string(value), "")
	}
	return strings.Join(shown, " ")
}

// slugConflict is the body of a 409.
func slugConflict(message string) string {
	return refusal("409", "invalid_request_error", "slug_conflict", message)
}

// badShape is the body of a 400 with the issues of a request.
func badShape(issues ...string) string {
	return `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
		`"validation_errors":[` + strings.Join(issues, ",") + `]}`
}

// emptySlug is the error for an empty api_slug.
var emptySlug = badShape(`{"code":"too_small","path":["data","api_slug"],"message":"String must contain at least 1 character(s)"}`)

// required is the issue of a missing member of data.
func required(member, expected string) string {
	return `{"code":"invalid_type","path":["data","` + member + `"],"message":"Required","expected":` + quote(expected) + `,"received":"undefined"}`
}
