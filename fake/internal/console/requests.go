package console

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/live/shadow"
	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// requestsShown is how many requests a page of them has.
const requestsShown = 50

func requestSection() section {
	return section{title: "Requests", path: home, pages: []route{
		{"GET", home, (*Console).requests},
		{"GET", prefix + "requests/{number}", (*Console).request},
		{"POST", prefix + "requests/{number}/fault", (*Console).inject},
		{"GET", prefix + "requests/{number}/test", (*Console).test},
	}}
}

// requestsPage is the data of the page of requests.
type requestsPage struct {
	Operation, Status, Text string // the filters
	Shadow                  shadow.Outcome
	Operations, Statuses    []string
	HasShadow               bool // the server is compared with another one
	Before                  int  // the page ends before this request; 0 for the latest
	Requests                []requestRow
	Older                   int    // the number before which the next page ends; 0 if there is none
	Mistake                 string // what is wrong with the filters
	Filtered                bool
}

// requestRow is a request with the scopes that its token lacks.
type requestRow struct {
	*control.Entry
	Missing []attio.Scope
}

// requests lists what clients asked for, latest first.
func (c *Console) requests(r *http.Request) (page, error) {
	query := r.URL.Query()
	data := requestsPage{
		Operation: query.Get("operation"), Status: query.Get("status"), Text: query.Get("text"),
		Operations: operationNames(), Statuses: []string{"2xx", "4xx", "5xx", "400", "401", "403", "404", "409", "429"},
	}
	data.HasShadow, data.Shadow = c.control.Shadow() != nil, shadow.Outcome(query.Get("shadow"))
	data.Filtered = data.Shadow != "" || data.Operation != "" || data.Status != "" || data.Text != ""
	data.Before, _ = strconv.Atoi(query.Get("before"))
	question := control.Question{Query: match.Query{Workspace: query.Get("workspace")}, Before: max(0, data.Before), Shadow: data.Shadow}
	if data.Operation != "" {
		question.Operations = []string{data.Operation}
	}
	var err error
	if question.Statuses, err = statusesOf(data.Status); err == nil {
		err = c.control.CheckQuestion(question.Query)
	}
	if err == nil && data.Shadow != "" {
		_, err = shadow.ParseOutcome(string(data.Shadow))
	}
	if err != nil {
		data.Mistake = err.Error()
		return page{content: &data, title: "Requests", status: http.StatusUnprocessableEntity}, nil
	}
	latest, older := c.control.LatestRequests(question, data.Text, requestsShown)
	tokens := c.tokens()
	for _, entry := range latest {
		data.Requests = append(data.Requests, requestRow{entry, tokens.missing(entry)})
	}
	if older {
		data.Older = latest[len(latest)-1].Number
	}
	return page{content: &data, title: "Requests"}, nil
}

// statusesOf reads a filter by status: 404, or 4xx for all from 400 to 499.
func statusesOf(text string) ([]int, error) {
	if text == "" {
		return nil, nil
	}
	if class, ok := strings.CutSuffix(strings.ToLower(text), "xx"); ok {
		if first, err := strconv.Atoi(class); err == nil && 1 <= first && first <= 5 {
			var all []int
			for status := first * 100; status < (first+1)*100; status++ {
				all = append(all, status)
			}
			return all, nil
		}
	}
	status, err := strconv.Atoi(text)
	if err != nil {
		return nil, badRequest("%q is not a status; write one such as 404, 4xx for all from 400 to 499, or 0 for requests without an answer", text)
	}
	return []int{status}, nil
}

// operationNames lists the operations, and all of each resource, for suggestions.
func operationNames() []string {
	var names []string
	for _, op := range attio.AllOperations() {
		resource, _, _ := strings.Cut(op.Name, ".")
		if all := resource + ".*"; !slices.Contains(names, all) {
			names = append(names, all)
		}
		names = append(names, op.Name)
	}
	return names
}
