package fake_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const doubles = `
version: 1
seed: 7
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
users: {ada: {email: ada@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    limits: attio
    effects: {merge_delay: 2s}
    objects:
      people:
        records:
          grace1: {name: "Hopper, Grace", email_addresses: [grace@example.com]}
          grace2: {name: "HOPPER, GRACE", job_title: Admiral}
          grace3: {name: "hopper, grace", description: Invented the compiler, job_title: Clerk}
          alan1: {name: "Turing, Alan"}
          alan2: {name: "turing, alan", job_title: Mathematician}
          ada: {name: "Lovelace, Ada"}
          a1: {name: A}
          a2: {name: a}
          b1: {name: B}
          b2: {name: b}
          c1: {name: C}
          c2: {name: c}
          d1: {name: D}
          d2: {name: d}
    notes: {memo: {record: people/grace3, title: Memo, plaintext: Text}}
`

func TestGoMergesRecords(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.YAML(doubles))
	acme := srv.Workspace("acme")
	grace := acme.Merge("people", "grace1", fake.ID("acme/people/grace2"))
	if got := grace.Text("job_title"); got != "Admiral" || grace.ID() == fake.ID("acme/people/grace1") {
		t.Errorf("the merged record %s has the job title %q", grace.ID(), got)
	}
	if again := grace.Reload(); again.ID() != grace.ID() {
		t.Errorf("it reads again as %s", again.ID())
	}
	for _, key := range []string{"grace1", "grace2"} {
		if _, ok := acme.Find("people", key); ok {
			t.Errorf("%s is still there", key)
		}
	}
}

// deduplicator is a job that makes one of all people with one name, and the service beside it that keeps ids.
type deduplicator struct {
	t      *testing.T
	srv    *fake.Server
	waits  int
	mu     sync.Mutex
	merged map[string]string // by the id of an original that of the new record, as the webhook has it
}

// call sends a request, and waits where Attio says so.
func (d *deduplicator) call(method, path string, body any) (status int, answer []byte) {
	d.t.Helper()
	written, err := json.Marshal(body)
	if err != nil {
		d.t.Fatal(err)
	}
	for {
		r, err := http.NewRequest(method, d.srv.URL+path, strings.NewReader(string(written)))
		if err != nil {
			d.t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+d.srv.Token("acme"))
		r.Header.Set("Content-Type", "application/json")
		response, err := d.srv.Client().Do(r)
		if err != nil {
			d.t.Fatal(err)
		}
		answer, err := io.ReadAll(response.Body)
		if err != nil {
			d.t.Fatal(err)
		}
		var refused struct{ Code string }
		_ = json.Unmarshal(answer, &refused)
		if response.StatusCode != http.StatusTooManyRequests && refused.Code != "merge_in_progress" {
			return response.StatusCode, answer
		}
		d.waits++
		d.srv.Advance(time.Second)
	}
}

// ServeHTTP hears of merges.
func (d *deduplicator) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	var body struct {
		Events []struct {
			EventType string `json:"event_type"`
			ID        struct {
				Record string `json:"record_id"`
			}
			Duplicate string `json:"duplicate_record_id"`
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		d.t.Error(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, event := range body.Events {
		d.merged[event.Duplicate] = event.ID.Record
	}
}

// latest follows merges to the record that there is now.
func (d *deduplicator) latest(id string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	for {
		next, ok := d.merged[id]
		if !ok {
			return id
		}
		id = next
	}
}

// people returns the ids of the people by their names, in lower case.
func (d *deduplicator) people() map[string][]string {
	d.t.Helper()
	var found struct {
		Data []struct {
			ID struct {
				Record string `json:"record_id"`
			}
			Values struct {
				Name []struct {
					Full string `json:"full_name"`
				}
			}
		}
	}
	_, answer := d.call("POST", "/v2/objects/people/records/query", map[string]any{"sorts": []any{map[string]string{"attribute": "name", "direction": "asc"}}})
	if err := json.Unmarshal(answer, &found); err != nil {
		d.t.Fatalf("%s: %v", answer, err)
	}
	people := map[string][]string{}
	for _, record := range found.Data {
		name := strings.ToLower(record.Values.Name[0].Full)
		people[name] = append(people[name], record.ID.Record)
	}
	return people
}

func TestAJobMakesOneOfAllDoubles(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.YAML(doubles))
	d := &deduplicator{t: t, srv: srv, merged: map[string]string{}}
	srv.Workspace("acme").WebhookTo(d, "record.merged")
	merges := 0
	people := d.people()
	for _, name := range slices.Sorted(maps.Keys(people)) {
		kept := people[name][0]
		for _, double := range people[name][1:] {
			status, answer := d.call("POST", "/v2/objects/people/records/merge", map[string]any{"data": map[string]string{"primary_record_id": kept, "secondary_record_id": double}})
			var merged struct {
				Data struct {
					ID string `json:"new_record_id"`
				}
			}
			if err := json.Unmarshal(answer, &merged); err != nil || status != http.StatusAccepted {
				t.Fatalf("%d %s: %v", status, answer, err)
			}
			kept = merged.Data.ID
			merges++
		}
		if len(people[name]) > 1 {
			if status, answer := d.call("PATCH", "/v2/objects/people/records/"+kept, map[string]any{"data": map[string]any{"values": map[string]string{"twitter": "https://x.com/deduplicated"}}}); status != http.StatusOK {
				t.Errorf("the update by the new id is answered %d %s", status, answer)
			}
		}
	}
	if err := srv.AwaitDeliveries(t.Context(), 2*merges); err != nil {
		t.Fatal(err)
	}
	if merges != 7 || d.waits == 0 {
		t.Errorf("the job merged %d times and waited %d times", merges, d.waits)
	}
	after := d.people()
	for name, ids := range people {
		for _, id := range ids {
			if diff := cmp.Diff([]string{d.latest(id)}, after[name]); diff != "" {
				t.Errorf("%s (-by the events +by a query):\n%s", name, diff)
			}
		}
	}
	if len(after) != 7 {
		t.Errorf("there are %d people, want 7", len(after))
	}
	if notes := srv.Workspace("acme").Notes(); len(notes) != 1 || notes[0].Record.ID() != after["grace hopper"][0] {
		t.Errorf("the notes are %v", notes)
	}
}
