package scenario_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/filter"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/views"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// deeds are what can happen.
var deeds = []func(l life){
	func(l life) { // time passes
		_ = l.world.Clock.Advance(time.Duration(rapid.IntRange(-100_000_000, 100_000_000).Draw(l.T, "ms")) * time.Millisecond)
	},
	func(l life) { // somebody travels in time
		if l.rarely() {
			_ = l.world.Clock.Set(pick(l, []time.Time{world.FirstTime, world.LastTime, time.Date(2600, time.February, 29, 0, 0, 0, 1_000_000, time.UTC), time.Date(2026, time.May, 1, 9, 0, 0, 0, time.UTC)}))
		}
	},
	func(l life) { createRecord(l) }, func(l life) { createRecord(l) }, func(l life) { createRecord(l) },
	func(l life) { updateRecord(l) }, func(l life) { updateRecord(l) }, func(l life) { updateRecord(l) }, func(l life) { updateRecord(l) },
	func(l life) {
		kind := l.kind()
		if id, ok := l.record(kind.Common().ID); ok {
			l.update(func(tx *world.Tx) error { return tx.DeleteRecord(kind, id) })
		}
	},
	func(l life) {
		if lists := l.state().Schema.Lists; len(lists) > 0 {
			list := pick(l, lists)
			if parent, ok := l.record(list.Parent); ok {
				writes := l.writes(list)
				l.update(func(tx *world.Tx) error {
					_, err := tx.CreateEntry(list, l.world.NewID(), world.Parent{Object: string(list.Parent), Record: parent}, writes)
					return err
				})
			}
		}
	},
	func(l life) {
		a := pick(l, l.state().Schema.Activities)
		writes := l.writes(a)
		l.update(func(tx *world.Tx) error { _, err := tx.CreateRecord(a, l.world.NewID(), writes); return err })
	},
	func(l life) { // an activity
		slug, singular, plural := pick(l, slugPool), pick(l, nounPool), pick(l, nounPool)
		edit := world.ActivityEdit{Slug: &slug, Singular: &singular, Plural: &plural}
		a, extends := pick(l, l.state().Schema.Activities), pick(l, standard.ActivitySchemas()).Slug
		create, remove := l.chance(), l.rarely()
		l.update(func(tx *world.Tx) (err error) {
			switch {
			case create:
				_, err = tx.CreateActivity(extends, edit)
			case remove:
				err = tx.DeleteActivity(a)
			default:
				_, err = tx.UpdateActivity(a, edit)
			}
			return err
		})
	},
	createAttribute, createAttribute, updateAttribute, updateAttribute,
	func(l life) { // an option or a status
		kind := l.kind()
		for _, d := range kind.Common().Attributes {
			switch {
			case d.Type == attribute.TypeSelect && l.chance():
				option := attribute.Option{Title: l.word() + "x", Archived: l.chance()}
				if len(d.Options) > 0 && l.chance() {
					option.ID = pick(l, d.Options).ID
				}
				l.update(func(tx *world.Tx) error { _, err := tx.PutOption(kind, d, option); return err })
				return
			case d.Type == attribute.TypeStatus && l.chance():
				status := attribute.Status{Title: l.word() + "x", Celebration: l.chance()}
				if len(d.Statuses) > 0 && l.chance() {
					status.ID = pick(l, d.Statuses).ID
				}
				l.update(func(tx *world.Tx) error { _, err := tx.PutStatus(kind, d, status); return err })
				return
			}
		}
	},
	func(l life) {
		slug, singular, plural := pick(l, slugPool), pick(l, nounPool), pick(l, nounPool)
		l.update(func(tx *world.Tx) error {
			_, err := tx.CreateObject(world.ObjectEdit{Slug: &slug, Singular: &singular, Plural: &plural})
			return err
		})
	},
	func(l life) {
		o, edit := l.object(), world.ObjectEdit{Singular: new(pick(l, nounPool)), Plural: new(pick(l, nounPool))}
		if o.Standard == "" && l.chance() {
			edit.Slug = new(pick(l, slugPool))
		}
		l.update(func(tx *world.Tx) error { _, err := tx.UpdateObject(o, edit); return err })
	},
	func(l life) {
		if o := l.object(); l.chance() {
			l.update(func(tx *world.Tx) error { return tx.DeleteObject(o) })
		}
	},
	func(l life) {
		slug := pick(l, []string{"deals", "users", "workspaces"})
		l.update(func(tx *world.Tx) error { tx.EnableObject(slug); return nil })
	},
	func(l life) { // a list
		slug, name, access := pick(l, slugPool), l.word(), pick(l, append(world.ListAccesses(), ""))
		grants := []world.MemberAccess{}
		if l.chance() {
			for range rapid.IntRange(1, 3).Draw(l.T, "grants") {
				grants = append(grants, world.MemberAccess{Level: pick(l, world.ListAccesses()), Member: l.member()})
			}
		}
		edit := world.ListEdit{Slug: &slug, Name: &name, WorkspaceAccess: &access, MemberAccess: &grants}
		object := string(l.object().ID)
		lists := l.state().Schema.Lists
		update := len(lists) > 0 && l.chance()
		var list *world.List
		if update {
			list = pick(l, lists)
		}
		l.update(func(tx *world.Tx) error {
			var err error
			if update {
				_, err = tx.UpdateList(list, edit)
			} else {
				_, err = tx.CreateList(object, edit)
			}
			return err
		})
	},
	putView, putView, putView, leaveView, leaveView,
	func(l life) {
		kind := l.viewed()
		if all := slices.Collect(l.state().Views(kind.Common().ID, "")); len(all) > 0 && l.rarely() {
			id := pick(l, all).ID
			l.update(func(tx *world.Tx) error { return tx.DeleteView(kind.Common(), id) })
		}
	},
	func(l life) { // a note
		object, record, ok := l.anyRecord()
		text := pick(l, []string{"", "plain", "# Title\n\n- a *b*\n- c\n\ntext", "two\nlines\n", "**bold**: yes", "trailing \n\n\n"})
		format := pick(l, []world.NoteFormat{world.PlaintextNote, world.MarkdownNote})
		content, _ := world.ReadNoteContent(format, text)
		draft := world.NoteDraft{Object: object, Record: record, Title: l.word(), Content: content, Tags: []world.NoteTag{{Member: l.member()}}}
		if l.chance() {
			draft.CreatedAt = new(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC))
		}
		for m := range l.state().Meetings() {
			if l.chance() {
				draft.Meeting = m.ID
			}
		}
		if ok {
			l.update(func(tx *world.Tx) error { _, err := tx.CreateNote(l.world.NewID(), draft); return err })
		}
	},
	func(l life) { // a task
		edit := world.TaskEdit{Linked: new([]attribute.RecordReference), Assignees: &[]attio.ID{l.member()}, Completed: new(l.chance())}
		if l.chance() {
			edit.Deadline = new(pick(l, []*time.Time{nil, new(time.Time{}), new(time.Date(1776, time.July, 4, 0, 0, 0, 5, time.UTC)), new(time.Date(0, time.January, 1, 0, 0, 0, 0, time.UTC)), new(time.Date(9999, time.December, 31, 23, 59, 59, 999_999_999, time.UTC))}))
		}
		for _, link := range l.links() {
			*edit.Linked = append(*edit.Linked, attribute.RecordReference{Object: attio.ID(link.Object), Record: link.Record})
		}
		content := l.word()
		tasks := slices.Collect(l.state().Tasks())
		old := len(tasks) > 0 && l.chance()
		var id attio.ID
		if old {
			id = pick(l, tasks).ID
		}
		l.update(func(tx *world.Tx) error {
			var err error
			if old {
				_, err = tx.UpdateTask(id, edit)
			} else {
				_, err = tx.CreateTask(l.world.NewID(), content, edit)
			}
			return err
		})
	},
	func(l life) { // a comment
		object, record, _ := l.anyRecord()
		message := world.Message{Author: l.member(), Content: l.word()}
		if l.chance() {
			message.CreatedAt = new(time.Date(2020, 1, rapid.IntRange(1, 9).Draw(l.T, "day"), 0, 0, 0, 0, time.UTC))
		}
		threads := slices.Collect(l.state().Threads())
		what := rapid.IntRange(0, 3).Draw(l.T, "what")
		if len(threads) == 0 {
			what = 0
		}
		var head attio.ID
		if what > 0 {
			head = pick(l, threads).Head.ID
		}
		l.update(func(tx *world.Tx) error {
			switch what {
			case 1:
				_, err := tx.Reply(l.world.NewID(), head, message)
				return err
			case 2:
				return tx.ResolveThread(head)
			case 3:
				return tx.DeleteComment(head)
			}
			on, err := tx.PlaceOfRecord(object, record)
			if err == nil {
				_, err = tx.StartThread(l.world.NewID(), on, message)
			}
			return err
		})
	},
	func(l life) { // a meeting
		start, _ := world.MeetingMoment(pick(l, []string{"2026-03-29T01:30:00", "1850-06-01T12:00:00", "0001-01-02T00:00:00", "9999-12-30T23:59:59.999"}), pick(l, []*string{nil, new("Europe/Berlin"), new("America/New_York")}))
		end := start
		end.At = end.At.Add(time.Duration(rapid.IntRange(0, 4).Draw(l.T, "half hours")) * 30 * time.Minute)
		draft := world.Meeting{Title: l.word(), Description: l.word(), Start: start, End: end, Synced: l.chance(), Participants: []world.Participant{
			{Email: pick(l, []string{"ada@example.com", "grace.adeyemi@alder.example.com", "New@example.org"}), Status: world.ParticipantAccepted}, {Name: "Somebody", Status: world.ParticipantPending, Organizer: true},
		}}
		links := l.links()
		l.update(func(tx *world.Tx) error { _, err := tx.CreateMeeting(l.world.NewID(), draft, links); return err })
	},
	func(l life) { // what becomes of a meeting
		meetings := slices.Collect(l.state().Meetings())
		if len(meetings) == 0 {
			return
		}
		id, links := pick(l, meetings).ID, l.links()
		what := rapid.IntRange(0, 3).Draw(l.T, "what")
		l.update(func(tx *world.Tx) error {
			var err error
			switch what {
			case 0:
				_, err = tx.LinkMeeting(id, links)
			case 1:
				_, err = tx.RelinkMeeting(id, links)
			case 2:
				_, err = tx.CreateCallRecording(l.world.NewID(), world.CallRecording{Meeting: id, VideoURL: "https://video.invalid/a.mp4", Transcript: []world.Segment{{Speech: "x: y", End: 1e-7, Speaker: "A"}}})
			case 3:
				err = tx.DeleteMeeting(id)
			}
			return err
		})
	},
	func(l life) { // a file
		object, record, _ := l.anyRecord()
		draft := pick(l, []world.File{
			{Type: world.TypeFile, Name: "a/b c.txt", Content: &world.FileContent{Type: new("text/plain"), Data: []byte("two\nlines\n")}},
			{Type: world.TypeFile, Name: "x.bin", Content: &world.FileContent{Data: []byte{0, 1, 0xff}}},
			{Type: world.TypeFolder, Name: "Folder"},
			{Type: world.TypeConnectedFile, Provider: world.ProviderOneDrive, ExternalID: "x:1", DriveID: new("d")},
		})
		draft.Record = record
		for f := range l.state().Files() {
			if draft.Content != nil && f.Type == world.TypeFolder && f.Record == record && l.chance() {
				draft.Folder = f.ID
			}
		}
		l.update(func(tx *world.Tx) error { _, err := tx.AddFile(l.world.NewID(), object, draft); return err })
	},
	func(l life) {
		address := pick(l, []string{"Off@example.com", "b@example.org"})
		l.update(func(tx *world.Tx) error { _, err := tx.Unsubscribe([]string{address}); return err })
	},
	func(l life) { // a webhook
		written := fmt.Sprintf(`{"$or":[{"value":"%s","field":"id.object_id","operator":"equals"}]}`, l.object().ID)
		var filter world.EventFilter
		if err := json.Unmarshal([]byte(written), &filter); err != nil {
			l.Fatal(err)
		}
		url := fmt.Sprintf("https://example.com/%d", rapid.IntRange(0, 1000).Draw(l.T, "n"))
		edit := world.WebhookEdit{TargetURL: &url, Subscriptions: &[]world.Subscription{{EventType: "record.created"}, {EventType: "record.updated", Filter: &filter}}}
		l.update(func(tx *world.Tx) error { _, err := tx.CreateWebhook(l.world.NewID(), "secret", edit); return err })
	},
	func(l life) { // people come
		n := rapid.IntRange(0, 5).Draw(l.T, "n")
		user := l.world.User(world.User{Key: pick(l, []string{"ada", "a/b", "", "zoe"}), Email: fmt.Sprintf("new%d@example.com", n), FirstName: l.word()})
		access := pick(l, world.AccessLevels())
		l.update(func(tx *world.Tx) error { return tx.AddMember(l.world.NewID(), user, access) })
	},
	func(l life) {
		id := l.member()
		if admins := 0; l.chance() {
			for m := range l.state().Members() {
				admins += boolInt(m.Access == world.Admin && m.ID != id)
			}
			if admins > 0 {
				l.update(func(tx *world.Tx) error { return tx.SetAccess(id, world.Suspended) })
			}
		}
	},
	func(l life) { // somebody is invited
		email := fmt.Sprintf("%s%d@example.com", pick(l, []string{"new", "ada", "guest"}), rapid.IntRange(0, 5).Draw(l.T, "n"))
		made := world.Invite{ID: l.world.NewID(), Email: email, FirstName: l.word(), Access: pick(l, []world.AccessLevel{world.Admin, world.Regular})}
		l.update(func(tx *world.Tx) error { return tx.Invite(made) })
	},
	func(l life) { // an invite ends, or changes
		all := slices.Collect(l.state().Invites())
		if len(all) == 0 {
			return
		}
		id := pick(l, all).ID
		switch pick(l, []string{"accept", "withdraw", "change"}) {
		case "accept":
			invite, _ := l.state().Invite(id)
			account := l.world.User(world.User{Key: l.state().InviteKey(invite), Email: invite.Email})
			l.update(func(tx *world.Tx) error { return tx.AcceptInvite(id, l.world.NewID(), account) })
		case "withdraw":
			l.update(func(tx *world.Tx) error { return tx.WithdrawInvite(id) })
		default:
			l.update(func(tx *world.Tx) error { return tx.ChangeInvite(id, func(i *world.Invite) { i.LastName = l.word() }) })
		}
	},
	func(l life) { // a team is made, changed or deleted
		members := []attio.ID{l.member()}
		for invite := range l.state().Invites() {
			members = append(members, invite.ID)
		}
		name, all := l.word(), slices.Collect(l.state().Teams())
		switch {
		case len(all) == 0 || l.chance():
			l.update(func(tx *world.Tx) error { return tx.AddTeam(l.world.NewID(), name, members) })
		case l.chance():
			l.update(func(tx *world.Tx) error { return tx.DeleteTeam(pick(l, all).ID) })
		default:
			l.update(func(tx *world.Tx) error { return tx.ChangeTeam(pick(l, all).ID, name, members[1:]) })
		}
	},
	func(l life) {
		id := l.world.NewID()
		token := world.Token{
			ID: id, Name: "token " + string(id), Value: "v" + string(id), Kind: pick(l, world.TokenKinds()), Level: pick(l, world.TokenLevels()), Scopes: attio.EveryScope(),
		}
		if admin, ok := l.state().FirstAdmin(); ok && token.OfUser() {
			token.AuthorizedBy = admin.ID
		}
		_ = l.ws.AddToken(token) // refused of an API key for a user
	},
}

