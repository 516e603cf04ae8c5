package probe

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// MostCalls is how many calls the suite may send to a workspace.
const MostCalls = 300

// The months in which Attio's answers were last seen or described.
const (
	recorded   = "2026-05" // most recordings of the real API
	documented = "2026-10" // Attio's OpenAPI document, and its pages
)

// Suite returns the probes in the order in which they run: what only reads, then what makes things and asks about them, and at
// the end what removes them.
func Suite() []Probe { return slices.Clone(suite.Get()) }

// suite is put together when it is first asked for, because every start of the program would pay for it otherwise.
var suite = lazy.Of[[]Probe]{Make: func() []Probe {
	return slices.Concat(identity.Get(), requests(), workspace(), provisioning(), schema(), choices(), records(), written(), queries(), entries(), collections(),
		histories(), around(), talk(), files(), hooks(), activities(), teams(), merges(), ends())
}}

// identity says who asks. What the fake is seeded with comes from these answers.
var identity = lazy.Of[[]Probe]{Make: func() []Probe {
	return []Probe{
		known(documented, "self.identify", get("/v2/self").ofOthers()),
		known(recorded, "objects.list", get("/v2/objects").ofOthers()),
		known(recorded, "workspace_members.list",
			get("/v2/workspace_members").ofOthers().keeps("member", "data[access_level=admin].id.workspace_member_id").
				keeps("email", "data[access_level=admin].email_address")),
	}
}}

const nobody = "d1e5b2a4-9c3f-4e6d-8a7b-0f1c2d3e4a5b" // an id that nothing has

// requests are about requests in general, and only read.
func requests() []Probe {
	return []Probe{
		decided("auth.none", get("/v2/objects").as("none")),
		decided("auth.scheme", get("/v2/objects").as("Digest probe")),
		known("2026-08", "auth.short", get("/v2/objects").as("Bearer short")),
		decided("self.junk", get("/v2/self").as("Bearer junk")),
		{ID: "scopes.missing", Lacks: "email:read", Calls: []*Call{get("/v2/emails?participants=fakeattio-probe@example.com")}},
		decided("path.uuid", get("/v2/objects/people/records/x")),
		known(recorded, "routes.unknown", get("/v2/objects/people/records")),
		known(documented, "records.unknown", get("/v2/objects/people/records/"+nobody)),
		decided("body.malformed", post("/v2/objects/people/records/query", "{")),
		decided("body.content_type", post("/v2/objects/records/search", `{"query":""}`).typed("text/plain")),
		decided("body.large", (&Call{Method: "POST", Path: "/v2/objects/people/records/query", Body: `{"limit":0}`, pad: 10 << 20})),
		decided("query.escape", get("/v2/notes?limit=%zz")),
		decided("routes.slash", get("/v2/objects/")),
		decided("routes.head", call("HEAD", "/v2/objects", "")),
		decided("routes.options", call("OPTIONS", "/v2/objects", "")),
		decided("items.bounds", post("/v2/objects/records/search", `{"query":"","objects":[],"limit":26,"request_as":{"type":"workspace"}}`)),
		known(recorded, "items.union", post("/v2/objects/records/search", `{"query":"","objects":["people"],"limit":5}`)),
		decided("cursors.broken", get("/v2/meetings?cursor=broken")),
	}
}

// workspace reads the workspace's own things, of which only the forms are compared.
func workspace() []Probe {
	return []Probe{
		known(recorded, "objects.get", get("/v2/objects/people")),
		decided("objects.off", post("/v2/objects/<off>/records/query", `{"limit":1}`)),
		decided("objects.off_get", get("/v2/objects/<off>")),
		decided("attributes.deals", get("/v2/objects/<deals>/attributes").ofOthers().onlyWhere("is_system_attribute=true").comparing("api_slug", "type")),
		decided("attributes.users", get("/v2/objects/<users>/attributes").ofOthers().onlyWhere("is_system_attribute=true").comparing("api_slug", "type")),
		decided("attributes.workspaces", get("/v2/objects/<workspaces>/attributes").ofOthers().onlyWhere("is_system_attribute=true").comparing("api_slug", "type")),
		known(recorded, "attributes.get", get("/v2/objects/people/attributes/name")),
		decided("options.employee_range", get("/v2/objects/companies/attributes/employee_range/options").ofOthers().comparing("title")),
		decided("options.estimated_arr", get("/v2/objects/companies/attributes/estimated_arr_usd/options").ofOthers().comparing("title")),
		known(recorded, "object_views.list", get("/v2/objects/people/views").ofOthers()),
		known(recorded, "lists.list", get("/v2/lists").ofOthers()),
		known(recorded, "workspace_members.get", get("/v2/workspace_members/<member>").ofOthers()),
		known(recorded, "webhooks.list", get("/v2/webhooks").ofOthers()),
		decided("activities.list", get("/v2/activities").ofOthers().keeps("calls", "data[api_slug=phone_calls].api_slug")),
		known(documented, "activities.get", get("/v2/activities/<calls>").ofOthers()),
		decided("attributes.phone_calls", get("/v2/activities/<calls>/attributes").ofOthers().onlyWhere("is_system_attribute=true").comparing("api_slug", "type")),
		decided("options.direction", get("/v2/activities/<calls>/attributes/direction/options").ofOthers().comparing("title")),
		known(documented, "emails.list", get("/v2/emails?participants=fakeattio-probe@example.com")),
		decided("search.none", post("/v2/objects/records/search", `{"query":"fakeattio probe finds nothing 7f3a","objects":["people"],"limit":5,"request_as":{"type":"workspace"}}`)),
	}
}

// provisioning reads SCIM.
func provisioning() []Probe {
	return []Probe{
		known(documented, "scim_schemas.list", get("/scim/v2/Schemas").keeps("scim", "Resources[0].id")),
		known(documented, "scim_users.list", get("/scim/v2/Users?count=1").ofOthers().keeps("scim_user", "Resources[0].id")),
		known(documented, "scim_users.get", get("/scim/v2/Users/<scim_user>").ofOthers()),
		known(documented, "scim_groups.list", get("/scim/v2/Groups?count=1").ofOthers()),
		decided("scim.user_unknown", get("/scim/v2/Users/"+nobody)).needs("scim"),
		decided("scim.group_unknown", get("/scim/v2/Groups/"+nobody)).needs("scim"),
		decided("scim.route", get("/scim/v2/Nothing")).needs("scim"),
		decided("scim.anonymous", get("/scim/v2/Users").as("none")).needs("scim"),
		decided("scim.filter", get(`/scim/v2/Users?filter=nickName+eq+%22x%22`)).needs("scim"),
		decided("scim.filter_logic", get(`/scim/v2/Users?filter=userName+eq+%22a@example.com%22+and+active+eq+true`)).needs("scim"),
		decided("scim.filter_brackets", get(`/scim/v2/Users?filter=emails[value+eq+%22a@example.com%22]`)).needs("scim"),
		decided("scim.case", get(`/scim/v2/Users?filter=USERNAME+eq+%22fakeattio-probe@example.com%22`)).needs("scim"),
		decided("scim.pages", get(`/scim/v2/Groups?filter=displayName+eq+%22fakeattio+probe+none%22&startIndex=0&count=-1`).comparing("startIndex", "itemsPerPage")).needs("scim"),
		decided("scim.excluded", get(`/scim/v2/Groups?filter=displayName+eq+%22fakeattio+probe+none%22&excludedAttributes=members`)).needs("scim"),
	}
}
