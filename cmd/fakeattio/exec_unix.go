//go:build unix

package main

import (
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"syscall"
)

// passedOn lists the signals that exec passes on to its command. Those that are ignored, as nohup has it, stay so.
func passedOn() []os.Signal {
	all := []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2}
	return slices.DeleteFunc(all, signal.Ignored)
}

// separate says how signals get to a command. On a terminal the command stays in the process group of exec, so that the
// terminal's job control works: ^C and ^\ reach it without us, and what we passed on would come twice. Without a terminal it
// has a group of its own, and a signal goes to all processes of that.
func separate(command *exec.Cmd) (pass func(os.Signal)) {
	if hasTerminal() {
		return func(s os.Signal) {
			if s != syscall.SIGINT && s != syscall.SIGQUIT {
				_ = command.Process.Signal(s) // it may have ended
			}
		}
	}
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return func(s os.Signal) { _ = syscall.Kill(-command.Process.Pid, s.(syscall.Signal)) } // it may have ended
}

// group gives a command a process group of its own, so that a signal can go to all of its processes.
func group(command *exec.Cmd) (kill func(syscall.Signal)) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return func(s syscall.Signal) { _ = syscall.Kill(-command.Process.Pid, s) } // all may have ended
}
