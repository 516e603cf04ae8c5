package control

import (
	"slices"
	"sort"
	"sync"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// The bounds of the moments. Beyond them they forget the oldest states.
const (
	// maxWrites is how many of the latest requests that wrote keep the states before and after.
	maxWrites = 4000
	// maxMomentBytes bounds what is kept only for moments, by the world's estimate. States share memory, so each is
	// charged with what the next one does not share with it.
	maxMomentBytes = 64 << 20
)

// The sizes of what moments keep beside the states.
const (
	eventBytes = 160
	placeBytes = 8 // of one workspace in a roster
)

// Moments keep the states that the workspaces have been in. Each event, such as a commit, leads from one position to the
// next, so a position stands for one state of everything. To keep a state costs a pointer.
type Moments struct {
	world *world.World

	mu       sync.Mutex
	used     bool  // a request was made, so there is somebody to ask for moments
	last     int64 // the present position
	horizon  int64 // the oldest position that is kept
	states   map[*world.Workspace]*timeline[*world.State]
	rosters  timeline[world.Roster]
	events   []event // after the horizon, oldest first
	bytes    int64   // charged to the events
	maxBytes int64
}

// event is what led to a position, and what it costs to keep the position before.
type event struct {
	position   int64
	bytes      int64
	workspaces []*world.Workspace // whose states changed
	roster     bool               // whether the roster changed
}

// timeline holds the values that something has had, oldest first.
type timeline[T any] struct{ points []point[T] }

// point is a value from a position on.
type point[T any] struct {
	position int64
	value    T
}

// at returns the value at a position, or the zero value if there was none yet.
func (t *timeline[T]) at(position int64) T {
	i := sort.Search(len(t.points), func(i int) bool { return t.points[i].position > position })
	if i == 0 {
		var none T
		return none
	}
	return t.points[i-1].value
}

// latest returns the latest value, or the zero value if there is none.
func (t *timeline[T]) latest() T {
	if len(t.points) == 0 {
		var none T
		return none
	}
	return t.points[len(t.points)-1].value
}

// forget drops the values that ended at or before a position.
func (t *timeline[T]) forget(position int64) {
	for len(t.points) > 1 && t.points[1].position <= position {
		t.points[0] = point[T]{} // otherwise the array would keep it alive
		t.points = t.points[1:]
	}
}

// newMoments begins with the present state of a world, which it watches.
func newMoments(w *world.World) *Moments {
	m := &Moments{world: w, maxBytes: maxMomentBytes, states: make(map[*world.Workspace]*timeline[*world.State])}
	m.replaced()
	w.Watch(m)
	return m
}

// Committed implements world.Watcher: it keeps the state after a commit.
func (m *Moments) Committed(c world.Commit) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if states, ok := m.states[c.Workspace]; !ok || states.latest() == nil {
		return // not added yet, or removed already
	}
	e := m.next()
	e.bytes += m.put(&e, c.Workspace, c.After, c.After)
	if present := m.world.Roster(); !present.SameUsers(m.rosters.latest()) {
		m.enrol(&e, m.rosters.latest().WithUsers(present))
	}
	m.add(e)
}

// Added implements world.Watcher: it keeps the first state of a clone.
func (m *Moments) Added(workspace *world.Workspace) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.next()
	m.put(&e, workspace, workspace.View(), nil)
	m.enrol(&e, m.world.Roster())
	m.add(e)
}

// Removed implements world.Watcher: it ends a workspace.
func (m *Moments) Removed(workspace *world.Workspace) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.next()
	m.end(&e, workspace)
	m.enrol(&e, m.world.Roster())
	m.add(e)
}

// WasReset implements world.Watcher: the seed or a snapshot has replaced everything.
func (m *Moments) WasReset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.replaced()
}

// replaced keeps the present state of everything.
func (m *Moments) replaced() {
	e := m.next()
	roster := m.world.Roster()
	for _, workspace := range roster.Workspaces() {
		e.bytes += m.put(&e, workspace, workspace.View(), workspace.View())
	}
	m.enrol(&e, roster)
	for workspace, states := range m.states {
		if states.latest() != nil && !slices.Contains(roster.Workspaces(), workspace) {
			m.end(&e, workspace)
		}
	}
	m.add(e)
}

