package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"iter"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// cursorPage is the answer of a list that is paged by cursor. Recorded in May 2026.
type cursorPage struct {
	Data       any        `json:"data"`
	Pagination pagination `json:"pagination"`
}

type pagination struct {
	NextCursor *string `json:"next_cursor"` // null on the last page
}

// position is where a page begins: after the thing with this sort key, which ends in an id. A page that
// begins there neither repeats nor skips what existed all along, whatever came or went in the meantime, and the
// thing itself may be gone.
type position []string

// id returns the id that a position ends in, or "" at the beginning of the list.
func (p position) id() attio.ID {
	if len(p) == 0 {
		return ""
	}
	return attio.ID(p[len(p)-1])
}

// cursors makes and reads the cursors of one list: of an operation with its parameters, in a workspace.
type cursors struct{ list []byte }

// cursors returns those of the call's operation. The parameters are the ones that say what is listed
// and in which order, as the handler understands them, so that an object's slug and its id are one.
func (c *Call) cursors(parameters ...any) cursors {
	list, _ := json.Marshal([]any{c.Operation.Name, c.Workspace.View().ID, parameters}) // what came as JSON or in a query
	return cursors{list}
}

// encode returns the cursor of a position: its text behind a code that only the list's own positions
// have. The server keeps nothing, and the same page has the same cursor in every run.
func (l cursors) encode(after position) string {
	text, _ := json.Marshal(after) // strings only
	return base64.RawURLEncoding.EncodeToString(append(l.code(text), text...))
}

// decode reads a cursor; none was sent for the first page. Attio says only that a cursor comes from
// the previous answer, so any other is refused: one that was changed, or that belongs to another list.
func (l cursors) decode(sent *string) (position, error) {
	if sent == nil {
		return nil, nil
	}
	raw, _ := base64.RawURLEncoding.DecodeString(*sent)
	var after position
	if len(raw) > codeLength && json.Unmarshal(raw[codeLength:], &after) == nil && *sent == l.encode(after) {
		return after, nil
	}
	return nil, attio.InvalidQuery(attio.InvalidCursor())
}

const codeLength = 16

// code ties a position to its list. Its key is not secret: a client can forge a cursor, and gains nothing by it.
func (l cursors) code(text []byte) []byte {
	mac := hmac.New(sha256.New, []byte("fakeattio cursor"))
	mac.Write(l.list)
	mac.Write(text)
	return mac.Sum(nil)[:codeLength]
}

// pageOf answers the first things of those that come after the cursor that was sent. Another page
// follows where there are more of them.
func pageOf[T any](l cursors, things iter.Seq[T], limit int, key func(T) position, render func(T) any) cursorPage {
	data := make([]any, 0, min(limit, 100))
	var last position
	for thing := range things {
		if len(data) == limit {
			next := l.encode(last)
			return cursorPage{data, pagination{&next}}
		}
		data = append(data, render(thing))
		last = key(thing)
	}
	return cursorPage{Data: data}
}
