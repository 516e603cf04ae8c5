package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"
)

// patience is how long a test waits for what ought to happen at once.
const patience = 30 * time.Second

// process is a fakeattio that runs.
type process struct {
	cmd    *exec.Cmd
	output *output
	ended  chan struct{}
}

// start runs the program of the PATH in a folder, with variables besides this process's environment.
func start(dir string, variables []string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command("fakeattio", args...), output: newOutput(), ended: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env = dir, append(os.Environ(), variables...)
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait() // its state has what came of it
	}()
	return p, nil
}

// await waits until the program has printed what matches an expression, and returns the groups. What
// an earlier await has seen does not count again.
func (p *process) await(expression string) ([]string, error) {
	wanted, err := regexp.Compile(expression)
	if err != nil {
		return nil, err
	}
	timeout := time.After(patience)
	for {
		found, more := p.output.next(wanted)
		if found != nil {
			return found, nil
		}
		select {
		case <-more:
		case <-p.ended:
			if found, _ := p.output.next(wanted); found != nil {
				return found, nil
			}
			return nil, fmt.Errorf("it ended without printing %q; it printed\n%s", expression, p.output)
		case <-timeout:
			return nil, fmt.Errorf("it has not printed %q in %s; it printed\n%s", expression, patience, p.output)
		}
	}
}

// stop sends a signal and returns the code that the program ends with.
func (p *process) stop(signal os.Signal) (int, error) {
	if err := p.cmd.Process.Signal(signal); err != nil {
		return 0, err
	}
	return p.wait()
}

// wait returns the code that the program ends with.
func (p *process) wait() (int, error) {
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode(), nil
	case <-time.After(patience):
		return 0, fmt.Errorf("it has not ended in %s; it printed\n%s", patience, p.output)
	}
}

// kill ends the program, if it has not ended yet.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// output is what a program prints, readable while it prints.
type output struct {
	mu   sync.Mutex
	text strings.Builder
	read int           // up to where next has found something
	more chan struct{} // closed by the next write
}

func newOutput() *output { return &output{more: make(chan struct{})} }

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.more)
	o.more = make(chan struct{})
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// next returns the next match, or when to look again.
func (o *output) next(wanted *regexp.Regexp) (found []string, more <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	unread := o.text.String()[o.read:]
	at := wanted.FindStringSubmatchIndex(unread)
	if at == nil {
		return nil, o.more
	}
	o.read += at[1]
	return wanted.FindStringSubmatch(unread), nil
}
