package world

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// newList makes a list that every member may use, whose name is its slug.
func newList(t testing.TB, tx *Tx, slug, parent string) *List {
	t.Helper()
	access := FullAccess
	list, err := tx.CreateList(parent, ListEdit{Slug: &slug, Name: &slug, WorkspaceAccess: &access})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// build fills a workspace.
func build(t testing.TB, fill func(*Tx)) *State {
	t.Helper()
	state, err := Build("acme", "Acme", noon, func(tx *Tx) error { fill(tx); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// seedCompany makes a record without values.
func seedCompany(t testing.TB, tx *Tx, id attio.ID) {
	t.Helper()
	companies, _ := tx.Schema.Object("companies")
	if _, err := tx.CreateRecord(companies, id, nil); err != nil {
		t.Fatal(err)
	}
}

func TestAMemberHasTheHighestAccessOfAll(t *testing.T) {
	t.Parallel()
	grants := []MemberAccess{{ReadOnly, "ada"}, {FullAccess, "bob"}, {ReadAndWrite, "ada"}}
	for _, tc := range []struct {
		workspace ListAccess
		member    attio.ID
		want      ListAccess
	}{
		{"", "ada", ReadAndWrite},
		{"", "bob", FullAccess},
		{"", "eve", ""},
		{"", "", ""},
		{ReadOnly, "ada", ReadAndWrite},
		{ReadOnly, "", ReadOnly},
		{FullAccess, "ada", FullAccess},
	} {
		list := &List{WorkspaceAccess: tc.workspace, MemberAccess: grants}
		if got := list.AccessOf(tc.member); got != tc.want {
			t.Errorf("%q of %q: got %q, want %q", tc.workspace, tc.member, got, tc.want)
		}
	}
}

func TestALevelOfAccessAllowsWhatLowerOnesDo(t *testing.T) {
	t.Parallel()
	ascending := []ListAccess{"", ReadOnly, ReadAndWrite, FullAccess}
	for i, level := range ascending {
		for j, least := range ascending[1:] {
			if got, want := level.Allows(least), i > j; got != want {
				t.Errorf("%q allows %q: %v", level, least, got)
			}
		}
	}
}

func TestEntriesOfARecordComeListByList(t *testing.T) {
	t.Parallel()
	state := build(t, func(tx *Tx) {
		seedCompany(t, tx, "navy")
		seedCompany(t, tx, "acme")
		newList(t, tx, "z", "companies")
		newList(t, tx, "people", "people")
		newList(t, tx, "a", "companies")
		for _, e := range []struct{ list, id, parent string }{
			{"a", "3", "navy"}, {"a", "1", "navy"}, {"a", "2", "acme"}, {"z", "4", "navy"},
		} {
			list, _ := tx.Schema.List(e.list)
			if _, err := tx.SeedEntry(list, attio.ID(e.id), Parent{"companies", attio.ID(e.parent)}, nil, nil); err != nil {
				t.Fatal(err)
			}
		}
	})
	companies, _ := state.Schema.Object("companies")
	var got []string
	for list, entry := range state.EntriesOf(companies.ID, "navy") {
		if parent := list.ParentOf(entry); parent != (attribute.RecordReference{Object: companies.ID, Record: "navy"}) {
			t.Errorf("%s is of %v", entry.ID, parent)
		}
		got = append(got, list.Slug+"/"+string(entry.ID))
	}
	if diff := cmp.Diff([]string{"z/4", "a/1", "a/3"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestIDsOfAListAreThoseOfItsPath(t *testing.T) {
	t.Parallel()
	build(t, func(tx *Tx) {
		list := newList(t, tx, "sales", "companies")
		stage, err := tx.CreateAttribute(list, attribute.Definition{
			Slug: "stage", Title: "Stage", Type: attribute.TypeStatus, Statuses: []attribute.Status{{Title: "Lead"}},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := []attio.ID{list.ID, list.ParentAttribute().ID, stage.ID, stage.Statuses[0].ID}
		want := []attio.ID{
			attio.PathID("acme/lists/sales"), attio.PathID("acme/lists/sales/attributes/parent_record"),
			attio.PathID("acme/lists/sales/attributes/stage"), attio.PathID("acme/lists/sales/attributes/stage/statuses/Lead"),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestNothingIsLeftOfTheListsOfADeletedObject(t *testing.T) {
	t.Parallel()
	state := build(t, func(tx *Tx) {
		slug, noun, plural := "projects", "Project", "Projects"
		if _, err := tx.CreateObject(ObjectEdit{Slug: &slug, Singular: &noun, Plural: &plural}); err != nil {
			t.Fatal(err)
		}
		gone, stays := newList(t, tx, "gone", "projects"), newList(t, tx, "stays", "companies")
		projects, _ := tx.Schema.Object("projects")
		_, err := tx.CreateRecord(projects, "project", nil)
		if err == nil {
			_, err = tx.CreateEntry(gone, "entry", Parent{"projects", "project"}, nil)
		}
		if err == nil {
			_, err = tx.CreateView(&gone.Target, "view", table("All"))
		}
		if err == nil {
			err = tx.DeleteObject(projects)
		}
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]attio.ID{stays.ID}, []attio.ID{tx.Schema.Lists[0].ID}); diff != "" || len(tx.Schema.Lists) != 1 {
			t.Error(tx.Schema.Lists, diff)
		}
	})
	gone := attio.PathID("acme/lists/gone")
	references, views := slices.Collect(state.references.Values()), slices.Collect(state.Views(gone, ""))
	if state.CountRecords(gone) != 0 || len(references) != 0 || len(views) != 0 {
		t.Errorf("%d entries, references %v and views %v are left", state.CountRecords(gone), references, views)
	}
}
