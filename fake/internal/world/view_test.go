package world

import (
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func people(t testing.TB, s *State) *Target {
	t.Helper()
	object, ok := s.Schema.Object("people")
	if !ok {
		t.Fatal("no object people")
	}
	return &object.Target
}

func table(title string) ViewEdit {
	kind := TableView
	return ViewEdit{Title: &title, Type: &kind}
}

func ids(s *State, target, after attio.ID) []attio.ID {
	var all []attio.ID
	for view := range s.Views(target, after) {
		all = append(all, view.ID)
	}
	return all
}

func TestViewsAreInTheOrderOfTheirIDs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tx := &Tx{State: &State{Schema: new(Schema), things: new(things)}}
		targets := []*Target{{ID: "1"}, {ID: "11"}, {ID: "2"}}
		model := map[attio.ID][]attio.ID{}
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			target := rapid.SampledFrom(targets).Draw(t, "target")
			id := attio.ID(rapid.StringMatching(`[a-c]{1,2}`).Draw(t, "id"))
			at, known := slices.BinarySearch(model[target.ID], id)
			switch {
			case !known:
				if _, err := tx.CreateView(target, id, table("View")); err != nil {
					t.Fatal(err)
				}
				model[target.ID] = slices.Insert(model[target.ID], at, id)
			case rapid.Bool().Draw(t, "all"):
				tx.deleteViews(target.ID)
				model[target.ID] = nil
			default:
				if err := tx.DeleteView(target, id); err != nil {
					t.Fatal(err)
				}
				model[target.ID] = slices.Delete(model[target.ID], at, at+1)
			}
		}
		after := attio.ID(rapid.StringMatching(`[a-c]{0,2}`).Draw(t, "after"))
		for _, target := range targets {
			var want []attio.ID
			for _, id := range model[target.ID] {
				if id > after {
					want = append(want, id)
				}
			}
			if diff := cmp.Diff(want, ids(tx.State, target.ID, after)); diff != "" {
				t.Errorf("views of %s after %q: %s", target.ID, after, diff)
			}
		}
	})
}

func TestAViewDoesNotChangeUnderTheReaderOfAState(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	update := func(change func(*Tx, *Target) error) {
		t.Helper()
		if err := workspace.Update(Author{}, func(tx *Tx) error { return change(tx, people(t, tx.State)) }); err != nil {
			t.Fatal(err)
		}
	}
	update(func(tx *Tx, target *Target) error { _, err := tx.CreateView(target, "1", table("Old")); return err })
	before := workspace.View()
	update(func(tx *Tx, target *Target) error {
		title := "New"
		_, err := tx.UpdateView(target, "1", ViewEdit{Title: &title})
		return err
	})
	changed := workspace.View()
	update(func(tx *Tx, target *Target) error { return tx.DeleteView(target, "1") })

	target := people(t, before).ID
	was, _ := before.View(target, "1")
	is, _ := changed.View(target, "1")
	if was.Title != "Old" || is.Title != "New" {
		t.Errorf("the title was %s and is %s", was.Title, is.Title)
	}
	if _, ok := workspace.View().View(target, "1"); ok {
		t.Error("a deleted view is there")
	}
}

func TestAViewThatIsRefusedIsNotStored(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	edit := table("View")
	edit.Attributes = &[]Column{{Attribute: Path{{Attribute: "nothing"}}}}
	err := workspace.Update(Author{}, func(tx *Tx) error {
		_, err := tx.CreateView(people(t, tx.State), "1", edit)
		return err
	})
	if diff := cmp.Diff(error(attio.AttributeNotFoundInValues("nothing")), err); diff != "" {
		t.Error(diff)
	}
	if got := ids(workspace.View(), people(t, workspace.View()).ID, ""); got != nil {
		t.Errorf("got %v", got)
	}
}

// Parts that an edit does not change are not checked again: their attributes may be gone.
func TestAViewOfAnArchivedAttributeCanBeRenamed(t *testing.T) {
	t.Parallel()
	title := "New"
	err := acme(t, New(seed(t))).Update(Author{}, func(tx *Tx) error {
		target := people(t, tx.State)
		edit := table("Old")
		edit.Attributes = &[]Column{{Attribute: Path{{Attribute: "job_title"}}}}
		if _, err := tx.CreateView(target, "1", edit); err != nil {
			return err
		}
		changed, _ := tx.Schema.Object("people")
		archived, _ := changed.Attribute("job_title")
		d := *archived
		d.Archived = true
		object := *changed
		object.Attributes = slices.Clone(changed.Attributes)
		object.Attributes[slices.Index(object.Attributes, archived)] = &d
		tx.putObject(&object)
		_, err := tx.UpdateView(&object.Target, "1", ViewEdit{Title: &title})
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestServersOfOneSeedHaveTheirOwnViews(t *testing.T) {
	t.Parallel()
	shared := seed(t)
	var servers sync.WaitGroup
	for range 10 {
		servers.Go(func() {
			workspace := acme(t, New(shared))
			for _, id := range []attio.ID{"1", "2", "3"} {
				if err := workspace.Update(Author{}, func(tx *Tx) error {
					_, err := tx.CreateView(people(t, tx.State), id, table("View"))
					return err
				}); err != nil {
					t.Error(err)
				}
			}
			if got := ids(workspace.View(), people(t, workspace.View()).ID, ""); len(got) != 3 {
				t.Errorf("got %v", got)
			}
		})
	}
	servers.Wait()
}

func TestAPathIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		json string
		want Path
	}{
		"an attribute":                     {`"name"`, Path{{Attribute: "name"}}},
		"an attribute of a related object": {`["company",{"object":"companies","attribute":"name"}]`, Path{{Attribute: "company"}, {"companies", "name"}}},
		"over two references": {`["company",{"object":"companies","attribute":"team"},{"object":"people","attribute":"name"}]`,
			Path{{Attribute: "company"}, {"companies", "team"}, {"people", "name"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got Path
			if err := got.UnmarshalJSON([]byte(tc.json)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
			written, err := got.MarshalJSON()
			if diff := cmp.Diff(tc.json, string(written)); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
		})
	}
	for _, wrong := range []string{`1`, `[]`, `[1]`, `["a",1]`, `{}`} {
		if err := new(Path).UnmarshalJSON([]byte(wrong)); err == nil {
			t.Errorf("%s is read", wrong)
		}
	}
}
