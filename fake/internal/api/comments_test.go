package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// discussion is a workspace with records, an entry, and an entry of a list that only bob may see.
const discussion = `
version: 1
users: {ada: {email: ada@acme.example.com}, bob: {email: bob@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens:
      full: {scopes: all}
      bobs: {scopes: all, authorized_by: bob}
      nobodys: {scopes: all, kind: app}
      comments: {scopes: ["comment:read-write"]}
      reader: {scopes: ["comment:read", "record_permission:read", "object_configuration:read"]}
      records: {scopes: ["comment:read-write", "record_permission:read", "object_configuration:read"]}
      entries: {scopes: ["comment:read-write", "list_entry:read", "list_configuration:read"]}
    objects:
      companies: {records: {navy: {}, army: {}}}
      people: {records: {grace: {}}}
    lists:
      sales: {parent_object: companies, entries: {navy: {record: navy}}}
      secret: {parent_object: companies, workspace_access: null, member_access: {bob: full-access}, entries: {navy: {record: navy}}}
      poster: {parent_object: companies, workspace_access: read-only, member_access: {bob: full-access}, entries: {navy: {record: navy}}}
    threads:
      open: {record: companies/navy, content: Open, author: bob, created_at: 2026-01-02T00:00:00Z, replies: {first: {content: Closed, created_at: 2026-01-03T00:00:00Z}}}
      staged: {entry: sales/navy, content: Staged, created_at: 2026-01-04T00:00:00Z, resolved_by: bob, resolved_at: 2026-01-05T00:00:00Z, replies: {first: {content: Fine, created_at: 2026-01-04T01:00:00Z}}}
      hidden: {entry: secret/navy, content: Hidden, author: bob, created_at: 2026-01-06T00:00:00Z}
      pinned: {entry: poster/navy, content: Pinned, created_at: 2026-01-06T00:00:00Z}
  globex:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {people: {records: {grace: {}}}}
    threads: {theirs: {record: people/grace, content: Theirs}}
`

// newDiscussion starts a server whose clock is frozen at noon.
func newDiscussion(t testing.TB) *client {
	t.Helper()
	return newClient(t, fake.YAML(discussion), fake.FixedClock(noon))
}

// having returns the client with another token of acme.
func (c *client) having(token string) *client { return c.as(c.server.Token("acme/" + token)) }

var (
	navyCompany  = fake.ID("acme/companies/navy")
	onRecord     = fmt.Sprintf(`"record":{"object":"companies","record_id":"%s"}`, navyCompany)
	onEntry      = fmt.Sprintf(`"entry":{"list":"sales","entry_id":"%s"}`, fake.ID("acme/lists/sales/entries/navy"))
	openThread   = fake.ID("acme/threads/open")
	stagedThread = fake.ID("acme/threads/staged")
)

const noSuchID = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"

// said is the body of a new comment by ada.
func said(content, rest string) string {
	return fmt.Sprintf(`{"data":{"format":"plaintext","content":%s,"author":{"type":"workspace-member","id":"%s"},%s}}`, quote(content), fake.ID("acme/members/ada"), rest)
}

// commentJSON is a comment on the company. An empty resolution is none.
func commentJSON(id, thread, author, content, created, list, resolved string) string {
	at, by, entry := "null", "null", "null"
	if resolved != "" {
		at, by = `"`+resolved+`"`, commentator("bob")
	}
	if list != "" {
		entry = fmt.Sprintf(`{"entry_id":"%s","list_id":"%s"}`, fake.ID("acme/lists/"+list+"/entries/navy"), fake.ID("acme/lists/"+list))
	}
	return fmt.Sprintf(`{"id":{"workspace_id":"%s","comment_id":"%s"},"thread_id":"%s","created_at":"%s","resolved_at":%s,"record":{"record_id":"%s","object_id":"%s"},`+
		`"entry":%s,"content_plaintext":%s,"resolved_by":%s,"author":%s}`,
		fake.ID("acme"), id, thread, created, at, navyCompany, fake.ID("acme/objects/companies"), entry, quote(content), by, commentator(author))
}

