package compare_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/contract"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

func TestMutationsOfARecordingAreFound(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		edit func(*compare.Answer)
		want []string
	}{
		{"another status", func(a *compare.Answer) { a.Status = 201 }, []string{`status: want 200, got 201`}},
		{"a header is missing", func(a *compare.Answer) { a.Header.Del("x-accurate-at") }, []string{`header x-accurate-at: want "2026-05-15T21:46:53.041662000Z", got none`}},
		{"a header with another value", func(a *compare.Answer) { a.Header.Set("content-type", "text/plain") },
			[]string{`header content-type: want "application/json; charset=utf-8", got "text/plain"`}},
		{"a header of another form", func(a *compare.Answer) { a.Header.Set("x-accurate-at", "2026-05-15T21:46:53Z") },
			[]string{`header x-accurate-at: want a timestamp 0000-00-00T00:00:00.000000000Z, got a string "2026-05-15T21:46:53Z"`}},
		{"a key is missing", replacing(`"object_id":"30ff61f7-6b37-414e-8d6f-fb42f963e996",`, ``), []string{`data.id.object_id: want a UUID, got nothing`}},
		{"a key is too much", replacing(`"full_name":`, `"initials":"T. U.","full_name":`), []string{`data.values.name[0].initials: want nothing, got a string "T. U."`}},
		{"keys are swapped", replacing(`"first_name":"Test",`, ``, `"full_name":`, `"first_name":"Test","full_name":`),
			[]string{`data.values.name[0]: want the keys in the order active_from, active_until, created_by_actor, first_name, last_name, full_name, attribute_type, ` +
				`got active_from, active_until, created_by_actor, last_name, first_name, full_name, attribute_type`}},
		{"another type", replacing(`"first_name":"Test"`, `"first_name":1`), []string{`data.values.name[0].first_name: want a string, got a number 1`}},
		{"no UUID", replacing(`"record_id":"d7393919-e128-45ad-9cd6-e970da078b2f"`, `"record_id":"grace"`), []string{`data.id.record_id: want a UUID, got a string "grace"`}},
		{"another layout of a timestamp", replacing(`"created_at":"2026-05-15T21:46:52.967000000Z"`, `"created_at":"2026-05-15T21:46:52.967Z"`),
			[]string{`data.created_at: want a timestamp 0000-00-00T00:00:00.000000000Z, got a string "2026-05-15T21:46:52.967Z"`}},
		{"an array is longer", replacing(`"company":[]`, `"company":[1]`), []string{`data.values.company: want 0 elements, got 1`}},
		{"no JSON", func(a *compare.Answer) { a.Body = []byte("OK") }, []string{`body: want JSON, got "OK" (invalid character 'O' looking for beginning of value)`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rec := contract.FindRecording(t, "nango__create_record")
			got := compare.Answer{Status: rec.Answer.Status, Header: rec.Answer.Header.Clone(), Body: rec.Answer.Body}
			test.edit(&got)
			if diff := cmp.Diff(test.want, sentences(compare.Answers(rec.Answer, got))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestBodiesAreCompared(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, want, got string
		options         []compare.Option
		differences     []string
	}{
		{"other content", `{"a":"x","n":1,"b":true}`, `{"a":"y","n":2.5,"b":false}`, nil, nil},
		{"other dates", `["2020-01-01"]`, `["2021-02-03"]`, nil, nil},
		{"a date for a timestamp", `["2020-01-01T00:00:00.000000000Z"]`, `["2020-01-01"]`, nil,
			[]string{`[0]: want a timestamp 0000-00-00T00:00:00.000000000Z, got a string "2020-01-01"`}},
		{"a text for an address", `["https://app.attio.com/a"]`, `["a"]`, nil, []string{`[0]: want a URL, got a string "a"`}},
		{"an id for a slug", `["people"]`, `["30ff61f7-6b37-414e-8d6f-fb42f963e996"]`, nil,
			[]string{`[0]: want a string, got a string "30ff61f7-6b37-414e-8d6f-fb42f963e996"`}},
		{"a value for null", `{"a":null}`, `{"a":{"b":1}}`, nil, nil},
		{"a value for a strict null", `{"a":null}`, `{"a":1}`, []compare.Option{compare.StrictNull()}, []string{`a: want null, got a number 1`}},
		{"null for a value", `{"a":[]}`, `{"a":null}`, nil, []string{`a: want an array, got null`}},
		{"an exact value", `{"a":{"b":"x"},"c":"x"}`, `{"a":{"b":"y"},"c":"y"}`, []compare.Option{compare.Exact("b")}, []string{`a.b: want a string "x", got a string "y"`}},
		{"an exact object", `{"a":{"b":1}}`, `{"a":{"b":2}}`, []compare.Option{compare.Exact("a")}, []string{`a: want an object with ["b"], got an object with ["b"]`}},
		{"an ignored value", `{"a":{"b":1}}`, `{"a":2}`, []compare.Option{compare.Ignore("a")}, nil},
		{"an ignored key that is missing", `{"a":1}`, `{}`, []compare.Option{compare.Ignore("a")}, []string{`a: want a number, got nothing`}},
		{"a list of other length", `[1,2]`, `[1]`, nil, []string{`body: want 2 elements, got 1`}},
		{"each like some", `[{"a":[]},{"a":[{"b":1}]}]`, `[{"a":[{"b":2}]},{"a":[{"b":2}]},{"a":[]}]`, []compare.Option{compare.EachLikeSome()}, nil},
		{"one like none", `[{"a":1,"b":1,"c":1},{"z":1}]`, `[{"z":2},{"a":2,"b":"2","c":2}]`, []compare.Option{compare.EachLikeSome()},
			[]string{`[1].b: want a number, got a string "2"`}},
		{"none like some", `[1]`, `[]`, []compare.Option{compare.EachLikeSome()}, []string{`body: want at least one element, got none`}},
		{"like none recorded", `[]`, `[1]`, []compare.Option{compare.EachLikeSome()}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			found := compare.Answers(compare.Answer{Body: []byte(test.want)}, compare.Answer{Body: []byte(test.got)}, test.options...)
			if diff := cmp.Diff(test.differences, sentences(found)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func sentences(found []compare.Difference) []string {
	var all []string
	for _, d := range found {
		all = append(all, d.String())
	}
	return all
}

func TestEachDifferenceHasItsSeverity(t *testing.T) {
	t.Parallel()
	const refused = `{"status_code":400,"type":"invalid_request_error","code":"value_not_found","message":"No 30ff61f7-6b37-414e-8d6f-fb42f963e996."}`
	for _, test := range []struct {
		name                  string
		wantStatus, gotStatus int
		wantBody, gotBody     string
		want                  []string
	}{
		{"an error with other ids", 404, 404, refused, strings.Replace(refused, "30ff", "31ff", 1), nil},
		{"another code", 400, 400, refused, strings.Replace(refused, "value_not_found", "not_found", 1),
			[]string{`breaking code code: want a string "value_not_found", got a string "not_found"`}},
		{"another type of error", 400, 400, refused, strings.Replace(refused, "invalid_request_error", "auth_error", 1),
			[]string{`breaking code type: want a string "invalid_request_error", got a string "auth_error"`}},
		{"another sentence", 400, 400, `{"message":"No."}`, `{"message":"None."}`, []string{`notable message message: want a string "No.", got a string "None."`}},
		{"another place of an issue", 400, 400, `{"validation_errors":[{"path":["a",0]}]}`, `{"validation_errors":[{"path":["a",1]}]}`,
			[]string{`breaking code validation_errors[0].path: want an array of 2, got an array of 2`}},
		{"an error instead of an answer", 200, 400, `{"data":[]}`, refused,
			[]string{`breaking status status: want 200, got 400 "No 30ff61f7-6b37-414e-8d6f-fb42f963e996."`}},
		{"an answer instead of an error", 409, 200, `{"message":"Twice."}`, `{"data":[]}`, []string{`breaking status status: want 409 "Twice.", got 200`}},
		{"texts of an answer", 200, 200, `{"type":"a","message":"b"}`, `{"type":"c","message":"d"}`, nil},
		{"a missing key", 200, 200, `{"a":1,"b":1}`, `{"a":1}`, []string{`breaking missing-key b: want a number, got nothing`}},
		{"an extra key", 200, 200, `{"a":1}`, `{"a":1,"b":2}`, []string{`notable extra-key b: want nothing, got a number 2`}},
		{"another type", 200, 200, `{"a":1}`, `{"a":"1"}`, []string{`breaking type a: want a number, got a string "1"`}},
		{"another form", 200, 200, `{"a":"2020-01-01"}`, `{"a":"1"}`, []string{`notable form a: want a date, got a string "1"`}},
		{"another order", 200, 200, `{"a":1,"b":1}`, `{"b":1,"a":1}`, []string{`notable order body: want the keys in the order a, b, got b, a`}},
		{"more elements", 200, 200, `[1]`, `[1,2]`, []string{`notable length body: want 1 elements, got 2`}},
		{"no body", 204, 204, ``, `{}`, []string{`breaking body body: want "", got "{}"`}},
		{"a page instead of JSON", 200, 200, `{}`, `<p>`, []string{`breaking body body: want JSON, got "<p>" (invalid character '<' looking for beginning of value)`}},
		{"two pages", 200, 200, `<p>a`, `<p>b`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, d := range compare.Answers(compare.Answer{Status: test.wantStatus, Body: []byte(test.wantBody)}, compare.Answer{Status: test.gotStatus, Body: []byte(test.gotBody)}) {
				got = append(got, fmt.Sprintf("%s %s %s", d.Severity, d.Kind, d))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeadersHaveTheirOwnSeverities(t *testing.T) {
	t.Parallel()
	headers := func(pairs ...string) compare.Answer {
		a := compare.Answer{Status: 429, Header: http.Header{}}
		for i := 0; i < len(pairs); i += 2 {
			a.Header.Set(pairs[i], pairs[i+1])
		}
		return a
	}
	for _, test := range []struct {
		name      string
		want, got compare.Answer
		severity  compare.Severity
		found     []string
	}{
		{"another time", headers("Retry-After", "Sun, 29 Nov 2026 12:00:00 GMT"), headers("Retry-After", "Mon, 30 Nov 2026 12:00:00 GMT"), compare.Harmless, nil},
		{"seconds for a time", headers("Retry-After", "Sun, 29 Nov 2026 12:00:00 GMT"), headers("Retry-After", "1"), compare.Breaking,
			[]string{`header retry-after: want a time of HTTP, got a string "1"`}},
		{"no execution id", headers("X-Attio-Execution-Id", "30ff61f7-6b37-414e-8d6f-fb42f963e996"), headers(), compare.Notable,
			[]string{`header x-attio-execution-id: want "30ff61f7-6b37-414e-8d6f-fb42f963e996", got none`}},
		{"no frame options", headers("X-Frame-Options", "DENY"), headers(), compare.Harmless, []string{`header x-frame-options: want "DENY", got none`}},
		{"a proxy's header", headers("Cf-Ray", "1"), headers(), compare.Harmless, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			found := compare.Answers(test.want, test.got)
			if diff := cmp.Diff(test.found, sentences(found)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got := compare.Worst(found); got != test.severity {
				t.Errorf("want %s, got %s", test.severity, got)
			}
		})
	}
}

func TestValuesAreComparedUnlessTheyAreTheSame(t *testing.T) {
	t.Parallel()
	want := compare.Answer{Status: 200, Body: []byte(`{"data":[{"id":"a1","name":"Grace","n":1}]}`)}
	got := compare.Answer{Status: 200, Body: []byte(`{"data":[{"id":"b1","name":"Ada","n":2}]}`)}
	found := compare.Answers(want, got, compare.Values(func(path, want, got string) bool { return path == "data[0].id" && want == "a1" && got == "b1" }))
	if diff := cmp.Diff([]string{`data[0].name: want a string "Grace", got a string "Ada"`, `data[0].n: want a number 1, got a number 2`}, sentences(found)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if field := found[0].Field(); field != "data[].name" {
		t.Errorf("the field is %q", field)
	}
}

func TestASeverityIsReadByItsName(t *testing.T) {
	t.Parallel()
	for _, want := range []compare.Severity{compare.Harmless, compare.Notable, compare.Breaking} {
		var got compare.Severity
		if err := got.UnmarshalText([]byte(want.String())); err != nil || got != want {
			t.Errorf("want %s, got %s, %v", want, got, err)
		}
	}
	err := new(compare.Severity).UnmarshalText([]byte("noteable"))
	if err == nil || err.Error() != `unknown severity "noteable"; did you mean "notable"? Known: harmless, notable, breaking` {
		t.Errorf("got %v", err)
	}
}

// replacing edits the body of an answer: old1, new1, old2, new2, each the first time it occurs.
func replacing(oldnew ...string) func(*compare.Answer) {
	return func(a *compare.Answer) {
		for i := 0; i < len(oldnew); i += 2 {
			a.Body = []byte(strings.Replace(string(a.Body), oldnew[i], oldnew[i+1], 1))
		}
	}
}
