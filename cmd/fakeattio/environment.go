package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// variable returns the environment variable of a flag: FAKEATTIO_CONTROL_TOKEN of --control-token.
func variable(flag *pflag.Flag) string {
	return "FAKEATTIO_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
}

// nameVariables adds its variable to what --help says of each flag of a command and of those below.
func nameVariables(cmd *cobra.Command) {
	cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) { flag.Usage += fmt.Sprintf(" [$%s]", variable(flag)) })
	for _, below := range cmd.Commands() {
		nameVariables(below)
	}
}

// setFromEnvironment gives each flag that the command line does not set the value of its variable. An
// empty variable is as good as none, which is what `${NAME:-}` of a compose file makes. The values of a
// flag that can be repeated stand between commas.
func setFromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var mistakes []error
	flags.VisitAll(func(flag *pflag.Flag) {
		text, _ := lookup(variable(flag))
		if flag.Changed || text == "" || slices.Contains([]string{"help", "version"}, flag.Name) {
			return
		}
		values := []string{text}
		if _, repeatable := flag.Value.(pflag.SliceValue); repeatable {
			values = strings.Split(text, ",")
		}
		for _, value := range values {
			if err := flags.Set(flag.Name, strings.TrimSpace(value)); err != nil {
				mistakes = append(mistakes, fmt.Errorf("the environment variable %s: %w", variable(flag), err))
			}
		}
	})
	if mistakes != nil {
		return misuse{errors.Join(mistakes...)}
	}
	return nil
}
