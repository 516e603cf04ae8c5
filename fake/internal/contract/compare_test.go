package contract

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestARecordingIsLikeItself(t *testing.T) {
	t.Parallel()
	for _, rec := range Recordings(t) {
		for name, options := range map[string][]Option{
			"plain":     nil,
			"strict":    {StrictNull(), Exact("id", "data", "code", "message")},
			"like some": {EachLikeSome()},
		} {
			if found := Compare(rec, rec.Answer, options...); len(found) > 0 {
				t.Errorf("%s, %s: %v", rec.Name, name, found)
			}
		}
	}
}

func TestOfARecordingWithSortedKeysTheOrderIsNotCompared(t *testing.T) {
	t.Parallel()
	rec := Recording{Sorted: true, Answer: Answer{Status: 200, Body: []byte(`{"data":[{"a":1,"id":{"x":"1","y":[{"b":1,"c":2}]}}]}`)}}
	same := Answer{Status: 200, Body: []byte(`{"data":[{"id":{"y":[{"c":2,"b":1}],"x":"1"},"a":3}]}`)}
	if found := Compare(rec, same, Exact("id")); len(found) > 0 {
		t.Errorf("%v", found)
	}
	other := Answer{Status: 200, Body: []byte(`{"data":[{"id":{"y":[{"c":1,"b":1}],"x":"1"},"a":3}]}`)}
	if found := Compare(rec, other, Exact("id")); len(found) != 1 || found[0].Path != "data[0].id" {
		t.Errorf("want a difference at data[0].id, got %v", found)
	}
}

func TestOfARecordingWithoutABodyStatusAndHeadersAreCompared(t *testing.T) {
	t.Parallel()
	rec := Recording{Answer: Answer{Status: 200, Header: http.Header{"X-Frame-Options": {"DENY"}}}}
	if found := Compare(rec, Answer{200, http.Header{"X-Frame-Options": {"DENY"}}, []byte(`{}`)}); len(found) > 0 {
		t.Errorf("%v", found)
	}
	if found := Compare(rec, Answer{201, http.Header{}, nil}); len(found) != 2 {
		t.Errorf("want two differences, got %v", found)
	}
}

