package filter

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// menagerie holds values of every type.
var menagerie = []seeded{
	{"companies", "acme", map[string]any{"name": "Acme", "domains": []any{"acme.com", "app.acme.co.uk"}}},
	{"companies", "beta", map[string]any{"name": "beta GmbH", "domains": []any{"beta.de"}}},
	{"companies", "none", map[string]any{}},
	{"people", "grace", map[string]any{
		"name": "Hopper, Grace", "email_addresses": []any{"Grace@Navy.example.com", "grace@acme.com"},
		"company": refTo("companies", "acme"), "phone_numbers": []any{"+12125551234"},
		"last_interaction": map[string]any{"interaction_type": "email", "interacted_at": "2026-01-10T08:00:00Z",
			"owner_actor": map[string]any{"type": "workspace-member", "id": ada}}}},
	{"people", "hedy", map[string]any{
		"name": "Lamarr, Hedy", "company": refTo("companies", "beta"), "phone_numbers": []any{"+84901234567"},
		"last_interaction": map[string]any{"interaction_type": "call", "interacted_at": "2026-01-12T08:00:00Z",
			"owner_actor": map[string]any{"type": "system", "id": nil}}}},
	{"people", "solo", map[string]any{"name": "Solo"}},
	{"things", "a", map[string]any{
		"code": "A-1", "title": "Ärger im Büro", "size": 10.5, "serial": 1, "done": true, "price": 499, "day": "2026-01-01",
		"at": "2026-01-01T10:00:00Z", "stars": 1, "stage": "Lead", "color": "Red", "colors": []any{"Red", "Blue"},
		"owner": "ada@example.com", "near": []any{refTo("people", "grace"), refTo("companies", "beta")},
		"place": "1 Main St, Springfield, IL, 62701, US", "sites": []any{"Blog.Acme.com"},
		"mails": []any{"a@x.example.org"}, "phones": []any{"+12125551234"}}},
	{"things", "b", map[string]any{
		"code": "b-2", "title": "plain title", "size": -3, "serial": 2, "done": false, "price": 500, "day": "2026-06-30",
		"at": "2026-06-30T23:59:59.5Z", "stars": 5, "stage": "Won", "color": "Blue", "colors": []any{"Green"},
		"owner": "bob@example.com", "near": []any{refTo("people", "hedy")}}},
	{"things", "c", map[string]any{}},
}

