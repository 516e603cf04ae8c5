package scenario_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// told writes down all that a seed holds, so that two can be compared.
func told(seed *world.Seed) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	for _, u := range seed.Users {
		line("user %s %s %s %s", u.Email, u.FirstName, u.LastName, orNone(u.AvatarURL))
	}
	for _, s := range seed.Workspaces {
		line("workspace %s %s %s %s %s %s %v %v %q", s.ID, s.Slug, s.Origin, s.Name, orNone(s.LogoURL), s.Plan, s.Effects, s.Limited, s.ProtectedRecipients)
		for m := range s.Members() {
			line("member %s %s %s %s", m.ID, m.User.Email, m.Access, m.CreatedAt)
		}
		for t := range s.Tokens() {
			line("token %+v", *t)
		}
		tellSchema(line, s)
		for _, o := range s.Schema.Objects {
			tellRecords(line, s, o)
		}
		for _, l := range s.Schema.Lists {
			tellRecords(line, s, l)
		}
		for n := range s.Notes() {
			line("note %+v", *n)
		}
		for t := range s.Tasks() {
			line("task %s %q %s %s %v %v %s %v", t.ID, t.Content, orNone(t.Deadline), orNone(t.CompletedAt), t.Linked, t.Assignees, t.CreatedAt, t.CreatedBy)
		}
		for t := range s.Threads() {
			for _, c := range t.Comments {
				line("comment %s %s %+v %v %q %s %s", c.ID, c.Thread, c.On, c.Author, c.Content, c.CreatedAt, orNone(c.Resolved))
			}
		}
		for m := range s.Meetings() {
			line("meeting %+v", *m)
		}
		for r := range s.CallRecordings() {
			line("call recording %+v %t", *r, r.Transcript == nil)
		}
		for f := range s.Files() {
			content := ""
			if f.Content != nil {
				content = fmt.Sprintf("%s %q", orNone(f.Content.Type), f.Content.Data)
			}
			line("file %s %s %s %s %s %s %v %q %s %s %s %s", f.ID, f.Type, f.Object, f.Record, f.Provider, f.CreatedAt, f.CreatedBy, f.Name, f.Folder, f.ExternalID, orNone(f.DriveID), content)
		}
		for m := range s.Emails() {
			line("email %+v", *m)
		}
		for u := range s.Unsubscribed() {
			line("unsubscribed %+v", *u)
		}
		for w := range s.Webhooks() {
			line("webhook %s %s %s %s %s", w.ID, w.TargetURL, w.Secret, w.Status, w.CreatedAt)
			for _, sub := range w.Subscriptions {
				filter := "-"
				if sub.Filter != nil {
					filter = string(sub.Filter.Written)
				}
				line("  %s %s", sub.EventType, filter)
			}
		}
	}
	return b.String()
}

// orNone writes what a pointer points to, or that it points to nothing.
func orNone[T any](p *T) string {
	if p == nil {
		return "-"
	}
	return fmt.Sprintf("%+v", *p)
}

func tellSchema(line func(string, ...any), s *world.State) {
	tell := func(t *world.Target) {
		for _, d := range t.Attributes {
			byDefault := "-"
			if d.Default != nil {
				byDefault = fmt.Sprintf("%q %s %t", d.Default.Dynamic, asJSON(d.Default.Values), d.Default.Values == nil)
			}
			line("attribute %s %q %q %s %s %t %t %t %t %t %t %s %t %s %s %v %v", d.ID, d.Slug, d.Title, orNone(d.Description), d.Type, d.System, d.Writable, d.Required, d.Unique,
				d.Multiselect, d.Archived, d.Computed, d.Enriched, byDefault, orNone(d.Relationship), d.Currency, d.Objects)
			line("  made %s %+v", d.CreatedAt, d.Options)
			for _, status := range d.Statuses {
				line("  %s %q %t %t %s", status.ID, status.Title, status.Archived, status.Celebration, orNone(status.TargetTime))
			}
		}
		for v := range s.Views(t.ID, "") {
			line("view %s %q %s %s %t", v.ID, v.Title, v.Type, v.CreatedAt, v.Archived)
			line("  %s %s %s %s", asJSON(v.Filter), asJSON(v.Sorts), asJSON(v.Attributes), asJSON(v.Kanban))
		}
	}
	for _, o := range s.Schema.Objects {
		line("object %s %s %q %q %s %s %t %s", o.ID, o.Slug, o.Singular, o.Plural, o.Standard, o.WebPath, o.Enabled, o.CreatedAt)
		tell(&o.Target)
	}
	for _, l := range s.Schema.Lists {
		line("list %s %s %q %s %q %v %v %s", l.ID, l.Slug, l.Name, l.Parent, l.WorkspaceAccess, l.MemberAccess, l.CreatedBy, l.CreatedAt)
		tell(&l.Target)
	}
}

func asJSON(value any) string {
	written, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(written)
}

