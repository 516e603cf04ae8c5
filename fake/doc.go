// Package fake runs an Attio workspace inside a Go test.
//
//	srv := fake.New(t, fake.Scenario("acme"))         // starts, and closes with the test
//	client := myattio.New(srv.URL, srv.Token("acme")) // any client that lets you set its base URL
//
// A server starts from a scenario: users, workspaces, their members, tokens and records, written in YAML. It answers
// Attio's API as Attio does, down to the sentences of its errors. Servers share nothing, so every test can have its own
// and run in parallel with the others.
//
// A test sets things up and reads them back without a client, by the rules that hold for clients:
//
//	acme := srv.Workspace("acme")
//	grace := acme.Create("people", fake.Values{"name": "Hopper, Grace", "email_addresses": []string{"grace@navy.mil"}})
//	// … the code under test runs …
//	if grace.Reload().Text("job_title") != "Rear Admiral" { … }
//
// Values are written in the forms of Attio's API. What Attio would refuse fails the test, at its line and with Attio's
// message; a test of the refusal itself sends the request.
//
// Clients that insist on https://api.attio.com need no change either: Server.Client reaches the fake under every host
// name, and without a socket.
package fake