func TestFiltersFindWhatTheyDescribe(t *testing.T) {
	t.Parallel()
	state := build(t, menagerie)
	many := quoted(slices.Repeat([]string{"nothing"}, 98))
	things, _ := state.Schema.Object("things")
	stage, _ := things.Attribute("stage")
	colors, _ := things.Attribute("colors")
	for _, tc := range []struct{ object, filter, want string }{
		{"things", `{}`, "a b c"},

		{"things", `{"title":"PLAIN TITLE"}`, "b"},
		{"things", `{"title":{"$eq":"plain"}}`, ""},
		{"things", `{"title":{"value":"plain title"}}`, "b"},
		{"things", `{"title":{"value":{"$contains":"ÄRGER"}}}`, "a"},
		{"things", `{"title":{"$contains":"IN T"}}`, "b"},
		{"things", `{"title":{"$contains":""}}`, "a b"},
		{"things", `{"title":{"$starts_with":"äRGER"}}`, "a"},
		{"things", `{"title":{"$ends_with":"BÜRO"}}`, "a"},
		{"things", `{"title":{"$ends_with":"TITLE"}}`, "b"},
		{"things", `{"title":{"$in":["Plain Title","ärger im büro"]}}`, "a b"},
		{"things", `{"title":{"$in":[]}}`, ""},
		{"things", `{"title":{"$starts_with":"plain","$ends_with":"office"}}`, ""},
		{"things", `{"code":"B-2"}`, "b"},
		{"things", `{"code":{"$in":["a-1","B-2",` + many[1:] + `}}`, "a b"},

		{"things", `{"size":10.5}`, "a"},
		{"things", `{"size":{"$lt":10.5}}`, "b"},
		{"things", `{"size":{"$lte":10.5}}`, "a b"},
		{"things", `{"size":{"$gt":-3,"$lt":11}}`, "a"},
		{"things", `{"size":{"value":{"$gte":-3}}}`, "a b"},
		{"things", `{"serial":2}`, "b"},
		{"things", `{"serial":2.0}`, "b"},

		{"things", `{"done":true}`, "a"},
		{"things", `{"done":{"value":{"$eq":false}}}`, "b"},

		{"things", `{"price":"499"}`, "a"},
		{"things", `{"price":{"currency_value":{"$gt":499}}}`, "b"},
		{"things", `{"price":{"$lte":"500.00"}}`, "a b"},

		{"things", `{"day":"2026-01-01"}`, "a"},
		{"things", `{"day":{"$gt":"2026-01"}}`, "b"},
		{"things", `{"day":{"value":{"$lte":"2026-01-01"}}}`, "a"},

		{"things", `{"at":"2026-01-01T11:00:00+01:00"}`, "a"},
		{"things", `{"at":{"$gte":"2026-06-30T23:59:59.500Z"}}`, "b"},
		{"things", `{"created_at":{"$lte":"2026-01-15T12:00:00.000000000Z"}}`, "a b c"},
		{"things", `{"created_at":{"$gt":"2026-01-15T12:00:00Z"}}`, ""},

		{"things", `{"stars":5}`, "b"},
		{"things", `{"stars":{"$lt":5}}`, "a"},

		{"things", `{"stage":"Lead"}`, "a"},
		{"things", `{"stage":{"status":{"$eq":"Won"}}}`, "b"},
		{"things", `{"stage":{"$eq":"` + string(stage.Statuses[1].ID) + `"}}`, "b"},
		{"things", `{"stage":"Lost"}`, ""},
		{"things", `{"stage":{"active_from":{"$gte":"2026-01-15T12:00:00Z"}}}`, "a b"},
		{"things", `{"stage":{"active_from":{"$gte":"2026-01-15"}}}`, "a b"},
		{"things", `{"stage":{"active_from":{"$lt":"2026-01-15"}}}`, ""},
		{"things", `{"stage":{"active_from":{"$lt":"2026-01-16"}}}`, "a b"},
		{"things", `{"stage":{"active_until":{"$lt":"2026-01-16"}}}`, ""},
		{"things", `{"$not":{"stage":{"active_until":{"$gte":"2026-01-15T12:00:00Z"}}}}`, "a b c"},
		{"things", `{"stage":{"status":"Lead","active_from":{"$lt":"2026-01-15T12:00:00Z"}}}`, ""},

		{"things", `{"color":"Red"}`, "a"},
		{"things", `{"colors":"Blue"}`, "a"},
		{"things", `{"colors":{"option":"` + string(colors.Options[2].ID) + `"}}`, "b"},
		{"things", `{"colors":{"active_from":{"$lte":"2026-01-15T12:00:00Z"}}}`, "a b"},
		{"things", `{"colors":{"active_from":{"$gte":"2026-01-15","$lt":"2026-01-16"}}}`, "a b"},
		{"things", `{"colors":{"active_until":{"$gte":"2026-01-15"}}}`, ""},

		{"things", `{"near":{"target_object":"people","target_record_id":"` + string(recordID("people", "grace")) + `"}}`, "a"},
		{"things", `{"near":{"target_object":"companies","target_record_id":"` + string(recordID("people", "grace")) + `"}}`, ""},
		{"things", `{"near":{"target_object":{"$eq":"people"}}}`, "a b"},
		{"things", `{"near":{"target_record_id":{"$in":["` + string(recordID("people", "hedy")) + `"]}}}`, "b"},
		{"things", `{"near":{"$eq":"` + strings.ToUpper(string(recordID("people", "hedy"))) + `"}}`, "b"},
		{"people", `{"company":{"target_record_id":"` + string(recordID("companies", "acme")) + `"}}`, "grace"},

		{"things", `{"owner":{"referenced_actor_type":"workspace-member","referenced_actor_id":"` + string(ada) + `"}}`, "a"},
		{"things", `{"owner":{"referenced_actor_type":{"$eq":"api-token"},"referenced_actor_id":{"$eq":"` + string(ada) + `"}}}`, ""},
		{"things", `{"created_by":{"referenced_actor_type":"system","referenced_actor_id":null}}`, "a b c"},

		{"things", `{"place":{"locality":"SPRINGFIELD","region":{"$eq":"IL"}}}`, "a"},
		{"things", `{"place":{"line_1":{"$contains":"main"}}}`, "a"},
		{"things", `{"place":{"line_2":{"$contains":""}}}`, ""},
		{"things", `{"place":{"postcode":{"$starts_with":"627"}}}`, "a"},
		{"things", `{"place":{"country_code":{"$starts_with":"u"}}}`, "a"},

		{"companies", `{"domains":"ACME.com"}`, "acme"},
		{"companies", `{"domains":{"root_domain":"acme.co.uk"}}`, "acme"},
		{"companies", `{"domains":{"$not_empty":true}}`, "acme beta"},
		{"companies", `{"domains":{"root_domain":{"$ends_with":".de"}}}`, "beta"},
		{"companies", `{"domains":{"domain":{"$starts_with":"app."},"root_domain":"acme.com"}}`, ""}, // one value must meet both

		{"people", `{"email_addresses":"grace@navy.example.com"}`, "grace"},
		{"people", `{"email_addresses":{"email_domain":"navy.example.com"}}`, "grace"},
		{"people", `{"email_addresses":{"email_root_domain":{"$contains":"cme"}}}`, "grace"},
		{"people", `{"email_addresses":{"email_local_specifier":{"$starts_with":"GR"}}}`, "grace"},

		{"people", `{"phone_numbers":"84901234567"}`, "hedy"},
		{"people", `{"phone_numbers":"+84901234567"}`, "hedy"},
		{"people", `{"phone_numbers":"0901234567"}`, ""},
		{"people", `{"phone_numbers":{"$starts_with":"1212"}}`, "grace"},
		{"people", `{"phone_numbers":{"$contains":"555"}}`, "grace"},
		{"people", `{"phone_numbers":{"$ends_with":"4567"}}`, "hedy"},
		{"people", `{"phone_numbers":{"country_code":"VN"}}`, "hedy"},
		{"people", `{"phone_numbers":{"country_code":{"$not_empty":true}}}`, "grace hedy"},

		{"people", `{"name":"grace hopper"}`, "grace"},
		{"people", `{"name":{"first_name":"Grace","last_name":"Hopper"}}`, "grace"},
		{"people", `{"name":{"first_name":{"$eq":"Grace"},"last_name":{"$eq":"Lamarr"}}}`, ""},
		{"people", `{"name":{"last_name":{"$not_empty":true}}}`, "grace hedy"},
		{"people", `{"name":{"$contains":"o"}}`, "grace solo"},

		{"people", `{"last_interaction":{"interaction_type":"email"}}`, "grace"},
		{"people", `{"last_interaction":{"interaction_type":{"$not_empty":true}}}`, "grace hedy"},
		{"people", `{"last_interaction":{"interacted_at":{"$gt":"2026-01-10T08:00:00Z"}}}`, "hedy"},
		{"people", `{"last_interaction":{"owner_member_id":"` + string(ada) + `"}}`, "grace"},
		{"people", `{"last_interaction":{"owner_member_id":{"$not_empty":true}}}`, "grace"},

		{"people", `{"record_id":"` + strings.ToUpper(string(recordID("people", "solo"))) + `"}`, "solo"},
		{"people", `{"record_id":{"$in":["` + string(recordID("people", "solo")) + `","` + string(recordID("people", "solo")) + `","` + string(recordID("things", "a")) + `"]}}`, "solo"},

		{"people", `{"$and":[{"name":{"$contains":"a"}},{"phone_numbers":{"country_code":"US"}}]}`, "grace"},
		{"people", `{"$or":[{"name":"Solo"},{"phone_numbers":{"country_code":"US"}}]}`, "grace solo"},
		{"people", `{"$and":[]}`, "grace hedy solo"},
		{"people", `{"$or":[]}`, ""},
		{"people", `{"$not":{"name":"Solo"}}`, "grace hedy"},
		{"people", `{"$not":{"phone_numbers":{"country_code":"US"}}}`, "hedy solo"},
		{"people", `{"$not":{"name":{"$contains":"e"},"phone_numbers":{"country_code":"US"}}}`, "hedy solo"},
		{"people", `{"$or":[{"$not":{"name":{"$contains":"e"}}},{"name":{"last_name":"hopper"}}]}`, "grace solo"},
		{"people", `{"$and":[{"$not":{"name":"Solo"}},{"$or":[{"name":{"$contains":"hedy"}},{"name":"Solo"}]}]}`, "hedy"},
		{"people", `{"$and":[{"name":{"$contains":"a"}}],"$not":{"name":{"$contains":"hedy"}},"record_id":{"$contains":"-"}}`, "grace"},

		{"people", `{"path":[["people","company"],["companies","name"]],"constraints":{"$contains":"ACM"}}`, "grace"},
		{"people", `{"path":[["people","company"],["companies","domains"]],"constraints":{"root_domain":"beta.de"}}`, "hedy"},
		{"people", `{"path":[["people","company"],["companies","domains"]],"constraints":{"domain":{"$eq":"acme.com"}}}`, "grace"},
		{"people", `{"path":[["people","name"]],"constraints":{"first_name":{"$eq":"Solo"}}}`, "solo"},
		{"companies", `{"path":[["companies","team"],["people","name"]],"constraints":{"first_name":{"$eq":"Grace"}}}`, "acme"},
		{"companies", `{"$or":[{"name":"beta GmbH"},{"path":[["companies","team"],["people","name"]],"constraints":{"first_name":"Grace"}}]}`, "acme beta"},
		{"companies", `{"$not":{"path":[["companies","team"],["people","name"]],"constraints":{"first_name":"Grace"}}}`, "beta none"},
		{"companies", `{"name":"Acme","path":[["companies","team"],["people","name"]],"constraints":{"first_name":"Hedy"}}`, ""},
		{"things", `{"path":[["things","near"],["people","company"],["companies","team"],["people","name"]],"constraints":{"last_name":"Lamarr"}}`, "b"},
		{"things", `{"path":[["things","near"],["people","record_id"]],"constraints":{"value":"` + string(recordID("people", "grace")) + `"}}`, "a"},
		{"things", `{"path":[["things","near"],["companies","name"]],"constraints":{"$starts_with":"beta"}}`, "a"},
		{"things", `{"path":[["things","near"],["people","company"]],"constraints":{"target_object":"companies","target_record_id":"` + string(recordID("companies", "beta")) + `"}}`, "b"},
	} {
		if diff := cmp.Diff(tc.want, matches(t, state, menagerie, tc.object, tc.filter)); diff != "" {
			t.Errorf("%s %s: %s", tc.object, tc.filter, diff)
		}
	}
}