func commentator(user string) string {
	return `{"type":"workspace-member","id":"` + fake.ID("acme/members/"+user) + `"}`
}

func TestACommentIsMadeAndRead(t *testing.T) {
	t.Parallel()
	const noonStamp = "2026-01-15T12:00:00.000000000Z"
	upper := strings.ToUpper
	for name, tc := range map[string]struct {
		rest          string
		thread        string // "" for a new thread
		list, created string
	}{
		"on a record":                       {onRecord, "", "", noonStamp},
		"on a record, all by ids":           {fmt.Sprintf(`"record":{"object":"%s","record_id":"%s","other":1}`, fake.ID("acme/objects/companies"), upper(navyCompany)), "", "", noonStamp},
		"on an entry":                       {onEntry, "", "sales", noonStamp},
		"on an entry, all by ids":           {fmt.Sprintf(`"entry":{"list":"%s","entry_id":"%s"}`, fake.ID("acme/lists/sales"), upper(fake.ID("acme/lists/sales/entries/navy"))), "", "sales", noonStamp},
		"on an entry of a list to read":     {fmt.Sprintf(`"entry":{"list":"poster","entry_id":"%s"}`, fake.ID("acme/lists/poster/entries/navy")), "", "poster", noonStamp},
		"in a thread on a record":           {`"thread_id":"` + openThread + `"`, openThread, "", noonStamp},
		"in a thread on an entry":           {`"thread_id":"` + upper(stagedThread) + `"`, stagedThread, "sales", noonStamp},
		"of a moment with all its digits":   {onRecord + `,"created_at":"2023-01-01T15:00:00.123456789Z"`, "", "", "2023-01-01T15:00:00.123000000Z"},
		"of a moment with an offset":        {onRecord + `,"created_at":"2023-01-01T15:00:00+01:00"`, "", "", "2023-01-01T14:00:00.000000000Z"},
		"of a day":                          {onRecord + `,"created_at":"2023-01-01"`, "", "", "2023-01-01T00:00:00.000000000Z"},
		"of the first moment that there is": {onRecord + `,"created_at":"1970-01-01T00:00:00Z"`, "", "", "1970-01-01T00:00:00.000000000Z"},
		"of this very moment":               {onRecord + `,"created_at":"2026-01-15T12:00:00.000999Z"`, "", "", noonStamp},
		"older than its thread":             {`"thread_id":"` + openThread + `","created_at":"2020-01-01T00:00:00Z"`, openThread, "", "2020-01-01T00:00:00.000000000Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newDiscussion(t)
			const content = "Hello bob@acme.example.com,\n<b>\"you\"</b> & 👋"
			got := c.send("POST", "/v2/comments", said(content, tc.rest))
			if got.Status != 200 {
				t.Fatalf("%d %s", got.Status, got.Body)
			}
			id := idIn(t, got.Body, "comment_id")
			thread := tc.thread
			if thread == "" {
				thread = id
			}
			want := `{"data":` + commentJSON(id, thread, "ada", content, tc.created, tc.list, "") + `}`
			c.wants(got, 200, want)
			c.wants(c.get("/v2/comments/"+id), 200, want)
			c.wants(c.get("/v2/comments/"+strings.ToUpper(id)), 200, want)
		})
	}
}

func TestAnEmptyCommentIsTaken(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	c.must("POST", "/v2/comments", said("", onRecord))
}

func TestACommentOfAScenarioIsRead(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	for id, want := range map[string]string{
		openThread:   commentJSON(openThread, openThread, "bob", "Open", "2026-01-02T00:00:00.000000000Z", "", ""),
		stagedThread: commentJSON(stagedThread, stagedThread, "ada", "Staged", "2026-01-04T00:00:00.000000000Z", "sales", "2026-01-05T00:00:00.000000000Z"),
		fake.ID("acme/threads/staged/replies/first"): commentJSON(fake.ID("acme/threads/staged/replies/first"), stagedThread, "ada", "Fine", "2026-01-04T01:00:00.000000000Z", "sales", ""),
	} {
		c.wants(c.get("/v2/comments/"+id), 200, `{"data":`+want+`}`)
	}
}