// putView makes a view, or changes one.
func putView(l life) {
	kind := l.viewed()
	target := kind.Common()
	edit := world.ViewEdit{}
	id, there := l.world.NewID(), slices.Collect(l.state().Views(target.ID, ""))
	old := len(there) > 0 && l.chance()
	if old {
		id = pick(l, there).ID
	}
	if !old || l.chance() {
		edit.Title, edit.Type = new(l.word()+"."), new(pick(l, []world.ViewType{world.TableView, world.KanbanView}))
		if *edit.Type == world.KanbanView {
			board := &world.Kanban{ShowNoStatusColumn: l.chance()}
			board.StatusAttribute, _ = l.path(target, func(d *attribute.Definition) bool { return d.Type == attribute.TypeStatus })
			if l.chance() {
				board.Aggregation = &world.Aggregation{Type: "sum"}
				board.Aggregation.Attribute, _ = l.path(target, anyAttribute)
			}
			edit.Kanban = &board
		}
	}
	if l.chance() {
		shown := l.condition(target, 2)
		edit.Filter = &shown
	}
	if l.chance() {
		path, _ := l.path(target, anyAttribute)
		edit.Sorts = &[]world.Sort{{Attribute: path, Direction: "asc"}}
	}
	if l.chance() {
		columns := []world.Column{}
		for range rapid.IntRange(0, 2).Draw(l.T, "columns") {
			path, _ := l.path(target, anyAttribute)
			columns = append(columns, world.Column{Attribute: path})
		}
		edit.Attributes = &columns
	}
	if l.chance() {
		edit.Archived = new(l.chance())
	}
	l.update(func(tx *world.Tx) error {
		var view *world.View
		var err error
		if old {
			view, err = tx.UpdateView(target, id, edit)
		} else {
			view, err = tx.CreateView(target, id, edit)
		}
		if err == nil {
			err = views.Check(filter.Records(tx.State, kind), view, edit)
		}
		return err
	})
}

