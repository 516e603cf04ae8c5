package chaos

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Options say what is run, and how it is judged.
type Options struct {
	Rules
	Only          []string      // "records.create:answer-lost", "records.create" or "answer-lost"; empty for all
	EachCall      bool          // every call of an operation, not only the first
	ClientTimeout time.Duration // how long the client waits for an answer; 0 where nobody knows
	Timeout       time.Duration // of each attempt; 0 for ten times the baseline and five seconds
	FreeTime      bool          // waiting takes no real time
	// Repeat returns what repeats just some faults in one run.
	Repeat func(cases []Case) string
}

// Session is the baseline of a client, and what is to be run.
type Session struct {
	driver   Driver
	options  Options
	compare  comparison
	want     Effect
	baseline Baseline
	plan     []Armed
	skipped  []Skipped
	job      Job // what all runs have in common
	now      time.Time
}

// BaselineError says that a run fails without any fault.
type BaselineError struct {
	Attempt Attempt
}

func (e *BaselineError) Error() string {
	said := "it fails without any fault"
	switch {
	case e.Attempt.Hung:
		said = "it does not end, even without a fault"
	case len(e.Attempt.Requests) == 0 && !e.Attempt.Failed:
		said = "it makes no request to Attio that could fail"
	}
	said += "\n" + strings.TrimSuffix(e.Attempt.Log, "\n")
	requests := e.Attempt.Requests
	for _, r := range requests[max(0, len(requests)-maxRefused):] {
		if r.Status >= http.StatusBadRequest {
			said += "\nrefused " + r.String()
		}
	}
	return said
}

// maxRefused is how many of the last requests are looked at for those that were refused.
const maxRefused = 10

// The time-outs where none is given.
const (
	firstTimeout = 10 * time.Minute // of the baseline, of which nobody knows how long it takes
	freeTimeout  = time.Hour
)

// shortRetry is after what time a delivery is retried where waiting takes real time: a run may be over in half a second.
const shortRetry = 200 * time.Millisecond

// Begin runs the baseline twice, and makes the plan.
func Begin(ctx context.Context, driver Driver, options Options) (*Session, error) {
	if err := options.Check(); err != nil {
		return nil, err
	}
	s := &Session{driver: driver, options: options, compare: comparison{ignored: make(map[string]bool)}, now: world.NewClock(world.Start{}).Now()}
	for _, name := range options.Normalise {
		s.compare.ignored[name] = true
	}
	var runs [2]Result
	for i := range runs {
		result, err := s.make(ctx, Job{Timeout: cmp.Or(options.Timeout, firstTimeout), Again: i == 1})
		if err != nil {
			return nil, err
		}
		if a := result.First; a.Failed || a.Hung || len(a.Requests) == 0 {
			return nil, &BaselineError{a}
		}
		runs[i] = result
	}
	first, second := runs[0].First, runs[1].First
	s.want = first.Effect
	s.loosen(second.Effect)
	s.describe(first, second)
	if again := runs[1].Again; again != nil && !again.Lost {
		s.baseline.Repeats = s.compare.differences(s.want, again.Effect)
	}
	longer := max(first.Duration, second.Duration)
	s.pace(longer)
	s.arrange(&facts{first.Requests, first.Deliveries, first.Frozen})
	if len(s.plan)+len(s.skipped) == 0 {
		return nil, fmt.Errorf("there is nothing to run: it never calls what %s names; it calls %s", strings.Join(options.Only, ", "), s.baseline.Called())
	}
	return s, nil
}

// make has the driver make the attempts of a job. The error says that they could not be made, or not be judged.
func (s *Session) make(ctx context.Context, job Job) (Result, error) {
	result, err := s.driver(ctx, job)
	for _, a := range []*Attempt{&result.First, result.Again} {
		if err == nil && a != nil && a.Broken != "" {
			err = errors.New(a.Broken)
		}
	}
	switch {
	case err == nil || ctx.Err() != nil:
		return result, err
	case len(job.Faults) == 0:
		return result, fmt.Errorf("the run without faults could not be made: %w", err)
	}
	return result, fmt.Errorf("the run %s could not be made: %w", NameOf(Cases(job.Faults)), err)
}