func tellRecords(line func(string, ...any), s *world.State, kind world.Kind) {
	for r := range s.Records(kind.Common().ID) {
		line("record %s/%s %s %v", kind.Common().Slug, r.ID, r.CreatedAt, r.CreatedBy)
		for _, d := range kind.Common().Attributes {
			for _, held := range slices.Concat(r.Past(d), r.Active(d)) {
				line("  %s %T %s %s %s %v", d.Slug, held.Value, asJSON(held.Value), held.From, orNone(held.Until), held.Actor)
			}
			for to := range s.Referrers(d, r.ID) {
				line("  <- %s %s", d.Slug, to)
			}
		}
	}
}

// checkExport holds what is exported of a seed against it, and returns the file.
func checkExport(t testing.TB, seed *world.Seed) string {
	t.Helper()
	file, err := scenario.Export(seed)
	if err != nil {
		t.Fatal(err)
	}
	again, err := scenario.Load(scenario.Text("exported.yaml", string(file)))
	if err != nil {
		t.Fatalf("%v\n%s", err, numbered(file))
	}
	if diff := compare(seed, again); diff != "" {
		t.Fatalf("%s\n%s", diff, file)
	}
	second, err := scenario.Export(again)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(file), string(second)); diff != "" {
		t.Fatalf("the second export differs (-first +second)\n%s", diff)
	}
	return string(file)
}

// compare tells how what was loaded differs from what was exported.
func compare(exported, loaded *world.Seed) string {
	if told(exported) == told(loaded) {
		return ""
	}
	return "(-exported +loaded)\n" + cmp.Diff(strings.Split(told(exported), "\n"), strings.Split(told(loaded), "\n"))
}

func numbered(file []byte) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(string(file)) {
		n++
		fmt.Fprintf(&b, "%4d %s", n, line)
	}
	return b.String()
}

