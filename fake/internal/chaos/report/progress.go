package report

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// Progress shows runs while they end, one after another.
type Progress struct {
	to    io.Writer
	live  bool // the terminal can write over its last line
	now   func() time.Time
	total int
	start time.Time

	mu       sync.Mutex
	done     int
	findings int
	status   int // the width of the line that shows how far it is
}

// NewProgress begins to show so many runs. If live, everything but findings is one line that is written anew.
func NewProgress(to io.Writer, live bool, total int, now func() time.Time) *Progress {
	return &Progress{to: to, live: live, now: now, total: total, start: now()}
}

// More adds to the number of runs.
func (p *Progress) More(runs int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total += runs
}

// Ended shows a run, or that the client did not meet its fault.
func (p *Progress) Ended(run chaos.Run, met bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	finding := met && !run.Accepted
	if finding {
		p.findings++
	}
	if !p.live || finding {
		verdict := "not met"
		if met {
			verdict = string(run.Verdict)
		}
		p.clear()
		_, _ = fmt.Fprintf(p.to, "%*d/%d  %-15s  %s  (%s)\n", len(fmt.Sprint(p.total)), p.done, p.total, verdict, fault(run), duration(run.Duration))
	}
	if p.live {
		p.clear()
		line := fmt.Sprintf("%d/%d runs, %s, %s left", p.done, p.total, count(p.findings, "finding"), duration(p.left()))
		p.status = len(line)
		_, _ = io.WriteString(p.to, line)
	}
}

// Close removes the line that shows how far it is.
func (p *Progress) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

// left estimates the time that the other runs take, in milliseconds.
func (p *Progress) left() float64 {
	passed := p.now().Sub(p.start).Seconds() * 1000
	return passed / float64(p.done) * float64(p.total-p.done)
}

func (p *Progress) clear() {
	if p.status > 0 {
		_, _ = io.WriteString(p.to, "\r"+strings.Repeat(" ", p.status)+"\r")
		p.status = 0
	}
}
