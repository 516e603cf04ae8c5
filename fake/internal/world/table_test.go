package world

import (
	"slices"
	"testing"
)

func TestValuesAfterSkipsSoManyAtTheBeginning(t *testing.T) {
	t.Parallel()
	var empty, table Table[int64, string]
	for i, value := range []string{"a", "b", "c"} {
		table.set(int64(i), value)
	}
	for _, tc := range []struct {
		name    string
		table   *Table[int64, string]
		skipped int
		want    []string
	}{
		{"none of an empty table", &empty, 0, nil},
		{"some of an empty table", &empty, 2, nil},
		{"none", &table, 0, []string{"a", "b", "c"}},
		{"all but one", &table, 2, []string{"c"}},
		{"all", &table, 3, nil},
	} {
		if got := slices.Collect(tc.table.valuesAfter(tc.skipped)); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}
