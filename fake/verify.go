package fake

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/recording"
	"github.com/fakeattio/fakeattio/fake/internal/live/verify"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Verify replays recordings of Attio to the fake, and fails the test with a report if the fake answers otherwise. The files are HAR
// files, cassettes of VCR, vcrpy or go-vcr, or fixtures of nock or Polly.JS. What a file presupposes, such as records that it reads, is
// derived from its answers, unless VerifyScenario says it.
func Verify(t TB, files ...string) { VerifyWith(t, files) }

// VerifyWith is Verify with options.
func VerifyWith(t TB, files []string, options ...VerifyOption) {
	t.Helper()
	report, err := RunVerify(files, options...)
	if err != nil {
		t.Fatalf("fake: Verify: %v", err)
		return
	}
	if report.Findings() > 0 {
		var text strings.Builder
		_ = report.WriteText(&text) // a builder takes everything
		t.Fatalf("fake: Verify: the fake answers otherwise than recorded:\n%s", text.String())
	}
}

// VerifyOption says how recordings are verified.
type VerifyOption func(*verifyConfig)

type verifyConfig struct {
	verify.Options
	server  []Option // the scenario, unless it is derived
	hosts   []string
	derived func(scenario string) error // gets it, or nil
	mistake error
}

// VerifyScenario says what the recordings presuppose, in place of what follows from their answers.
func VerifyScenario(scenario ...Option) VerifyOption {
	return func(c *verifyConfig) { c.server = append(c.server, scenario...) }
}

// VerifyHost takes in exchanges with another host than Attio's, such as that of a proxy: "proxy.example.com" or "localhost:8080".
func VerifyHost(hosts ...string) VerifyOption {
	return func(c *verifyConfig) { c.hosts = append(c.hosts, hosts...) }
}

// VerifyFailing says from which severity on a difference fails: "breaking", "notable", which is the default, or "harmless".
func VerifyFailing(severity string) VerifyOption {
	return func(c *verifyConfig) {
		c.mistake = cmp.Or(c.mistake, c.Failing.UnmarshalText([]byte(severity)))
	}
}

// VerifyAccept accepts differences: "records.query:order:data[].values=Attio sorts anew, until 2027-03-31". The parts before the
// reason are the operation, the kind and the field as the report names them; later ones may be missing.
func VerifyAccept(rules ...string) VerifyOption {
	return func(c *verifyConfig) {
		for _, text := range rules {
			rule, err := verify.ParseRule(text)
			c.mistake = cmp.Or(c.mistake, err)
			c.Rules = append(c.Rules, rule)
		}
	}
}

// VerifyRules reads from a file which differences are accepted.
func VerifyRules(path string) VerifyOption {
	return func(c *verifyConfig) {
		rules, err := verify.ReadRules(path)
		if err != nil {
			c.mistake = cmp.Or(c.mistake, fmt.Errorf("the rules:\n%w", err))
		}
		c.Rules = append(c.Rules, rules...)
	}
}

// VerifyDerived hands over the scenario that a file presupposes, before it is replayed.
func VerifyDerived(take func(scenario string) error) VerifyOption {
	return func(c *verifyConfig) { c.derived = take }
}

// VerifyReport is what came of recordings.
type VerifyReport struct{ inner verify.Report }

// Findings counts the differences that are not accepted.
func (r VerifyReport) Findings() int { return len(r.inner.Failures()) }

// WriteText writes the differences, worst first, and the result in the last line.
func (r VerifyReport) WriteText(w io.Writer) error { return r.inner.Text(w) }

// WriteJSON writes the report for programs.
func (r VerifyReport) WriteJSON(w io.Writer) error { return r.inner.JSON(w) }

// WriteMarkdown writes the report for a comment on a pull request.
func (r VerifyReport) WriteMarkdown(w io.Writer) error { return r.inner.Markdown(w) }

// RunVerify is Verify for anything other than a Go test.
func RunVerify(files []string, options ...VerifyOption) (VerifyReport, error) {
	c := verifyConfig{}
	c.Failing, c.Now = compare.Notable, world.NewClock(world.Start{}).Now()
	for _, option := range options {
		option(&c)
	}
	if c.mistake != nil {
		return VerifyReport{}, &OptionError{c.mistake}
	}
	c.Start, c.Derives = c.start, c.server == nil
	var all []recording.File
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			return VerifyReport{}, fmt.Errorf("%s cannot be read", path)
		}
		file, err := recording.Read(path, content, c.hosts...)
		if err != nil {
			return VerifyReport{}, err
		}
		all = append(all, file)
	}
	report, err := verify.Run(all, c.Options)
	return VerifyReport{report}, err
}

// start starts a server for one file.
func (c *verifyConfig) start(scenario string) (verify.Fake, func(), error) {
	options := slices.Clone(c.server)
	if c.Derives {
		options = []Option{YAML(scenario)}
	}
	server, err := Start(append(options, WithoutSocket())...)
	if err != nil {
		return verify.Fake{}, nil, err
	}
	if c.Derives && c.derived != nil {
		text, err := server.Export()
		if err := errors.Join(err, c.derived(string(text))); err != nil {
			server.Close()
			return verify.Fake{}, nil, err
		}
	}
	workspaces := server.Workspaces()
	if len(workspaces) == 0 {
		server.Close()
		return verify.Fake{}, nil, errors.New("the scenario has no workspace")
	}
	return verify.Fake{
		Handler: server.Handler(),
		Token: func(recorded string) string {
			if _, _, ok := server.world.Authenticate(recorded); ok {
				return recorded
			}
			return server.firstToken(workspaces[0].inner)
		},
		SetTime: func(at time.Time) {
			if server.world.Clock.Now().Before(at) {
				_ = server.world.Clock.Set(at) // it is a time of a recording, which the clock can show
			}
		},
	}, server.Close, nil
}
