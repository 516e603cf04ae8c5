package control

import (
	"net/http"
	"sync"

	"github.com/gorilla/mux"
)

// route answers one control route: the body of the 200, nil for 204, or a refusal.
type route func(h *Handler, r *http.Request) (any, *refusal)

// documented is a route and its documentation. The router, the OpenAPI document, the reference in docs/control-api.md
// and the commands in docs/recipes are made from these.
type documented struct {
	method, path string
	route        route
	id, tag      string // operationId and tag
	says         string // the summary
	more         string // the rest of the description
	query        []parameter
	body         any         // a value of the type of the body; nil for none
	optional     bool        // the body may be missing
	scenario     bool        // the body is a scenario
	answer       any         // a value of the type of the answer; nil for 204
	refuses      map[int]any // statuses of errors beyond those that every route has, with a value of the type of the answer
	before       *sample     // the request that the example needs first
	example      sample      // an example; the method is the route's, and an empty path is the route's with example parameters
}

// sample is an example of a request.
type sample struct {
	method, path string
	header       string // "Name: value"
	body         string
}

func (documented) ServeHTTP(http.ResponseWriter, *http.Request) {}

// bodyLimit is how many bytes the body may have.
func (d documented) bodyLimit() int64 {
	if d.scenario {
		return maxScenario
	}
	return maxBody
}

// parameter is a query parameter. The example tells its type: that of a number is a number.
type parameter struct{ name, says, example string }

// routes builds the router once for all servers: it holds no state, and building it costs more than starting a server.
var routes = sync.OnceValue(func() *mux.Router {
	router := mux.NewRouter()
	for _, r := range table() {
		router.Methods(r.method).Path(prefix + r.path).Handler(r)
	}
	return router
})
