package webhook

import (
	"fmt"
	"slices"
	"time"
)

// Chaos is what Attio's delivery guarantees allow but seldom happens: deliveries come at least once, in no
// order, and events may share a request. The zero value does none of it.
type Chaos struct {
	Duplicate int           // how often a delivery that succeeded is sent again, with its Idempotency-Key
	Reorder   int           // this many deliveries to a target wait for each other and are then sent in reverse; below 2, none
	Delay     time.Duration // how much later each delivery goes, on the server's clock
	Batch     int           // how many events of one write may share a delivery; below 2, none
	// LoseAnswers is how many answers to a delivery that its receiver takes are lost: to Attio it has failed, and is retried.
	LoseAnswers int
}

// maxChaos bounds the counts of Chaos.
const maxChaos = 1000

// check refuses values that are out of range.
func (c Chaos) check() error {
	for _, count := range []struct {
		name string
		n    int
	}{{"duplicate", c.Duplicate}, {"reorder", c.Reorder}, {"batch", c.Batch}, {"lose_answers", c.LoseAnswers}} {
		if count.n < 0 || count.n > maxChaos {
			return fmt.Errorf("%s is %d; it has to be from 0 to %d", count.name, count.n, maxChaos)
		}
	}
	if c.Delay < 0 {
		return fmt.Errorf("delay is %v; it cannot be negative", c.Delay)
	}
	return nil
}

// reorderWait is for how long, on the server's clock, deliveries wait for others to overtake them.
const reorderWait = time.Second

// disorder lets a delivery wait until there are n for the target, and then puts them in the queue in reverse.
func (t *target) disorder(d *delivery, n int, now, at time.Time) {
	t.held = slices.DeleteFunc(t.held, func(d *delivery) bool { return !d.queued || d.flush != nil }) // gone meanwhile
	t.held = append(t.held, d)
	t.queue.put(d, later(at, now.Add(reorderWait)))
	if len(t.held) < n {
		return
	}
	for _, held := range slices.Backward(t.held) {
		t.queue.remove(held)
		t.queue.put(held, at)
	}
	t.held = nil
}

// answerLost is the error of an attempt that the receiver took.
const answerLost = "the receiver's answer was lost"

// lose has an attempt count as failed though the receiver took it, as often as the chaos wants. Copies are sent only after a
// success, so none of theirs is lost.
func (e *Engine) lose(d *delivery, a *Attempt) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if a.succeeded() && d.lost < e.chaos.LoseAnswers && d.copies == 0 && !d.Test {
		d.lost++
		a.Error = answerLost
	}
}

// lost reports whether the receiver took the attempt, but Attio got no answer.
func (a Attempt) lost() bool { return a.Error == answerLost }

// Hasten has deliveries whose answer was lost retried after a wait, on the server's clock, in place of Attio's schedule; zero ends that.
func (e *Engine) Hasten(wait time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.haste = wait
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
