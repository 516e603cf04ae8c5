package fake_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// getText returns the status and the body of an answer.
func getText(t *testing.T, client *http.Client, url, token string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := client.Do(request)
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

// other is a server that is not Attio.
func other(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "other") }))
	t.Cleanup(server.Close)
	return server.URL
}

func TestARerouteLeadsAttioToTheServerAndOthersOn(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	for _, rt := range []http.RoundTripper{nil, new(http.Transport)} {
		client := &http.Client{Transport: srv.Reroute(rt)}
		for _, host := range []string{"api.attio.com", "API.attio.com:443", "app.attio.com"} {
			if status, body := getText(t, client, "https://"+host+"/v2/self", srv.Token("acme")); status != 200 || !strings.Contains(body, `"workspace_slug":"acme"`) {
				t.Errorf("%s answered %d %s", host, status, body)
			}
		}
		if _, body := getText(t, client, other(t), ""); body != "other" {
			t.Errorf("the other server answered %q", body)
		}
		client.CloseIdleConnections()
	}
}

// It changes what the whole process has, so it runs alone.
func TestTheDefaultTransportIsReplacedUntilTheTestEnds(t *testing.T) {
	before := http.DefaultTransport
	srv := fake.New(t, fake.WithoutSocket())
	t.Run("replaced", func(t *testing.T) {
		srv.ReplaceDefaultTransport(t)
		if status, _ := getText(t, http.DefaultClient, "https://api.attio.com/v2/self", srv.Token("acme")); status != 200 {
			t.Errorf("http.DefaultClient got %d", status)
		}
		if _, body := getText(t, http.DefaultClient, other(t), ""); body != "other" {
			t.Errorf("the other server answered %q", body)
		}
		second := &failing{TB: t}
		srv.ReplaceDefaultTransport(second)
		if !strings.Contains(second.message, "cannot run in parallel") {
			t.Errorf("a second test was told %q", second.message)
		}
	})
	if http.DefaultTransport != before {
		t.Error("http.DefaultTransport is not what it was before")
	}
}

// failing is a test that notes how it failed.
type failing struct {
	fake.TB
	message string
}

func (f *failing) Fatalf(format string, args ...any) { f.message = fmt.Sprintf(format, args...) }
