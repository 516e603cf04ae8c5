package exercise_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
)

const (
	clients   = 50
	perClient = 40 // requests per client in the middle of a storm
)

// TestStress runs fifty clients at once, half of them on sockets, against two workspaces and their clones: first each
// operation in a clone of its own, then all of them together under faults, limits, moves of the clock and webhooks,
// then while snapshots are taken and restored, workspaces come and go and everything is reset, and at last while the
// server closes. Once takes some seconds; STRESS=10m repeats it for ten minutes, with a new server each time.
//
// It is not parallel: it counts the goroutines and the heap of the process.
func TestStress(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("STRESS"))
	if os.Getenv("STRESS") != "" && err != nil {
		t.Fatalf("STRESS=%s is not a duration like 10m", os.Getenv("STRESS"))
	}
	weather(t, 1) // fills the caches of the process
	goroutines, heap := runtime.NumGoroutine(), heapInUse()
	for start := time.Now(); ; {
		weather(t, perClient)
		await(t, "goroutines to end", func() bool { return runtime.NumGoroutine() <= goroutines }, stacks)
		if grown := heapInUse() - heap; grown > 8<<20 {
			t.Errorf("the heap has grown by %d KiB", grown>>10)
		}
		if t.Failed() || time.Since(start) >= long {
			return
		}
	}
}

// storm is a server with many clients.
type storm struct {
	t       *testing.T
	server  *fake.Server
	log     lockedBuffer
	rows    []exercise.Request
	names   map[string][]string // the names that requests use in a workspace, by its slug
	control *http.Client
	sockets *http.Transport
	owners  sync.Map // the ids of new things, each with the slug of the workspace that showed it
	mixed   atomic.Bool
	closing atomic.Bool
}

// place is a workspace that clients use.
type place struct {
	slug, family string // its own slug, and that of the workspace whose clone it is
	id, token    string
	made         counts
}

// counts says how often an operation succeeded, and how often the outcome is unknown.
type counts struct {
	mu            sync.Mutex
	done, unknown map[string]int
}

func (c *counts) add(operation string, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done == nil {
		c.done, c.unknown = make(map[string]int), make(map[string]int)
	}
	if known {
		c.done[operation]++
	} else {
		c.unknown[operation]++
	}
}

// weather runs one server through its life.
func weather(t *testing.T, requests int) {
	s := &storm{t: t, names: make(map[string][]string), sockets: &http.Transport{MaxIdleConnsPerHost: clients}}
	server, err := fake.Start(fake.YAML(exercise.Scenario()), fake.Logger(slog.New(slog.NewTextHandler(&s.log, nil))),
		fake.WebhookClient(&http.Client{Transport: unreachable{}}))
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	s.server, s.control = server, server.Client()
	for _, r := range exercise.Requests() {
		s.rows = append(s.rows, r)
		for _, position := range r.Positions() {
			for _, slug := range exercise.Workspaces() {
				s.names[slug] = append(s.names[slug], exercise.Name(position, slug))
			}
		}
	}
	// Deletions come last, and deeper ones first, so that things exist for a while.
	slices.SortStableFunc(s.rows, func(a, b exercise.Request) int { return destruction(a) - destruction(b) })
	fresh := server.Snapshot()

	s.eachOperation()
	places := s.places()
	s.together(places, requests)
	s.conserved(places)
	s.undone(requests)
	server.Reset()
	if diff := server.Diff(fresh, server.Snapshot()); len(diff) > 0 {
		t.Errorf("after a reset there is left %v", diff)
	}
	s.closed()
	s.sockets.CloseIdleConnections()
	if said := s.log.String(); said != "" {
		t.Errorf("the server says: %s", said)
	}
}

func destruction(r exercise.Request) int {
	switch {
	case r.Operation == "records.merge":
		return 1
	case r.Method == http.MethodDelete:
		return 100 - strings.Count(r.Path, "/")
	}
	return 0
}

