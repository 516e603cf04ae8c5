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

// unignore lets programs that the tests start have a signal's default action, even if the tests run where it is ignored,
// as SIGINT is in the background of a shell. What a program catches has its default action in those that it starts.
func unignore(s os.Signal) {
	if signal.Ignored(s) {
		signal.Notify(make(chan os.Signal, 1), s)
	}
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
		// With exec, as a command that the shell is about to start may miss the signal.
		{"SIGINT kills it", "echo ready; exec sleep 60", syscall.SIGINT, 128 + 2},
		{"SIGHUP kills it, and reloads nothing", "echo ready; exec sleep 60", syscall.SIGHUP, 128 + 1},
		{"it ends with a code of its own", "trap 'exit 7' TERM; sh -c 'echo ready; exec sleep 60' & wait", syscall.SIGTERM, 7},
		{"it goes on", "trap 'exit 0' USR1; sh -c 'echo ready; exec sleep 60' & wait", syscall.SIGUSR1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			unignore(test.signal)
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

// Ignored signals stay ignored below nohup, and in the background of a shell.
func TestExecPassesNoSignalOnThatItsCallerIgnores(t *testing.T) {
	t.Parallel()
	p := &process{cmd: exec.Command("sh", "-c", `trap '' HUP; exec fakeattio exec -- sh -c 'kill -HUP $PPID; kill -HUP $$; echo survived'`), output: newOutput(), ended: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait()
	}()
	t.Cleanup(p.kill)
	if code, err := p.wait(); err != nil || code != 0 || p.output.String() != "survived\n" {
		t.Errorf("it ended with code %d, %v; it printed\n%s", code, err, p.output)
	}
}
