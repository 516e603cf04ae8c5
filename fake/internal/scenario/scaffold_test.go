package scenario_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func load(t *testing.T, sources ...scenario.Source) *world.Seed {
	t.Helper()
	seed, err := scenario.Load(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return seed
}

// tester is what the scaffolding needs of *testing.T and *rapid.T.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// loadText loads a scenario and holds its export against it.
func loadText(t tester, yaml string) *world.Seed {
	t.Helper()
	seed, err := scenario.Load(scenario.Text("team.yaml", yaml))
	if err != nil {
		t.Fatal(err)
	}
	checkExport(t, seed)
	return seed
}

// checkProblem loads a scenario whose error has to contain some words; without words it has to load.
func checkProblem(t *testing.T, yaml, want string) {
	t.Helper()
	_, err := scenario.Load(scenario.Text("team.yaml", yaml))
	switch {
	case want == "" && err != nil:
		t.Error(err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("got %v\nwant %s", err, want)
	}
}

// checkExport exports a seed, loads the file, compares the two, and exports again, which must give the same file, in YAML and by way
// of JSON. It returns the file in YAML.
func checkExport(t tester, seed *world.Seed) string {
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
	checkSecond(t, again, file)
	asJSON, err := scenario.ExportAs(scenario.JSON, seed)
	if err != nil {
		t.Fatal(err)
	}
	written := asJSON.Bytes()
	if int64(len(written)) != asJSON.Size {
		t.Fatalf("%d bytes were announced, and %d written\n%s", asJSON.Size, len(written), written)
	}
	var anything any
	if err := json.Unmarshal(written, &anything); err != nil {
		t.Fatalf("%v\n%s", err, numbered(written))
	}
	again, err = scenario.Load(scenario.Text("exported.json", string(written)))
	if err != nil {
		t.Fatalf("%v\n%s", err, numbered(written))
	}
	if diff := compare(seed, again); diff != "" {
		t.Fatalf("by way of JSON %s\n%s", diff, written)
	}
	checkSecond(t, again, file)
	return string(file)
}

// checkSecond exports a seed that was loaded from an export, which must give the same file.
func checkSecond(t tester, loaded *world.Seed, first []byte) {
	t.Helper()
	second, err := scenario.Export(loaded)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(first), string(second)); diff != "" {
		t.Fatalf("the second export differs (-first +second)\n%s", diff)
	}
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