// leaveView makes an object and a view that leads to it, and then takes away what it leads to, or gives it another name.
func leaveView(l life) {
	kind := l.viewed()
	if _, isList := kind.(*world.List); !isList && l.chance() {
		kind, _ = l.state().Schema.Object("people")
	}
	slug := pick(l, []string{"ships", "crews", "boats"})
	reference := attribute.Definition{Slug: slug + "_of", Title: "Of", Type: attribute.TypeRecordReference}
	paired, view, other := l.chance(), l.world.NewID(), l.object()
	what := rapid.IntRange(0, 4).Draw(l.T, "what becomes of it")
	l.update(func(tx *world.Tx) error {
		made, err := tx.CreateObject(world.ObjectEdit{Slug: &slug, Singular: new(slug + "1"), Plural: new(slug + "2")})
		if err != nil {
			return err
		}
		var pair *world.Pair
		if _, isList := kind.(*world.List); paired && !isList {
			pair = &world.Pair{Object: made, Slug: "back", Title: "Back"}
		} else {
			reference.Objects = []attio.ID{made.ID}
		}
		kind, _ = tx.Schema.Kind(kind.Common().ID)
		d, err := tx.CreateAttribute(kind, reference, pair)
		if err != nil {
			return err
		}
		kind, _ = tx.Schema.Kind(kind.Common().ID)
		direct, behind := world.Path{{Attribute: string(d.ID)}}, world.Path{{Attribute: string(d.ID)}, {Object: slug, Attribute: "created_at"}}
		shown := &world.Condition{And: []*world.Condition{{Attribute: direct, Field: "target_object", Op: "eq", Value: slug}, {Attribute: behind, Op: "gte", Value: "2020-01-01T00:00:00Z"}}}
		edit := world.ViewEdit{Title: new("Left"), Type: new(world.TableView), Filter: &shown, Sorts: &[]world.Sort{{Attribute: behind, Direction: "desc"}}, Attributes: &[]world.Column{{Attribute: direct}}}
		seen, err := tx.CreateView(kind.Common(), view, edit)
		if err == nil {
			err = views.Check(filter.Records(tx.State, kind), seen, edit)
		}
		if err != nil {
			return err
		}
		made, _ = tx.Schema.ObjectByID(made.ID) // as it is with the other side
		switch what {
		case 0:
			return tx.DeleteObject(made)
		case 1:
			_, err = tx.UpdateObject(made, world.ObjectEdit{Slug: new(slug + "3"), Singular: new(pick(l, nounPool))})
			return err
		case 2:
			if pair == nil {
				redirected := *d
				redirected.Objects = []attio.ID{other.ID}
				_, err = tx.UpdateAttribute(kind, redirected)
			}
			return err
		case 3:
			archived := *d
			archived.Archived = true
			_, err = tx.UpdateAttribute(kind, archived)
			return err
		}
		return nil
	})
}