func TestCompareFindsMutationsOfARecording(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		edit func(*Answer)
		want []string
	}{
		{"another status", func(a *Answer) { a.Status = 201 }, []string{`status: want 200, got 201`}},
		{"a header is missing", func(a *Answer) { a.Header.Del("x-accurate-at") }, []string{`header x-accurate-at: want "2026-05-15T21:46:53.041662000Z", got none`}},
		{"a header with another value", func(a *Answer) { a.Header.Set("content-type", "text/plain") },
			[]string{`header content-type: want "application/json; charset=utf-8", got "text/plain"`}},
		{"a header of another form", func(a *Answer) { a.Header.Set("x-accurate-at", "2026-05-15T21:46:53Z") },
			[]string{`header x-accurate-at: want a timestamp 0000-00-00T00:00:00.000000000Z, got a string "2026-05-15T21:46:53Z"`}},
		{"a key is missing", replaceIn(`"object_id": "30ff61f7-6b37-414e-8d6f-fb42f963e996",`, ``), []string{`data.id.object_id: want a UUID, got nothing`}},
		{"a key is too much", replaceIn(`"full_name":`, `"initials": "T. U.", "full_name":`), []string{`data.values.name[0].initials: want nothing, got a string "T. U."`}},
		{"keys are swapped", replaceIn(`"first_name": "Test",`, ``, `"full_name":`, `"first_name": "Test", "full_name":`),
			[]string{`data.values.name[0]: want the keys in the order active_from, active_until, created_by_actor, first_name, last_name, full_name, attribute_type, ` +
				`got active_from, active_until, created_by_actor, last_name, first_name, full_name, attribute_type`}},
		{"another type", replaceIn(`"first_name": "Test"`, `"first_name": 1`), []string{`data.values.name[0].first_name: want a string, got a number 1`}},
		{"no UUID", replaceIn(`"record_id": "d7393919-e128-45ad-9cd6-e970da078b2f"`, `"record_id": "grace"`), []string{`data.id.record_id: want a UUID, got a string "grace"`}},
		{"another layout of a timestamp", replaceIn(`"created_at": "2026-05-15T21:46:52.967000000Z"`, `"created_at": "2026-05-15T21:46:52.967Z"`),
			[]string{`data.created_at: want a timestamp 0000-00-00T00:00:00.000000000Z, got a string "2026-05-15T21:46:52.967Z"`}},
		{"an array is longer", replaceIn(`"company": []`, `"company": [1]`), []string{`data.values.company: want 0 elements, got 1`}},
		{"no JSON", func(a *Answer) { a.Body = []byte("OK") }, []string{`body: want JSON, got "OK" (invalid character 'O' looking for beginning of value)`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rec := FindRecording(t, "nango__create_record")
			got := Answer{rec.Answer.Status, rec.Answer.Header.Clone(), rec.Answer.Body}
			test.edit(&got)
			if diff := cmp.Diff(test.want, sentences(Compare(rec, got))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompareBodies(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, want, got string
		options         []Option
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
		{"a value for a strict null", `{"a":null}`, `{"a":1}`, []Option{StrictNull()}, []string{`a: want null, got a number 1`}},
		{"null for a value", `{"a":[]}`, `{"a":null}`, nil, []string{`a: want an array, got null`}},
		{"an exact value", `{"a":{"b":"x"},"c":"x"}`, `{"a":{"b":"y"},"c":"y"}`, []Option{Exact("b")}, []string{`a.b: want a string "x", got a string "y"`}},
		{"an exact object", `{"a":{"b":1}}`, `{"a":{"b":2}}`, []Option{Exact("a")}, []string{`a: want an object with ["b"], got an object with ["b"]`}},
		{"an ignored value", `{"a":{"b":1}}`, `{"a":2}`, []Option{Ignore("a")}, nil},
		{"an ignored key that is missing", `{"a":1}`, `{}`, []Option{Ignore("a")}, []string{`a: want a number, got nothing`}},
		{"a list of other length", `[1,2]`, `[1]`, nil, []string{`body: want 2 elements, got 1`}},
		{"each like some", `[{"a":[]},{"a":[{"b":1}]}]`, `[{"a":[{"b":2}]},{"a":[{"b":2}]},{"a":[]}]`, []Option{EachLikeSome()}, nil},
		{"one like none", `[{"a":1,"b":1,"c":1},{"z":1}]`, `[{"z":2},{"a":2,"b":"2","c":2}]`, []Option{EachLikeSome()},
			[]string{`[1].b: want a number, got a string "2"`}},
		{"none like some", `[1]`, `[]`, []Option{EachLikeSome()}, []string{`body: want at least one element, got none`}},
		{"like none recorded", `[]`, `[1]`, []Option{EachLikeSome()}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			found := Compare(Recording{Answer: Answer{Body: []byte(test.want)}}, Answer{Body: []byte(test.got)}, test.options...)
			if diff := cmp.Diff(test.differences, sentences(found)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompareTakesAGrownListOfHeaders(t *testing.T) {
	t.Parallel()
	rec := FindRecording(t, "rbeene__api_response_errors_404")
	if got := rec.Answer.Header.Get("access-control-expose-headers"); strings.Contains(got, "WWW-Authenticate") {
		t.Fatalf("the recording is not an old one: %s", got)
	}
	if found := Compare(rec, Answer{404, wholeHeader(), rec.Answer.Body}); len(found) > 0 {
		t.Errorf("%v", found)
	}
	found := Compare(rec, Answer{404, http.Header{}, rec.Answer.Body})
	if len(found) != 6 {
		t.Errorf("want each of the six headers reported, got %v", found)
	}
}

func sentences(found []Difference) []string {
	var all []string
	for _, d := range found {
		all = append(all, d.String())
	}
	return all
}
