package probe

const (
	activity = "/v2/activities/<activity>"
	visit    = activity + "/records/<visit>"
)

// activities are the probe's own activity, its attributes and its records.
func activities() []Probe {
	return []Probe{
		known(documented, "activities.create", post("/v2/activities", data(`{"api_slug":"<slug>_visits","singular_noun":"Probe visit","plural_noun":"Probe visits","extends":"emails"}`)).
			keeps("activity", "data.api_slug").making("the activity <slug>_visits").comparing("schema_slug", "is_system_activity")),
		decided("activities.slug_taken", post("/v2/activities", data(`{"api_slug":"<activity>","singular_noun":"Probe visit","plural_noun":"Probe visits","extends":"emails"}`))),
		known(documented, "activities.update", patch(activity, data(`{"singular_noun":"Probed visit"}`)).comparing("singular_noun")),
		decided("attributes.activity", get(activity+"/attributes").comparing("api_slug", "type")),
		decided("attributes.activity_create", post(activity+"/attributes", data(`{"title":"Mood","description":null,"api_slug":"mood","type":"text",`+unique+`}`))),
		decided("attributes.activity_relationship", post(activity+"/attributes", data(`{"title":"Whose","description":null,"api_slug":"whose","type":"record-reference",`+plain+
			`,"relationship":{"object":"<object>","title":"Visits","api_slug":"visits","is_multiselect":true}}`))),
		decided("attributes.activity_reference", post(object+"/attributes", data(`{"title":"Visit","description":null,"api_slug":"visit","type":"record-reference",`+
			`"is_required":false,"is_unique":false,"is_multiselect":false,"config":{"record_reference":{"allowed_objects":["<activity>"]}}}`))),
		known(documented, "activity_records.create", post(activity+"/records", values(`{"mood":"good"}`)).keeps("visit", "data.id.record_id")),
		known(documented, "activity_records.get", get(visit)),
		known(documented, "activity_records.query", post(activity+"/records/query", `{"filter":{"mood":"good"},"limit":5}`)).needs("visit"),
		known(documented, "activity_records.upsert", put(activity+"/records?matching_attribute=mood", values(`{"mood":"good"}`))),
		known(documented, "activity_records.update", patch(visit, values(`{"mood":"better"}`)).comparing("mood")),
		known(documented, "activity_records.overwrite", put(visit, values(`{"mood":"best"}`))),
		decided("activity_records.unknown", get(activity+"/records/"+nobody)),
		decided("activity_records.unknown_update", patch(activity+"/records/"+nobody, values(`{"mood":"x"}`))),
		decided("notes.activity", post("/v2/notes", data(`{"parent_object":"<activity>","parent_record_id":"<visit>","title":"T","format":"plaintext","content":"c"}`))),
		known(documented, "activity_records.delete", del(visit)),
		known(documented, "activities.delete", del(activity).removing("the activity <slug>_visits")),
	}
}

const group = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],`

// operation is the body of a PATCH of SCIM.
func operation(json string) string {
	return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[` + json + `]}`
}

// teams are the groups of SCIM, without members.
func teams() []Probe {
	return []Probe{
		known(documented, "scim_groups.create", post("/scim/v2/Groups", group+`"displayName":"fakeattio probe <tag>"}`).keeps("group", "id").making("the team fakeattio probe <tag>").comparing("displayName")).needs("scim"),
		known(documented, "scim_groups.get", get("/scim/v2/Groups/<group>")),
		known(documented, "scim_groups.overwrite", put("/scim/v2/Groups/<group>", group+`"displayName":"fakeattio probed <tag>","members":[]}`).comparing("displayName")),
		known(documented, "scim_groups.update", patch("/scim/v2/Groups/<group>", operation(`{"op":"replace","path":"displayName","value":"fakeattio probe <tag>"}`)).typed("application/scim+json").comparing("displayName")),
		decided("scim.group_taken", post("/scim/v2/Groups", group+`"displayName":"FAKEATTIO PROBE <tag>"}`)).needs("group"),
		decided("scim.group_blank", put("/scim/v2/Groups/<group>", group+`"displayName":"  ","members":[]}`)),
		decided("scim.group_path", patch("/scim/v2/Groups/<group>", operation(`{"op":"replace","path":"colour","value":"red"}`))),
		decided("scim.group_unknown_key", patch("/scim/v2/Groups/<group>", operation(`{"op":"replace","value":{"displayName":"fakeattio probe <tag>","colour":"red"}}`))),
		decided("scim.group_entra", patch("/scim/v2/Groups/<group>", operation(`{"op":"Replace","path":"displayName","value":"fakeattio probe <tag>"}`))),
		decided("scim.group_member", patch("/scim/v2/Groups/<group>", operation(`{"op":"add","path":"members","value":[{"value":"`+nobody+`"}]}`))),
		known(documented, "scim_groups.delete", del("/scim/v2/Groups/<group>").removing("the team fakeattio probe <tag>")),
	}
}

// merges come late, because they end the records that they take.
func merges() []Probe {
	return []Probe{
		decided("merge.self", post(object+"/records/merge", data(`{"primary_record_id":"<record>","secondary_record_id":"<record>"}`))),
		decided("merge.unknown", post(object+"/records/merge", data(`{"primary_record_id":"<record>","secondary_record_id":"`+nobody+`"}`))),
		known(documented, "records.merge", post(object+"/records/merge", data(`{"primary_record_id":"<record>","secondary_record_id":"<fourth>"}`)).keeps("merged", "data.new_record_id")),
		decided("records.merged", get(object+"/records/<merged>").comparing("value", "email_address")),
		decided("merge.entries", get(object+"/records/<merged>/entries")).needs("entry"),
		decided("merge.notes", get("/v2/notes?parent_object=<object>&parent_record_id=<merged>")).needs("note"),
		decided("merge.again", post(object+"/records/merge", data(`{"primary_record_id":"<record>","secondary_record_id":"<fourth>"}`))).needs("merged"),
	}
}

// ends are the probes that change what the others use, and the removals.
func ends() []Probe {
	return []Probe{
		known(recorded, "attributes.default_select", patch(object+"/attributes/tier", data(`{"default_value":{"type":"static","template":[{"option":"Gold"}]}}`))),
		decided("attributes.default_status", patch(object+"/attributes/phase", data(`{"default_value":{"type":"static","template":[{"status":"Open"}]}}`))),
		known(documented, "values.status_archived/archive", patch(object+"/attributes/phase/statuses/Done", data(`{"is_archived":true}`)).comparing("is_archived")),
		decided("values.status_archived", write(`{"phase":"Done"}`)),
		decided("upsert.ambiguous", write(`{"name":"twin"}`), write(`{"name":"twin"}`),
			patch(object+"/attributes/name", data(`{"is_unique":true}`)), put(object+"/records?matching_attribute=name", values(`{"name":"twin"}`))),
		known(recorded, "entries.delete", del(entry)),
		known(recorded, "notes.delete", del("/v2/notes/<note>").removing("a note")),
		known(recorded, "records.delete", del(object+"/records/<third>")),
		known(documented, "objects.delete", del(object).removing("the object <slug>")),
		decided("lists.after_object", get(list).removing("the list <slug>_list")),
	}
}
