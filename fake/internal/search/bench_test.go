package search

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// crowd is a workspace with many people: a thousand first names, ten thousand last names, and an e-mail address for each
// at one of two thousand domains.
func crowd(b *testing.B, size int) (*world.Workspace, *world.Object) {
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
	workspace := newWorkspace(b, func(tx *world.Tx) {
		for i := range size {
			first, last := word(i*7919%1000, 3), word(i*104729%10000, 4)
			seedRecord(b, tx, "people", fmt.Sprint(i), values{
				"name":            name(first, last),
				"email_addresses": []any{fmt.Sprintf("%s.%s%d@%s.example.com", first, last, i, word(i%2000, 3))},
			})
		}
	})
	people, _ := workspace.View().Schema.Object("people")
	return workspace, people
}

// sizes are the numbers of records for which benchmarks run; those that take long to build only if there is time.
func sizes(b *testing.B) []int {
	b.Helper()
	if testing.Short() {
		return []int{1_000, 10_000}
	}
	return []int{1_000, 10_000, 100_000, 500_000}
}

// BenchmarkFirstSearch builds the index that later searches use. "of-scan" is how many times longer that takes than
// one look for a text in all names and addresses.
func BenchmarkFirstSearch(b *testing.B) {
	for _, size := range sizes(b) {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			workspace, people := crowd(b, size)
			records := slices.Collect(workspace.View().Records(people.ID))
			before := heap()
			kept := newIndex(fieldsOf(people), records)
			memory := heap() - before
			runtime.KeepAlive(kept)
			var ours, scanning time.Duration
			for b.Loop() {
				start := time.Now()
				newIndex(fieldsOf(people), records)
				ours += time.Since(start)
				start = time.Now()
				for _, record := range records {
					for _, d := range fieldsOf(people).labels {
						for _, held := range record.Active(d) {
							if strings.Contains(strings.ToLower(Text(held.Value)), "nobody") {
								b.Fatal("somebody is called nobody")
							}
						}
					}
				}
				scanning += time.Since(start)
			}
			b.ReportMetric(float64(ours.Microseconds())/float64(b.N)/1000, "ms/index")
			b.ReportMetric(float64(ours)/float64(scanning), "of-scan")
			b.ReportMetric(float64(memory)/float64(size), "B/record")
		})
	}
}

// BenchmarkSearchAfterWrite searches after each write. "of-next" is how many times longer that takes than the same search
// once more.
func BenchmarkSearchAfterWrite(b *testing.B) {
	for _, size := range sizes(b) {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			workspace, people := crowd(b, size)
			objects := []*world.Object{people}
			search := func() time.Duration {
				start := time.Now()
				if found := Records(workspace.View(), objects, "graho", 25); len(found) == 0 {
					b.Fatal("nobody was found")
				}
				return time.Since(start)
			}
			search()
			var first, next time.Duration
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				update(b, workspace, func(tx *world.Tx) {
					written := values{"name": name("Ada", fmt.Sprint(i))}
					if _, err := tx.UpdateRecord(people, attio.PathID(fmt.Sprint((i+size/2)%size)), world.Overwrite, written.writes()); err != nil {
						b.Fatal(err)
					}
				})
				b.StartTimer()
				first += search()
				next += search()
			}
			b.ReportMetric(float64(first.Nanoseconds())/float64(b.N)/1000, "µs/search")
			b.ReportMetric(float64(first)/float64(next), "of-next")
		})
	}
}

// BenchmarkSearch measures one keystroke among a hundred thousand people.
func BenchmarkSearch(b *testing.B) {
	if testing.Short() {
		b.Skip("it takes many records")
	}
	workspace, people := crowd(b, 100_000)
	objects := []*world.Object{people}
	for _, query := range []string{"", "a", "com", "grahofi", "grahofi anbecor", "grahoof", "lomarnios anbecoor", "no such thing at all"} {
		b.Run(fmt.Sprintf("%q", query), func(b *testing.B) {
			b.ReportAllocs()
			Records(workspace.View(), objects, "a", 25)
			for b.Loop() {
				Records(workspace.View(), objects, query, 25)
			}
		})
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
