package fake

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// TB is what New needs of a test; *testing.T, *testing.B and *testing.F have it.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
	Cleanup(func())
}

// Server is a running fake. All its methods may be called from several goroutines.
type Server struct {
	// URL is the base URL of the API, without a slash at the end. A server without a socket has
	// Attio's own, which only Client and Transport lead to.
	URL string

	config   config
	world    *world.World
	control  *control.Handler
	handler  http.Handler
	pending  pending
	faults   fault.Injector
	webhooks *webhook.Engine
	socket   *httptest.Server // nil without a socket
	helper   func()           // marks its caller, so that a mistake is reported where the test made it
	fatalf   func(format string, args ...any)
	logf     func(format string, args ...any)
}

// New starts a server for a test and closes it when the test ends. A mistake in the options or in
// the scenario ends the test.
func New(t TB, options ...Option) *Server {
	t.Helper()
	s, err := Start(options...)
	if err != nil {
		t.Fatalf("fake: %v", err)
		return nil
	}
	s.helper, s.fatalf, s.logf = t.Helper, t.Fatalf, t.Logf
	t.Cleanup(func() {
		s.Close()
		if unexpected := s.unexpected(); unexpected != nil {
			t.Fatalf("fake: requests that nobody expected:\n\t%s", strings.Join(unexpected, "\n\t"))
		}
	})
	return s
}

// Start starts a server without a test. The caller closes it.
func Start(options ...Option) (*Server, error) {
	s := &Server{config: newConfig(options), URL: attioURL}
	s.helper = func() {}
	s.fatalf = func(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
	s.logf = func(format string, args ...any) { s.config.log.Warn(fmt.Sprintf(format, args...)) }
	for _, name := range s.config.expected {
		if !attio.NamesAny(name) {
			return nil, fmt.Errorf("Strict cannot expect the unknown operation %q", name)
		}
	}
	seed, err := s.config.seed()
	if err != nil {
		return nil, err
	}
	s.world = world.New(seed)
	s.world.LimitFiles(s.config.maxFileBytes)
	s.webhooks = webhook.NewEngine(s.world, s.config.webhookClient)
	s.control = control.New(s.world, api.New(s.world, s.config.log), &s.faults, s.webhooks, s.config.controlToken)
	s.control.Restart()
	s.handler = s.pending.track(s.control)
	if s.config.socket {
		if err := s.listen(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// attioURL is where Attio's API is, and the URL of a server without a socket.
const attioURL = "https://api.attio.com"

func (s *Server) listen() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("open a socket on the loopback interface: %w", err)
	}
	s.socket = &httptest.Server{Listener: listener, Config: &http.Server{
		Handler:           s.handler,
		BaseContext:       func(net.Listener) context.Context { return s.pending.context() },
		ReadHeaderTimeout: 10 * time.Second,
	}}
	s.socket.Start()
	s.URL = s.socket.URL
	return nil
}

// closeGrace is how long Close waits for requests that are still being answered.
const closeGrace = 5 * time.Second

// Close stops the server and waits for the requests under way. One that does not end within five
// seconds is named in the log of the test, and cut off. Deliveries of webhooks end at once. Closing twice
// is harmless.
func (s *Server) Close() {
	s.world.Clock.Close()
	s.webhooks.Close()
	s.faults.Close()
	for _, request := range s.pending.close(closeGrace) {
		s.logf("fake: cut off a request that did not end: %s", request)
	}
	if s.socket != nil {
		s.socket.Close()
	}
}

// Handler returns the server as a handler, to be mounted elsewhere or called directly.
func (s *Server) Handler() http.Handler { return s.handler }

// Token returns the value of a token. It takes a workspace, whose first token with all scopes it
// returns, or its first one if there is none; or a workspace and the name of a token: "acme/reader".
func (s *Server) Token(path string) string {
	s.helper()
	slug, name, named := strings.Cut(path, "/")
	workspace := s.Workspace(slug)
	if workspace == nil {
		return ""
	}
	tokens := slices.Collect(workspace.state().Tokens())
	if len(tokens) == 0 {
		s.fatalf("fake: workspace %q has no token; give it one with Workspace.Token or in the scenario", slug)
		return ""
	}
	wanted := slices.IndexFunc(tokens, func(t *world.Token) bool {
		return named && t.Name == name || !named && t.Scopes == attio.EveryScope()
	})
	switch {
	case wanted >= 0:
		return tokens[wanted].Value
	case !named:
		return tokens[0].Value
	}
	var names []string
	for _, token := range tokens {
		names = append(names, token.Name)
	}
	s.fatalf("fake: workspace %q has no token %q; it has %s", slug, name, strings.Join(names, ", "))
	return ""
}

// Workspace returns the workspace with a slug. It ends the test if there is none.
func (s *Server) Workspace(slug string) *Workspace {
	s.helper()
	if found, ok := s.world.Workspace(slug); ok {
		return &Workspace{server: s, inner: found}
	}
	var slugs []string
	for _, workspace := range s.Workspaces() {
		slugs = append(slugs, workspace.Slug())
	}
	s.fatalf("fake: there is no workspace %q; the scenario has %s", slug, strings.Join(slugs, ", "))
	return nil
}

// Workspaces returns all workspaces in the order of the scenario.
func (s *Server) Workspaces() []*Workspace {
	var all []*Workspace
	for _, workspace := range s.world.Workspaces() {
		all = append(all, &Workspace{server: s, inner: workspace})
	}
	return all
}

// Reset puts everything back to the scenario, the clock and the faults too.
func (s *Server) Reset() { s.control.Reset() }

// Reload reads the scenario again, from the same sources as at the start, and begins anew from it.
// Where it has a mistake, Reload says so and everything stays as it is.
func (s *Server) Reload() error {
	seed, err := s.config.seed()
	if err != nil {
		return err
	}
	if err := s.world.Reseed(seed); err != nil {
		return err
	}
	s.control.Restart()
	return nil
}

// Now returns the time on the server's clock.
func (s *Server) Now() time.Time { return s.world.Clock.Now() }

// Advance moves the server's clock forwards. Whatever falls due on the way, such as the retries of webhooks, takes
// place at its time, and Advance returns after it; for receivers that do not answer it waits six seconds at most, of real
// time and for each time at which something falls due. A handler that answers webhooks must not call it, as it would wait for itself.
func (s *Server) Advance(d time.Duration) { s.world.Clock.Advance(d) }

// SetTime moves the server's clock to a time; it runs on from there, unless it is frozen.
func (s *Server) SetTime(t time.Time) { s.world.Clock.Set(t) }

// Freeze stops the server's clock.
func (s *Server) Freeze() { s.world.Clock.Freeze(true) }

// Unfreeze lets the server's clock run on from where it stands.
func (s *Server) Unfreeze() { s.world.Clock.Freeze(false) }

// ID returns the id that a seeded thing has, as a test can know it beforehand: ID("acme") of the
// workspace, ID("acme/members/ada") of a member, ID("acme/tokens/full") of a token,
// ID("acme/people/grace") of a record. It is a UUIDv5.
func ID(path string) string { return string(attio.PathID(path)) }

// errClosed is what a client without a socket gets from a server that is closed.
var errClosed = errors.New("fake: the server is closed")
