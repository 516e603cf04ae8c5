package console

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
)

// requestPage is the data of the page of one request.
type requestPage struct {
	*control.Entry
	Previous, Next  int // the requests beside it, 0 if there is none
	Missing         []attio.Scope
	Sent, Answered  []headerLine
	Changed         []changedThing
	Curl            string
	Kinds           []fault.Kind // the faults that can befall such a request
	Kind            fault.Kind   // the chosen one
	Delay, Mistake  string       // of the form that injects a fault
	Injected        *fault.Status
	Restored        string // the side of the request to which everything was just restored
	HasMoment       bool   // the data right after it can still be seen
	RequestBounded  bool
	ResponseBounded bool
}

// headerLine is a header with one of its values.
type headerLine struct{ Name, Value string }

func headerLines(header http.Header) []headerLine {
	var lines []headerLine
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			lines = append(lines, headerLine{name, value})
		}
	}
	return lines
}

func requestPath(number int) string { return fmt.Sprintf("%srequests/%d", prefix, number) }

// request shows a request, its answer and what it changed.
func (c *Console) request(r *http.Request) (page, error) {
	data, err := c.requestPage(r)
	if err != nil {
		return page{}, err
	}
	return page{content: data, title: fmt.Sprintf("Request %d", data.Number)}, nil
}

func (c *Console) requestPage(r *http.Request) (*requestPage, error) {
	entry, first, last, err := c.entry(r.PathValue("number"))
	if err != nil {
		return nil, err
	}
	data := &requestPage{
		Entry: entry, Missing: c.tokens().missing(entry), Sent: headerLines(entry.RequestHeaders.HTTP()), Answered: headerLines(entry.ResponseHeaders.HTTP()),
		Changed: changedThings(entry.Changes, entry.Workspace), Curl: c.curl(r, entry), Kinds: kindsFor(entry.Operation), Kind: fault.RateLimited, Delay: "2s",
		RequestBounded: entry.Request.Bounded(), ResponseBounded: entry.Response.Body().Bounded(),
	}
	data.Restored = r.URL.Query().Get("restored")
	_, gone := c.control.At(entry.Number, control.After)
	data.HasMoment = gone == nil
	if entry.Number > first {
		data.Previous = entry.Number - 1
	}
	if entry.Number < last {
		data.Next = entry.Number + 1
	}
	for _, status := range c.control.Faults() {
		if status.ID == r.URL.Query().Get("injected") {
			data.Injected = &status
		}
	}
	return data, nil
}

// entry returns the request with a number.
func (c *Console) entry(text string) (found *control.Entry, first, last int, err error) {
	number, _ := strconv.Atoi(text) // no request has the number 0
	found, first, last = c.control.Request(number)
	switch {
	case found != nil:
		return found, first, last, nil
	case last == 0:
		return nil, 0, 0, notFound("there is no request %s; no client has made one, or they were cleared", text)
	}
	return nil, 0, 0, notFound("there is no request %s; the journal has those from %d to %d", text, first, last)
}

// kindsFor lists the faults that can befall an operation.
func kindsFor(operation string) []fault.Kind {
	if operation == "" {
		return nil
	}
	return slices.DeleteFunc(fault.Kinds(), func(kind fault.Kind) bool {
		return (&fault.Rule{Kind: kind, Operation: operation, Delay: fault.Duration(time.Second)}).Check() != nil
	})
}

// inject makes the next request like this one go wrong.
func (c *Console) inject(r *http.Request) (page, error) {
	data, err := c.requestPage(r)
	if err != nil {
		return page{}, err
	}
	data.Kind, data.Delay = fault.Kind(r.PostFormValue("fault")), r.PostFormValue("delay")
	rule := fault.Rule{Kind: data.Kind, Operation: data.Operation, Workspace: data.Workspace, Token: data.Token, Times: 1}
	if data.Delay != "" && data.Kind == fault.Slow {
		err = rule.Delay.UnmarshalText([]byte(data.Delay))
	}
	var id string
	if err == nil {
		id, err = c.control.AddFault(rule)
	}
	if err != nil {
		data.Mistake = err.Error()
		return page{content: data, title: fmt.Sprintf("Request %d", data.Number), status: http.StatusUnprocessableEntity}, nil
	}
	return seeOther(requestPath(data.Number) + "?injected=" + id), nil
}

// tokens finds the tokens of all workspaces by workspace and name.
type tokens map[[2]string]control.Token

func (c *Console) tokens() tokens {
	found := make(tokens)
	for _, workspace := range c.control.Workspaces() {
		for _, token := range workspace.Tokens {
			found[[2]string{workspace.Slug, token.Name}] = token
		}
	}
	return found
}

// missing lists the scopes that a request needed and its token does not have.
func (t tokens) missing(e *control.Entry) []attio.Scope {
	token, ok := t[[2]string{e.Workspace, e.Token}]
	if !ok {
		return nil
	}
	held, _ := attio.NewScopeSet(token.Scopes...) // a token's scopes exist
	return held.Missing(e.Scopes)
}
