package control

import (
	"bytes"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/shadow"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// maxEntries is how many requests the journal keeps. Beyond this and its bytes it forgets its oldest entries.
const maxEntries = 10_000

// DefaultJournalBytes is how many bytes everything takes that the journal keeps of all requests, unless LimitJournal says otherwise.
const DefaultJournalBytes = 8 << 20

// Roughly how many bytes an entry, a change and an attribute's change take besides their texts.
const (
	entryBytes     = 592
	changeBytes    = 192
	attributeBytes = 64
)

// Entry is what the journal keeps of one request to the Attio API.
type Entry struct {
	Number          int           `json:"number"`                    // from 1; goes on when the journal is cleared
	Time            attio.Time    `json:"time"`                      // when it arrived, on the server's clock
	Method          string        `json:"method"`                    // the HTTP method
	Path            string        `json:"path"`                      // with the query
	Operation       string        `json:"operation,omitempty"`       // missing if Attio has no such endpoint
	Workspace       string        `json:"workspace,omitempty"`       // its slug; missing without a valid token
	Token           string        `json:"token,omitempty"`           // its name
	Scopes          []attio.Scope `json:"scopes,omitempty"`          // what the operation needs
	Status          int           `json:"status"`                    // 0 if there was no answer
	Code            string        `json:"code,omitempty"`            // Attio's, with an error
	Message         string        `json:"message,omitempty"`         // Attio's, with an error
	Hint            string        `json:"hint,omitempty"`            // which part of the request had no effect, and why
	Faults          []string      `json:"faults,omitempty"`          // the ids of the rules that hit it
	Duration        float64       `json:"duration_ms"`               // in milliseconds of real time
	RequestHeaders  header        `json:"request_headers,omitzero"`  // without secrets
	Request         body          `json:"request,omitempty"`         // the body as JSON, or as text if it is not JSON or was cut
	ResponseHeaders header        `json:"response_headers,omitzero"` // without secrets
	Response        answerBody    `json:"response,omitzero"`         // the body, as that of the request
	Changes         []Change      `json:"changes,omitempty"`         // including those that Attio makes on its own as a consequence

	Shadow *shadow.Result `json:"shadow,omitempty"` // what the other server made of it; only with --shadow, and with a token of the client's own
}

// kept is an entry in the journal. It does not change any more, except for what is rendered when somebody asks for it.
type kept struct {
	Entry // without its Changes
	span  span

	rendering sync.Mutex
	commits   []world.Commit // not yet rendered into changes; nil once the moments no longer keep their states
	records   []rewritten    // what is left of commits that only wrote records, not yet rendered into changes
	changes   []Change

	// Guarded by the journal's lock.
	bytes     int
	forgotten bool
}

// span is the part of the moments that a request takes up.
type span struct {
	before, after     int64         // the positions just before its first commit and just after its last
	arrived, answered world.Reading // of the clock
}

// Journal remembers the latest requests.
type Journal struct {
	moments *Moments
	shadow  *shadow.Shadow // nil if there is none
	texts   sharedTexts

	maxBytes int // of everything kept of all requests

	mu      sync.Mutex
	entries []*kept
	plain   []*kept // the entries that still have commits
	trimmed bool    // since the moments were last told
	bytes   int
	last    int
	change  bell // rings when an entry is added, and when all are cleared
}

// newJournal returns an empty journal.
func newJournal(moments *Moments) *Journal {
	return &Journal{moments: moments, maxBytes: DefaultJournalBytes}
}

// String returns the number, the method, the path and the status.
func (e *Entry) String() string {
	return fmt.Sprintf("#%d %s %s: %d", e.Number, e.Method, e.Path, e.Status)
}

// complete fills in the outcome of a call, with the headers of the request and of the answer, which was given at a time.
func (e *Entry) complete(call *api.Call, sent, answered http.Header, at time.Time, texts *sharedTexts) {
	e.Method, e.Path = strings.Clone(e.Method), shorten(e.Path, maxPath) // net/http's method shares memory with the whole request line
	e.Status, e.Code, e.Message = call.Status, call.Code, shorten(call.Message, maxValue)
	e.Request, e.Response = cut(withoutFormSecrets(call)), answerBodyOf(call)
	if e.Status == 0 {
		at = time.Time{} // nothing was sent
	}
	e.RequestHeaders, e.ResponseHeaders = headerOf(sent, call, time.Time{}, texts), headerOf(answered, call, at, texts)
	e.Hint = hintOf(call)
	e.Scopes = call.Scopes()
	if call.Operation != nil {
		e.Operation = call.Operation.Name
	}
	if call.Workspace != nil {
		e.Workspace = call.Workspace.View().Slug
	}
	if call.Token != nil {
		e.Token = call.Token.Name
	}
}

// add numbers an entry and keeps it.
func (j *Journal) add(k *kept) {
	j.append(k)
	for _, past := range j.past() {
		past.letGo() // not under the lock, because many changes take long
		j.weigh(past)
	}
}

// append adds an entry at the end.
func (j *Journal) append(k *kept) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	k.Number = j.last
	j.entries = append(j.entries, k)
	k.bytes = k.size()
	j.bytes += k.bytes
	j.change.ring()
	if k.commits != nil {
		j.plain = append(j.plain, k)
	}
	j.trim()
}

