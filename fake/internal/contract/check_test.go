package contract

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wholeHeader returns the headers of the answer to a read.
func wholeHeader() http.Header {
	h := http.Header{}
	for name, value := range map[string]string{
		"content-type":                  "application/json; charset=utf-8",
		"access-control-allow-origin":   "*",
		"access-control-expose-headers": "x-attio-client,x-attio-execution-id,x-attio-platform,x-attio-platform-version,x-attio-record-query-score,x-attio-app-installation-bundle-id,WWW-Authenticate",
		"vary":                          "Origin",
		"x-frame-options":               "DENY",
		"x-attio-execution-id":          "95269b9f-45d1-41a3-a460-8ec87eb5d7b6",
		"x-accurate-at":                 "2026-05-16T01:34:03.428863000Z",
	} {
		h.Set(name, value)
	}
	return h
}

func TestRecordedAnswersWithAllTheirHeadersPass(t *testing.T) {
	t.Parallel()
	checked := 0
	for _, rec := range Recordings(t) {
		if rec.Answer.Header.Get("x-frame-options") == "" || !strings.HasSuffix(rec.Answer.Header.Get("access-control-expose-headers"), "WWW-Authenticate") {
			continue // some headers were not recorded, or Attio has added some since
		}
		if !rec.HasBody() {
			continue
		}
		checked++
		Check(t, httptest.NewRequest(rec.Method, rec.Path, nil), rec.Answer)
	}
	if checked < 40 {
		t.Errorf("only %d recordings have all headers", checked)
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	const attribute = "kyle__attributes_get_people_name_0"
	for _, test := range []struct {
		name, recording string
		edit            func(*Answer)
		want            string
	}{
		{"a key is missing", attribute, replaceIn(`"title":"Name",`, ``), `body at "/data/title": property "title" is missing`},
		{"a key is too much", attribute, replaceIn(`"title":"Name",`, `"title":"Name","slug":"name",`), `body at "/data": property "slug" is unsupported`},
		{"a value has another type", attribute, replaceIn(`"is_unique":false`, `"is_unique":"false"`), `body at "/data/is_unique": value must be a boolean`},
		{"an id is no UUID", attribute, replaceIn(`"attribute_id":"`, `"attribute_id":"x`), `body at "/data/id/attribute_id": string doesn't match the format "uuid"`},
		{"a value that may not be null", attribute, replaceIn(`"title":"Name"`, `"title":null`), `body at "/data/title": Value is not nullable`},
		{"a value of an enum", attribute, replaceIn(`"type":"personal-name"`, `"type":"name"`), `body at "/data/type": value is not one of the allowed values`},
		{"a value of an attribute", "nango__create_record", replaceIn(`"first_name":`, `"given_name":`), `body at "/data/values/name/0/first_name": property "first_name" is missing`},
		{"a key stands twice", attribute, replaceIn(`"title":"Name",`, `"title":"Name","title":"Name",`), `body at "": not JSON: key "title" stands twice in an object`},
		{"no JSON", attribute, func(a *Answer) { a.Body = []byte("OK") }, `body at "": not JSON: `},
		{"no object", attribute, func(a *Answer) { a.Body = []byte("[]") }, `body at "": a success is an object, not an array`},
		{"a delete says something", "kyle__comments_create_get_delete_5", func(a *Answer) { a.Body = []byte(`{"deleted":true}`) }, `body at "": property "deleted" is unsupported`},
		{"created instead of OK", "kyle__comments_create_get_delete_3", func(a *Answer) { a.Status = 201 }, `body at "": comments.create answers one of 200, 400`},
		{"a success of no operation", "kyle__people_list_0", func(a *Answer) { a.Status = 200 }, `body at "": Attio has no such operation and answers 404`},
		{"an error with another status", "kyle__people_list_0", func(a *Answer) { a.Status = 400 }, `body at "/status_code": want the number 400, got a number 404`},
		{"an error with another order", "kyle__people_list_0", func(a *Answer) {
			a.Body = []byte(`{"type":"invalid_request_error","status_code":404,"code":"not_found","message":"No."}`)
		}, `body at "": an error has the keys`},
		{"a listed error of another type", "kyle__records_global_search_0", replaceIn(`"invalid_request_error"`, `"auth_error"`), `body at "/type": value is not one of the allowed values`},
		{"a header is missing", attribute, func(a *Answer) { a.Header.Del("x-frame-options") }, `header x-frame-options: want "DENY", got ""`},
		{"an error has x-accurate-at", "kyle__people_list_0", func(a *Answer) { a.Header.Set("x-accurate-at", "2026-05-16T01:34:03.428863000Z") }, `header x-accurate-at: no error has it`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rec := FindRecording(t, test.recording)
			for _, constant := range constantHeaders { // recordings lack some
				rec.Answer.Header.Set(constant.name, constant.value)
			}
			rec.Answer.Header.Set("vary", "Origin")
			req := httptest.NewRequest(rec.Method, rec.Path, nil)
			Check(t, req, rec.Answer)

			before := Answer{Status: rec.Answer.Status, Header: rec.Answer.Header.Clone(), Body: rec.Answer.Body}
			test.edit(&rec.Answer)
			if cmp.Equal(before, rec.Answer) {
				t.Fatal("the edit changed nothing")
			}
			w := witnessed(func(t TB) { Check(t, req, rec.Answer) })
			if len(w.errors) != 1 || !strings.Contains(w.errors[0], "\n  "+test.want) || !strings.HasPrefix(w.errors[0], req.Method+" "+req.URL.Path+" answered ") {
				t.Errorf("want one error with %q, got %q", test.want, w.errors)
			}
		})
	}
}

