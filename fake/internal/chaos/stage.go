package chaos

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Server is what a stage needs of a server.
type Server struct {
	Control  *control.Handler
	World    *world.World
	Webhooks *webhook.Engine
	Faults   *fault.Injector
}

// Stage is a server on which one attempt is made.
type Stage struct {
	server Server
	slow   time.Duration
	retry  time.Duration
	start  *world.Snapshot  // before the first attempt of the job
	began  []time.Time      // then, by the clocks of a span
	known  map[thingID]bool // what the client has changed, in earlier attempts too
	gone   []Gone           // what faults have taken away
	real   *world.Clock

	mu       sync.Mutex
	seen     map[string]int // how many requests have come, by operation; all of them under Server
	looks    bool           // to see what calls are about, which only the plan needs
	names    map[call]world.Thing
	ambushes []*ambush
	met      []func() bool // by fault
	ended    []bool        // what these said when the faults ended; nil before
}

// call is one call of an operation.
type call struct {
	operation string
	at        int // which one, from 1
}

// ambush acts right before a request is answered, once.
type ambush struct {
	operation string // or Server for any
	at        int    // which one
	act       func(*api.Call) (acted bool)
	acted     bool
}

// NewStage arms a server, which no client has used yet, for the first attempt of a job.
func NewStage(server Server, job Job) *Stage {
	s := &Stage{server: server, slow: job.Slow, retry: job.Retry, looks: len(job.Faults) == 0, start: server.World.Moment(), known: make(map[thingID]bool), real: world.NewClock(world.Start{})}
	s.began = []time.Time{server.World.Clock.Now(), s.real.Now()}
	s.listen()
	for _, armed := range job.Faults {
		kind, _ := kindNamed(armed.Fault)
		s.met = append(s.met, kind.arm(s, armed))
	}
	return s
}

// Next prepares another server, which begins where this one ended, for the second attempt of the job. Webhooks that the test
// had set up for itself are gone, as the process that listened to them would be.
func (s *Stage) Next(server Server) *Stage {
	next := &Stage{server: server, start: s.start, began: s.began, known: s.known, gone: s.gone, real: s.real}
	next.listen()
	for _, workspace := range server.World.Workspaces() {
		_ = workspace.Update(world.System(), func(tx *world.Tx) error { // deletes only what there is
			for hook := range workspace.View().Webhooks() {
				if !next.known[thingID{tx.Slug, string(hook.ID)}] && !next.seeded(tx.Slug, hook.ID) {
					_ = tx.DeleteWebhook(hook.ID)
				}
			}
			return nil
		})
	}
	return next
}

// seeded reports whether there was a webhook from the start.
func (s *Stage) seeded(workspace string, hook attio.ID) bool {
	return slices.ContainsFunc(s.start.Workspaces(), func(state *world.State) bool {
		_, ok := state.Webhook(hook)
		return ok && state.Slug == workspace
	})
}

// listen has the stage see each request before it is answered.
func (s *Stage) listen() {
	s.seen, s.names = make(map[string]int), make(map[call]world.Thing)
	s.server.Control.Before = s.before
}

func (s *Stage) before(c *api.Call) {
	operation := ""
	if c.Operation != nil {
		operation = c.Operation.Name
	}
	var names world.Thing
	if s.looks {
		names = s.about(c)
	}
	s.mu.Lock()
	s.seen[operation]++
	s.seen[ofServer]++
	s.names[call{operation, s.seen[operation]}] = names
	var due []*ambush
	for _, a := range s.ambushes {
		if s.seen[a.operation] == a.at && (a.operation == ofServer || a.operation == operation) {
			due = append(due, a)
		}
	}
	s.mu.Unlock()
	for _, a := range due {
		acted := a.act(c)
		s.mu.Lock()
		a.acted = acted
		s.mu.Unlock()
	}
}

