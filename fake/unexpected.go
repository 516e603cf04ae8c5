package fake

// Unexpected returns the requests that a Strict server should not have had, a line each, in the order of their answers; of
// many the first hundred, and how many more there were. Where New made the server, they fail its test by themselves.
func (s *Server) Unexpected() []string { return s.strict.all() }
