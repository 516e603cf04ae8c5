package fake

import (
	"fmt"
	"runtime"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// ChaosOption says what Chaos runs, and what is acceptable.
type ChaosOption func(*chaosConfig)

type chaosConfig struct {
	chaos.Options
	server   []Option
	prepare  func(*Server)
	bubble   any // func(T, func(T))
	pairs    bool
	parallel int
	mistake  error
}

func newChaosConfig(options []ChaosOption) chaosConfig {
	config := chaosConfig{parallel: runtime.GOMAXPROCS(0), prepare: func(*Server) {}}
	config.server = []Option{Seed(1)} // what is prepared has the same ids in all runs
	for _, option := range options {
		option(&config)
	}
	return config
}

// ChaosServer says how each server starts. Without a socket it starts faster, but the client has to use Server.Client.
func ChaosServer(options ...Option) ChaosOption {
	return func(c *chaosConfig) { c.server = append(c.server, options...) }
}

// ChaosPrepare arranges what a run begins with, once: the second call of the test, after a failure, finds it there. What the
// test itself arranges it arranges again.
func ChaosPrepare(prepare func(srv *Server)) ChaosOption {
	return func(c *chaosConfig) { c.prepare = prepare }
}

// ChaosBubble runs each call of the test in a bubble, so that hangs, time-outs and back-offs take no time:
// ChaosBubble(synctest.Test). The servers have no sockets then; the client has to use Server.Client.
func ChaosBubble[T any](bubble func(t T, test func(T))) ChaosOption {
	return func(c *chaosConfig) {
		c.bubble, c.FreeTime = bubble, true
		c.server = append(c.server, WithoutSocket())
	}
}

// ChaosOnly runs only some faults: "records.create:answer-lost", all of an operation, "records.create", or a fault wherever it
// can happen, "answer-lost". Given several times, it takes all of them.
func ChaosOnly(only ...string) ChaosOption {
	return func(c *chaosConfig) { c.Only = append(c.Only, only...) }
}

// ChaosEachCall tries the faults at each call of an operation, not only at the first.
func ChaosEachCall() ChaosOption { return func(c *chaosConfig) { c.EachCall = true } }

// ChaosPairs then tries each two of the faults that are accepted alone, in one run.
func ChaosPairs() ChaosOption { return func(c *chaosConfig) { c.pairs = true } }

// ChaosClientTimeout says how long the client waits for an answer, so that the fault slow takes longer, and a client that waits
// for nothing is not taken for one that hangs.
func ChaosClientTimeout(d time.Duration) ChaosOption {
	return func(c *chaosConfig) { c.ClientTimeout = d }
}

// ChaosTimeout is after which time a call of the test is taken to hang: ten times as long as without faults and five seconds more by
// default. In a bubble it is an hour, which takes no time.
func ChaosTimeout(d time.Duration) ChaosOption {
	return func(c *chaosConfig) { c.Timeout = d }
}

// ChaosParallel is how many runs go at a time; as many as there are processors by default.
func ChaosParallel(n int) ChaosOption {
	return func(c *chaosConfig) { c.parallel = max(1, n) }
}

// ChaosNormalise leaves something out of the comparison: an attribute, "people.synced_at", a field, "task.deadline_at", or all
// records of an object, "people".
func ChaosNormalise(names ...string) ChaosOption {
	return func(c *chaosConfig) { c.Normalise = append(c.Normalise, names...) }
}

// ChaosRepeat says what repeats just some runs, given the names of their faults, in the report of RunChaos.
func ChaosRepeat(repeat func(names []string) string) ChaosOption {
	return func(c *chaosConfig) {
		c.Repeat = func(cases []chaos.Case) string {
			var names []string
			for _, of := range cases {
				names = append(names, of.String())
			}
			return repeat(names)
		}
	}
}

// ChaosMust is the verdict that the runs of an operation and a fault have to reach at least. An empty operation or fault takes
// all; of several rules for a run the last one counts. Without any it is ChaosFailedRecovers.
func ChaosMust(operation, fault string, verdict ChaosVerdict) ChaosOption {
	return func(c *chaosConfig) {
		c.Must = append(c.Must, chaos.Must{Operation: operation, Fault: fault, Verdict: chaos.Verdict(verdict)})
	}
}

// ParseChaosMust reads what ChaosMust takes from a text: "records.create:rate-limited=survived". Operation or fault may be missing.
func ParseChaosMust(text string) (ChaosOption, error) {
	m, err := chaos.ParseMust(text)
	return func(c *chaosConfig) { c.Must = append(c.Must, m) }, err
}

// ChaosAccepted is a finding that is accepted, for a reason and until a day.
type ChaosAccepted struct {
	Operation string       // such as "records.create" or "records.*"; empty for all
	Fault     string       // empty for all
	Verdict   ChaosVerdict // empty for all
	Reason    string
	Expires   time.Time // from then on it is not accepted; zero for never
}

// ChaosAccept accepts a finding.
func ChaosAccept(a ChaosAccepted) ChaosOption {
	return func(c *chaosConfig) {
		c.Accepted = append(c.Accepted, chaos.Accepted{
			Operation: a.Operation, Fault: a.Fault, Verdict: chaos.Verdict(a.Verdict), Reason: a.Reason, Expires: a.Expires,
		})
	}
}

// ParseChaosAccepted reads what ChaosAccept takes from a text: "records.create:answer-lost=cleaned up at night, until 2027-03-31".
// Operation or fault may be missing, and so may the day, on which it is still accepted.
func ParseChaosAccepted(text string) (ChaosOption, error) {
	a, err := chaos.ParseAccepted(text)
	return func(c *chaosConfig) { c.Accepted = append(c.Accepted, a) }, err
}

// ChaosRules reads from a file which verdicts must be reached, which findings are accepted, and what is not compared.
func ChaosRules(path string) ChaosOption {
	return func(c *chaosConfig) {
		rules, err := chaos.ReadRules(path)
		if err != nil {
			c.mistake = fmt.Errorf("the rules:\n%w", err)
		}
		c.Must = append(c.Must, rules.Must...)
		c.Accepted = append(c.Accepted, rules.Accepted...)
		c.Normalise = append(c.Normalise, rules.Normalise...)
	}
}
