package fake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// newEdited is a server whose workspace a test changes.
func newEdited(t testing.TB) (*fake.Server, *fake.Workspace) {
	t.Helper()
	srv := fake.New(t, fake.Scenario("acme"), fake.WithoutSocket())
	return srv, srv.Workspace("acme")
}

// outcomeOf is what a client reads at a path.
func outcomeOf(t testing.TB, srv *fake.Server, path string) string {
	t.Helper()
	status, body := send(t, srv, "GET", path, "")
	if status != 200 {
		return body[strings.Index(body, `"code":`):]
	}
	return body
}

// What a test can add it can also change and take away, and clients see it.
func TestWhatIsAddedCanBeChangedAndDeleted(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		add    func(w *fake.Workspace) (id string)
		path   string // of the thing; {id} stands for its id
		change func(w *fake.Workspace, id string)
		want   string // in the answer after the change
		remove func(w *fake.Workspace, id string)
		gone   string // in the answer after it is deleted
	}{
		"an object": {
			add: func(w *fake.Workspace) string {
				return w.AddObject(fake.Object{Slug: "ships", Singular: "Ship", Plural: "Ships"}).ID
			},
			path: "/v2/objects/{id}",
			change: func(w *fake.Workspace, id string) {
				w.UpdateObject(id, func(o *fake.Object) { o.Slug, o.Plural = "vessels", "Vessels" })
			},
			want:   `"api_slug":"vessels"`,
			remove: func(w *fake.Workspace, id string) { w.DeleteObject(id) },
			gone:   `"code":"not_found"`,
		},
		"a list": {
			add: func(w *fake.Workspace) string {
				l := w.AddList(fake.List{Slug: "sales", Parent: "people"})
				l.AddEntry(w.Create("people", nil), nil)
				return l.ID
			},
			path: "/v2/lists/{id}",
			change: func(w *fake.Workspace, id string) {
				w.UpdateList(id, func(l *fake.List) {
					l.Name, l.Access, l.MemberAccess["ada"] = "Mine", fake.ListReadOnly, fake.ListFullAccess
				})
			},
			want:   `"name":"Mine","workspace_access":"read-only","workspace_member_access":[{"level":"full-access"`,
			remove: func(w *fake.Workspace, id string) { w.DeleteList(id) },
			gone:   `"code":"not_found"`,
		},
		"a record": {
			add: func(w *fake.Workspace) string {
				return w.Object("people").Create(fake.Values{"job_title": "Clerk"}).ID()
			},
			path:   "/v2/objects/people/records/{id}",
			change: func(w *fake.Workspace, id string) { w.Record("people", id).Update(fake.Values{"job_title": "Admiral"}) },
			want:   `"value":"Admiral"`,
			remove: func(w *fake.Workspace, id string) {
				w.Record("people", id).Overwrite(fake.Values{"job_title": "None"}).Delete()
			},
			gone: `"code":"not_found"`,
		},
		"an entry": {
			add: func(w *fake.Workspace) string {
				l := w.AddList(fake.List{Slug: "sales", Parent: "people"})
				l.AddAttribute(fake.Attribute{Slug: "stage", Type: "text"})
				return l.AddEntry(w.Create("people", nil), nil).ID()
			},
			path:   "/v2/lists/sales/entries/{id}",
			change: func(w *fake.Workspace, id string) { w.List("sales").Entry(id).Update(fake.Values{"stage": "Won"}) },
			want:   `"value":"Won"`,
			remove: func(w *fake.Workspace, id string) {
				w.List("sales").Entry(id).Overwrite(fake.Values{"stage": "Lost"}).Delete()
			},
			gone: `"code":"not_found"`,
		},
		"a note": {
			add: func(w *fake.Workspace) string {
				return w.AddNote(fake.Note{Record: w.Create("people", nil), Title: "Call", Markdown: "*Hi*"}).ID
			},
			path: "/v2/notes/{id}",
			change: func(w *fake.Workspace, id string) {
				w.UpdateNote(id, func(n *fake.Note) { n.Title, n.Markdown = "Visit", "**Bye**" })
			},
			want:   `"title":"Visit","meeting_id":null,"content_plaintext":"Bye"`,
			remove: func(w *fake.Workspace, id string) { w.DeleteNote(id) },
			gone:   `"code":"not_found"`,
		},
		"a task": {
			add: func(w *fake.Workspace) string {
				return w.AddTask(fake.Task{Content: "Call", Assignees: []fake.Member{w.Member("ada")}}).ID
			},
			path: "/v2/tasks/{id}",
			change: func(w *fake.Workspace, id string) {
				w.UpdateTask(id, func(t *fake.Task) { t.Content, t.Completed, t.Assignees = "Write", true, nil })
			},
			want:   `"content_plaintext":"Write","is_completed":true`,
			remove: func(w *fake.Workspace, id string) { w.DeleteTask(id) },
			gone:   `"code":"not_found"`,
		},
		"a comment": {
			add: func(w *fake.Workspace) string {
				return w.AddComment(fake.Comment{Record: w.Create("people", nil), Content: "Who?"}).ID
			},
			path: "/v2/comments/{id}",
			change: func(w *fake.Workspace, id string) {
				w.UpdateComment(id, func(c *fake.Comment) { c.Content = "Grace!" })
			},
			want:   `"content_plaintext":"Grace!"`,
			remove: func(w *fake.Workspace, id string) { w.DeleteComment(id) },
			gone:   `"code":"not_found"`,
		},
		"a meeting": {
			add: func(w *fake.Workspace) string {
				return w.AddMeeting(fake.Meeting{Title: "Kickoff", Start: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC),
					Participants: []fake.Participant{{Email: "a@example.com"}}}).ID
			},
			path: "/v2/meetings/{id}",
			change: func(w *fake.Workspace, id string) {
				w.UpdateMeeting(id, func(m *fake.Meeting) {
					m.Title, m.Start, m.End = "Review", m.Start.Add(time.Hour), m.End.Add(time.Hour)
				})
			},
			want:   `"title":"Review"`,
			remove: func(w *fake.Workspace, id string) { w.DeleteMeeting(id) },
			gone:   `"code":"not_found"`,
		},
		"a webhook": {
			add: func(w *fake.Workspace) string {
				return w.AddWebhook(fake.Webhook{TargetURL: "https://example.com/a", Subscriptions: fake.Subscribe("note.created")}).ID
			},
			path: "/v2/webhooks/{id}",
			change: func(w *fake.Workspace, id string) {
				w.UpdateWebhook(id, func(h *fake.Webhook) { h.TargetURL, h.Status = "https://example.com/b", fake.WebhookInactive })
			},
			want:   `"target_url":"https://example.com/b"`,
			remove: func(w *fake.Workspace, id string) { w.DeleteWebhook(id) },
			gone:   `"code":"not_found"`,
		},
		"a file": {
			add: func(w *fake.Workspace) string {
				return w.AddFile(fake.File{Record: w.Create("people", nil), Name: "a.txt"}, []byte("a")).ID
			},
			path: "/v2/files/{id}",
			change: func(w *fake.Workspace, id string) {
				folder := w.AddFolder(fake.File{Record: w.File(id).Record, Name: "Letters"})
				w.UpdateFile(id, func(f *fake.File) { f.Name, f.Folder = "b.txt", folder.ID })
			},
			want:   `"name":"b.txt"`,
			remove: func(w *fake.Workspace, id string) { w.DeleteFile(w.File(id).Folder) },
			gone:   `"code":"not_found"`,
		},
		"an attribute": {
			add: func(w *fake.Workspace) string {
				return w.Object("people").AddAttribute(fake.Attribute{Slug: "rank", Type: "text"}).ID
			},
			path: "/v2/objects/people/attributes/{id}",
			change: func(w *fake.Workspace, id string) {
				w.Object("people").Attribute(id).Update(func(a *fake.Attribute) { a.Title, a.Description, a.Required = "Grade", "In the Navy", true })
			},
			want: `"title":"Grade","description":"In the Navy"`,
			remove: func(w *fake.Workspace, id string) {
				w.Attribute("people", id).Update(func(a *fake.Attribute) { a.Archived = true })
			},
			gone: `"is_archived":true`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv, acme := newEdited(t)
			id := tc.add(acme)
			path := strings.ReplaceAll(tc.path, "{id}", id)
			if got := outcomeOf(t, srv, path); !strings.Contains(got, id) || strings.Contains(got, tc.want) {
				t.Fatalf("after it was added: %s", got)
			}
			tc.change(acme, id)
			if got := outcomeOf(t, srv, path); !strings.Contains(got, tc.want) {
				t.Errorf("after it was changed: %s\nlacks %s", got, tc.want)
			}
			tc.remove(acme, id)
			if got := outcomeOf(t, srv, path); !strings.Contains(got, tc.gone) {
				t.Errorf("after it was deleted: %s", got)
			}
		})
	}
}

