package testgen_test

import (
	"io"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

type answer struct {
	status int
	body   string
}

func httpGet(t testing.TB, srv *fake.Server, path string) answer {
	t.Helper()
	response, err := srv.Client().Get(srv.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, string(body)}
}