// replaceIn edits the body of an answer: old1, new1, old2, new2, each the first time it occurs.
func replaceIn(oldnew ...string) func(*Answer) {
	return func(a *Answer) {
		for i := 0; i < len(oldnew); i += 2 {
			a.Body = []byte(strings.Replace(string(a.Body), oldnew[i], oldnew[i+1], 1))
		}
	}
}

func TestCheckTakesWhatTheDocumentDoesNotList(t *testing.T) {
	t.Parallel()
	failed := wholeHeader()
	failed.Del("x-accurate-at")
	for _, test := range []struct {
		name, method, path string
		answer             Answer
	}{
		{"an error of another status", "GET", "/v2/objects", Answer{Status: 401, Header: failed, Body: []byte(
			`{"status_code":401,"type":"auth_error","code":"unauthorized","message":"No."}`)}},
		{"too many requests", "GET", "/v2/objects/people", Answer{Status: 429, Header: failed, Body: []byte(
			`{"status_code":429,"type":"rate_limit_error","code":"rate_limit_exceeded","message":"Rate limit exceeded, please try again later"}`)}},
		{"an operation that is not built", "GET", "/v2/emails", Answer{Status: 501, Header: failed, Body: []byte(
			`{"status_code":501,"type":"invalid_request_error","code":"not_implemented","message":"Not yet."}`)}},
		{"an error of a filter", "POST", "/v2/objects/people/records/query", Answer{Status: 400, Header: failed, Body: []byte(
			`{"status_code":400,"type":"invalid_request_error","code":"unknown_filter_attribute_slug","message":"Unknown attribute slug: email.","path":["$or","1","email"]}`)}},
		{"an operation on views", "POST", "/v2/objects/people/views", Answer{Status: 200, Header: wholeHeader(), Body: []byte(`{"data":{"anything":1}}`)}},
		{"no content", "DELETE", "/v2/meetings/1/call_recordings/2", Answer{Status: 204, Header: failed}},
		{"a redirect", "GET", "/v2/files/1/download", Answer{Status: 302, Header: failed, Body: []byte("Found.")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			Check(t, httptest.NewRequest(test.method, test.path, nil), test.answer)
		})
	}
}

func TestADocumentThatCannotBeReadFailsTheTest(t *testing.T) {
	t.Parallel()
	w := witnessed(func(t TB) { newChecker(t, func() (*document, error) { return nil, errors.New("no JSON") }) })
	if diff := cmp.Diff([]string{"no JSON"}, w.fatals); diff != "" {
		t.Error(diff)
	}
}

func TestNoContentHasNoBody(t *testing.T) {
	t.Parallel()
	got, err := checker{}.bodyViolations(nil, http.StatusNoContent, []byte("{}"))
	want := []violation{{"", "an answer without content has a body"}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(violation{})); diff != "" || err != nil {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}
