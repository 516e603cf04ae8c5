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

// patience is how long a test waits for something that should happen at once.
const patience = 30 * time.Second

// process is a running fakeattio.
type process struct {
	cmd    *exec.Cmd
	output *output
	ended  chan struct{}
}

// start runs fakeattio from the PATH in a directory, with variables added to this process's environment.
func start(dir string, variables []string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command("fakeattio", args...), output: newOutput(), ended: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env = dir, append(os.Environ(), variables...)
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait() // wait reads the exit code from its state
	}()
	return p, nil
}

// await waits until the program has printed a match of an expression, and returns its groups. It searches only the
// output after the previous match.
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
			return nil, fmt.Errorf("fakeattio exited without printing %q; it printed\n%s", expression, p.output)
		case <-timeout:
			return nil, fmt.Errorf("fakeattio did not print %q within %s; it printed\n%s", expression, patience, p.output)
		}
	}
}

// stop sends a signal and returns the exit code.
func (p *process) stop(signal os.Signal) (int, error) {
	if err := p.cmd.Process.Signal(signal); err != nil {
		return 0, err
	}
	return p.wait()
}

// wait waits for the program to exit and returns its exit code.
func (p *process) wait() (int, error) {
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode(), nil
	case <-time.After(patience):
		return 0, fmt.Errorf("fakeattio did not exit within %s; it printed\n%s", patience, p.output)
	}
}

// kill kills the program unless it has exited.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// output collects what a program prints and can be read meanwhile.
type output struct {
	mu   sync.Mutex
	text strings.Builder
	read int           // the end of the last match
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

// next returns the next match, or else a channel that is closed when there is more output.
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
