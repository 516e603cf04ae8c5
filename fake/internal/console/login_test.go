package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestTheConsoleAsksForTheControlTokenOnce(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.ControlToken("hush"))
	page := "/_fake/?status=404"
	asked := b.do(http.MethodGet, page, nil)
	login := asked.header.Get("Location")
	if asked.status != http.StatusSeeOther || login != "/_fake/console/login?next=%2F_fake%2F%3Fstatus%3D404" {
		t.Fatalf("got %d %q", asked.status, login)
	}
	if next := attribute(b.get(login).find("input")[0], "value"); next != page {
		t.Errorf("got %q", next)
	}
	wrong := b.do(http.MethodPost, "/_fake/console/login", url.Values{"token": {"hash"}, "next": {page}})
	if said := wrong.text("#token-mistake"); wrong.status != http.StatusUnauthorized || !strings.HasPrefix(said, "This is not the control token.") || len(wrong.cookies) != 0 {
		t.Errorf("got %d %q %v", wrong.status, said, wrong.cookies)
	}
	right := b.do(http.MethodPost, "/_fake/console/login", url.Values{"token": {" hush "}, "next": {page}})
	if right.status != http.StatusSeeOther || right.header.Get("Location") != page || len(right.cookies) != 1 {
		t.Fatalf("got %d %v", right.status, right.header)
	}
	cookie := right.cookies[0]
	if cookie.Name != "fakeattio_control" || !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Path != "/_fake" || strings.Contains(cookie.Value, "hush") {
		t.Errorf("got %v", cookie)
	}
	b.cookie = cookie
	b.get(page)
	out := b.do(http.MethodPost, "/_fake/console/logout", url.Values{})
	if out.status != http.StatusSeeOther || len(out.cookies) != 1 || out.cookies[0].MaxAge >= 0 {
		t.Errorf("got %d %v", out.status, out.cookies)
	}
}

func TestOnlyTheCookieOrTheTokenOpensThePages(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.ControlToken("hush"))
	cookie := b.do(http.MethodPost, "/_fake/console/login", url.Values{"token": {"hush"}}).cookies[0]
	other := newBrowser(t, fake.ControlToken("another")).do(http.MethodPost, "/_fake/console/login", url.Values{"token": {"another"}}).cookies[0]
	cookies := func(values ...string) []string { return []string{"Cookie", strings.Join(values, "; ")} }
	for name, tc := range map[string]struct {
		method, path string
		headers      []string
		want         int
	}{
		"a page with the cookie":                         {"GET", "/_fake/", cookies(cookie.String()), 200},
		"a page with the token":                          {"GET", "/_fake/", []string{"Authorization", "Bearer hush"}, 200},
		"a page with the cookie of another server":       {"GET", "/_fake/", cookies(other.String()), 303},
		"a page with the token as the cookie":            {"GET", "/_fake/", cookies("fakeattio_control=hush"), 303},
		"a page with an empty cookie":                    {"GET", "/_fake/", cookies("fakeattio_control="), 303},
		"an unknown page":                                {"GET", "/_fake/console/nothing", nil, 303},
		"a form":                                         {"POST", "/_fake/console/requests/1/fault", nil, 401},
		"a part that reloads itself":                     {"GET", "/_fake/", []string{"HX-Request", "true"}, 401},
		"events":                                         {"GET", "/_fake/console/events", nil, 401},
		"the control API with the cookie":                {"GET", "/_fake/workspaces", cookies(cookie.String()), 401},
		"a write to the control API with the cookie":     {"POST", "/_fake/reset", cookies(cookie.String()), 401},
		"in somebody's name, through the API, by cookie": {"GET", "/_fake/as/acme/ada/v2/self", cookies(cookie.String()), 401},
		"the login page":                                 {"GET", "/_fake/console/login", nil, 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := b.do(tc.method, tc.path, nil, tc.headers...); got.status != tc.want {
				t.Errorf("got %d", got.status)
			}
		})
	}
}

func TestLoggingInLeadsToNoOtherSite(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.ControlToken("hush"))
	got := make(map[string]string)
	want := make(map[string]string)
	for _, next := range []string{"https://evil.example", "//evil.example/_fake/", "/\\evil.example", "javascript:alert(1)", "/v2/self", "/_fake/../v2", ""} {
		got[next] = b.post("/_fake/console/login", url.Values{"token": {"hush"}, "next": {next}})
		want[next] = "/_fake/"
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
