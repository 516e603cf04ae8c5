package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// The codes by which shells tell that a command could not be run, or was killed.
const (
	exitNotRunnable = 126
	exitNotFound    = 127
	exitSignal      = 128 // and the number of the signal
)

// ended is a command that failed, with the code that exec ends with. It says nothing of a command that has ended by itself, as
// that has spoken for itself.
type ended struct {
	code int
	says string
}

func (e *ended) Error() string { return e.says }

// find returns the command that a shell would run.
func find(args []string) (*exec.Cmd, error) {
	path, err := exec.LookPath(args[0])
	switch {
	case err == nil:
		command := exec.Command(path, args[1:]...)
		command.Args[0] = args[0]
		return command, nil
	case errors.Is(err, exec.ErrNotFound):
		return nil, &ended{exitNotFound, fmt.Sprintf("cannot run %s: no folder of the PATH has a command of this name", args[0])}
	case errors.Is(err, os.ErrNotExist):
		return nil, &ended{exitNotFound, fmt.Sprintf("cannot run %s: there is no such file", args[0])}
	}
	return nil, &ended{exitNotRunnable, notRunnable(args[0], err)}
}

// notRunnable says why a command that is there cannot be run.
func notRunnable(name string, err error) string {
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		err = number
	}
	return fmt.Sprintf("cannot run %s: %v", name, err)
}

// runCommand runs a command and passes signals on to it. It returns nil if the command succeeds.
func runCommand(command *exec.Cmd) *ended {
	signals := make(chan os.Signal, 16)
	signal.Notify(signals, passedOn()...)
	defer signal.Stop(signals)
	pass := separate(command)
	if err := command.Start(); err != nil {
		return &ended{exitNotRunnable, notRunnable(command.Args[0], err)}
	}
	done := make(chan struct{})
	passing := make(chan struct{})
	go func() {
		defer close(passing)
		for {
			select {
			case s := <-signals:
				pass(s)
			case <-done:
				return
			}
		}
	}()
	err := command.Wait()
	close(done)
	<-passing
	return outcome(command, err)
}

// outcome says how a command has ended.
func outcome(command *exec.Cmd, err error) *ended {
	if err == nil {
		return nil
	}
	if status, ok := command.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return &ended{exitSignal + int(status.Signal()), fmt.Sprintf("%s was ended by a signal: %v", command.Args[0], status.Signal())}
	}
	if code := command.ProcessState.ExitCode(); code > 0 {
		return &ended{code, ""}
	}
	return &ended{exitFailed, fmt.Sprintf("cannot run %s to its end: %v", command.Args[0], err)}
}
