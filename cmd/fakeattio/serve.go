package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/fakeattio/fakeattio/cmd/fakeattio/internal/intercept"
	"github.com/fakeattio/fakeattio/fake"
)

// defaultListen is the address on which serve listens, and where other commands look for it.
const defaultListen = "127.0.0.1:8080"

// serving holds the flags of serve.
type serving struct {
	listen         string
	scenario       scenarioFlag
	watch          bool
	publicURL      string
	controlToken   string
	allowedHosts   []string
	allowedOrigins []string
	maxFileBytes   int64
	journalBytes   int
	webhookCA      string
	logFormat      string
	color          string
	encryption     encryption
	shadow         string
	shadowWrites   bool

	// Flags of serve alone.
	quiet bool
	files placeFiles
}

func newServe() *cobra.Command {
	var s serving
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the Attio API until stopped by a signal",
		Long: `serve answers the Attio API. It prints its address, the workspaces with their
members and tokens, and a curl command to try; then a line for each request to
the API, unless --quiet is set. SIGTERM or SIGINT stops it after the requests
under way are answered. SIGHUP reloads the scenario and resets everything to it,
unless it has a problem.`,
		Example: `  fakeattio serve --listen 127.0.0.1:0        # any free port
  fakeattio serve --scenario acme --scenario more.yaml --watch
  fakeattio serve --listen 127.0.0.1:0 --url-file url.txt --quiet &`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return s.run(cmd) },
	}
	s.addTo(cmd, defaultListen)
	cmd.Flags().StringVar(&s.logFormat, "log-format", "text", "`FORMAT` of the output: text for people or json for machines")
	cmd.Flags().BoolVar(&s.quiet, "quiet", false, "print no line for each request")
	s.files.addTo(cmd)
	_ = cmd.RegisterFlagCompletionFunc("log-format", cobra.FixedCompletions(logFormats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// addTo adds the flags that serve and exec share.
func (s *serving) addTo(cmd *cobra.Command, listen string) {
	flags := cmd.Flags()
	flags.StringVar(&s.listen, "listen", listen, "`ADDRESS` to listen on; port 0 picks a free port")
	flags.BoolVar(&s.watch, "watch", false, "reload the scenario and reset to it whenever one of its files changes; a scenario with a problem changes nothing")
	flags.StringVar(&s.publicURL, "public-url", "", "base `URL` to print, if clients reach the server at another address than it listens on")
	flags.StringVar(&s.shadow, "shadow", "", "send reads with tokens of the clients' own to another server too, such as https://api.attio.com, and compare the answers: its base `URL`")
	flags.BoolVar(&s.shadowWrites, "shadow-writes", false, "with --shadow, send writes too, which change the other server's workspace")
	s.addServer(cmd)
}

// addServer adds the flags of a server, wherever it listens.
func (s *serving) addServer(cmd *cobra.Command) {
	flags := cmd.Flags()
	s.scenario.addTo(cmd)
	flags.StringVar(&s.controlToken, "control-token", "", "`TOKEN` that requests under /_fake/ must send as their Bearer token; if empty, they need none")
	flags.StringArrayVar(&s.allowedHosts, "allowed-host", nil, "host `NAME` that requests under /_fake/ may use, besides IP addresses, localhost and names in local networks; repeatable")
	flags.StringArrayVar(&s.allowedOrigins, "allowed-origin", nil, "`ORIGIN`, such as http://localhost:3000, whose web pages may use everything under /_fake/; repeatable")
	flags.Int64Var(&s.maxFileBytes, "max-file-bytes", fake.DefaultMaxFileBytes, "how many `BYTES` the files of all workspaces may take together")
	flags.IntVar(&s.journalBytes, "max-journal-bytes", fake.DefaultMaxJournalBytes, "how many `BYTES` the journal of requests takes before it forgets the oldest")
	flags.StringVar(&s.webhookCA, "webhook-ca", "", "PEM `FILE` of CA certificates to trust for webhook receivers, besides those of the system")
	flags.StringVar(&s.color, "color", "auto", "`WHEN` to print requests in colour: auto (on a terminal, unless NO_COLOR is set), always or never")
	_ = cmd.RegisterFlagCompletionFunc("color", cobra.FixedCompletions(colourChoices, cobra.ShellCompDirectiveNoFileComp))
	s.encryption.addTo(cmd)
}

var logFormats = []string{"text", "json"}

func (s *serving) run(cmd *cobra.Command) error {
	if err := s.check(); err != nil {
		return misuse{err}
	}
	signal.Ignore(syscall.SIGPIPE) // the server goes on even if nobody reads its output any more: fakeattio serve | head -n 1
	var say announcer = newPerson(cmd.OutOrStdout(), cmd.ErrOrStderr(), s.color)
	if s.logFormat == "json" {
		say = machine{slog.New(slog.NewJSONHandler(cmd.OutOrStdout(), nil))}
	}
	server, err := s.start(say)
	if err != nil {
		return err
	}
	defer server.Close()
	watcher, err := s.watcher(server, say, hangups())
	if err != nil {
		return err
	}
	listener, err := listen(s.listen)
	if err != nil {
		return misuse{err}
	}
	front, secure, err := s.front(server, listener, s.encryption.tls)
	if err != nil {
		return misuse{err}
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)               // a second signal ends the program at once
	context.AfterFunc(ctx, server.ClearFaults) // requests that a fault made hang would not end by themselves

	remove, err := s.files.write(s.baseURL(listener.Addr()), listener.Addr())
	if err != nil {
		_ = listener.Close()
		return misuse{err}
	}
	defer remove()
	say.listening(listener.Addr().String(), s.baseURL(listener.Addr()), server)
	if secure != nil {
		say.encrypting(secure)
	}
	s.warnIfExposed(say, append([]net.Addr{listener.Addr()}, secure...))
	if s.shadow != "" {
		say.shadowing(s.shadow, s.shadowWrites)
	}
	if !s.quiet {
		defer follow(server, say)()
		defer followShadow(server, say)()
	}
	defer watcher.begin(ctx, stop)()
	return serve(ctx, front, slog.NewLogLogger(say.logger().Handler(), slog.LevelWarn))
}

// start starts a server as the flags ask for it. It has no socket yet.
func (s *serving) start(say announcer, more ...fake.Option) (*fake.Server, error) {
	options, err := s.options(say)
	if err != nil {
		return nil, err
	}
	return s.scenario.start(append(options, more...)...)
}

// options returns the options of a server, without its scenario.
func (s *serving) options(say announcer) ([]fake.Option, error) {
	options := append(s.access(), fake.MaxFileBytes(s.maxFileBytes), fake.MaxJournalBytes(s.journalBytes), fake.Logger(say.logger()))
	if s.webhookCA != "" {
		trusted, err := trusting(s.webhookCA)
		if err != nil {
			return nil, misuse{fmt.Errorf("--webhook-ca: %w", err)}
		}
		options = append(options, fake.WebhookCAs(trusted))
	}
	if s.shadow != "" {
		options = append(options, s.shadowOption())
	}
	return options, nil
}

// warnIfExposed warns of a control API that other machines can use.
func (s *serving) warnIfExposed(say announcer, addresses []net.Addr) {
	exposed := slices.IndexFunc(addresses, func(a net.Addr) bool { return !isLoopback(a) })
	if s.controlToken == "" && exposed >= 0 {
		say.warn(fmt.Sprintf("the server listens on %s, so other machines can reach it, and anyone who reaches it may use /_fake/; set --control-token, or listen on 127.0.0.1", addresses[exposed]))
	}
}

// watcher returns who looks at the scenario files, if they are to be watched, and for signals that ask for a reload.
func (s *serving) watcher(server *fake.Server, say announcer, asked <-chan os.Signal) (*watcher, error) {
	w := &watcher{server: server, say: say, files: s.watch, asked: asked}
	if s.watch {
		if err := w.load(); err != nil {
			return nil, badScenario{err}
		}
	}
	return w, nil
}

// hangups returns a channel that receives SIGHUP. If the signal is ignored, as under nohup, it stays ignored.
func hangups() <-chan os.Signal {
	asked := make(chan os.Signal, 1)
	if !signal.Ignored(syscall.SIGHUP) {
		signal.Notify(asked, syscall.SIGHUP)
	}
	return asked
}

// access returns the options that control who may use /_fake/: the token, and the allowed hosts and origins, including
// those of the public URL.
func (s *serving) access() []fake.Option {
	hosts, origins := s.allowedHosts, s.allowedOrigins
	if public, err := url.Parse(s.publicURL); err == nil && public.Host != "" {
		hosts, origins = append(hosts, public.Hostname()), append(origins, public.Scheme+"://"+public.Host)
	}
	options := []fake.Option{fake.ControlToken(s.controlToken)}
	for _, host := range hosts {
		options = append(options, fake.AllowedHost(host))
	}
	for _, origin := range origins {
		options = append(options, fake.AllowedOrigin(origin))
	}
	return options
}

// isLoopback reports whether only this machine can reach an address.
func isLoopback(address net.Addr) bool {
	tcp, ok := address.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// check refuses flags with which no server could start.
func (s *serving) check() error {
	if _, port, err := net.SplitHostPort(s.listen); err != nil || !isPort(port) {
		return fmt.Errorf("--listen takes an address such as %s, not %q", defaultListen, s.listen)
	}
	if !slices.Contains(logFormats, s.logFormat) {
		return fmt.Errorf("--log-format is %s, not %q", strings.Join(logFormats, " or "), s.logFormat)
	}
	if err := checkColour(s.color); err != nil {
		return err
	}
	if err := s.files.check(); err != nil {
		return err
	}
	if s.maxFileBytes < 0 {
		return fmt.Errorf("--max-file-bytes is a number of bytes, not %d", s.maxFileBytes)
	}
	if s.journalBytes < 0 {
		return fmt.Errorf("--max-journal-bytes is a number of bytes, not %d", s.journalBytes)
	}
	if s.publicURL != "" {
		if err := checkBaseURL(s.publicURL); err != nil {
			return fmt.Errorf("--public-url: %w", err)
		}
	}
	if err := s.encryption.check(); err != nil {
		return err
	}
	if s.shadowWrites && s.shadow == "" {
		return errors.New("--shadow-writes needs --shadow, the base URL of the server to send them to")
	}
	if s.shadow != "" {
		if err := checkBaseURL(s.shadow); err != nil {
			return fmt.Errorf("--shadow: %w", err)
		}
	}
	if s.watch && !slices.ContainsFunc(s.scenario.values, isFile) {
		return errors.New("--watch has nothing to watch: no --scenario is a file")
	}
	return nil
}

// isPort reports whether a text is the number or the name of a TCP port.
func isPort(text string) bool {
	_, err := net.LookupPort("tcp", text)
	return err == nil
}

// trusting returns the CA certificates of the system and of a PEM file.
func trusting(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, plainFile("read", err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool() // a container built from scratch has none
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s contains no PEM certificate", file)
	}
	return roots, nil
}

// checkBaseURL refuses a text that paths cannot be appended to.
func checkBaseURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%q is not a base URL such as http://%s", text, defaultListen)
	}
	return nil
}

// baseURL returns the URL to which clients append the paths of the API.
func (s *serving) baseURL(address net.Addr) string {
	if s.publicURL != "" {
		return strings.TrimRight(s.publicURL, "/")
	}
	return reachable(address.String())
}

// reachable returns a URL by which this machine reaches a server that listens on an address.
func reachable(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "http://" + address
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// listen opens the socket. Its error says in plain words why that failed.
func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", address, plainNetwork(err))
	}
	return listener, nil
}

