package control

import (
	"net/http"
	"sync"

	"github.com/gorilla/mux"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
)

// route answers one control route: the body of the 200, nil for 204, or a refusal.
type route func(h *Handler, r *http.Request) (any, *refusal)

// documented is a route with what there is to know of it. The router, the OpenAPI page and the table in docs/control-api.md are
// made of these.
type documented struct {
	method, path string
	route        route
	says         string
	query        []parameter
	body         any // a value of the type of the body; nil for none
	answer       any // a value of the type of the answer; nil for 204
}

func (documented) ServeHTTP(http.ResponseWriter, *http.Request) {}

// parameter is a parameter in the query.
type parameter struct{ name, says string }

// table lists the control routes.
func table() []documented {
	return []documented{
		{"GET", "/health", health, "200 once the server answers.", nil, nil, map[string]string{}},
		{"GET", "/openapi.json", openAPI, "This API as an OpenAPI document.", nil, nil, map[string]any{}},
		{"GET", "/workspaces", listWorkspaces, "The workspaces with their members and tokens.", nil, nil, workspacesAnswer{}},
		{"POST", "/workspaces/{workspace}/clone", cloneWorkspace,
			"A workspace of its own for a test, which holds what another does, and its tokens.", nil, cloneBody{}, Workspace{}},
		{"DELETE", "/workspaces/{workspace}", deleteWorkspace, "Removes a workspace.", nil, nil, nil},
		{"PUT", "/workspaces/{workspace}/limits", setLimits,
			`Holds the requests of a workspace against Attio's rate limits, "attio", or against none, null.`, nil, limitsBody{}, nil},
		{"GET", "/operations", listOperations, "Every operation of Attio's API: scopes, token levels and its own limit, and why it is not built where it is not.", nil, nil, operationsAnswer{}},
		{"POST", "/reset", reset, "Back to the scenario, with its clock and its faults; forgets the requests and the usage.",
			[]parameter{{"keep", "With requests, the requests and the usage stay."}}, nil, nil},
		{"GET", "/export", exportScenario, "The present state as a scenario, in YAML.",
			[]parameter{{"workspace", "Only that of a workspace."}}, nil, text{}},
		{"GET", "/clock", getClock, "The server's time.", nil, nil, clockState{}},
		{"POST", "/clock", setClock, "Sets the clock, advances it, stops it or lets it run: one or several, done in this order. It runs from 1970-01-01 to 9999-12-31.", nil, clockBody{}, clockState{}},
		{"GET", "/requests", listRequests, "What clients asked for and what it changed: the latest 10,000 requests, or 32 MiB of them, with up to 64 KB of each body and headers without secrets. Of an attribute with more than 100 values a change shows the part that differs.", []parameter{
			{"operation", "Only those of an operation, records.create, or of all of a resource, records.*; may come several times."},
			{"status", "Only those that were answered with a status; may come several times."},
			{"workspace", "Only those to a workspace."},
			{"token", "Only those with a token: full, or with its workspace acme/full."},
			{"method", "Only those of an HTTP method."},
			{"path", "Only those whose path matches a pattern, in which * stands for one part: /v2/objects/*/records."},
			{"since", "Only those that arrived at a timestamp or later."},
			{"after", "Only those later than the request with a number."},
			{"limit", "Of these at most so many, the first."},
			{"last", "Of these at most so many, the last."},
		}, nil, requestsAnswer{}},
		{"DELETE", "/requests", clearRequests, "Forgets the requests.", nil, nil, nil},
		{"GET", "/usage", getUsage, "Which operations, errors and scopes clients have touched.", nil, nil, Usage{}},
		{"DELETE", "/usage", clearUsage, "Begins to count anew.", nil, nil, nil},
		{"GET", "/faults", listFaults, "The faults with how many requests they have seen and hit.", nil, nil, faultsAnswer{}},
		{"POST", "/faults", addFault, "Lets requests go wrong.", nil, fault.Rule{}, fault.Status{}},
		{"DELETE", "/faults", clearFaults, "Removes all faults.", nil, nil, nil},
		{"DELETE", "/faults/{id:.+}", removeFault, "Removes a fault.", nil, nil, nil},
		{"GET", "/deliveries", listDeliveries, "What webhooks were sent, and how that went: the latest 20,000 deliveries.", []parameter{
			{"workspace", "Only those of a workspace."},
			{"webhook", "Only those of a webhook, by its id."},
			{"state", "Only those that are pending, retrying, delivered, failed or dropped."},
			{"event_type", "Only those of events of a type, such as record.created."},
		}, nil, deliveriesAnswer{}},
		{"POST", "/deliveries/flush", flushDeliveries, "Sends everything that waits, once and regardless of the clock; answers when that is done.", nil, nil, nil},
		{"POST", "/deliveries/{id}/redeliver", redeliver, "Sends a delivery again, with its Idempotency-Key.", nil, nil, Delivery{}},
		{"GET", "/webhooks/chaos", getChaos, "What deliveries may do to their receivers.", nil, nil, chaosBody{}},
		{"PUT", "/webhooks/chaos", setChaos,
			"Lets deliveries come several times, in reverse, late, or with several events: all that Attio allows itself.", nil, chaosBody{}, chaosBody{}},
		{"POST", "/webhooks/{id}/test", testWebhook, "Sends a webhook a test event, past its filters.",
			[]parameter{{"workspace", "The workspace, where several have a webhook with this id."}}, testBody{}, Delivery{}},
		{"GET", "/snapshots", listSnapshots, "The named snapshots.", nil, nil, snapshotsAnswer{}},
		{"PUT", "/snapshots/{name}", saveSnapshot, "Keeps all that the server holds under a name.", nil, nil, Snapshot{}},
		{"DELETE", "/snapshots/{name}", deleteSnapshot, "Forgets a snapshot.", nil, nil, nil},
		{"POST", "/snapshots/{name}/restore", restoreSnapshot, "Brings back what a snapshot holds.", nil, nil, nil},
		{"GET", "/snapshots/{name}/diff", diffSnapshots, "What has changed since a snapshot, attribute by attribute.",
			[]parameter{{"to", "Until another snapshot instead of now."}}, nil, diffAnswer{}},
	}
}

// routes is made once and shared: it holds no state, and making it costs more than a server does.
var routes = sync.OnceValue(func() *mux.Router {
	router := mux.NewRouter()
	for _, r := range table() {
		router.Methods(r.method).Path(prefix + r.path).Handler(r)
	}
	return router
})
