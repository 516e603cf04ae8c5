package control

import (
	"bytes"
	"encoding/json"

	"github.com/fakeattio/fakeattio/fake/internal/api"
)

// maxKept is how many bytes the journal keeps of one body.
const maxKept = 64 << 10

// body is the kept part of a body. It is encoded as the JSON that it holds, or as a string if it is not JSON or was
// cut.
type body []byte

func (b body) MarshalJSON() ([]byte, error) {
	if json.Valid(b) {
		return b, nil
	}
	return json.Marshal(string(b))
}

// Bounded reports whether a kept body is as long as the journal lets it be, so that it may have been cut.
func (b body) Bounded() bool { return len(b) >= maxKept }

// cut returns the kept part of a body, which nobody may change. It is a clone where the array is much longer.
func cut(b []byte) body {
	kept := b[:min(len(b), maxKept)]
	if cap(b) > len(kept)+len(kept)/8+8 {
		return bytes.Clone(kept)
	}
	return kept
}

// answerBody is the body of an answer: its kept part, or the records that it shows, which take less memory.
type answerBody struct {
	bytes  body
	page   *api.Page
	length int // of the page's JSON
}

func answerBodyOf(call *api.Call) answerBody {
	if call.Page != nil {
		return answerBody{page: call.Page, length: call.Length}
	}
	return answerBody{bytes: cut(call.Body)}
}

// Body returns the kept part of the body.
func (a answerBody) Body() body {
	if a.page == nil {
		return a.bytes
	}
	return cut(a.page.Append(make([]byte, 0, a.length)))
}

// IsZero reports whether there is no body.
func (a answerBody) IsZero() bool { return a.page == nil && len(a.bytes) == 0 }

// MarshalJSON encodes it as the body that it is.
func (a answerBody) MarshalJSON() ([]byte, error) { return a.Body().MarshalJSON() }

// size estimates how many bytes it takes. The records are nearly always those of the present state, or of a change that a later entry
// holds, so they count a fraction of what they would take alone, which is less than half of their JSON.
func (a answerBody) size() int { return len(a.bytes) + a.length/8 }
