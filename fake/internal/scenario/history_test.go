package scenario_test

import (
	"strings"
	"testing"
)

// Clients may write a history that began before the time of computers.
func TestHistoriesMayBeginBeforeTheClockCan(t *testing.T) {
	t.Parallel()
	const history = `history: {job_title: [{value: Captain, from: 1969-01-01T00:00:00Z, until: 1990-01-01T00:00:00Z}]}`
	file := export(t, `
version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    objects: {people: {records: {grace: {created_at: 2025-01-01T00:00:00Z, `+history+`}}}}
`)
	if !strings.Contains(file, history) {
		t.Errorf("the history is not in\n%s", file)
	}
}
