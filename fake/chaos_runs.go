package fake

import (
	"context"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// chaosRuns are the runs that Chaos has begun.
type chaosRuns struct {
	session *chaos.Session
	ctx     context.Context // ends with Chaos
	cancel  func()          // ends it
	slots   chan struct{}   // as many as runs go at a time

	telling sync.Mutex
	over    func(run ChaosRun, over, of int) // called after each run; may be nil
	planned int
	ended   int

	made  []chaos.Run // in the order in which the subtests wait for them
	unmet []chaos.Run
}

// chaosRun is a run that may be under way.
type chaosRun struct {
	runs   *chaosRuns
	faults []chaos.Armed
	once   sync.Once
	done   chan struct{}

	run chaos.Run
	met bool
	err error
}

// of returns the runs of a plan, and begins them at once if they will all be needed.
func (r *chaosRuns) of(plan []chaos.Armed, now bool) []*chaosRun {
	r.expect(len(plan))
	var all []*chaosRun
	for _, armed := range plan {
		all = append(all, r.start([]chaos.Armed{armed}, now))
	}
	return all
}

// start returns a run, and begins it at once or when somebody waits for it.
func (r *chaosRuns) start(faults []chaos.Armed, now bool) *chaosRun {
	run := &chaosRun{runs: r, faults: faults, done: make(chan struct{})}
	if now {
		go run.begin()
	}
	return run
}

func (r *chaosRun) begin() {
	r.once.Do(func() {
		defer close(r.done)
		r.runs.slots <- struct{}{}
		defer func() { <-r.runs.slots }()
		r.run, r.met, r.err = r.runs.session.Run(r.runs.ctx, r.faults...)
		r.runs.tell(r)
	})
}

// expect adds to the number of runs that there are.
func (r *chaosRuns) expect(n int) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.planned += n
}

// tell reports a run that has ended.
func (r *chaosRuns) tell(of *chaosRun) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.ended++
	if r.over != nil && of.err == nil {
		r.over(newChaosRun(of.run), r.ended, r.planned)
	}
}

// wait returns a run once it has ended, and keeps it for the report.
func (r *chaosRun) wait() (run chaos.Run, met bool, err error) {
	r.begin()
	<-r.done
	switch {
	case r.err != nil:
	case r.met:
		r.runs.made = append(r.runs.made, r.run)
	default:
		r.runs.unmet = append(r.runs.unmet, r.run)
	}
	return r.run, r.met, r.err
}

func (r *chaosRun) place() string { return r.faults[0].Place() }

func (r *chaosRun) name() string { return chaos.NameOf(chaos.Cases(r.faults)) }
