package webhook

import "time"

// The schedule of retries.
const (
	// maxRetries is how often a failed delivery is retried, according to Attio's webhook guide.
	maxRetries = 10
	// firstRetry is the wait after the first failure; each further wait is twice as long. All ten take 51 hours: the guide
	// speaks of about three days, but webhooks recorded in May 2026 were degraded within 57 hours of their creation.
	firstRetry = 3 * time.Minute
)

// backoff returns the wait after the n-th failure.
func backoff(n int) time.Duration { return firstRetry << (n - 1) }

// retry schedules the next attempt of a delivery after a failed one, or drops it if there is no point in one.
func (e *Engine) retry(t *target, d *delivery, failed Attempt) {
	if reason := e.pointless(d); reason != "" {
		e.drop(d, reason)
		return
	}
	wait := backoff(d.tries)
	if failed.lost() && e.haste > 0 {
		wait = e.haste
	}
	d.State = Retrying
	t.queue.put(d, e.world.Clock.Now().Add(wait))
	e.era.changed()
}

// lastTry reports whether a delivery whose latest attempt failed is not retried.
func (d *delivery) lastTry() bool { return d.tries > maxRetries || d.Test }
