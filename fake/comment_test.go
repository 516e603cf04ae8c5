package fake_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// withThreads is a workspace with comments on a record and on an entry of it.
func withThreads() fake.Option {
	return fake.YAML(`
version: 1
clock: 2026-01-15T12:00:00Z
users: {ada: {email: ada@acme.example.com}, bob: {email: bob@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {full: {scopes: all}}
    objects: {companies: {records: {navy: {name: Navy}}}}
    lists: {sales: {parent_object: companies, entries: {navy: {record: navy}}}}
    threads:
      renewal:
        record: companies/navy
        content: Will they stay?
        author: bob
        created_at: 2026-01-10T08:00:00Z
        replies: {asked: {content: They will., created_at: 2026-01-11T08:00:00Z}}
      stage: {entry: sales/navy, content: Next?, resolved_by: system, resolved_at: 2026-01-15T12:00:00Z}
  empty: {tokens: {full: {scopes: all}}, objects: {people: {records: {grace: {}}}}}
`)
}

func TestThreadsOfAScenarioAreThereForGoAndForClients(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withThreads())
	acme := srv.Workspace("acme")
	renewal := acme.Thread("renewal")
	navy, entry := acme.Record("companies", "navy").ID(), acme.List("sales").Entry("navy").ID()
	if renewal.ID != fake.ID("acme/threads/renewal") || renewal.Resolved || !renewal.ResolvedAt.IsZero() || len(renewal.Comments) != 2 ||
		!renewal.CreatedAt.Equal(time.Date(2026, 1, 10, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("got %+v", renewal)
	}
	head, asked := acme.Comment("renewal"), acme.Comment("renewal/asked")
	if head.ID != renewal.ID || head.Thread != head.ID || head.Author.User != "bob" || head.Content != "Will they stay?" || head.Record.ID() != navy ||
		head.Entry != (fake.Entry{}) || !head.CreatedAt.Equal(renewal.CreatedAt) {
		t.Errorf("got %+v", head)
	}
	if asked.ID != fake.ID("acme/threads/renewal/replies/asked") || asked.Thread != renewal.ID || asked.Author != acme.Member("ada") || acme.Comment(asked.ID).Content != "They will." {
		t.Errorf("got %+v", asked)
	}
	if stage := acme.Thread("stage"); !stage.Resolved || stage.ResolvedBy != "" || !stage.ResolvedAt.Equal(time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)) ||
		stage.Comments[0].Record.ID() != navy || stage.Comments[0].Entry.ID() != entry {
		t.Errorf("got %+v", stage)
	}
	var ids []string
	for _, thread := range acme.Threads() {
		for _, c := range thread.Comments {
			ids = append(ids, c.ID)
		}
	}
	for _, c := range acme.Comments() {
		ids = append(ids, c.ID)
	}
	stage := fake.ID("acme/threads/stage")
	if diff := cmp.Diff([]string{head.ID, asked.ID, stage, head.ID, asked.ID, stage}, ids); diff != "" {
		t.Error(diff)
	}
	if _, body := send(t, srv, http.MethodGet, "/v2/comments/"+asked.ID, ""); !strings.Contains(body, `"content_plaintext":"They will."`) {
		t.Error(body)
	}
}

