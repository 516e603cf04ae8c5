package control

import (
	"fmt"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// maxHinted is how many keys a hint names.
const maxHinted = 5

// hintOf says which part of a request had no effect, and how to fix it: a body that was not read, or keys that Attio
// ignores. It returns "" if there is nothing to say.
func hintOf(call *api.Call) string {
	if wanted, unread := call.Unread(); unread {
		sent := "it has no Content-Type"
		if contentType := call.Request.Header.Get("Content-Type"); contentType != "" {
			sent = fmt.Sprintf("its Content-Type is %q", shorten(contentType, 100))
		}
		return fmt.Sprintf("the body was not read: %s; send Content-Type: %s", sent, wanted)
	}
	ignored, known := call.Ignored()
	var hints []string
	for _, key := range ignored[:min(len(ignored), maxHinted)] {
		switch {
		case key == "data":
			hints = append(hints, `the key "data" is ignored here; move its contents to the top level of the body`)
		default:
			hints = append(hints, suggest.Unknown("key", shorten(key, 100), known)+"; Attio ignores it")
		}
	}
	if more := len(ignored) - maxHinted; more > 0 {
		hints = append(hints, fmt.Sprintf("%d more keys are ignored", more))
	}
	return strings.Join(hints, "; ")
}
