package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the test binary double as the program: it is called fakeattio in the PATH of every script.
func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"fakeattio": main}) }

// TestScripts runs the scripts in testdata. Besides the usual commands they have:
//
//	exits CODE ARGUMENT...           run fakeattio, which must exit with the code
//	serve [VARIABLE=VALUE...] [FLAG...]  run fakeattio serve until the script ends; sets $URL and $ADDRESS
//	await REGEXP                     wait until the server has printed a match
//	get STATUS PATH [HEADER]         GET from the server; the body is stdout
//	hangup                           send SIGHUP to the server
//	curl                             run the curl command that the server printed
//	terminate [INT]                  stop the server with SIGTERM or SIGINT; it must exit with code 0
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Values[serverKey{}] = new(server)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"serve":     serveInScript,
			"await":     await,
			"get":       get,
			"curl":      curl,
			"terminate": terminate,
			"hangup":    hangup,
		},
	})
}

// server is the server of a script, once it has started one.
type server struct{ *process }

type serverKey struct{}

func serverOf(ts *testscript.TestScript) *server { return ts.Value(serverKey{}).(*server) }

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARGUMENT...")
	}
	code := 0
	if err := ts.Exec("fakeattio", args[1:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("fakeattio exited with code %d, want %s", code, args[0])
	}
}

func serveInScript(ts *testscript.TestScript, _ bool, args []string) {
	var variables []string
	for len(args) > 0 && strings.HasPrefix(args[0], "FAKEATTIO_") {
		variables, args = append(variables, args[0]), args[1:]
	}
	s := serverOf(ts)
	var err error
	s.process, err = start(ts.MkAbs("."), variables, append([]string{"serve"}, args...)...)
	ts.Check(err)
	ts.Defer(s.kill)
	found, err := s.await(`(?:listens on |"address":")([^\s"]+)`)
	ts.Check(err)
	ts.Setenv("ADDRESS", found[1])
	ts.Setenv("URL", reachable(found[1]))
}

func await(ts *testscript.TestScript, _ bool, args []string) {
	_, err := serverOf(ts).await(args[0])
	ts.Check(err)
}

func get(ts *testscript.TestScript, _ bool, args []string) {
	request, err := http.NewRequest(http.MethodGet, ts.Getenv("URL")+args[1], nil)
	ts.Check(err)
	if len(args) > 2 {
		name, value, _ := strings.Cut(args[2], ": ")
		request.Header.Set(name, value)
		if name == "Host" {
			request.Host = value
		}
	}
	response, err := http.DefaultClient.Do(request)
	ts.Check(err)
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	_, _ = fmt.Fprintf(ts.Stdout(), "%s\n", body)
	if strconv.Itoa(response.StatusCode) != args[0] {
		ts.Fatalf("the server answered %d, want %s", response.StatusCode, args[0])
	}
}

func hangup(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(serverOf(ts).cmd.Process.Signal(syscall.SIGHUP))
}

func curl(ts *testscript.TestScript, _ bool, _ []string) {
	line := regexp.MustCompile(`(?m)^ *curl .*$`).FindString(serverOf(ts).output.String())
	if line == "" {
		ts.Fatalf("the server printed no curl line")
	}
	ts.Check(ts.Exec("sh", "-c", line))
}

func terminate(ts *testscript.TestScript, _ bool, args []string) {
	var signal os.Signal = syscall.SIGTERM
	if len(args) > 0 {
		signal = os.Interrupt
	}
	code, err := serverOf(ts).stop(signal)
	ts.Check(err)
	_, _ = io.WriteString(ts.Stdout(), serverOf(ts).output.String())
	if code != 0 {
		ts.Fatalf("the server exited with code %d, want 0", code)
	}
}
