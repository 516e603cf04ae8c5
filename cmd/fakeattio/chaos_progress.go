package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// progress shows runs while they end, one after another.
type progress struct {
	to    io.Writer
	live  bool // the terminal can write over its last line
	now   func() time.Time
	start time.Time

	mu       sync.Mutex
	findings int
	status   statusLine
}

// newProgress begins to show runs. If live, everything but findings is one line that is written anew.
func newProgress(to io.Writer, live bool, now func() time.Time) *progress {
	p := &progress{to: to, live: live, now: now, start: now(), status: statusLine{to: to}}
	if live {
		p.status.show("two runs without a fault first")
	}
	return p
}

// ended shows a run, with how many have ended and how many there are.
func (p *progress) ended(run fake.ChaosRun, over, of int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	verdict := string(run.Verdict)
	if verdict == "" {
		verdict = "not met"
	}
	finding := run.Verdict != "" && !run.Accepted
	if finding {
		p.findings++
	}
	p.status.clear()
	if !p.live || finding {
		_, _ = fmt.Fprintf(p.to, "%*d/%d  %-15s  %s  (%s)\n", len(fmt.Sprint(of)), over, of, verdict, run.Name, rounded(run.Duration))
	}
	if p.live {
		p.status.show(fmt.Sprintf("%d/%d runs, %s, about %s left", over, of, count(p.findings, "finding"), timeLeft(p.now().Sub(p.start), over, of)))
	}
}

// close removes the line that shows how far it is.
func (p *progress) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status.clear()
}
