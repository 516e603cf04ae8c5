// Package api answers Attio's REST API over HTTP for one world, one file a resource.
//
// A request is opened and then answered: Open finds its operation, its token and its workspace,
// Answer runs the operation's handler and writes what it returns. What stands between client and
// API, such as the journal, works between the two.
package api
