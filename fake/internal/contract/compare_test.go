package contract

import (
	"net/http"
	"strings"
	"testing"
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
	if found := Compare(rec, Answer{Status: 200, Header: http.Header{"X-Frame-Options": {"DENY"}}, Body: []byte(`{}`)}); len(found) > 0 {
		t.Errorf("%v", found)
	}
	if found := Compare(rec, Answer{Status: 201, Header: http.Header{}}); len(found) != 2 {
		t.Errorf("want two differences, got %v", found)
	}
}

func TestCompareTakesAGrownListOfHeaders(t *testing.T) {
	t.Parallel()
	rec := FindRecording(t, "rbeene__api_response_errors_404")
	if got := rec.Answer.Header.Get("access-control-expose-headers"); strings.Contains(got, "WWW-Authenticate") {
		t.Fatalf("the recording is not an old one: %s", got)
	}
	if found := Compare(rec, Answer{Status: 404, Header: wholeHeader(), Body: rec.Answer.Body}); len(found) > 0 {
		t.Errorf("%v", found)
	}
	found := Compare(rec, Answer{Status: 404, Header: http.Header{}, Body: rec.Answer.Body})
	if len(found) != 6 {
		t.Errorf("want each of the six headers reported, got %v", found)
	}
}
