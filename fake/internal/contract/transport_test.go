package contract

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// answering returns a transport that always gives the same answer.
func answering(status int, header http.Header, body io.Reader) http.RoundTripper {
	return roundTripper(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(body)}, nil
	})
}

func zipped(t *testing.T, body string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, body)
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTransport(t *testing.T) {
	t.Parallel()
	const good, bad = `{"data":[]}`, `{"data":[{}]}`
	gzipped := wholeHeader()
	gzipped.Set("content-encoding", "gzip")
	odd := wholeHeader()
	odd.Set("content-encoding", "br")
	for _, test := range []struct {
		name, method, path string
		header             http.Header
		body, want         string // want is a part of the error, "" for none
	}{
		{"a good answer passes", "GET", "/v2/objects", wholeHeader(), good, ""},
		{"a bad answer is reported", "GET", "/v2/objects", wholeHeader(), bad, `body at "/data/0/id": property "id" is missing`},
		{"a compressed good answer passes", "GET", "/v2/objects", gzipped, zipped(t, good), ""},
		{"a compressed bad answer is reported", "GET", "/v2/objects", gzipped, zipped(t, bad), `body: {"data":[{}]}`},
		{"a badly compressed answer is reported", "GET", "/v2/objects", gzipped, good, "uncompress the body"},
		{"an empty compressed answer is reported", "GET", "/v2/objects", gzipped, "", "the body is empty"},
		{"an unknown compression is reported", "GET", "/v2/objects", odd, good, `unknown content-encoding "br"`},
		{"what is not Attio's is not looked at", "GET", "/_fake/journal", http.Header{}, "anything", ""},
		{"a preflight is not looked at", "OPTIONS", "/v2/objects", http.Header{}, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := &witness{}
			client := &http.Client{Transport: Transport(w, answering(200, maps.Clone(test.header), strings.NewReader(test.body)))}
			req, err := http.NewRequest(test.method, "http://attio.test"+test.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			if err := errors.Join(err, resp.Body.Close()); err != nil {
				t.Fatal(err)
			}
			if string(body) != test.body {
				t.Errorf("the client gets %q, not what was sent, %q", body, test.body)
			}
			if test.want == "" && len(w.errors) > 0 || test.want != "" && (len(w.errors) != 1 || !strings.Contains(w.errors[0], test.want)) {
				t.Errorf("want the error %q, got %q", test.want, w.errors)
			}
		})
	}
}

func TestTransportHandsOnFailures(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, test := range []struct {
		name string
		next http.RoundTripper
	}{
		{"of the transport", roundTripper(func(*http.Request) (*http.Response, error) { return nil, broken })},
		{"in the middle of a body", answering(200, http.Header{}, io.MultiReader(strings.NewReader(`{"da`), failingReader{broken}))},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := &witness{}
			client := &http.Client{Transport: Transport(w, test.next)}
			resp, err := client.Get("http://attio.test/v2/objects")
			if err == nil {
				var body []byte
				body, err = io.ReadAll(resp.Body)
				if string(body) != `{"da` {
					t.Errorf("the client gets %q", body)
				}
				resp.Body.Close()
			}
			if !errors.Is(err, broken) || len(w.errors) > 0 {
				t.Errorf("want the transport's own error and no other, got %v and %q", err, w.errors)
			}
		})
	}
}

func TestWithoutTheDocumentTheRestIsChecked(t *testing.T) { // changes the folder: not parallel
	alone := t.TempDir()
	if err := os.WriteFile(filepath.Join(alone, "go.mod"), []byte("module alone\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(alone)
	if _, err := openDocument(nil); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("want an error that says what is missing, got %v", err)
	}
	header := wholeHeader()
	header.Del("vary")
	problems, err := checker{}.problems("GET", "/v2/objects", Answer{Status: 200, Header: header, Body: []byte(`[]`)})
	if err != nil || len(problems) != 2 {
		t.Errorf("want the header and the body reported, got %q, %v", problems, err)
	}
	problems, err = checker{}.problems("GET", "/v2/objects", Answer{Status: 200, Header: wholeHeader(), Body: []byte(`{"data":1}`)})
	if err != nil || len(problems) != 0 {
		t.Errorf("want nothing reported, got %q, %v", problems, err)
	}
}
