package fake

import (
	"fmt"
	"log/slog"
)

// test is the test that a mistake is reported to.
type test struct {
	helper func() // marks its caller, so that a mistake is reported where the test made it
	fatalf func(format string, args ...any)
	logf   func(format string, args ...any)
}

// noTest panics with a mistake.
func noTest(log *slog.Logger) test {
	return test{
		helper: func() {},
		fatalf: func(format string, args ...any) { panic(fmt.Sprintf(format, args...)) },
		logf:   func(format string, args ...any) { log.Warn(fmt.Sprintf(format, args...)) },
	}
}

// For returns a view of a shared server for one test: a mistake fails that test, also a mistake in anything reached through
// the view, such as a workspace, a record or a fault.
func (s *Server) For(t TB) *Server {
	view := *s
	view.test = test{helper: t.Helper, fatalf: t.Fatalf, logf: t.Logf}
	return &view
}

// For returns a view of a shared workspace for one test: a mistake fails that test, also a mistake in anything reached
// through the view.
func (w *Workspace) For(t TB) *Workspace {
	view := *w
	view.server = w.server.For(t)
	return &view
}

// TB is what New needs of a test; *testing.T, *testing.B and *testing.F have it.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
	Cleanup(func())
	Failed() bool
}
