package chaos

import (
	"fmt"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// What stands in place of an operation where a fault does not befall a single one.
const (
	ofWebhooks = "webhooks" // the deliveries
	ofServer   = "server"   // all requests
)

// kind is one kind of fault.
type kind struct {
	name string
	of   string // ofWebhooks, ofServer, or "" for an operation
	// calls returns the calls that the fault can hit, from 1, or why there are none.
	calls func(f *facts, operation string) ([]int, string)
	arm   func(s *Stage, a Armed) (met func() bool)
}

// kinds lists all faults in the order in which they are tried: those of package fault first.
var kinds = lazy.Of[[]kind]{Make: func() []kind {
	return append(refusals(), []kind{
		{"scope-lost", "", halfWay, loseScope},
		{"record-deleted", "", callsNaming(world.ThingRecord, world.ThingEntry), deleteRecord},
		{"record-merged", "", callsNaming(world.ThingRecord), mergeRecord},
		{"page-shifted", "", furtherPages, shiftPage},
		{"duplicated", ofWebhooks, deliveries(1), disturb(webhook.Chaos{Duplicate: 1})},
		{"reordered", ofWebhooks, deliveries(2), disturb(webhook.Chaos{Reorder: 2})},
		{"delayed", ofWebhooks, deliveries(1), disturb(webhook.Chaos{Delay: time.Second})},
		{"batched", ofWebhooks, deliveries(2), disturb(webhook.Chaos{Batch: 2})},
		{"failed-then-retried", ofWebhooks, deliveries(1), loseAnswers},
		{"limits", ofServer, beyondLimits, limit},
		{"unordered", ofServer, anyRequest, shuffle},
		{"clock-jump", ofServer, midway, jump},
	}...)
}}

func refusals() []kind {
	var all []kind
	for _, of := range fault.Kinds() {
		all = append(all, refusing(of))
	}
	return all
}

func kindNamed(name string) (kind, bool) {
	i := slices.IndexFunc(kinds.Get(), func(k kind) bool { return k.name == name })
	if i < 0 {
		return kind{}, false
	}
	return kinds.Get()[i], true
}

// Faults lists the names of all faults.
func Faults() []string {
	var names []string
	for _, k := range kinds.Get() {
		names = append(names, k.name)
	}
	return names
}

// facts is what the plan knows of the baseline.
type facts struct {
	requests   []Request
	deliveries int
	frozen     bool
}

// of returns the requests of an operation.
func (f *facts) of(operation string) []Request {
	return slices.DeleteFunc(slices.Clone(f.requests), func(r Request) bool { return r.Operation != operation })
}

func operationNamed(name string) *attio.Operation {
	all := attio.AllOperations()
	if i := slices.IndexFunc(all, func(op *attio.Operation) bool { return op.Name == name }); i >= 0 {
		return all[i]
	}
	return nil
}

func upTo(n int) []int {
	calls := make([]int, n)
	for i := range calls {
		calls[i] = i + 1
	}
	return calls
}

// refusing is a fault of package fault, which hits one request.
func refusing(of fault.Kind) kind {
	return kind{
		name: string(of),
		calls: func(f *facts, operation string) ([]int, string) {
			op := operationNamed(operation)
			switch {
			case !of.Befalls(op):
				return nil, "Attio never refuses the operation so"
			case op.Write:
			case of == fault.WriteConflict:
				return nil, "it only reads"
			case of == fault.AnswerLost:
				return nil, "it only reads, so that a lost answer is the same as disconnect"
			}
			return upTo(len(f.of(operation))), ""
		},
		arm: func(s *Stage, a Armed) func() bool {
			rule := fault.Rule{Kind: of, Operation: a.Operation, After: a.At - 1, Times: 1}
			if of == fault.Slow {
				rule.Delay = fault.Duration(s.slow)
			}
			id, err := s.server.Control.AddFault(rule)
			return func() bool {
				status, _ := s.server.Faults.Status(id)
				return err == nil && status.Hits > 0
			}
		},
	}
}

// halfWay is the call in the middle of those of an operation, if it is the first with its scope.
func halfWay(f *facts, operation string) ([]int, string) {
	scope := scopeOf(operation)
	if scope == "" {
		return nil, "it needs no scope"
	}
	for _, r := range f.requests {
		if r.Operation == operation {
			break
		}
		if scopeOf(r.Operation) == scope {
			return nil, "it needs the same scope as " + r.Operation
		}
	}
	return []int{len(f.of(operation))/2 + 1}, ""
}

func scopeOf(operation string) attio.Scope {
	if op := operationNamed(operation); op != nil && len(op.Scopes) > 0 {
		return op.Scopes[0]
	}
	return ""
}

// loseScope refuses everything that needs the scope of an operation, from one call of it on.
func loseScope(s *Stage, a Armed) func() bool {
	return s.ambush(a, func(*api.Call) bool {
		for _, op := range attio.AllOperations() {
			if slices.Contains(op.Scopes, scopeOf(a.Operation)) {
				_, _ = s.server.Control.AddFault(fault.Rule{Kind: fault.Forbidden, Operation: op.Name}) // an operation of the table
			}
		}
		return true
	})
}

// callsNaming are the calls of an operation that are about things of some kinds.
func callsNaming(things ...world.Thing) func(*facts, string) ([]int, string) {
	return func(f *facts, operation string) ([]int, string) {
		var calls []int
		for i, r := range f.of(operation) {
			if slices.Contains(things, world.Thing(r.Names)) {
				calls = append(calls, i+1)
			}
		}
		return calls, orReason(calls, "it names no record, and the client has made none before of what it names")
	}
}

func orReason(calls []int, reason string) string {
	if calls == nil {
		return reason
	}
	return ""
}

// deliveries are for faults of at least n deliveries.
func deliveries(n int) func(*facts, string) ([]int, string) {
	return func(f *facts, _ string) ([]int, string) {
		switch {
		case f.deliveries < n:
			return nil, fmt.Sprintf("there were %d deliveries of webhooks", f.deliveries)
		case f.frozen:
			return nil, "deliveries that wait go by the server's clock, which stands"
		}
		return []int{1}, ""
	}
}

func disturb(how webhook.Chaos) func(*Stage, Armed) func() bool {
	return func(s *Stage, _ Armed) func() bool {
		err := s.server.Webhooks.SetChaos(how)
		return func() bool {
			n, _ := s.server.Webhooks.Count(func(*webhook.Delivery) bool { return true })
			return err == nil && n > 0
		}
	}
}

// beyondLimits are the requests of a client that could meet Attio's rate limits.
func beyondLimits(f *facts, _ string) ([]int, string) {
	reads, writes, own := 0, 0, false
	for _, r := range f.requests {
		switch op := operationNamed(r.Operation); {
		case op == nil:
		case op.Write:
			writes++
		default:
			reads++
		}
		if op := operationNamed(r.Operation); op != nil && op.PerSecond > 0 {
			own = own || len(f.of(r.Operation)) > op.PerSecond
		}
	}
	if writes <= 25 && reads <= 100 && !own {
		return nil, fmt.Sprintf("%d reads and %d writes are within the limits of one second", reads, writes)
	}
	return []int{1}, ""
}

// loseAnswers loses the answer of each receiver once, so that Attio sends again what the receiver has.
func loseAnswers(s *Stage, a Armed) func() bool {
	s.server.Webhooks.Hasten(s.retry)
	return disturb(webhook.Chaos{LoseAnswers: 1})(s, a)
}

// limit turns Attio's rate limits on.
func limit(s *Stage, _ Armed) func() bool {
	s.everywhere(func(tx *world.Tx) { tx.Limited = true })
	return func() bool {
		for range s.server.Control.Requests(control.Question{Query: match.Query{Statuses: []int{429}}, Limit: 1}) {
			return true
		}
		return false
	}
}

func (s *Stage) everywhere(change func(*world.Tx)) {
	for _, workspace := range s.server.World.Workspaces() {
		_ = workspace.Update(world.System(), func(tx *world.Tx) error { // a setting, which is never refused
			change(tx)
			return nil
		})
	}
}

func anyRequest(f *facts, _ string) ([]int, string) {
	if len(f.requests) == 0 {
		return nil, "there were no requests"
	}
	return []int{1}, ""
}

// shuffle puts what Attio leaves unordered into another order each time.
func shuffle(s *Stage, _ Armed) func() bool {
	s.everywhere(func(tx *world.Tx) { tx.Effects.ShuffleUnordered = true })
	return func() bool { return true }
}

// midway is the request in the middle of all.
func midway(f *facts, _ string) ([]int, string) {
	switch {
	case len(f.requests) < 2:
		return nil, "there is no second request, before which the clock could jump"
	case f.deliveries > 0:
		return nil, "deliveries of webhooks hold the clock"
	}
	return []int{len(f.requests)/2 + 1}, ""
}

// jump moves the server's clock on by a day.
func jump(s *Stage, a Armed) func() bool {
	return s.ambush(a, func(*api.Call) bool { return s.server.World.Clock.Advance(24*time.Hour) == nil })
}