// past takes the entries whose states the moments no longer keep out of those that have commits. It has the moments forget what
// no entry refers to, and what is beyond maxWrites.
func (j *Journal) past() []*kept {
	j.mu.Lock()
	defer j.mu.Unlock()
	var forget int64
	if n := len(j.plain) - maxWrites; n > 0 {
		forget = j.plain[n-1].span.after
	}
	if j.trimmed && len(j.entries) > 0 {
		forget = max(forget, j.entries[0].span.before)
		j.trimmed = false
	}
	horizon := j.moments.forgetBefore(forget)
	n := 0
	for n < len(j.plain) && j.plain[n].span.before < horizon {
		n++
	}
	past := slices.Clone(j.plain[:n])
	clear(j.plain[:n]) // otherwise the array would keep them alive
	j.plain = j.plain[n:]
	return past
}

// weigh updates the size of an entry after its changes were rendered.
func (j *Journal) weigh(k *kept) {
	size := k.size()
	j.mu.Lock()
	defer j.mu.Unlock()
	if !k.forgotten {
		j.bytes += size - k.bytes
		k.bytes = size
		j.trim()
	}
}

// trim forgets the oldest entries beyond the bounds.
func (j *Journal) trim() {
	for len(j.entries) > maxEntries || j.bytes > j.maxBytes {
		oldest := j.entries[0]
		j.bytes -= oldest.bytes
		oldest.forgotten = true
		if len(j.plain) > 0 && j.plain[0] == oldest {
			j.plain[0] = nil
			j.plain = j.plain[1:]
		}
		j.trimmed = true
		j.entries[0] = nil
		j.entries = j.entries[1:]
	}
}

// list yields the entries that a question asks for, oldest first, rendering each just before it is yielded.
func (j *Journal) list(q Question) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for _, k := range j.chosen(q) {
			if !yield(j.shown(k)) {
				return
			}
		}
	}
}

// shown returns an entry with its changes rendered, and with what the shadow knows by now.
func (j *Journal) shown(k *kept) *Entry {
	entry := k.rendered()
	j.weigh(k)
	if j.shadow != nil {
		entry.Shadow = j.shadow.Result(k.Number)
	}
	return entry
}

// chosen returns the entries that a question asks for.
func (j *Journal) chosen(q Question) []*kept {
	j.mu.Lock()
	defer j.mu.Unlock()
	var found []*kept
	for _, k := range j.entries {
		if j.wants(q, &k.Entry) {
			found = append(found, k)
			if len(found) == q.Limit {
				break
			}
		}
	}
	if q.Last > 0 {
		found = found[max(0, len(found)-q.Last):]
	}
	return found
}

