package filter

import (
	"fmt"
	"iter"
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// examining counts the records that a query looks at. It has no columns, so that a scan counts them all.
type examining struct {
	Source
	records *int
}

func (e examining) Item(id attio.ID) (Item, bool) {
	*e.records++
	return e.Source.Item(id)
}

func (e examining) Items() iter.Seq2[attio.ID, Item] {
	return func(yield func(attio.ID, Item) bool) {
		for id, item := range e.Source.Items() {
			if *e.records++; !yield(id, item) {
				return
			}
		}
	}
}

func TestLookUpsExamineOnlyWhatTheyFind(t *testing.T) {
	t.Parallel()
	const size = 500
	var all []seeded
	for i := range size {
		all = append(all, seeded{"companies", strconv.Itoa(i), map[string]any{"domains": []any{fmt.Sprintf("c%d.com", i)}}})
		all = append(all, seeded{"people", strconv.Itoa(i), map[string]any{
			"email_addresses": []any{fmt.Sprintf("p%d@example.com", i)}, "company": refTo("companies", strconv.Itoa(i))}})
		all = append(all, seeded{"things", strconv.Itoa(i), map[string]any{"code": fmt.Sprint("Code ", i), "serial": i, "title": "Thing"}})
	}
	state := build(t, all)
	hundred := func(form string, of func(i int) string) string {
		parts := make([]string, 100)
		for i := range parts {
			parts[i] = fmt.Sprintf(form, of(i*size/100))
		}
		return strings.Join(parts, ",")
	}
	code := func(i int) string { return fmt.Sprint("code ", i) }
	id := func(i int) string { return string(recordID("people", strconv.Itoa(i))) }
	company := func(i int) string { return string(recordID("companies", strconv.Itoa(i))) }
	for name, tc := range map[string]struct {
		object, filter string
		examined       int
	}{
		"a text":                     {"things", `{"code":"Code 77"}`, 1},
		"a text in another case":     {"things", `{"code":{"$eq":"CODE 77"}}`, 1},
		"a hundred texts":            {"things", `{"code":{"$in":[` + hundred("%q", code) + `]}}`, 100},
		"a hundred alternatives":     {"things", `{"$or":[` + hundred(`{"code":%q}`, code) + `]}`, 100},
		"a number":                   {"things", `{"serial":77}`, 1},
		"an e-mail address":          {"people", `{"email_addresses":"P77@example.com"}`, 1},
		"an e-mail address by field": {"people", `{"email_addresses":{"email_address":{"$eq":"P77@example.com"}}}`, 1},
		"a hundred ids":              {"people", `{"record_id":{"$in":[` + hundred("%q", id) + `]}}`, 100},
		"with another condition":     {"things", `{"title":{"$contains":"hing"},"code":"Code 77"}`, 1},
		"a reference":                {"people", `{"company":{"target_record_id":"` + company(7) + `"}}`, 1},
		"a hundred references":       {"people", `{"company":{"target_record_id":{"$in":[` + hundred("%q", company) + `]}}}`, 100},
		"along a path":               {"people", `{"path":[["people","company"],["companies","domains"]],"constraints":{"domain":"C7.com"}}`, 1},
		"none":                       {"things", `{"code":"Code"}`, 0},
		"by a scan":                  {"things", `{"title":{"$contains":"nothing"}}`, size},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			examined := 0
			found, err := Query{Filter: decode(t, tc.filter), Limit: size}.Run(examining{source(t, state, tc.object), &examined})
			if err != nil {
				t.Fatal(err)
			}
			if found := len(found.Items); examined != tc.examined || found != tc.examined && name != "by a scan" {
				t.Errorf("%d records are examined and %d found, want %d", examined, found, tc.examined)
			}
		})
	}
}

// A value is looked up among many operands, and not compared with each.
func TestManyAlternativesSelectWhatEachOfThemSelects(t *testing.T) {
	t.Parallel()
	var all []seeded
	for i := range 60 {
		all = append(all, seeded{"companies", strconv.Itoa(i), map[string]any{"domains": []any{fmt.Sprintf("c%d.com", i)}}})
		all = append(all, seeded{"people", strconv.Itoa(i), map[string]any{
			"name": fmt.Sprintf("Ünal %d, Some", i), "email_addresses": []any{fmt.Sprintf("P%d@example.com", i), fmt.Sprintf("q%d@example.org", i)},
			"job_title": fmt.Sprint("Title ", i%7), "company": refTo("companies", strconv.Itoa(i/3))}})
	}
	people := source(t, build(t, all), "people")
	several := func(n int, form string) []any {
		var filters []any
		for i := range n {
			filters = append(filters, decode(t, strings.ReplaceAll(form, "%", strconv.Itoa(i*5))))
		}
		return filters
	}
	company := func(i int) string {
		return `{"company":{"target_record_id":"` + string(recordID("companies", strconv.Itoa(i))) + `"}}`
	}
	var references []any
	for i := range 10 {
		references = append(references, decode(t, company(i)))
	}
	for name, tc := range map[string]struct {
		alternatives []any
		nodes        int
	}{
		"few":                        {several(7, `{"email_addresses":"p%@example.com"}`), 7},
		"many of a unique field":     {several(10, `{"email_addresses":"p%@EXAMPLE.com"}`), 1},
		"many of another field":      {several(10, `{"email_addresses":{"email_local_specifier":"p%"}}`), 1},
		"many of a name":             {several(10, `{"name":"some ÜNAL %"}`), 1},
		"many references":            {references, 1},
		"some in lists":              {append(several(8, `{"job_title":"title %"}`), decode(t, `{"job_title":{"$in":["TITLE 1","Title 2"]}}`)), 1},
		"fields of one attribute":    {append(several(8, `{"email_addresses":"p%@example.com"}`), several(8, `{"email_addresses":{"email_local_specifier":"q%"}}`)...), 2},
		"others between them":        {append(append(several(8, `{"job_title":"Title %"}`), decode(t, `{"job_title":{"$contains":"4"}}`)), references...), 3},
		"more than one test of each": {several(9, `{"email_addresses":{"email_address":"p%@example.com","email_domain":"example.com"}}`), 9},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := make(map[attio.ID]bool)
			for _, one := range tc.alternatives {
				maps.Copy(want, selectedFrom(t, people, one))
			}
			filter := map[string]any{"$or": tc.alternatives}
			if diff := cmp.Diff(want, selectedFrom(t, people, filter)); diff != "" || len(want) == 0 {
				t.Errorf("%d are selected one by one (-one by one +together)\n%s", len(want), diff)
			}
			p, err := Query{Filter: filter}.plan(people)
			if err != nil {
				t.Fatal(err)
			}
			if got := len(p.filter.(either)); got != tc.nodes || p.tests < len(tc.alternatives) {
				t.Errorf("%d alternatives are %d nodes with %d constraints, and should be %d nodes", len(tc.alternatives), got, p.tests, tc.nodes)
			}
		})
	}
}