// eachOperation sends each request to a clone of its own, concurrently. All of them must succeed.
func (s *storm) eachOperation() {
	s.workers(func(worker int) {
		for i := worker; i < len(s.rows); i += clients {
			r := s.rows[i]
			p := s.clone("here", fmt.Sprintf("only-%d", i))
			status, body := s.send(worker, p, r)
			op := operation(s.t, r.Operation)
			if api.Built(op) && status >= 400 || !api.Built(op) && status != http.StatusNotImplemented {
				s.t.Errorf("%s in a workspace of its own: %d %s", r.Operation, status, body)
			}
			s.ask("DELETE", "/_fake/workspaces/"+p.slug, "", nil)
		}
	})
	for _, op := range attio.AuthorizedOperations() {
		if !slices.ContainsFunc(s.rows, func(r exercise.Request) bool { return r.Operation == op.Name }) {
			s.t.Errorf("nobody asked for %s", op.Name)
		}
	}
}

// places makes clones of both workspaces, with webhooks that subscribe to everything.
func (s *storm) places() []*place {
	var places []*place
	for i := range 3 {
		for _, slug := range exercise.Workspaces() {
			p := s.clone(slug, fmt.Sprintf("%s-%d", slug, i+2))
			s.server.Workspace(p.slug).WebhookTo(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				s.check(p, "a webhook", string(body))
			}), "record.created", "record.updated", "record.deleted", "task.created", "note.created", "comment.created", "list-entry.updated")
			places = append(places, p)
		}
	}
	return places
}

func (s *storm) clone(of, slug string) *place {
	var made struct {
		ID     string
		Tokens []struct{ Token string }
	}
	s.ask("POST", "/_fake/workspaces/"+of+"/clone", `{"slug":"`+slug+`"}`, &made)
	return &place{slug: slug, family: of, id: made.ID, token: made.Tokens[0].Token}
}

// together runs all clients on all places, while requests go wrong and the clock moves.
func (s *storm) together(places []*place, requests int) {
	for _, kind := range []string{
		"rate-limited", "unauthorized", "forbidden", "write-conflict", "internal", "bad-gateway", "unavailable",
		"disconnect", "answer-lost", "cut-off", "invalid-json",
	} {
		s.ask("POST", "/_fake/faults", `{"fault":"`+kind+`","probability":0.01,"seed":7}`, nil)
	}
	s.ask("PUT", "/_fake/workspaces/"+places[0].slug+"/limits", `{"limits":"attio"}`, nil)
	s.server.SetWebhookChaos(fake.WebhookChaos{Duplicate: 1, Reorder: 2, Batch: 3})
	stop := s.meanwhile(func(i int) {
		switch i % 4 {
		case 0:
			s.server.Advance(time.Minute)
		case 1:
			s.server.Unfreeze()
		case 2:
			s.server.SetTime(s.server.Now().Add(time.Second))
		case 3:
			s.server.Freeze()
		}
		s.ask("GET", "/_fake/deliveries", "", nil)
		s.ask("GET", "/_fake/requests?status=500", "", nil)
	})
	s.workers(func(worker int) {
		p := places[worker%len(places)]
		for i := range requests {
			s.send(worker, p, s.rows[(worker*len(s.rows)/clients+i)%len(s.rows)])
		}
	})
	stop()
	s.server.ClearFaults()
	s.server.FlushDeliveries()
}

