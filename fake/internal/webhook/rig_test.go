package webhook

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

const (
	hookURL = "https://receiver.internal/hook"
	secret  = "0123456789abcdef"
)

// rig is an engine with one workspace, whose webhooks subscribe to new tasks.
type rig struct {
	*Engine
	t         testing.TB
	workspace *world.Workspace
	tasks     int
}

func newRig(t testing.TB, start world.Start) *rig {
	t.Helper()
	state, err := world.Build("acme", "Acme", noon, func(*world.Tx) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	seed := int64(7)
	w := world.New(&world.Seed{Clock: start, Random: &seed, Workspaces: []*world.State{state}})
	r := &rig{t: t, Engine: NewEngine(w, nil)}
	r.workspace, _ = w.Workspace("acme")
	t.Cleanup(r.stop)
	return r
}

func (r *rig) stop() {
	r.world.Clock.Close()
	r.Close()
}

func (r *rig) update(change func(*world.Tx) error) {
	r.t.Helper()
	if err := r.workspace.Update(world.Author{Actor: attio.Actor{Type: attio.ActorSystem}}, change); err != nil {
		r.t.Fatal(err)
	}
}

// hook makes a webhook for new tasks and returns its id.
func (r *rig) hook(url string) attio.ID {
	r.t.Helper()
	id := attio.PathID("acme/webhooks/" + url)
	subscriptions := []world.Subscription{{EventType: "task.created"}}
	r.update(func(tx *world.Tx) error {
		_, err := tx.CreateWebhook(id, secret, world.WebhookEdit{TargetURL: &url, Subscriptions: &subscriptions})
		return err
	})
	return id
}

// answered makes a webhook whose receiver is a handler.
func (r *rig) answered(h http.HandlerFunc) attio.ID {
	r.t.Helper()
	r.Handle(hookURL, h)
	return r.hook(hookURL)
}

// add creates n tasks in transactions of their own. Their ids are consecutive.
func (r *rig) add(n int) {
	r.t.Helper()
	for range n {
		r.update(r.task)
	}
}

func (r *rig) task(tx *world.Tx) error {
	r.tasks++
	_, err := tx.CreateTask(taskID(r.tasks), "Call", world.TaskEdit{})
	return err
}

func taskID(n int) attio.ID { return attio.ID(fmt.Sprintf("00000000-0000-4000-8000-%012d", n)) }

func (r *rig) status(id attio.ID) world.WebhookStatus {
	r.t.Helper()
	webhook, ok := r.workspace.View().Webhook(id)
	if !ok {
		r.t.Fatalf("webhook %s is gone", id)
	}
	return webhook.Status
}

// states counts the deliveries in the log by their state.
func (r *rig) states() map[State]int {
	count := make(map[State]int)
	for _, d := range r.Deliveries() {
		count[d.State]++
	}
	return count
}

// inbox is a receiver that records what it gets.
type inbox struct {
	clock  *world.Clock
	mu     sync.Mutex
	keys   []string        // the Idempotency-Keys
	bodies []string        // whole
	at     []time.Duration // since noon, on the server's clock
	answer func(n int) int // the status of the n-th answer, from 1 on; nil to always answer 200
}

func (b *inbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.keys = append(b.keys, r.Header.Get("Idempotency-Key"))
	b.bodies = append(b.bodies, string(body))
	if b.clock != nil {
		b.at = append(b.at, b.clock.Now().Sub(noon))
	}
	if b.answer != nil {
		w.WriteHeader(b.answer(len(b.keys)))
	}
}

func (b *inbox) times() []time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.at)
}

func (b *inbox) all() (keys, bodies []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.keys), slices.Clone(b.bodies)
}

// body is the body of a delivery about new tasks, by their numbers.
func (r *rig) body(hook attio.ID, tasks ...int) string {
	events := ""
	for i, n := range tasks {
		if i > 0 {
			events += ","
		}
		events += fmt.Sprintf(`{"event_type":"task.created","id":{"workspace_id":%q,"task_id":%q},"actor":{"type":"system","id":null}}`,
			attio.PathID("acme"), taskID(n))
	}
	return fmt.Sprintf(`{"webhook_id":%q,"events":[%s]}`, hook, events)
}

// always answers with the same status.
func always(status int) func(int) int { return func(int) int { return status } }
