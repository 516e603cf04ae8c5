package world

import (
	"fmt"
	"runtime"
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

// create makes a record in a transaction of its own and returns its id.
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

// keys returns the keys of a record's values, as the model has them.
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

// Not parallel: it measures memory.
func TestEachFurtherReferenceCostsAsMuchAsTheOneBefore(t *testing.T) {
	w := New(relatedSeed(t))
	company := create(t, w, "companies")
	allocated := func(people int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range people {
			create(t, w, "people", Write{"company", refTo("companies", company)})
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	first := allocated(1000)
	allocated(8000)
	if last := allocated(1000); last > 2*first {
		t.Errorf("the first thousand people of a company take %d KiB, those after 9,000 others %d KiB", first>>10, last>>10)
	}
	if team := keys(t, acme(t, w).View(), "companies", company, "team"); len(team) != 10_000 {
		t.Errorf("%d people are of the company", len(team))
	}
}

func TestARoomBelongsToOneVersionOnly(t *testing.T) {
	t.Parallel()
	value := func(i int) attribute.Value {
		return attribute.RecordReference{Record: attio.ID(fmt.Sprint(i))}
	}
	var c cell
	for i := range 2 * manyValues {
		c.add(value(i), new(Stamp))
	}
	before := c
	first, second := c, c
	first.add(value(-1), new(Stamp))
	second.add(value(-2), new(Stamp))
	second.end(value(7), new(Stamp))
	second.end(value(-2), new(Stamp))
	second.end(value(0), new(Stamp))
	second.add(value(-3), new(Stamp))
	first.add(value(-4), new(Stamp))
	list := func(c cell) (records []string) {
		for _, held := range c.active {
			records = append(records, string(held.Value.(attribute.RecordReference).Record))
		}
		return records
	}
	want := list(before)
	for i, got := range list(cell{active: c.active}) {
		if got != fmt.Sprint(2*manyValues-1-i) {
			t.Fatalf("they are %v", list(c))
		}
	}
	without := slices.DeleteFunc(slices.Clone(want), func(id string) bool { return id == "7" || id == "0" })
	for _, tc := range []struct {
		got  cell
		want []string
	}{{before, want}, {first, append([]string{"-4", "-1"}, want...)}, {second, append([]string{"-3"}, without...)}} {
		if diff := cmp.Diff(tc.want, list(tc.got)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestTwoWorkspacesThatWereOneDoNotShareWhatTheyAdd(t *testing.T) {
	t.Parallel()
	w := New(relatedSeed(t))
	workspace := acme(t, w)
	company := create(t, w, "companies")
	member := func() attio.ID { return create(t, w, "people", Write{"company", refTo("companies", company)}) }
	var team []string
	for range manyValues + 3 { // leaves room before them
		team = append(team, string(member()))
	}
	slices.Reverse(team) // the newest comes first
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
	// The last two are as close to the others in the index as possible.
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

func TestTheValuesThatSeveralRecordsShareAreKnown(t *testing.T) {
	t.Parallel()
	w := New(relatedSeed(t))
	workspace := acme(t, w)
	must(t, workspace, func(tx *Tx) error {
		object, err := tx.CreateObject(object("plans", "Plan", "Plans"))
		if err != nil {
			return err
		}
		_, err = tx.CreateAttribute(object, attribute.Definition{Slug: "code", Title: "Code", Type: attribute.TypeText}, nil)
		return err
	})
	for _, code := range []string{"x", "X", "xy", "y", "x", "Y", "z", "Y", "x", "Ä", "ä", "ä"} {
		create(t, w, "plans", Write{"code", code})
	}
	state := must(t, workspace, func(tx *Tx) error {
		object, _ := tx.Schema.Object("plans")
		d, _ := object.Attribute("code")
		unique := *d
		unique.Unique = true
		_, err := tx.UpdateAttribute(object, unique)
		return err
	})
	plans, people := kindOf(state, "plans").Common(), kindOf(state, "people").Common()
	code, _ := plans.Attribute("code")
	if diff := cmp.Diff(map[string]bool{"x": true, "Y": true, "ä": true}, state.Shared(plans.ID, code)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if email, _ := people.Attribute("email_addresses"); len(state.Shared(people.ID, email)) > 0 {
		t.Errorf("without records %v is shared", state.Shared(people.ID, email))
	}
}