func TestEveryBuiltInScenarioIsExportedAsItIs(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.BuiltIns() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := load(t, scenario.BuiltIn(name))
			file := checkExport(t, seed)
			if strings.Contains(file, " id: ") && name != "crm" {
				t.Errorf("seeded things need no ids:\n%s", file)
			}
			for _, state := range seed.Workspaces {
				if _, err := scenario.ExportWorkspace(seed, state.Slug); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// export exports a scenario and holds the file against it.
func export(t *testing.T, yaml string) string {
	t.Helper()
	return checkExport(t, load(t, scenario.Text("team.yaml", yaml)))
}

func TestWhatASeedHasIsWrittenAsItWas(t *testing.T) {
	t.Parallel()
	got := export(t, `
version: 1
clock: {offset: -24h}
seed: 7
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    created_at: 2025-01-01T00:00:00Z
    members: {bob: suspended, ada: admin}
    tokens: {full: {scopes: all, created_at: 2025-02-01T00:00:00Z, id: 9e2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf01}}
    objects:
      ships:
        singular_noun: Ship
        plural_noun: Ships
        api_slug: vessels
        attributes:
          length: {type: number, api_slug: metres}
          owner: {type: record-reference, relationship: {object: companies, api_slug: fleet, is_multiselect: true}}
          home: {type: record-reference, default_value: {record: companies/navy}}
          id: {type: text, id: 8a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf02}
        records:
          one: {id: 7a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf03, length: 7, owner: {record: companies/navy}, 8a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf02: S-1}
          two: {history: {length: [{value: 8, until: 2025-05-01T00:00:00Z}, {value: 9, from: 2025-05-01T00:00:00Z, by: bob}]}}
      companies: {records: {navy: {name: Navy}}}
      people: {plural_noun: Folks}
    unsubscribed: [a@example.com, {address: b@example.com, created_at: 2025-03-01T00:00:00Z}]
`)
	want := `version: 1
seed: 8891536394456691929
clock: {offset: "-24h0m0s"}
users:
  ada: {email: ada@example.com}
  bob: {email: bob@example.com}
workspaces:
  acme:
    created_at: 2025-01-01T00:00:00Z
    members:
      bob: suspended
      ada: admin
    tokens:
      full: {scopes: all, created_at: 2025-02-01T00:00:00Z, id: 9e2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf01}
    objects:
      companies:
        attributes:
          fleet: {type: record-reference, is_multiselect: true, relationship: {object: ships, api_slug: owner}}
        records:
          navy: {name: Navy}
      people:
        plural_noun: Folks
      ships:
        singular_noun: Ship
        plural_noun: Ships
        api_slug: vessels
        attributes:
          length: {type: number, api_slug: metres}
          owner: {type: record-reference, relationship: {object: companies, api_slug: fleet}}
          home: {type: record-reference, default_value: {record: companies/navy}}
          id: {type: text, id: 8a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf02}
        records:
          one: {id: 7a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf03, length: 7, owner: {record: companies/navy}, 8a2b0dd6-47c0-4e2f-9a51-0f3ac2b7cf02: S-1}
          two: {history: {length: [{value: 8, until: 2025-05-01T00:00:00Z}, {value: 9, from: 2025-05-01T00:00:00Z, by: bob}]}}
    unsubscribed: [a@example.com, {address: b@example.com, created_at: 2025-03-01T00:00:00Z}]
`
	_, got, _ = strings.Cut(got, "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWhatAScenarioCannotSayIsRefusedByName(t *testing.T) {
	t.Parallel()
	seed := load(t, scenario.Text("team.yaml", `
version: 1
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    plan: free
    members: {ada: admin}
    objects:
      ships: {singular_noun: Ship, plural_noun: Ships, views: {all: {}}, records: {one: {}}}
      people: {views: {ships: {attributes: [{attribute: [company, {object: companies, attribute: name}]}]}}}
    tasks: {call: {content: Call}}
    webhooks: {mine: {target_url: "https://example.com", subscriptions: [{event_type: record.created, filter: {$and: [{field: id.object_id, operator: equals, value: ships}]}}]}}
`))
	w := world.New(seed)
	ws := w.Workspaces()[0]
	if err := w.Clock.Set(time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if err := ws.Update(world.Author{Actor: attio.Actor{Type: attio.ActorApp, ID: "somebody"}}, func(tx *world.Tx) error {
		ships, _ := tx.Schema.Object("ships")
		people, _ := tx.Schema.Object("people")
		if err := tx.DeleteObject(ships); err != nil {
			return err
		}
		for _, slug := range []string{"deals", "users"} {
			tx.EnableObject(slug)
		}
		_, err := tx.CreateRecord(people, "11111111-1111-4111-8111-111111111111", []world.Write{{Attribute: "job_title", Value: "not \xff UTF-8"}})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	_, err := scenario.Export(w.Present())
	want := `this cannot be written as a scenario:
	acme: the actor app somebody is neither a member nor a token
	YAML cannot have what is not UTF-8, as in "not-utf-8: {id: 11111111-1111-4111-8111-111111111111, created_at: 2020-01-01T00:00:00Z, created_by: \"\", job_title: not \xff UTF-8}"`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if _, err := scenario.ExportWorkspace(seed, "acne"); err == nil || err.Error() != `there is no workspace "acne"` {
		t.Errorf("got %v", err)
	}
}

func TestAWorkspaceAloneHasTheUsersThatItNeeds(t *testing.T) {
	t.Parallel()
	file, err := scenario.ExportWorkspace(load(t, scenario.BuiltIn("acme")), "globex")
	if err != nil {
		t.Fatal(err)
	}
	got := load(t, scenario.Text("globex.yaml", string(file)))
	var users []string
	for _, u := range got.Users {
		users = append(users, u.Key)
	}
	if diff := cmp.Diff([]string{"ada", "gita"}, users); diff != "" || len(got.Workspaces) != 1 {
		t.Errorf("%d workspaces, %s", len(got.Workspaces), diff)
	}
}

func TestWhatComesLaterGetsReadableKeysOfItsOwn(t *testing.T) {
	t.Parallel()
	seed := load(t, scenario.Text("team.yaml", `
version: 1
seed: 7
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    objects: {people: {records: {grace-hopper: {name: "Hopper, Grace"}}}}
`))
	w := world.New(seed)
	ws := w.Workspaces()[0]
	people, _ := ws.View().Schema.Object("people")
	var ids []attio.ID
	for _, writes := range [][]world.Write{{{Attribute: "name", Value: "Hopper, Grace"}}, {{Attribute: "email_addresses", Value: []any{"ada.lovelace@example.com"}}}, nil} {
		ids = append(ids, w.NewID())
		if err := ws.Update(world.Author{Actor: attio.Actor{Type: attio.ActorSystem}}, func(tx *world.Tx) error {
			_, err := tx.CreateRecord(people, ids[len(ids)-1], writes)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	file := checkExport(t, w.Present())
	loaded := load(t, scenario.Text("exported.yaml", file))
	state := loaded.Workspaces[0]
	got := []attio.ID{state.SeededID("people/grace-hopper"), state.SeededID("people/grace-hopper-2"), state.SeededID("people/ada-lovelace"), state.SeededID("people/person")}
	if diff := cmp.Diff(append([]attio.ID{attio.PathID("acme/people/grace-hopper")}, ids...), got); diff != "" {
		t.Errorf("%s\n%s", diff, file)
	}
	// What the loaded world makes has other ids than what the first one made.
	again := world.New(loaded)
	for range 5 {
		if id := again.NewID(); slices.Contains(ids, id) {
			t.Errorf("%s comes a second time", id)
		}
	}
}

// Whatever a mailbox had, and a note said, comes back.
func TestEmailsComeBackWithTheirNames(t *testing.T) {
	t.Parallel()
	file := export(t, `
version: 1
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    emails:
      plain: {sent_at: 2026-01-10T09:00:00Z, from: ada@example.com, to: [Grace Hopper <grace@navy.example.com>, "Jörg Ärger <j@example.org>"]}
      odd: {sent_at: 2026-01-10T09:00:00Z, subject: "Re: a", from: '"Hopper, Grace (Navy)" <grace@navy.example.com>', mailbox: box@example.com, bcc: ['"a \"b\" c" <x@example.org>']}
`)
	if !strings.Contains(file, "to: [Grace Hopper <grace@navy.example.com>") && !strings.Contains(file, `"Grace Hopper <grace@navy.example.com>"`) {
		t.Error(file)
	}
}
