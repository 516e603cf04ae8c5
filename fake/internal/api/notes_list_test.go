package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake"
)

// titles returns the titles of the notes that a query lists.
func (c *client) titles(query string) []string {
	c.t.Helper()
	var page struct{ Data []struct{ Title string } }
	decode(c.t, c.must("GET", "/v2/notes"+query, ""), &page)
	var titles []string
	for _, n := range page.Data {
		titles = append(titles, n.Title)
	}
	return titles
}

// numbered is a workspace with this many notes about grace; the scenario has the oldest last.
func numbered(t testing.TB, count int) (*client, []string) {
	t.Helper()
	var b strings.Builder
	var titles []string
	for i := count; i > 0; i-- {
		fmt.Fprintf(&b, "      n%d: {record: people/grace, title: \"%d\", created_at: %s}\n", i, i, noon.Add(time.Duration(i-count-1)*time.Minute).Format(time.RFC3339))
	}
	for i := range count {
		titles = append(titles, fmt.Sprint(i+1))
	}
	c := newClient(t, fake.YAML(`
version: 1
clock: 2026-01-15T12:00:00Z
users: {ada: {email: ada@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {people: {records: {grace: {}}}}
    notes:
`+b.String()))
	return c, titles
}

func TestNotesComeInPagesOldestFirst(t *testing.T) {
	t.Parallel()
	c, all := numbered(t, 53)
	for query, want := range map[string][]string{
		"":                     all[:10],
		"?limit=1":             all[:1],
		"?limit=50":            all[:50],
		"?limit=50&offset=50":  all[50:],
		"?offset=3":            all[3:13],
		"?offset=0&limit=2":    all[:2],
		"?offset=52":           all[52:],
		"?offset=53":           nil,
		"?offset=1e15":         nil,
		"?sort=created_at&z=x": all[:10],
		"?cursor=x":            all[:10],
	} {
		if diff := cmp.Diff(want, c.titles(query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestPagesThatNotesDoNotHave(t *testing.T) {
	t.Parallel()
	c := newNotes(t)
	issue := func(path, code, message, rest string) string {
		return `{"code":"` + code + `","path":["` + path + `"],"message":` + quote(message) + rest + `}`
	}
	for query, issues := range map[string]string{
		"limit=0":                         issue("limit", "too_small", "Number must be greater than or equal to 1", ""),
		"limit=51":                        issue("limit", "too_big", "Number must be less than or equal to 50", ""),
		"limit=1.5":                       issue("limit", "invalid_type", "Expected integer, received float", `,"expected":"integer","received":"float"`),
		"limit=x":                         issue("limit", "invalid_type", "Expected number, received nan", `,"expected":"number","received":"nan"`),
		"offset=-1":                       issue("offset", "too_small", "Number must be greater than or equal to 0", ""),
		"parent_record_id=x":              issue("parent_record_id", "invalid_string", "Invalid uuid", `,"string_validation":"uuid"`),
		"parent_object=a&parent_object=b": issue("parent_object", "invalid_type", "Expected string, received array", `,"expected":"string","received":"array"`),
		"limit=51&offset=-1": issue("limit", "too_big", "Number must be less than or equal to 50", "") + "," +
			issue("offset", "too_small", "Number must be greater than or equal to 0", ""),
	} {
		c.wants(c.get("/v2/notes?"+query), 400, `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Query params validation error.",`+
			`"validation_errors":[`+issues+`]}`)
	}
}

func TestNotesAreListedByTheirParent(t *testing.T) {
	t.Parallel()
	c := newNotes(t)
	c.must("POST", "/v2/notes", noteData(map[string]string{"title": `"Henrik"`, "parent_record_id": quote(fake.ID("acme/people/henrik"))}))
	grace, navy := fake.ID("acme/people/grace"), fake.ID("acme/companies/navy")
	for query, want := range map[string][]string{
		"":                      {"Call", "Later", "Henrik"},
		"?parent_object=people": {"Call", "Henrik"},
		"?parent_object=" + fake.ID("acme/objects/companies"):    {"Later"},
		"?parent_record_id=" + upper(grace):                      {"Call"},
		"?parent_record_id=" + navy:                              {"Later"}, // not the note that only mentions it
		"?parent_object=people&parent_record_id=" + grace:        {"Call"},
		"?parent_object=people&parent_record_id=" + navy:         nil,
		"?parent_record_id=50cf242c-7fa3-4cad-87d0-75b1af71c57b": nil,
		"?parent_object=people&limit=1&offset=1":                 {"Henrik"},
	} {
		if diff := cmp.Diff(want, c.titles(query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	c.wants(c.get("/v2/notes?parent_object=deals"), 400, isOff("deals"))
	for _, object := range []string{"robots", ""} {
		c.wants(c.get("/v2/notes?parent_object="+object), 404, notFound(`Object with slug/ID "`+object+`" not found.`))
	}
	other := c.as(c.server.Token("other"))
	if diff := cmp.Diff([]string{""}, other.titles("")); diff != "" {
		t.Errorf("another workspace (-want +got):\n%s", diff)
	}
}

func TestAWorkspaceWithoutNotesListsNone(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	c.wants(c.get("/v2/notes"), 200, `{"data":[]}`)
}

// TestPagesHaveEveryNoteOnceInTheOrderOfTime compares pages with the notes that were made.
func TestPagesHaveEveryNoteOnceInTheOrderOfTime(t *testing.T) {
	t.Parallel()
	server := newNotes(t).server
	rapid.Check(t, func(r *rapid.T) {
		server.Reset()
		server.Freeze()
		server.SetTime(noon)
		c := &client{t: t, server: server, http: server.Client(), token: server.Token("acme")}
		minutes := rapid.SliceOfN(rapid.IntRange(1, 4), 0, 12).Draw(r, "minutes ago")
		want := []string{"Call", "Later"}
		for minute := 4; minute > 0; minute-- {
			for i, m := range minutes {
				if m == minute {
					want = append(want, fmt.Sprint(i)) // notes of the same minute in the order in which they were made
				}
			}
		}
		for i, m := range minutes {
			c.must("POST", "/v2/notes", noteData(map[string]string{"title": quote(fmt.Sprint(i)), "created_at": quote(stamp(-60 * m))}))
		}
		limit := rapid.IntRange(1, 5).Draw(r, "limit")
		var got []string
		for offset := 0; ; offset += limit {
			page := c.titles(fmt.Sprintf("?limit=%d&offset=%d", limit, offset))
			got = append(got, page...)
			if len(page) < limit {
				break
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatalf("(-want +got):\n%s", diff)
		}
	})
}
