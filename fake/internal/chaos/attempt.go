package chaos

import (
	"context"
	"time"
)

// Driver makes the attempts of a job, the first on a server that holds what the scenario says. It is called by several
// goroutines.
type Driver func(ctx context.Context, job Job) (Result, error)

// Job is what a Driver is asked for: a first attempt under faults. If it fails, or Again is set, a second attempt without
// faults follows on what the first left.
type Job struct {
	Faults  []Armed       `json:"faults"`
	Slow    time.Duration `json:"slow"`    // by how much the fault slow delays an answer
	Retry   time.Duration `json:"retry"`   // how long the fault failed-then-retried waits; 0 for as long as Attio
	Timeout time.Duration `json:"timeout"` // of each attempt; 0 for none
	Again   bool          `json:"again"`
}

// Armed is a fault with the call that it hits.
type Armed struct {
	Case
	At int `json:"at"` // which call of the operation, from 1; for the server, which of all requests
}

// Result is what came of a job.
type Result struct {
	Met   []bool   `json:"met"` // by fault: whether the client met it
	First Attempt  `json:"first"`
	Again *Attempt `json:"again,omitempty"`
}

// Attempt is how one attempt ended, and what it left.
type Attempt struct {
	Broken     string        `json:"broken,omitempty"` // what has failed, if that is not the client: then there is nothing to judge
	Failed     bool          `json:"failed"`
	Hung       bool          `json:"hung"` // it did not end within the time-out
	Lost       bool          `json:"lost"` // its process ended, and its server with it: nobody knows the final state
	Log        string        `json:"log"`
	Duration   time.Duration `json:"duration"`
	Requests   []Request     `json:"requests"`
	Deliveries int           `json:"deliveries"`
	Frozen     bool          `json:"frozen"` // the server's clock stood at the end
	Effect     Effect        `json:"effect"`
}

// Effect is what the client's requests have changed in the end, with all that an earlier attempt of the same job had
// changed. What the test itself arranged is not in it.
type Effect struct {
	Changes []Change `json:"changes"`
	Gone    []Gone   `json:"gone,omitempty"` // what faults have taken away, which is not compared
}

// Gone is a record, an entry, a note or a task that a fault has taken away.
type Gone struct {
	ID      string  `json:"id"`
	Made    *Change `json:"made,omitempty"`    // as it was, if the client had made it
	Becomes string  `json:"becomes,omitempty"` // the record in which it lives on
}

// Change is what has become of one thing.
type Change struct {
	Workspace string         `json:"workspace"`
	Thing     string         `json:"thing"`
	In        string         `json:"in,omitempty"`
	ID        string         `json:"id"`
	Action    string         `json:"action"` // created, changed, deleted
	Values    map[string]any `json:"values"` // the values that are new, or those that a deleted thing had, without times and authors
}
