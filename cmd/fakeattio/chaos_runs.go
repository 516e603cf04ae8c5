package main

import (
	"context"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
	"github.com/fakeattio/fakeattio/fake/internal/chaos/report"
)

// runs makes runs, several at a time.
type runs struct {
	session  *chaos.Session
	parallel int
	progress *report.Progress

	made  []chaos.Run // in the order of the plan
	unmet []chaos.Case
}

// outcomeOf is what came of one entry of a plan.
type outcomeOf struct {
	run  chaos.Run
	met  bool
	done bool
}

// make makes the runs of a plan, until one cannot be made.
func (r *runs) make(ctx context.Context, plan [][]chaos.Armed) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	outcomes := make([]outcomeOf, len(plan))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(r.parallel, len(plan)) {
		workers.Go(func() {
			for i := range next {
				run, met, err := r.session.Run(ctx, plan[i]...)
				if err != nil {
					cancel(err)
					continue
				}
				outcomes[i] = outcomeOf{run, met, true}
				r.progress.Ended(run, met)
			}
		})
	}
	for i := range plan {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	workers.Wait()
	for i, o := range outcomes {
		switch {
		case !o.done:
		case o.met:
			r.made = append(r.made, o.run)
		default:
			r.unmet = append(r.unmet, plan[i][0].Case)
		}
	}
	return context.Cause(ctx)
}