func TestAttributesObjectsAndListsOfAPathMayBeNamedByID(t *testing.T) {
	t.Parallel()
	state := build(t, menagerie)
	people, _ := state.Schema.Object("people")
	companies, _ := state.Schema.Object("companies")
	company, _ := people.Attribute("company")
	name, _ := companies.Attribute("name")
	for _, filter := range []string{
		fmt.Sprintf(`{"path":[["%s","%s"],["%s","%s"]],"constraints":{"$eq":"acme"}}`, people.ID, company.ID, companies.ID, name.ID),
		fmt.Sprintf(`{"%s":{"target_object":"%s","target_record_id":"%s"}}`, company.ID, companies.ID, recordID("companies", "acme")),
	} {
		if diff := cmp.Diff("grace", matches(t, state, menagerie, "people", filter)); diff != "" {
			t.Errorf("%s: %s", filter, diff)
		}
	}
}

func TestFiltersAreRefusedWithTheirPath(t *testing.T) {
	t.Parallel()
	state := build(t, menagerie)
	const unknown, operator, badField = "unknown_filter_attribute_slug", "invalid_filter_operator", "invalid_filter_field"
	tooMany := quoted(slices.Repeat([]string{"x"}, 101))
	for _, tc := range []struct{ filter, code, message, path string }{
		{`{"$or":[{"name":"x"},{"email":"x"}]}`, unknown, "Unknown attribute slug: email.", `["$or","1","email"]`},
		{`{"first_name":{"$eq":"x"}}`, unknown, "Unknown attribute slug: first_name.", `["first_name"]`},
		{`{"$not":{"$or":[{"name":"x"}]}}`, unknown, "Unknown attribute slug: $or.", `["$not","$or"]`},
		{`{"$not":{"$not":{"name":"x"}}}`, unknown, "Unknown attribute slug: $not.", `["$not","$not"]`},
		{`{"$nor":[]}`, unknown, "Unknown attribute slug: $nor.", `["$nor"]`},
		{`{"associated_users":{"target_object":"users"}}`, unknown, "Unknown attribute slug: associated_users.", `["associated_users"]`},

		{`{"description":{"$not_empty":true}}`, operator, `Invalid operator "$not_empty" for field "value", must be one of ("$contains", "$ends_with", "$eq", "$in", "$starts_with")`, `["description","$not_empty"]`},
		{`{"company":{"$contains":"x"}}`, operator, `Invalid operator "$contains" for field "target_record_id", must be one of ("$eq", "$in")`, `["company","$contains"]`},
		{`{"company":{"target_record_id":{"$contains":"x"}}}`, operator, `Invalid operator "$contains" for field "target_record_id", must be one of ("$eq", "$in")`, `["company","target_record_id","$contains"]`},
		{`{"name":{"$equals":"x"}}`, operator, `Invalid operator: $equals`, `["name","$equals"]`},
		{`{"name":{"$not":{"$eq":"x"}}}`, operator, `Invalid operator: $not`, `["name","$not"]`},
		{`{"name":{"first_name":{"eq":"x"}}}`, operator, `Invalid operator: eq`, `["name","first_name","eq"]`},

		{`{"created_by":{"name":{"$eq":"x"}}}`, badField, "Invalid field 'name' for attribute of type 'actor-reference'", `["created_by","name"]`},
		{`{"created_by":{"$eq":"x"}}`, badField, "Invalid field '$eq' for attribute of type 'actor-reference'", `["created_by","$eq"]`},
		{`{"created_at":{"gte":"2026-01-01T00:00:00Z"}}`, badField, "Invalid field 'gte' for attribute of type 'timestamp'", `["created_at","gte"]`},
		{`{"phone_numbers":{"original_phone_number":"x"}}`, badField, "Invalid field 'original_phone_number' for attribute of type 'phone-number'", `["phone_numbers","original_phone_number"]`},
		{`{"primary_location":{"latitude":"1"}}`, badField, "Invalid field 'latitude' for attribute of type 'location'", `["primary_location","latitude"]`},

		{`{"strongest_connection_strength":"Aesthetics"}`, "unknown_filter_select_option_slug", "Unknown select option name for option field constraint: Aesthetics", `["strongest_connection_strength"]`},

		{`{"path":["companies","team"],"constraints":{"$eq":"x"}}`, "unknown_filter_object_slug", "Unknown object slug: c.", `["path","0","0"]`},
		{`{"path":[["people","company"],["firms","name"]],"constraints":{"$eq":"x"}}`, "unknown_filter_object_slug", "Unknown object slug: firms.", `["path","1","0"]`},
		{`{"path":[["people","company"],["companies","nick"]],"constraints":{"$eq":"x"}}`, unknown, "Unknown attribute slug: nick.", `["path","1","1"]`},
		{`{"$and":[{"path":[["people","name"]],"constraints":{"nick":"x"}}]}`, badField, "Invalid field 'nick' for attribute of type 'personal-name'", `["$and","0","constraints","nick"]`},
		{`{"path":[["people","name"]]}`, unknown, "Unknown attribute slug: path.", `["path"]`},
		{`{"path":[["companies","name"]],"constraints":{"$eq":"x"}}`, "filter_error", "Error in filter. Paths begin at the object or list that is queried.", `["path","0","0"]`},
		{`{"path":[["people","name"],["companies","name"]],"constraints":{"$eq":"x"}}`, "filter_error", `Error in filter. Attribute "name" is not a record reference.`, `["path","0","1"]`},
		{`{"path":[["people","company"],["people","name"]],"constraints":{"$eq":"x"}}`, "filter_error", `Error in filter. Attribute "company" does not refer to object "people".`, `["path","1","0"]`},
		{`{"path":[],"constraints":{"$eq":"x"}}`, "filter_error", "Error in filter. Expected an array of pairs of an object and an attribute.", `["path"]`},
		{`{"path":[["people"]],"constraints":{"$eq":"x"}}`, "filter_error", "Error in filter. Expected a pair of an object and an attribute.", `["path","0"]`},
		{`{"path":[["people","name"]],"constraints":"x"}`, "filter_error", "Error in filter. Expected an object, received string.", `["constraints"]`},
		{`{"path":[["people","company"],["companies","team"],["people","company"],["companies","team"],["people","company"],["companies","name"]],"constraints":{"$eq":"x"}}`,
			"filter_error", "Error in filter. Paths can have at most 5 steps.", `["path"]`},

		{`{"email_addresses":["x"]}`, "filter_error", `Error in filter. Expected an object for attribute "email_addresses" of type 'email-address', received array.`, `["email_addresses"]`},
		{`{"company":"x"}`, "filter_error", `Error in filter. Expected an object for attribute "company" of type 'record-reference', received string.`, `["company"]`},
		{`{"name":null}`, "filter_error", "Error in filter. Expected a string, received null.", `["name"]`},
		{`{"name":{}}`, "filter_error", "Error in filter. Expected a field or an operator.", `["name"]`},
		{`{"name":{"first_name":{}}}`, "filter_error", "Error in filter. Expected an operator.", `["name","first_name"]`},
		{`{"name":{"$contains":5}}`, "filter_error", "Error in filter. Expected a string, received number.", `["name","$contains"]`},
		{`{"name":{"$not_empty":false}}`, "filter_error", "Error in filter. Expected true.", `["name","$not_empty"]`},
		{`{"twitter_follower_count":"5"}`, "filter_error", "Error in filter. Expected a number, received string.", `["twitter_follower_count"]`},
		{`{"company":{"target_record_id":"x"}}`, "filter_error", "Error in filter. Expected a UUID.", `["company","target_record_id"]`},
		{`{"created_by":{"referenced_actor_type":"robot","referenced_actor_id":null}}`, "filter_error",
			`Error in filter. Expected one of "api-token", "workspace-member", "system", "app".`, `["created_by","referenced_actor_type"]`},
		{`{"created_by":{"referenced_actor_id":null}}`, "filter_error", "Error in filter. Actor references need both referenced_actor_type and referenced_actor_id.", `["created_by"]`},
		{`{"$and":{}}`, "filter_error", "Error in filter. Expected an array, received object.", `["$and"]`},
		{`{"$and":["x"]}`, "filter_error", "Error in filter. Expected an object, received string.", `["$and","0"]`},
		{`{"$not":[]}`, "filter_error", "Error in filter. Expected an object, received array.", `["$not"]`},
		{`{"record_id":{"$in":` + tooMany + `}}`, "filter_error", "Too many constraint values used.", `["record_id","$in"]`},
		{`{"record_id":{"$in":"x"}}`, "filter_error", "Error in filter. Expected an array, received string.", `["record_id","$in"]`},
		{`{"record_id":{"$in":["x",1]}}`, "filter_error", "Error in filter. Expected a string, received number.", `["record_id","$in","1"]`},
		{`{"created_at":{"$gt":1700000000}}`, "filter_error", "Invalid timestamp value: 1700000000", `["created_at","$gt"]`},
		{`{"created_at":{"$gt":"2026-01-01"}}`, "filter_error", "Invalid timestamp value: 2026-01-01", `["created_at","$gt"]`},
		{`{"created_at":[]}`, "filter_error", `Error in filter. Expected an object for attribute "created_at" of type 'timestamp', received array.`, `["created_at"]`},
	} {
		want := fmt.Sprintf(`{"status_code":400,"type":"invalid_request_error","code":%q,"message":%s,"path":%s}`, tc.code, quote(tc.message), tc.path)
		if diff := cmp.Diff(want, matches(t, state, menagerie, "people", tc.filter)); diff != "" {
			t.Errorf("%s: %s", tc.filter, diff)
		}
	}
}

