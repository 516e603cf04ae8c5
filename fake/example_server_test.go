package fake_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

const newPerson = `{"data": {"values": {"name": "Hopper, Grace"}}}`

// The first two attempts to make a record fail; the third is answered.
func ExampleServer_Fail() {
	t := new(testing.T) // yours
	srv := fake.New(t, fake.WithoutSocket())
	defer srv.Close()

	outage := srv.Fail(fake.Unavailable.On("records.create").Times(2))
	for range 3 {
		fmt.Println(client(srv, srv.Token("acme"), "POST", "/v2/objects/people/records", newPerson))
	}
	fmt.Println("hits:", outage.Hits())
	// Output:
	// 503
	// 503
	// 200
	// hits: 2
}

// A test says which requests the code under test should have made, and what should not have changed.
func ExampleServer_ExpectRequests() {
	t := new(testing.T) // yours
	srv := fake.New(t, fake.WithoutSocket())
	defer srv.Close()

	client(srv, srv.Token("acme"), "POST", "/v2/objects/people/records", newPerson)

	srv.ExpectRequests(t,
		fake.Expect("records.create").Status(200).Body(newPerson).Times(1),
		fake.Expect("records.delete").Never())
	for _, r := range srv.Requests(fake.RequestFilter{Operation: "records.*"}) {
		fmt.Println(r.Operation, r.Changes[0].Action, r.Changes[0].Thing)
	}
	// Output: records.create created record
}

// Tests that share a server each take a workspace of their own.
func ExampleWorkspace_Clone() {
	t := new(testing.T) // yours
	srv := fake.New(t, fake.WithoutSocket())
	defer srv.Close()
	acme := srv.Workspace("acme")

	own := acme.Clone(t) // goes away with the test
	client(srv, own.Token(), "POST", "/v2/objects/people/records", newPerson)

	fmt.Println(own.Slug(), len(own.Records("people"))-len(acme.Records("people")))
	// Output: acme-2 1
}

// A snapshot is a moment to compare with and to go back to.
func ExampleServer_Snapshot() {
	t := new(testing.T) // yours
	srv := fake.New(t, fake.WithoutSocket())
	defer srv.Close()

	before := srv.Snapshot()
	client(srv, srv.Token("acme"), "POST", "/v2/objects/people/records", newPerson)
	for _, diff := range srv.Diff(before, srv.Snapshot()) {
		for _, change := range diff.Changes {
			fmt.Println(diff.Workspace, change.Thing, change.Action, change.Attributes[0].Attribute)
		}
	}

	srv.Restore(before)
	srv.ExpectUnchanged(t, before)
	// Output: acme record created name
}

// A receiver in the same process gets events without a socket.
func ExampleWorkspace_WebhookTo() {
	t := new(testing.T) // yours
	srv := fake.New(t, fake.WithoutSocket())
	defer srv.Close()
	acme := srv.Workspace("acme")

	acme.WebhookTo(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // yours
		w.WriteHeader(http.StatusOK)
	}), "record.*")
	acme.Create("people", fake.Values{"name": "Hopper, Grace"}).Delete()

	srv.FlushDeliveries()
	for _, d := range acme.Deliveries() {
		fmt.Println(d.Events[0], d.State)
	}
	// Output:
	// record.created delivered
	// record.deleted delivered
}

// What falls due on the way happens in its place: Attio retries a webhook for three days.
func ExampleServer_Advance() {
	t := new(testing.T) // yours
	srv := fake.New(t, fake.WithoutSocket(), fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)))
	defer srv.Close()
	acme := srv.Workspace("acme")

	acme.WebhookTo(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if srv.Now().Hour() < 10 {
			w.WriteHeader(http.StatusServiceUnavailable) // down until ten o'clock
		}
	}), "note.created")
	acme.AddNote(fake.Note{Record: acme.Create("people", nil), Title: "Call"})

	srv.Advance(12 * time.Hour)
	d := acme.Deliveries()[0]
	fmt.Println(d.State, len(d.Attempts) > 1, srv.Now().Format(time.Kitchen))
	// Output: delivered true 9:00PM
}

// A colleague edits a record while the code under test is at work.
func ExampleWorkspace_As() {
	t := new(testing.T) // yours
	srv := fake.New(t, fake.WithoutSocket())
	defer srv.Close()
	acme := srv.Workspace("acme")

	grace := acme.Create("people", fake.Values{"job_title": "Lieutenant"})
	acme.As("bob").Update("people", grace.ID(), fake.Values{"job_title": "Rear Admiral"})

	title := grace.Reload().Value("job_title")
	author := title["created_by_actor"].(map[string]any)
	fmt.Println(title["value"], author["id"] == acme.Member("bob").ID)
	// Output: Rear Admiral true
}

// What a test has made by hand becomes the scenario of the next one.
func ExampleWorkspace_Export() {
	t := new(testing.T) // yours
	srv := fake.New(t, fake.WithoutSocket())
	defer srv.Close()
	srv.Workspace("acme").Create("people", fake.Values{"name": "Hopper, Grace"})

	scenario, err := srv.Workspace("acme").Export()
	if err != nil {
		t.Fatal(err)
	}

	next := fake.New(t, fake.YAML(string(scenario)), fake.WithoutSocket())
	defer next.Close()
	for _, person := range next.Workspace("acme").Query("people", fake.Filter{"name": "Grace Hopper"}) {
		fmt.Println(person.Text("name"))
	}
	// Output: Grace Hopper
}
