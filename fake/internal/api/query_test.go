package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAQueryStringIsReadAsNodeReadsIt(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]url.Values{
		"":                          {},
		"limit=1&offset=2":          {"limit": {"1"}, "offset": {"2"}},
		"limit=1;offset=1":          {"limit": {"1;offset=1"}},
		"is_completed=%":            {"is_completed": {"%"}},
		"q=100%&q=%4":               {"q": {"100%", "%4"}},
		"q=a+b%20c":                 {"q": {"a b c"}},
		"q=%C3%A9+%zz+%C3%A9%":      {"q": {"é %zz é%"}},
		"%zz=1":                     {"%zz": {"1"}},
		"&&a&=b&a=1=2&":             {"a": {"", "1=2"}, "": {"b"}},
		"parent_object=people%2":    {"parent_object": {"people%2"}},
		"sort=created_at%3Aasc%":    {"sort": {"created_at:asc%"}},
		"linked%5Bobject%5D=people": {"linked[object]": {"people"}},
	} {
		c := Call{Request: &http.Request{URL: &url.URL{RawQuery: sent}}}
		if diff := cmp.Diff(want, c.query()); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", sent, diff)
		}
	}
}
