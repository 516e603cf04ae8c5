package main

import (
	"context"
	"errors"
	"io"
	"log"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// attempt runs the command once, with a server that has a port of its own.
func (d *disturbing) attempt(ctx context.Context, server *fake.Server, args []string) error {
	command, err := find(args)
	if err != nil {
		return &fake.ChaosBroken{Err: err}
	}
	listener, err := listen(freePort)
	if err != nil {
		return &fake.ChaosBroken{Err: err}
	}
	front, _, err := d.frontFor(server, listener)
	if err != nil {
		return &fake.ChaosBroken{Err: err}
	}
	defer front.Close()
	release, err := d.equip(command, server, front, listener.Addr())
	if err != nil {
		return &fake.ChaosBroken{Err: err}
	}
	defer release()
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	served, broken := make(chan struct{}), error(nil)
	go func() {
		defer close(served)
		broken = serve(serving, front, log.New(io.Discard, "", 0))
	}()
	failed := runUntil(ctx, command)
	select {
	case <-served: // whatever the command made of that
		return &fake.ChaosBroken{Err: broken}
	default:
	}
	stop()
	<-served // requests that the command did not wait for are cut off
	return failed
}

// killGrace is how long a command may take to end after it was told to.
const killGrace = 2 * time.Second

// runUntil runs a command until it ends or the context does. Then all its processes are told to end, and killed if they do not.
// The error of a command that fails is what it has printed.
func runUntil(ctx context.Context, command *exec.Cmd) error {
	output := new(tail)
	command.Stdout, command.Stderr, command.WaitDelay = output, output, killGrace
	kill := group(command)
	if err := command.Start(); err != nil {
		return &fake.ChaosBroken{Err: &ended{exitNotRunnable, notRunnable(command.Args[0], err)}}
	}
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		err = command.Wait()
	}()
	defer kill(syscall.SIGKILL) // what it has left behind
	select {
	case <-done:
		if err == nil || errors.Is(err, exec.ErrWaitDelay) { // it ended well; only what it has left behind kept its output open
			return nil
		}
		return errors.New(output.String() + outcome(command, err).says)
	case <-ctx.Done():
	}
	kill(syscall.SIGTERM)
	select {
	case <-done: // how it ended does not matter any more
	case <-time.After(killGrace):
	}
	return errors.New(output.String())
}

// maxTail is how much of the end of a command's output is kept.
const maxTail = 16 << 10

// tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	kept []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, b...)
	if beyond := len(t.kept) - maxTail; beyond > maxTail {
		t.kept = append(t.kept[:0], t.kept[beyond:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.kept[max(0, len(t.kept)-maxTail):])
}