// conserved compares the final state with what clients made and deleted, and looks for duplicates of unique values.
func (s *storm) conserved(places []*place) {
	for _, p := range places {
		s.ask("PUT", "/_fake/workspaces/"+p.slug+"/limits", `{"limits":null}`, nil)
		for _, of := range []struct{ things, path string }{{"tasks", "/v2/tasks?limit=1000"}, {"notes", "/v2/notes?limit=50"}} {
			found := 0
			for offset := 0; ; offset += 50 {
				var page struct{ Data []any }
				s.read(p, "GET", of.path+"&offset="+strconv.Itoa(offset), "", &page)
				if found = offset + len(page.Data); len(page.Data) != 50 || of.things == "tasks" {
					break
				}
			}
			least := 1 + p.made.done[of.things+".create"] - p.made.done[of.things+".delete"] - p.made.unknown[of.things+".delete"]
			most := 1 + p.made.done[of.things+".create"] - p.made.done[of.things+".delete"] + p.made.unknown[of.things+".create"]
			if found < least || found > most {
				s.t.Errorf("%s has %d %s, and clients made and left %d to %d", p.slug, found, of.things, least, most)
			}
		}
		for object, attribute := range map[string]string{"people": "email_addresses", "companies": "domains", "ships_" + p.family: "code"} {
			var found struct {
				Data []struct {
					ID     struct{ RecordID string } `json:"id"`
					Values map[string][]struct {
						Domain       string
						EmailAddress string `json:"email_address"`
						Value        any
					}
				}
			}
			if status, _ := s.read(p, "POST", "/v2/objects/"+object+"/records/query", "{}", &found); status == http.StatusNotFound {
				continue // deleted by a client
			}
			holders := make(map[string]int)
			for _, record := range found.Data {
				for _, value := range record.Values[attribute] {
					holders[fmt.Sprint(value.Domain, value.EmailAddress, value.Value)]++
				}
			}
			for value, n := range holders {
				if n > 1 {
					s.t.Errorf("%d %s of %s have the %s %q", n, object, p.slug, attribute, value)
				}
			}
		}
	}
}

// undone runs the clients while snapshots are restored, clones come and go, and everything is reset.
func (s *storm) undone(requests int) {
	s.mixed.Store(true) // new things may be in a clone too by now
	places := []*place{}
	for _, slug := range exercise.Workspaces() {
		places = append(places, &place{slug: slug, family: slug, id: fake.ID(slug), token: s.server.Token(slug)})
	}
	stop := s.meanwhile(func(i int) {
		name := "/_fake/snapshots/s-" + strconv.Itoa(i)
		s.ask("PUT", name, "", nil)
		clone := s.clone("here", "passing-"+strconv.Itoa(i))
		s.send(i, clone, s.rows[i%len(s.rows)])
		s.ask("GET", name+"/diff", "", nil)
		switch i % 3 {
		case 0:
			s.ask("POST", name+"/restore", "", nil)
		case 1:
			s.ask("DELETE", "/_fake/workspaces/"+clone.slug, "", nil)
		case 2:
			s.ask("POST", "/_fake/reset", "", nil)
		}
		s.ask("DELETE", name, "", nil)
		if _, err := s.server.Export(); err != nil {
			s.t.Error(err)
		}
	})
	s.workers(func(worker int) {
		p := places[worker%len(places)]
		for i := range requests {
			s.send(worker, p, s.rows[(worker*len(s.rows)/clients+i)%len(s.rows)])
		}
	})
	stop()
}

// closed closes the server while clients use it. Each client gets an answer or an error, also one whose request hangs.
func (s *storm) closed() {
	p := &place{slug: "here", family: "here", id: fake.ID("here"), token: s.server.Token("here")}
	s.ask("POST", "/_fake/faults", `{"fault":"hang","operation":"self.identify","times":2}`, nil)
	s.closing.Store(true)
	under := make(chan bool, clients)
	go func() {
		for range clients / 2 {
			<-under
		}
		s.server.Close()
	}()
	s.workers(func(worker int) {
		under <- true
		for i := 0; ; i++ {
			if status, _ := s.send(worker, p, s.rows[i%len(s.rows)]); status == 0 || status == http.StatusServiceUnavailable {
				return
			}
		}
	})
	s.server.Close()
}

// workers runs the clients and waits for them.
func (s *storm) workers(work func(worker int)) {
	var all sync.WaitGroup
	for worker := range clients {
		all.Go(func() { work(worker) })
	}
	all.Wait()
}

