// Package drift has ways in which the real Attio can have moved away from the fake, each with what a comparison has to
// say about it. It is for tests, in which the fake itself plays the real side behind one of them.
package drift

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// Drift is one way in which the real side differs from the fake.
type Drift struct {
	Name string
	On   string // the operation whose answers it changes: "records.get"; "" for all of them

	// What has to be found: a difference of this kind and severity in this field, and nothing else. The kind is "" if
	// nothing is to be found, as with a slower answer.
	Kind     compare.Kind
	Severity compare.Severity
	Field    string

	// Transient reports that an identical request is answered as usual afterwards.
	Transient bool

	failures bool               // it changes the errors, not the successes
	change   func(*answer)      // or nil
	disturb  func(*Side, reply) // instead, or nil
}

// answer is what the fake answers, before it is sent.
type answer struct {
	status int
	header http.Header
	body   *compare.Node // nil if it is not JSON
}

// reply is a request that a disturbance answers in its own way.
type reply struct {
	w    http.ResponseWriter
	r    *http.Request
	next http.Handler
	time int // how many requests this drift has met before this one
}

// Side is the real side with one drift. Every call of Side has a count of its own.
type Side struct {
	drift Drift
	next  http.Handler
	sleep func(time.Duration)

	mu  sync.Mutex
	met int
}

// Side returns a real side that differs from a fake by this drift. Slower answers take their time by sleep.
func (d Drift) Side(fake http.Handler, sleep func(time.Duration)) *Side {
	return &Side{drift: d, next: fake, sleep: sleep}
}

// Met returns how many answers the drift has changed.
func (s *Side) Met() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.met
}

func (s *Side) meet() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.met++
	return s.met - 1
}

func (s *Side) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	op := attio.OperationAt(r.Method, r.URL.EscapedPath())
	if op == nil || s.drift.On != "" && s.drift.On != op.Name {
		s.next.ServeHTTP(w, r)
		return
	}
	if s.drift.disturb != nil {
		s.drift.disturb(s, reply{w, r, s.next, s.meet()})
		return
	}
	recorder := httptest.NewRecorder()
	s.next.ServeHTTP(recorder, r)
	a := answer{status: recorder.Code, header: recorder.Header()}
	if (a.status >= http.StatusBadRequest) == s.drift.failures {
		a.body, _ = compare.Parse(recorder.Body.Bytes())
		before := a.text()
		s.drift.change(&a)
		if a.status != recorder.Code || a.text() != before {
			s.meet()
		}
	}
	body := recorder.Body.Bytes()
	if a.body != nil {
		body = a.body.JSON()
	}
	for name, values := range a.header {
		w.Header()[name] = values
	}
	if w.Header().Get("Content-Length") != "" {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(a.status)
	_, _ = io.Copy(w, bytes.NewReader(body))
}

// text is everything that a change can change but the status.
func (a *answer) text() string {
	var b strings.Builder
	_ = a.header.Write(&b)
	if a.body != nil {
		b.Write(a.body.JSON())
	}
	return b.String()
}

// visit calls do with every value at a path, as the field of its parent: "data.values.name[].value", "data[]".
func visit(n *compare.Node, path string, do func(parent *compare.Node, i int)) {
	name, rest, _ := strings.Cut(path, ".")
	key, elements := strings.CutSuffix(name, "[]")
	i := slices.Index(n.Keys, key)
	switch {
	case i < 0:
	case rest == "" && !elements:
		do(n, i)
	case elements:
		array := n.Items[i]
		for j := len(array.Items) - 1; j >= 0; j-- { // from the end, since do may remove it
			if rest == "" {
				do(array, j)
			} else {
				visit(array.Items[j], rest, do)
			}
		}
	default:
		visit(n.Items[i], rest, do)
	}
}

// refuse answers with an error.
func refuse(w http.ResponseWriter, with *attio.Error) {
	text, err := json.Marshal(with)
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(with.Status)
	_, _ = w.Write(text)
}
