package world

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// What a write copies does not depend on how much the workspace holds: the tables that it writes.
func TestAWriteCopiesOnlyWhatItTouches(t *testing.T) {
	t.Parallel()
	for _, records := range []int{1, 5_000} {
		t.Run(fmt.Sprintf("%d records", records), func(t *testing.T) {
			t.Parallel()
			workspace := acme(t, New(seed(t)))
			create := func(tx *Tx, key string) error {
				object, _ := tx.Schema.Object("people")
				_, err := tx.CreateRecord(object, attio.PathID(key), []Write{{"email_addresses", []any{key + "@example.com"}}, {"job_title", "Admiral"}})
				return err
			}
			if err := workspace.Update(Author{}, func(tx *Tx) error {
				for i := range records {
					if err := create(tx, fmt.Sprint("r", i)); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			before := workspace.View()
			if err := workspace.Update(Author{}, func(tx *Tx) error { return create(tx, "new") }); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"the stores", "people", "people: email_addresses"}, tablesWritten(before, workspace.View())); diff != "" {
				t.Errorf("it copied (-want +got):\n%s", diff)
			}
			const most = 2_000
			if copied := workspace.View().weight.shrunk - before.weight.shrunk; copied > most {
				t.Errorf("it copied %d bytes, more than %d", copied, most)
			}
		})
	}
}

// tablesWritten names the tables of a state that are not those of the state before.
func tablesWritten(before, after *State) []string {
	var names []string
	note := func(written bool, name string) {
		if written {
			names = append(names, name)
		}
	}
	note(after.stores.root != before.stores.root, "the stores")
	for is := range after.stores.Values() {
		was, ok := before.stores.Get(is.of)
		switch {
		case !ok:
			was = new(store)
		case was == is:
			continue
		}
		kind, _ := after.Schema.Kind(is.of)
		note(is.records.root != was.records.root, kind.Common().Slug)
		for _, d := range kind.Common().Attributes {
			if holders := is.holders(d); holders != nil {
				note(was.holders(d) == nil || holders.root != was.holders(d).root, kind.Common().Slug+": "+d.Slug)
			}
		}
	}
	note(after.references.root != before.references.root || after.former.root != before.former.root, "references")
	note(after.things != before.things, "things")
	return names
}
