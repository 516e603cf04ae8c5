package recording_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/recording"
)

var ids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// The libraries themselves wrote the files in testdata, from the same requests to a fake: VCR 5.0, vcrpy 4.2, nock 13, Polly.JS 6,
// go-vcr 1.2 and 4.0. Only the host and the token were replaced.
func TestEveryLibraryHasRecordedTheSameExchanges(t *testing.T) {
	t.Parallel()
	want := []string{
		"GET /v2/self 200", "GET /v2/workspace_members 200",
		`POST /v2/objects/companies/records/query {"filter":{"tier":"Gold"}} 200`,
		`POST /v2/objects/companies/records {"data":{"values":{"name":"Harbour","domains":["harbour.example.com"],"tier":"Silver","founded":"2001-02-03"}}} 200`,
		"GET /v2/objects/companies/records/<id> 200",
		`PATCH /v2/objects/companies/records/<id> {"data":{"values":{"name":"Harbour ⚓ Ltd","reviewed":"2026-11-01T08:00:00Z"}}} 200`,
		"GET /v2/objects/companies/records/<id> 404",
		`POST /v2/objects/people/records {"data":{"values":{"email_addresses":["grace@navy.example.com"]}}} 400`,
		`POST /v2/lists/sales/entries {"data":{"parent_object":"companies","parent_record_id":"<id>","entry_values":{"stage":"Lead"}}} 200`,
		`PATCH /v2/lists/sales/entries/<id> {"data":{"entry_values":{"stage":"Won"}}} 200`,
		`POST /v2/notes {"data":{"parent_object":"companies","parent_record_id":"<id>","title":"Call","format":"plaintext","content":"They wait for us."}} 200`,
		`POST /v2/notes {"data":{"parent_object":"companies","parent_record_id":"<id>","title":7,"format":"plaintext","content":"x"}} 400`,
		"DELETE /v2/notes/<id> 200",
	}
	var model []recording.Exchange
	for name, format := range map[string]string{
		"ruby-vcr.yml": "a cassette of Ruby's VCR", "ruby-vcr.json": "a cassette of Ruby's VCR", "vcrpy.yaml": "a cassette of vcrpy", "vcrpy.json": "a cassette of vcrpy",
		"nock.json": "a fixture of nock", "polly.har": "HAR", "go-vcr-1.yaml": "a cassette of go-vcr", "go-vcr-4.yaml": "a cassette of go-vcr",
	} {
		content, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		file, err := recording.Read(name, content)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		var got []string
		for i, e := range file.Exchanges {
			line := fmt.Sprintf("%s %s %s %d", e.Method, e.URI(), e.Body, e.Answer.Status)
			got = append(got, ids.ReplaceAllString(strings.ReplaceAll(line, "  ", " "), "<id>"))
			if e.Host != "api.attio.com" || e.At.Year() != 2026 {
				t.Errorf("%s: host %q, time %s", e.Name, e.Host, e.At)
			}
			if model != nil {
				for _, d := range compare.Answers(model[i].Answer, e.Answer, compare.StrictNull()) {
					t.Errorf("%s: %s", e.Name, d)
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || file.Format != format {
			t.Errorf("%s was read as %s (-want +got):\n%s", name, file.Format, diff)
		}
		model = file.Exchanges
	}
}

// har wraps entries.
func har(entries ...string) string {
	return `{"log":{"version":"1.2","entries":[` + strings.Join(entries, ",") + `]}}`
}

func entry(at, method, address, request, status, content string) string {
	return fmt.Sprintf(`{"startedDateTime":%q,"request":{"method":%q,"url":%q,"headers":[{"name":":authority","value":"api.attio.com"},{"name":"accept","value":"*/*"}]%s},
		"response":{"status":%s,"headers":[{"name":"content-type","value":"application/json; charset=utf-8"},{"name":"content-encoding","value":"gzip"}],"content":%s}}`,
		at, method, address, request, status, content)
}

func TestAHARHasOtherTrafficToo(t *testing.T) {
	t.Parallel()
	const zipped = "H4sIAAAAAAACA6tWSkksSVSyqq6tBQDWBnvzCwAAAA=="
	content := har(
		entry("2026-11-20T09:00:05.5Z", "POST", "https://api.attio.com/v2/notes?a=1", `,"postData":{"mimeType":"application/json","text":"{\"data\":1}"}`, "200",
			`{"text":"`+base64.StdEncoding.EncodeToString([]byte(`{"data":[]}`))+`","encoding":"base64"}`),
		entry("2026-11-20T09:00:04Z", "OPTIONS", "https://api.attio.com/v2/notes", "", "204", `{"size":0}`),
		entry("2026-11-20T09:00:03Z", "GET", "https://fonts.example.com/a.woff", "", "200", `{"text":"x"}`),
		entry("2026-11-20T09:00:02Z", "GET", "https://API.attio.com/v2/self", "", "0", `{"size":0}`),
		entry("2026-11-20T09:00:01Z", "POST", "https://app.attio.com/oauth/token",
			`,"postData":{"params":[{"name":"grant_type","value":"authorization_code"},{"name":"code","value":"a b"}]}`, "200", `{"text":"{}"}`),
		entry("2026-11-20T09:00:00Z", "GET", "https://app.attio.com/fernhill/home", "", "200", `{"text":"<html>"}`),
		entry("2026-11-20T09:00:06Z", "GET", "http://localhost:8080/v2/objects", "", "200", `{"text":"`+zipped+`","encoding":"base64"}`),
		entry("2026-11-20T09:00:07Z", "GET", "https://api.attio.com/v2/lists", "", "200", `{"size":300}`),
	)
	file, err := recording.Read("app.har", []byte(content), "localhost")
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{"Content-Type": {"application/json; charset=utf-8"}}
	at := func(second, nanos int) time.Time { return time.Date(2026, 11, 20, 9, 0, second, nanos, time.UTC) }
	accept := http.Header{"Accept": {"*/*"}}
	want := recording.File{Name: "app.har", Format: "HAR", Elsewhere: 2, Unfinished: 1, Exchanges: []recording.Exchange{
		{Name: "app.har#1", Host: "app.attio.com", Method: "POST", Path: "/oauth/token", Query: map[string][]string{}, Header: accept, At: at(1, 0),
			Body: []byte("code=a+b&grant_type=authorization_code"), Answer: compare.Answer{Status: 200, Header: header, Body: []byte("{}")}},
		{Name: "app.har#5", Host: "api.attio.com", Method: "POST", Path: "/v2/notes", Query: map[string][]string{"a": {"1"}}, Header: accept, At: at(5, 5e8),
			Body: []byte(`{"data":1}`), Answer: compare.Answer{Status: 200, Header: header, Body: []byte(`{"data":[]}`)}},
		{Name: "app.har#6", Host: "localhost:8080", Method: "GET", Path: "/v2/objects", Query: map[string][]string{}, Header: accept, At: at(6, 0),
			Answer: compare.Answer{Status: 200, Header: header, Body: []byte(`{"data":{}}`)}},
		{Name: "app.har#7", Host: "api.attio.com", Method: "GET", Path: "/v2/lists", Query: map[string][]string{}, Header: accept, At: at(7, 0),
			Answer: compare.Answer{Status: 200, Header: header}},
	}}
	if diff := cmp.Diff(want, file); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCompressedAndBinaryBodiesAreRead(t *testing.T) {
	t.Parallel()
	const zipped = "H4sIAAAAAAACA6tWSkksSVSyqq6tBQDWBnvzCwAAAA=="
	for name, content := range map[string]string{
		"python.yaml": "interactions:\n- request: {body: null, headers: {}, method: GET, uri: 'https://api.attio.com/v2/self'}\n  response:\n    body:\n      string: !!binary |\n        " +
			zipped + "\n    headers: {}\n    status: {code: 200, message: OK}\nversion: 1\n",
		"ruby.yml": "---\nhttp_interactions:\n- request:\n    method: get\n    uri: https://api.attio.com/v2/self\n    body: {encoding: US-ASCII, string: ''}\n    headers: {}\n" +
			"  response:\n    status: {code: 200, message: OK}\n    headers: {}\n    body:\n      encoding: ASCII-8BIT\n      string: !binary |-\n        " + zipped + "\n",
		"base64.yml": "http_interactions:\n- request: {method: get, uri: 'https://api.attio.com/v2/self'}\n" +
			"  response: {status: {code: 200}, body: {encoding: UTF-8, base64_string: " + zipped + "}}\n",
		"nock.json": `[{"scope":"https://api.attio.com:443","method":"GET","path":"/v2/self","status":200,"response":["` + hexOf(t, zipped) + `"]}]`,
		"polly.har": har(entry("2026-11-20T09:00:00Z", "GET", "https://api.attio.com/v2/self", "", "200", `{"text":"[\"`+zipped+`\"]","encoding":"base64"}`)),
		"httpx.yaml": "interactions:\n- request: {body: '', headers: {}, method: GET, uri: 'https://api.attio.com/v2/self'}\n" +
			"  response: {content: '{\"data\":{}}', headers: {}, http_version: HTTP/1.1, status_code: 200}\nversion: 1\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, err := recording.Read(name, []byte(content))
			if err != nil {
				t.Fatal(err)
			}
			if got := string(file.Exchanges[0].Answer.Body); got != `{"data":{}}` || file.Exchanges[0].Answer.Status != 200 {
				t.Errorf("got %d %q", file.Exchanges[0].Answer.Status, got)
			}
		})
	}
}

func hexOf(t *testing.T, coded string) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(coded)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", raw)
}

func TestAFileThatIsNoRecordingIsRefused(t *testing.T) {
	t.Parallel()
	const looked = `Looked for
  HAR: log.entries, log.entries[].request.url, log.entries[].response.status
  a cassette of Ruby's VCR: http_interactions, http_interactions[].request.uri, http_interactions[].response.status.code
  a cassette of vcrpy: interactions, interactions[].request.uri, interactions[].response
  a cassette of go-vcr: interactions, interactions[].request.url, interactions[].response.code
  a fixture of nock: [].scope, [].path, [].status
  an exchange of fakeattio: request, response`
	for _, test := range []struct{ name, content, want string }{
		{"other.json", `{"a":1}`, "other.json is no recording of a known format. " + looked},
		{"empty.yaml", ``, "empty.yaml is empty"},
		{"list.json", `[]`, "list.json is no recording of a known format. " + looked},
		{"near.yaml", "interactions:\n- request: {uri: x}\n", "near.yaml is no recording of a known format. " + looked +
			"\nThe nearest is a cassette of vcrpy, but there is no interactions[].response."},
		{"broken.json", "{\n\"a\": 1,\n}", "broken.json is not valid JSON: something is wrong in line 3"},
		{"relative.har", har(entry("", "GET", "/v2/self", "", "200", "{}")), `relative.har, read as HAR: "/v2/self" is no absolute address`},
		{"damaged.har", har(entry("", "GET", "https://api.attio.com/v2/self", "", "200", `{"text":"H4sIAA==","encoding":"base64"}`)),
			"damaged.har, read as HAR: the answer to GET /v2/self: it is compressed, and damaged"},
		{"uncoded.har", har(entry("", "GET", "https://api.attio.com/v2/self", "", "200", `{"text":"?","encoding":"base64"}`)),
			"uncoded.har, read as HAR: a body that should be base64 is not"},
		{"uneven.json", `{"request":[{},{}],"response":[{}]}`, "uneven.json, read as an exchange of fakeattio: 2 requests have 1 answers"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := recording.Read(test.name, []byte(test.content))
			if err == nil || err.Error() != test.want {
				t.Errorf("want %q, got %v", test.want, err)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(har(entry("2026-11-20T09:00:00Z", "GET", "https://api.attio.com/v2/self", "", "200", `{"text":"[\"H4sI\"]"}`))))
	f.Add([]byte("interactions:\n- request: {uri: 'https://api.attio.com/'}\n  response: {body: !!binary aGk=, status: 1}\n"))
	f.Add([]byte(`[{"scope":"https://api.attio.com","path":"/","status":200,"rawHeaders":["a"]}]`))
	f.Add([]byte(`{"request":{"path":"?%"},"response":null}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := recording.Read("file", content)
		if err == nil && file.Format == "" {
			t.Error("it has no format")
		}
	})
}
