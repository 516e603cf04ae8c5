package fault

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/match"
)

// Injector holds the rules of a server and decides which requests they hit. The zero value has no rules.
type Injector struct {
	mu    sync.Mutex
	rules []*active
	last  int                      // the number of the newest rule
	ended bool                     // closed: no request waits any more
	waits map[string]chan struct{} // by workspace, "" for none; closing the channel ends the waiting of its requests
}

// active is a rule with its counts.
type active struct {
	Rule
	query      match.Query
	seen, hits int
	random     *rand.Rand
}

func newActive(rule Rule) *active {
	return &active{Rule: rule, query: rule.Query(), random: rand.New(rand.NewPCG(uint64(rule.Seed), 0))}
}

// Status is a rule with its counts.
type Status struct {
	Rule
	Seen int `json:"seen"` // requests that it matched
	Hits int `json:"hits"` // how many of these went wrong
}

// ErrIDTaken is the error for an id that another rule has.
var ErrIDTaken = errors.New("there is already a rule with this id")

// Add adds a rule and returns its id, which it assigns if the rule has none. If several rules hit a request, the
// oldest acts; delays add up.
func (in *Injector) Add(rule Rule) (string, error) {
	if err := rule.Check(); err != nil {
		return "", err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if rule.ID == "" {
		in.last++
		rule.ID = fmt.Sprintf("fault-%d", in.last)
	}
	if in.index(rule.ID) >= 0 {
		return "", fmt.Errorf("%q: %w", rule.ID, ErrIDTaken)
	}
	in.rules = append(in.rules, newActive(rule))
	return rule.ID, nil
}

// Remove removes a rule and reports whether it existed.
func (in *Injector) Remove(id string) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	i := in.index(id)
	if i >= 0 {
		in.rules = slices.Delete(in.rules, i, i+1)
	}
	return i >= 0
}

// Retain removes the rules for workspaces that are gone, and ends the waiting of requests to them.
func (in *Injector) Retain(there func(workspace string) bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.release(func(workspace string) bool { return workspace != "" && !there(workspace) })
	in.rules = slices.DeleteFunc(in.rules, func(r *active) bool {
		workspace := r.Workspace
		if slug, _, qualified := strings.Cut(r.Token, "/"); workspace == "" && qualified {
			workspace = slug
		}
		return workspace != "" && !there(workspace)
	})
}

// Clear removes all rules and ends the waiting of the requests that they hit.
func (in *Injector) Clear() { in.Set(nil) }

// Set replaces all rules. The new ones must be checked and have distinct ids.
func (in *Injector) Set(rules []Rule) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.rules = nil
	in.release(all)
	for _, rule := range rules {
		in.rules = append(in.rules, newActive(rule))
	}
}

// Rules lists the rules with their counts, oldest first.
func (in *Injector) Rules() []Status {
	in.mu.Lock()
	defer in.mu.Unlock()
	rules := make([]Status, len(in.rules))
	for i, r := range in.rules {
		rules[i] = Status{r.Rule, r.seen, r.hits}
	}
	return rules
}

// Left lists what is left of the rules, oldest first, for a server that continues from here: After and Times are
// reduced by what has passed and hit, and spent rules are left out. Every starts counting again, and a probability
// draws the same sequence again.
func (in *Injector) Left() []Rule {
	var left []Rule
	for _, r := range in.Rules() {
		if r.Times > 0 && r.Hits >= r.Times {
			continue
		}
		if r.Times > 0 {
			r.Times -= r.Hits
		}
		r.After = max(0, r.After-r.Seen)
		left = append(left, r.Rule)
	}
	return left
}

// Status returns a rule with its counts.
func (in *Injector) Status(id string) (Status, bool) {
	rules := in.Rules()
	i := slices.IndexFunc(rules, func(s Status) bool { return s.ID == id })
	if i < 0 {
		return Status{}, false
	}
	return rules[i], true
}

// Injection is what happens to one request.
type Injection struct {
	Rules []string      // the ids of the rules that hit it
	Kind  Kind          // empty for a delay alone
	Delay time.Duration // comes first
}

// Hit counts a request before it is answered, and returns what happens to it, if anything.
func (in *Injector) Hit(q Request) (Injection, bool) {
	return in.inject(q, func(r *active) bool { return r.Status == 0 })
}

// HitAnswer is Hit for the rules that select by the status of the answer, once it is known.
func (in *Injector) HitAnswer(q Request) (Injection, bool) {
	return in.inject(q, func(r *active) bool { return r.Status != 0 })
}

// AwaitsAnswer reports whether a rule for this request selects by the status of the answer.
func (in *Injector) AwaitsAnswer(q Request) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return slices.ContainsFunc(in.rules, func(r *active) bool {
		q.Status = r.Status
		return r.Status != 0 && !r.spent() && r.query.Matches(q.Request)
	})
}

func (in *Injector) inject(q Request, asked func(*active) bool) (Injection, bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	var injection Injection
	for _, r := range in.rules {
		if !asked(r) || injection.Kind != "" && r.Kind != Slow || !r.hit(q) {
			continue
		}
		injection.Rules = append(injection.Rules, r.ID)
		injection.Delay += time.Duration(r.Delay)
		if r.Kind != Slow {
			injection.Kind = r.Kind
		}
	}
	return injection, injection.Rules != nil
}

// spent reports whether the rule has hit as often as it may.
func (r *active) spent() bool { return r.Times > 0 && r.hits >= r.Times }

func (r *active) matches(q Request) bool {
	return r.Kind.befallsNamed(q.Operation) && r.query.Matches(q.Request) && (r.When == nil || r.When(q.HTTP))
}

// hit counts a request if the rule matches it, and reports whether it goes wrong.
func (r *active) hit(q Request) bool {
	if r.spent() || !r.matches(q) {
		return false
	}
	r.seen++
	late := r.seen - r.After
	switch {
	case late <= 0, r.Every > 1 && late%r.Every != 0:
		return false
	case r.Probability > 0 && r.random.Float64() >= r.Probability:
		return false
	}
	r.hits++
	return true
}

// Wait delays a request to a workspace ("" for none) in real time, or forever if the delay is negative. It returns an
// error early if the context ends, the rules are cleared, the workspace is or was removed, or the injector closes.
func (in *Injector) Wait(ctx context.Context, workspace string, removed func() bool, delay time.Duration) error {
	released := in.released(workspace)
	if removed() {
		return context.Canceled
	}
	over := make(<-chan time.Time)
	if delay >= 0 {
		timer := time.NewTimer(delay)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-over:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-released:
		return context.Canceled
	}
}

// Close ends all waiting, including that of later requests.
func (in *Injector) Close() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.ended = true
	in.release(all)
}

// released returns a channel that is closed when requests to a workspace must stop waiting.
func (in *Injector) released(workspace string) <-chan struct{} {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.waits == nil {
		in.waits = make(map[string]chan struct{})
	}
	waits, ok := in.waits[workspace]
	if !ok {
		waits = make(chan struct{})
		in.waits[workspace] = waits
	}
	if in.ended {
		in.release(all)
	}
	return waits
}

// release ends the waiting of requests to some workspaces. The caller must hold mu.
func (in *Injector) release(gone func(workspace string) bool) {
	for workspace, waits := range in.waits {
		if gone(workspace) {
			close(waits)
			delete(in.waits, workspace)
		}
	}
}

func all(string) bool { return true }

func (in *Injector) index(id string) int {
	return slices.IndexFunc(in.rules, func(r *active) bool { return r.ID == id })
}
