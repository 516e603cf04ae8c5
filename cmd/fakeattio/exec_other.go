//go:build !unix

package main

import (
	"os"
	"os/exec"
	"syscall"
)

// passedOn lists the signals that do not end exec before its command. Windows sends both to all processes of a console.
func passedOn() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }

// separate has nothing to pass on: the command has had the signal.
func separate(*exec.Cmd) (pass func(os.Signal)) { return func(os.Signal) {} }

// group ends a command alone, as there are no process groups, and at once, as there are no signals.
func group(command *exec.Cmd) (kill func(syscall.Signal)) {
	return func(syscall.Signal) { _ = command.Process.Kill() } // it may have ended
}
