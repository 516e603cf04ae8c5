package world

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// must runs a transaction that cannot fail.
func must(t testing.TB, workspace *Workspace, change func(*Tx) error) *State {
	t.Helper()
	if err := workspace.Update(Author{}, change); err != nil {
		t.Fatal(err)
	}
	return workspace.View()
}

// create makes a record in a transaction of its own, and returns its id.
func create(t testing.TB, w *World, slug string, writes ...Write) attio.ID {
	t.Helper()
	id := w.NewID()
	must(t, acme(t, w), func(tx *Tx) error {
		object, _ := tx.Schema.Object(slug)
		_, err := tx.CreateRecord(object, id, writes)
		return err
	})
	return id
}

func refTo(object string, id attio.ID) any {
	return map[string]any{"target_object": object, "target_record_id": string(id)}
}

// keys returns the keys of the values that a record has, as the model has them.
func keys(t testing.TB, s *State, object string, id attio.ID, slug string) []string {
	t.Helper()
	o, _ := s.Schema.Object(object)
	d, _ := o.Attribute(slug)
	record, ok := s.Record(o.ID, id)
	if !ok {
		t.Fatalf("%s has no record %s", object, id)
	}
	var all []string
	for _, held := range record.Active(d) {
		all = append(all, modelKey(held))
	}
	return all
}

func TestTwoWorkspacesThatWereOneDoNotShareWhatTheyAdd(t *testing.T) {
	t.Parallel()
	w := New(relatedSeed(t))
	workspace := acme(t, w)
	company := create(t, w, "companies")
	member := func() attio.ID { return create(t, w, "people", Write{"company", refTo("companies", company)}) }
	team := []string{string(member()), string(member()), string(member())} // leaves room behind them
	slices.Reverse(team)                                                   // the newest comes first
	before := workspace.View()

	first := string(member())
	afterFirst := workspace.View()
	workspace.restore(before)
	second := string(member())

	for name, tc := range map[string]struct {
		state *State
		want  []string
	}{
		"before": {before, team},
		"first":  {afterFirst, append([]string{first}, team...)},
		"second": {workspace.View(), append([]string{second}, team...)},
	} {
		if diff := cmp.Diff(tc.want, keys(t, tc.state, "companies", company, "team")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestAnAttributeThatBecomesUniqueBindsOnlyNewValues(t *testing.T) {
	t.Parallel()
	w := New(relatedSeed(t))
	workspace := acme(t, w)
	must(t, workspace, func(tx *Tx) error {
		slug, singular, plural := "plans", "Plan", "Plans"
		object, err := tx.CreateObject(ObjectEdit{Slug: &slug, Singular: &singular, Plural: &plural})
		if err != nil {
			return err
		}
		_, err = tx.CreateAttribute(object, attribute.Definition{Slug: "code", Title: "Code", Type: attribute.TypeText}, nil)
		return err
	})
	// The last two are as near to the others in the index as can be.
	one, two := create(t, w, "plans", Write{"code", "x"}), create(t, w, "plans", Write{"code", "x"})
	create(t, w, "plans", Write{"code", "x\x00x"})
	create(t, w, "plans", Write{"code", "xy"})
	must(t, workspace, func(tx *Tx) error {
		object, _ := tx.Schema.Object("plans")
		d, _ := object.Attribute("code")
		unique := *d
		unique.Unique = true
		_, err := tx.UpdateAttribute(object, unique)
		return err
	})
	write := func(id attio.ID, code string) error {
		return workspace.Update(Author{}, func(tx *Tx) error {
			object, _ := tx.Schema.Object("plans")
			_, err := tx.UpdateRecord(object, id, Prepend, []Write{{"code", code}})
			return err
		})
	}
	third := create(t, w, "plans", Write{"code", "z"})
	conflict := func(ids ...attio.ID) error { return attio.UniquenessConflict("code", ids) }
	inOrder := []attio.ID{min(one, two), max(one, two)}
	for _, step := range []struct {
		name string
		id   attio.ID
		code string
		want error
	}{
		{"the value that it has already", one, "x", nil},
		{"a value that two others have", third, "x", conflict(inOrder...)},
		{"another value for one of them", two, "w", nil},
		{"a value that one other has", third, "x", conflict(one)},
		{"back to a value that another has", two, "x", conflict(one)},
	} {
		if diff := cmp.Diff(step.want, write(step.id, step.code)); diff != "" {
			t.Errorf("%s: %s", step.name, diff)
		}
	}
}
