package fake_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestTheUnsubscribedAreThereForGoAndForClients(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withTasks(), fake.FixedClock(noon.Add(time.Hour)))
	acme := srv.Workspace("acme")
	acme.Unsubscribe("Bob@example.com", "GRACE@navy.example.com")
	status, body := send(t, srv, http.MethodPost, "/v2/sequences/unsubscribed_emails", `{"data":{"email_addresses":["grace@navy.example.com","bob@example.com"]}}`)
	want := `{"data":[{"email_address":"grace@navy.example.com","created_at":"2026-01-15T12:00:00.000000000Z"},` +
		`{"email_address":"bob@example.com","created_at":"2026-01-15T13:00:00.000000000Z"}]}`
	if status != 200 || body != want {
		t.Errorf("got %d %s", status, body)
	}
	listed := []fake.Unsubscribed{{Email: "grace@navy.example.com", CreatedAt: noon}, {Email: "bob@example.com", CreatedAt: noon.Add(time.Hour)}}
	if diff := cmp.Diff(listed, acme.Unsubscribed()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	srv.Reset()
	if diff := cmp.Diff(listed[:1], acme.Unsubscribed()); diff != "" {
		t.Errorf("after Reset (-want +got)\n%s", diff)
	}
}
