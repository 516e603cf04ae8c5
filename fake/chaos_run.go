package fake

import (
	"cmp"
	"context"
	"errors"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// RunChaos is Chaos for anything other than a Go test, such as a command. It calls attempt for each run, several at a time, with a server that
// nobody else uses; an error fails the run, and its text is the log, but a ChaosBroken says that the run could not be made. The
// context ends when the run takes too long, and attempt has to return then. Each run that is over is handed to done, if that is not nil,
// with how many are over and how many there are; one call follows another. If a run cannot be made, or the context ends, RunChaos
// returns the error, or the context's cause, with a report of the runs that were made.
func RunChaos(ctx context.Context, attempt func(ctx context.Context, srv *Server) error, done func(run ChaosRun, over, of int), options ...ChaosOption) (ChaosReport, error) {
	config := newChaosConfig(options)
	if err := cmp.Or(config.mistake, config.Check()); err != nil {
		return ChaosReport{}, &OptionError{err}
	}
	if config.Repeat == nil {
		config.Repeat = chaos.NameOf
	}
	session, err := chaos.Begin(ctx, chaosServers{config, attempt}.run, config.Options)
	if err = interrupted(ctx, err); err != nil {
		return ChaosReport{chaos.NoReport(err)}, err
	}
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	runs := &chaosRuns{session: session, ctx: running, cancel: cancel, slots: make(chan struct{}, config.parallel), over: done}
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
	report := session.Report(runs.made, runs.unmet)
	if err = interrupted(ctx, err); err != nil {
		report.Incomplete = err.Error()
	}
	return ChaosReport{report}, err
}

// interrupted returns the cause of the end of a context, if there is an error and that is why.
func interrupted(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// ChaosBroken is an error for which the client under test is not to blame, such as a port that cannot be opened.
type ChaosBroken struct{ Err error }

func (e *ChaosBroken) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *ChaosBroken) Unwrap() error { return e.Err }

// all waits for runs. If one cannot be made, it ends those that are under way, and returns the error once all have ended.
func (r *chaosRuns) all(runs []*chaosRun) (err error) {
	for _, run := range runs {
		if _, _, failed := run.wait(); failed != nil && err == nil {
			err = failed
			r.cancel()
		}
	}
	return err
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
	if broken, ok := errors.AsType[*ChaosBroken](failed); ok {
		return attempt, broken
	}
	if attempt.Failed, attempt.Hung = failed != nil, hung; failed != nil {
		attempt.Log = failed.Error()
	}
	return attempt, ctx.Err()
}
