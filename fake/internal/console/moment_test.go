package console_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/fakeattio/fakeattio/fake"
)

func TestTheSliderChoosesAmongTheRequests(t *testing.T) {
	t.Parallel()
	isHidden := func(a html.Attribute) bool { return a.Key == "hidden" }
	if form := newBrowser(t).get("/_fake/").find("#moment")[0]; !slices.ContainsFunc(form.Attr, isHidden) {
		t.Error("without requests there is nothing to choose")
	}
	b := busy(t)
	for name, tc := range map[string]struct{ page, slider, banner string }{
		"now":             {"/_fake/", "1 to 4, at 4", ""},
		"after a request": {"/_fake/?at=2", "1 to 4, at 2", "The data is shown as it was right after request 2 . It can only be read. Back to now"},
		"no number":       {"/_fake/?at=two", "1 to 4, at 4", ""},
		"a negative one":  {"/_fake/?at=-1", "1 to 4, at 4", ""},
	} {
		got := b.get(tc.page)
		slider := got.find("#at")[0]
		if at := attr(slider, "min") + " to " + attr(slider, "max") + ", at " + attr(slider, "value"); at != tc.slider {
			t.Errorf("%s: got %s", name, at)
		}
		if banner := got.text(".banner"); banner != tc.banner {
			t.Errorf("%s: got %q", name, banner)
		}
	}
	for _, link := range b.get("/_fake/?at=2&workspace=acme").find("a") {
		if href := attr(link, "href"); strings.HasPrefix(href, "/_fake/console/data/") && href != "/_fake/console/data/?at=2&workspace=acme" {
			t.Errorf("a link forgets the moment or the workspace: %s", href)
		}
	}
}

func TestDataIsShownAsItWas(t *testing.T) {
	t.Parallel()
	b := busy(t)
	b.call("PATCH", person, "secret", `{"data":{"values":{"description":"Three"}}}`) // request 5
	for path, want := range map[string]string{
		"":                     "Three",
		"?at=5":                "Three",
		"?at=4&workspace=acme": "Two",
		"?at=1":                "Two",
		"?at=9":                "the journal has no request 9; it has those from 1 to 5",
		"?at=1&workspace=gone": "there was no workspace gone right after request 1",
	} {
		got := b.do(http.MethodGet, "/_fake/console/data/objects/people/records/"+fake.ID("acme/people/grace")+path, nil).text("main")
		if !strings.Contains(got, want) || want != "Three" && strings.Contains(got, "Three") {
			t.Errorf("%s: got %s", path, got)
		}
	}
	edit := b.do(http.MethodPost, "/_fake/console/data/objects/people/records/"+fake.ID("acme/people/grace")+"/edit?at=1", url.Values{"value.description": {"Four"}, "was.description": {""}})
	if edit.status < 400 || strings.Contains(b.get("/_fake/console/data/objects/people/records/"+fake.ID("acme/people/grace")).text("main"), "Four") {
		t.Errorf("a moment of the past was changed: %d", edit.status)
	}
}

func TestTwoMomentsAreCompared(t *testing.T) {
	t.Parallel()
	b := busy(t)
	b.call("PATCH", person, "secret", `{"data":{"values":{"description":"Three"}}}`) // request 5
	change := func(was, is string) string {
		return "changed record in people " + fake.ID("acme/people/grace") + " Attribute Before After description " + was + " " + is
	}
	for name, tc := range map[string]struct {
		query  string
		status int
		change string
		says   string
	}{
		"with now":                      {"from=1", 200, change("Two", "Three"), ""},
		"with a later request":          {"from=1&to=5", 200, change("Two", "Three"), ""},
		"with an earlier request":       {"from=5&to=1", 200, change("Three", "Two"), ""},
		"before and after a request":    {"from=1&from_side=before&to=1&to_side=after", 200, change("One", "Two"), ""},
		"two moments that are the same": {"from=2&to=4", 200, "", "Nothing differs Everything is the same at both moments. Choose two others."},
		"a workspace without changes":   {"from=1&workspace=other", 200, "", "Nothing differs Everything is the same at both moments. Choose two others."},
		"a request that does not exist": {"from=9", 404, "", "the journal has no request 9; it has those from 1 to 5"},
		"text as a number":              {"from=now", 400, "", `"now" is not the number of a request, such as 17`},
		"a side that does not exist":    {"from=1&from_side=beside", 400, "", `"beside" is not a side of a request; it is before or after`},
	} {
		got := b.do(http.MethodGet, "/_fake/console/diff?"+tc.query, nil)
		if said := strings.TrimSpace(got.text(".mistake") + got.text(".empty")); got.status != tc.status || got.text(".change") != tc.change || said != tc.says {
			t.Errorf("%s: got %d %q %q", name, got.status, got.text(".change"), said)
		}
	}
}

func TestEverythingIsRestoredToASideOfARequest(t *testing.T) {
	t.Parallel()
	b := busy(t)
	b.call("PATCH", person, "secret", `{"data":{"values":{"description":"Three"}}}`)
	description := func() string { return b.server.Workspace("acme").Record("people", "grace").Text("description") }
	var got []string
	for _, side := range []string{"before", "after"} {
		to := b.post("/_fake/console/requests/1/restore", url.Values{"to": {side}})
		got = append(got, description(), b.get(to).text(".banner"))
	}
	want := []string{"One", "Everything is as it was before this request.", "Two", "Everything is as it was after this request."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := b.do(http.MethodPost, "/_fake/console/requests/99/restore", url.Values{"to": {"after"}}); got.status != http.StatusNotFound {
		t.Errorf("got %d", got.status)
	}
}

func TestTheFrameOfAPageIsUpdatedWithoutIt(t *testing.T) {
	t.Parallel()
	b := busy(t)
	of := b.get("/_fake/console/data/objects/people?workspace=acme&search=x&at=2")
	got := b.get(attr(of.find("#live")[0], "hx-get"))
	if main := got.text("main"); main != "The data is shown as it was right after request 2 . It can only be read. Back to now" {
		t.Errorf("got %q", main)
	}
	form := got.find("#moment")[0]
	kept := map[string]string{}
	for _, input := range find(form, "input") {
		kept[attr(input, "name")] = attr(input, "value")
	}
	want := map[string]string{"workspace": "acme", "search": "x", "at": "2"}
	if diff := cmp.Diff(want, kept); diff != "" || attr(form, "action") != "/_fake/console/data/objects/people" {
		t.Errorf("%s %q", diff, attr(form, "action"))
	}
}