func createRecord(l life) {
	o := l.object()
	writes := l.writes(o)
	l.update(func(tx *world.Tx) error { _, err := tx.CreateRecord(o, l.world.NewID(), writes); return err })
}

func updateRecord(l life) {
	kind := l.kind()
	id, ok := l.record(kind.Common().ID)
	if !ok {
		return
	}
	writes, mode := l.writes(kind), pick(l, []world.Mode{world.Overwrite, world.Prepend})
	l.update(func(tx *world.Tx) error { _, err := tx.UpdateRecord(kind, id, mode, writes); return err })
}

func createAttribute(l life) {
	kind := l.kind()
	d := attribute.Definition{
		Slug: pick(l, slugPool), Title: l.word(), Type: pick(l, attribute.Creatable()), Required: l.rarely(), Unique: l.rarely(), Multiselect: l.chance(),
	}
	d.Multiselect = d.Multiselect && attribute.CanBeMultiselect(d.Type)
	if l.chance() {
		d.Description = new(l.word())
	}
	d.Options = nil
	var pair *world.Pair
	if d.Type == attribute.TypeRecordReference {
		switch rapid.IntRange(0, 2).Draw(l.T, "reference") {
		case 0:
			pair = &world.Pair{Object: l.object(), Slug: pick(l, slugPool), Title: l.word(), Multiselect: l.chance()}
		case 1:
			d.Objects = []attio.ID{l.object().ID}
		}
	}
	d.Default = defaultFor(l, &d)
	l.update(func(tx *world.Tx) error { _, err := tx.CreateAttribute(kind, d, pair); return err })
}

