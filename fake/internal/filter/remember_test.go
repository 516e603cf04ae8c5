package filter

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"weak"

	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// The helper answer compares an outcome that is remembered with one that is found anew.
func TestPagesAreRightWhateverIsWrittenBetweenThem(t *testing.T) {
	t.Parallel()
	queries := []Query{
		{Sorts: []Sort{asc("title", "")}},
		{Sorts: []Sort{desc("size", ""), asc("title", "")}},
		{Filter: decode(t, `{"title":{"$contains":"a"}}`)},
		{Filter: decode(t, `{"title":{"$contains":"a"}}`), Sorts: []Sort{desc("title", "")}},
		{Filter: decode(t, `{"path":[["things","near"],["companies","name"]],"constraints":{"$contains":"a"}}`)},
		{Sorts: []Sort{{Direction: "asc", Path: [][]string{{"things", "near"}, {"companies", "name"}}}}},
		{Filter: decode(t, `{"near":{"target_object":"companies"}}`)},
		{Filter: decode(t, `{"$or":[]}`)},
		{},
	}
	title := rapid.SampledFrom(poolTexts)
	rapid.Check(t, func(t *rapid.T) {
		all := []seeded{{"companies", "a", nil}, {"companies", "b", nil}}
		for i := range 9 {
			values := map[string]any{"title": title.Draw(t, "title"), "size": rapid.IntRange(0, 3).Draw(t, "size")}
			if i%3 > 0 {
				values["near"] = []any{refTo("companies", []string{"a", "b"}[i%2])}
			}
			all = append(all, seeded{"things", strconv.Itoa(i), values})
		}
		workspace := workspaceOf(build(t, all))
		states := []*world.State{workspace.View()}
		change := func(change func(*world.Tx) error) {
			update(t, workspace, change)
			states = append(states, workspace.View())
		}
		t.Repeat(map[string]func(*rapid.T){
			"write": func(t *rapid.T) {
				change(func(tx *world.Tx) error {
					return entitle(tx, recordID("things", strconv.Itoa(rapid.IntRange(0, 8).Draw(t, "thing"))), title.Draw(t, "title"))
				})
			},
			"write what a path leads to": func(t *rapid.T) {
				change(func(tx *world.Tx) error {
					companies, _ := tx.Schema.Object("companies")
					_, err := tx.UpdateRecord(companies, recordID("companies", rapid.SampledFrom([]string{"a", "b"}).Draw(t, "company")),
						world.Overwrite, []world.Write{{Attribute: "name", Value: title.Draw(t, "name")}})
					return err
				})
			},
			"create": func(t *rapid.T) {
				change(func(tx *world.Tx) error {
					things, _ := tx.Schema.Object("things")
					_, err := tx.CreateRecord(things, recordID("things", fmt.Sprint(len(states))), []world.Write{{Attribute: "title", Value: title.Draw(t, "title")}})
					return err
				})
			},
			"page": func(t *rapid.T) {
				query := rapid.SampledFrom(queries).Draw(t, "query")
				query.Limit, query.Offset = rapid.IntRange(1, 4).Draw(t, "limit"), rapid.IntRange(0, 9).Draw(t, "offset")
				state := states[len(states)-1]
				if rapid.IntRange(0, 4).Draw(t, "look back") == 0 {
					state = rapid.SampledFrom(states).Draw(t, "state")
				}
				answer(t, state, "things", query)
			},
		})
	})
}

// counted counts how often a condition is evaluated, and how often two values are compared.
type counted struct {
	node
	kind
	evaluated, compared int
}

func (c *counted) matches(item Item) bool {
	c.evaluated++
	return c.node.matches(item)
}

func (c *counted) compare(d *attribute.Definition, a, b *world.Held) int {
	c.compared++
	return c.kind.compare(d, a, b)
}

// page returns a page of a query of things, and counts.
func (c *counted) page(t *testing.T, things Source, q Query) []Item {
	t.Helper()
	p, err := q.plan(things)
	if err != nil {
		t.Fatal(err)
	}
	if !p.unfiltered() || len(p.orders) > 0 {
		c.node, p.filter = p.filter, c
	}
	for i, o := range p.orders {
		field := *o.field
		c.kind, field.kind = field.kind, c
		p.orders[i].field = &field
	}
	c.evaluated, c.compared = 0, 0
	return q.page(p)
}

func many(t tb, things int) *world.Workspace {
	t.Helper()
	var all []seeded
	for i := range things {
		all = append(all, seeded{"things", strconv.Itoa(i), map[string]any{"title": fmt.Sprint("Title ", i*7919%things), "size": i % 7}})
	}
	return workspaceOf(build(t, all))
}

