package fake_test

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
)

// writes uses every method that writes, on a workspace of the exercise.
var writes = map[string]func(*fake.Workspace){
	"Workspace.AddActivity": func(w *fake.Workspace) { w.AddActivity(fake.Activity{Slug: "new", Singular: "New", Plural: "News"}) },
	"Workspace.UpdateActivity": func(w *fake.Workspace) {
		w.UpdateActivity("visits_here", func(a *fake.Activity) { a.Plural = "Calls" })
	},
	"Workspace.DeleteActivity": func(w *fake.Workspace) { w.DeleteActivity("visits_here") },
	"Workspace.AddAttribute": func(w *fake.Workspace) {
		w.AddAttribute("people", fake.Attribute{Slug: "new", Title: "New", Type: "text"})
	},
	"Workspace.AddCallRecording": func(w *fake.Workspace) {
		w.AddCallRecording(fake.CallRecording{Meeting: "kickoff", VideoURL: "https://example.com/2.mp4"})
	},
	"Workspace.DeleteCallRecording": func(w *fake.Workspace) { w.DeleteCallRecording("talk") },
	"Workspace.AddComment": func(w *fake.Workspace) {
		w.AddComment(fake.Comment{Record: w.Record("people", "grace"), Content: "Hm."})
	},
	"Workspace.UpdateComment": func(w *fake.Workspace) {
		w.UpdateComment(w.Comments()[0].ID, func(c *fake.Comment) { c.Content = "Ah." })
	},
	"Workspace.DeleteComment": func(w *fake.Workspace) { w.DeleteComment(w.Comments()[0].ID) },
	"Workspace.WebhookTo":     func(w *fake.Workspace) { w.WebhookTo(http.NotFoundHandler(), "record.created") },
	"Workspace.TestWebhook":   func(w *fake.Workspace) { w.TestWebhook("hook", "") },
	"Workspace.AddEmail": func(w *fake.Workspace) {
		w.AddEmail(fake.Email{From: "grace@here.example.com", To: []string{"ada@here.example.com"}})
	},
	"Workspace.DeleteEmail":        func(w *fake.Workspace) { w.DeleteEmail("first") },
	"Workspace.ProtectRecipient":   func(w *fake.Workspace) { w.ProtectRecipient("example.com") },
	"Workspace.UnprotectRecipient": func(w *fake.Workspace) { w.UnprotectRecipient("example.com") },
	"Workspace.AddFile": func(w *fake.Workspace) {
		w.AddFile(fake.File{Record: w.Record("people", "grace"), Name: "a"}, []byte("a"))
	},
	"Workspace.AddFolder":  func(w *fake.Workspace) { w.AddFolder(fake.File{Record: w.Record("people", "grace"), Name: "a"}) },
	"Workspace.UpdateFile": func(w *fake.Workspace) { w.UpdateFile("plan", func(f *fake.File) { f.Name = "b" }) },
	"Workspace.DeleteFile": func(w *fake.Workspace) { w.DeleteFile("plan") },
	"Workspace.AddList":    func(w *fake.Workspace) { w.AddList(fake.List{Slug: "new", Name: "New", Parent: "people"}) },
	"Workspace.UpdateList": func(w *fake.Workspace) { w.UpdateList("sales_here", func(l *fake.List) { l.Name = "B" }) },
	"Workspace.DeleteList": func(w *fake.Workspace) { w.DeleteList("sales_here") },
	"Workspace.AddMeeting": func(w *fake.Workspace) {
		w.AddMeeting(fake.Meeting{Title: "M", Start: w.Meetings()[0].Start, End: w.Meetings()[0].End, Participants: w.Meetings()[0].Participants})
	},
	"Workspace.UpdateMeeting": func(w *fake.Workspace) { w.UpdateMeeting("kickoff", func(m *fake.Meeting) { m.Title = "B" }) },
	"Workspace.DeleteMeeting": func(w *fake.Workspace) { w.DeleteMeeting("kickoff") },
	"Workspace.AddMember":     func(w *fake.Workspace) { w.AddMember(fake.Member{Email: "new@example.com"}) },
	"Workspace.RenameMember":  func(w *fake.Workspace) { w.RenameMember("ada_here", "A", "B") },
	"Workspace.SetAccess":     func(w *fake.Workspace) { w.SetAccess("bob_here", fake.AccessAdmin) },
	"Workspace.Suspend":       func(w *fake.Workspace) { w.Suspend("bob_here") },
	"Workspace.Merge":         func(w *fake.Workspace) { w.Merge("people", "grace", "alan") },
	"Workspace.AddNote":       func(w *fake.Workspace) { w.AddNote(fake.Note{Record: w.Record("people", "grace"), Title: "A"}) },
	"Workspace.UpdateNote":    func(w *fake.Workspace) { w.UpdateNote("memo", func(n *fake.Note) { n.Title = "B" }) },
	"Workspace.DeleteNote":    func(w *fake.Workspace) { w.DeleteNote("memo") },
	"Workspace.AddObject":     func(w *fake.Workspace) { w.AddObject(fake.Object{Slug: "new", Singular: "New", Plural: "News"}) },
	"Workspace.UpdateObject":  func(w *fake.Workspace) { w.UpdateObject("ships_here", func(o *fake.Object) { o.Plural = "B" }) },
	"Workspace.DeleteObject":  func(w *fake.Workspace) { w.DeleteObject("ships_here") },
	"Workspace.EnableObject":  func(w *fake.Workspace) { w.EnableObject("deals") },
	"Workspace.Create":        func(w *fake.Workspace) { w.Create("people", fake.Values{"job_title": "A"}) },
	"Workspace.Upsert": func(w *fake.Workspace) {
		w.Upsert("people", "email_addresses", fake.Values{"email_addresses": "x@example.com"})
	},
	"Workspace.Update":          func(w *fake.Workspace) { w.Update("people", "grace", fake.Values{"job_title": "A"}) },
	"Workspace.Overwrite":       func(w *fake.Workspace) { w.Overwrite("people", "grace", fake.Values{"job_title": "A"}) },
	"Workspace.Delete":          func(w *fake.Workspace) { w.Delete("people", "grace") },
	"Workspace.AddTeam":         func(w *fake.Workspace) { w.AddTeam(fake.Team{Name: "New"}) },
	"Workspace.UpdateTeam":      func(w *fake.Workspace) { w.UpdateTeam("crew_here", func(t *fake.Team) { t.Name = "B" }) },
	"Workspace.DeleteTeam":      func(w *fake.Workspace) { w.DeleteTeam("crew_here") },
	"Workspace.Invite":          func(w *fake.Workspace) { w.Invite(fake.Invite{Email: "new@example.com"}) },
	"Workspace.AcceptInvite":    func(w *fake.Workspace) { w.AcceptInvite("ivy_here") },
	"Workspace.WithdrawInvite":  func(w *fake.Workspace) { w.WithdrawInvite("ivy_here") },
	"Workspace.VerifyDomain":    func(w *fake.Workspace) { w.VerifyDomain("example.com") },
	"Workspace.UnverifyDomain":  func(w *fake.Workspace) { w.UnverifyDomain("here.example.com") },
	"Workspace.AddTask":         func(w *fake.Workspace) { w.AddTask(fake.Task{Content: "A"}) },
	"Workspace.UpdateTask":      func(w *fake.Workspace) { w.UpdateTask("call", func(t *fake.Task) { t.Completed = true }) },
	"Workspace.CompleteTask":    func(w *fake.Workspace) { w.CompleteTask("call") },
	"Workspace.DeleteTask":      func(w *fake.Workspace) { w.DeleteTask("call") },
	"Workspace.ResolveThread":   func(w *fake.Workspace) { w.ResolveThread("hm", "ada_here") },
	"Workspace.UnresolveThread": func(w *fake.Workspace) { w.UnresolveThread("hm") },
	"Workspace.AddToken":        func(w *fake.Workspace) { w.AddToken(fake.Token{}) },
	"Workspace.DeleteToken":     func(w *fake.Workspace) { w.DeleteToken("full") },
	"Workspace.Unsubscribe":     func(w *fake.Workspace) { w.Unsubscribe("x@example.com") },
	"Workspace.Resubscribe":     func(w *fake.Workspace) { w.Resubscribe("gone@here.example.com") },
	"Workspace.AddWebhook": func(w *fake.Workspace) {
		w.AddWebhook(fake.Webhook{TargetURL: "https://x.invalid", Subscriptions: fake.Subscribe("note.created")})
	},
	"Workspace.UpdateWebhook": func(w *fake.Workspace) {
		w.UpdateWebhook("hook", func(h *fake.Webhook) { h.TargetURL = "https://y.invalid" })
	},
	"Workspace.DeleteWebhook": func(w *fake.Workspace) { w.DeleteWebhook("hook") },
	"Workspace.Rename":        func(w *fake.Workspace) { w.Rename("B") },
	"Workspace.SetLimits":     func(w *fake.Workspace) { w.SetLimits(true) },
	"Record.Update":           func(w *fake.Workspace) { w.Record("people", "grace").Update(fake.Values{"job_title": "A"}) },
	"Record.Overwrite":        func(w *fake.Workspace) { w.Record("people", "grace").Overwrite(fake.Values{"job_title": "A"}) },
	"Record.Delete":           func(w *fake.Workspace) { w.Record("people", "grace").Delete() },
	"Entry.Update":            func(w *fake.Workspace) { w.List("sales_here").Entry("navy").Update(fake.Values{"amount": 2}) },
	"Entry.Overwrite":         func(w *fake.Workspace) { w.List("sales_here").Entry("navy").Overwrite(fake.Values{"amount": 2}) },
	"Entry.Delete":            func(w *fake.Workspace) { w.List("sales_here").Entry("navy").Delete() },
	"Object.AddAttribute": func(w *fake.Workspace) {
		w.Object("people").AddAttribute(fake.Attribute{Slug: "new", Title: "New", Type: "text"})
	},
	"Object.Create": func(w *fake.Workspace) { w.Object("people").Create(nil) },
	"Object.Upsert": func(w *fake.Workspace) {
		w.Object("people").Upsert("email_addresses", fake.Values{"email_addresses": "x@example.com"})
	},
	"Object.Update":    func(w *fake.Workspace) { w.Object("people").Update("grace", fake.Values{"job_title": "A"}) },
	"Object.Overwrite": func(w *fake.Workspace) { w.Object("people").Overwrite("grace", fake.Values{"job_title": "A"}) },
	"Object.Delete":    func(w *fake.Workspace) { w.Object("people").Delete("grace") },
	"List.AddAttribute": func(w *fake.Workspace) {
		w.List("sales_here").AddAttribute(fake.Attribute{Slug: "new", Title: "New", Type: "text"})
	},
	"List.AddEntry":    func(w *fake.Workspace) { w.List("sales_here").AddEntry(w.Record("companies", "army"), nil) },
	"List.UpsertEntry": func(w *fake.Workspace) { w.List("sales_here").UpsertEntry(w.Record("companies", "army"), nil) },
	"List.Update":      func(w *fake.Workspace) { w.List("sales_here").Update("navy", fake.Values{"amount": 2}) },
	"List.Overwrite":   func(w *fake.Workspace) { w.List("sales_here").Overwrite("navy", fake.Values{"amount": 2}) },
	"List.Delete":      func(w *fake.Workspace) { w.List("sales_here").Delete("navy") },
	"Activity.AddAttribute": func(w *fake.Workspace) {
		w.Activity("visits_here").AddAttribute(fake.Attribute{Slug: "new", Title: "New", Type: "text"})
	},
	"Activity.Create": func(w *fake.Workspace) { w.Activity("phone_calls").Create(fake.Values{"direction": "Inbound"}) },
	"Activity.Upsert": func(w *fake.Workspace) {
		w.Activity("phone_calls").Upsert("call", fake.Values{"call": "c3", "direction": "Inbound"})
	},
	"Activity.Update":       func(w *fake.Workspace) { w.Activity("phone_calls").Update("intro", fake.Values{"call": "c4"}) },
	"Activity.Overwrite":    func(w *fake.Workspace) { w.Activity("phone_calls").Overwrite("intro", fake.Values{"call": "c4"}) },
	"Activity.Delete":       func(w *fake.Workspace) { w.Activity("phone_calls").Delete("intro") },
	"ActivityRecord.Update": func(w *fake.Workspace) { w.Activity("phone_calls").Record("intro").Update(fake.Values{"call": "c4"}) },
	"ActivityRecord.Overwrite": func(w *fake.Workspace) {
		w.Activity("phone_calls").Record("intro").Overwrite(fake.Values{"call": "c4"})
	},
	"ActivityRecord.Delete": func(w *fake.Workspace) { w.Activity("phone_calls").Record("intro").Delete() },
	"Attribute.Update": func(w *fake.Workspace) {
		w.Attribute("ships_here", "code").Update(func(a *fake.Attribute) { a.Title = "B" })
	},
	"Attribute.AddOption": func(w *fake.Workspace) { w.Attribute("ships_here", "area").AddOption("East") },
	"Attribute.UpdateOption": func(w *fake.Workspace) {
		w.Attribute("ships_here", "area").UpdateOption("North here", func(o *fake.SelectOption) { o.Title = "B" })
	},
	"Attribute.AddStatus": func(w *fake.Workspace) { w.Attribute("ships_here", "phase").AddStatus(fake.Status{Title: "New"}) },
	"Attribute.UpdateStatus": func(w *fake.Workspace) {
		w.Attribute("ships_here", "phase").UpdateStatus("Open here", func(s *fake.Status) { s.Title = "B" })
	},
}

