package control_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestAnExportIsInTheFormatThatIsAskedFor(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(twoWorkspaces))
	inYAML, inJSON := c.do("GET", "/_fake/export?format=yaml", ""), c.do("GET", "/_fake/export?format=json", "")
	if diff := cmp.Diff(c.do("GET", "/_fake/export", ""), inYAML); diff != "" {
		t.Errorf("without a format it is another file: %s", diff)
	}
	if !json.Valid([]byte(inJSON.Body)) {
		t.Errorf("this is not JSON: %s", inJSON.Body)
	}
	if diff := cmp.Diff(inYAML, newClient(t, fake.YAML(inJSON.Body)).do("GET", "/_fake/export", "")); diff != "" {
		t.Errorf("by way of JSON it is another file: %s", diff)
	}
	for query, want := range map[string]answer{
		"format=jsn":                   {400, `{"error":"unknown format \"jsn\"; did you mean \"json\"? Known: yaml, json"}`},
		"format=protobuf":              {400, `{"error":"unknown format \"protobuf\"; known: yaml, json"}`},
		"format=json&workspace=globxe": {404, `{"error":"unknown workspace \"globxe\"; did you mean \"globex\"? Known: acme, globex"}`},
	} {
		if diff := cmp.Diff(want, c.do("GET", "/_fake/export?"+query, "")); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
}

// The length is known before the first byte is sent, so a client notices when the rest is missing.
func TestAnExportSaysItsLength(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.YAML(twoWorkspaces))
	for query, contentType := range map[string]string{"": "application/yaml; charset=utf-8", "?format=json": "application/json; charset=utf-8"} {
		response, err := http.Get(srv.URL + "/_fake/export" + query)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		want := []string{contentType, strconv.Itoa(len(body))}
		if diff := cmp.Diff(want, []string{response.Header.Get("Content-Type"), response.Header.Get("Content-Length")}); diff != "" {
			t.Errorf("%q: %s", query, diff)
		}
	}
}
