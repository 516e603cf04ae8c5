package probe

// object is the probe's own object.
const object = "/v2/objects/<object>"

// attribute is a call that makes an attribute of the object.
func attribute(slug, kind, rest string) *Call {
	return post(object+"/attributes", data(`{"title":"Probe `+slug+`","description":null,"api_slug":"`+slug+`","type":"`+kind+`",`+rest+`}`))
}

const (
	plain  = `"is_required":false,"is_unique":false,"is_multiselect":false,"config":{}`
	unique = `"is_required":false,"is_unique":true,"is_multiselect":false,"config":{}`
	multi  = `"is_required":false,"is_unique":false,"is_multiselect":true,"config":{}`
	ofOwn  = `"is_required":false,"is_unique":false,"is_multiselect":false,"config":{"record_reference":{"allowed_objects":["<object>"]}}`
)

// schema makes an object with attributes of every type.
func schema() []Probe {
	return []Probe{
		known(recorded, "objects.create", post("/v2/objects", data(`{"api_slug":"<slug>","singular_noun":"Probe <tag>","plural_noun":"Probes <tag>"}`)).
			keeps("object", "data.api_slug").keeps("object_id", "data.id.object_id").making("the object <slug>").comparing("api_slug")),
		known(recorded, "objects.update", patch(object, data(`{"singular_noun":"Probed <tag>"}`)).comparing("singular_noun")),
		known(documented, "patch.empty_object", patch(object, data(`{}`))),
		decided("objects.slug_empty", patch(object, data(`{"api_slug":""}`))),

		known(recorded, "attributes.create", attribute("code", "text", unique)),
		known(documented, "attributes.create/text", attribute("name", "text", plain)),
		known(documented, "attributes.create/number", attribute("count", "number", plain)),
		known(documented, "attributes.create/checkbox", attribute("done", "checkbox", plain)),
		known(documented, "attributes.create/currency", attribute("value", "currency",
			`"is_required":false,"is_unique":false,"is_multiselect":false,"config":{"currency":{"default_currency_code":"EUR","display_type":"symbol"}}`)),
		known(documented, "attributes.create/date", attribute("founded", "date", plain)),
		known(documented, "attributes.create/timestamp", attribute("at", "timestamp", plain)),
		known(documented, "attributes.create/rating", attribute("stars", "rating", plain)),
		known(documented, "attributes.create/status", attribute("phase", "status", plain)),
		known(documented, "attributes.create/select", attribute("area", "select", multi)),
		known(documented, "attributes.create/single-select", attribute("tier", "select", plain)),
		known(documented, "attributes.create/location", attribute("place", "location", plain)),
		known(documented, "attributes.create/domain", attribute("site", "domain", multi)),
		known(documented, "attributes.create/email-address", attribute("mails", "email-address", multi)),
		known(documented, "attributes.create/phone-number", attribute("phone", "phone-number", plain)),
		known(documented, "attributes.create/actor-reference", attribute("owner", "actor-reference", plain)),
		known(documented, "attributes.create/record-reference", attribute("near", "record-reference", ofOwn)),
		known(documented, "attributes.create/relationship", attribute("parent", "record-reference",
			`"is_required":false,"is_unique":false,"is_multiselect":false,"config":{},"relationship":{"object":"<object>","title":"Probe children","api_slug":"children","is_multiselect":true}`)),
		decided("attributes.currency_bare", attribute("bare", "currency", plain)),
		decided("attributes.unknown_key", attribute("odd", "text", plain+`,"colour":"red"`)),
		decided("attributes.type_interaction", attribute("odd", "interaction", plain)),
		decided("attributes.list", get(object+"/attributes").comparing("api_slug")),
		known(recorded, "attributes.update", patch(object+"/attributes/name", data(`{"title":"Probe words","description":"Of fakeattio"}`)).comparing("title", "description")),
	}
}

// choices are the options and statuses.
func choices() []Probe {
	return []Probe{
		decided("statuses.new", get(object+"/attributes/phase/statuses")),
		known(documented, "statuses.create", post(object+"/attributes/phase/statuses", data(`{"title":"Open"}`)).keeps("status_open", "data.id.status_id")),
		known(documented, "statuses.create/full", post(object+"/attributes/phase/statuses",
			data(`{"title":"Done","celebration_enabled":true,"target_time_in_status":"P0Y0M1DT0H0M0S"}`)).comparing("target_time_in_status", "celebration_enabled")),
		known(documented, "statuses.update", patch(object+"/attributes/phase/statuses/Done", data(`{"celebration_enabled":false}`)).comparing("celebration_enabled")),
		known(documented, "statuses.list", get(object+"/attributes/phase/statuses?show_archived=true").comparing("title")),
		known(documented, "options.create", post(object+"/attributes/area/options", data(`{"title":"North"}`)).comparing("title").keeps("north", "data.id.option_id")),
		known(documented, "options.create/second", post(object+"/attributes/area/options", data(`{"title":"South"}`))),
		known(documented, "options.create/single", post(object+"/attributes/tier/options", data(`{"title":"Gold"}`))),
		decided("options.title_case", post(object+"/attributes/area/options", data(`{"title":"NORTH"}`))),
		known(documented, "options.update", patch(object+"/attributes/area/options/South", data(`{"is_archived":true}`)).comparing("is_archived")),
		decided("options.title_archived", post(object+"/attributes/area/options", data(`{"title":"South"}`))),
		known(documented, "options.list", get(object+"/attributes/area/options").comparing("title")),
	}
}
