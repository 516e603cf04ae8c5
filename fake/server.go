package fake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/console"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/live/shadow"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Server is a running fake. All its methods may be called from several goroutines.
//
// A mistake, such as an unknown name, fails the test that the server was made for, or the one that For or Workspace.Clone
// named. Everything that comes from a server or a workspace fails the same test.
type Server struct {
	// URL is the base URL of the API, without a slash at the end. A server without a socket has
	// Attio's own, which only Client and Transport lead to.
	URL string

	*running
	test
}

// running is what all views of a server share.
type running struct {
	config   config
	world    *world.World
	control  *control.Handler
	handler  http.Handler
	pending  pending
	faults   fault.Injector
	webhooks *webhook.Engine
	socket   *httptest.Server // nil without a socket
	strict   strict
	watches  feeds[*control.Entry]
	shadow   *shadow.Shadow // nil without one
	shadowed feeds[*shadow.Result]
}

// New starts a server for a test and closes it when the test ends. A mistake in the options or in
// the scenario fails the test.
func New(t TB, options ...Option) *Server {
	t.Helper()
	s, err := Start(options...)
	if err != nil {
		t.Fatalf("fake: %v", err)
		return nil
	}
	s = s.For(t)
	t.Cleanup(func() {
		s.Close()
		if unexpected := s.strict.all(); unexpected != nil {
			t.Fatalf("fake: unexpected requests:\n\t%s", strings.Join(unexpected, "\n\t"))
		}
	})
	return s
}

// Start starts a server without a test. The caller closes it. As there is no test to fail, a mistake panics with its
// message; a test that shares such a server takes its own view of it with For.
func Start(options ...Option) (*Server, error) {
	s := &Server{running: &running{config: newConfig(options)}, URL: attioURL}
	s.test = noTest(s.config.log)
	for _, name := range s.config.expected {
		if err := match.Operation(name); err != nil {
			return nil, &OptionError{fmt.Errorf("Strict: %w", err)}
		}
	}
	guard, err := control.NewGuard(s.config.allowedHosts, s.config.allowedOrigins)
	if err != nil {
		return nil, &OptionError{err}
	}
	seed, err := s.config.seed(s.config.sources...)
	if err != nil {
		return nil, err
	}
	s.world = world.New(seed)
	s.world.LimitFiles(s.config.maxFileBytes)
	s.webhooks = webhook.NewEngine(s.world, cmp.Or(s.config.webhookClient, &http.Client{Transport: webhook.Network(s.config.webhookCAs)}))
	s.control = control.New(s.world, api.New(s.world, s.config.log), &s.faults, s.webhooks, guard, s.config.controlToken)
	s.control.LimitJournal(s.config.journalBytes)
	s.control.Observe = s.observe
	s.control.Load = func(source scenario.Source) error { return s.load(source) }
	s.control.Console = console.New(s.control)
	s.control.Restart(false)
	if s.config.shadow != nil {
		if err := s.follow(*s.config.shadow); err != nil {
			return nil, err
		}
	}
	s.handler = s.pending.track(s.control, s.Now)
	if s.config.socket {
		if err := s.listen(); err != nil {
			s.endShadow()
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
	s.control.Close()
	s.world.Clock.Close()
	s.webhooks.Close()
	s.faults.Close()
	for _, request := range s.pending.close(closeGrace) {
		s.logf("fake: cut off a request that was still under way: %s", request)
	}
	if s.socket != nil {
		s.socket.Close()
	}
	s.endShadow()
	s.watches.close()
}

// Handler returns the server as a handler, to be mounted elsewhere or called directly.
func (s *Server) Handler() http.Handler { return s.handler }

// Workspace returns the workspace with a slug. It fails the test if there is none.
func (s *Server) Workspace(slug string) *Workspace {
	s.helper()
	if found, ok := s.world.Workspace(slug); ok {
		return &Workspace{server: s, inner: found}
	}
	s.fatalf("fake: %v", match.Query{Workspace: slug}.CheckPlaces(s.control.Places()))
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

// Reset puts the server back to its scenario, with its clock and its faults, removes clones, and forgets the requests and the
// usage. Named snapshots stay.
func (s *Server) Reset() { s.control.Reset(false) }

// ResetKeepingRequests is Reset that leaves the requests and the usage as they are.
func (s *Server) ResetKeepingRequests() { s.control.Reset(true) }

// Reload reads the scenario again, from the same sources as at the start, and puts the server back to it. If the scenario
// has problems, Reload returns them and everything stays as it is.
func (s *Server) Reload() error { return s.load(s.config.sources...) }

// LoadYAML puts the server to another scenario, which Reset then returns to, and Reload does not. It can extend built-in
// scenarios only. If the scenario has problems, LoadYAML returns them and everything stays as it is.
func (s *Server) LoadYAML(text string) error { return s.load(scenario.Text("YAML", text)) }

func (s *Server) load(sources ...scenario.Source) error {
	seed, err := s.config.seed(sources...)
	if err != nil {
		return err
	}
	if err := s.world.Reseed(seed); err != nil {
		return err
	}
	s.control.Restart(false)
	return nil
}

// ID returns the id of something in a scenario, which follows from its path: ID("acme") of the
// workspace, ID("acme/members/ada") of a member, ID("acme/tokens/full") of a token,
// ID("acme/people/grace") of a record. The id is a UUIDv5.
func ID(path string) string { return string(attio.PathID(path)) }

// errClosed is what a client without a socket gets from a server that is closed.
var errClosed = errors.New("fake: the server is closed")
