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
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fakeattio/fakeattio/fake"
)

// freePort lets exec listen where nobody else does.
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
the requests that were refused are printed, the last one first.`,
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
	flags.StringVar(&e.chosen.workspace, "workspace", "", "`SLUG` of the workspace that the token is for; the first by default")
	flags.StringVar(&e.chosen.token, "token", "", "`NAME` of the token, reader or acme/reader; the first with all scopes by default")
	flags.StringArrayVar(&e.names, "env", nil, "set another variable: `NAME=WHAT`, where WHAT is "+strings.Join(settingNames(), ", ")+"; repeatable")
	flags.BoolVar(&e.intercept, "intercept", false, "let the command reach the fake as https://api.attio.com, by a proxy and a certificate that its environment names")
	flags.BoolVar(&e.usage, "usage", false, "print at the end which operations, errors and scopes the command has touched")
	flags.StringVar(&e.journal, "journal", "", "write the requests to a `FILE`, as GET /_fake/requests answers them")
	flags.StringSliceVar(&e.strict, "strict", nil, "exit with 1 if there are requests of other `OPERATIONS` than these: records.query,lists.*")
	return cmd
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

	say := person{stderr, stderr}
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
	key, err := e.chosen.of(workspaces(server))
	if err != nil {
		return misuse{err}
	}
	if e.journal != "" { // one that cannot be written is told before the command runs
		if err := e.writeJournal(server); err != nil {
			return misuse{fmt.Errorf("--journal: %w", err)}
		}
	}
	listener, err := listen(e.listen)
	if err != nil {
		return misuse{err}
	}
	if e.intercept {
		e.encryption.passThrough = true
	}
	front, secure, err := e.front(server, listener, e.encryption.tls || e.intercept)
	if err != nil {
		return misuse{err}
	}
	at := surroundings{e.baseURL(listener.Addr()), e.controlToken, key, workspaces(server)}
	if command.Env, err = at.environment(os.Environ(), e.names); err != nil {
		_ = listener.Close()
		return misuse{err}
	}
	if e.intercept {
		folder, err := os.MkdirTemp("", "fakeattio-")
		if err != nil {
			return plainFile("make", err)
		}
		defer func() { _ = os.RemoveAll(folder) }()
		if command.Env, err = intercepted(command.Env, reachable(listener.Addr().String()), front.CA(), folder); err != nil {
			return err
		}
	}

	e.warnIfExposed(say, append([]net.Addr{listener.Addr()}, secure...))
	ctx, stop := context.WithCancel(cmd.Context())
	defer watcher.begin(ctx, stop)()
	served := make(chan error, 1)
	go func() {
		served <- serve(ctx, front, slog.NewLogLogger(say.logger().Handler(), slog.LevelWarn))
	}()
	failed := runCommand(command)
	server.ClearFaults() // requests that hang on purpose do not end by themselves
	stop()
	return e.conclude(stderr, server, failed, <-served)
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

// refusedLine tells of a request in one line of bounded length.
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
	return used.print(w)
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
