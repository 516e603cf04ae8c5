package control

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestOfLongListsOnlyThePartInWhichTheyDifferIsShown(t *testing.T) {
	t.Parallel()
	held := func(texts string) (values []world.Held) {
		for _, text := range strings.Fields(texts) {
			values = append(values, world.Held{Stamp: new(world.Stamp), Value: attribute.Text(text)})
		}
		return values
	}
	long := held(strings.Repeat("x ", maxShown))
	grown := slices.Concat(held("new"), long)
	for name, tc := range map[string]struct{ before, after, from, to []world.Held }{
		"short ones whole":                {held("a b"), held("c a b"), held("a b"), held("c a b")},
		"one more at the front":           {long, slices.Concat(held("new"), long), nil, held("new")},
		"one more in the same array":      {grown[1:], grown, nil, held("new")},
		"one more at the end":             {long, slices.Concat(long, held("new")), nil, held("new")},
		"one less in the middle":          {slices.Concat(long, held("old"), long), slices.Concat(long, long), held("old"), nil},
		"one for another":                 {slices.Concat(long, held("old"), long), slices.Concat(long, held("a b"), long), held("old"), held("a b")},
		"all of a thing that is new":      {nil, grown, nil, grown},
		"all of a thing that is gone":     {grown, nil, grown, nil},
		"two lists of which none is long": {long[1:], held("a"), long[1:], held("a")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, to := different(tc.before, tc.after)
			show := func(values []world.Held) (texts []string) {
				for _, value := range values {
					texts = append(texts, value.Value.Key())
				}
				return texts
			}
			if diff := cmp.Diff([][]string{show(tc.from), show(tc.to)}, [][]string{show(from), show(to)}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAChangeOfARecordReadsTheSameWithoutTheStatesAroundIt(t *testing.T) {
	t.Parallel()
	workspace, _ := emptyWorkspace(t)
	id := attio.PathID("ada")
	write := func(write func(*world.Tx, world.Kind) error) []world.Commit {
		commits, err := workspace.Write(world.System(), func(tx *world.Tx) error {
			people, _ := tx.Schema.Object("people")
			return write(tx, people)
		})
		if err != nil {
			t.Fatal(err)
		}
		return commits
	}
	for _, tc := range []struct {
		name    string
		commits []world.Commit
		waits   bool // to be rendered
	}{
		{"created, with a new company", write(func(tx *world.Tx, people world.Kind) error {
			_, err := tx.CreateRecord(people, id, []world.Write{
				{Attribute: "name", Value: "Lovelace, Ada"}, {Attribute: "email_addresses", Value: []any{"ada@engines.com"}},
			})
			return err
		}), true},
		{"changed", write(func(tx *world.Tx, people world.Kind) error {
			_, err := tx.UpdateRecord(people, id, world.Overwrite, []world.Write{{Attribute: "name", Value: "King, Ada"}})
			return err
		}), true},
		{"deleted", write(func(tx *world.Tx, people world.Kind) error { return tx.DeleteRecord(people, id) }), true},
		{"created with a task", write(func(tx *world.Tx, people world.Kind) error {
			if _, err := tx.CreateTask(attio.PathID("call"), "Call", world.TaskEdit{}); err != nil {
				return err
			}
			_, err := tx.CreateRecord(people, attio.PathID("bob"), nil)
			return err
		}), false},
	} {
		want := (&kept{commits: tc.commits}).rendered().Changes
		k := &kept{commits: tc.commits}
		k.letGo()
		if waits := k.changes == nil; k.commits != nil || waits != tc.waits {
			t.Errorf("%s: %d commits are left, rendered: %t", tc.name, len(k.commits), !waits)
		}
		if diff := cmp.Diff(want, k.rendered().Changes); diff != "" || len(want) == 0 {
			t.Errorf("%s (-with states +without):\n%s", tc.name, diff)
		}
	}
}
