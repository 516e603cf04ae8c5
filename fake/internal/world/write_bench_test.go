package world

import (
	"fmt"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// BenchmarkWrite measures a transaction that creates a person with four values, and one that changes the job title of a person,
// in a workspace with so many people. What it allocates is what the next state does not share with the one before, and what
// the transaction itself takes.
func BenchmarkWrite(b *testing.B) {
	for _, people := range []int{100, 1_000, 10_000, 100_000} {
		if people >= 100_000 && testing.Short() {
			continue
		}
		w := New(seed(b))
		workspace, _ := w.Workspace("acme")
		object, _ := workspace.View().Schema.Object("people")
		ids := make([]attio.ID, people)
		create := func(tx *Tx, id attio.ID) error {
			_, err := tx.CreateRecord(object, id, []Write{
				{"name", "Hopper, Grace"}, {"email_addresses", []any{string(id[:18]) + "@navy.com"}}, {"job_title", "Rear admiral"},
				{"description", "Wrote the first compiler"},
			})
			return err
		}
		update := func(b *testing.B, change func(tx *Tx) error) {
			if err := workspace.Update(System(), change); err != nil {
				b.Fatal(err)
			}
		}
		for i := range ids {
			ids[i] = w.NewID()
		}
		update(b, func(tx *Tx) error {
			for _, id := range ids {
				if err := create(tx, id); err != nil {
					return err
				}
			}
			return nil
		})
		full := workspace.View()
		b.Run(fmt.Sprintf("create/%d", people), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				update(b, func(tx *Tx) error { return create(tx, w.NewID()) })
				full.weight.continued.Store(false) // as if this had been the first
				workspace.state.Store(full)
			}
		})
		b.Run(fmt.Sprintf("update/%d", people), func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n++
				update(b, func(tx *Tx) error {
					_, err := tx.UpdateRecord(object, ids[n%people], Overwrite, []Write{{"job_title", []any{fmt.Sprint("Admiral ", n)}}})
					return err
				})
			}
		})
	}
}