func TestCommentsThatAreRefused(t *testing.T) {
	t.Parallel()
	invalid := func(issues ...string) string {
		return `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.","validation_errors":[` + strings.Join(issues, ",") + `]}`
	}
	at := func(path, code, message, more string) string {
		return `{"code":"` + code + `","path":[` + path + `],"message":` + quote(message) + more + `}`
	}
	anything := invalid(at(`"data"`, "invalid", "Invalid input", ""))
	uuid := func(path string) string {
		return invalid(at(path, "invalid_string", "Invalid uuid", `,"string_validation":"uuid"`))
	}
	noDate := invalid(at(`"data","created_at"`, "invalid", "Invalid date", ""))
	notThen := invalid(at(`"data","created_at"`, "invalid", "Date must be in 1970 or later, and not in the future", ""))
	noThread := unknownValue("The referenced Thread could not be found, it might have been deleted.")
	valid := said("Hi", onRecord)
	without := func(old, new string) string { return strings.Replace(valid, old, new, 1) }
	for name, tc := range map[string]struct{ body, want string }{
		"without a body":                    {"", anything},
		"without data":                      {`{}`, anything},
		"with data that is none":            {`{"data":[]}`, anything},
		"on nothing":                        {said("Hi", `"created_at":"2023-01-01T15:00:00Z"`), anything},
		"without a content":                 {without(`"content":"Hi",`, ``), anything},
		"with a number for a content":       {without(`"Hi"`, `7`), anything},
		"in markdown":                       {without(`plaintext`, `markdown`), anything},
		"without a format":                  {without(`"format":"plaintext",`, ``), anything},
		"of a system":                       {without(`workspace-member`, `system`), anything},
		"without the id of an author":       {without(`,"id":"`+fake.ID("acme/members/ada")+`"`, ``), anything},
		"with a null for a date":            {said("Hi", onRecord+`,"created_at":null`), anything},
		"on a record without its object":    {said("Hi", `"record":{"record_id":"`+navyCompany+`"}`), anything},
		"of an author whose id is no UUID":  {without(fake.ID("acme/members/ada"), `ada`), uuid(`"data","author","id"`)},
		"on a record whose id is no UUID":   {without(navyCompany, `navy`), uuid(`"data","record","record_id"`)},
		"in a thread whose id is no UUID":   {said("Hi", `"thread_id":"open"`), uuid(`"data","thread_id"`)},
		"on a record and in a thread":       {said("Hi", onRecord+`,"thread_id":"`+openThread+`"`), invalid(at(`"data"`, "unrecognized_keys", "Unrecognized key(s) in object: 'record'", ""))},
		"on a record and an entry":          {said("Hi", onEntry+`,`+onRecord), invalid(at(`"data"`, "unrecognized_keys", "Unrecognized key(s) in object: 'entry'", ""))},
		"with a key too much":               {said("Hi", onEntry+`,"resolved_at":null`), invalid(at(`"data"`, "unrecognized_keys", "Unrecognized key(s) in object: 'resolved_at'", ""))},
		"of no date":                        {said("Hi", onRecord+`,"created_at":"yesterday"`), noDate},
		"of an empty date":                  {said("Hi", onRecord+`,"created_at":""`), noDate},
		"of the sixties":                    {said("Hi", onRecord+`,"created_at":"1969-12-31T23:59:59.999Z"`), notThen},
		"of the future":                     {said("Hi", onRecord+`,"created_at":"2026-01-15T12:00:00.001Z"`), notThen},
		"of a stranger":                     {without(fake.ID("acme/members/ada"), noSuchID), unknownValue(`Workspace member with ID "%s" not found.`, noSuchID)},
		"in an unknown thread":              {said("Hi", `"thread_id":"`+noSuchID+`"`), noThread},
		"in a thread of somebody else":      {said("Hi", `"thread_id":"`+fake.ID("globex/threads/theirs")+`"`), noThread},
		"in a reply":                        {said("Hi", `"thread_id":"`+fake.ID("acme/threads/open/replies/first")+`"`), noThread},
		"in a thread that must not be seen": {said("Hi", `"thread_id":"`+fake.ID("acme/threads/hidden")+`"`), noThread},
		"on a record of an unknown object":  {without("companies", "ships"), unknownValue(`Object with slug/ID "ships" not found.`)},
		"on a record of an object off":      {without("companies", "deals"), isOff("deals")},
		"on an unknown record":              {without(navyCompany, noSuchID), unknownValue(`Record with ID "%s" not found.`, noSuchID)},
		"on a record of another object":     {without("companies", "people"), unknownValue(`Record with ID "%s" not found.`, navyCompany)},
		"on an entry of an unknown list":    {said("Hi", `"entry":{"list":"ships","entry_id":"`+noSuchID+`"}`), unknownValue(`List with slug/ID "ships" not found.`)},
		"on an entry of a list to hide":     {said("Hi", `"entry":{"list":"secret","entry_id":"`+fake.ID("acme/lists/secret/entries/navy")+`"}`), unknownValue(`List with slug/ID "secret" not found.`)},
		"on an unknown entry":               {said("Hi", `"entry":{"list":"sales","entry_id":"`+noSuchID+`"}`), unknownValue(`Entry with ID "%s" not found.`, noSuchID)},
		"on an entry whose id is no UUID":   {said("Hi", `"entry":{"list":"sales","entry_id":"navy"}`), unknownValue(`Entry with ID "navy" not found.`)},
		"on an entry of another list":       {said("Hi", `"entry":{"list":"poster","entry_id":"`+fake.ID("acme/lists/sales/entries/navy")+`"}`), unknownValue(`Entry with ID "%s" not found.`, fake.ID("acme/lists/sales/entries/navy"))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newDiscussion(t)
			c.wants(c.send("POST", "/v2/comments", tc.body), 400, tc.want)
			if n := len(c.server.Workspace("acme").Comments()); n != 6 {
				t.Errorf("there are %d comments", n)
			}
		})
	}
}