func TestChoicesAreAddedRenamedArchivedAndBroughtBack(t *testing.T) {
	t.Parallel()
	_, acme := newEdited(t)
	deals := acme.AddList(fake.List{Slug: "sales", Parent: "people"})
	tier := deals.AddAttribute(fake.Attribute{Slug: "tier", Type: "select", Options: []string{"Gold"}})
	tier.AddOption("Silver")
	tier.UpdateOption("Gold", func(o *fake.SelectOption) { o.Title = "Platinum" })
	gone := tier.UpdateOption("Silver", func(o *fake.SelectOption) { o.Archived = true })
	if diff := cmp.Diff([]string{"Platinum"}, deals.Attribute("tier").Options); diff != "" {
		t.Errorf("the options (-want +got):\n%s", diff)
	}
	tier.UpdateOption(gone.ID, func(o *fake.SelectOption) { o.Archived = false })
	if diff := cmp.Diff([]string{"Platinum", "Silver"}, deals.Attribute("tier").Options); diff != "" {
		t.Errorf("the options in the end (-want +got):\n%s", diff)
	}
	stage := deals.AddAttribute(fake.Attribute{Slug: "stage", Type: "status", Statuses: []string{"Lead"}})
	won := stage.AddStatus(fake.Status{Title: "Won", Celebration: true, TargetTime: "P3D"})
	if diff := cmp.Diff(fake.Status{ID: won.ID, Title: "Won", Celebration: true, TargetTime: "P3D"}, won); diff != "" {
		t.Errorf("the status (-want +got):\n%s", diff)
	}
	stage.UpdateStatus("Lead", func(s *fake.Status) { s.Archived = true })
	if diff := cmp.Diff([]string{"Won"}, deals.Attribute("stage").Statuses); diff != "" {
		t.Errorf("the statuses (-want +got):\n%s", diff)
	}
}

