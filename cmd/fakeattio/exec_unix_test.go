//go:build unix

package main

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
)

// startAlone runs the program without a terminal, as CI does, whoever runs the test.
func startAlone(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command("fakeattio", args...), output: newOutput(), ended: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait()
	}()
	t.Cleanup(p.kill)
	return p
}

func TestExecPassesSignalsOnToTheWholeCommand(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		script string
		signal os.Signal
		code   int
	}{
		// The process ends once all who have its output have ended: the sleep, too.
		{"SIGTERM kills it", "sh -c 'echo ready; exec sleep 60' & wait", syscall.SIGTERM, 128 + 15},
		{"SIGINT kills it", "echo ready; sleep 60", syscall.SIGINT, 128 + 2},
		{"SIGHUP kills it, and reloads nothing", "echo ready; sleep 60", syscall.SIGHUP, 128 + 1},
		{"it ends with a code of its own", "trap 'exit 7' TERM; sh -c 'echo ready; exec sleep 60' & wait", syscall.SIGTERM, 7},
		{"it goes on", "trap 'exit 0' USR1; sh -c 'echo ready; exec sleep 60' & wait", syscall.SIGUSR1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if signal.Ignored(test.signal) {
				t.Skip("the tests run where this signal is ignored, as it is in the background of a shell")
			}
			p := startAlone(t, "exec", "--", "sh", "-c", test.script)
			if _, err := p.await("ready"); err != nil {
				t.Fatal(err)
			}
			if code, err := p.stop(test.signal); err != nil || code != test.code {
				t.Errorf("it ended with code %d, %v; want %d; it printed\n%s", code, err, test.code, p.output)
			}
		})
	}
}
