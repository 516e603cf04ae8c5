package chaos_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// client is what the integrations of the corpus talk to Attio with.
type client struct {
	http  *http.Client
	url   string
	token string
	// again reports whether a request is sent again after an error; nil for never.
	again func(error) bool
}

func newClient(srv *fake.Server) client {
	return client{http: &http.Client{Transport: srv.Transport(), Timeout: 30 * time.Second}, url: srv.URL, token: srv.Token("acme")}
}

// patient sends a request again after what passes.
func patient(srv *fake.Server) client {
	c := newClient(srv)
	c.again = passing
	return c
}

// passing reports whether an error may be gone when the request is sent again.
func passing(err error) bool {
	status, answered := err.(statusError)
	return !answered || status == 409 || status == 429 || status >= 500
}

// statusError is an answer that is no success.
type statusError int

func (e statusError) Error() string { return fmt.Sprintf("status %d", int(e)) }

// do sends a request, up to four times, and decodes the answer.
func (c client) do(method, path string, body, into any) error {
	err := c.once(method, path, body, into)
	for try := 0; err != nil && c.again != nil && c.again(err) && try < 3; try++ {
		time.Sleep(time.Second << try)
		err = c.once(method, path, body, into)
	}
	return err
}

func (c client) once(method, path string, body, into any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	response, err := c.http.Do(c.request(method, path, string(encoded)))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return statusError(response.StatusCode)
	}
	if into == nil {
		into = new(any)
	}
	return json.NewDecoder(response.Body).Decode(into)
}

func (c client) request(method, path, body string) *http.Request {
	request, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	if err != nil {
		panic(err) // of constants only
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Content-Type", "application/json")
	return request
}

type object map[string]any

// values is the body of a write.
func values(v object) object { return object{"data": object{"values": v}} }

// page is the answer to a query.
type page struct {
	Data []struct {
		ID struct {
			RecordID string `json:"record_id"`
		}
	}
}

func (p page) ids() []string {
	var ids []string
	for _, record := range p.Data {
		ids = append(ids, record.ID.RecordID)
	}
	return ids
}

// people asks for a page of two people.
func (c client) people(offset int) ([]string, error) {
	var answer page
	err := c.do("POST", "/v2/objects/people/records/query", object{"limit": 2, "offset": offset}, &answer)
	return answer.ids(), err
}

// promote writes a job title.
func (c client) promote(id string) error {
	return c.do("PATCH", "/v2/objects/people/records/"+id, values(object{"job_title": "Admiral"}), nil)
}