func TestDefaultsAreChangedAndTakenAway(t *testing.T) {
	t.Parallel()
	_, acme := newEdited(t)
	ships := acme.AddObject(fake.Object{Slug: "ships", Singular: "Ship", Plural: "Ships"})
	code := ships.AddAttribute(fake.Attribute{Slug: "code", Type: "text", Default: "x"})
	code.Update(func(a *fake.Attribute) { a.Title = "The code" })
	if got := ships.Create(nil).Text("code"); got != "x" {
		t.Errorf("after another change the default is %q", got)
	}
	code.Update(func(a *fake.Attribute) { a.Default = "y" })
	if got := ships.Create(nil).Text("code"); got != "y" {
		t.Errorf("changed it is %q", got)
	}
	code.Update(func(a *fake.Attribute) { a.Default = []any{} })
	if got := ships.Create(nil).Text("code"); got != "" {
		t.Errorf("taken away it is %q", got)
	}
}

func TestWhatAnAdminDoesInTheSettingsIsTakenBack(t *testing.T) {
	t.Parallel()
	srv, acme := newEdited(t)
	acme.Suspend("bob")
	if got := acme.SetAccess("bob", fake.AccessAdmin); got.Access != fake.AccessAdmin || got != acme.Member("bob") {
		t.Errorf("bob is %+v", got)
	}
	acme.Unsubscribe("A@example.com", "b@example.com")
	acme.Resubscribe("a@example.com")
	if got := acme.Unsubscribed(); len(got) != 1 || got[0].Email != "b@example.com" {
		t.Errorf("unsubscribed are %v", got)
	}
	email := acme.AddEmail(fake.Email{From: "x@example.org", To: []string{acme.Member("ada").Email}})
	acme.ProtectRecipient("example.org")
	query := "/v2/emails?participants=x@example.org"
	if status, body := send(t, srv, "GET", query, ""); status != 403 && status != 400 {
		t.Errorf("protected: %d %s", status, body)
	}
	acme.UnprotectRecipient("Example.org")
	if got := outcomeOf(t, srv, query); !strings.Contains(got, email.ID) {
		t.Errorf("no longer protected: %s", got)
	}
	acme.DeleteEmail(email.ID)
	if got := outcomeOf(t, srv, query); strings.Contains(got, email.ID) || len(acme.Emails()) != 0 {
		t.Errorf("deleted: %s", got)
	}
	meeting := acme.AddMeeting(fake.Meeting{Start: srv.Now(), Participants: []fake.Participant{{Email: "a@example.com"}}})
	call := acme.AddCallRecording(fake.CallRecording{Meeting: meeting.ID})
	acme.DeleteCallRecording(call.ID)
	if got := acme.CallRecordings(); len(got) != 0 {
		t.Errorf("call recordings: %v", got)
	}
}

