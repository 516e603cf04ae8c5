package control

import (
	"net/http"
	"strings"
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

// routers have a router for each first segment of the paths, such as "workspaces". They hold no state, so all servers share them. A
// router is made when one of its paths is asked for, because gorilla/mux compiles expressions for each route: the routers of all paths
// together were a third of what the program allocated until it first answered, which is usually GET /_fake/health.
var routers = sync.OnceValue(func() map[string]func() *mux.Router {
	routes := make(map[string][]documented)
	for _, r := range table() {
		segment := firstSegment(r.path)
		routes[segment] = append(routes[segment], r)
	}
	routers := make(map[string]func() *mux.Router, len(routes))
	for segment, routes := range routes {
		routers[segment] = sync.OnceValue(func() *mux.Router {
			router := mux.NewRouter()
			for _, r := range routes {
				router.Methods(r.method).Path(prefix + r.path).Handler(r)
			}
			return router
		})
	}
	return routers
})

// findRoute finds the route of a request.
func findRoute(r *http.Request, found *mux.RouteMatch) bool {
	path, _ := strings.CutPrefix(r.URL.Path, prefix)
	router, ok := routers()[firstSegment(path)]
	return ok && router().Match(r, found)
}

// firstSegment returns the first segment of a path.
func firstSegment(path string) string {
	segment, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return segment
}
