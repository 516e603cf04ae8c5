package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/fakeattio/fakeattio/cmd/fakeattio/internal/intercept"
	"github.com/fakeattio/fakeattio/fake"
)

// freePort makes exec listen on a free port.
const freePort = "127.0.0.1:0"

// executing holds the flags of exec.
type executing struct {
	serving
	chosen  choice
	names   []string // NAME=WHAT
	usage   bool
	journal string
	strict  []string

	intercept bool
	requests  bool // print a line for each
}

func newExec() *cobra.Command {
	e := executing{serving: serving{logFormat: "text"}}
	cmd := &cobra.Command{
		Use:   "exec [flags] -- COMMAND [ARGUMENT...]",
		Short: "Run a command with a fake of its own",
		Long: `exec starts the fake on a free port, runs a command, stops the fake, and exits with
the code of the command. Signals are passed on; a command that a signal has
killed gives 128 and the number of the signal, one that is not found 127, and
one that cannot be run 126.

The environment of the command has

  ATTIO_BASE_URL, FAKEATTIO_URL      the base URL, without /v2
  ATTIO_API_KEY, ATTIO_ACCESS_TOKEN  the first token with all scopes
  FAKEATTIO_CONTROL_TOKEN            the token of the control API, if it has one

and what --env adds. With --intercept the command needs no address: it reaches the
fake as https://api.attio.com, and other hosts as before. If the command fails,
the requests that were refused are printed, the last one first. With --shadow, an
ATTIO_API_KEY or ATTIO_ACCESS_TOKEN that is set already stays: it is the one for
the other server. What that answered differently is printed at the end.`,
		Example: `  fakeattio exec -- npm test
  fakeattio exec --scenario team.yaml --token reader -- pytest -q
  fakeattio exec --env ATTIO_URL=url-v2 --env READER=token:acme/reader -- go test ./...
  fakeattio exec --intercept -- python3 sync.py    # which calls https://api.attio.com
  fakeattio exec --strict 'records.*,lists.list' --journal requests.json -- make test`,
		Args: arguments(1, math.MaxInt),
		RunE: func(cmd *cobra.Command, args []string) error { return e.run(cmd, args) },
	}
	e.addTo(cmd, freePort)
	flags := cmd.Flags()
	flags.SetInterspersed(false) // from the command on, flags are the command's
	e.addEnvironment(flags)
	flags.BoolVar(&e.requests, "requests", false, "print a line for each request to standard error, as serve does")
	flags.BoolVar(&e.usage, "usage", false, "print at the end which operations, errors and scopes the command has touched")
	flags.StringVar(&e.journal, "journal", "", "write the requests to a `FILE`, as GET /_fake/requests answers them")
	flags.StringSliceVar(&e.strict, "strict", nil, "exit with 1 if there are requests of other `OPERATIONS` than these: records.query,lists.*")
	return cmd
}

// addEnvironment adds the flags that say how a command reaches the fake.
func (e *executing) addEnvironment(flags *pflag.FlagSet) {
	flags.StringVar(&e.chosen.workspace, "workspace", "", "`SLUG` of the workspace that the token is for; the first by default")
	flags.StringVar(&e.chosen.token, "token", "", "`NAME` of the token, reader or acme/reader; the first with all scopes by default")
	flags.StringArrayVar(&e.names, "env", nil, "set another variable: `NAME=WHAT`, where WHAT is "+strings.Join(settingNames(), ", ")+"; repeatable")
	flags.BoolVar(&e.intercept, "intercept", false, "let the command reach the fake as https://api.attio.com, by a proxy and a certificate that its environment names")
}

func (e *executing) run(cmd *cobra.Command, args []string) error {
	if err := e.check(); err != nil {
		return misuse{err}
	}
	command, err := find(args)
	if err != nil {
		return err
	}
	stderr := cmd.ErrOrStderr()
	command.Stdin, command.Stdout, command.Stderr = cmd.InOrStdin(), cmd.OutOrStdout(), stderr

	say := newPerson(stderr, stderr, e.color)
	var options []fake.Option
	if cmd.Flags().Changed("strict") {
		options = append(options, fake.Strict(e.strict...))
	}
	server, err := e.start(say, options...)
	if err != nil {
		return err
	}
	defer server.Close()
	watcher, err := e.watcher(server, say, nil)
	if err != nil {
		return err
	}
	if e.journal != "" { // report a file that cannot be written before the command runs
		if err := e.writeJournal(server); err != nil {
			return misuse{fmt.Errorf("--journal: %w", err)}
		}
	}
	listener, err := listen(e.listen)
	if err != nil {
		return misuse{err}
	}
	front, secure, err := e.frontFor(server, listener)
	if err != nil {
		return err
	}
	release, err := e.equip(command, server, front, listener.Addr())
	if err != nil {
		_ = listener.Close()
		return err
	}
	defer release()

	e.warnIfExposed(say, append([]net.Addr{listener.Addr()}, secure...))
	ctx, stop := context.WithCancel(cmd.Context())
	defer watcher.begin(ctx, stop)()
	endLines := func() {}
	if e.requests {
		endRequests, endShadow := follow(server, say), followShadow(server, say)
		endLines = func() { endRequests(); endShadow() }
	}
	served := make(chan error, 1)
	go func() {
		served <- serve(ctx, front, slog.NewLogLogger(say.logger().Handler(), slog.LevelWarn))
	}()
	failed := runCommand(command)
	server.ClearFaults() // requests that hang on purpose do not end by themselves
	stop()
	stopped := <-served
	endLines() // before anything is printed about the whole
	return e.conclude(stderr, server, failed, stopped)
}