// count returns how many entries a question asks for, and what is closed when another entry is added.
func (j *Journal) count(q Question) (int, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := 0
	for _, k := range j.entries {
		if j.wants(q, &k.Entry) {
			n++
		}
	}
	return n, j.change.next()
}

func (j *Journal) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, k := range j.entries {
		k.forgotten = true
	}
	j.entries, j.plain, j.bytes = nil, nil, 0
	j.change.ring()
	j.moments.clear()
}

// find returns an entry by its number, and the numbers of the oldest and the latest that are kept, 0 if there are none.
func (j *Journal) find(number int) (k *kept, oldest, latest int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	i, found := slices.BinarySearchFunc(j.entries, number, func(k *kept, number int) int { return k.Number - number })
	if found {
		k = j.entries[i]
	}
	if n := len(j.entries); n > 0 {
		oldest, latest = j.entries[0].Number, j.entries[n-1].Number
	}
	return k, oldest, latest
}

// since returns the number of the oldest entry whose state after it is at a position or later, or 0.
func (j *Journal) since(position int64) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, k := range j.entries {
		if k.span.after >= position {
			return k.Number
		}
	}
	return 0
}

// rendered returns the entry with its changes, which it renders once.
func (k *kept) rendered() *Entry {
	k.rendering.Lock()
	defer k.rendering.Unlock()
	k.render()
	entry := k.Entry
	entry.Changes = k.changes
	return &entry
}

// render turns the commits into changes.
func (k *kept) render() {
	for _, c := range k.commits {
		k.changes = append(k.changes, ChangesOf(c.Before, c.After, c.At, c.Changes)...)
	}
	for _, r := range k.records {
		k.changes = append(k.changes, r.rendered()...)
	}
	k.commits, k.records = nil, nil
}

// letGo drops the states of the commits. Changes of records are still not rendered, because most requests are never looked at.
func (k *kept) letGo() {
	k.rendering.Lock()
	defer k.rendering.Unlock()
	records := make([]rewritten, 0, len(k.commits))
	for _, c := range k.commits {
		if !slices.ContainsFunc(c.Changes, func(c world.Change) bool { return !isRecord(c) }) {
			records = append(records, rewritten{c.Before.Schema, c.After.Schema, c.Changes})
		}
	}
	if len(records) < len(k.commits) {
		k.render()
		return
	}
	k.commits, k.records = nil, records
}

// size estimates how many bytes an entry takes.
func (k *kept) size() int {
	k.rendering.Lock()
	defer k.rendering.Unlock()
	size := entryBytes + len(k.Path) + len(k.Message) + len(k.Hint) + k.RequestHeaders.size() + len(k.Request) + k.ResponseHeaders.size() + k.Response.size()
	for _, r := range k.records {
		for _, change := range r.changes {
			size += changeBytes + int(change.RecordBytes())
		}
	}
	for _, change := range k.changes {
		size += changeBytes + len(change.Before) + len(change.After)
		for _, a := range change.Attributes {
			size += attributeBytes + len(a.Before) + len(a.After)
		}
	}
	return size
}

// Question selects requests of the journal. The zero value of a condition selects all.
type Question struct {
	match.Query
	Since  time.Time      // arrived then or later
	After  int            // after the request with this number
	Before int            // before the request with this number; 0 for no bound
	Limit  int            // at most this many: the first ones
	Last   int            // at most this many: the last ones
	Shadow shadow.Outcome // with this outcome of the shadow
}

// wants reports whether a question asks for an entry.
func (j *Journal) wants(q Question, e *Entry) bool {
	if !q.wants(e) || q.Shadow == "" {
		return q.wants(e)
	}
	if j.shadow == nil {
		return false
	}
	result := j.shadow.Result(e.Number)
	return result != nil && result.Outcome == q.Shadow
}

func (q Question) wants(e *Entry) bool {
	return q.Matches(e.asked()) && !e.Time.Before(q.Since) && e.Number > q.After && (q.Before == 0 || e.Number < q.Before)
}