// ambush adds an ambush, and returns whether it has acted.
func (s *Stage) ambush(at Armed, act func(*api.Call) bool) (acted func() bool) {
	a := &ambush{operation: at.Operation, at: at.At, act: act}
	s.ambushes = append(s.ambushes, a)
	return func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return a.acted
	}
}

// longestRetry is longer than Attio retries a delivery.
const longestRetry = 72 * time.Hour

// End ends the faults. Requests that hang lose their connections.
func (s *Stage) End() {
	met := s.Met()
	s.mu.Lock()
	s.ended = met
	s.mu.Unlock()
	s.server.Faults.Clear()
}

// Settle ends the faults, and lets the deliveries that are still under way come to their end, with all retries.
func (s *Stage) Settle() {
	s.End()
	unfinished, _ := s.server.Webhooks.Count(func(d *webhook.Delivery) bool { return !d.State.Final() })
	if unfinished > 0 {
		_ = s.server.World.Clock.Advance(longestRetry) // a clock at its end stays there
	}
}

// Met reports for each fault whether the client met it.
func (s *Stage) Met() []bool {
	s.mu.Lock()
	ended := s.ended
	s.mu.Unlock()
	if ended != nil {
		return ended
	}
	met := make([]bool, len(s.met))
	for i, asked := range s.met {
		met[i] = asked()
	}
	return met
}

// Attempt returns what there is to tell at the end of an attempt; how it ended is for the caller to add.
func (s *Stage) Attempt() Attempt {
	var a Attempt
	calls := make(map[string]int)
	for e := range s.server.Control.Requests(control.Question{}) {
		for _, c := range e.Changes {
			s.known[thingID{e.Workspace, string(c.ID)}] = true
		}
		a.Broken = cmp.Or(a.Broken, brokenAt(e))
		calls[e.Operation]++
		calls[ofServer]++
		a.Requests = append(a.Requests, Request{
			Number: e.Number, Operation: e.Operation, Method: e.Method, Path: e.Path, Status: e.Status, Message: e.Message,
			Hit: len(e.Faults) > 0 || s.ambushed(e.Operation, calls), Page: isPage(e), Names: string(s.namedBy(call{e.Operation, calls[e.Operation]})),
		})
	}
	end := s.server.World.Moment()
	s.mu.Lock()
	defer s.mu.Unlock()
	a.Effect = Effect{effectOf(s.start, end, s.known, s.span(end)), s.gone}
	a.Deliveries, _ = s.server.Webhooks.Count(func(*webhook.Delivery) bool { return true })
	a.Frozen = s.server.World.Clock.Frozen()
	return a
}

// brokenAt says that the fake has failed to answer a request, or is empty.
func brokenAt(e *control.Entry) string {
	if e.Status != http.StatusInternalServerError || len(e.Faults) > 0 {
		return ""
	}
	return fmt.Sprintf("the fake has failed at %s %s; this is a mistake in the fake, so please report it", e.Method, e.Path)
}

// span returns the time from the start to a moment.
func (s *Stage) span(end *world.Snapshot) span {
	return span{{s.began[0], end.Now()}, {s.began[1], s.real.Now()}}
}

func (s *Stage) namedBy(c call) world.Thing {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.names[c]
}

func (s *Stage) ambushed(operation string, calls map[string]int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.ambushes, func(a *ambush) bool {
		return a.acted && (a.operation == operation || a.operation == ofServer) && calls[a.operation] == a.at
	})
}

// isPage reports whether a request asks for a further page of a listing.
func isPage(e *control.Entry) bool {
	target, err := url.Parse(e.Path)
	if err != nil {
		return false
	}
	query := target.Query()
	if offset, _ := strconv.Atoi(query.Get("offset")); offset > 0 || query.Get("cursor") != "" {
		return true
	}
	var body struct {
		Offset float64
		Cursor string
	}
	decoder := json.NewDecoder(bytes.NewReader(e.Request))
	return decoder.Decode(&body) == nil && (body.Offset > 0 || body.Cursor != "")
}
