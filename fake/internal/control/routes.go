package control

import (
	"net/http"
	"strings"
	"sync"
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

// bodyLimit is how many bytes the body may have.
func (d documented) bodyLimit() int64 {
	if d.scenario {
		return maxScenario
	}
	return maxBody
}

// parameter is a query parameter. The example tells its type: that of a number is a number.
type parameter struct{ name, says, example string }

// routes is the table, built once for all servers: it holds no state, and building it costs more than starting a server.
var routes = sync.OnceValue(table)

// found is the route of a request, and the parameters in its path: name, value, name, value.
type found struct {
	*documented
	parameters []string
}

// find returns the route for a method and a path. No regular expressions: to compile those of all routes took a third of the
// memory that the program allocates until its first answer.
func find(method, path string) (found, bool) {
	path, ok := strings.CutPrefix(path, prefix)
	if !ok {
		return found{}, false
	}
	table := routes()
	for i := range table {
		if table[i].method != method {
			continue
		}
		if parameters, ok := parametersOf(table[i].path, path); ok {
			return found{&table[i], parameters}, true
		}
	}
	return found{}, false
}

// parametersOf returns the parameters in a path of a form such as /files/{file}. A parameter is a part between slashes that is not
// empty; {file...} takes the rest of the path.
func parametersOf(form, path string) (parameters []string, ok bool) {
	for {
		before, name, more := strings.Cut(form, "{")
		path, ok = strings.CutPrefix(path, before)
		if !ok || !more {
			return parameters, ok && path == ""
		}
		name, form, _ = strings.Cut(name, "}")
		end := strings.IndexByte(path, '/')
		name, rest := strings.CutSuffix(name, "...")
		if rest || end < 0 {
			end = len(path)
		}
		if end == 0 {
			return nil, false
		}
		parameters = append(parameters, name, path[:end])
		path = path[end:]
	}
}