func TestMistakesInEditsFailTheTest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		edit func(w *fake.Workspace)
		want string
	}{
		"an id": {func(w *fake.Workspace) { w.UpdateObject("people", func(o *fake.Object) { o.ID = "x" }) },
			`fake: workspace "acme": object "people": its ID cannot be changed`},
		"the slug of a standard object": {func(w *fake.Workspace) { w.UpdateObject("people", func(o *fake.Object) { o.Slug = "humans" }) },
			`fake: workspace "acme": `},
		"a standard object, deleted": {func(w *fake.Workspace) { w.DeleteObject("people") }, `fake: workspace "acme": `},
		"options as a list": {func(w *fake.Workspace) {
			w.AddObject(fake.Object{Slug: "ships", Singular: "Ship", Plural: "Ships"}).AddAttribute(fake.Attribute{Slug: "tier", Type: "select"}).Update(func(a *fake.Attribute) { a.Options = []string{"A"} })
		}, `fake: workspace "acme": attribute "tier": its Options (use AddOption or UpdateOption) cannot be changed`},
		"an unknown option": {func(w *fake.Workspace) {
			w.AddObject(fake.Object{Slug: "ships", Singular: "Ship", Plural: "Ships"}).AddAttribute(fake.Attribute{Slug: "tier", Type: "select", Options: []string{"Gold"}}).UpdateOption("Glod", func(*fake.SelectOption) {})
		}, `fake: workspace "acme": attribute "tier" of "ships": unknown option "Glod"; did you mean "Gold"?`},
		"an unknown access level": {func(w *fake.Workspace) { w.SetAccess("bob", "owner") },
			`fake: workspace "acme": member "bob": unknown access level "owner"; known: admin, member, suspended`},
		"an address that is not unsubscribed": {func(w *fake.Workspace) { w.Resubscribe("x@example.com") },
			`fake: workspace "acme": "x@example.com" is not on the list of the unsubscribed`},
		"an unknown token": {func(w *fake.Workspace) { w.DeleteToken("fulll") }, `fake: workspace "acme": unknown token "fulll"; did you mean "full"?`},
		"a folder into itself": {func(w *fake.Workspace) {
			f := w.AddFolder(fake.File{Record: w.Create("people", nil), Name: "A"})
			w.UpdateFile(f.ID, func(f *fake.File) { f.Folder = f.ID })
		}, `fake: workspace "acme": the folder "A" cannot be moved into itself`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, fake.WithoutSocket())
			defer srv.Close()
			tc.edit(srv.Workspace("acme"))
			if len(test.fatal) != 1 || !strings.HasPrefix(test.fatal[0], tc.want) {
				t.Errorf("got  %q\nwant %q", test.fatal, tc.want)
			}
		})
	}
}
