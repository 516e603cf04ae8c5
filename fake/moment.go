package fake

import (
	"errors"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Moment is everything that a server held right before or right after a request. It can only be read: a write through it fails
// the test. To go on from a moment, restore it.
type Moment struct {
	server     *Server
	inner      *world.Snapshot // nil after a mistake
	workspaces []*Workspace
}

// At returns the moment right after the last change of a request. Of a request that changed nothing it is the moment when it
// was answered. The server keeps the moments of the latest 4,000 requests that wrote, and at most 64 MiB of them; an older one
// fails the test, as does one from before a Reset or ClearRequests.
func (s *Server) At(request Request) Moment {
	s.helper()
	return s.moment(request, control.After)
}

// Before returns the moment right before the first change of a request. Of a request that changed nothing it is the moment
// when it was answered, as that of At.
func (s *Server) Before(request Request) Moment {
	s.helper()
	return s.moment(request, control.Before)
}

func (s *Server) moment(request Request, side control.Side) Moment {
	s.helper()
	m := Moment{server: s}
	inner, err := s.control.At(request.Number, side)
	if err != nil {
		s.fatalf("fake: %v", err)
		return m
	}
	m.inner = inner
	for _, workspace := range inner.Past() {
		m.workspaces = append(m.workspaces, &Workspace{server: s, inner: workspace, moment: inner})
	}
	return m
}

// Now returns the time on the server's clock at the moment.
func (m Moment) Now() time.Time {
	if m.inner == nil {
		return time.Time{}
	}
	return m.inner.Now()
}

// Workspaces returns the workspaces as they were, in the order of the server.
func (m Moment) Workspaces() []*Workspace { return append([]*Workspace{}, m.workspaces...) }

// Workspace returns a workspace as it was. It fails the test if there was none with the slug.
func (m Moment) Workspace(slug string) *Workspace {
	m.server.helper()
	if m.inner == nil {
		return nil
	}
	var slugs []string
	for _, workspace := range m.workspaces {
		if workspace.Slug() == slug {
			return workspace
		}
		slugs = append(slugs, workspace.Slug())
	}
	m.server.fatalf("fake: at that moment: %s", suggest.Unknown("workspace", slug, slugs))
	return nil
}

// Snapshot returns the moment as a snapshot, to be restored or compared with others. Unlike one that Server.Snapshot takes, it
// does not count against the room for files.
func (m Moment) Snapshot() Snapshot { return Snapshot{control.Snapshot{World: m.inner}} }

// Export returns the moment as a scenario file, from which another server starts as this one was then. Faults are left out.
func (m Moment) Export() ([]byte, error) {
	return m.exportAs(scenario.YAML)
}

// ExportJSON is Export in JSON. It has the same content, and loads faster.
func (m Moment) ExportJSON() ([]byte, error) { return m.exportAs(scenario.JSON) }

func (m Moment) exportAs(format scenario.Format) ([]byte, error) {
	if m.inner == nil {
		return nil, errors.New("the moment holds nothing")
	}
	return m.server.exportAs(format, m.inner, "")
}

// present fails the test if the workspace is one of a moment.
func (w *Workspace) present() bool {
	w.server.helper()
	err := w.inner.CheckPresent()
	if err != nil {
		w.server.fatalf("fake: workspace %q: %v", w.Slug(), err)
	}
	return err == nil
}
