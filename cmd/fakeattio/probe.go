package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/fakeattio/fakeattio/fake"
)

// probing holds the flags of probe.
type probing struct {
	from, token            string
	output, markdown, show string
	only                   []string
	write, dryRun          bool
}

func newProbe() *cobra.Command {
	p := new(probing)
	cmd := &cobra.Command{
		Use:   "probe",
		Short: "Hold the fake against a real workspace",
		Long: `probe sends a workspace and a fake like it the same calls, at most 300, and compares
the answers: for each known difference, and for each operation. It says of each
whether the fake is wrong, whether Attio has moved since it was last seen, or
whether all is as documented.

It only reads, unless --write is given. Then it writes only into things that it
makes itself, which are called fakeattio_probe_…, and removes them at the end. It
calls no other host than the one of --from, and stays within Attio's rate limits.

The report holds nothing of the workspace's own, so it can be attached to an issue.
A run that was interrupted goes on when it is called again. Until then a file that
ends in .partial is beside the report. It has the real answers, and no token.

Give the token in FAKEATTIO_TOKEN: other users of a machine can see command lines.
The exit code is 1 if the fake is wrong or Attio has moved.`,
		Example: `  fakeattio probe --dry-run --write
  FAKEATTIO_TOKEN=… fakeattio probe --write --output probe.json
  FAKEATTIO_TOKEN=… fakeattio probe --write --only query.limit,values.www
  fakeattio probe --show probe.json`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return p.run(cmd) },
	}
	flags := cmd.Flags()
	flags.StringVar(&p.from, "from", "https://api.attio.com", "base `URL` of the API; no other host is called")
	flags.StringVar(&p.token, "token", "", "access `TOKEN` of the workspace; a probe whose scope it lacks stays undecided")
	flags.StringVarP(&p.output, "output", "o", "probe.json", "`FILE` to write the report to")
	flags.StringVar(&p.markdown, "markdown", "", "also write the report to a `FILE` in Markdown, for an issue")
	flags.StringVar(&p.show, "show", "", "ask nothing, and print the report in a `FILE` again")
	flags.StringSliceVar(&p.only, "only", nil, "ask only some `PROBES`, such as query.limit or records.*, and what they need; the default is all")
	flags.BoolVar(&p.write, "write", false, "allow writes, into things that the probe makes itself")
	flags.BoolVar(&p.dryRun, "dry-run", false, "send nothing, and list the calls")
	return cmd
}

func (p *probing) run(cmd *cobra.Command) error {
	switch {
	case p.dryRun:
		return p.list(cmd.OutOrStdout())
	case p.show != "":
		file, err := os.ReadFile(p.show)
		if err != nil {
			return plainFile("read", err)
		}
		report, err := fake.ReadProbe(file)
		if err != nil {
			return fmt.Errorf("%s: %w", p.show, err)
		}
		return p.print(cmd.OutOrStdout(), report)
	case p.token == "":
		return misuse{fmt.Errorf("a token is missing: set %sTOKEN to one of the workspace", prefix)}
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	state := p.output + ".partial"
	report, err := fake.RunProbe(ctx, fake.ProbeOptions{
		URL: p.from, Token: p.token, Write: p.write, Only: p.only, State: state, Version: buildVersion(), Ended: progressOfProbe(cmd.ErrOrStderr()),
	})
	if err != nil {
		return p.failed(ctx, err, state)
	}
	file, err := report.JSON()
	if err != nil {
		return err
	}
	if err := writeFile(p.output, file); err != nil {
		return err
	}
	if err := p.print(cmd.OutOrStdout(), report); err != nil {
		return err
	}
	if report.Findings() > 0 {
		return &ended{exitFailed, ""} // the report says why
	}
	return nil
}

// list prints the calls without sending them.
func (p *probing) list(to io.Writer) error {
	var text bytes.Buffer
	calls, err := fake.ProbeCalls(fake.ProbeOptions{Write: p.write, Only: p.only})
	if err != nil {
		return misuse{fmt.Errorf("--only: %w", err)}
	}
	for _, call := range calls {
		does := "read "
		if call.Writes {
			does = "write"
		}
		fmt.Fprintf(&text, "%s  %-32s  %s\n", does, call.Probe, call.Request)
	}
	fmt.Fprintf(&text, "%d calls\n", len(calls))
	_, err = to.Write(text.Bytes())
	return err
}

// print prints a report, and writes it in Markdown if that is wanted.
func (p *probing) print(to io.Writer, report fake.ProbeReport) error {
	if p.markdown != "" {
		var text bytes.Buffer
		if err := errors.Join(report.WriteMarkdown(&text), writeFile(p.markdown, text.Bytes())); err != nil {
			return err
		}
	}
	return report.WriteText(to)
}

// failed adds to an error what to do about it.
func (p *probing) failed(ctx context.Context, err error, state string) error {
	_, missing := os.Stat(state)
	switch {
	case errors.As(err, new(*fake.OptionError)):
		return misuse{err}
	case ctx.Err() != nil:
		return &ended{exitSignal + int(syscall.SIGINT), "interrupted; the same command goes on with what is in " + state}
	case missing == nil:
		return fmt.Errorf("%w\nThe same command goes on with what is in %s", err, state)
	}
	return err
}

// progressOfProbe shows on a terminal how far a probe is.
func progressOfProbe(to io.Writer) func(done, of, findings int) {
	if !isTerminal(to) {
		return nil
	}
	status := &statusLine{to: to}
	return func(done, of, findings int) {
		if done == of {
			status.clear()
			return
		}
		status.show(fmt.Sprintf("%d of %d probes, %d findings", done, of, findings))
	}
}
