package testgen_test

import (
	"io"

	"github.com/fakeattio/fakeattio/fake"
)

// get returns the answer of a server.
func get(srv *fake.Server, path string) (status int, body string, err error) {
	response, err := srv.Client().Get(srv.URL + path)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return response.StatusCode, string(content), err
}
