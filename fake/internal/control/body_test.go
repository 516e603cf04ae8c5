package control_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
)

func TestTheJournalShowsTheAnswersThatWereSent(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(exercise.Scenario()))
	fresh := c.server.Snapshot()
	token := c.server.Token("here")
	var sent, shown []answer
	for _, op := range attio.Operations() {
		if op.Name == "files.download" {
			continue // answers with a link alone
		}
		for _, r := range exercise.Of(op) {
			c.server.Restore(fresh) // also of what the requests before have changed, which their entries still show
			r := r.In("here")
			sent = append(sent, c.do(r.Method, r.Path, r.Body, func(request *http.Request) {
				request.Header.Set("Authorization", "Bearer "+token)
				request.Header.Set("Content-Type", r.ContentType)
				if r.ContentType == "" {
					request.Header.Set("Content-Type", "application/json")
				}
			}))
		}
	}
	for _, r := range c.server.Requests() {
		shown = append(shown, answer{r.Status, string(r.Answer)})
	}
	if diff := cmp.Diff(sent, shown); diff != "" {
		t.Error(diff)
	}
}

func TestTheJournalShowsARecordAsItWasWhenItWasRead(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	acme := c.server.Workspace("acme")
	read := func(method, path, body string) answer {
		return c.do(method, path, body, func(r *http.Request) {
			r.Header.Set("Authorization", "Bearer "+c.server.Token("acme"))
			r.Header.Set("Content-Type", "application/json")
		})
	}
	grace := acme.Create("people", fake.Values{"job_title": "Rear admiral"})
	path := "/v2/objects/people/records/" + grace.ID()
	sent := []answer{
		read("GET", path, ""),
		read("PATCH", path, `{"data":{"values":{"job_title":"Commodore"}}}`),
		read("POST", "/v2/objects/people/records/query", `{"filter":{"job_title":"Commodore"}}`),
		read("POST", "/v2/objects/people/attributes", `{"data":{"title":"Rank","description":null,"api_slug":"rank","type":"text","is_required":false,"is_unique":false,"is_multiselect":false,"config":{}}}`),
		read("GET", path, ""),
		read("DELETE", path, ""),
	}
	var shown []answer
	for _, r := range c.server.Requests() {
		shown = append(shown, answer{r.Status, string(r.Answer)})
	}
	if diff := cmp.Diff(sent, shown); diff != "" {
		t.Error(diff)
	}
	for i, a := range sent {
		if a.Status != http.StatusOK {
			t.Errorf("request %d: %s", i+1, fmt.Sprint(a))
		}
	}
}
