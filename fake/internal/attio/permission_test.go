package attio

import (
	"strings"
	"testing"
)

func TestEveryWriteToAListSaysWhatIsNotPermitted(t *testing.T) {
	t.Parallel()
	for _, op := range Operations() {
		needsAccess := op.Write && (strings.Contains(op.Path, "{target}") || strings.HasPrefix(op.Path, "/v2/lists/{list}/"))
		if says := op.Denial != ""; needsAccess && !says {
			t.Errorf("%s needs access to a list, and does not say what is not permitted", op.Name)
		}
	}
}
