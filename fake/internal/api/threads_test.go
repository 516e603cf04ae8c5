package api_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const ofCompany = "/v2/threads?object=companies&record_id="

// threadOf wraps the JSON of comments into that of their thread.
func threadOf(id, created string, comments ...string) string {
	return fmt.Sprintf(`"id":{"workspace_id":"%s","thread_id":"%s"},"created_at":"%s","comments":%s`, fake.ID("acme"), id, created, list(comments...))
}

// The threads of the scenario as JSON.
var (
	openJSON = threadOf(openThread, "2026-01-02T00:00:00.000000000Z",
		commentJSON(openThread, openThread, "bob", "Open", "2026-01-02T00:00:00.000000000Z", "", ""),
		commentJSON(fake.ID("acme/threads/open/replies/first"), openThread, "ada", "Closed", "2026-01-03T00:00:00.000000000Z", "", ""))
	stagedJSON = threadOf(stagedThread, "2026-01-04T00:00:00.000000000Z",
		commentJSON(stagedThread, stagedThread, "ada", "Staged", "2026-01-04T00:00:00.000000000Z", "sales", "2026-01-05T00:00:00.000000000Z"),
		commentJSON(fake.ID("acme/threads/staged/replies/first"), stagedThread, "ada", "Fine", "2026-01-04T01:00:00.000000000Z", "sales", ""))
)

func ofEntry(list, entry string) string { return "/v2/threads?list=" + list + "&entry_id=" + entry }

func TestAThreadIsRead(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	for id, want := range map[string]string{openThread: openJSON, strings.ToUpper(stagedThread): stagedJSON} {
		c.wants(c.get("/v2/threads/"+id), 200, `{"data":{`+want+`},"pagination":{"next_cursor":null}}`)
	}
}

func TestThreadsOfARecordOrAnEntryAreListed(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	army := fake.ID("acme/companies/army")
	entry := fake.ID("acme/lists/sales/entries/navy")
	hidden := threadOf(fake.ID("acme/threads/hidden"), "2026-01-06T00:00:00.000000000Z",
		commentJSON(fake.ID("acme/threads/hidden"), fake.ID("acme/threads/hidden"), "bob", "Hidden", "2026-01-06T00:00:00.000000000Z", "secret", ""))
	for name, tc := range map[string]struct{ token, path, want string }{
		"of a record, not of its entries": {"full", ofCompany + navyCompany, openJSON},
		"of a record, all by ids":         {"full", "/v2/threads?object=" + fake.ID("acme/objects/companies") + "&record_id=" + strings.ToUpper(navyCompany), openJSON},
		"of a record without any":         {"full", ofCompany + army, ""},
		"of an unknown record":            {"full", ofCompany + noSuchID, ""},
		"of a record of another object":   {"full", "/v2/threads?object=people&record_id=" + navyCompany, ""},
		"of an entry":                     {"full", ofEntry("sales", entry), stagedJSON},
		"of an entry, all by ids":         {"full", ofEntry(fake.ID("acme/lists/sales"), strings.ToUpper(entry)), stagedJSON},
		"of an unknown entry":             {"full", ofEntry("sales", noSuchID), ""},
		"of an entry of another list":     {"full", ofEntry("poster", entry), ""},
		"of an entry for those who may":   {"bobs", ofEntry("secret", fake.ID("acme/lists/secret/entries/navy")), hidden},
		"with what nobody asks for":       {"full", ofCompany + navyCompany + "&sort=x", openJSON},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := `{"data":[]}`
			if tc.want != "" {
				want = `{"data":[{` + tc.want + `,"has_more_comments":false}]}`
			}
			c := c.having(tc.token).in(t)
			c.wants(c.get(tc.path), 200, want)
		})
	}
}

func TestListingsOfThreadsThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	record, entry := "record_id="+navyCompany, "entry_id="+fake.ID("acme/lists/sales/entries/navy")
	ofNothing := badRequest("validation_type", "Query parameters must query either by a record or by entry")
	uuid := func(key string) string {
		return badQuery(`{"code":"invalid_string","path":["` + key + `"],"message":"Invalid uuid","string_validation":"uuid"}`)
	}
	bound := func(code, key, message string) string {
		return badQuery(`{"code":"` + code + `","path":["` + key + `"],"message":"` + message + `"}`)
	}
	for query, tc := range map[string]struct {
		status int
		want   string
	}{
		"":                          {400, ofNothing},
		"limit=10":                  {400, ofNothing},
		record:                      {400, ofNothing},
		"object=companies":          {400, ofNothing},
		entry:                       {400, ofNothing},
		"list=sales":                {400, ofNothing},
		"list=sales&" + record:      {400, ofNothing},
		"object=companies&" + entry: {400, ofNothing},
		"object=companies&" + record + "&" + entry + "&list=sales": {400, ofNothing},
		"object=companies&" + record + "&list=sales":               {400, ofNothing},
		"object=people&list=sales&" + entry:                        {400, ofNothing},
		"object=companies&record_id=navy":                          {400, uuid("record_id")},
		"list=sales&entry_id=navy":                                 {400, uuid("entry_id")},
		"object=ships&" + record:                                   {404, notFound(`Object with slug/ID "ships" not found.`)},
		"list=ships&" + entry:                                      {404, notFound(`List with slug/ID "ships" not found.`)},
		"list=secret&" + entry:                                     {404, notFound(`List with slug/ID "secret" not found.`)},
		"object=companies&" + record + "&limit=0":                  {400, bound("too_small", "limit", "Number must be greater than or equal to 1")},
		"object=companies&" + record + "&limit=51":                 {400, bound("too_big", "limit", "Number must be less than or equal to 50")},
		"object=companies&" + record + "&offset=-1":                {400, bound("too_small", "offset", "Number must be greater than or equal to 0")},
	} {
		t.Run(query, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.get("/v2/threads?"+query), tc.status, tc.want)
		})
	}
}

