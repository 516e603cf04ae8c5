package filter

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

var herd = []seeded{
	{"companies", "x", map[string]any{"name": "xenon", "foundation_date": "2001-01-01"}},
	{"companies", "y", map[string]any{"name": "Yttrium"}},
	{"people", "p1", map[string]any{"name": "Byron, Ada", "company": refTo("companies", "y"), "email_addresses": []any{"z@a.com", "a@a.com"}}},
	{"people", "p2", map[string]any{"name": "adams, Bert", "company": refTo("companies", "x"), "email_addresses": []any{"m@a.com"}}},
	{"people", "p3", map[string]any{"name": "Cher"}},
	{"people", "p4", map[string]any{"name": "Byron, Carl"}},
	{"things", "t1", map[string]any{"size": 10, "stage": "Won", "color": "Blue", "day": "2026-02-01", "done": true, "stars": 3}},
	{"things", "t2", map[string]any{"size": 9, "stage": "Lead", "color": "Red", "at": "2026-02-01T10:00:00Z", "done": false, "near": []any{refTo("people", "p2"), refTo("people", "p1")}}},
	{"things", "t3", map[string]any{"size": -1, "stage": "Lost", "color": "Green", "at": "2026-01-01T10:00:00Z", "near": []any{refTo("people", "p1")}}},
}

func asc(attribute, field string) Sort {
	return Sort{Direction: "asc", Attribute: attribute, Field: field}
}

func desc(attribute, field string) Sort {
	return Sort{Direction: "desc", Attribute: attribute, Field: field}
}

func TestSortsOrderByTheFirstValueAndPutTheEmptyLast(t *testing.T) {
	t.Parallel()
	state := build(t, herd)
	company := [][]string{{"people", "company"}, {"companies", "name"}}
	for name, tc := range map[string]struct {
		object string
		sorts  []Sort
		want   string // the keys; those in brackets have equal or no values and are ordered by id
	}{
		"a name by its full name":         {"people", []Sort{asc("name", "")}, "p1 p2 p4 p3"},
		"a name by its last name":         {"people", []Sort{asc("name", "last_name")}, "p2 [p1 p4] p3"},
		"downwards":                       {"people", []Sort{desc("name", "last_name")}, "[p1 p4] p2 p3"},
		"two sorts":                       {"people", []Sort{desc("name", "last_name"), desc("name", "first_name")}, "p4 p1 p2 p3"},
		"several values by the first":     {"people", []Sort{asc("email_addresses", "")}, "p2 p1 [p3 p4]"},
		"several values downwards":        {"people", []Sort{desc("email_addresses", "")}, "p1 p2 [p3 p4]"},
		"a number":                        {"things", []Sort{asc("size", "")}, "t3 t2 t1"},
		"a status as the pipeline does":   {"things", []Sort{asc("stage", "")}, "t2 t1 t3"},
		"an option as the list does":      {"things", []Sort{desc("color", "option")}, "t3 t1 t2"},
		"a date":                          {"things", []Sort{asc("day", "value")}, "t1 [t2 t3]"},
		"a timestamp":                     {"things", []Sort{desc("at", "")}, "t2 t3 t1"},
		"a checkbox":                      {"things", []Sort{asc("done", "")}, "t2 t1 t3"},
		"a time of writing":               {"things", []Sort{asc("stage", "active_from"), desc("size", "")}, "t1 t2 t3"},
		"a rating":                        {"things", []Sort{asc("stars", "")}, "t1 [t2 t3]"},
		"along a path":                    {"people", []Sort{{Direction: "asc", Path: company}}, "p2 p1 [p3 p4]"},
		"down a path":                     {"people", []Sort{{Direction: "desc", Path: company, Field: "value"}}, "p1 p2 [p3 p4]"},
		"along two references":            {"things", []Sort{{Direction: "asc", Path: [][]string{{"things", "near"}, {"people", "company"}, {"companies", "name"}}}}, "t2 t3 t1"},
		"to an empty value":               {"people", []Sort{{Direction: "asc", Path: [][]string{{"people", "company"}, {"companies", "foundation_date"}}}}, "p2 [p1 p3 p4]"},
		"a path without a reference":      {"people", []Sort{{Direction: "desc", Path: [][]string{{"people", "name"}}, Field: "first_name"}}, "p3 p4 p2 p1"},
		"by the record that is meant":     {"people", []Sort{asc("company", "target_object")}, "[p1 p2] [p3 p4]"},
		"by the time of coming into life": {"people", []Sort{asc("created_at", "")}, "[p1 p2 p3 p4]"},
		"none":                            {"people", nil, "[p1 p2 p3 p4]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := strings.Join(idsOf(tc.object, tc.want), " ")
			if diff := gocmp.Diff(want, answer(t, state, tc.object, Query{Sorts: tc.sorts})); diff != "" {
				t.Error(diff)
			}
			for offset := range 5 { // pages of different sizes
				var pages []string
				for at := 0; at < 5; at += offset + 1 {
					pages = append(pages, answer(t, state, tc.object, Query{Sorts: tc.sorts, Limit: offset + 1, Offset: at}))
				}
				if diff := gocmp.Diff(want, strings.TrimSpace(strings.Join(pages, " "))); diff != "" {
					t.Errorf("pages of %d: %s", offset+1, diff)
				}
			}
		})
	}
}

