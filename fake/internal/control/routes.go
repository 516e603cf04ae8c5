package control

import (
	"net/http"
	"sync"

	"github.com/gorilla/mux"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
)

// route answers one control route: the body of the 200, nil for 204, or a refusal.
type route func(h *Handler, r *http.Request) (any, *refusal)

// documented is a route and its documentation. The router, the OpenAPI document and the table in docs/control-api.md
// are made from these.
type documented struct {
	method, path string
	route        route
	says         string
	query        []parameter
	body         any // a value of the type of the body; nil for none
	answer       any // a value of the type of the answer; nil for 204
}

func (documented) ServeHTTP(http.ResponseWriter, *http.Request) {}

// parameter is a query parameter.
type parameter struct{ name, says string }

// table lists the control routes.
func table() []documented {
	return []documented{
		{"GET", "/health", health, "200 once the server answers.", nil, nil, map[string]string{}},
		{"GET", "/openapi.json", openAPI, "This API as an OpenAPI document.", nil, nil, map[string]any{}},
		{"GET", "/workspaces", listWorkspaces, "The workspaces with their members and tokens.", nil, nil, workspacesAnswer{}},
		{"GET", "/apps", listApps, "The OAuth apps of the scenario with their secrets.", nil, nil, appsAnswer{}},
		{"POST", "/workspaces/{workspace}/clone", cloneWorkspace,
			"Copies a workspace, for a test that wants one to itself; answers with the copy and its tokens.", nil, cloneBody{}, Workspace{}},
		{"DELETE", "/workspaces/{workspace}", deleteWorkspace, "Removes a workspace.", nil, nil, nil},
		{"PUT", "/workspaces/{workspace}/limits", setLimits,
			`Turns Attio's rate limits on ("attio") or off (null) for a workspace.`, nil, limitsBody{}, nil},
		{"GET", "/operations", listOperations, "Every operation of Attio's API: its scopes, token levels, rate limit, and why it is not built if it is not.", nil, nil, operationsAnswer{}},
		{"POST", "/reset", reset, "Returns everything to the scenario, including the clock and the faults; clears the requests and the usage.",
			[]parameter{{"keep", `"requests" keeps the requests and the usage.`}}, nil, nil},
		{"GET", "/export", exportScenario, "The current state as a scenario, in YAML.",
			[]parameter{{"workspace", "Only this workspace."}}, nil, text{}},
		{"GET", "/clock", getClock, "The server's time.", nil, nil, clockState{}},
		{"POST", "/clock", setClock, "Sets, advances, and freezes or unfreezes the clock, in this order; any combination. The clock runs from 1970-01-01 to 9999-12-31.", nil, clockBody{}, clockState{}},
		{"GET", "/requests", listRequests, "The requests that clients made and what they changed: the latest 10,000, or 32 MiB of them, with up to 64 KB of each body, and headers without secrets. If an attribute has more than 100 values, a change shows only the part that differs.", []parameter{
			{"operation", "Only requests for this operation (records.create) or for all operations of a resource (records.*). Repeatable."},
			{"status", "Only requests that were answered with this status. Repeatable."},
			{"workspace", "Only requests to this workspace."},
			{"token", "Only requests with this token, by its name (full) or with its workspace (acme/full)."},
			{"method", "Only requests with this HTTP method."},
			{"path", "Only requests whose path matches this pattern, in which * stands for one segment: /v2/objects/*/records."},
			{"since", "Only requests that arrived at this time or later."},
			{"after", "Only requests after the one with this number."},
			{"limit", "At most this many: the first ones."},
			{"last", "At most this many: the last ones."},
		}, nil, requestsAnswer{}},
		{"DELETE", "/requests", clearRequests, "Clears the requests.", nil, nil, nil},
		{"GET", "/usage", getUsage, "Which operations clients called, which errors they got, and which scopes their tokens used.", nil, nil, Usage{}},
		{"DELETE", "/usage", clearUsage, "Clears the usage.", nil, nil, nil},
		{"GET", "/faults", listFaults, "The faults, and how many requests each has seen and hit.", nil, nil, faultsAnswer{}},
		{"POST", "/faults", addFault, "Adds a fault, which makes requests go wrong.", nil, fault.Rule{}, fault.Status{}},
		{"DELETE", "/faults", clearFaults, "Removes all faults.", nil, nil, nil},
		{"DELETE", "/faults/{id:.+}", removeFault, "Removes a fault.", nil, nil, nil},
		{"GET", "/deliveries", listDeliveries, "The latest 20,000 webhook deliveries and their attempts.", []parameter{
			{"workspace", "Only deliveries of this workspace."},
			{"webhook", "Only deliveries to the webhook with this id."},
			{"state", "Only deliveries in this state: pending, retrying, delivered, failed or dropped."},
			{"event_type", "Only deliveries with an event of this type, such as record.created."},
		}, nil, deliveriesAnswer{}},
		{"POST", "/deliveries/flush", flushDeliveries, "Attempts every waiting delivery once, whatever the clock says; answers when all are done.", nil, nil, nil},
		{"POST", "/deliveries/{id}/redeliver", redeliver, "Sends a delivery again with the same Idempotency-Key.", nil, nil, Delivery{}},
		{"GET", "/webhooks/chaos", getChaos, "How deliveries are disturbed.", nil, nil, chaosBody{}},
		{"PUT", "/webhooks/chaos", setChaos,
			"Makes deliveries arrive more than once, out of order, late, or with several events: all of which Attio reserves the right to do.", nil, chaosBody{}, chaosBody{}},
		{"POST", "/webhooks/{id}/test", testWebhook, "Sends a test event to a webhook, ignoring its filters.",
			[]parameter{{"workspace", "The workspace, needed if several have a webhook with this id."}}, testBody{}, Delivery{}},
		{"GET", "/snapshots", listSnapshots, "The named snapshots.", nil, nil, snapshotsAnswer{}},
		{"PUT", "/snapshots/{name}", saveSnapshot, "Saves the whole state under a name.", nil, nil, Snapshot{}},
		{"DELETE", "/snapshots/{name}", deleteSnapshot, "Deletes a snapshot.", nil, nil, nil},
		{"POST", "/snapshots/{name}/restore", restoreSnapshot, "Restores a snapshot.", nil, nil, nil},
		{"GET", "/snapshots/{name}/diff", diffSnapshots, "What has changed since a snapshot, attribute by attribute.",
			[]parameter{{"to", "Compare with this snapshot instead of the current state."}}, nil, diffAnswer{}},
	}
}

// routes builds the router once for all servers: it holds no state, and building it costs more than starting a server.
var routes = sync.OnceValue(func() *mux.Router {
	router := mux.NewRouter()
	for _, r := range table() {
		router.Methods(r.method).Path(prefix + r.path).Handler(r)
	}
	return router
})