// stopGrace is how long requests may take to end after a signal. Containers are killed after ten seconds.
const stopGrace = 8 * time.Second

// garbage is how much memory may wait to be collected, in percent of what is in use, unless GOGC says it. After 10,000 requests of
// which a quarter are queries the program takes 41 MiB, and 48 with Go's default of 100.
const garbage = 50

// collectMore lets less garbage wait, from the first collection on. Go scales the heap of 4 MB, below which it does not collect,
// by the same percentage, and would collect before the first answer, which maps pages that an idle program does not need.
func collectMore() {
	first := new([]int) // garbage at once
	runtime.AddCleanup(first, func(percent int) { debug.SetGCPercent(percent) }, garbage)
}

// serve answers requests until the context ends, then finishes those under way.
func serve(ctx context.Context, front *intercept.Front, warnings *log.Logger) error {
	defer front.Close()
	if os.Getenv("GOGC") == "" {
		collectMore()
	}
	server := &http.Server{
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute, // for the header and a body of 10 MiB
		WriteTimeout:      5 * time.Minute, // from the end of the header to the end of the answer
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          warnings,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // so that requests which wait for something end
	}
	ended := make(chan error, 1)
	go func() { ended <- front.Serve(server) }()
	select {
	case err := <-ended:
		return fmt.Errorf("cannot accept further connections: %w", plainNetwork(err))
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("requests were still under way after %s and have been cut off", stopGrace), server.Close())
	}
	return nil
}