// idsOf turns keys into ids, and sorts those in brackets by id.
func idsOf(object, keys string) []string {
	var all []string
	start := -1 // where the group in brackets starts
	for key := range strings.FieldsSeq(keys) {
		if strings.HasPrefix(key, "[") {
			start = len(all)
		}
		all = append(all, string(recordID(object, strings.Trim(key, "[]"))))
		if strings.HasSuffix(key, "]") {
			slices.Sort(all[start:])
		}
	}
	return all
}

func TestSortsAreRefusedWithTheirPath(t *testing.T) {
	t.Parallel()
	state := build(t, herd)
	for name, tc := range map[string]struct {
		sort                Sort
		code, message, path string
	}{
		"an unknown attribute": {asc("email", ""), "unknown_filter_attribute_slug", "Unknown attribute slug: email.", `["sorts","1","attribute"]`},
		"an unknown field":     {asc("name", "nick"), "invalid_filter_field", "Invalid field 'nick' for attribute of type 'personal-name'", `["sorts","1","field"]`},
		"a missing field":      {asc("company", ""), "missing_sort_field", `Missing sort field for attribute "company" of type 'record-reference'`, `["sorts","1"]`},
		"a place":              {asc("primary_location", ""), "missing_sort_field", `Missing sort field for attribute "primary_location" of type 'location'`, `["sorts","1"]`},
		"an unknown object": {Sort{Direction: "asc", Path: [][]string{{"people", "company"}, {"firms", "name"}}},
			"unknown_filter_object_slug", "Unknown object slug: firms.", `["sorts","1","path","1","0"]`},
		"an empty path": {Sort{Direction: "asc", Path: [][]string{}}, "filter_error",
			"Error in filter. Expected an array of pairs of an object and an attribute.", `["sorts","1","path"]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := `{"status_code":400,"type":"invalid_request_error","code":"` + tc.code + `","message":` + quote(tc.message) + `,"path":` + tc.path + `}`
			if diff := gocmp.Diff(want, answer(t, state, "people", Query{Sorts: []Sort{asc("name", ""), tc.sort}})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPagesOfARankingArePartsOfTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 9999), 0, 3*sortWhole).Draw(t, "values")
		if len(values) > 0 { // more rows than rapid likes to draw
			for len(values) < rapid.SampledFrom([]int{0, 20 * sortWhole}).Draw(t, "at least") {
				values = append(values, values[len(values)/3]*7919%10007)
			}
		}
		if rapid.Bool().Draw(t, "sorted before") {
			slices.Sort(values)
		}
		want := make([]int32, len(values))
		for i := range want {
			want[i] = int32(i)
		}
		slices.SortStableFunc(want, func(a, b int32) int { return cmp.Compare(values[a], values[b]) })
		all := newRanking(len(values), func(a, b int32) int { return cmp.Compare(values[a], values[b]) }, func([]row) {})
		for range 8 {
			from := rapid.IntRange(0, len(values)+10).Draw(t, "from")
			to := from + rapid.IntRange(0, 2*sortWhole).Draw(t, "size")
			var got []int32
			for _, row := range all.page(from, to) {
				got = append(got, row.number)
			}
			if !slices.Equal(got, want[min(from, len(want)):min(to, len(want))]) {
				t.Fatalf("%d to %d of %d are %v", from, to, len(values), got)
			}
		}
		if all.page(0, len(values)); len(values) > 0 && (!all.whole.sorted || all.whole.before != nil) {
			t.Fatal("all pages were asked for, and the whole is not sorted")
		}
	})
}

// What is sorted as a whole keeps nothing but the items, and every page of it stays as it was.
func TestAnOutcomeThatIsSortedKeepsItsItemsAlone(t *testing.T) {
	t.Parallel()
	const n = 4 * sortWhole
	var all []seeded
	for i := range n {
		all = append(all, seeded{"things", strconv.Itoa(i), map[string]any{"size": i * 7919 % 5000}})
	}
	p, err := Query{Sorts: []Sort{asc("size", "")}}.plan(source(t, build(t, all), "things"))
	if err != nil {
		t.Fatal(err)
	}
	sorted := newOutcome(p)
	first := sorted.page(0, 10)
	whole := sorted.page(0, n)
	if got, want := sorted.bytes(), 16*n; got != want {
		t.Errorf("it takes %d bytes, want %d", got, want)
	}
	if again := sorted.page(0, n); len(whole) != n || !slices.Equal(again, whole) || !slices.Equal(first, whole[:10]) {
		t.Error("the pages differ from what they were")
	}
}

// Many texts have a long prefix in common, such as that of a web address, and some have another or none.
func TestTextsWithAPrefixInCommonAreInOrder(t *testing.T) {
	t.Parallel()
	var all []seeded
	var titles []string
	for i := range 4 * sortWhole {
		title := fmt.Sprintf("https://Example.com/In/%d", i*7919%5000)
		switch {
		case i%97 == 0:
			title = []string{"Ächz", "http://other.org", "https://example.com/IN", "zzz", "!", "https://exämple.com", "\U0010ffff\U0010ffff\U0010ffff"}[i/97%7] + strings.Repeat("x", i%3)
		case i%5 == 0:
			title = strings.ToUpper(title)
		case i%11 == 0:
			title += "/Über"
		}
		thing := map[string]any{"size": i}
		if i%13 > 0 {
			thing["title"] = title
			titles = append(titles, title)
		}
		all = append(all, seeded{"things", strconv.Itoa(i), thing})
	}
	things := source(t, build(t, all), "things")
	title, _ := things.Attribute("title")
	for _, direction := range []string{"asc", "desc"} {
		want := slices.SortedFunc(slices.Values(titles), func(a, b string) int {
			order := cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
			if direction == "desc" {
				return -order
			}
			return order
		})
		found, err := Query{Sorts: []Sort{{Direction: direction, Attribute: "title"}}, Limit: len(all)}.Run(things)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, item := range found.Items {
			if held := item.Active(title); len(held) > 0 {
				got = append(got, held[0].Value.Key())
			} else if i < len(titles) {
				t.Fatalf("%s: the record at %d has no title", direction, i)
			}
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", direction, diff)
		}
	}
}

func TestOneOtherTextDoesNotTakeThePrefixFromTheRest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		text func(i int) string
		want string
	}{
		"all alike":         {func(i int) string { return fmt.Sprintf("https://x.org/%c", 'a'+i%26) }, "https://x.org/"},
		"one other":         {func(i int) string { return []string{"A", "HTTPS://x.org/" + strconv.Itoa(i)}[min(i, 1)] }, "https://x.org/"},
		"nothing in common": {func(i int) string { return string(rune('a' + i%26)) }, ""},
		"equal":             {func(int) string { return "Same" }, "same"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, keys := make([]row, 100), make([]*world.Held, 100)
			for i := range rows {
				rows[i].number, keys[i] = int32(i), &world.Held{Value: attribute.Text(tc.text(i))}
			}
			by := &order{field: &fields[attribute.TypeText][0]}
			if got := usualPrefix(rows, by, keys, 1); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}
