package control

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// The journal forgets its oldest requests beyond these bounds.
const (
	maxEntries = 10_000
	maxBytes   = 32 << 20 // of all bodies together
	maxKept    = 64 << 10 // of one body
)

// Entry is what the journal keeps of one request to the Attio API.
type Entry struct {
	Time      attio.Time `json:"time"` // when it arrived, on the server's clock
	Method    string     `json:"method"`
	Path      string     `json:"path"` // with the query
	Operation string     `json:"operation,omitempty"`
	Workspace string     `json:"workspace,omitempty"`
	Token     string     `json:"token,omitempty"`  // its name
	Status    int        `json:"status"`           // 0 where nothing was answered
	Faults    []string   `json:"faults,omitempty"` // the ids of the rules that hit it
	Duration  float64    `json:"duration_ms"`
	Request   body       `json:"request,omitempty"`
	Response  body       `json:"response,omitempty"`
}

// Journal remembers the latest requests.
type Journal struct {
	mu      sync.Mutex
	entries []Entry
	bytes   int
}

// complete writes down how a call went.
func (e *Entry) complete(call *api.Call) {
	e.Status = call.Status
	e.Request, e.Response = cut(call.Sent), cut(call.Body)
	if call.Operation != nil {
		e.Operation = call.Operation.Name
	}
	if call.Token != nil {
		e.Workspace, e.Token = call.Workspace.View().Slug, call.Token.Name
	}
}

func (j *Journal) add(entry Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries = append(j.entries, entry)
	j.bytes += entry.size()
	for len(j.entries) > maxEntries || j.bytes > maxBytes {
		j.bytes -= j.entries[0].size()
		j.entries[0] = Entry{} // the array lives on behind the slice
		j.entries = j.entries[1:]
	}
}

func (j *Journal) list() []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.entries)
}

func (j *Journal) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries, j.bytes = nil, 0
}

func (e *Entry) size() int { return len(e.Request) + len(e.Response) }

// body is the kept part of a body. It reads as the JSON that it is, or as a string where it is
// something else or was cut.
type body []byte

func (b body) MarshalJSON() ([]byte, error) {
	if json.Valid(b) {
		return b, nil
	}
	return json.Marshal(string(b))
}

func cut(b []byte) body {
	if len(b) > maxKept {
		return slices.Clone(b[:maxKept]) // lets the whole go
	}
	return b
}

// listRequests answers GET /_fake/requests, oldest first.
func listRequests(h *Handler, _ *http.Request) (any, *refusal) {
	entries := h.journal.list()
	if entries == nil {
		entries = []Entry{}
	}
	return map[string]any{"requests": entries}, nil
}

// clearRequests answers DELETE /_fake/requests.
func clearRequests(h *Handler, _ *http.Request) (any, *refusal) {
	h.journal.clear()
	return nil, nil
}
