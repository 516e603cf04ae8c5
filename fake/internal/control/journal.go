package control

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// The journal forgets its oldest requests beyond these bounds.
const (
	maxEntries = 10_000
	maxBytes   = 32 << 20 // of all bodies and changes together
	maxKept    = 64 << 10 // of one body
	// maxPlain is of how many writes the changes are kept as the world has them, which holds on to the states
	// between which they are. Of older ones there is what they look like.
	maxPlain = 256
)

// Entry is what the journal keeps of one request to the Attio API.
type Entry struct {
	Number    int           `json:"number"` // from 1; goes on when the journal is cleared
	Time      attio.Time    `json:"time"`   // when it arrived, on the server's clock
	Method    string        `json:"method"`
	Path      string        `json:"path"` // with the query
	Operation string        `json:"operation,omitempty"`
	Workspace string        `json:"workspace,omitempty"`
	Token     string        `json:"token,omitempty"`  // its name
	Scopes    []attio.Scope `json:"scopes,omitempty"` // what the operation needs
	Status    int           `json:"status"`           // 0 where nothing was answered
	Code      string        `json:"code,omitempty"`   // of Attio's, with an error
	Faults    []string      `json:"faults,omitempty"` // the ids of the rules that hit it
	Duration  float64       `json:"duration_ms"`
	Request   body          `json:"request,omitempty"`
	Response  body          `json:"response,omitempty"`
	Changes   []Change      `json:"changes,omitempty"` // what it did, with what Attio did after it of its own

	commits []world.Commit // from which Changes are still to be made
}

// Journal remembers the latest requests. The zero value is empty.
type Journal struct {
	mu      sync.Mutex
	entries []*Entry
	plain   []*Entry // of the entries, those with commits
	bytes   int
	last    int
}

// complete writes down how a call went.
func (e *Entry) complete(call *api.Call) {
	e.Status, e.Code = call.Status, call.Code
	e.Request, e.Response = cut(call.Sent), cut(call.Body)
	e.Scopes, e.commits = call.Scopes(), call.Commits
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
	j.last++
	entry.Number = j.last
	j.entries = append(j.entries, &entry)
	j.bytes += entry.size()
	switch {
	case entry.commits == nil:
	case entry.holdsFiles():
		j.bytes += entry.render()
	default:
		j.plain = append(j.plain, &entry)
	}
	if len(j.plain) > maxPlain {
		j.bytes += j.plain[0].render()
		j.plain[0] = nil // the array lives on behind the slice
		j.plain = j.plain[1:]
	}
	for len(j.entries) > maxEntries || j.bytes > maxBytes {
		j.bytes -= j.entries[0].size()
		if len(j.plain) > 0 && j.plain[0] == j.entries[0] {
			j.plain = j.plain[1:]
		}
		j.entries[0] = nil
		j.entries = j.entries[1:]
	}
}

// list returns the entries that a question asks for, oldest first.
func (j *Journal) list(q Question) []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, entry := range j.plain {
		j.bytes += entry.render()
	}
	j.plain = nil
	found := []Entry{}
	for _, entry := range j.entries {
		if q.wants(entry) {
			found = append(found, *entry)
		}
	}
	return found
}

func (j *Journal) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries, j.plain, j.bytes = nil, nil, 0
}

// holdsFiles reports whether the states of the commits hold so many bytes of files that nobody should hold on
// to them once the files are deleted.
func (e *Entry) holdsFiles() bool {
	return slices.ContainsFunc(e.commits, func(c world.Commit) bool { return max(c.Before.FileBytes(), c.After.FileBytes()) > maxKept })
}

// render makes the changes of what the world committed, and returns how many bytes they take.
func (e *Entry) render() int {
	before := e.size()
	for _, commit := range e.commits {
		e.Changes = append(e.Changes, ChangesOf(commit.Before, commit.After, commit.At, commit.Changes)...)
	}
	e.commits = nil
	return e.size() - before
}

func (e *Entry) size() int {
	size := len(e.Request) + len(e.Response)
	for _, change := range e.Changes {
		size += len(change.Before) + len(change.After)
		for _, a := range change.Attributes {
			size += len(a.Before) + len(a.After)
		}
	}
	return size
}

// Question says which requests of the journal are wanted. The zero value of a condition holds for all.
type Question struct {
	match.Query
	Since time.Time // from then on
	After int       // later than the request with the number
}

func (q Question) wants(e *Entry) bool {
	return q.Matches(e.asked()) && !e.Time.Before(q.Since) && e.Number > q.After
}

// asked is the request as a query sees it.
func (e *Entry) asked() match.Request {
	return match.Request{Operation: e.Operation, Workspace: e.Workspace, Token: e.Token, Method: e.Method, Target: e.Path, Status: e.Status}
}

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

// requestsAnswer is the answer of GET /_fake/requests.
type requestsAnswer struct {
	Requests []Entry `json:"requests"`
}

// listRequests answers GET /_fake/requests, oldest first: those that the parameters operation, status,
// workspace, token, since and after ask for. The first two may come several times.
func listRequests(h *Handler, r *http.Request) (any, *refusal) {
	question, refusal := questionOf(r.URL.Query())
	if refusal != nil {
		return nil, refusal
	}
	if err := h.CheckQuestion(question.Query); err != nil {
		return nil, badRequest("%v", err)
	}
	return requestsAnswer{h.Requests(question)}, nil
}

func questionOf(query url.Values) (Question, *refusal) {
	q := Question{Query: match.Query{
		Operations: query["operation"], Workspace: query.Get("workspace"), Token: query.Get("token"),
		Method: query.Get("method"), Path: query.Get("path"),
	}}
	for name, values := range query {
		var err error
		switch name {
		case "operation", "workspace", "token", "method", "path":
		case "status":
			for _, value := range values {
				status, failed := strconv.Atoi(value)
				q.Statuses, err = append(q.Statuses, status), cmp.Or(err, failed)
			}
		case "since":
			q.Since, err = time.Parse(time.RFC3339Nano, query.Get(name))
		case "after":
			q.After, err = strconv.Atoi(query.Get(name))
		}
		if err != nil {
			return q, badRequest("%s is wrong: %v", name, err)
		}
	}
	return q, nil
}

// Requests returns what clients have asked for, oldest first.
func (h *Handler) Requests(q Question) []Entry { return h.journal.list(q) }

// ClearRequests forgets what clients have asked for.
func (h *Handler) ClearRequests() {
	if h.BeforeClear != nil {
		h.BeforeClear()
	}
	h.journal.clear()
}

// clearRequests answers DELETE /_fake/requests.
func clearRequests(h *Handler, _ *http.Request) (any, *refusal) {
	h.ClearRequests()
	return nil, nil
}
