package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/spf13/cobra"

	"github.com/fakeattio/fakeattio/fake"
)

// verifying holds the flags of verify.
type verifying struct {
	scenario scenarioFlag
	derived  string
	hosts    []string
	accept   []string
	rules    string
	failing  string
	json     string
	markdown string
}

// defaultAccepted is the file of accepted differences that needs no flag.
const defaultAccepted = "verify.yaml"

func newVerify() *cobra.Command {
	v := &verifying{}
	cmd := &cobra.Command{
		Use:   "verify [flags] FILE...",
		Short: "Hold recordings of Attio's answers against the fake",
		Long: `verify replays recorded requests to a fake, and reports where it answers otherwise
than Attio did: statuses, headers, keys and their order, types and forms of values,
codes and sentences of errors. It reads HAR files, cassettes of VCR, vcrpy and go-vcr,
and fixtures of nock and Polly.JS.

What a recording presupposes is derived from its answers, unless --scenario says it.
Differences are breaking, notable or harmless. verify exits with 1 if there are some
that are neither accepted nor harmless. No request leaves this machine.`,
		Example: `  fakeattio verify spec/cassettes/*.yml
  fakeattio verify --write-scenario seed.yaml app.har
  fakeattio verify --accept 'records.query:order=Attio sorts anew, until 2027-03-31' test/__recordings__/*/*.har`,
		Args: arguments(1, math.MaxInt),
		RunE: func(cmd *cobra.Command, args []string) error { return v.run(cmd, args) },
	}
	flags := cmd.Flags()
	v.scenario.addTo(cmd)
	flags.Lookup("scenario").DefValue = "[]" // without it, what a recording presupposes is derived
	flags.StringVar(&v.derived, "write-scenario", "", "write what the recording presupposes to a `FILE`, as a scenario")
	flags.StringArrayVar(&v.hosts, "host", nil, "take in exchanges with this `HOST`, such as a proxy of Attio, too; repeatable")
	flags.StringArrayVar(&v.accept, "accept", nil, "accept a difference: `OPERATION:KIND:FIELD=REASON`, as the report names it, with ', until DAY' at the end or not; repeatable")
	flags.StringVar(&v.rules, "rules", "", "`FILE` of accepted differences; "+defaultAccepted+" if there is one")
	flags.StringVar(&v.failing, "fail-on", "notable", "the mildest `SEVERITY` that fails: breaking, notable or harmless")
	flags.StringVar(&v.json, "json", "", "write the report to a `FILE` in JSON")
	flags.StringVar(&v.markdown, "markdown", "", "write the report to a `FILE` in Markdown, for a pull request or an issue")
	return cmd
}

func (v *verifying) run(cmd *cobra.Command, args []string) error {
	options, err := v.options(args)
	if err != nil {
		return err
	}
	report, err := fake.RunVerify(args, options...)
	switch {
	case errors.As(err, new(*fake.OptionError)):
		return misuse{err}
	case err != nil:
		return err
	}
	err = errors.Join(report.WriteText(cmd.OutOrStdout()), v.write("json", v.json, report.WriteJSON), v.write("markdown", v.markdown, report.WriteMarkdown))
	if err == nil && report.Findings() > 0 {
		err = &ended{exitFailed, ""} // the report says why
	}
	return err
}

// seeded reports whether the flags say what the recordings presuppose.
func (v *verifying) seeded() bool {
	return v.scenario.cmd.Flags().Changed("scenario") || v.scenario.yaml != ""
}

func (v *verifying) options(args []string) ([]fake.VerifyOption, error) {
	options := []fake.VerifyOption{fake.VerifyHost(v.hosts...), fake.VerifyAccept(v.accept...), fake.VerifyFailing(v.failing)}
	path := v.rules
	if _, err := os.Stat(defaultAccepted); path == "" && err == nil {
		path = defaultAccepted
	}
	if path != "" {
		options = append(options, fake.VerifyRules(path))
	}
	if v.seeded() {
		server, err := v.scenario.options()
		if err != nil {
			return nil, err
		}
		options = append(options, fake.VerifyScenario(server...))
	}
	switch {
	case v.derived != "" && v.seeded():
		return nil, misuse{errors.New("--write-scenario writes what is derived from the recording, and --scenario says it; give one of them")}
	case v.derived != "" && len(args) > 1:
		return nil, misuse{errors.New("--write-scenario takes one recording, as each presupposes another scenario")}
	case v.derived != "":
		options = append(options, fake.VerifyDerived(func(scenario string) error { return writeFile(v.derived, []byte(scenario)) }))
	}
	return options, nil
}

// write writes a report to a file, if a flag names one.
func (v *verifying) write(flag, path string, to func(io.Writer) error) error {
	if path == "" {
		return nil
	}
	var content bytes.Buffer
	if err := errors.Join(to(&content), writeFile(path, content.Bytes())); err != nil {
		return fmt.Errorf("--%s: %w", flag, err)
	}
	return nil
}
