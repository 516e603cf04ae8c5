// Command fakeattio runs a fake of the Attio REST API and works with its scenarios.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// The exit codes of failures.
const (
	exitFailed = 1 // something went wrong at run time
	exitMisuse = 2 // a mistake in the command line or the environment, or a problem in a scenario
)

// misuse is a mistake in how the program was called. The message points to --help.
type misuse struct{ error }

// badScenario reports problems in a scenario. The error names the line; pointing to --help would not help.
type badScenario struct{ error }

// run runs the program and returns its exit code. It prints an error once, on stderr.
func run(args []string, stdout, stderr io.Writer) int {
	root := newRoot(args)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	understood := false
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		understood = true
		if err := refuseUnknown(without(os.Environ(), urlVariable), func() []string { return variables(newRoot(nil)) }); err != nil {
			return err
		}
		return setFromEnvironment(cmd.Flags(), os.LookupEnv)
	}

	cmd, err := root.ExecuteC()
	if err == nil {
		return 0
	}
	if text := strings.TrimSpace(err.Error()); text != "" {
		_, _ = fmt.Fprintf(stderr, "fakeattio: %s\n", text)
	}
	if command, ok := errors.AsType[*ended](err); ok {
		return command.code
	}
	switch {
	case !understood || errors.As(err, new(misuse)): // errors of cobra before a command runs are misuse too
		_, _ = fmt.Fprintf(stderr, "Run '%s --help' for usage.\n", cmd.CommandPath())
		return exitMisuse
	case errors.As(err, new(badScenario)):
		return exitMisuse
	}
	return exitFailed
}

// commands are the sub-commands.
var commands = []struct {
	name string
	make func() *cobra.Command
}{
	{"serve", newServe}, {"exec", newExec}, {"chaos", newChaos}, {"check", newCheck}, {"scenarios", newScenarios}, {"tokens", newTokens},
	{"ca", newCA}, {"health", newHealth}, {"usage", newUsage}, {"export", newExport}, {"pull", newPull}, {"verify", newVerify},
	{"probe", newProbe}, {"test", newTest}, {"init", newInit}, {"schema", newSchema}, {"version", newVersion},
}

// newRoot makes the command of the program with the sub-command that the arguments begin with, or else with all: their flags take a
// tenth of what a start allocates.
func newRoot(args []string) *cobra.Command {
	root := &cobra.Command{
		Use:   "fakeattio",
		Short: "An in-memory fake of the Attio REST API",
		Long: `fakeattio answers the Attio REST API from memory, for integration tests.

The contents of its workspaces come from a scenario, a file in YAML or JSON, and return to
it after a restart. Every flag can also be set by an environment variable; the
flag wins.`,
		Example: `  fakeattio serve                             # the built-in scenario "acme" on 127.0.0.1:8080
  fakeattio serve --scenario team.yaml --watch
  fakeattio check team.yaml`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       buildVersion(),
	}
	root.SetFlagErrorFunc(plainFlag)
	for _, c := range commands {
		if len(args) > 0 && args[0] == c.name {
			root.AddCommand(c.make())
		}
	}
	if !root.HasSubCommands() {
		for _, c := range commands {
			root.AddCommand(c.make())
		}
	}
	nameVariables(root)
	return root
}

// arguments limits how many arguments a command takes.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		form := cmd.Parent().CommandPath() + " " + cmd.Use
		switch {
		case len(args) < least:
			return fmt.Errorf("an argument is missing: %s", form)
		case len(args) > most:
			return fmt.Errorf("unexpected argument %q: %s", args[most], form)
		}
		return nil
	}
}
