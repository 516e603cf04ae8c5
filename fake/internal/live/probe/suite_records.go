package probe

import (
	"fmt"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// write is a call that creates a record of the probe's own object.
func write(json string) *Call { return post(object+"/records", values(json)) }

const own = object + "/records/<record>"

// records are the operations on records.
func records() []Probe {
	return []Probe{
		known(recorded, "records.create", write(`{"code":"one-<tag>","name":"Ada","count":5,"done":true,"value":12.5,"founded":"2020-02-29","at":"2020-01-02T03:04:05.678Z","stars":4,`+
			`"phase":"Open","area":["North"],"tier":"Gold","site":["<tag>.example.com"],"mails":["Ada@<tag>.example.com"],"phone":"+12125550118",`+
			`"place":{"line_1":"1 Infinite Loop","line_2":null,"line_3":null,"line_4":null,"locality":"Cupertino","region":"CA","postcode":"95014","country_code":"US","latitude":"37.33","longitude":"-122.03"}}`).
			keeps("record", "data.id.record_id").
			comparing("value", "domain", "root_domain", "email_address", "original_email_address", "email_domain", "email_local_specifier", "currency_value", "currency_code", "phone_number", "country_code", "locality", "latitude")),
		known(recorded, "records.get", get(own).deriving(sameCreation)),
		known(documented, "records.create/second", write(`{"code":"two-<tag>","name":"Bob","count":7,"near":{"target_object":"<object>","target_record_id":"<record>"},"parent":{"target_object":"<object>","target_record_id":"<record>"}}`).
			keeps("second", "data.id.record_id").comparing("target_object")),
		known(documented, "records.create/third", write(`{"code":"three-<tag>","count":6,"near":[{"target_object":"<object>","code":[{"value":"one-<tag>"}]}],"parent":[{"target_object":"<object>","target_record_id":"<record>"}]}`).
			keeps("third", "data.id.record_id")),
		decided("order.reverse", get(own).comparing("target_record_id")).needs("third"),
		decided("order.written", patch(own, values(`{"children":[{"target_object":"<object>","target_record_id":"<third>"},{"target_object":"<object>","target_record_id":"<second>"}]}`)).comparing("target_record_id")),
		known(recorded, "records.update", patch(own, values(`{"area":["North"],"mails":["bob@<tag>.example.com"],"name":"Grace"}`)).comparing("value", "email_address")),
		known("2026-09", "records.overwrite", put(own, values(`{"mails":["eve@<tag>.example.com","bob@<tag>.example.com"]}`)).comparing("email_address")),
		known(recorded, "records.upsert", put(object+"/records?matching_attribute=code", values(`{"code":"four-<tag>","name":"Dan"}`)).keeps("fourth", "data.id.record_id")),
		known(documented, "upsert.not_unique", put(object+"/records?matching_attribute=name", values(`{"name":"Dan"}`))),
		known("2026-08", "upsert.untold", put(object+"/records", values(`{"name":"Dan"}`))),
		decided("upsert.no_value", put(object+"/records?matching_attribute=code", values(`{"name":"Dan"}`))),
		decided("upsert.empty", put(object+"/records?matching_attribute=code", values(`{"code":"","name":"Dan"}`))),
		known("2026-09", "records.conflict", write(`{"code":"one-<tag>"}`)),
		known(recorded, "records.no_values", post(object+"/records", data(`{}`))),
		known(documented, "values.unknown_attribute", write(`{"nothing":1}`)),
		known(documented, "record_values.list", get(own+"/attributes/name/values?show_historic=true").comparing("value")),
		decided("items.unrecognized", patch(own, data(`{"values":{"name":"Eve"},"colour":"red"}`))),
		decided("body.open", post(object+"/records", data(`{"values":{"name":"Open"},"colour":"red"}`))),
		decided("patch.empty_record", patch(own, values(`{}`))),
		{ID: "routes.simple", differs: true, Calls: []*Call{put(object+"/records/simple", values(`{"code":"simple-<tag>"}`))}},
		{ID: "routes.batch", differs: true, Calls: []*Call{put("/v2/batch/records", data(`{"object":"<object>","records":[]}`))}},
		decided("routes.records_batch", patch(object+"/records/batch", values(`{"code":"batch-<tag>"}`))),
	}
}

// sameCreation says whether the values that Attio fills in have the time at which the record was created.
func sameCreation(r Reply) string {
	body, err := compare.Parse(r.Body)
	if err != nil {
		return "no JSON"
	}
	created := lookup(body, "data.created_at")
	return fmt.Sprintf("the same time in record_id: %t, created_at: %t, created_by: %t", lookup(body, "data.values.record_id[0].active_from") == created,
		lookup(body, "data.values.created_at[0].value") == created, lookup(body, "data.values.created_by[0].active_from") == created)
}

// written are values that Attio refuses, or takes in another form.
func written() []Probe {
	return []Probe{
		decided("values.two_for_single", write(`{"name":["a","b"]}`)),
		known("2026-08", "values.one_for_multi", write(`{"area":"North"}`)),
		decided("values.reference_bad", write(`{"near":{"target_object":"<object>","target_record_id":"x"}}`)),
		decided("values.reference_untargeted", write(`{"near":{"target_record_id":"<record>"}}`)),
		decided("values.match", write(`{"near":{"target_object":"<object>","target_record_reference":{"match":{"code":"one-<tag>"}}}}`)),
		decided("values.match_two", write(`{"near":{"target_object":"<object>","target_record_reference":{"match":{"code":"one-<tag>","name":"Grace"}}}}`)),
		known(documented, "values.actor", patch(own, values(`{"owner":{"referenced_actor_type":"workspace-member","referenced_actor_id":"<member>"}}`)).comparing("referenced_actor_type", "referenced_actor_id")),
		decided("values.by_text", write(`{"near":{"target_object":"<object>","name":[{"value":"Bob"}]}}`)),
		decided("values.by_select", write(`{"near":{"target_object":"<object>","tier":[{"option":"Gold"}]}}`)),
		decided("values.empty_text", write(`{"name":""}`)),
		decided("values.empty_select", write(`{"tier":""}`)),
		decided("values.empty_email", write(`{"mails":[""]}`)),
		decided("values.email_spelling", put(own, values(`{"mails":["BOB@<tag>.example.com"]}`)).comparing("original_email_address")),
		decided("values.email_spelling_patch", patch(own, values(`{"mails":["bob@<tag>.example.com","eve@<tag>.example.com"]}`)).comparing("original_email_address")),
		decided("values.computed", write(`{"created_at":"2020-01-01T00:00:00Z"}`)),
		decided("values.unknown_option", write(`{"tier":"`+nobody+`"}`)),
		decided("values.unknown_record", write(`{"near":{"target_object":"<object>","target_record_id":"`+nobody+`"}}`)),
		decided("values.unknown_member", write(`{"owner":{"referenced_actor_type":"workspace-member","referenced_actor_id":"`+nobody+`"}}`)),
		decided("values.actor_string", write(`{"owner":"nobody"}`)),
		decided("values.offset", write(`{"at":"2020-01-02T03:04:05+02:00"}`).comparing("value")),
		decided("values.decimals", write(`{"count":1.23456789}`).comparing("value")),
		decided("values.www", write(`{"site":["https://www.<tag>.example.com/a?b=c"]}`).comparing("domain", "root_domain")),
		decided("values.reserved_domain", write(`{"site":["probe.localhost"]}`)),
		decided("values.location_string", write(`{"place":"1 Infinite Loop, Cupertino, CA, 95014, US"}`).comparing("line_1", "locality", "region", "postcode", "country_code")),
		decided("values.whole_text", write(`{"name":[{"active_from":"2020-01-01T00:00:00.000000000Z","active_until":null,"created_by_actor":{"type":"system","id":null},"value":"x","attribute_type":"text"}]}`)),
		decided("values.whole_email", write(`{"mails":[{"active_from":"2020-01-01T00:00:00.000000000Z","active_until":null,"created_by_actor":{"type":"system","id":null},`+
			`"original_email_address":"g@<tag>.example.com","email_address":"g@<tag>.example.com","email_domain":"<tag>.example.com","email_root_domain":"example.com","email_local_specifier":"g","attribute_type":"email-address"}]}`)),
		decided("values.historic_readonly", get(own+"/attributes/created_at/values?show_historic=true")),
		decided("values.option_archived", write(`{"area":["South"]}`)),
	}
}

const query = object + "/records/query"

// queries are filters, sorts and searches.
func queries() []Probe {
	return []Probe{
		known(recorded, "records.query", post(query, `{"filter":{"code":"one-<tag>"},"limit":5}`)).needs("record"),
		decided("query.limit", post(query, `{"limit":1001}`)),
		decided("query.nulls", post(query, `{"filter":{"code":{"$contains":"<tag>"}},"sorts":[{"attribute":"name","direction":"asc"}]}`).comparing("value")).needs("record"),
		decided("query.not", post(query, `{"filter":{"$and":[{"code":{"$contains":"<tag>"}},{"$not":{"name":"Bob"}}]},"sorts":[{"attribute":"code","direction":"asc"}]}`).comparing("value")).needs("record"),
		decided("query.in_many", post(query, `{"filter":{"code":{"$in":[`+many("x", 101)+`]}}}`)),
		decided("query.nulls_of_all", post(query, `{"filter":null,"sorts":null,"limit":null,"offset":null}`)),
		decided("query.unknown_keys", post(query, `{"filter":{"code":"one-<tag>"},"filters":{"code":"nothing"},"sort":"code"}`)).needs("record"),
		decided("query.offset", post(query, `{"filter":{"code":"one-<tag>","created_at":{"$gte":"2020-01-01T00:00:00+00:00"}}}`)).needs("record"),
		decided("query.active_from", post(query, `{"filter":{"code":"one-<tag>","phase":{"active_from":{"$gte":"2020-01-01"}}}}`)).needs("record"),
		decided("query.active_until", post(query, `{"filter":{"code":"one-<tag>","phase":{"active_until":{"$gte":"2020-01-01"}}}}`)),
		known("2026-08", "query.operator", post(query, `{"filter":{"name":{"value":{"$not_empty":true}}}}`)),
		known("2026-08", "query.attribute", post(query, `{"filter":{"$or":[{"code":"x"},{"nothing":"x"}]}}`)),
		decided("query.array", post(query, `{"filter":{"code":["x","y"]}}`)),
		decided("query.timestamp", post(query, `{"filter":{"created_at":{"$gte":5}}}`)),
		decided("query.option", post(query, `{"filter":{"tier":"Silver"}}`)),
		decided("query.score", post(query, `{"sorts":[{"attribute":"created_at","direction":"asc"}],"limit":1}`).deriving(score)),
		decided("search.own", post("/v2/objects/records/search", `{"query":"Bob","objects":["<object>"],"limit":5,"request_as":{"type":"workspace"}}`)).needs("record"),
	}
}

// score is the score of a query.
func score(r Reply) string { return "a score of " + r.Header.Get("X-Attio-Record-Query-Score") }

// many lists texts that begin alike.
func many(prefix string, n int) string {
	text := ""
	for i := range n {
		if i > 0 {
			text += ","
		}
		text += fmt.Sprintf(`"%s%d"`, prefix, i)
	}
	return text
}

const history = own + "/attributes/"

// histories are written whole.
func histories() []Probe {
	return []Probe{
		known(documented, "record_values.replace", put(history+"count/values", data(`{"values":[{"value":1,"active_from":"2020-01-01T00:00:00Z","active_until":"2020-06-01T00:00:00Z"},`+
			`{"value":2,"active_from":"2020-06-01T00:00:00Z","active_until":null}],"replace_history":true}`)).comparing("value", "active_from", "active_until")),
		decided("items.literal", put(history+"count/values", data(`{"values":[],"replace_history":false}`))),
		decided("history.two_active", put(history+"area/values", data(`{"values":[{"value":"North","active_from":"2020-01-01T00:00:00Z","active_until":null},`+
			`{"value":"North","active_from":"2020-06-01T00:00:00Z","active_until":null}],"replace_history":true}`))),
		decided("history.overlap", put(history+"count/values", data(`{"values":[{"value":1,"active_from":"2020-01-01T00:00:00Z","active_until":"2020-07-01T00:00:00Z"},`+
			`{"value":2,"active_from":"2020-06-01T00:00:00Z","active_until":null}],"replace_history":true}`))),
		decided("history.readonly", put(history+"created_at/values", data(`{"values":[{"value":"2020-01-01T00:00:00Z","active_from":"2020-01-01T00:00:00Z","active_until":null}],"replace_history":true}`))),
		decided("history.relationship", put(history+"children/values", data(`{"values":[],"replace_history":true}`))),
		decided("history.empty", put(history+"name/values", data(`{"values":[{"value":"","active_from":"2020-01-01T00:00:00Z","active_until":null}],"replace_history":true}`))),
		decided("history.unknown_attribute", put(history+"nothing/values", data(`{"values":[],"replace_history":true}`))),
	}
}
