package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
	"github.com/fakeattio/fakeattio/fake/internal/chaos/report"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// disturbing holds the flags of chaos.
type disturbing struct {
	executing
	options  chaos.Options
	rules    string
	must     []string
	parallel int
	pairs    bool
	files    reportFiles
}

func newChaos() *cobra.Command {
	d := disturbing{executing: executing{serving: serving{logFormat: "text"}}}
	cmd := &cobra.Command{
		Use:   "chaos [flags] -- COMMAND [ARGUMENT...]",
		Short: "Run a command under every fault, and tell which ones it does not survive",
		Long: `chaos runs a command twice as it is, and then once under each fault that its
requests can meet, each time with a fake of its own. It judges a run by the exit
code, by what the requests have changed in the end, compared with a run without
faults, and by what the same command without the fault makes of that:

  survived         it passes, and leaves what it leaves without the fault
  failed-recovers  it fails; run again, it leaves what it leaves without the fault
  hung             it does not end in time
  failed-damages   it fails; run again, it leaves something else
  silent-damage    it passes, but leaves something else

The first two are acceptable, unless --must or a file of rules says otherwise;
chaos exits with 1 if others are found. The environment of the command is that of
fakeattio exec.`,
		Example: `  fakeattio chaos -- npm test
  fakeattio chaos --only records.create:answer-lost -- npm test
  fakeattio chaos --each-call --client-timeout 5s --markdown chaos.md -- pytest -q
  fakeattio chaos --must records.create:rate-limited=survived -- python3 sync.py`,
		Args: arguments(1, math.MaxInt),
		RunE: func(cmd *cobra.Command, args []string) error { return d.run(cmd, args) },
	}
	flags := cmd.Flags()
	flags.SetInterspersed(false) // from the command on, flags are the command's
	flags.StringArrayVar(&d.options.Only, "only", nil, "run just these: `OPERATION:FAULT`, an operation or a fault, such as records.create:answer-lost, 'records.*' or hang; repeatable")
	flags.BoolVar(&d.options.EachCall, "each-call", false, "try the faults at every call of an operation, not only at the first")
	flags.BoolVar(&d.pairs, "pairs", false, "try two faults at a time, too, of those that are accepted alone")
	flags.DurationVar(&d.options.ClientTimeout, "client-timeout", 0, "how long the command waits for an answer, at most: slow answers take longer than this `DURATION`")
	flags.DurationVar(&d.options.Timeout, "timeout", 0, "`DURATION` after which a run has hung; ten times the run without a fault and 5s by default")
	flags.IntVar(&d.parallel, "parallel", runtime.NumCPU(), "how many `RUNS` are under way at a time")
	flags.StringArrayVar(&d.must, "must", nil, "the verdict that runs have to reach: `OPERATION:FAULT=VERDICT`, where operation or fault may be missing; repeatable")
	flags.StringVar(&d.rules, "rules", "", "`FILE` that says which verdicts are acceptable; "+defaultRules+" if there is one")
	flags.StringSliceVar(&d.options.Normalise, "normalise", nil, "`ATTRIBUTES` that are not compared, such as people.synced_at, or all of notes")
	d.files.addTo(flags)
	d.listen = freePort
	d.addServer(cmd)
	d.addEnvironment(flags)
	return cmd
}

// defaultRules is the file of rules that needs no flag.
const defaultRules = "chaos.yaml"

func (d *disturbing) run(cmd *cobra.Command, args []string) error {
	if err := errors.Join(d.check(), d.readRules()); err != nil {
		return misuse{err}
	}
	if _, err := find(args); err != nil {
		return err
	}
	if _, err := d.scenario.options(); err != nil { // reads standard input, for all servers
		return err
	}
	if err := d.files.create(); err != nil {
		return misuse{err}
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	d.options.Repeat = func(cases []chaos.Case) string { return repeating(cases, args) }
	session, err := chaos.Begin(ctx, &commands{flags: &d.executing, args: args, slots: make(chan struct{}, d.parallel)}, d.options)
	if failed, ok := errors.AsType[*chaos.BaselineError](err); ok {
		_, _ = io.WriteString(cmd.ErrOrStderr(), failed.Attempt.Log)
		return fmt.Errorf("%s cannot be tried under faults: %w", args[0], failed)
	}
	if err != nil {
		return interrupted(ctx, err)
	}
	r, err := d.runs(ctx, cmd.ErrOrStderr(), session)
	if written := errors.Join(d.files.write(r), report.Text(cmd.OutOrStdout(), r)); written != nil || err != nil {
		return errors.Join(interrupted(ctx, err), written)
	}
	for _, run := range r.Runs {
		if !run.Accepted {
			return &ended{exitFailed, ""} // the report says why
		}
	}
	return nil
}

// runs makes all runs, and shows on the way how far they are.
func (d *disturbing) runs(ctx context.Context, stderr io.Writer, session *chaos.Session) (chaos.Report, error) {
	var plan [][]chaos.Armed
	for _, armed := range session.Plan() {
		plan = append(plan, []chaos.Armed{armed})
	}
	all := &runs{session: session, parallel: d.parallel, progress: report.NewProgress(stderr, isTerminal(stderr), len(plan), world.NewClock(world.Start{}).Now)}
	err := all.make(ctx, plan)
	if err == nil && d.pairs {
		pairs := session.Pairs(all.made)
		all.progress.More(len(pairs))
		err = all.make(ctx, pairs)
	}
	all.progress.Close()
	return session.Report(all.made, all.unmet), err
}

// check refuses flags that make no sense.
func (d *disturbing) check() error {
	if d.parallel < 1 {
		return fmt.Errorf("--parallel takes a number from 1, not %d", d.parallel)
	}
	return d.serving.check()
}

// readRules reads the file of rules, and adds those of the flags.
func (d *disturbing) readRules() error {
	path := d.rules
	if _, err := os.Stat(defaultRules); path == "" && err == nil {
		path = defaultRules
	}
	normalise := d.options.Normalise
	if path != "" {
		rules, err := chaos.ReadRules(path)
		if err != nil {
			return err
		}
		d.options.Rules = rules
		d.options.Normalise = append(rules.Normalise, normalise...)
	}
	for _, text := range d.must {
		of, verdict, ok := strings.Cut(text, "=")
		operation, fault, _ := strings.Cut(of, ":")
		if !ok {
			return fmt.Errorf("--must takes OPERATION:FAULT=VERDICT, such as records.create:rate-limited=survived, not %q", text)
		}
		d.options.Must = append(d.options.Must, chaos.Must{Operation: operation, Fault: fault, Verdict: chaos.Verdict(verdict)})
	}
	return d.options.Check()
}

// repeating returns the command that repeats one run.
func repeating(cases []chaos.Case, args []string) string {
	line := "fakeattio chaos"
	for _, c := range cases {
		line += " --only " + quoted(c.String())
	}
	if len(cases) > 1 {
		line += " --pairs"
	}
	line += " --"
	for _, arg := range args {
		line += " " + quoted(arg)
	}
	return line
}

// quoted quotes a word for a shell, if it has to be.
func quoted(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@%+=,", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// interrupted returns an error, or what a signal that caused it means.
func interrupted(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return &ended{exitSignal + int(syscall.SIGINT), "interrupted before all runs were made"}
	}
	return err
}
