package exercise_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
)

// client sends the requests of this package to a server.
type client struct {
	server *fake.Server
	http   *http.Client
}

// newClient starts a server with the scenario. Every answer is checked against Attio's OpenAPI document.
func newClient(t testing.TB, options ...fake.Option) client {
	t.Helper()
	server := fake.New(t, append(options, fake.YAML(exercise.Scenario()), fake.WithoutSocket())...)
	return client{server, &http.Client{
		Transport:     contract.Transport(t, server.Transport()),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// send sends a request and returns the status and body of the answer.
func (c client) send(t testing.TB, r exercise.Request, token string) (int, string) {
	t.Helper()
	request, err := r.HTTP(c.server.URL, token)
	if err != nil {
		t.Fatal(err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestEveryOperationHasARequestThatSucceeds(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	fresh, token := c.server.Snapshot(), c.server.Token("here")
	for _, op := range attio.AuthorizedOperations() {
		requests := exercise.Of(op)
		if len(requests) == 0 {
			t.Errorf("%s has no request in package exercise", op.Name)
		}
		for _, r := range requests {
			c.server.Restore(fresh)
			status, body := c.send(t, r.In("here"), token)
			if api.Built(op) && status >= 400 || !api.Built(op) && status != http.StatusNotImplemented {
				t.Errorf("%s %s: %d %s", r.Method, r.Path, status, body)
			}
			if asked := c.server.Requests(); asked[len(asked)-1].Operation != op.Name {
				t.Errorf("%s %s is %s and not %s", r.Method, r.Path, asked[len(asked)-1].Operation, op.Name)
			}
		}
	}
}

func TestAPositionNamesWhatIsInTheWorkspace(t *testing.T) {
	t.Parallel()
	r := exercise.Request{Path: "/v2/objects/<objects/ships_~W>/a/North%20~W", Body: `{"x":"<members/ada_~W>","y":"ada@~W.example.com","z":[{"Gold ~W":1}]}`}
	if diff := cmp.Diff([]string{"<objects/ships_~W>", "North%20~W", "<members/ada_~W>", "ada@~W.example.com", "Gold ~W"}, r.Positions()); diff != "" {
		t.Error(diff)
	}
	want := exercise.Request{
		Path: "/v2/objects/" + fake.ID("there/objects/ships_there") + "/a/North%20here",
		Body: `{"x":"` + fake.ID("here/members/ada_here") + `","y":"ada@here.example.com","z":[{"Gold here":1}]}`,
	}
	got := r.With(func(i int, _ string) string {
		if i == 0 {
			return "there"
		}
		return "here"
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
