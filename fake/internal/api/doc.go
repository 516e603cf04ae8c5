// Package api answers Attio's REST API over HTTP for one world, one file a resource.
//
// A request is opened and then answered: Open finds its operation, its token and its workspace; Answer runs the handler
// of the operation and writes the result. What stands between client and API, such as the journal, works in between.
package api