// next begins the next event.
func (m *Moments) next() event {
	m.last++
	return event{position: m.last, bytes: eventBytes}
}

// put keeps the new state of a workspace, or nil for none any more, and returns what keeping the old one costs beside another state that
// exists.
func (m *Moments) put(e *event, workspace *world.Workspace, state, beside *world.State) (bytes int64) {
	states, ok := m.states[workspace]
	if !ok {
		states = new(timeline[*world.State])
		m.states[workspace] = states
	}
	if old := states.latest(); old != nil && beside != nil {
		bytes = old.CostBeside(beside)
	}
	states.points = append(states.points, point[*world.State]{e.position, state})
	e.workspaces = append(e.workspaces, workspace)
	return bytes
}

// end ends a workspace. What it held alone costs as much as it differs from the most similar workspace of its origin.
func (m *Moments) end(e *event, workspace *world.Workspace) {
	var old *world.State
	if states, ok := m.states[workspace]; ok {
		old = states.latest()
	}
	m.put(e, workspace, nil, nil)
	if old == nil {
		return
	}
	least := old.CostBesideSeed()
	for _, other := range m.world.Roster().Workspaces() {
		if state := other.View(); state.Origin == old.Origin {
			least = min(least, old.CostBeside(state))
		}
	}
	e.bytes += least
}

// enrol keeps a roster.
func (m *Moments) enrol(e *event, roster world.Roster) {
	m.rosters.points = append(m.rosters.points, point[world.Roster]{e.position, roster})
	e.roster = true
	e.bytes += placeBytes * int64(len(roster.Workspaces()))
}

// add adds an event, and forgets the oldest beyond the bound. Before the first request it forgets all: nobody can ask for a
// state that no request saw.
func (m *Moments) add(e event) {
	m.events = append(m.events, e)
	m.bytes += e.bytes
	if !m.used {
		m.forget(m.last)
	}
	for m.bytes > m.maxBytes && len(m.events) > 0 {
		m.forget(m.events[0].position)
	}
}

// forget makes a position the oldest that is kept.
func (m *Moments) forget(before int64) {
	for len(m.events) > 0 && m.events[0].position <= before {
		e := m.events[0]
		m.events[0] = event{}
		m.events = m.events[1:]
		m.bytes -= e.bytes
		for _, workspace := range e.workspaces {
			states := m.states[workspace]
			if states == nil {
				continue // the event changed it twice
			}
			states.forget(e.position)
			if len(states.points) == 1 && states.points[0].value == nil {
				delete(m.states, workspace)
			}
		}
		if e.roster {
			m.rosters.forget(e.position)
		}
		m.horizon = e.position
	}
}

// use says that requests are being made from now on.
func (m *Moments) use() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.used = true
}

// clear forgets all moments but the present one, until there are requests again.
func (m *Moments) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.used = false
	m.forget(m.last)
}

// forgetBefore makes a position the oldest that is kept, and returns the oldest, which may be later.
func (m *Moments) forgetBefore(position int64) (horizon int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget(position)
	return m.horizon
}

// span returns the span of a request that has just been answered.
func (m *Moments) span(arrived world.Reading, commits []world.Commit) span {
	answered := m.world.Clock.Read()
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(commits) == 0 {
		return span{m.last, m.last, arrived, answered}
	}
	first, last := commits[0], commits[len(commits)-1]
	return span{m.positionOf(first) - 1, m.positionOf(last), arrived, answered}
}

// positionOf returns the position of a recent commit; for one that is forgotten already, a position that is not kept.
func (m *Moments) positionOf(c world.Commit) int64 {
	if states, ok := m.states[c.Workspace]; ok {
		for _, p := range slices.Backward(states.points) {
			if p.value == c.After {
				return p.position
			}
		}
	}
	return m.horizon - 1
}

// snapshot returns everything at a position, or false if it is not kept any more.
func (m *Moments) snapshot(position int64, clock world.Reading) (*world.Snapshot, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if position < m.horizon {
		return nil, false
	}
	return m.world.SnapshotAt(m.rosters.at(position), clock, func(workspace *world.Workspace) *world.State {
		states, ok := m.states[workspace]
		if !ok {
			return nil
		}
		return states.at(position)
	}), true
}
