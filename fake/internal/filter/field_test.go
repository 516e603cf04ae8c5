package filter

import (
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

func TestValuesOfEveryTypeCanBeFilteredBy(t *testing.T) {
	t.Parallel()
	for _, kind := range attribute.Types() {
		if len(fields[kind]) == 0 {
			t.Errorf("no field of %s can be filtered by", kind)
		}
	}
}
