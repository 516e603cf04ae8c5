package differences_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/differences"
)

var month = regexp.MustCompile(`^20\d\d-(0[1-9]|1[0-2])$`)

func TestEveryDifferenceIsWholeAndHasAProbeOrAReason(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, area := range differences.Areas() {
		for _, row := range area.Rows {
			name := area.Name(row)
			if seen[name] {
				t.Errorf("%s stands twice", name)
			}
			seen[name] = true
			if row.Where == "" || row.Fake == "" || row.Evidence == "" {
				t.Errorf("%s: a column is empty", name)
			}
			if !month.MatchString(row.Since) {
				t.Errorf("%s: since %q is no month", name, row.Since)
			}
			if (len(row.Probes) == 0) == (row.NoProbe == "") {
				t.Errorf("%s has probes %q and a reason %q; it needs one of them", name, row.Probes, row.NoProbe)
			}
			for _, text := range []string{row.Where, row.Fake, row.Evidence, row.NoProbe} {
				if strings.ContainsAny(text, "|\n") {
					t.Errorf("%s: %q would break the table", name, text)
				}
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("found only %d differences", len(seen))
	}
}
