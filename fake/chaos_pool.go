package fake

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// chaosPool makes attempts in processes of this test binary: only so can a test fail, hang or end its process without
// consequences for the test that calls Chaos.
type chaosPool struct {
	name, place string                 // of the call of Chaos
	free        bool                   // waiting takes no real time
	temporary   func() (string, error) // the directory in which processes leave what they do not remove

	mu   sync.Mutex
	idle []*chaosProcess
}

func newChaosPool(name, place string, config chaosConfig) *chaosPool {
	return &chaosPool{
		name: name, place: place, free: config.FreeTime,
		temporary: sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "fakeattio-chaos-") }),
	}
}

// close ends the processes.
func (p *chaosPool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, process := range p.idle {
		process.end()
	}
	p.idle = nil
	if directory, err := p.temporary(); err == nil {
		_ = os.RemoveAll(directory)
	}
}

// The time that a process gets beyond that of its attempts, to start and to notice that it hangs.
const (
	grace     = 30 * time.Second
	freeGrace = 2 * time.Minute // where the time of the attempts is not real
)

// run does a job in a process that has none.
func (p *chaosPool) run(ctx context.Context, job chaos.Job) (chaos.Result, error) {
	process, err := p.take()
	if err != nil {
		return chaos.Result{}, fmt.Errorf("start a process of this test binary: %w", err)
	}
	patience := 2*job.Timeout + grace
	if p.free {
		patience = freeGrace
	}
	watchdog := time.AfterFunc(patience, process.kill)
	stop := context.AfterFunc(ctx, process.kill)
	result, began, err := process.do(job)
	stop()
	late := !watchdog.Stop()
	switch {
	case ctx.Err() != nil:
		process.end()
		return chaos.Result{}, ctx.Err()
	case err != nil: // the process has ended
		log := process.end()
		if !began {
			return chaos.Result{}, fmt.Errorf("a process of this test binary ended before it called the test\n%s", log)
		}
		return chaos.Result{First: chaos.Attempt{Failed: true, Lost: true, Hung: late, Log: log}}, nil
	case result.First.Hung || result.Again != nil && result.Again.Hung:
		process.end()
	default:
		p.mu.Lock()
		p.idle = append(p.idle, process)
		p.mu.Unlock()
	}
	return result, nil
}

func (p *chaosPool) take() (*chaosProcess, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		process := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return process, nil
	}
	return p.start()
}

// chaosProcess is a process that makes attempts.
type chaosProcess struct {
	command *exec.Cmd
	input   io.WriteCloser
	output  *bufio.Reader
	pipe    io.Closer
	log     strings.Builder
}

// start starts the test that calls Chaos in another process.
func (p *chaosPool) start() (*chaosProcess, error) {
	binary, err := os.Executable()
	if err != nil {
		return nil, err
	}
	directory, err := p.temporary()
	if err != nil {
		return nil, err
	}
	process := &chaosProcess{command: exec.Command(binary, arguments(p.name)...)}
	process.command.Env = append(os.Environ(), chaosVariable+"="+p.place, "TMPDIR="+directory)
	if process.input, err = process.command.StdinPipe(); err != nil {
		return nil, err
	}
	read, write, err := os.Pipe() // for both outputs, in their order
	if err != nil {
		return nil, err
	}
	defer write.Close()
	process.command.Stdout, process.command.Stderr = write, write
	process.output, process.pipe = bufio.NewReader(read), read
	if err := process.command.Start(); err != nil {
		_ = read.Close()
		return nil, err
	}
	return process, nil
}

// arguments select one test, and repeat the flags that are not those of package testing.
func arguments(name string) []string {
	path := strings.Split(name, "/")
	for i, element := range path {
		path[i] = "^" + regexp.QuoteMeta(element) + "$"
	}
	all := []string{"-test.run=" + strings.Join(path, "/"), "-test.v=true", "-test.count=1", "-test.timeout=0", "-test.short=" + flagValue("test.short")}
	flag.Visit(func(f *flag.Flag) {
		if !strings.HasPrefix(f.Name, "test.") {
			all = append(all, "-"+f.Name+"="+f.Value.String())
		}
	})
	return append(all, flag.Args()...)
}

func flagValue(name string) string {
	if f := flag.Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}

// do sends a job and waits for its result. What is printed before that is its log. It also returns whether the test was called.
func (p *chaosProcess) do(job chaos.Job) (result chaos.Result, began bool, err error) {
	encoded, err := json.Marshal(job)
	if err != nil {
		return result, false, err
	}
	p.log.Reset()
	if _, err := p.input.Write(append(encoded, '\n')); err != nil {
		return result, false, err
	}
	for {
		line, err := p.output.ReadString('\n')
		if text, ok := strings.CutPrefix(line, chaosResult); ok && err == nil {
			err := json.Unmarshal([]byte(text), &result)
			if result.First.Log = ""; result.First.Failed || result.First.Hung {
				result.First.Log = p.log.String()
			}
			return result, began, err
		}
		if line == chaosBegan+"\n" {
			began = true
			continue
		}
		p.note(line)
		if err != nil {
			return result, began, err
		}
	}
}

// maxLog is how much of what an attempt prints is kept.
const maxLog = 16 << 10

// framing is what package testing prints about the tests themselves.
var framing = lazy.New(`^\s*(=== |--- (PASS|FAIL|SKIP): |$)`)

// note adds a line to the log.
func (p *chaosProcess) note(line string) {
	if !framing.MatchString(line) && p.log.Len() < maxLog {
		p.log.WriteString(line)
	}
}

func (p *chaosProcess) kill() { _ = p.command.Process.Kill() }

// end ends a process that is not at work, and returns what it has printed since it got its last job.
func (p *chaosProcess) end() string {
	_ = p.input.Close()
	watchdog := time.AfterFunc(grace, p.kill)
	defer watchdog.Stop()
	for {
		line, err := p.output.ReadString('\n')
		p.note(line)
		if err != nil {
			break
		}
	}
	_ = p.command.Wait()
	_ = p.pipe.Close()
	return p.log.String()
}
