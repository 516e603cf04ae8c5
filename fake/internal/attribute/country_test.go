package attribute

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCountriesAreThoseOfTheDocument(t *testing.T) {
	t.Parallel()
	for _, enum := range documentedEnums(t, "country_code") {
		if diff := cmp.Diff(enum, countryCodes); diff != "" {
			t.Errorf("countries differ (-document +ours):\n%s", diff)
		}
	}
}