// frontFor returns what listens for the command. If it fails, the listener is closed.
func (e *executing) frontFor(server *fake.Server, listener net.Listener) (*intercept.Front, []net.Addr, error) {
	with := e.serving
	with.encryption.passThrough = with.encryption.passThrough || e.intercept
	front, secure, err := with.front(server, listener, with.encryption.tls || e.intercept)
	if err != nil {
		return nil, nil, misuse{err}
	}
	return front, secure, nil
}

// equip gives a command the environment in which it reaches a server. The caller releases what that needs after the command.
func (e *executing) equip(command *exec.Cmd, server *fake.Server, front *intercept.Front, address net.Addr) (release func(), err error) {
	all := workspaces(server)
	key, err := e.chosen.of(all)
	if err != nil {
		return nil, misuse{err}
	}
	at := surroundings{url: e.baseURL(address), controlToken: e.controlToken, key: key, workspaces: all, ownKey: e.shadow != ""}
	if command.Env, err = at.environment(os.Environ(), e.names); err != nil {
		return nil, misuse{err}
	}
	if !e.intercept {
		return func() {}, nil
	}
	ca, err := front.CA()
	if err != nil {
		return nil, misuse{err}
	}
	folder, err := os.MkdirTemp("", "fakeattio-")
	if err != nil {
		return nil, plainFile("make", err)
	}
	release = func() { _ = os.RemoveAll(folder) }
	if command.Env, err = intercepted(command.Env, reachable(address.String()), ca, folder); err != nil {
		release()
	}
	return release, err
}

// conclude prints what is to be told at the end, and returns what went wrong: the command's own failure before all.
func (e *executing) conclude(stderr io.Writer, server *fake.Server, failed *ended, served error) error {
	besides := []error{served}
	if failed != nil {
		printRefused(stderr, server.Requests())
	}
	if e.usage {
		besides = append(besides, printUsage(stderr, server, e.controlToken))
	}
	if e.journal != "" {
		besides = append(besides, e.writeJournal(server))
	}
	if e.shadow != "" {
		_, _ = fmt.Fprintf(stderr, "fakeattio: %s\n", server.ShadowReport())
	}
	if unexpected := server.Unexpected(); unexpected != nil {
		besides = append(besides, fmt.Errorf("requests that nobody expected:\n  %s", strings.Join(unexpected, "\n  ")))
	}
	if failed == nil {
		return errors.Join(besides...)
	}
	return errors.Join(append([]error{failed}, besides...)...)
}

// maxRefused is how many of the refused requests are printed.
const maxRefused = 10

// printRefused prints the requests that were refused or not answered, the last one first.
func printRefused(w io.Writer, requests []fake.Request) {
	printed := 0
	for _, r := range slices.Backward(requests) {
		if r.Status > 0 && r.Status < http.StatusBadRequest {
			continue
		}
		if printed++; printed > maxRefused {
			return
		}
		_, _ = fmt.Fprintln(w, "fakeattio: refused "+refusedLine(r))
	}
}

// refusedLine describes a request in one line of bounded length.
func refusedLine(r fake.Request) string {
	const most = 400
	line := r.String()
	if r.Code != "" {
		line += " " + r.Code + ": " + r.Message
	}
	if r.Hint != "" {
		line += " (" + r.Hint + ")"
	}
	if len(r.Faults) > 0 {
		line += " (by the fault " + strings.Join(r.Faults, ", ") + ")"
	}
	if runes := []rune(oneLine(line)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return oneLine(line)
}

func printUsage(w io.Writer, server *fake.Server, controlToken string) error {
	answer, err := ask(server, controlToken, "/_fake/usage")
	if err != nil {
		return err
	}
	var used usage
	if err := json.Unmarshal(answer, &used); err != nil {
		return err
	}
	if err := used.print(w); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(w)
	return used.printUnused(w)
}

func (e *executing) writeJournal(server *fake.Server) error {
	answer, err := ask(server, e.controlToken, "/_fake/requests")
	if err != nil {
		return err
	}
	return writeFile(e.journal, answer)
}

// ask returns what the control API of a server in this process answers.
func ask(server *fake.Server, controlToken, path string) ([]byte, error) {
	request, err := http.NewRequest(http.MethodGet, server.URL+path, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+controlToken)
	response, err := server.Client().Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	return io.ReadAll(response.Body)
}