func TestCommentsAddedFromGoAreThereForClients(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withThreads())
	srv.Freeze()
	acme := srv.Workspace("acme")
	navy, entry := acme.Record("companies", "navy"), acme.List("sales").Entry("navy")
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	onRecord := acme.AddComment(fake.Comment{Record: navy, Content: "One", CreatedAt: at})
	onEntry := acme.As("bob").AddComment(fake.Comment{Entry: entry, Content: "Two"})
	reply := acme.AddComment(fake.Comment{Thread: "renewal", Author: acme.Member("bob"), Content: "Three"})
	again := acme.AddComment(fake.Comment{Thread: onEntry.ID, Content: "Four"})
	for _, tc := range []struct {
		made                                 fake.Comment
		thread, entry, author, said, created string
	}{
		{onRecord, onRecord.ID, "null", "ada", "One", "2026-01-02T03:04:05.000000000Z"},
		{onEntry, onEntry.ID, `{"entry_id":"` + entry.ID() + `","list_id":"` + fake.ID("acme/lists/sales") + `"}`, "bob", "Two", "2026-01-15T12:00:00"},
		{reply, fake.ID("acme/threads/renewal"), "null", "bob", "Three", "2026-01-15T12:00:00"},
		{again, onEntry.ID, `{"entry_id":"` + entry.ID() + `","list_id":"` + fake.ID("acme/lists/sales") + `"}`, "ada", "Four", "2026-01-15T12:00:00"},
	} {
		status, body := send(t, srv, http.MethodGet, "/v2/comments/"+tc.made.ID, "")
		var got struct {
			Data struct {
				Thread  string          `json:"thread_id"`
				Created string          `json:"created_at"`
				Record  json.RawMessage `json:"record"`
				Entry   json.RawMessage `json:"entry"`
				Content string          `json:"content_plaintext"`
				Author  struct{ ID string }
			}
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil || status != 200 {
			t.Fatalf("%d %s: %v", status, body, err)
		}
		d := got.Data
		if d.Thread != tc.thread || string(d.Entry) != tc.entry || d.Author.ID != fake.ID("acme/members/"+tc.author) || d.Content != tc.said || !strings.HasPrefix(d.Created, tc.created) ||
			string(d.Record) != `{"record_id":"`+navy.ID()+`","object_id":"`+fake.ID("acme/objects/companies")+`"}` {
			t.Errorf("%s: got %s", tc.said, body)
		}
		if tc.made.Thread != tc.thread || tc.made.Author.User != tc.author || tc.made.Record.ID() != navy.ID() {
			t.Errorf("made %+v", tc.made)
		}
	}
	acme.DeleteComment(onEntry.ID)
	acme.DeleteComment("renewal/asked")
	if n := len(acme.Thread("renewal").Comments); n != 2 || len(acme.Comments()) != 4 {
		t.Errorf("%d comments of the thread, %d in all", n, len(acme.Comments()))
	}
}

func TestAThreadIsResolvedFromGo(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withThreads())
	srv.Freeze()
	acme := srv.Workspace("acme")
	resolved := func() string {
		t.Helper()
		_, body := send(t, srv, http.MethodGet, "/v2/comments/"+fake.ID("acme/threads/renewal"), "")
		var got struct {
			Data struct {
				At json.RawMessage `json:"resolved_at"`
				By json.RawMessage `json:"resolved_by"`
			}
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err)
		}
		return string(got.Data.At) + " " + string(got.Data.By)
	}
	thread := acme.ResolveThread("renewal", "bob")
	if !thread.Resolved || thread.ResolvedBy != acme.Member("bob").ID || !thread.ResolvedAt.Equal(srv.Now().Truncate(time.Millisecond)) || thread.Comments[0].ID != thread.ID {
		t.Errorf("got %+v", thread)
	}
	if got := resolved(); !strings.HasPrefix(got, `"2026-01-15T12:00:00`) || !strings.HasSuffix(got, ` {"type":"workspace-member","id":"`+thread.ResolvedBy+`"}`) {
		t.Errorf("got %s", got)
	}
	if again := acme.ResolveThread(thread.ID, "ada"); again.ResolvedBy != thread.ResolvedBy {
		t.Errorf("got %+v", again)
	}
	if open := acme.UnresolveThread("renewal"); open.Resolved || !open.ResolvedAt.IsZero() || open.ResolvedBy != "" {
		t.Errorf("got %+v", open)
	}
	if got := resolved(); got != "null null" {
		t.Errorf("got %s", got)
	}
}

