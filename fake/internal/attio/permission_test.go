package attio

import (
	"strings"
	"testing"
)

func TestEveryWriteToAListSaysWhatIsNotPermitted(t *testing.T) {
	t.Parallel()
	for _, op := range Operations() {
		needsAccess := op.Write && (strings.Contains(op.Path, "{target}") || strings.HasPrefix(op.Path, "/v2/lists/{list}/"))
		if _, says := deeds[op.Name]; says != needsAccess {
			t.Errorf("%s needs access to a list: %v, and says what is not permitted: %v", op.Name, needsAccess, says)
		}
	}
}
