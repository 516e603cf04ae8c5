package fake

// Export returns the present state of the server as a scenario file, from which another server starts as this one is
// now: with the same ids, times, authors and history. It is an error if something cannot be said in a file.
// Faults that choose their requests by a function are left out.
func (s *Server) Export() ([]byte, error) { return s.control.Export("") }

// Export returns the workspace as a scenario file, with the users who are its members.
func (w *Workspace) Export() ([]byte, error) {
	if w.moment != nil {
		return w.server.control.ExportSnapshot(w.moment, w.Slug())
	}
	return w.server.control.Export(w.Slug())
}
