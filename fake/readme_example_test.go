package fake_test

import (
	"encoding/json"
	"net/http"
	"testing"

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