func TestAMistakeWithACommentEndsTheTest(t *testing.T) {
	t.Parallel()
	const needsOne = `fake: comment "Hi" needs one thing that it is on: a Record, an Entry or a Thread`
	navy := func(w *fake.Workspace) fake.Record { return w.Record("companies", "navy") }
	for name, tc := range map[string]struct {
		do   func(w, empty *fake.Workspace)
		want string
	}{
		"on nothing": {func(w, _ *fake.Workspace) { w.AddComment(fake.Comment{Content: "Hi"}) }, needsOne},
		"on a record and in a thread": {func(w, _ *fake.Workspace) {
			w.AddComment(fake.Comment{Content: "Hi", Record: navy(w), Thread: "renewal"})
		}, needsOne},
		"on a record and its entry": {func(w, _ *fake.Workspace) {
			w.AddComment(fake.Comment{Content: "Hi", Record: navy(w), Entry: w.List("sales").Entry("navy")})
		}, needsOne},
		"on an entry and in a thread": {func(w, _ *fake.Workspace) {
			w.AddComment(fake.Comment{Content: "Hi", Thread: "renewal", Entry: w.List("sales").Entry("navy")})
		}, needsOne},
		"on a record of another workspace": {func(w, empty *fake.Workspace) {
			w.AddComment(fake.Comment{Record: empty.Record("people", "grace")})
		}, `fake: workspace "acme": Object with slug/ID "` + fake.ID("empty/objects/people") + `" not found.`},
		"on a record that is gone": {func(w, _ *fake.Workspace) {
			record := navy(w)
			w.Delete("companies", "navy")
			w.AddComment(fake.Comment{Record: record})
		}, `fake: workspace "acme": Record with ID "` + fake.ID("acme/companies/navy") + `" not found.`},
		"on an entry that is gone": {func(w, _ *fake.Workspace) {
			entry := w.List("sales").Entry("navy")
			w.List("sales").Delete("navy")
			w.AddComment(fake.Comment{Entry: entry})
		}, `fake: workspace "acme": Entry with ID "` + fake.ID("acme/lists/sales/entries/navy") + `" not found.`},
		"on an entry of another workspace": {func(w, empty *fake.Workspace) {
			empty.AddComment(fake.Comment{Author: w.Member("ada"), Entry: w.List("sales").Entry("navy")})
		},
			`fake: workspace "empty": List with slug/ID "sales" not found.`},
		"in an unknown thread": {func(w, _ *fake.Workspace) { w.AddComment(fake.Comment{Thread: "renewals"}) },
			`fake: workspace "acme" has no thread "renewals"; name one by its key in the scenario or its id`},
		"in a reply": {func(w, _ *fake.Workspace) { w.AddComment(fake.Comment{Thread: w.Comment("renewal/asked").ID}) },
			`fake: workspace "acme" has no thread "` + fake.ID("acme/threads/renewal/replies/asked") + `"`},
		"by nobody": {func(_, empty *fake.Workspace) {
			empty.AddComment(fake.Comment{Content: "Hi", Record: empty.Record("people", "grace")})
		}, `fake: comment "Hi" needs an Author, as writes to workspace "empty" are attributed to no member`},
		"by a stranger": {func(w, _ *fake.Workspace) {
			w.AddComment(fake.Comment{Record: navy(w), Author: fake.Member{ID: fake.ID("eve")}})
		}, `fake: workspace "acme": Workspace member with ID "` + fake.ID("eve") + `" not found.`},
		"from the future": {func(w, _ *fake.Workspace) {
			w.AddComment(fake.Comment{Record: navy(w), CreatedAt: time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC)})
		}, "fake: workspace \"acme\": Body payload validation error.\n  data: created_at: Date must be in 1970 or later, and not in the future"},
		"that is unknown": {func(w, _ *fake.Workspace) { w.Comment("renewal/ask") },
			`fake: workspace "acme" has no comment "renewal/ask"; name one by its id or its key in the scenario, "thread" or "thread/reply"`},
		"that is to be deleted and unknown": {func(w, _ *fake.Workspace) { w.DeleteComment("x") }, `fake: workspace "acme" has no comment "x"`},
		"resolved of an unknown thread":     {func(w, _ *fake.Workspace) { w.ResolveThread("x", "ada") }, `fake: workspace "acme" has no thread "x"`},
		"resolved by a stranger":            {func(w, _ *fake.Workspace) { w.ResolveThread("renewal", "eve") }, `fake: workspace "acme": unknown member "eve"; known: ada, bob`},
		"opened again of an unknown thread": {func(w, _ *fake.Workspace) { w.UnresolveThread("x") }, `fake: workspace "acme" has no thread "x"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, withThreads(), fake.WithoutSocket())
			defer srv.Close()
			tc.do(srv.Workspace("acme"), srv.Workspace("empty"))
			if len(test.fatal) != 1 || !strings.Contains(test.fatal[0], tc.want) {
				t.Errorf("got %q\nwant %s", test.fatal, tc.want)
			}
		})
	}
}