// writing begins the names of the methods that write.
var writing = []string{
	"Add", "Update", "Delete", "Overwrite", "Create", "Upsert", "Set", "Rename", "Suspend", "Merge", "Enable", "Complete", "Resolve", "Unresolve",
	"Protect", "Unprotect", "Unsubscribe", "Resubscribe", "Accept", "Withdraw", "VerifyDomain", "Unverify", "TestWebhook", "WebhookTo",
}

func TestAWriteToAMomentFailsTheTest(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket(), fake.YAML(exercise.Scenario()))
	sendWith(t, srv, srv.Token("here"), "GET", "/v2/self", "")
	request := srv.Requests()[0]
	before := srv.Snapshot()
	for name, write := range writes {
		var failed recorder
		write(srv.For(&failed).At(request).Workspace("here"))
		if want := `a moment of the past can only be read`; len(failed.fatal) == 0 || !strings.HasSuffix(failed.fatal[0], want) {
			t.Errorf("%s fails the test with %q", name, failed.fatal)
		}
	}
	srv.ExpectUnchanged(t, before)
	for _, of := range []any{&fake.Workspace{}, fake.Record{}, fake.Entry{}, fake.Object{}, fake.List{}, fake.Activity{}, fake.ActivityRecord{}, fake.Attribute{}} {
		methods := reflect.TypeOf(of)
		for method := range methods.Methods() {
			name := strings.TrimPrefix(strings.TrimPrefix(methods.String(), "*"), "fake.") + "." + method.Name
			writesByName := method.Name == "Invite" || method.Name != "Unsubscribed" && method.Name != "CreatedAt" && slices.ContainsFunc(writing, func(begins string) bool { return strings.HasPrefix(method.Name, begins) })
			if _, tried := writes[name]; tried != writesByName {
				t.Errorf("%s: whether it writes is not tried", name)
			}
		}
	}
}
