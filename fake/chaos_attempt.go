package fake

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// chaosAttempt is one attempt, on a server of its own.
type chaosAttempt struct {
	config  chaosConfig
	job     chaos.Job
	after   *chaosAttempt // the one on whose state it begins, or nil
	server  *Server
	stage   *chaos.Stage
	elapsed func() time.Duration
	ended   *world.Seed // what it left; nil before finish
}

// start starts the server, from the scenario or from what the attempt before has left.
func (a *chaosAttempt) start(view func(*Server) *Server) error {
	options := a.config.server
	if a.after != nil {
		options = append(options[:len(options):len(options)], func(c *config) { c.present = a.after.ended })
	}
	server, err := Start(options...)
	if err != nil {
		return err
	}
	a.server = view(server)
	arms := chaos.Server{Control: server.control, World: server.world, Webhooks: server.webhooks, Faults: &server.faults}
	if a.after != nil {
		server.webhooks.TakeReceivers(a.after.server.webhooks)
		a.stage = a.after.stage.Next(arms)
	} else {
		a.config.prepare(a.server)
		server.control.ClearRequests() // what was prepared is nothing that the client did
		a.stage = chaos.NewStage(arms, a.job)
	}
	a.elapsed = server.world.Clock.Stopwatch()
	return nil
}

// finish closes the server, and returns what there is to tell.
func (a *chaosAttempt) finish() chaos.Attempt {
	elapsed := a.elapsed()
	a.server.Close()
	if a.config.FreeTime {
		time.Sleep(leftover)
	}
	a.ended = a.server.world.Present()
	a.ended.Random = nil // otherwise new things would get the ids of those that there are
	attempt := a.stage.Attempt()
	attempt.Duration = elapsed
	return attempt
}

// leftover is how long a bubble goes on, so that what the test has left behind, such as a handler that was not waited for, comes to
// its end: the time of a bubble stops when the test ends.
const leftover = 10 * time.Minute
