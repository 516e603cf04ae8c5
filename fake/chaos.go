package fake

import (
	"context"
	"fmt"
	"regexp"
	"runtime"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
	"github.com/fakeattio/fakeattio/fake/internal/chaos/report"
)

// ChaosT is what Chaos needs of a test: *testing.T has it.
type ChaosT[T any] interface {
	TB
	Name() string
	Run(name string, test func(T)) bool
	Errorf(format string, args ...any)
	SkipNow()
}

// Chaos runs a test of a client twice as it is, and then once under each fault that its requests can meet, each time on a
// new server. It judges a run by whether the test passes, by what the client's requests have changed in the end, compared
// with a run without faults, and by what a second call of the test, without the fault, makes of that:
//
//	func TestSync(t *testing.T) {
//		fake.Chaos(t, func(t *testing.T, srv *fake.Server) {
//			if err := sync(srv.URL, srv.Token("acme")); err != nil {
//				t.Fatal(err)
//			}
//		})
//	}
//
// Each run is a subtest, TestSync/records.create/answer-lost. It fails only if its verdict is not acceptable, whatever the
// test does under the fault. A test under faults runs in processes of its own, made of the same binary, which begin the
// test that calls Chaos anew: what stands before the call is run in each. Chaos may be called once in a test or subtest.
func Chaos[T ChaosT[T]](t T, test func(t T, srv *Server), options ...ChaosOption) ChaosReport {
	t.Helper()
	config := newChaosConfig(options)
	_, file, line, _ := runtime.Caller(1)
	place := fmt.Sprintf("%s %s:%d", t.Name(), file, line)
	if serves, worker := chaosWorkerAt(place); worker {
		if serves {
			serveChaos(t, test, config)
		}
		return ChaosReport{}
	}
	if config.mistake != nil {
		t.Fatalf("fake: Chaos: %v", config.mistake)
	}
	name := t.Name()
	config.Repeat = func(cases []chaos.Case) string { return repeatOf(name, cases) }
	pool := newChaosPool(name, place, config)
	t.Cleanup(pool.close)
	defer pool.close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	session, err := chaos.Begin(ctx, pool.run, config.Options)
	if err != nil {
		t.Fatalf("fake: Chaos: %v", err)
		return ChaosReport{}
	}
	t.Logf("%s", report.Baseline(session.Baseline()))
	runs := &chaosRuns{session: session, ctx: ctx, slots: make(chan struct{}, config.parallel)}
	singles := runs.of(session.Plan(), !selects(name))
	subtests(t, singles)
	if config.pairs {
		var alone []chaos.Run
		if !selects(name) {
			alone = runs.made
		}
		t.Run(pairsName, func(t T) {
			for _, pair := range session.Pairs(alone) {
				pair := runs.start(pair, !selects(name))
				t.Run(pair.name(), func(t T) { judge(t, pair) })
			}
		})
	}
	return ChaosReport{session.Report(runs.made, runs.unmet)}
}

// pairsName is the subtest that holds the runs with two faults.
const pairsName = "pairs"

// subtests makes a subtest of each run, below one for each place.
func subtests[T ChaosT[T]](t T, runs []*chaosRun) {
	for len(runs) > 0 {
		n := 1
		for n < len(runs) && runs[n].place() == runs[0].place() {
			n++
		}
		group := runs[:n]
		runs = runs[n:]
		t.Run(group[0].place(), func(t T) {
			for _, run := range group {
				t.Run(run.faults[0].Fault, func(t T) { judge(t, run) })
			}
		})
	}
}

// judge waits for a run, and fails its subtest if the verdict is not acceptable.
func judge[T ChaosT[T]](t T, r *chaosRun) {
	t.Helper()
	run, met, err := r.wait()
	switch {
	case err != nil:
		t.Fatalf("fake: Chaos: %v", err)
	case !met:
		t.Logf("the client did not meet the fault")
	case !run.Accepted:
		t.Errorf("%s", report.Finding(run))
	default:
		t.Logf("%s", run.Verdict)
	}
}

// selects reports whether -run selects among the subtests of a test. Then only these are run, one after the other.
func selects(name string) bool {
	return strings.Count(flagValue("test.run"), "/") > strings.Count(name, "/")
}

// repeatOf returns the command that repeats one run.
func repeatOf(name string, cases []chaos.Case) string {
	path := strings.Split(name, "/")
	if len(cases) > 1 {
		path = append(path, pairsName, chaos.NameOf(cases))
	} else {
		path = append(path, cases[0].Place(), cases[0].Fault)
	}
	for i, element := range path {
		path[i] = "^" + regexp.QuoteMeta(element) + "$"
	}
	return "go test -run '" + strings.Join(path, "/") + "'"
}