func TestCommentsThatAreNotThere(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	const noUUID = `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Path params validation error",` +
		`"validation_errors":[{"code":"invalid_string","path":["comment_id"],"message":"Invalid uuid","string_validation":"uuid"}]}`
	for _, id := range []string{noSuchID, fake.ID("globex/threads/theirs"), fake.ID("acme/threads/hidden")} {
		c.wants(c.get("/v2/comments/"+id), 404, notFound(`Comment with ID "`+id+`" was not found.`))
		c.wants(c.send("DELETE", "/v2/comments/"+id, ""), 404, notFound(`Could not find Comment with ID "`+id+`".`))
	}
	c.wants(c.get("/v2/comments/1"), 400, noUUID)
	c.wants(c.send("DELETE", "/v2/comments/1", ""), 400, noUUID)
	hidden := fake.ID("acme/threads/hidden")
	c.having("bobs").must("GET", "/v2/comments/"+hidden, "")
	c.having("bobs").must("DELETE", "/v2/comments/"+hidden, "")
	c.having("bobs").wants(c.having("bobs").get("/v2/comments/"+hidden), 404, notFound(`Comment with ID "`+hidden+`" was not found.`))
}

func TestTheHeadTakesItsThreadAlong(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	left := func() string {
		var all []string
		for _, comment := range c.server.Workspace("acme").Comments() {
			all = append(all, comment.Content)
		}
		return strings.Join(all, " ")
	}
	for _, step := range []struct{ path, want string }{
		{"/v2/comments/" + openThread, "Staged Fine Hidden Pinned"},
		{"/v2/comments/" + fake.ID("acme/threads/staged/replies/first"), "Staged Hidden Pinned"},
		{"/v2/lists/sales/entries/" + fake.ID("acme/lists/sales/entries/navy"), "Hidden Pinned"},
		{"/v2/objects/companies/records/" + navyCompany, ""},
	} {
		got := c.send("DELETE", step.path, "")
		c.wants(got, 200, `{}`)
		if got.Header.Get("x-accurate-at") != "" {
			t.Error("a deletion says x-accurate-at")
		}
		if diff := cmp.Diff(step.want, left()); diff != "" {
			t.Errorf("after %s: %s", step.path, diff)
		}
	}
}

