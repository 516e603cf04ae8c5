package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/chaos"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// commands makes attempts with a command, each with a server and a port of its own.
type commands struct {
	flags *executing
	args  []string
	slots chan struct{} // one for each attempt at a time
}

// Run makes the attempts of a job.
func (c *commands) Run(ctx context.Context, job chaos.Job) (chaos.Result, error) {
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return chaos.Result{}, ctx.Err()
	}
	server, err := c.start()
	if err != nil {
		return chaos.Result{}, err
	}
	defer server.Close()
	stage := server.ChaosStage(job, nil)
	first, err := c.attempt(ctx, server, stage, job.Timeout)
	if err != nil {
		return chaos.Result{}, err
	}
	result := chaos.Result{Met: stage.Met(), First: first}
	if first.Hung || !first.Failed && !job.Again {
		return result, nil
	}
	following, err := c.start(fake.ChaosAfter(server))
	if err != nil {
		return chaos.Result{}, err
	}
	defer following.Close()
	again, err := c.attempt(ctx, following, following.ChaosStage(job, stage), job.Timeout)
	result.Again = &again
	return result, err
}

// start starts a server that has nothing to say.
func (c *commands) start(more ...fake.Option) (*fake.Server, error) {
	return c.flags.start(newPerson(io.Discard, io.Discard, "never"), more...)
}

// attempt runs the command once.
func (c *commands) attempt(ctx context.Context, server *fake.Server, stage *chaos.Stage, timeout time.Duration) (chaos.Attempt, error) {
	listener, err := listen(c.flags.listen)
	if err != nil {
		return chaos.Attempt{}, misuse{err}
	}
	front, _, err := c.flags.frontFor(server, listener)
	if err != nil {
		return chaos.Attempt{}, err
	}
	defer front.Close()
	command, err := find(c.args)
	if err != nil {
		return chaos.Attempt{}, err
	}
	release, err := c.flags.equip(command, server, front, listener.Addr())
	if err != nil {
		return chaos.Attempt{}, err
	}
	defer release()
	serving, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- serve(serving, front, log.New(io.Discard, "", 0)) }()

	elapsed := world.NewClock(world.Start{}).Stopwatch()
	log := new(tail)
	failed, hung, err := runFor(ctx, command, log, timeout)
	took := elapsed()
	server.ClearFaults() // requests that hang on purpose do not end by themselves
	if !hung {
		stage.Settle()
	}
	stop()
	if err := errors.Join(err, <-served); err != nil {
		return chaos.Attempt{}, err
	}
	a := stage.Attempt()
	a.Failed, a.Hung, a.Duration = failed, hung, took
	if failed || hung {
		a.Log = log.String()
	}
	return a, nil
}

// killGrace is how long a command may take to end after it was told to.
const killGrace = 2 * time.Second

// runFor runs a command until it ends or its time is over. Then all its processes are told to end, and killed if they do not.
func runFor(ctx context.Context, command *exec.Cmd, output io.Writer, timeout time.Duration) (failed, hung bool, err error) {
	command.Stdout, command.Stderr, command.WaitDelay = output, output, killGrace
	kill := group(command)
	if err := command.Start(); err != nil {
		return false, false, &ended{exitNotRunnable, notRunnable(command.Args[0], err)}
	}
	done := make(chan error, 1)
	go func() { done <- command.Wait() }()
	deadline := time.NewTimer(timeout)
	defer deadline.Stop()
	select {
	case err := <-done:
		kill(syscall.SIGKILL) // what it has left behind
		if errors.Is(err, exec.ErrWaitDelay) {
			err = nil // it ended well; only what it has left behind kept its output open
		}
		return err != nil, false, nil
	case <-deadline.C:
		hung = true
	case <-ctx.Done():
		err = ctx.Err()
	}
	kill(syscall.SIGTERM)
	select {
	case <-done:
	case <-time.After(killGrace):
	}
	kill(syscall.SIGKILL)
	if hung && err == nil {
		_, _ = fmt.Fprintf(output, "ended after %s\n", timeout)
	}
	return true, hung, err
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