func TestStatusesAndDatesAreRefusedInTheirOwnWords(t *testing.T) {
	t.Parallel()
	state := build(t, menagerie)
	for _, tc := range []struct{ filter, code, message, path string }{
		{`{"stage":{"$in":["Lead"]}}`, "invalid_filter_operator", `Invalid operator "$in" for field "status", must be one of ("$eq")`, `["stage","$in"]`},
		{`{"stage":"Gone"}`, "unknown_filter_status_slug", "Unknown status name for status field constraint: Gone", `["stage"]`},
		{`{"colors":{"option":{"$eq":"Pink"}}}`, "unknown_filter_select_option_slug", "Unknown select option name for option field constraint: Pink", `["colors","option","$eq"]`},
		{`{"day":"someday"}`, "filter_error", "Invalid date value: someday", `["day"]`},
		{`{"at":{"$gt":"2026-01-01"}}`, "filter_error", "Invalid timestamp value: 2026-01-01", `["at","$gt"]`},
		{`{"stage":{"active_from":{"$gt":"2026-01"}}}`, "filter_error", "Invalid timestamp value: 2026-01", `["stage","active_from","$gt"]`},
		{`{"color":{"active_until":{"$gt":"2026-02-30"}}}`, "filter_error", "Invalid timestamp value: 2026-02-30", `["color","active_until","$gt"]`},
		{`{"done":"true"}`, "filter_error", "Error in filter. Expected a boolean, received string.", `["done"]`},
		{`{"near":{"target_object":"firms"}}`, "unknown_filter_object_slug", "Unknown object slug: firms.", `["near","target_object"]`},
	} {
		want := fmt.Sprintf(`{"status_code":400,"type":"invalid_request_error","code":%q,"message":%s,"path":%s}`, tc.code, quote(tc.message), tc.path)
		if diff := cmp.Diff(want, matches(t, state, menagerie, "things", tc.filter)); diff != "" {
			t.Errorf("%s: %s", tc.filter, diff)
		}
	}
}