func TestCommentsNeedTheScopesOfWhatTheyAreOn(t *testing.T) {
	t.Parallel()
	lacks := func(scopes string) string {
		return refusal("403", "auth_error", "unauthorized", "The API Key provided is not authorized to perform the requested action. This request requires scopes: "+scopes+".")
	}
	const (
		ofRecords = "Read access to the Object Configuration scope, Read access to the Records scope"
		ofEntries = "Read access to the List Configuration scope, Read access to the List Entries scope"
	)
	for name, tc := range map[string]struct {
		method, path, body string
		refused            map[string]string // by token: the scope that it lacks
	}{
		"read of a record":    {"GET", "/v2/comments/" + openThread, "", map[string]string{"comments": ofRecords, "entries": ofRecords, "records": "", "reader": ""}},
		"read of an entry":    {"GET", "/v2/comments/" + stagedThread, "", map[string]string{"comments": ofEntries, "records": ofEntries, "reader": ofEntries, "entries": ""}},
		"thread of a record":  {"GET", "/v2/threads/" + openThread, "", map[string]string{"comments": ofRecords, "entries": ofRecords, "records": "", "reader": ""}},
		"thread of an entry":  {"GET", "/v2/threads/" + stagedThread, "", map[string]string{"comments": ofEntries, "records": ofEntries, "entries": ""}},
		"threads of a record": {"GET", "/v2/threads?object=companies&record_id=" + navyCompany, "", map[string]string{"comments": ofRecords, "entries": ofRecords, "records": ""}},
		"threads of an entry": {"GET", "/v2/threads?list=sales&entry_id=" + fake.ID("acme/lists/sales/entries/navy"), "", map[string]string{"comments": ofEntries, "records": ofEntries, "entries": ""}},
		"new on a record":     {"POST", "/v2/comments", said("Hi", onRecord), map[string]string{"comments": ofRecords, "entries": ofRecords, "records": "", "reader": "Read-Write access to the Comments scope"}},
		"new on an entry":     {"POST", "/v2/comments", said("Hi", onEntry), map[string]string{"comments": ofEntries, "records": ofEntries, "entries": ""}},
		"reply on a record":   {"POST", "/v2/comments", said("Hi", `"thread_id":"`+openThread+`"`), map[string]string{"comments": ofRecords, "entries": ofRecords, "records": ""}},
		"reply on an entry":   {"POST", "/v2/comments", said("Hi", `"thread_id":"`+stagedThread+`"`), map[string]string{"comments": ofEntries, "records": ofEntries, "entries": ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newDiscussion(t)
			for token, scopes := range tc.refused {
				got := c.having(token).send(tc.method, tc.path, tc.body)
				if scopes != "" {
					c.wants(got, 403, lacks(scopes))
				} else if got.Status != 200 {
					t.Errorf("%s: %d %s", token, got.Status, got.Body)
				}
			}
		})
	}
	t.Run("deletions need those of comments alone", func(t *testing.T) {
		t.Parallel()
		c := newDiscussion(t).having("comments")
		c.must("DELETE", "/v2/comments/"+openThread, "")
		c.must("DELETE", "/v2/comments/"+stagedThread, "")
	})
}

func TestATokenOfNobodySeesWhatEveryMemberSees(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t).having("nobodys")
	c.must("GET", "/v2/comments/"+stagedThread, "")
	c.must("POST", "/v2/comments", said("Hi", onEntry))
	hidden := fake.ID("acme/threads/hidden")
	c.wants(c.get("/v2/comments/"+hidden), 404, notFound(`Comment with ID "`+hidden+`" was not found.`))
}

func TestAResolvedThreadTakesReplies(t *testing.T) {
	t.Parallel()
	c := newDiscussion(t)
	c.server.Advance(time.Second)
	c.must("POST", "/v2/comments", said("One more", `"thread_id":"`+stagedThread+`"`))
	if thread := c.server.Workspace("acme").Thread("staged"); !thread.Resolved || len(thread.Comments) != 3 {
		t.Errorf("got %+v", thread)
	}
}
