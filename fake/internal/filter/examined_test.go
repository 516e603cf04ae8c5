package filter

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"testing"

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
