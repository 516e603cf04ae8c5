package fake_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// Everything that net/http shows a client must be the same without a socket.
func TestTheTransportIsLikeASocket(t *testing.T) {
	t.Parallel()
	srv := fake.New(t)
	token := srv.Token("acme")
	type seen struct {
		Status, Body, Type, Encoding string
		Length                       int64
		Proto                        int
		Uncompressed                 bool
	}
	ask := func(t *testing.T, client *http.Client, method, path string, edit func(*http.Request)) seen {
		t.Helper()
		request, err := http.NewRequest(method, srv.URL+path, strings.NewReader(`{"data":{}}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+token)
		edit(request)
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return seen{response.Status, string(body), response.Header.Get("Content-Type"), response.Header.Get("Content-Encoding"),
			response.ContentLength, response.ProtoMajor, response.Uncompressed}
	}
	socket := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer socket.CloseIdleConnections()
	plain := func(*http.Request) {}
	for name, tc := range map[string]struct {
		method, path string
		edit         func(*http.Request)
	}{
		"a listing":           {"GET", "/v2/workspace_members", plain},
		"a query":             {"GET", "/v2/workspace_members?limit=1&x=%2F", plain},
		"HEAD":                {"HEAD", "/v2/workspace_members", plain},
		"OPTIONS":             {"OPTIONS", "/v2/workspace_members", plain},
		"a refusal":           {"POST", "/v2/notes", plain},
		"an escaped path":     {"GET", "/v2/objects/a%2Fb/records", plain},
		"a user in the URL":   {"GET", "/v2/self", func(r *http.Request) { r.Header.Del("Authorization"); r.SetBasicAuth(token, "") }},
		"gzip asked for":      {"GET", "/v2/workspace_members", func(r *http.Request) { r.Header.Set("Accept-Encoding", "gzip") }},
		"the control API":     {"GET", "/_fake/health", plain},
		"an unknown endpoint": {"PATCH", "/v2/self", plain},
	} {
		t.Run(name, func(t *testing.T) {
			want, got := ask(t, socket, tc.method, tc.path, tc.edit), ask(t, srv.Client(), tc.method, tc.path, tc.edit)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAUserInTheURLIsSentAsBasicAuth(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	response, err := srv.Client().Get("https://" + srv.Token("acme") + "@api.attio.com/v2/workspace_members")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		t.Errorf("got %s", response.Status)
	}
}

// slow is a body that comes when it is allowed to.
type slow struct{ come chan struct{} }

func (s slow) Read([]byte) (int, error) {
	<-s.come
	return 0, io.EOF
}

func TestACancelledRequestReturnsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := fake.New(t, fake.WithoutSocket())
		come := make(chan struct{})
		ctx, cancel := context.WithCancel(t.Context())
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, srv.URL+"/v2/notes", slow{come})
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan error)
		go func() {
			_, err := srv.Client().Do(request)
			done <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		close(come)
	})
}

func TestABodyThatBreaksOffIsRefused(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	request, err := http.NewRequest(http.MethodPost, srv.URL+"/v2/notes", io.MultiReader(strings.NewReader(`{"data`), broken{}))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+srv.Token("acme"))
	response, err := srv.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, _ := io.ReadAll(response.Body); response.StatusCode != http.StatusBadRequest && response.StatusCode != http.StatusNotImplemented {
		t.Errorf("got %s %s", response.Status, body)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
