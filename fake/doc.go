// Package fake runs an Attio workspace inside a Go test.
//
//	srv := fake.New(t, fake.Scenario("acme"))         // starts, and closes with the test
//	client := myattio.New(srv.URL, srv.Token("acme")) // any client that lets you set its base URL
//
// A server starts from a scenario: users, workspaces, their members, tokens and records, written in
// YAML. It answers Attio's API as Attio does, down to the sentences of its errors. Servers share
// nothing, so every test can have its own and run in parallel with the others.
//
// A test arranges and looks at things without a client, under the rules that bind clients:
//
//	acme := srv.Workspace("acme")
//	grace := acme.Create("people", fake.Values{"name": "Hopper, Grace", "email_addresses": []string{"grace@navy.mil"}})
//	// … the code under test runs …
//	if grace.Reload().Text("job_title") != "Rear Admiral" { … }
//
// Values are written in the forms of Attio's API. What Attio would refuse fails the test, at its line and
// in Attio's words; a test that wants a refusal sends the request.
//
// Clients that insist on https://api.attio.com need no change either: Server.Client reaches the fake
// under every host name, and without a socket.
package fake
