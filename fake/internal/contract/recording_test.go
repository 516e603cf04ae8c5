package contract

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestNewRecording(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       Recording
	}{
		{"a__whole", `{"request":{"method":"POST","path":"/v2/a?limit=5","query":{"offset":"1"},"body":{"b":1}},
			"response":{"status":200,"headers":{"x-frame-options":"DENY"},"body":{"z":1,"a":2}}}`,
			Recording{Method: "POST", Path: "/v2/a", Query: url.Values{"limit": {"5"}, "offset": {"1"}}, Body: json.RawMessage(`{"b":1}`),
				Answer: Answer{Status: 200, Header: http.Header{"X-Frame-Options": {"DENY"}}, Body: []byte(`{"z":1,"a":2}`)}}},
		{"rbeene__cut", `{"request":{"endpoint":"GET /v2/objects/{object} (mixed)"},"response":{"status":200,"headers":null,"body":{}}}`,
			Recording{Method: "GET", Path: "/v2/objects/{object}", Answer: Answer{Status: 200, Body: []byte(`{}`)}, Shortened: true}},
		{"rbeene__api_response_errors_401", `{"request":{"endpoint":""},"response":{"status":401,"headers":null,"body":{}}}`,
			Recording{Answer: Answer{Status: 401, Body: []byte(`{}`)}}},
		{"a__no_body", `{"request":{"method":"GET","path":"/v2/a","query":null,"body":null},"response":{"status":200,"headers":{},"body":{}}}`,
			Recording{Method: "GET", Path: "/v2/a", Answer: Answer{Status: 200, Header: http.Header{}, Body: []byte(`{}`)}}},
		{"a__headers_alone", `{"request":{"method":"GET","path":"/v2/a"},"response":{"status":200,"headers":{"vary":"Origin"},"body":null}}`,
			Recording{Method: "GET", Path: "/v2/a", Answer: Answer{Status: 200, Header: http.Header{"Vary": {"Origin"}}}}},
		{"arcade__projected", `{"request":{"method":"GET","path":"/v2/a"},"response":{"status":200,"headers":null,"body_projection":["b"]}}`,
			Recording{Method: "GET", Path: "/v2/a", Answer: Answer{Status: 200}, Projection: json.RawMessage(`["b"]`), Sorted: true}},
		{"amp__delivery", `{"request":{"method":"POST","path":"(the webhook's target_url)","body":{"b":1}},"response":null}`,
			Recording{Method: "POST", Path: "(the webhook's target_url)", Body: json.RawMessage(`{"b":1}`), Shortened: true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := newRecordings(test.name, []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			test.want.Name = test.name
			if diff := cmp.Diff([]Recording{test.want}, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFileOfSeveralExchangesIsSeveralRecordings(t *testing.T) {
	t.Parallel()
	got, err := newRecordings("a__errors", []byte(`{"request":[{"method":"GET","path":"/v2/a"},{"method":"GET","path":"/v2/b"}],
		"response":[{"status":400,"message":"No."},{"status":404,"message":"Nothing."}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Recording{
		{Name: "a__errors", Method: "GET", Path: "/v2/a", Answer: Answer{Status: 400}, Projection: json.RawMessage(`"No."`)},
		{Name: "a__errors#1", Method: "GET", Path: "/v2/b", Answer: Answer{Status: 404}, Projection: json.RawMessage(`"Nothing."`)},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := newRecordings("a", []byte(`{"request":[{},{}],"response":[{}]}`)); err == nil {
		t.Error("two requests with one answer are read")
	}
}

func TestRecordingsAreAllRead(t *testing.T) {
	t.Parallel()
	all := Recordings(t)
	if len(all) < 160 {
		t.Errorf("only %d recordings", len(all))
	}
	for _, rec := range all {
		delivery := strings.HasPrefix(rec.Path, "(") && rec.Body != nil
		if !delivery && (rec.Answer.Status < 200 || !rec.HasBody() && rec.Projection == nil && rec.Answer.Header == nil) {
			t.Errorf("%s has no answer", rec.Name)
		}
		if found := FindRecording(t, rec.Name); !cmp.Equal(rec, found) {
			t.Errorf("%s is found as %s", rec.Name, found.Name)
		}
	}
}

func TestDoSendsTheRecordedRequest(t *testing.T) {
	t.Parallel()
	var got struct{ method, uri, token, contentType, body string }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got.method, got.uri, got.body = r.Method, r.RequestURI, string(body)
		got.token, got.contentType = r.Header.Get("Authorization"), r.Header.Get("Content-Type")
		w.Header().Set("X-Frame-Options", "DENY")
		w.WriteHeader(404)
		_, _ = io.WriteString(w, `{"a":1}`)
	}))
	t.Cleanup(server.Close)
	rec := Recording{Method: "PUT", Path: "/v2/lists/old-1/entries", Query: url.Values{"record": {"old-2"}}, Body: json.RawMessage(`{"id":"old-1"}`)}

	answer := Do(t, server.Client(), server.URL, "secret", rec, Replace("old-1", "new-1", "old-2", "new-2"))
	want := struct{ method, uri, token, contentType, body string }{
		"PUT", "/v2/lists/new-1/entries?record=new-2", "Bearer secret", "application/json", `{"id":"new-1"}`}
	if got != want {
		t.Errorf("want the request %+v, got %+v", want, got)
	}
	if answer.Status != 404 || answer.Header.Get("X-Frame-Options") != "DENY" || string(answer.Body) != `{"a":1}` {
		t.Errorf("answer %+v", answer)
	}
	if rec.Query.Get("record") != "old-2" || string(rec.Body) != `{"id":"old-1"}` {
		t.Errorf("the recording itself was changed: %+v", rec)
	}

	Do(t, server.Client(), server.URL+"/", "", Recording{Method: "POST", Path: "/v2/a"}, WithBody(`{}`))
	want = struct{ method, uri, token, contentType, body string }{"POST", "/v2/a", "", "application/json", `{}`}
	if got != want {
		t.Errorf("want the request %+v, got %+v", want, got)
	}
}

func TestDoRefusesARequestThatIsNotKnown(t *testing.T) {
	t.Parallel()
	for _, rec := range []Recording{
		{Name: "none"},
		{Name: "template", Method: "GET", Path: "/v2/objects/{object}"},
		{Name: "delivery", Method: "POST", Path: "(the webhook's target_url)"},
	} {
		w := witnessed(func(t TB) { Do(t, http.DefaultClient, "http://attio.test", "", rec) })
		if len(w.fatals) != 1 || !strings.Contains(w.fatals[0], "recording "+rec.Name) {
			t.Errorf("want one word that names the recording, got %+v", w.fatals)
		}
	}
}

func TestFindRecordingNamesWhatItDoesNotFind(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"nobody__nothing", "arcade__filter_errors#2"} {
		w := witnessed(func(t TB) { FindRecording(t, name) })
		if len(w.fatals) != 1 || !strings.Contains(w.fatals[0], name) {
			t.Errorf("got %+v", w.fatals)
		}
	}
}