func defaultFor(l life, d *attribute.Definition) *attribute.Default {
	switch rapid.IntRange(0, 4).Draw(l.T, "default") {
	case 0:
		return &attribute.Default{Static: []any{l.value(d)}}
	case 1:
		return &attribute.Default{Dynamic: pick(l, []string{"current-user", "P1D", "PT0S"})}
	case 2:
		return &attribute.Default{Static: []any{}}
	}
	return nil
}

func updateAttribute(l life) {
	kind := l.kind()
	changed := *pick(l, kind.Common().Attributes)
	switch rapid.IntRange(0, 6).Draw(l.T, "change") {
	case 0:
		changed.Slug = pick(l, slugPool)
	case 1:
		changed.Required = !changed.Required
	case 2:
		changed.Unique = !changed.Unique
	case 3:
		changed.Archived = !changed.Archived
	case 4:
		changed.Default = defaultFor(l, &changed)
	case 5:
		if changed.Type == attribute.TypeRecordReference && changed.Relationship == nil {
			changed.Objects = []attio.ID{l.object().ID}
		}
	case 6:
		changed.Title = l.word()
	}
	if changed.System {
		return
	}
	l.update(func(tx *world.Tx) error { _, err := tx.UpdateAttribute(kind, changed); return err })
}

// planned is a workspace with a plan.
func planned(plan string) scenario.Source {
	return scenario.Text(plan+".yaml", "{version: 1, extends: [acme], seed: 7, workspaces: {acme: {plan: "+plan+"}}}")
}