// meanwhile runs do repeatedly until it is told to stop.
func (s *storm) meanwhile(do func(i int)) (stop func()) {
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for i := 0; ; i++ {
			do(i)
			select {
			case <-end:
				return
			default:
			}
		}
	}()
	return func() { close(end); <-ended }
}

// send sends a client's request and checks what must hold for every answer. The status is 0 if there was none.
func (s *storm) send(worker int, p *place, r exercise.Request) (int, string) {
	url, client := "https://api.attio.com", &http.Client{Transport: s.server.Transport()}
	if worker%2 == 0 {
		url, client = s.server.URL, &http.Client{Transport: s.sockets}
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	request, err := r.In(p.family).HTTP(url, p.token)
	if err != nil {
		s.t.Error(err)
		return 0, ""
	}
	response, err := client.Do(request)
	if err != nil { // a fault broke the connection, or the server is closing
		p.made.add(r.Operation, false)
		return 0, ""
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	fault := response.Header.Get("X-Fakeattio-Fault")
	status := response.StatusCode
	switch {
	case status < 400:
		p.made.add(r.Operation, true)
	case status >= 500 && status != http.StatusNotImplemented && fault == "" && !s.closing.Load():
		s.t.Errorf("%s: %d %s", r.Operation, status, body)
	}
	if err != nil && fault == "" && !s.closing.Load() {
		s.t.Errorf("%s: %v", r.Operation, err)
	}
	s.check(p, r.Operation, string(body))
	return status, string(body)
}

// read sends a request while nothing disturbs it any more.
func (s *storm) read(p *place, method, path, body string, into any) (int, string) {
	status, answer := s.send(1, p, exercise.Request{Operation: method + " " + path, Method: method, Path: path, Body: body})
	if err := json.Unmarshal([]byte(answer), into); err != nil {
		s.t.Errorf("%s: %d %s", path, status, answer)
	}
	return status, answer
}

// ask calls the control API, which must succeed.
func (s *storm) ask(method, path, body string, into any) {
	request, err := http.NewRequest(method, s.server.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Error(err)
		return
	}
	response, err := s.control.Do(request)
	if err != nil {
		s.t.Error(err)
		return
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && into != nil {
		err = json.Unmarshal(answer, into)
	}
	if err != nil || response.StatusCode >= 300 {
		s.t.Errorf("%s %s: %d %s %v", method, path, response.StatusCode, answer, err)
	}
}

var (
	workspaceID = regexp.MustCompile(`"workspace_id":"([^"]*)"`)
	randomID    = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)
)

// check looks for things of another workspace: its id, names of its scenario, and things that were made there.
func (s *storm) check(p *place, by, text string) {
	for _, found := range workspaceID.FindAllStringSubmatch(text, -1) {
		if found[1] != p.id {
			s.t.Errorf("%s shows %s the workspace %s: %s", by, p.slug, found[1], text)
		}
	}
	for family, names := range s.names {
		if family == p.family {
			continue
		}
		for _, name := range names {
			if strings.Contains(text, name) {
				s.t.Errorf("%s shows %s what is in %s, %s: %s", by, p.slug, family, name, text)
			}
		}
	}
	if s.mixed.Load() {
		return
	}
	for _, id := range randomID.FindAllString(text, -1) {
		if owner, known := s.owners.LoadOrStore(id, p.slug); known && owner != p.slug {
			s.t.Errorf("%s shows %s what was made in %s, %s: %s", by, p.slug, owner, id, text)
		}
	}
}

// await waits until a condition holds, ten seconds at most.
func await(t *testing.T, what string, so func() bool, otherwise func() string) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for start := time.Now(); !so(); <-tick.C {
		if time.Since(start) > 10*time.Second {
			t.Errorf("waited in vain for %s:\n%s", what, otherwise())
			return
		}
	}
}

func stacks() string {
	buf := make([]byte, 1<<20)
	return string(buf[:runtime.Stack(buf, true)])
}

func heapInUse() int64 {
	runtime.GC()
	runtime.GC() // the first one only runs finalizers
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// lockedBuffer is a buffer for several goroutines.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
