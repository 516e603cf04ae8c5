package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// crm is a workspace with objects for every rule about writing records.
const crm = `
version: 1
users: {ada: {email: ada@acme.example.com, first_name: Ada}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects:
      people:
        attributes:
          deputy: {type: record-reference, relationship: {object: people, api_slug: deputy_of}}
          boards: {type: record-reference, is_multiselect: true, relationship: {object: companies, api_slug: directors, is_multiselect: true}}
          mentor: {type: record-reference, config: {record_reference: {allowed_objects: [people]}}}
          old: {type: text, is_archived: true}
      companies:
        attributes:
          parent: {type: record-reference, relationship: {object: companies, api_slug: children, is_multiselect: true}}
      projects:
        singular_noun: Project
        plural_noun: Projects
        attributes:
          code: {type: text, is_unique: true, is_required: true}
          stage: {type: select, options: [Draft, Live], is_required: true, default_value: [Draft]}
          labels: {type: select, options: [Red, Green, Blue], is_multiselect: true}
          tags: {type: domain, is_multiselect: true, is_required: true, default_value: [none.com]}
          owner: {type: actor-reference, default_value: current-user}
          due: {type: date, default_value: P1D}
          number: {type: number, is_unique: true}
  other:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {projects: {singular_noun: Project, plural_noun: Projects, attributes: {code: {type: text, is_unique: true}}}}
`

// newCRM starts a server whose clock is frozen at noon.
func newCRM(t testing.TB, options ...fake.Option) *client {
	t.Helper()
	c := newClient(t, append([]fake.Option{fake.YAML(crm)}, options...)...)
	c.server.Freeze()
	c.server.SetTime(noon)
	return c
}

// raw is a body with its members in order.
func raw(format string, args ...any) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(format, args...))
}

// write sends the values of a record, a JSON object.
func (c *client) write(method, path, values string) answer {
	c.t.Helper()
	return c.do(method, "/v2/objects/"+path, raw(`{"data":{"values":%s}}`, values))
}

// saved is a write that must succeed, one second after the previous one. It returns the record's id.
func (c *client) saved(method, path, values string) string {
	c.t.Helper()
	c.server.Advance(time.Second)
	got := c.write(method, path, values)
	if got.Status != http.StatusOK {
		c.t.Fatalf("%s %s with %s answered %d %s", method, path, values, got.Status, got.Body)
	}
	return recordOf(c.t, got.Body).ID.RecordID
}

// recordJSON is a record with its values in the order of the body.
type recordJSON struct {
	ID struct {
		RecordID string `json:"record_id"`
	} `json:"id"`
	Values map[string]json.RawMessage `json:"values"`
}

func recordOf(t testing.TB, body string) recordJSON {
	t.Helper()
	var decoded struct{ Data recordJSON }
	if err := json.Unmarshal([]byte(body), &decoded); err != nil || decoded.Data.ID.RecordID == "" {
		t.Fatalf("%s is no record: %v", body, err)
	}
	return decoded.Data
}

// shows checks all values of a record for an attribute.
func (c *client) shows(path, slug string, want ...string) {
	c.t.Helper()
	got := recordOf(c.t, c.get("/v2/objects/"+path).Body).Values[slug]
	if diff := cmp.Diff(list(want...), string(got)); diff != "" {
		c.t.Errorf("%s of %s (-want +got):\n%s", slug, path, diff)
	}
}

// refuses checks that a write is answered with an error and does not change the answer of a path.
func (c *client) refuses(method, path, values, want, unchanged string) {
	c.t.Helper()
	before := c.get("/v2/objects/" + unchanged).Body
	got := c.write(method, path, values)
	if diff := cmp.Diff(want, got.Body); diff != "" {
		c.t.Errorf("%s %s with %s (-want +got):\n%s", method, path, values, diff)
	}
	if diff := cmp.Diff(before, c.get("/v2/objects/"+unchanged).Body); diff != "" {
		c.t.Errorf("%s changed although the write was refused:\n%s", unchanged, diff)
	}
}

func list(items ...string) string { return "[" + strings.Join(items, ",") + "]" }

// stamp returns the time this many seconds after noon.
func stamp(second int) string {
	return noon.Add(time.Duration(second) * time.Second).Format("2006-01-02T15:04:05.000000000Z")
}

// held is an active value that the token wrote this many seconds after noon.
func held(second int, fields, kind string) string {
	return fmt.Sprintf(`{"active_from":"%s","active_until":null,"created_by_actor":%s,%s,"attribute_type":"%s"}`,
		stamp(second), token, fields, kind)
}

// ended is held with a later second in which the value ended.
func ended(from, until int, fields, kind string) string {
	return strings.Replace(held(from, fields, kind), `"active_until":null`, `"active_until":"`+stamp(until)+`"`, 1)
}

var token = `{"type":"api-token","id":"` + fake.ID("acme/tokens/full") + `"}`

func text(s string) string { return `"value":` + quote(s) }

func heldText(second int, s string) string { return held(second, text(s), "text") }

// heldEmail is an address below example.com, as it was written.
func heldEmail(second int, original string) string {
	address := strings.ToLower(original)
	local, _, _ := strings.Cut(address, "@")
	return held(second, fmt.Sprintf(`"original_email_address":"%s","email_address":"%s","email_domain":"example.com",`+
		`"email_root_domain":"example.com","email_local_specifier":"%s"`, original, address, local), "email-address")
}

func reference(object, id string) string {
	return fmt.Sprintf(`"target_object":"%s","target_record_id":"%s"`, object, id)
}

func heldReference(second int, object, id string) string {
	return held(second, reference(object, id), "record-reference")
}

// to is a reference as a client writes it.
func to(object, id string) string { return "{" + reference(object, id) + "}" }

func badRequest(code, message string) string {
	return refusal("400", "invalid_request_error", code, message)
}

// invalidValue is the error for a value that an attribute cannot have.
func invalidValue(slug string, issues ...string) string {
	return validation(`An invalid value was passed to attribute with slug "`+slug+`".`, issues...)
}

func unknownValue(format string, args ...any) string {
	return badRequest("value_not_found", fmt.Sprintf(format, args...))
}

func missing(path string) string {
	return badRequest("missing_value", fmt.Sprintf("Required value for attribute with ID \"%s\" was not provided.", attributeID(path)))
}

// attributeID is the id of an attribute of acme: "people/name".
func attributeID(path string) string {
	object, slug, _ := strings.Cut(path, "/")
	return fake.ID("acme/objects/" + object + "/attributes/" + slug)
}

func conflict(slug string, ids ...string) string {
	return badRequest("uniqueness_conflict", fmt.Sprintf("A value provided for attribute with slug \"%s\" conflicts with one already in the system. "+
		"This attribute has a uniqueness constraint. Please ensure all values for this attribute do not exist on another record. "+
		"Conflicting record IDs: %s", slug, strings.Join(ids, ", ")))
}

// valuesIn returns the values of an attribute in a body.
func valuesIn(t testing.TB, values json.RawMessage) []map[string]any {
	t.Helper()
	var decoded []map[string]any
	if err := json.Unmarshal(values, &decoded); err != nil {
		t.Fatal(err)
	}
	return decoded
}
