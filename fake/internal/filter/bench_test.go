package filter

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// large builds a workspace with many people, ten for each company.
func large(b *testing.B, people int) *world.State {
	b.Helper()
	made, _ := larges.LoadOrStore(people, sync.OnceValue(func() *world.State {
		var all []seeded
		for i := range (people + 9) / 10 {
			all = append(all, seeded{"companies", strconv.Itoa(i), map[string]any{
				"name": fmt.Sprintf("Company %d Ltd", i), "domains": []any{fmt.Sprintf("c%d.com", i)}}})
		}
		for i := range people {
			all = append(all, seeded{"people", strconv.Itoa(i), map[string]any{
				"name": fmt.Sprintf("Person %d, Some", i*7919%people), "email_addresses": []any{fmt.Sprintf("p%d@example.com", i)},
				"job_title": fmt.Sprintf("Senior Engineer of Things %d", i*7919%people), "twitter_follower_count": i,
				"company": refTo("companies", strconv.Itoa(i/10))}})
		}
		return build(b, all)
	}))
	return made.(func() *world.State)()
}

var larges sync.Map // by size

// BenchmarkQuery alternates between queries and hand-written loops over the same records. "of-hand" is the
// ratio of their times.
func BenchmarkQuery(b *testing.B) {
	for _, tc := range []struct {
		name  string
		query string
		sorts []Sort
		limit int
		hand  func(*world.State) int // returns how many records it finds
	}{
		{"contains", `{"job_title":{"$contains":"THINGS 99"}}`, nil, 1 << 30, handContains},
		{"range", `{"twitter_follower_count":{"$gte":100,"$lt":200}}`, nil, 1 << 30, handRange},
		{"path", `{"path":[["people","company"],["companies","name"]],"constraints":{"$contains":"y 99"}}`, nil, 1 << 30, handPath},
		{"sort", `{}`, []Sort{asc("job_title", "")}, 50, handSort},
		{"path_sort", `{}`, []Sort{{Direction: "asc", Path: [][]string{{"people", "company"}, {"companies", "name"}}}}, 50, handSort},
		{"unique", `{"email_addresses":"P500@example.com"}`, nil, 500, handContains},
		{"unique_path", `{"path":[["people","company"],["companies","domains"]],"constraints":{"domain":"c50.com"}}`, nil, 500, handPath},
	} {
		for _, size := range sizes(b) {
			b.Run(fmt.Sprintf("%s/%d", tc.name, size), func(b *testing.B) {
				state := large(b, size)
				query := Query{Filter: decode(b, tc.query), Sorts: tc.sorts, Limit: tc.limit}
				people := source(b, state, "people")
				if _, err := query.Run(people); err != nil { // builds what later queries reuse
					b.Fatal(err)
				}
				var ours, byHand fastest
				for b.Loop() {
					start := time.Now()
					p, err := query.plan(people)
					if err != nil {
						b.Fatal(err)
					}
					found := newOutcome(p).page(0, query.Limit) // nothing is remembered
					ours.add(time.Since(start))
					if len(found) == 0 {
						b.Fatal("nothing was found")
					}
					start = time.Now()
					if tc.hand(state) == 0 {
						b.Fatal("the hand-written loop found nothing")
					}
					byHand.add(time.Since(start))
				}
				b.ReportMetric(ours.of(byHand), "of-hand")
				b.ReportMetric(ours.micros(), "µs/query")
				b.ReportMetric(float64(size)/ours.micros(), "Mvalues/s")
			})
		}
	}
}

// BenchmarkPages reads a sorted query from 90 percent on: a first page, for which it is sorted, and the second.
// "of-first" is the ratio of their times. The hand-written loop copies the records of the second page.
func BenchmarkPages(b *testing.B) {
	const page = 500
	for _, size := range sizes(b) {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			workspace := workspaceOf(large(b, size))
			query := Query{Sorts: []Sort{asc("job_title", "")}, Limit: min(page, size/20)}
			var all []Item
			for record := range workspace.View().Records(source(b, workspace.View(), "people").(records).of.ID) {
				all = append(all, record)
			}
			var first, second, byHand fastest
			for b.Loop() {
				b.StopTimer()
				update(b, workspace, func(tx *world.Tx) error { return employ(tx, recordID("people", "7"), "Writer") })
				people := source(b, workspace.View(), "people")
				if _, err := (Query{Filter: decode(b, `{"job_title":"x"}`)}).Count(people); err != nil { // makes the columns
					b.Fatal(err)
				}
				b.StartTimer()
				start := time.Now()
				query.Offset = size * 9 / 10
				if _, err := query.Run(people); err != nil {
					b.Fatal(err)
				}
				first.add(time.Since(start))
				start = time.Now()
				query.Offset += query.Limit
				result, err := query.Run(people)
				if err != nil || len(result.Items) != query.Limit {
					b.Fatal(len(result.Items), err)
				}
				second.add(time.Since(start))
				start = time.Now()
				if copied := append([]Item{}, all[query.Offset:query.Offset+query.Limit]...); len(copied) == 0 {
					b.Fatal("nothing was copied")
				}
				byHand.add(time.Since(start))
			}
			b.ReportMetric(first.micros(), "µs/first")
			b.ReportMetric(second.micros(), "µs/second")
			b.ReportMetric(second.of(first), "of-first")
			b.ReportMetric(second.of(byHand), "of-hand")
		})
	}
}

