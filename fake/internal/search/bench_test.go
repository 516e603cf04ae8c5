package search

import (
	"fmt"
	"slices"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

const benchmarked = 100_000

// crowd is a workspace with a hundred thousand people: a thousand first names, ten thousand last names, and an e-mail
// address for each at one of two thousand domains.
func crowd(b *testing.B) *world.Workspace {
	b.Helper()
	syllables := []string{"an", "be", "cor", "da", "el", "fi", "gra", "ho", "is", "jo", "ka", "lo", "mar", "ni", "os", "pe", "ra", "si", "to", "vi"}
	word := func(n, length int) string {
		text := ""
		for range length {
			text += syllables[n%len(syllables)]
			n /= len(syllables)
		}
		return text
	}
	return newWorkspace(b, func(tx *world.Tx) {
		for i := range benchmarked {
			first, last := word(i*7919%1000, 3), word(i*104729%10000, 4)
			seedRecord(b, tx, "people", fmt.Sprint(i), values{
				"name":            name(first, last),
				"email_addresses": []any{fmt.Sprintf("%s.%s%d@%s.example.com", first, last, i, word(i%2000, 3))},
			})
		}
	})
}

// BenchmarkSearch measures one keystroke among a hundred thousand people.
func BenchmarkSearch(b *testing.B) {
	workspace := crowd(b)
	people, _ := workspace.View().Schema.Object("people")
	objects := []*world.Object{people}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			newIndex(fieldsOf(people), slices.Collect(workspace.View().Records(people.ID)))
		}
	})
	for _, query := range []string{"", "a", "com", "grahofi", "grahofi anbecor", "grahoof", "lomarnios anbecoor", "no such thing at all"} {
		b.Run(fmt.Sprintf("%q", query), func(b *testing.B) {
			b.ReportAllocs()
			Records(workspace.View(), objects, "a", 25)
			for b.Loop() {
				Records(workspace.View(), objects, query, 25)
			}
		})
	}
	b.Run("after a write", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			update(b, workspace, func(tx *world.Tx) {
				written := values{"name": name("Ada", fmt.Sprint(i))}
				if _, err := tx.UpdateRecord(people, attio.PathID(fmt.Sprint(i%benchmarked)), world.Overwrite, written.writes()); err != nil {
					b.Fatal(err)
				}
			})
			b.StartTimer()
			Records(workspace.View(), objects, "ada", 25)
		}
	})
}