func TestEveryOperatorIsTakenOrRefusedByEveryField(t *testing.T) {
	t.Parallel()
	state := build(t, menagerie)
	id := string(recordID("people", "grace"))
	const words, names, order = "$contains $ends_with $eq $starts_with", "$contains $ends_with $eq $not_empty $starts_with", "$eq $gt $gte $lt $lte"
	for _, tc := range []struct{ object, attribute, field, operand, allowed string }{
		{"things", "title", "value", `"x"`, "$contains $ends_with $eq $in $starts_with"},
		{"things", "size", "value", `1`, order},
		{"things", "done", "value", `true`, "$eq"},
		{"things", "price", "currency_value", `1`, order},
		{"things", "day", "value", `"2026-01-01"`, order},
		{"things", "at", "value", `"2026-01-01T00:00:00Z"`, order},
		{"things", "stars", "value", `1`, order},
		{"things", "stage", "status", `"Lead"`, "$eq"},
		{"things", "stage", "active_from", `"2026-01-01T00:00:00Z"`, "$gt $gte $lt $lte"},
		{"things", "stage", "active_until", `"2026-01-01T00:00:00Z"`, "$gt $gte $lt $lte"},
		{"things", "color", "option", `"Red"`, "$eq"},
		{"things", "color", "active_from", `"2026-01-01T00:00:00Z"`, "$gt $gte $lt $lte"},
		{"things", "color", "active_until", `"2026-01-01"`, "$gt $gte $lt $lte"},
		{"things", "near", "target_object", `"people"`, "$eq"},
		{"things", "near", "target_record_id", quote(id), "$eq $in"},
		{"things", "place", "line_1", `"x"`, words},
		{"things", "place", "line_2", `"x"`, words},
		{"things", "place", "line_3", `"x"`, words},
		{"things", "place", "line_4", `"x"`, words},
		{"things", "place", "locality", `"x"`, words},
		{"things", "place", "region", `"x"`, words},
		{"things", "place", "postcode", `"x"`, words},
		{"things", "place", "country_code", `"x"`, "$eq $starts_with"},
		{"things", "sites", "domain", `"x"`, names},
		{"things", "sites", "root_domain", `"x"`, names},
		{"things", "mails", "email_address", `"x"`, words},
		{"things", "mails", "email_domain", `"x"`, words},
		{"things", "mails", "email_root_domain", `"x"`, words},
		{"things", "mails", "email_local_specifier", `"x"`, words},
		{"things", "phones", "phone_number", `"x"`, words},
		{"things", "phones", "country_code", `"x"`, "$eq $not_empty"},
		{"people", "name", "full_name", `"x"`, names},
		{"people", "name", "first_name", `"x"`, names},
		{"people", "name", "last_name", `"x"`, names},
		{"people", "last_interaction", "owner_member_id", quote(id), "$eq $not_empty"},
		{"people", "last_interaction", "interacted_at", `"2026-01-01T00:00:00Z"`, order},
		{"people", "last_interaction", "interaction_type", `"email"`, "$eq $not_empty"},
	} {
		allowed := strings.Fields(tc.allowed)
		for _, operator := range strings.Fields("$contains $ends_with $eq $gt $gte $in $lt $lte $not_empty $starts_with") {
			operand := tc.operand
			switch operator {
			case "$in":
				operand = "[" + operand + "]"
			case "$not_empty":
				operand = "true"
			}
			got := matches(t, state, menagerie, tc.object, fmt.Sprintf(`{%q:{%q:{%q:%s}}}`, tc.attribute, tc.field, operator, operand))
			if slices.Contains(allowed, operator) {
				if strings.HasPrefix(got, "{") {
					t.Errorf("%s.%s refuses %s: %s", tc.attribute, tc.field, operator, got)
				}
				continue
			}
			want := fmt.Sprintf(`{"status_code":400,"type":"invalid_request_error","code":"invalid_filter_operator","message":%s,"path":[%q,%q,%q]}`,
				quote(fmt.Sprintf("Invalid operator %q for field %q, must be one of (%q)", operator, tc.field, allowed)), tc.attribute, tc.field, operator)
			want = strings.NewReplacer(`([\"`, `(\"`, `\"])`, `\")`, `\" \"$`, `\", \"$`).Replace(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s.%s %s: %s", tc.attribute, tc.field, operator, diff)
			}
		}
	}
}

