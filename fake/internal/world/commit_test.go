package world

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// witness records what a watcher is notified of.
type witness struct {
	commits        []Commit
	added, removed []*Workspace
	resets         int
}

func (w *witness) Committed(c Commit) {
	if len(c.Changes) > 0 {
		w.commits = append(w.commits, c)
	}
}
func (w *witness) Added(ws *Workspace)   { w.added = append(w.added, ws) }
func (w *witness) Removed(ws *Workspace) { w.removed = append(w.removed, ws) }
func (w *witness) WasReset()             { w.resets++ }

// The ids of things in watchedSeed.
var (
	navyID, armyID    = attio.PathID("navy"), attio.PathID("army") // companies
	graceID           = attio.PathID("grace")                      // a person at navy
	shipID            = attio.PathID("ship")
	entryID, berthID  = attio.PathID("entry"), attio.PathID("berth")
	threadID, replyID = attio.PathID("thread"), attio.PathID("reply")
	taskID            = attio.PathID("task")
)

// nicknames are names for ids in tests.
func nicknames() map[attio.ID]string {
	names := make(map[attio.ID]string)
	for _, name := range []string{
		"navy", "army", "grace", "ship", "entry", "berth", "thread", "reply", "task", "acme", "acme/objects/ships", "acme/lists/sales", "acme/lists/fleet",
		"acme/objects/people/attributes/rank",
	} {
		names[attio.PathID(name)] = name
	}
	return names
}

