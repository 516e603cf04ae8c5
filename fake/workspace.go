package fake

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Workspace is one workspace of a server. What a test does through it follows the same rules as what a client does; a
// mistake fails the test.
type Workspace struct {
	server *Server
	inner  *world.Workspace
	as     *world.Author   // who writes; nil for the first admin
	moment *world.Snapshot // the moment of the past that it is read at; nil for the present
}

func (w *Workspace) state() *world.State { return w.inner.View() }

// seeded returns the id of what the scenario has at a path below the workspace.
func (w *Workspace) seeded(path string) attio.ID { return w.state().SeededID(path) }

// keyed returns the id of a thing by its key in a section of the scenario, or of what is an id already.
func (w *Workspace) keyed(section, keyOrID string) attio.ID {
	return w.state().Keyed(section, keyOrID)
}

// ID returns the workspace id.
func (w *Workspace) ID() string { return string(w.state().ID) }

// Slug returns the slug, which never changes.
func (w *Workspace) Slug() string { return w.state().Slug }

// Name returns the name.
func (w *Workspace) Name() string { return w.state().Name }

// Rename changes the name.
func (w *Workspace) Rename(name string) {
	w.server.helper()
	w.update(func(tx *world.Tx) error {
		tx.Rename(name)
		return nil
	})
}

// SetLimits turns Attio's rate limits on or off, on the server's clock: 100 reads and 25 writes a second, fewer of some
// operations, and a limit on the weight of queries over ten seconds.
func (w *Workspace) SetLimits(on bool) {
	w.server.helper()
	w.update(func(tx *world.Tx) error {
		tx.Limited = on
		return nil
	})
}

// As returns a view of the workspace whose writes are attributed to a member, named as Member takes it. Without As the author
// is the first admin. A suspended member cannot write: As fails the test.
func (w *Workspace) As(key string) *Workspace {
	w.server.helper()
	as := *w
	member := w.member(key)
	if member == nil {
		return &as
	}
	if err := member.CanAct(); err != nil {
		w.server.fatalf("fake: workspace %q: %v", w.Slug(), err)
	}
	as.as = new(world.MemberAuthor(member.ID))
	return &as
}

// AsSystem returns a view of the workspace whose writes are attributed to Attio itself, and to no member. It cannot write
// what only Attio can.
func (w *Workspace) AsSystem() *Workspace {
	as := *w
	as.as = new(world.System())
	return &as
}

// author is who writes through w.
func (w *Workspace) author() world.Author {
	if w.as != nil {
		return *w.as
	}
	return w.state().DefaultAuthor()
}

func (w *Workspace) update(change func(*world.Tx) error) {
	w.server.helper()
	if err := w.inner.Update(w.author(), change); err != nil {
		w.server.fatalf("fake: workspace %q: %s", w.Slug(), explain(err))
	}
}

// fixed is a field of a thing that an edit has to leave as it is.
type fixed struct {
	field   string
	changed bool
}

// keeps fails the test if an edit changed what cannot be changed.
func (w *Workspace) keeps(thing, name string, fields ...fixed) bool {
	w.server.helper()
	for _, f := range fields {
		if f.changed {
			w.server.fatalf("fake: workspace %q: %s %q: its %s cannot be changed", w.Slug(), thing, name, f.field)
			return false
		}
	}
	return true
}