func TestASecondPageEvaluatesNoFilterAndSortsLittle(t *testing.T) {
	t.Parallel()
	const size = 5_000
	sorts := []Sort{asc("title", "")}
	contains := decode(t, `{"title":{"$contains":"title"}}`)
	for name, tc := range map[string]struct {
		query                           Query
		firstEvaluated, secondEvaluated int
		firstCompared, secondCompared   int // at most
	}{
		"sorted, at the beginning":    {Query{Filter: contains, Sorts: sorts}, size, 0, 5 * size, 600 * 12},
		"sorted, far behind":          {Query{Filter: contains, Sorts: sorts, Offset: 4_000}, size, 0, 5 * size, 600 * 12},
		"sorted, without a filter":    {Query{Sorts: sorts, Offset: 4_000}, size, 0, 5 * size, 600 * 12},
		"filtered, at the beginning":  {Query{Filter: contains}, 500, 500, 0, 0},
		"filtered, far behind":        {Query{Filter: contains, Offset: 4_000}, 4_500, 500, 0, 0},
		"neither filtered nor sorted": {Query{Offset: 4_000}, 0, 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			things := source(t, many(t, size).View(), "things")
			var c counted
			q := tc.query
			q.Limit = 500
			if page := c.page(t, things, q); len(page) != 500 || c.evaluated != tc.firstEvaluated || c.compared > tc.firstCompared {
				t.Errorf("the first page has %d records, evaluates %d and compares %d", len(page), c.evaluated, c.compared)
			}
			q.Offset += 500
			if page := c.page(t, things, q); len(page) != 500 || c.evaluated != tc.secondEvaluated || c.compared > tc.secondCompared {
				t.Errorf("the second page has %d records, evaluates %d and compares %d", len(page), c.evaluated, c.compared)
			}
			if c.page(t, things, q); c.evaluated+c.compared > 0 {
				t.Errorf("the second page once more evaluates %d and compares %d", c.evaluated, c.compared)
			}
		})
	}
}

func TestALookUpDoesNotPushOutAnOrder(t *testing.T) {
	t.Parallel()
	things := source(t, many(t, columnsFrom).View(), "things")
	sorted := Query{Sorts: []Sort{asc("title", "")}, Limit: 5}
	var c counted
	c.page(t, things, sorted)
	for i := range 2 * maxOutcomes {
		c.page(t, things, Query{Filter: decode(t, fmt.Sprintf(`{"title":"title %d"}`, i)), Limit: 5})
	}
	if c.page(t, things, sorted); c.evaluated > 0 {
		t.Errorf("%d records are evaluated again", c.evaluated)
	}
}

func TestTheLatestOutcomesAreRememberedAsFarAsTheyFit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var kept outcomes
		var used []remembered // the latest first
		room := rapid.IntRange(1, 1<<30).Draw(t, "room")
		for range rapid.IntRange(1, 20).Draw(t, "outcomes") {
			r := remembered{query: rapid.StringMatching(`[a-g]`).Draw(t, "query"), outcome: &outcome{}}
			r.bytes = rapid.SampledFrom([]int{1, room / 3, room, room + 1}).Draw(t, "bytes")
			kept.keep(r, room)
			used = slices.Insert(slices.DeleteFunc(used, r.same), 0, r)
			bytes, want := 0, 0
			for _, r := range used[:min(maxOutcomes, len(used))] {
				if bytes += r.bytes; bytes > room {
					break
				}
				want++
			}
			used = used[:want]
			for _, r := range used {
				if kept.find(r) != r.outcome {
					t.Fatalf("%s is forgotten", r.query)
				}
			}
			if len(kept.latest) != want {
				t.Fatalf("%d outcomes are remembered, want %d", len(kept.latest), want)
			}
		}
	})
}

func TestThereIsRoomForAllRecordsInOrder(t *testing.T) {
	t.Parallel()
	things := source(t, many(t, columnsFrom).View(), "things")
	p, err := Query{Sorts: []Sort{asc("title", ""), asc("size", "")}}.plan(things)
	if err != nil {
		t.Fatal(err)
	}
	o := newOutcome(p)
	o.page(0, 1)
	for _, records := range []int{columnsFrom, 100_000, 500_000, 10_000_000} {
		if takes := o.bytes() / things.Len() * records; takes > roomFor(records) {
			t.Errorf("%d records take %d bytes, and there is room for %d", records, takes, roomFor(records))
		}
	}
}

func TestAnOutcomeGoesWithTheRecords(t *testing.T) {
	t.Parallel()
	workspace := many(t, columnsFrom)
	things := source(t, workspace.View(), "things").(records)
	q := Query{Sorts: []Sort{asc("title", "")}, Limit: 10}
	if _, err := q.Run(things); err != nil {
		t.Fatal(err)
	}
	c, _ := things.collection()
	outcome := weak.Make(c.outcomes.latest[0].outcome)
	update(t, workspace, func(tx *world.Tx) error { return entitle(tx, recordID("things", "1"), "Another") })
	if _, err := q.Run(source(t, workspace.View(), "things")); err != nil {
		t.Fatal(err)
	}
	c, things = nil, records{}
	if runtime.GC(); outcome.Value() != nil {
		t.Error("the outcome of the records before a write is still there")
	}
}

//nolint:paralleltest // other tests would allocate memory
func TestAnOutcomeTakesTheMemoryThatIsCounted(t *testing.T) {
	things := source(t, many(t, 5_000).View(), "things").(records)
	c, _ := things.collection()
	for query, q := range map[string]Query{
		"by a title":            {Sorts: []Sort{asc("title", "")}, Limit: 10},
		"by a title and a size": {Sorts: []Sort{asc("title", ""), desc("size", "")}, Limit: 10, Offset: 4000},
		"not sorted":            {Filter: decode(t, `{"title":{"$contains":"e"}}`), Limit: 10, Offset: 4000},
	} {
		if _, err := (Query{Filter: decode(t, `{"$or":[{"title":"none"},{"size":-1}]}`)}).Count(things); err != nil { // makes the columns
			t.Fatal(err)
		}
		before := heap()
		if _, err := q.Run(things); err != nil {
			t.Fatal(err)
		}
		took, counted := heap()-before, int64(c.outcomes.latest[0].bytes)
		if counted < 5_000*8 || took > counted+counted/4 {
			t.Errorf("%s: an outcome takes %d bytes, and is counted as %d", query, took, counted)
		}
	}
	runtime.KeepAlive(c)
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
