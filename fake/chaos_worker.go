package fake

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// chaosVariable tells a process of this test binary which call of Chaos it is to serve.
const chaosVariable = "FAKEATTIO_CHAOS"

// chaosResult begins the line with a result among what the process prints.
const chaosResult = "fakeattio-chaos-result: "

// chaosBegan is the line that says that a job has come as far as the test.
const chaosBegan = "fakeattio-chaos-began"

// chaosWorkerAt reports whether this is a process of a pool, and whether the call of Chaos at a place is the one that it serves.
func chaosWorkerAt(place string) (serves, worker bool) {
	wanted, worker := os.LookupEnv(chaosVariable)
	return wanted == place, worker
}

// chaosWorker makes attempts for another process.
type chaosWorker[T ChaosT[T]] struct {
	test   func(T, *Server)
	config chaosConfig
	bubble func(T, func(T))
	busy   atomic.Bool
}

// serveChaos does the jobs that come on the standard input, and then skips the rest of the test.
func serveChaos[T ChaosT[T]](t T, test func(T, *Server), config chaosConfig) {
	w := &chaosWorker[T]{test: test, config: config, bubble: func(t T, f func(T)) { f(t) }}
	if config.bubble != nil {
		w.bubble = config.bubble.(func(T, func(T)))
	}
	jobs := make(chan chaos.Job)
	go w.read(jobs)
	n := 0
	for job := range jobs {
		n++
		w.do(t, fmt.Sprint("run-", n), job)
		w.busy.Store(false)
	}
	t.SkipNow()
}

// read reads jobs. When nobody waits for the present one any more, the process ends at once.
func (w *chaosWorker[T]) read(jobs chan<- chaos.Job) {
	defer close(jobs)
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		var job chaos.Job
		if err != nil || json.Unmarshal(line, &job) != nil {
			if w.busy.Load() {
				os.Exit(1)
			}
			return
		}
		w.busy.Store(true)
		jobs <- job
	}
}

// do makes the attempts of a job, and prints the result.
func (w *chaosWorker[T]) do(t T, name string, job chaos.Job) {
	result := new(chaos.Result)
	first := &chaosAttempt{config: w.config, job: job}
	w.attempt(t, name, first, result, &result.First)
	if first.ended != nil && (result.First.Failed || job.Again) {
		result.Again = new(chaos.Attempt)
		w.attempt(t, name+"-again", &chaosAttempt{config: w.config, job: job, after: first}, result, result.Again)
	}
	printResult(result)
}

func printResult(result *chaos.Result) {
	encoded, err := json.Marshal(result)
	if err != nil {
		panic(err) // of plain types only
	}
	fmt.Printf("\n%s%s\n", chaosResult, encoded)
}

// attempt calls the test in a subtest, within another that waits even for a test that is parallel.
func (w *chaosWorker[T]) attempt(t T, name string, a *chaosAttempt, result *chaos.Result, into *chaos.Attempt) {
	t.Run(name, func(t T) {
		t.Run("test", func(t T) {
			defer func() {
				if cause := recover(); cause != nil { // the bubble, about goroutines that are left
					into.Failed = true
					t.Errorf("panic: %v", cause)
				}
			}()
			w.bubble(t, func(t T) { w.call(t, a, result, into) })
		})
	})
}

// call calls the test. The attempt is finished after the clean-up of the test, which may still use the server.
func (w *chaosWorker[T]) call(t T, a *chaosAttempt, result *chaos.Result, into *chaos.Attempt) {
	if err := a.start(func(srv *Server) *Server { return srv.For(t) }); err != nil {
		into.Broken = err.Error()
		return
	}
	if a.after == nil {
		fmt.Printf("\n%s\n", chaosBegan)
	}
	collect := func(attempt chaos.Attempt) {
		if *into = attempt; a.after == nil {
			result.Met = a.stage.Met()
		}
	}
	hung := time.AfterFunc(a.job.Timeout, func() {
		attempt := a.stage.Attempt()
		attempt.Hung, attempt.Duration = true, a.elapsed()
		collect(attempt)
		printResult(result)
		os.Exit(0)
	})
	t.Cleanup(func() {
		hung.Stop()
		attempt := a.finish()
		attempt.Failed = t.Failed()
		collect(attempt)
	})
	defer func() {
		if cause := recover(); cause != nil {
			t.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	defer a.stage.Settle() // also after t.Fatal
	w.test(t, a.server)
}
