package probe

const (
	list  = "/v2/lists/<list>"
	entry = list + "/entries/<entry>"
	unit  = `"parent_object":"<object>","parent_record_id":"<record>"`
)

// newList is a call that makes a list.
func newList(slug, access string) *Call {
	return post("/v2/lists", data(`{"name":"Probe <tag>","api_slug":"`+slug+`","parent_object":"<object>",`+access+`}`))
}

// entries are lists and what is in them.
func entries() []Probe {
	return []Probe{
		known(recorded, "lists.create", newList("<slug>_list", `"workspace_access":"full-access","workspace_member_access":[]`).
			keeps("list", "data.api_slug").keeps("list_id", "data.id.list_id").making("the list <slug>_list").comparing("parent_object", "workspace_access")),
		decided("lists.no_access", newList("<slug>_none", `"workspace_access":null,"workspace_member_access":[]`)),
		known(recorded, "lists.get", get(list)),
		known(recorded, "lists.update", patch(list, data(`{"name":"Probed <tag>"}`)).comparing("name")),
		decided("patch.empty_list", patch(list, data(`{}`))),
		known(documented, "list_attributes.create", post(list+"/attributes", data(`{"title":"Note","description":null,"api_slug":"remark","type":"text",`+plain+`}`))),
		known(recorded, "entries.create", post(list+"/entries", data(`{`+unit+`,"entry_values":{"remark":"first"}}`)).keeps("entry", "data.id.entry_id").comparing("value")),
		known(recorded, "entries.get", get(entry)),
		known(recorded, "entries.update", patch(entry, data(`{"entry_values":{"remark":"second"}}`)).comparing("value")),
		known(documented, "entries.overwrite", put(entry, data(`{"entry_values":{"remark":[]}}`)).comparing("value")),
		decided("entries.immutable_parent", patch(entry, data(`{"parent_record_id":"<second>","entry_values":{}}`))),
		known(recorded, "entries.upsert", put(list+"/entries", data(`{`+unit+`,"entry_values":{"remark":"third"}}`)).comparing("value")),
		known(recorded, "entries.query", post(list+"/entries/query", `{"limit":5}`)).needs("entry"),
		known(documented, "entry_values.list", get(entry+"/attributes/remark/values?show_historic=true").comparing("value")),
		known(documented, "entry_values.replace", put(entry+"/attributes/remark/values",
			data(`{"values":[{"value":"old","active_from":"2020-01-01T00:00:00Z","active_until":null}],"replace_history":true}`)).comparing("value")),
		known(documented, "record_entries.list", get(own+"/entries")).needs("entry"),
		decided("entries.unknown", get(list+"/entries/"+nobody)),
	}
}

// collections are saved views: their pages have the bodies of requests alone.
func collections() []Probe {
	return []Probe{
		decided("object_views.create", post(object+"/views", data(`{"title":"Probe","type":"table","filter":{"attribute":"name","op":"contains","value":"a"},`+
			`"sorts":[{"attribute":"name","direction":"asc"}],"attributes":[{"attribute":"name"}]}`)).keeps("view", "data.id.view_id")),
		decided("object_views.get", get(object+"/views/<view>")),
		decided("object_views.update", patch(object+"/views/<view>", data(`{"title":"Probed"}`)).comparing("title")),
		decided("object_views.delete", del(object+"/views/<view>")),
		decided("list_views.create", post(list+"/views", data(`{"title":"Probe","type":"table","attributes":[{"attribute":"remark"}]}`)).keeps("list_view", "data.id.view_id")),
		known(recorded, "list_views.list", get(list+"/views")).needs("list_view"),
		decided("list_views.get", get(list+"/views/<list_view>")),
		decided("list_views.update", patch(list+"/views/<list_view>", data(`{"title":"Probed"}`)).comparing("title")),
		decided("list_views.delete", del(list+"/views/<list_view>")),
	}
}