// threadListing is a page of threads.
type threadListing struct {
	Data []struct {
		ID struct {
			Thread string `json:"thread_id"`
		}
		Comments []struct {
			Content string `json:"content_plaintext"`
		}
		More bool `json:"has_more_comments"`
	}
}

func (l threadListing) heads() []string {
	var heads []string
	for _, thread := range l.Data {
		heads = append(heads, thread.Comments[0].Content)
	}
	return heads
}

func (c *client) listedThreads(path string) threadListing {
	c.t.Helper()
	var l threadListing
	if err := json.Unmarshal([]byte(c.must("GET", path, "")), &l); err != nil {
		c.t.Fatal(err)
	}
	return l
}

func TestThreadsComeInPagesOldestFirst(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	record := c.server.Workspace("acme").Record("companies", "army")
	var want []string
	for i := range 60 {
		// Not made in the order of their times, two at each time; the ids are random.
		n := (i*7)%60 - (i*7)%2
		c.server.Workspace("acme").AddComment(fake.Comment{Record: record, Content: fmt.Sprintf("%02d %02d", n, i), CreatedAt: noon.Add(time.Duration(n-100) * time.Minute)})
		want = append(want, fmt.Sprintf("%02d %02d", n, i))
	}
	slices.Sort(want)
	for query, tc := range map[string]struct{ from, to int }{
		"":                     {0, 10},
		"&limit=1":             {0, 1},
		"&limit=50":            {0, 50},
		"&offset=0":            {0, 10},
		"&limit=50&offset=50":  {50, 60},
		"&limit=50&offset=9":   {9, 59},
		"&limit=3&offset=57":   {57, 60},
		"&limit=50&offset=60":  {60, 60},
		"&limit=50&offset=999": {60, 60},
	} {
		t.Run(query, func(t *testing.T) {
			t.Parallel()
			got := c.in(t).listedThreads(ofCompany + record.ID() + query).heads()
			if diff := cmp.Diff(want[tc.from:tc.to], append([]string{}, got...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAListedThreadShowsEightyReplies(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	acme := c.server.Workspace("acme")
	head := acme.AddComment(fake.Comment{Record: acme.Record("companies", "army"), Content: "head"})
	path := ofCompany + fake.ID("acme/companies/army")
	for replies := range 83 {
		last := "head"
		if replies > 0 {
			last = fmt.Sprint(min(replies, 80))
		}
		got := c.listedThreads(path).Data[0]
		if len(got.Comments) != min(1+replies, 81) || got.More != (replies > 80) || got.Comments[len(got.Comments)-1].Content != last {
			t.Errorf("with %d replies: %d comments, more: %t", replies, len(got.Comments), got.More)
		}
		acme.AddComment(fake.Comment{Thread: head.ID, Content: fmt.Sprint(replies + 1)})
	}
}

func TestThreadsThatAreNotThere(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	for _, id := range []string{noSuchID, fake.ID("globex/threads/theirs"), fake.ID("acme/threads/hidden"), fake.ID("acme/threads/open/replies/first")} {
		c.wants(c.get("/v2/threads/"+id), 404, notFound(`Thread with ID "`+id+`" was not found.`))
	}
	c.wants(c.get("/v2/threads/1"), 400, `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Path params validation error",`+
		`"validation_errors":[{"code":"invalid_string","path":["thread_id"],"message":"Invalid uuid","string_validation":"uuid"}]}`)
	c.having("bobs").must("GET", "/v2/threads/"+fake.ID("acme/threads/hidden"), "")
}

// threadPage is one page of a thread.
type threadPage struct {
	Data struct {
		Comments []struct {
			Content string `json:"content_plaintext"`
		}
	}
	Pagination struct {
		Next *string `json:"next_cursor"`
	}
}

// pageOfThread reads one page and returns the cursor of the next, "" for none.
func (c *client) pageOfThread(id string, query url.Values) (contents []string, next string) {
	c.t.Helper()
	var p threadPage
	if err := json.Unmarshal([]byte(c.must("GET", "/v2/threads/"+id+"?"+query.Encode(), "")), &p); err != nil {
		c.t.Fatal(err)
	}
	for _, comment := range p.Data.Comments {
		contents = append(contents, comment.Content)
	}
	if p.Pagination.Next != nil {
		next = *p.Pagination.Next
	}
	return contents, next
}

// longThread opens a thread with this many comments, two at each time, and returns their contents.
func (c *client) longThread(comments int) (id string, contents []string) {
	acme := c.server.Workspace("acme")
	for i := range comments {
		add := fake.Comment{Content: fmt.Sprintf("%03d", i), CreatedAt: noon.Add(time.Duration(i/2*2-1000) * time.Minute), Thread: id}
		if id == "" {
			add.Record = acme.Record("companies", "army")
		}
		contents = append(contents, add.Content)
		id = acme.AddComment(add).Thread
	}
	return id, contents
}

func TestTheCommentsOfAThreadComeInPages(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		limit    string
		comments int
		pages    []int
	}{
		{"", 250, []int{250}},
		{"", 251, []int{250, 1}},
		{"250", 251, []int{250, 1}},
		{"1", 3, []int{1, 1, 1}},
		{"2", 4, []int{2, 2}},
		{"3", 7, []int{3, 3, 1}},
	} {
		t.Run(fmt.Sprintf("%d by %s", tc.comments, tc.limit), func(t *testing.T) {
			t.Parallel()
			c := newDiscussion(t)
			id, want := c.longThread(tc.comments)
			query := url.Values{}
			if tc.limit != "" {
				query.Set("limit", tc.limit)
			}
			var got []string
			for i, size := range tc.pages {
				contents, next := c.pageOfThread(id, query)
				if len(contents) != size || (next == "") != (i == len(tc.pages)-1) {
					t.Fatalf("page %d has %d comments, then %q", i, len(contents), next)
				}
				got = append(got, contents...)
				query.Set("cursor", next)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAPageOfAThreadGoesOnAfterWhatIsGone(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	id, want := c.longThread(6)
	acme := c.server.Workspace("acme")
	first, next := c.pageOfThread(id, url.Values{"limit": {"2"}})
	acme.DeleteComment(acme.Thread(id).Comments[1].ID)
	acme.AddComment(fake.Comment{Thread: id, Content: "too early", CreatedAt: noon.Add(-2000 * time.Minute)})
	acme.AddComment(fake.Comment{Thread: id, Content: "last"})
	rest, end := c.pageOfThread(id, url.Values{"cursor": {next}})
	if diff := cmp.Diff(append(want, "last"), append(first, rest...)); diff != "" || end != "" {
		t.Errorf("%s, then %q", diff, end)
	}
}

func TestTheCommentsAfterAMoment(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	for after, want := range map[string][]string{
		"2025-12-31T00:00:00Z":           {"Open", "Closed"},
		"2026-01-01":                     {"Open", "Closed"},
		"2026-01-02T00:00:00.000000000Z": {"Closed"},
		"2026-01-01T23:59:59.999Z":       {"Open", "Closed"},
		"2026-01-03T01:00:00+01:00":      nil,
		"2026-01-02T23:59:59Z":           {"Closed"},
		"2050-01-01T00:00:00Z":           nil,
	} {
		if got, next := c.pageOfThread(openThread, url.Values{"created_after": {after}}); !cmp.Equal(want, got) || next != "" {
			t.Errorf("%s: got %q, then %q", after, got, next)
		}
	}
	c.wants(c.get("/v2/threads/"+openThread+"?created_after=2050-01-01T00:00:00Z"), 200,
		`{"data":{`+threadOf(openThread, "2026-01-02T00:00:00.000000000Z")+`},"pagination":{"next_cursor":null}}`)
	first, next := c.pageOfThread(openThread, url.Values{"created_after": {"2026-01-01"}, "limit": {"1"}})
	second, end := c.pageOfThread(openThread, url.Values{"created_after": {"2026-01-01"}, "limit": {"1"}, "cursor": {next}})
	if diff := cmp.Diff([]string{"Open", "Closed"}, append(first, second...)); diff != "" || end != "" {
		t.Errorf("%s, then %q", diff, end)
	}
}

func TestPagesOfAThreadThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	_, foreign := c.pageOfThread(stagedThread, url.Values{"limit": {"1"}})
	_, own := c.pageOfThread(openThread, url.Values{"limit": {"1"}})
	noCursor := badQuery(`{"code":"invalid","path":["cursor"],"message":"Invalid cursor"}`)
	for query, want := range map[string]string{
		"limit=0":                                badQuery(`{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`),
		"limit=251":                              badQuery(`{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 250"}`),
		"limit=ten":                              badQuery(`{"code":"invalid_type","path":["limit"],"message":"Expected number, received nan","expected":"number","received":"nan"}`),
		"created_after=then":                     badQuery(`{"code":"invalid","path":["created_after"],"message":"Invalid date"}`),
		"created_after=":                         badQuery(`{"code":"invalid","path":["created_after"],"message":"Invalid date"}`),
		"cursor=x":                               noCursor,
		"cursor=" + foreign:                      noCursor,
		"created_after=2026-01-01&cursor=" + own: noCursor,
	} {
		c.wants(c.get("/v2/threads/"+openThread+"?"+query), 400, want)
	}
}
