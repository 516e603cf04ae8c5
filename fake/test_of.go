package fake

// TestOf writes a test that sends a request again: it begins with the state before the request as a scenario, reduced to
// what the outcome depends on, and compares the status, the answer and the changes. The language is "go", "ts", "python"
// or "curl". A request that cannot be sent again, such as an upload, fails the test with the reason.
func (s *Server) TestOf(r Request, language string) string {
	s.helper()
	source, err := s.control.TestOf(r.Number, language)
	if err != nil {
		s.fatalf("fake: %v", err)
	}
	return string(source)
}
