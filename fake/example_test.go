package fake_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// A scenario can stand in the test itself. Its ids are known beforehand.
func ExampleStart() {
	srv, err := fake.Start(fake.YAML(`
version: 1
users:
  ada: {email: ada@example.com, first_name: Ada, last_name: Lovelace}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()

	printBody(http.DefaultClient, srv.URL+"/v2/workspace_members/"+fake.ID("acme/members/ada"), srv.Token("acme"))
	// Output: 200 {"data":{"id":{"workspace_id":"629bba41-f4ef-5184-9bbc-cc2dc8299ff4","workspace_member_id":"6f2c47d6-37fb-5405-a5b5-899437572950"},"first_name":"Ada","last_name":"Lovelace","avatar_url":null,"email_address":"ada@example.com","access_level":"admin","created_at":"2026-01-01T09:00:00.000000000Z"}}
}

// Without a socket, every host name is the fake.
func ExampleServer_Client() {
	srv, err := fake.Start(fake.WithoutSocket())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()

	printBody(srv.Client(), "https://api.attio.com/v2/workspace_members", "too short")
	// Output: 401 {"status_code":401,"type":"auth_error","code":"unauthorized","message":"The API Key provided was invalid because it was the wrong length (API Keys should be 64 characters long). You might not have copied the entire API key from your Admin panel?"}
}

// A token with fewer rights shows what a client asks for.
func ExampleWorkspace_AddToken() {
	srv, err := fake.Start(fake.WithoutSocket())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()

	reader := srv.Workspace("acme").AddToken(fake.Token{Scopes: []string{"note:read", "record_permission:read"}})
	printBody(srv.Client(), srv.URL+"/v2/workspace_members", reader.Value)
	// Output: 403 {"status_code":403,"type":"auth_error","code":"unauthorized","message":"The API Key provided is not authorized to perform the requested action. This request requires scopes: Read access to the User Management scope."}
}

// Time stands still until the test moves it.
func ExampleFixedClock() {
	srv, err := fake.Start(fake.WithoutSocket(), fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()

	srv.Advance(24 * time.Hour)
	fmt.Println(srv.Now())
	// Output: 2026-01-16 09:00:00 +0000 UTC
}

// In a test, New closes the server at the end and fails the test where something is wrong.
func ExampleNew() {
	_ = func(t *testing.T) {
		srv := fake.New(t, fake.Scenario("acme"))
		acme := srv.Workspace("acme")
		acme.AddMember(fake.Member{Email: "eve@example.com", FirstName: "Eve"})
		acme.Suspend("bob")
		// … let your code talk to srv.URL with srv.Token("acme")
	}
}