// Check returns what is wrong with the options.
func (o Options) Check() error {
	for _, text := range o.Only {
		only, err := ParseCase(text)
		if err != nil {
			return err
		}
		if err := only.check(); err != nil {
			return err
		}
	}
	return o.Rules.Check()
}

// loosen has everything ignored in which the second baseline differs from the first.
func (s *Session) loosen(second Effect) {
	for {
		differences := s.compare.differences(s.want, second)
		if len(differences) == 0 {
			return
		}
		for _, d := range differences {
			of := cmp.Or(d.In, d.Thing)
			names := []string{of}
			if d.Action == Differs && len(d.Attributes) > 0 {
				names = nil
				for _, a := range d.Attributes {
					names = append(names, of+"."+a.Attribute)
				}
			}
			for _, name := range names {
				if !s.compare.ignored[name] {
					s.compare.ignored[name] = true
					s.baseline.Unsteady = append(s.baseline.Unsteady, name)
				}
			}
		}
	}
}

func (s *Session) describe(first, second Attempt) {
	calls := func(a Attempt, operation string) int { return len((&facts{requests: a.Requests}).of(operation)) }
	for _, r := range first.Requests {
		if r.Operation == "" || slices.ContainsFunc(s.baseline.Operations, func(o OperationCalls) bool { return o.Operation == r.Operation }) {
			continue
		}
		once, again := calls(first, r.Operation), calls(second, r.Operation)
		s.baseline.Operations = append(s.baseline.Operations, OperationCalls{r.Operation, min(once, again)})
		if once != again {
			s.baseline.Unsteady = append(s.baseline.Unsteady, fmt.Sprintf("%s: %d or %d calls", r.Operation, once, again))
		}
	}
	s.baseline.Deliveries, s.baseline.Changes = first.Deliveries, len(first.Effect.Changes)
	s.baseline.Duration = milliseconds(max(first.Duration, second.Duration))
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// pace sets the times of all runs, by how long the baseline took.
func (s *Session) pace(longer time.Duration) {
	s.job.Slow = s.options.ClientTimeout + time.Second
	if s.options.FreeTime && s.options.ClientTimeout == 0 {
		s.job.Slow = 10 * time.Minute // longer than nearly any client waits
	}
	if !s.options.FreeTime {
		s.job.Retry = shortRetry
	}
	s.job.Timeout = s.options.Timeout
	switch {
	case s.options.Timeout > 0:
	case s.options.FreeTime:
		s.job.Timeout = freeTimeout
	default:
		s.job.Timeout = 10*longer + 5*time.Second + 4*s.options.ClientTimeout
	}
}

// arrange makes the plan.
func (s *Session) arrange(f *facts) {
	for _, operation := range s.baseline.Operations {
		s.add(f, "", operation.Operation)
	}
	s.add(f, ofWebhooks, ofWebhooks)
	s.add(f, ofServer, ofServer)
}

// add adds the faults that can befall an operation, or all deliveries or requests.
func (s *Session) add(f *facts, of, operation string) {
	for _, k := range kinds.Get() {
		c := Case{Operation: operation, Fault: k.name}
		asked, numbers := s.options.chosen(c)
		if k.of != of || !asked && len(numbers) == 0 {
			continue
		}
		calls, reason := k.calls(f, operation)
		if len(calls) == 0 {
			s.skipped = append(s.skipped, Skipped{Case: c, Reason: reason})
			continue
		}
		each := s.options.EachCall && of == "" && k.name != "scope-lost"
		if asked && !each {
			s.plan = append(s.plan, Armed{c, calls[0]})
		}
		for _, at := range calls {
			if asked && each || slices.Contains(numbers, at) && !(asked && at == calls[0]) {
				s.plan = append(s.plan, Armed{c.of(at), at})
			}
		}
		for _, at := range numbers {
			if !slices.Contains(calls, at) {
				s.skipped = append(s.skipped, Skipped{Case: c.of(at), Reason: "the client makes no such call that the fault can hit"})
			}
		}
	}
}

// chosen reports whether a case is among those to be run, and of which calls it is besides.
func (o Options) chosen(c Case) (asked bool, calls []int) {
	for _, text := range o.Only {
		only, _ := ParseCase(text) // Check has found no mistake
		switch covers := c.covered(only.Operation, only.Fault); {
		case covers && only.Call == 0:
			asked = true
		case covers && !slices.Contains(calls, only.Call):
			calls = append(calls, only.Call)
		}
	}
	return asked || len(o.Only) == 0, calls
}

// Plan lists the runs, each with one fault.
func (s *Session) Plan() []Armed { return slices.Clone(s.plan) }

// Baseline returns what the runs without a fault did.
func (s *Session) Baseline() Baseline { return s.baseline }

// Pairs lists the runs with two faults, of those that are accepted alone, so that a finding of a pair needs both. Without single
// runs it lists all.
func (s *Session) Pairs(single []Run) [][]Armed {
	var alone []Armed
	for _, armed := range s.plan {
		if single == nil || slices.ContainsFunc(single, func(r Run) bool { return r.Case == armed.Case && r.Accepted }) {
			alone = append(alone, armed)
		}
	}
	var pairs [][]Armed
	for i, a := range alone {
		for _, b := range alone[i+1:] {
			pairs = append(pairs, []Armed{a, b})
		}
	}
	return pairs
}

// Run makes one run and judges it. It returns false if the client did not meet all of the faults. Several runs can be made at a time.
func (s *Session) Run(ctx context.Context, faults ...Armed) (Run, bool, error) {
	if ctx.Err() != nil {
		return Run{}, false, ctx.Err()
	}
	job := s.job
	job.Faults = faults
	result, err := s.make(ctx, job)
	if err != nil {
		return Run{}, false, err
	}
	if slices.Contains(result.Met, false) && !result.First.Hung && !result.First.Lost {
		cases := Cases(faults)
		return Run{Case: cases[0], With: cases[1:]}, false, nil
	}
	return s.judge(faults, result), true, nil
}

// judge gives the verdict.
func (s *Session) judge(faults []Armed, result Result) Run {
	first := result.First
	cases := Cases(faults)
	run := Run{Case: cases[0], With: cases[1:], Diff: []Difference{}, Requests: fromHit(first.Requests), Log: first.Log, Duration: milliseconds(first.Duration)}
	final := first
	if result.Again != nil {
		final = *result.Again
	}
	if !final.Lost && !first.Hung {
		run.Diff = append(run.Diff, s.compare.differences(s.want, final.Effect)...)
	}
	same := len(run.Diff) == 0 && !final.Lost
	switch {
	case first.Hung:
		run.Verdict = Hung
	case first.Failed && same:
		run.Verdict = FailedRecovers
	case first.Failed:
		run.Verdict = FailedDamages
	case same:
		run.Verdict = Survived
	default:
		run.Verdict = SilentDamage
	}
	if s.options.Repeat != nil {
		run.Repeat = s.options.Repeat(cases)
	}
	s.options.accept(&run, s.now)
	return run
}

// maxRequests is how many requests of a run the report has.
const maxRequests = 50

// fromHit returns the requests from the first that a fault hit.
func fromHit(requests []Request) []Request {
	first := max(0, slices.IndexFunc(requests, func(r Request) bool { return r.Hit }))
	rest := requests[first:]
	return append([]Request{}, rest[:min(len(rest), maxRequests)]...)
}

// Report puts the runs together. The client did not meet the faults of those that are unmet.
func (s *Session) Report(runs, unmet []Run) Report {
	report := Report{Baseline: s.baseline, Runs: append([]Run{}, runs...), Skipped: append([]Skipped{}, s.skipped...)}
	for _, run := range unmet {
		reason := "the client did not meet it in this run"
		if len(run.With) > 0 {
			reason = "the client did not meet both in this run"
		}
		report.Skipped = append(report.Skipped, Skipped{run.Case, run.With, reason})
	}
	return report
}
