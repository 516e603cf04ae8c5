package fake

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// RunChaos is Chaos for anything other than a Go test, such as a command. It calls attempt for each run, several at a time, with a server that
// nobody else uses; an error fails the run, and its text is the log. The context ends when the run takes too long, and attempt has
// to return then. Each run that is over is handed to done, if that is not nil, with how many are over and how many there are; one
// call follows another. If a run cannot be made, RunChaos returns the error with a report of those that were.
func RunChaos(ctx context.Context, attempt func(ctx context.Context, srv *Server) error, done func(run ChaosRun, over, of int), options ...ChaosOption) (ChaosReport, error) {
	config := newChaosConfig(options)
	if err := cmp.Or(config.mistake, config.Check()); err != nil {
		return ChaosReport{}, &OptionError{err}
	}
	if config.Repeat == nil {
		config.Repeat = pairName
	}
	session, err := chaos.Begin(ctx, chaosServers{config, attempt}.run, config.Options)
	if failed, ok := errors.AsType[*chaos.BaselineError](err); ok {
		err = fmt.Errorf("%w\n%s", failed, failed.Attempt.Log)
	}
	if err != nil {
		return ChaosReport{}, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	runs := &chaosRuns{session: session, ctx: ctx, slots: make(chan struct{}, config.parallel), over: done}
	err = runs.all(runs.of(session.Plan(), true))
	if err == nil && config.pairs {
		found := session.Pairs(runs.made)
		runs.expect(len(found))
		var pairs []*chaosRun
		for _, pair := range found {
			pairs = append(pairs, runs.start(pair, true))
		}
		err = runs.all(pairs)
	}
	cancel()
	return ChaosReport{session.Report(runs.made, runs.unmet)}, err
}

// all waits for runs, until one cannot be made.
func (r *chaosRuns) all(runs []*chaosRun) error {
	for _, run := range runs {
		if _, _, err := run.wait(); err != nil {
			return err
		}
	}
	return nil
}

// chaosServers makes attempts on servers in this process.
type chaosServers struct {
	config  chaosConfig
	attempt func(context.Context, *Server) error
}

// run makes the attempts of a job.
func (d chaosServers) run(ctx context.Context, job chaos.Job) (result chaos.Result, err error) {
	first := &chaosAttempt{config: d.config, job: job}
	if result.First, err = d.do(ctx, first); err != nil {
		return result, err
	}
	result.Met = first.stage.Met()
	if !result.First.Hung && (result.First.Failed || job.Again) {
		again, err := d.do(ctx, &chaosAttempt{config: d.config, job: job, after: first})
		result.Again = &again
		return result, err
	}
	return result, nil
}

func (d chaosServers) do(ctx context.Context, a *chaosAttempt) (chaos.Attempt, error) {
	if err := a.start(func(srv *Server) *Server { return srv }); err != nil {
		return chaos.Attempt{}, err
	}
	limited, cancel := context.WithTimeout(ctx, a.job.Timeout)
	defer cancel()
	stop := context.AfterFunc(limited, a.stage.End)
	failed := d.attempt(limited, a.server)
	hung := !stop()
	if !hung {
		a.stage.Settle()
	}
	attempt := a.finish()
	if attempt.Failed, attempt.Hung = failed != nil, hung; failed != nil {
		attempt.Log = failed.Error()
	}
	return attempt, ctx.Err()
}
