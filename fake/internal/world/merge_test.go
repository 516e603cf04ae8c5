package world

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestAMergeLooksOnlyAtRecordsThatReferOrOnceReferred(t *testing.T) {
	t.Parallel()
	w := New(relatedSeed(t))
	to := func(company attio.ID) any { return refTo("companies", company) }
	primary, secondary, other := create(t, w, "companies"), create(t, w, "companies"), create(t, w, "companies")
	update := func(person attio.ID, write Write) {
		must(t, acme(t, w), func(tx *Tx) error {
			people, _ := tx.Schema.Object("people")
			_, err := tx.UpdateRecord(people, person, Overwrite, []Write{write})
			return err
		})
	}
	var people []attio.ID
	for _, company := range []attio.ID{primary, secondary} {
		member := create(t, w, "people", Write{"company", to(company)})
		employed := create(t, w, "people", Write{"employers", []any{to(company), to(other)}})
		left := create(t, w, "people", Write{"company", to(company)})
		update(left, Write{"company", to(other)})
		dismissed := create(t, w, "people", Write{"employers", []any{to(company)}})
		update(dismissed, Write{"employers", []any{}})
		replaced := create(t, w, "people", Write{"company", to(company)})
		must(t, acme(t, w), func(tx *Tx) error {
			companies, _ := tx.Schema.Object("companies")
			_, err := tx.UpdateRecord(companies, other, Prepend, []Write{{"team", []any{refTo("people", replaced)}}})
			return err
		})
		people = append(people, member, employed, left, dismissed, replaced)
	}
	for range 100 {
		create(t, w, "people", Write{"company", to(other)}, Write{"employers", []any{to(other)}})
	}
	var entry attio.ID = "entry"
	must(t, acme(t, w), func(tx *Tx) error {
		list, _ := tx.Schema.List("sales")
		_, err := tx.CreateEntry(list, entry, Parent{"companies", primary}, nil)
		return err
	})

	state := acme(t, w).View()
	object, list := kindOf(state, "companies").(*Object), kindOf(state, "sales")
	m := &merger{Tx: &Tx{State: state}, object: object, merged: "merged"}
	m.primary, _ = state.Record(object.ID, primary)
	m.secondary, _ = state.Record(object.ID, secondary)
	got := make(map[attio.ID][]attio.ID)
	for of, ids := range m.referrers() {
		got[of] = slices.Sorted(maps.Keys(ids))
	}
	slices.Sort(people)
	want := map[attio.ID][]attio.ID{kindOf(state, "people").Common().ID: people, object.ID: {"merged"}, list.Common().ID: {entry}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("it looks at others (-want +got):\n%s", diff)
	}
}

// BenchmarkMerge merges two companies with ten people each, in workspaces of different sizes.
func BenchmarkMerge(b *testing.B) {
	for _, records := range []int{1000, 10_000, 100_000, 500_000} {
		b.Run(fmt.Sprint(records), func(b *testing.B) {
			if records >= 100_000 && testing.Short() {
				b.Skip("large")
			}
			company := func(n int) attio.ID { return attio.PathID(fmt.Sprint("company", n)) }
			state, err := Build("acme", "Acme", noon, func(tx *Tx) error {
				people, companies := kindOf(tx.State, "people"), kindOf(tx.State, "companies")
				for n := range records / 11 {
					if _, err := tx.CreateRecord(companies, company(n), nil); err != nil {
						return err
					}
				}
				for n := range records / 11 * 10 {
					if _, err := tx.CreateRecord(people, attio.PathID(fmt.Sprint("person", n)), []Write{{"company", refTo("companies", company(n/10))}}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			workspace := acme(b, New(&Seed{Workspaces: []*State{state}}))
			undone := errors.New("undone")
			for b.Loop() {
				err := workspace.Update(Author{}, func(tx *Tx) error {
					if _, err := tx.MergeRecords(kindOf(tx.State, "companies").(*Object), "merged", company(3), company(4)); err != nil {
						return err
					}
					return undone
				})
				if !errors.Is(err, undone) {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/1000/float64(b.N), "µs/merge")
		})
	}
}
