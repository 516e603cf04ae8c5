package fake

import (
	"fmt"
	"strings"
)

// maxLogged is how many requests LogRequests prints.
const maxLogged = 200

// LogRequests prints what clients asked for, and what it changed, when the test ends and has failed: the last 200 of
// the requests that any of the filters chooses, or of all.
func (s *Server) LogRequests(t TB, filters ...RequestFilter) {
	t.Helper()
	logRequests(t, func() []Request { return s.For(t).Requests(filters...) })
}

// LogRequests is Server.LogRequests for the requests to the workspace alone.
func (w *Workspace) LogRequests(t TB, filters ...RequestFilter) {
	t.Helper()
	logRequests(t, func() []Request { return w.For(t).Requests(filters...) })
}

func logRequests(t TB, requests func() []Request) {
	t.Cleanup(func() {
		if !t.Failed() {
			return
		}
		all := requests()
		text := fmt.Sprintf("fake: the requests (%d)", len(all))
		if len(all) > maxLogged {
			text += fmt.Sprintf(", the last %d of them", maxLogged)
			all = all[len(all)-maxLogged:]
		}
		for _, r := range all {
			text += "\n" + r.details()
		}
		t.Logf("%s", text)
	})
}

// details says in a few lines what was asked, what came of it, and why.
func (r Request) details() string {
	lines := []string{fmt.Sprintf("%s (%s)", r, describeOperation(r))}
	if r.Token != "" {
		lines[0] += " with " + r.Workspace + "/" + r.Token
	}
	if len(r.Body) > 0 {
		lines = append(lines, "sent: "+string(r.Body))
	}
	if r.Code != "" {
		lines = append(lines, r.Code+": "+r.Message)
	}
	if r.Hint != "" {
		lines = append(lines, r.Hint)
	}
	if r.Faults != nil {
		lines = append(lines, "faults: "+strings.Join(r.Faults, ", "))
	}
	for _, change := range r.Changes {
		lines = append(lines, change.String())
	}
	return strings.Join(lines, "\n\t")
}
