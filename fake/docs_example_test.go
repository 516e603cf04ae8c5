package fake_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

func TestMyIntegrationKnowsItsColleagues(t *testing.T) {
	srv := fake.New(t, fake.Scenario("acme")) // starts, and closes with the test

	// Your client here: give it srv.URL as base URL and srv.Token("acme") as API key.
	req, _ := http.NewRequest("GET", srv.URL+"/v2/workspace_members", nil)
	req.Header.Set("Authorization", "Bearer "+srv.Token("acme"))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()

	var members struct {
		Data []struct {
			EmailAddress string `json:"email_address"`
		}
	}
	if err := json.NewDecoder(resp.Body).Decode(&members); err != nil {
		t.Fatal(err)
	}
	if len(members.Data) != 3 || members.Data[0].EmailAddress != srv.Workspace("acme").Member("ada").Email {
		t.Errorf("got %+v", members.Data)
	}
}

func TestMyIntegrationTriesAgain(t *testing.T) {
	srv := fake.New(t, fake.WithoutSocket())
	before := srv.Snapshot()
	busy := srv.Fail(fake.RateLimited.On("records.create").Times(2))

	for try := 0; try < 3; try++ { // your client here
		body := strings.NewReader(`{"data": {"values": {"name": "Hopper, Grace"}}}`)
		req, _ := http.NewRequest("POST", srv.URL+"/v2/objects/people/records", body)
		req.Header.Set("Authorization", "Bearer "+srv.Token("acme"))
		req.Header.Set("Content-Type", "application/json")
		resp, err := srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode == 429 { // Retry-After is an HTTP date, on the server's clock
			retry, _ := http.ParseTime(resp.Header.Get("Retry-After"))
			srv.Advance(retry.Sub(srv.Now()))
		}
	}

	if busy.Hits() != 2 {
		t.Errorf("it was refused %d times", busy.Hits())
	}
	srv.ExpectRequests(t,
		fake.Expect("records.create").Status(429).Times(2),
		fake.Expect("records.create").Status(200).Body(`{"data": {"values": {"name": "Hopper, Grace"}}}`).Times(1))
	srv.Restore(before)
	srv.ExpectUnchanged(t, before)
}

func TestMyReceiverHearsOfRecords(t *testing.T) {
	srv := fake.New(t)
	acme, requests := srv.Workspace("acme"), 0
	var hook fake.Webhook
	hook = acme.WebhookTo(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // your receiver here
		body, _ := io.ReadAll(r.Body)
		if !fake.VerifySignature(r.Header.Get("Attio-Signature"), body, hook.Secret) {
			t.Errorf("the signature is not that of %s", body)
		}
		if requests++; requests == 1 {
			w.WriteHeader(503) // it is down, and Attio tries again minutes later
		}
	}), "record.created")

	body := strings.NewReader(`{"data": {"values": {"name": "Hopper, Grace"}}}`)
	req, _ := http.NewRequest("POST", srv.URL+"/v2/objects/people/records", body)
	req.Header.Set("Authorization", "Bearer "+srv.Token("acme"))
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()

	srv.Advance(time.Hour)
	if err := srv.AwaitDeliveries(t.Context(), 1); err != nil || requests != 2 {
		t.Errorf("it was told %d times: %v", requests, err)
	}
}

func TestMyIntegrationPromotesGrace(t *testing.T) {
	srv := fake.New(t, fake.WithoutSocket())
	grace := srv.Workspace("acme").Create("people", fake.Values{"job_title": "Captain"})

	// Your client here.
	body := strings.NewReader(`{"data": {"values": {"job_title": "Admiral"}}}`)
	req, _ := http.NewRequest("PATCH", srv.URL+"/v2/objects/people/records/"+grace.ID(), body)
	req.Header.Set("Authorization", "Bearer "+srv.Token("acme"))
	req.Header.Set("Content-Type", "application/json")
	if _, err := srv.Client().Do(req); err != nil {
		t.Fatal(err)
	}

	request := srv.Requests(fake.RequestFilter{Operation: "records.update"})[0]
	before, after := srv.Before(request), srv.At(request)
	was := before.Workspace("acme").Record("people", grace.ID()).Text("job_title")
	is := after.Workspace("acme").Record("people", grace.ID()).Text("job_title")
	if was != "Captain" || is != "Admiral" {
		t.Errorf("the job title was %s and is %s", was, is)
	}
	for _, workspace := range srv.Diff(before.Snapshot(), after.Snapshot()) {
		t.Log(workspace.Workspace, workspace.Changes) // acme [record people/… changed: job_title]
	}
	fork := before.Workspace("acme").Clone(t) // a workspace that goes on from there
	scenario, err := before.Export()          // a file from which another server does
	srv.Restore(before.Snapshot())            // back to it
	t.Log(fork.Slug(), len(scenario), err)
}

func TestMySyncSurvivesAttio(t *testing.T) {
	fake.Chaos(t, func(t *testing.T, srv *fake.Server) {
		client := srv.Client()
		client.Timeout = 10 * time.Second
		for try := 0; ; try++ { // your client here
			body := strings.NewReader(`{"data": {"values": {"name": "Navy", "domains": ["navy.example.com"]}}}`)
			req, _ := http.NewRequest("PUT", srv.URL+"/v2/objects/companies/records?matching_attribute=domains", body)
			req.Header.Set("Authorization", "Bearer "+srv.Token("acme"))
			req.Header.Set("Content-Type", "application/json")
			resp, err := client.Do(req)
			if err == nil {
				resp.Body.Close()
			}
			if err == nil && resp.StatusCode == 200 {
				return
			}
			if try == 3 {
				t.Fatal("the company was not written")
			}
			time.Sleep(time.Second << try)
		}
	}, fake.ChaosBubble(synctest.Test))
}

func TestMyIntegrationGetsWhatAttioAnswers(t *testing.T) {
	attio := fake.New(t, team(ownToken)).URL // plays the real one
	ownKey := ownToken
	syncPeople := func(url, key string) {
		req, _ := http.NewRequest("POST", url+"/v2/objects/people/records/query", strings.NewReader(`{}`))
		req.Header.Set("Authorization", "Bearer "+key)
		req.Header.Set("Content-Type", "application/json")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}

	srv := fake.New(t, fake.Shadow(attio)) // "https://api.attio.com"
	syncPeople(srv.URL, ownKey)            // your client here, with a key of your own

	if report := srv.ShadowReport(); report.Different > 0 {
		t.Errorf("Attio answers differently: %s", report)
	}
	if report := srv.ShadowReport(); report.Same != 1 {
		t.Errorf("got %s", report)
	}
}

func TestTheFakeAnswersAsRecorded(t *testing.T) {
	fake.Verify(t, "testdata/sync.har")
}