func TestFiltersHaveABoundedSizeAndDepth(t *testing.T) {
	t.Parallel()
	state := build(t, nil)
	deep := strings.Repeat(`{"$and":[`, 51) + `{}` + strings.Repeat(`]}`, 51)
	if got := matches(t, state, nil, "people", deep); !strings.Contains(got, "Filters can be at most 50 levels deep.") {
		t.Error(got)
	}
	wide := `{"$or":[` + strings.Repeat(`{"name":"x"},`, 1000) + `{"name":"x"}]}`
	if got := matches(t, state, nil, "people", wide); !strings.Contains(got, "Filters can have at most 1000 constraints.") {
		t.Error(got)
	}
}

func TestAMapFiltersLikeMembers(t *testing.T) {
	t.Parallel()
	state := build(t, menagerie)
	filter := map[string]any{"$or": []any{map[string]any{"size": 10.5}, map[string]any{"stars": map[string]any{"$gte": 5}}}}
	got := strings.Fields(answer(t, state, "things", Query{Filter: filter}))
	if len(got) != 2 {
		t.Errorf("found %v", got)
	}
}

func TestScoresAreAsRecorded(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ sorts, constraints, records, want int }{
		{0, 0, 11, 0}, {1, 0, 5, 84}, {1, 0, 8, 108}, {1, 0, 11, 125}, {1, 0, 0, 0}, {1, 0, 1, 0}, {1, 2, 8, 324},
	} {
		if got := Score(tc.sorts, tc.constraints, tc.records); got != tc.want {
			t.Errorf("Score(%d, %d, %d) = %d, want %d", tc.sorts, tc.constraints, tc.records, got, tc.want)
		}
	}
}

func quoted(values []string) string {
	b, _ := json.Marshal(values) // never fails for strings
	return string(b)
}

func quote(s string) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(strconv.Quote(s))
}