// asked returns the request in the form that queries match.
func (e *Entry) asked() match.Request {
	return match.Request{Operation: e.Operation, Workspace: e.Workspace, Token: e.Token, Method: e.Method, Target: e.Path, Status: e.Status}
}

// contains reports whether a text occurs in a request, in any case: in its path, its bodies, or what is said about it.
func (e *Entry) contains(text string) bool {
	if text == "" {
		return true
	}
	text = strings.ToLower(text)
	for _, in := range []string{e.Method + " " + e.Path, e.Operation, e.Token, e.Code, e.Message, e.Hint, strings.Join(e.Faults, " ")} {
		if strings.Contains(strings.ToLower(in), text) {
			return true
		}
	}
	return bytes.Contains(bytes.ToLower(e.Request), []byte(text)) || bytes.Contains(bytes.ToLower(e.Response.Body()), []byte(text))
}

// requestsAnswer is the answer of GET /_fake/requests.
type requestsAnswer struct {
	Requests []Entry `json:"requests"` // oldest first
}

// listRequests answers GET /_fake/requests: the requests that meet all parameters, oldest first.
func listRequests(h *Handler, r *http.Request) (any, *refusal) {
	question, refusal := questionOf(r.URL.Query())
	if refusal != nil {
		return nil, refusal
	}
	if err := h.CheckQuestion(question.Query); err != nil {
		return nil, badRequest("%v", err)
	}
	refusal = h.await(r, func() (int, <-chan struct{}) { return h.journal.count(question) }, func(n, of int) string {
		return fmt.Sprintf("%d of %d requests that meet the parameters have been answered", n, of)
	})
	if refusal != nil {
		return nil, refusal
	}
	return list("requests", h.journal.list(question)), nil
}

func questionOf(query url.Values) (Question, *refusal) {
	q := Question{Query: match.Query{
		Operations: query["operation"], Workspace: query.Get("workspace"), Token: query.Get("token"),
		Method: query.Get("method"), Path: query.Get("path"),
	}}
	for name, values := range query {
		var err error
		form, last := "", values[len(values)-1]
		switch name {
		case "operation", "workspace", "token", "method", "path", "await", "timeout":
		case "status":
			form = "the status of an answer, such as 404"
			for _, last = range values {
				status, failed := strconv.Atoi(last)
				if q.Statuses = append(q.Statuses, status); failed != nil {
					err = failed
					break
				}
			}
		case "shadow":
			var unknown error
			if q.Shadow, unknown = shadow.ParseOutcome(last); unknown != nil {
				return q, badRequest("%v", unknown)
			}
		case "since":
			form = timestampForm
			q.Since, err = time.Parse(time.RFC3339Nano, last)
		case "after":
			form = "the number of a request, such as 17"
			q.After, err = strconv.Atoi(last)
		case "limit":
			form = countForm
			q.Limit, err = atLeastOne(last)
		case "last":
			form = countForm
			q.Last, err = atLeastOne(last)
		}
		if err != nil {
			return q, badRequest("%s is %q; it has to be %s", name, last, form)
		}
	}
	if q.Limit > 0 && q.Last > 0 {
		return q, badRequest("limit asks for the first requests and last for the last ones; use one of them")
	}
	return q, nil
}

func atLeastOne(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err == nil && n < 1 {
		err = strconv.ErrRange
	}
	return n, err
}

// Requests yields the requests that clients made, oldest first. Callers must not modify them.
func (h *Handler) Requests(q Question) iter.Seq[*Entry] { return h.journal.list(q) }

// LimitJournal bounds how many bytes the journal takes. Call it before the first request.
func (h *Handler) LimitJournal(bytes int) { h.journal.maxBytes = bytes }

// ClearRequests empties the journal.
func (h *Handler) ClearRequests() { h.journal.clear() }

// clearRequests answers DELETE /_fake/requests.
func clearRequests(h *Handler, _ *http.Request) (any, *refusal) {
	h.ClearRequests()
	return nil, nil
}
