package filter

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Values of every type that can equal an operand are looked up among many, in whatever form the operands are.
func TestManyAlternativesOfAnyTypeSelectWhatEachOfThemSelects(t *testing.T) {
	t.Parallel()
	var all []seeded
	for i := range 60 {
		all = append(all, seeded{"things", strconv.Itoa(i), map[string]any{
			"serial": i, "size": float64(i%20) / 2, "price": i % 15, "stars": i % 6,
			"day": fmt.Sprintf("2026-01-%02d", i%25+1), "at": fmt.Sprintf("2026-01-15T%02d:00:00.5Z", i%20),
			"stage": []string{"Lead", "Won", "Lost"}[i%3], "colors": [][]any{{"Red", "Blue"}, {"Green"}, {}}[i%3],
			"place": fmt.Sprintf("%d Main Street, Town %d, US", i, i%12),
		}})
	}
	things := source(t, build(t, all), "things")
	for name, tc := range map[string]struct {
		form     string
		operands []string
	}{
		"a unique number":   {`{"serial":%s}`, []string{"3", "3.0", "5", "59", "60", "-1", "1e1", "0.5"}},
		"a number":          {`{"size":{"value":%s}}`, []string{"-0", "0.5", "5e-1", "1", "1.25", "7", "8", "9"}},
		"a currency":        {`{"price":{"$eq":%s}}`, []string{"1", `"2"`, "3.5", "4", "5", "14", "15", "0"}},
		"a rating":          {`{"stars":%s}`, []string{"0", "2", "2.5", "3", "6", "7", "8", "-1"}},
		"a date":            {`{"day":%s}`, []string{`"2026-01-01"`, `"2026-01-02T10:00:00Z"`, `"2026-01-03"`, `"2026-01-04"`, `"2026-01-25"`, `"2026-01-26"`, `"2026-02-01"`, `"2025-01-01"`}},
		"a timestamp":       {`{"at":%s}`, []string{`"2026-01-15T01:00:00.5Z"`, `"2026-01-15T03:00:00.500+01:00"`, `"2026-01-15T03:00:00Z"`, `"2026-01-15T04:00:00.5Z"`, `"2026-01-15T05:00:00.5Z"`, `"2026-01-14T20:00:00.5-10:00"`, `"2026-01-15T23:00:00.5Z"`, `"2020-01-15T00:00:00Z"`}},
		"a status":          {`{"stage":%s}`, []string{`"Lead"`, `"Lost"`, `"Lead"`, `"Lead"`, `"Lost"`, `"Lead"`, `"Lead"`, `"Lead"`}},
		"options":           {`{"colors":{"option":%s}}`, []string{`"Red"`, `"Red"`, `"Red"`, `"Red"`, `"Red"`, `"Red"`, `"Red"`, `"Red"`}},
		"a part of a place": {`{"place":{"locality":%s}}`, []string{`"TOWN 1"`, `"town 2"`, `"Town 3"`, `"Town 3 "`, `"Town 5"`, `"Town"`, `""`, `"Town 99"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var alternatives []any
			want := make(map[attio.ID]bool)
			for _, operand := range tc.operands {
				alternative := decode(t, fmt.Sprintf(tc.form, operand))
				alternatives = append(alternatives, alternative)
				for id := range selectedFrom(t, things, alternative) {
					want[id] = true
				}
			}
			filter := map[string]any{"$or": alternatives}
			if diff := cmp.Diff(want, selectedFrom(t, things, filter)); diff != "" || len(want) == 0 || len(want) == len(all) {
				t.Errorf("%d are selected one by one (-one by one +together)\n%s", len(want), diff)
			}
			p, err := Query{Filter: filter}.plan(things)
			if err != nil {
				t.Fatal(err)
			}
			if got := len(p.filter.(either)); got != 1 || p.tests < len(alternatives) {
				t.Errorf("they are %d nodes with %d constraints, and should be one with %d", got, p.tests, len(alternatives))
			}
		})
	}
}

// selectedFrom returns the ids of the records that a filter selects.
func selectedFrom(t *testing.T, source Source, filter any) map[attio.ID]bool {
	t.Helper()
	found, err := Query{Filter: filter, Limit: 1000}.Run(source)
	if err != nil {
		t.Fatal(err)
	}
	ids := make(map[attio.ID]bool)
	for _, item := range found.Items {
		ids[item.(*world.Record).ID] = true
	}
	return ids
}
