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
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/fakeattio/fakeattio/fake"
)

// disturbing holds the flags of chaos.
type disturbing struct {
	executing
	only          []string
	eachCall      bool
	pairs         bool
	clientTimeout time.Duration
	timeout       time.Duration
	parallel      int
	must          []string
	accepted      []string
	rules         string
	normalise     []string
	files         reportFiles
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

The first two are acceptable, unless --must, --accept or a file of rules says otherwise;
chaos exits with 1 if others are found. The environment of the command is that of
fakeattio exec.`,
		Example: `  fakeattio chaos -- npm test
  fakeattio chaos --only records.create:answer-lost -- npm test
  fakeattio chaos --each-call --client-timeout 5s --markdown chaos.md -- pytest -q
  fakeattio chaos --must records.create:rate-limited=survived -- python3 sync.py
  fakeattio chaos --accept 'records.query:hang=the export has no time-out, until 2027-03-31' -- npm run export`,
		Args: arguments(1, math.MaxInt),
		RunE: func(cmd *cobra.Command, args []string) error { return d.run(cmd, args) },
	}
	flags := cmd.Flags()
	flags.SetInterspersed(false) // from the command on, flags are the command's
	flags.StringArrayVar(&d.only, "only", nil, "run just these: `OPERATION:FAULT`, an operation or a fault, such as records.create:answer-lost, 'records.*' or hang; repeatable")
	flags.BoolVar(&d.eachCall, "each-call", false, "try the faults at every call of an operation, not only at the first")
	flags.BoolVar(&d.pairs, "pairs", false, "try two faults at a time, too, of those that are accepted alone")
	flags.DurationVar(&d.clientTimeout, "client-timeout", 0, "how long the command waits for an answer, at most: slow answers take longer than this `DURATION`")
	flags.DurationVar(&d.timeout, "timeout", 0, "`DURATION` after which a run has hung; ten times the run without a fault and 5s by default")
	flags.IntVar(&d.parallel, "parallel", runtime.NumCPU(), "how many `RUNS` are under way at a time")
	flags.StringArrayVar(&d.must, "must", nil, "the verdict that runs have to reach: `OPERATION:FAULT=VERDICT`, where operation or fault may be missing; repeatable")
	flags.StringArrayVar(&d.accepted, "accept", nil, "a finding that is accepted: `OPERATION:FAULT=REASON`, where operation or fault may be missing; \", until 2027-03-31\" ends that; repeatable")
	flags.StringVar(&d.rules, "rules", "", "`FILE` that says which verdicts are acceptable; "+defaultRules+" if there is one")
	flags.StringSliceVar(&d.normalise, "normalise", nil, "`ATTRIBUTES` that are not compared, such as people.synced_at, or all of notes")
	d.files.addTo(flags)
	d.listen = freePort
	d.addServer(cmd)
	d.addEnvironment(flags)
	return cmd
}

// defaultRules is the file of rules that needs no flag.
const defaultRules = "chaos.yaml"

func (d *disturbing) run(cmd *cobra.Command, args []string) error {
	options, err := d.chaosOptions(repeating(cmd.Flags(), args))
	if err := errors.Join(err, d.check()); err != nil {
		return misuse{err}
	}
	if _, err := find(args); err != nil {
		return err
	}
	if err := d.files.create(); err != nil {
		return misuse{err}
	}
	server, err := d.serverOptions()
	if err != nil {
		return err
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	show := newProgress(cmd.ErrOrStderr(), isTerminal(cmd.ErrOrStderr()), time.Now)
	r, err := fake.RunChaos(ctx, func(ctx context.Context, server *fake.Server) error { return d.attempt(ctx, server, args) },
		show.ended, append(options, fake.ChaosServer(server...))...)
	show.close()
	switch {
	case errors.As(err, new(*fake.OptionError)):
		return misuse{err}
	case err != nil && ctx.Err() == nil:
		err = fmt.Errorf("%s cannot be tried under faults: %w", args[0], err)
	case err == nil && r.Findings() > 0:
		err = &ended{exitFailed, ""} // the report says why
	}
	err = errors.Join(err, d.files.write(r))
	if len(r.Runs()) == 0 && err != nil {
		return err
	}
	return errors.Join(err, r.WriteText(cmd.OutOrStdout()))
}

// interruptible returns a context that ends when the program is told to end. The cause has the exit code.
func interruptible(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}, signal.Ignored)...)
	go func() {
		select {
		case s := <-signals:
			number, _ := s.(syscall.Signal) // as all of them are
			cancel(&ended{exitSignal + int(number), fmt.Sprintf("interrupted by a signal: %v", s)})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// serverOptions returns the options of the servers, which have nothing to say.
func (d *disturbing) serverOptions() ([]fake.Option, error) {
	options, err := d.options(newPerson(io.Discard, io.Discard, "never"))
	if err != nil {
		return nil, err
	}
	scenarios, err := d.scenario.options()
	return append(append(options, scenarios...), fake.WithoutSocket()), err
}

// check refuses flags that make no sense.
func (d *disturbing) check() error {
	if d.parallel < 1 {
		return fmt.Errorf("--parallel takes a number from 1, not %d", d.parallel)
	}
	return d.serving.check()
}

// chaosOptions returns what the flags and the file of rules ask for.
func (d *disturbing) chaosOptions(repeat func(names []string) string) ([]fake.ChaosOption, error) {
	options := []fake.ChaosOption{
		fake.ChaosOnly(d.only...), fake.ChaosClientTimeout(d.clientTimeout), fake.ChaosTimeout(d.timeout), fake.ChaosParallel(d.parallel),
		fake.ChaosNormalise(d.normalise...), fake.ChaosRepeat(repeat),
	}
	if d.eachCall {
		options = append(options, fake.ChaosEachCall())
	}
	if d.pairs {
		options = append(options, fake.ChaosPairs())
	}
	path := d.rules
	if _, err := os.Stat(defaultRules); path == "" && err == nil {
		path = defaultRules
	}
	if path != "" {
		options = append(options, fake.ChaosRules(path))
	}
	for _, flag := range []struct {
		name  string
		texts []string
		parse func(string) (fake.ChaosOption, error)
	}{{"must", d.must, fake.ParseChaosMust}, {"accept", d.accepted, fake.ParseChaosAccepted}} {
		for _, text := range flag.texts {
			option, err := flag.parse(text)
			if err != nil {
				return nil, fmt.Errorf("--%s: %w", flag.name, err)
			}
			options = append(options, option)
		}
	}
	return options, nil
}

// repeating returns a function that writes the command which repeats just some runs.
func repeating(set *pflag.FlagSet, args []string) func(names []string) string {
	var flags []string
	set.Visit(func(f *pflag.Flag) {
		if repeated[f.Name] {
			return
		}
		values := []string{f.Value.String()}
		if many, ok := f.Value.(pflag.SliceValue); ok {
			values = many.GetSlice()
		}
		for _, value := range values {
			flags = append(flags, "--"+f.Name+"="+value)
		}
	})
	return func(names []string) string {
		words := slices.Concat([]string{"fakeattio", "chaos"}, flags)
		for _, name := range names {
			words = append(words, "--only="+name)
		}
		if len(names) > 1 {
			words = append(words, "--pairs")
		}
		words = append(append(words, "--"), args...)
		for i, word := range words {
			words[i] = quoted(word)
		}
		return strings.Join(words, " ")
	}
}

// repeated are the flags that are not repeated as they are: which runs to make, how many at a time, and where to report.
var repeated = map[string]bool{
	"only": true, "each-call": true, "pairs": true, "parallel": true, "junit": true, "json": true, "html": true, "markdown": true,
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
