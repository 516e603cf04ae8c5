// Package fake runs an Attio workspace inside a Go test.
//
//	srv := fake.New(t, fake.Scenario("acme"))         // starts, and closes with the test
//	client := myattio.New(srv.URL, srv.Token("acme")) // any client that lets you set its base URL
//
// A server starts from a scenario: users, workspaces, their members and tokens, written in YAML. It
// answers Attio's API as Attio does, down to the sentences of its errors. Servers share nothing, so
// every test can have its own and run in parallel with the others.
//
// Clients that insist on https://api.attio.com need no change either: Server.Client reaches the fake
// under every host name, and without a socket.
package fake
