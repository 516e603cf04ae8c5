package fake

import (
	"time"
)

// Now returns the time on the server's clock.
func (s *Server) Now() time.Time { return s.world.Clock.Now() }

// Advance moves the server's clock forwards. Whatever falls due on the way, such as a retry of a webhook, happens at its
// time, and Advance returns when it is done; it waits at most six seconds of real time for receivers that do not answer,
// at each moment at which something falls due. A handler that answers webhooks must not call Advance, as that would wait
// for the handler. The clock goes from 1970-01-01 to 9999-12-31; to move it out of that range fails the test, and the
// clock stays where it is.
func (s *Server) Advance(d time.Duration) {
	s.helper()
	defer s.control.Changed()
	if err := s.world.Clock.Advance(d); err != nil {
		s.fatalf("fake: Advance by %v: %v", d, err)
	}
}

// SetTime moves the server's clock to a time, as Advance does. It runs on from there unless it is frozen.
func (s *Server) SetTime(t time.Time) {
	s.helper()
	defer s.control.Changed()
	if err := s.world.Clock.Set(t); err != nil {
		s.fatalf("fake: SetTime: %v", err)
	}
}

// Freeze stops the server's clock.
func (s *Server) Freeze() { s.freeze(true) }

// Unfreeze lets the server's clock run on from where it stands.
func (s *Server) Unfreeze() { s.freeze(false) }

func (s *Server) freeze(stop bool) {
	defer s.control.Changed()
	s.world.Clock.Freeze(stop)
}
