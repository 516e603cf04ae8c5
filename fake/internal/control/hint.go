package control

import (
	"fmt"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// maxHinted is how many keys a hint names.
const maxHinted = 5

// hintOf says what of a request had no effect although the client sent it, and how to mend that: a body that was not
// read, and keys of a query that Attio ignores. It is empty where there is nothing to say.
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
			hints = append(hints, `the key "data" is ignored here: write what is in it at the top of the body`)
		default:
			hints = append(hints, suggest.Unknown("key", shorten(key, 100), known)+"; Attio ignores it")
		}
	}
	if more := len(ignored) - maxHinted; more > 0 {
		hints = append(hints, fmt.Sprintf("%d more keys are ignored", more))
	}
	return strings.Join(hints, "; ")
}
