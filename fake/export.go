package fake

import (
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Export returns the present state of the server as a scenario file, from which another server starts as this one is
// now: with the same ids, times, authors and history. It is an error if something cannot be said in a file.
// Faults that choose their requests by a function are left out.
func (s *Server) Export() ([]byte, error) { return s.exportAs(scenario.YAML, nil, "") }

// ExportJSON is Export in JSON. It has the same content, and loads faster.
func (s *Server) ExportJSON() ([]byte, error) { return s.exportAs(scenario.JSON, nil, "") }

// Export returns the workspace as a scenario file, with the users who are its members.
func (w *Workspace) Export() ([]byte, error) {
	return w.server.exportAs(scenario.YAML, w.moment, w.Slug())
}

// ExportJSON is Export in JSON. It has the same content, and loads faster.
func (w *Workspace) ExportJSON() ([]byte, error) {
	return w.server.exportAs(scenario.JSON, w.moment, w.Slug())
}

// exportAs exports a moment, or the present with nil: of one workspace, or of all if none is given.
func (s *Server) exportAs(format scenario.Format, moment *world.Snapshot, workspace string) ([]byte, error) {
	file, err := s.control.ExportAs(format, moment, workspace)
	if err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}