// watchedSeed has a company with a person, an entry on the list sales, a record of the custom object ships on
// the list fleet, a task and a thread; Attio links companies.
func watchedSeed(t testing.TB) *Seed {
	t.Helper()
	state := build(t, func(tx *Tx) {
		sales := newList(t, tx, "sales", "companies")
		companies, people := kindOf(tx.State, "companies").(*Object), kindOf(tx.State, "people").(*Object)
		ships, err := tx.CreateObject(object("ships", "Ship", "Ships"))
		fleet := newList(t, tx, "fleet", "ships")
		steps := []func() error{
			func() error { return err },
			func() error {
				_, err := tx.CreateAttribute(people, attribute.Definition{Slug: "rank", Title: "Rank", Type: attribute.TypeText}, nil)
				return err
			},
			func() error { return tx.AddMember("ada", ada, Admin) },
			func() error {
				_, err := tx.CreateRecord(companies, navyID, []Write{{"domains", []any{"navy.com"}}})
				return err
			},
			func() error { _, err := tx.CreateRecord(companies, armyID, nil); return err },
			func() error {
				_, err := tx.CreateRecord(people, graceID, []Write{{"job_title", "Admiral"}, {"company", refTo("companies", navyID)}})
				return err
			},
			func() error {
				_, err := tx.CreateEntry(sales, entryID, Parent{Object: "companies", Record: navyID}, nil)
				return err
			},
			func() error { _, err := tx.CreateRecord(ships, shipID, nil); return err },
			func() error {
				_, err := tx.CreateEntry(fleet, berthID, Parent{Object: "ships", Record: shipID}, nil)
				return err
			},
			func() error {
				_, err := tx.CreateTask(taskID, "Call", TaskEdit{Linked: &[]attribute.RecordReference{{Object: companies.ID, Record: navyID}}})
				return err
			},
			func() error {
				_, err := tx.StartThread(threadID, CommentPlace{Object: companies.ID, Record: navyID}, Message{Author: "ada", Content: "Hm."})
				return err
			},
			func() error {
				_, err := tx.Reply(replyID, threadID, Message{Author: "ada", Content: "Ah."})
				return err
			},
		}
		for _, step := range steps {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		tx.Effects.LinkCompanies = true
	})
	return &Seed{Clock: Start{At: noon, Frozen: true}, Users: []*User{ada}, Workspaces: []*State{state}}
}

// watched is a world of that seed with a watcher.
func watched(t testing.TB) (*Workspace, *witness) {
	t.Helper()
	w, told := New(watchedSeed(t)), new(witness)
	w.Watch(told)
	return acme(t, w), told
}

// written describes an update of a record briefly.
func written(slug string, id attio.ID, writes ...Write) func(*Tx) error {
	return func(tx *Tx) error {
		_, err := tx.UpdateRecord(kindOf(tx.State, slug), id, Overwrite, writes)
		return err
	}
}

func TestACommitTellsWhatATransactionChanged(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		change func(*Tx) error
		want   []string // of the transaction; nil if it has no changes
	}{
		{"nothing", func(*Tx) error { return nil }, nil},
		{"the value that a record has already", written("people", graceID, Write{"job_title", "Admiral"}), nil},
		{"a value there and back", func(tx *Tx) error {
			return errors.Join(
				tx.SetAccess("ada", Suspended), tx.SetAccess("ada", Admin),
				updateTask(taskID, TaskEdit{Completed: new(true)})(tx), updateTask(taskID, TaskEdit{Completed: new(false)})(tx),
			)
		}, nil},
		{"a name there and back", func(tx *Tx) error { tx.Rename("Other"); tx.Rename("Acme"); return nil }, nil},
		{"a thing that comes and goes", func(tx *Tx) error {
			people := kindOf(tx.State, "people").(*Object)
			if _, err := tx.CreateRecord(people, "brief", nil); err != nil {
				return err
			}
			return tx.DeleteRecord(people, "brief")
		}, nil},
		{"a list that is the same", func(tx *Tx) error {
			name := "sales"
			_, err := tx.UpdateList(kindOf(tx.State, "sales").(*List), ListEdit{Name: &name})
			return err
		}, nil},

		{"a name", func(tx *Tx) error { tx.Rename("Other"); return nil }, []string{"workspace acme changed"}},
		{"a member", func(tx *Tx) error { return tx.AddMember("bob", &User{Email: "bob@example.com"}, Regular) }, []string{"workspace-member bob created"}},
		{"a token", func(tx *Tx) error { return tx.AddToken(Token{ID: "key", Value: "v"}) }, []string{"token key created"}},
		{"one thing twice", func(tx *Tx) error {
			return errors.Join(
				written("people", graceID, Write{"job_title", "Captain"})(tx),
				written("people", graceID, Write{"job_title", "Boatswain"})(tx),
			)
		}, []string{"record grace changed"}},
		{"both sides of a relationship", written("people", graceID, Write{"company", refTo("companies", armyID)}),
			[]string{"record grace changed", "record navy changed", "record army changed"}},
		{"a new record and what it refers to", func(tx *Tx) error {
			_, err := tx.CreateRecord(kindOf(tx.State, "people").(*Object), "alan", []Write{{"company", refTo("companies", armyID)}})
			return err
		}, []string{"record alan created", "record army changed"}},
		{"an entry", func(tx *Tx) error {
			_, err := tx.CreateEntry(kindOf(tx.State, "sales").(*List), "again", Parent{Object: "companies", Record: navyID}, nil)
			return err
		}, []string{"list-entry again created"}},
		{"a record with all that hangs on it", func(tx *Tx) error { return tx.DeleteRecord(kindOf(tx.State, "companies"), navyID) }, []string{
			"record grace changed", "record navy deleted", "task task changed",
			"comment reply deleted", "comment thread deleted", "list-entry entry deleted",
		}},
		{"a webhook", func(tx *Tx) error {
			_, err := tx.CreateWebhook("hook", "s", WebhookEdit{TargetURL: new("https://example.com"), Subscriptions: &[]Subscription{{EventType: "task.created"}}})
			return err
		}, []string{"webhook hook created"}},

		{"schema before records", func(tx *Tx) error {
			if err := written("people", graceID, Write{"job_title", "Captain"})(tx); err != nil {
				return err
			}
			_, err := tx.CreateAttribute(kindOf(tx.State, "people"), attribute.Definition{ID: "x", Slug: "x", Title: "X", Type: attribute.TypeText}, nil)
			return err
		}, []string{"attribute made created", "record grace changed"}},
		{"the attributes on both sides of a new relationship", func(tx *Tx) error {
			_, err := tx.CreateAttribute(kindOf(tx.State, "people"), attribute.Definition{
				Slug: "boss", Title: "Boss", Type: attribute.TypeRecordReference,
			}, &Pair{Object: kindOf(tx.State, "companies").(*Object), Slug: "bossed", Title: "Bossed"})
			return err
		}, []string{"attribute made created", "attribute made created"}},
		{"an attribute", func(tx *Tx) error {
			rank, _ := kindOf(tx.State, "people").Common().Attribute("rank")
			edited := *rank
			edited.Title = "Grade"
			_, err := tx.UpdateAttribute(kindOf(tx.State, "people"), edited)
			return err
		}, []string{"attribute acme/objects/people/attributes/rank changed"}},
		{"a list, whose attributes come with it", func(tx *Tx) error { newList(t, tx, "new", "people"); return nil }, []string{"list made created"}},
		{"the name of a list", func(tx *Tx) error {
			name := "Other"
			_, err := tx.UpdateList(kindOf(tx.State, "sales").(*List), ListEdit{Name: &name})
			return err
		}, []string{"list acme/lists/sales changed"}},
		{"the name of an object", func(tx *Tx) error {
			name := "Vessel"
			_, err := tx.UpdateObject(kindOf(tx.State, "ships").(*Object), ObjectEdit{Singular: &name})
			return err
		}, []string{"object acme/objects/ships changed"}},
		{"an object with its lists, records and their entries", func(tx *Tx) error {
			return tx.DeleteObject(kindOf(tx.State, "ships").(*Object))
		}, []string{
			"object acme/objects/ships deleted", "list acme/lists/fleet deleted",
			"record ship deleted", "list-entry berth deleted",
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			workspace, told := watched(t)
			before := workspace.View()
			nicknames := nicknames()
			author := Author{Actor: attio.Actor{Type: attio.ActorAPIToken, ID: "key"}}
			commits, err := workspace.Write(author, func(tx *Tx) error {
				newID := tx.newID
				tx.newID = func(path string) attio.ID { id := newID(path); nicknames[id] = "made"; return id }
				return tc.change(tx)
			})
			if err != nil {
				t.Fatal(err)
			}
			names := func(changes []Change) []string {
				named := slices.Clone(changes)
				for i := range named {
					if name, ok := nicknames[named[i].ID]; ok {
						named[i].ID = attio.ID(name)
					}
				}
				return said(named)
			}
			got := commits[0]
			if diff := cmp.Diff(tc.want, names(got.Changes)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if got.Workspace != workspace || got.Before != before || got.After != workspace.View() || got.Author != author || !got.At.Equal(noon) {
				t.Errorf("the commit is not that of the transaction: %+v", got)
			}
			if diff := cmp.Diff(slices.Sorted(slices.Values(names(got.Changes))), slices.Sorted(slices.Values(names(Diff(before, got.After))))); diff != "" {
				t.Errorf("the states differ in something else (-changes +difference)\n%s", diff)
			}
			if wants := min(len(tc.want), 1); len(told.commits) != wants {
				t.Errorf("the watcher was told %d times, want %d", len(told.commits), wants)
			}
		})
	}
}

func TestAChangeHasTheThingAsItWasAndAsItIs(t *testing.T) {
	t.Parallel()
	workspace, told := watched(t)
	people := kindOf(workspace.View(), "people").Common().ID
	was, _ := workspace.View().Record(people, graceID)
	must(t, workspace, written("people", graceID, Write{"job_title", "Captain"}))
	is, _ := workspace.View().Record(people, graceID)
	title, _ := kindOf(workspace.View(), "people").Common().Attribute("job_title")
	change := told.commits[0].Changes[0]
	if change.Before != any(was) || change.After != any(is) || change.Of != people {
		t.Errorf("got %+v", change)
	}
	if diff := cmp.Diff([]attio.ID{title.ID}, is.ChangedSince(was)); diff != "" {
		t.Error(diff)
	}
	if got := was.Active(title)[0].Value.Key(); got != "Admiral" {
		t.Errorf("the record as it was has the title %q", got)
	}
	must(t, workspace, func(tx *Tx) error { return tx.DeleteTask(taskID) })
	gone := told.commits[1].Changes[0]
	if task, ok := gone.Before.(*Task); !ok || task.Content != "Call" || gone.After != nil {
		t.Errorf("got %+v", gone)
	}
}

func TestTheOrderOfValuesIsAChange(t *testing.T) {
	t.Parallel()
	workspace, told := watched(t)
	must(t, workspace, written("companies", navyID, Write{"domains", []any{"navy.com", "sea.com"}}))
	must(t, workspace, written("companies", navyID, Write{"domains", []any{"sea.com", "navy.com"}}))
	if len(told.commits) != 2 {
		t.Errorf("the watcher was told of %d transactions", len(told.commits))
	}
}

func TestAFailedTransactionIsNotTold(t *testing.T) {
	t.Parallel()
	workspace, told := watched(t)
	failure := errors.New("no")
	commits, err := workspace.Write(Author{}, func(tx *Tx) error { tx.Rename("Other"); return failure })
	if !errors.Is(err, failure) || commits != nil || told.commits != nil {
		t.Errorf("got %v, %v and the watcher %v", commits, err, told.commits)
	}
}

func TestWhatAttioDoesOfItsOwnIsACommitOfTheSystems(t *testing.T) {
	t.Parallel()
	workspace, told := watched(t)
	commits, err := workspace.Write(Author{Actor: attio.Actor{Type: attio.ActorAPIToken, ID: "key"}}, func(tx *Tx) error {
		_, err := tx.CreateRecord(kindOf(tx.State, "people").(*Object), "alan", []Write{{"email_addresses", []any{"alan@navy.com"}}})
		return err
	})
	if err != nil || len(commits) != 2 || len(told.commits) != 2 {
		t.Fatalf("got %d commits, the watcher %d, and %v", len(commits), len(told.commits), err)
	}
	if diff := cmp.Diff([]string{"record alan created"}, said(commits[0].Changes)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"record alan changed", fmt.Sprintf("record %s changed", navyID)}, said(commits[1].Changes)); diff != "" {
		t.Error(diff)
	}
	if commits[1].Author != System() || commits[1].Before != commits[0].After || commits[1].After != workspace.View() {
		t.Errorf("got the author %+v, and states that follow each other: %v", commits[1].Author, commits[1].Before == commits[0].After)
	}
}

func TestAResetIsToldAndNotWhatIsSeeded(t *testing.T) {
	t.Parallel()
	workspace, told := watched(t)
	workspace.world.Reset()
	if told.resets != 1 || told.commits != nil {
		t.Errorf("the watcher was told of %d resets and %v", told.resets, told.commits)
	}
}

func TestAWatcherLearnsWhichWorkspacesComeAndGo(t *testing.T) {
	t.Parallel()
	workspace, told := watched(t)
	clone, err := workspace.world.Clone(workspace, "other")
	if err != nil {
		t.Fatal(err)
	}
	workspace.world.Remove(workspace)
	if !slices.Equal(told.added, []*Workspace{clone}) || !slices.Equal(told.removed, []*Workspace{workspace}) {
		t.Errorf("it was told that %v came and %v went", told.added, told.removed)
	}
}
