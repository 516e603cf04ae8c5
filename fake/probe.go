package fake

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live"
	"github.com/fakeattio/fakeattio/fake/internal/live/probe"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// ProbeOptions says which workspace a probe asks, and what it may do there.
type ProbeOptions struct {
	URL     string // of the API; empty for Attio's own
	Token   string
	Write   bool     // else nothing is sent that may change something
	Only    []string // the probes that are wanted, by id or as "records.*", with those that they need; the default is all
	State   string   // the file in which answers are kept until the run has come to its end; the next run goes on with them
	Version string   // of the program, for the report

	// Ended is called after each probe, with how many have ended, how many there are, and how many found something.
	Ended func(done, of, findings int)
}

// ProbeReport is what came of a probe. It holds nothing of the workspace's own.
type ProbeReport struct{ inner *probe.Report }

// RunProbe asks a workspace and a fake like it the same, side by side: the known differences, and each operation. It calls no
// other host than that of the URL, and writes only into things that it makes itself.
func RunProbe(ctx context.Context, o ProbeOptions) (ProbeReport, error) {
	if o.URL == "" {
		o.URL = live.DefaultURL
	}
	if _, err := probe.Choose(o.Only, o.Write); err != nil {
		return ProbeReport{}, &OptionError{err}
	}
	log, err := probe.OpenLog(o.State, o.URL, string(world.NewIDs(nil, "").New())[:8])
	if err != nil {
		return ProbeReport{}, err
	}
	findings := 0
	report, err := probe.Run(ctx, probe.Options{
		URL: o.URL, Token: o.Token, Write: o.Write, Only: o.Only, Log: log, Fake: startProbed,
		Ended: func(done, of int, r probe.Result) {
			if r.Verdict == probe.FakeWrong || r.Verdict == probe.AttioMoved {
				findings++
			}
			if o.Ended != nil {
				o.Ended(done, of, findings)
			}
		},
	})
	if closed := log.Close(err == nil); err == nil {
		err = closed
	}
	if err != nil {
		return ProbeReport{}, err
	}
	report.Date, report.Fake = world.NewClock(world.Start{}).Now().Format(time.DateOnly), o.Version
	return ProbeReport{report}, nil
}

// startProbed starts the fake that is asked beside the workspace. It sends nothing to anybody.
func startProbed(scenario string) (probe.Fake, error) {
	srv, err := Start(YAML(scenario), WithoutSocket(), WebhookClient(&http.Client{Transport: nowhere{}}))
	if err != nil {
		return probe.Fake{}, err
	}
	return probe.Fake{Transport: srv.Transport(), Token: srv.Token("probe"), Close: srv.Close}, nil
}

// nowhere sends no request.
type nowhere struct{}

func (nowhere) RoundTrip(r *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("nothing is sent to %s", r.URL.Host)
}

// ReadProbe reads a report that ProbeReport.JSON has written.
func ReadProbe(file []byte) (ProbeReport, error) {
	report, err := probe.Read(file)
	return ProbeReport{report}, err
}

// JSON returns the report as a file for ReadProbe.
func (r ProbeReport) JSON() ([]byte, error) { return r.inner.JSON() }

// WriteText writes the report for a terminal.
func (r ProbeReport) WriteText(w io.Writer) error { return r.inner.WriteText(w) }

// WriteMarkdown writes the report for an issue.
func (r ProbeReport) WriteMarkdown(w io.Writer) error { return r.inner.WriteMarkdown(w) }

// Findings returns how many probes found the fake wrong, or found that Attio has moved.
func (r ProbeReport) Findings() int { return r.inner.Findings() }

// ProbeCall is a call that a probe makes, with names in angle brackets for what earlier calls find out.
type ProbeCall struct {
	Probe, Request string
	Writes         bool
}

// ProbeCalls lists the calls that RunProbe would make, in their order. An error names a probe that does not exist.
func ProbeCalls(o ProbeOptions) ([]ProbeCall, error) {
	chosen, err := probe.Choose(o.Only, o.Write)
	var calls []ProbeCall
	for _, p := range chosen {
		for _, c := range p.Calls {
			calls = append(calls, ProbeCall{p.ID, c.String(), c.Writes()})
		}
	}
	return calls, err
}