func TestWhateverHappensIsExportedAsItIs(t *testing.T) {
	t.Parallel()
	seeds := []*world.Seed{load(t, scenario.BuiltIn("crm")), load(t, scenario.BuiltIn("acme")), load(t, scenario.Text("small.yaml", `
version: 1
extends: [blank]
seed: 7
clock: {at: 2026-05-01T09:00:00Z, frozen: true}
workspaces:
  blank:
    generate: {companies: 2, people: 5}
    lists: {sales: {parent_object: companies, entries: {one: {record: generated-000001}}}}
`)), load(t, planned("free")), load(t, planned("plus")), load(t, scenario.Text("leaderless.yaml", `
version: 1
users: {bob: {email: bob@example.com}}
workspaces: {acme: {members: {bob: member}, tokens: {early: {scopes: all}}, objects: {people: {records: {grace: {name: "Hopper, Grace"}}}}}}
`))}
	rapid.Check(t, func(t *rapid.T) {
		seed := *rapid.SampledFrom(seeds).Draw(t, "seed")
		seed.Random = new(int64(7))
		w := world.New(&seed)
		w.Clock.Freeze(true)
		if err := w.Clock.Set(time.Date(2026, time.May, 1, 9, 0, 0, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
		l := life{t, w, w.Workspaces()[0]}
		if rapid.IntRange(0, 3).Draw(t, "clone") == 0 {
			clone, err := w.Clone(l.ws, "clone")
			if err != nil {
				t.Fatal(err)
			}
			l.ws = clone
		}
		for range rapid.IntRange(1, 60).Draw(t, "deeds") {
			rapid.SampledFrom(deeds).Draw(t, "deed")(l)
		}
		checkExport(t, w.Present())
	})
}