// sizes are the numbers of records for which benchmarks run; those that take long to build only if there is time.
func sizes(b *testing.B) []int {
	b.Helper()
	if testing.Short() {
		return []int{1_000, 10_000}
	}
	return []int{1_000, 10_000, 100_000, 500_000}
}

func employ(tx *world.Tx, id attio.ID, title string) error {
	people, _ := tx.Schema.Object("people")
	_, err := tx.UpdateRecord(people, id, world.Overwrite, []world.Write{{Attribute: "job_title", Value: title}})
	return err
}

// BenchmarkQueryAfterWrite runs a query after each write to one record. "µs/renewal" is what the write costs it before the
// scan, which grows only by a list of the blocks; "of-scan" is its ratio to the scan.
func BenchmarkQueryAfterWrite(b *testing.B) {
	query := Query{Filter: decode(b, `{"job_title":{"$contains":"THINGS 99"}}`), Limit: 1 << 30}
	for _, size := range sizes(b) {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			workspace := workspaceOf(large(b, size))
			_, title := definition(workspace.View(), "people", "job_title")
			var renewal, scanning fastest
			run := func() {
				people := source(b, workspace.View(), "people").(records)
				start := time.Now()
				c, _ := people.collection()
				for _, block := range c.blocks {
					block.column(title)
				}
				renewal.add(time.Since(start))
				start = time.Now()
				if _, err := query.Count(people); err != nil {
					b.Fatal(err)
				}
				scanning.add(time.Since(start))
			}
			run()
			renewal = 0
			written := 0
			for b.Loop() {
				written++
				update(b, workspace, func(tx *world.Tx) error {
					return employ(tx, recordID("people", strconv.Itoa(written*7919%size)), fmt.Sprint("Writer ", written))
				})
				run()
			}
			b.ReportMetric(renewal.micros(), "µs/renewal")
			b.ReportMetric(scanning.micros(), "µs/scan")
			b.ReportMetric(renewal.of(scanning), "of-scan")
		})
	}
}

func definition(state *world.State, object, slug string) (attio.ID, *attribute.Definition) {
	o, _ := state.Schema.Object(object)
	d, _ := o.Attribute(slug)
	return o.ID, d
}

func handContains(state *world.State) (n int) {
	people, d := definition(state, "people", "job_title")
	for record := range state.Records(people) {
		for _, held := range record.Active(d) {
			if strings.Contains(strings.ToLower(string(held.Value.(attribute.Text))), "things 99") {
				n++
			}
		}
	}
	return n
}

func handRange(state *world.State) (n int) {
	people, d := definition(state, "people", "twitter_follower_count")
	for record := range state.Records(people) {
		for _, held := range record.Active(d) {
			if v := held.Value.(attribute.Number); v >= 100 && v < 200 {
				n++
			}
		}
	}
	return n
}

func handPath(state *world.State) (n int) {
	companies, name := definition(state, "companies", "name")
	people, company := definition(state, "people", "company")
	found := make(map[attio.ID]bool)
	for record := range state.Records(companies) {
		for _, held := range record.Active(name) {
			if strings.Contains(strings.ToLower(string(held.Value.(attribute.Text))), "y 99") {
				found[record.ID] = true
			}
		}
	}
	for record := range state.Records(people) {
		for _, held := range record.Active(company) {
			if found[held.Value.(attribute.RecordReference).Record] {
				n++
			}
		}
	}
	return n
}

func handSort(state *world.State) int {
	people, d := definition(state, "people", "job_title")
	type row struct {
		key    string
		record *world.Record
	}
	var rows []row
	for record := range state.Records(people) {
		if held := record.Active(d); len(held) > 0 {
			rows = append(rows, row{strings.ToLower(string(held[0].Value.(attribute.Text))), record})
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.record.ID, b.record.ID)) })
	return min(len(rows), 50)
}

// BenchmarkAlternatives runs a query with so many equalities in $or, of addresses that the index knows, and of titles and numbers for
// which all records are looked at. "µs/alternative" falls or stays, as no record is compared with each of them.
func BenchmarkAlternatives(b *testing.B) {
	const size = 10_000
	for _, form := range []struct{ name, filter string }{
		{"unique", `{"email_addresses":"p%d@example.com"}`}, {"scan", `{"job_title":"Senior Engineer of Things %d"}`},
		{"number", `{"twitter_follower_count":%d}`},
	} {
		for _, n := range []int{10, 100, 1000} {
			b.Run(fmt.Sprintf("%s/%d", form.name, n), func(b *testing.B) {
				alternatives := make([]any, n)
				for i := range alternatives {
					alternatives[i] = decode(b, fmt.Sprintf(form.filter, i*7))
				}
				query := Query{Filter: map[string]any{"$or": alternatives}}
				people := source(b, large(b, size), "people")
				for b.Loop() {
					if found, err := query.Count(people); err != nil || found != n {
						b.Fatal(found, err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/1000/float64(b.N*n), "µs/alternative")
			})
		}
	}
}
