package fake

import (
	"time"
)

// Now returns the time on the server's clock.
func (s *Server) Now() time.Time { return s.world.Clock.Now() }

// Advance moves the server's clock forwards. Whatever falls due on the way, such as the retries of webhooks, takes
// place at its time, and Advance returns after it; for receivers that do not answer it waits six seconds at most, of real
// time and for each time at which something falls due. A handler that answers webhooks must not call it, as it would wait for itself.
// The clock goes from 1970-01-01 to 9999-12-31; what leads out of that fails the test, and the clock does not move.
func (s *Server) Advance(d time.Duration) {
	s.helper()
	if err := s.world.Clock.Advance(d); err != nil {
		s.fatalf("fake: Advance by %v: %v", d, err)
	}
}

// SetTime moves the server's clock to a time, as Advance does; it runs on from there, unless it is frozen.
func (s *Server) SetTime(t time.Time) {
	s.helper()
	if err := s.world.Clock.Set(t); err != nil {
		s.fatalf("fake: SetTime: %v", err)
	}
}

// Freeze stops the server's clock.
func (s *Server) Freeze() { s.world.Clock.Freeze(true) }

// Unfreeze lets the server's clock run on from where it stands.
func (s *Server) Unfreeze() { s.world.Clock.Freeze(false) }
