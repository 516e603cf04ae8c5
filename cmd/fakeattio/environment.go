package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// prefix begins the names of the program's environment variables.
const prefix = "FAKEATTIO_"

// variable returns the environment variable of a flag: FAKEATTIO_CONTROL_TOKEN for --control-token.
func variable(flag *pflag.Flag) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
}

// hasVariable reports whether a flag has an environment variable: all have one except --help and --version.
func hasVariable(flag *pflag.Flag) bool { return flag.Name != "help" && flag.Name != "version" }

// nameVariables adds the variable to the help of each flag of a command and its sub-commands.
func nameVariables(cmd *cobra.Command) {
	cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) { flag.Usage += fmt.Sprintf(" [$%s]", variable(flag)) })
	for _, below := range cmd.Commands() {
		nameVariables(below)
	}
}

// setFromEnvironment sets each flag that the command line leaves unset from its variable. An empty variable counts as
// unset, because `${NAME:-}` in a compose file produces one. Commas separate the values of a repeatable flag.
func setFromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var mistakes []error
	flags.VisitAll(func(flag *pflag.Flag) {
		text, _ := lookup(variable(flag))
		if flag.Changed || text == "" || !hasVariable(flag) {
			return
		}
		values := []string{text}
		if _, repeatable := flag.Value.(pflag.SliceValue); repeatable {
			values = strings.Split(text, ",")
		}
		for _, value := range values {
			if flags.Set(flag.Name, strings.TrimSpace(value)) != nil {
				mistakes = append(mistakes, fmt.Errorf("the environment variable %s takes %s, not %q", variable(flag), takes(flag), value))
			}
		}
	})
	if mistakes != nil {
		return misuse{errors.Join(mistakes...)}
	}
	return nil
}

// variables lists the variables of the flags of a command and its sub-commands.
func variables(cmd *cobra.Command) []string {
	var all []string
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if hasVariable(flag) {
			all = append(all, variable(flag))
		}
	})
	for _, below := range cmd.Commands() {
		all = append(all, variables(below)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// refuseUnknown refuses variables that have the program's prefix but belong to no flag of any command.
func refuseUnknown(environment []string, all func() []string) error {
	if !slices.ContainsFunc(environment, func(entry string) bool { return strings.HasPrefix(entry, prefix) }) {
		return nil
	}
	var mistakes []error
	known := all()
	for _, entry := range environment {
		name, _, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, prefix) || slices.Contains(known, name) || madeByKubernetes(name, environment) {
			continue
		}
		if near := nearest(name, known); near != nil {
			mistakes = append(mistakes, fmt.Errorf("unknown environment variable %s; did you mean %s?", name, strings.Join(near, " or ")))
		} else {
			mistakes = append(mistakes, fmt.Errorf("unknown environment variable %s; known: %s", name, strings.Join(known, ", ")))
		}
	}
	if mistakes != nil {
		return misuse{errors.Join(mistakes...)}
	}
	return nil
}

// nearest returns the known variables at the smallest edit distance from a name, as cobra suggests commands.
func nearest(name string, known []string) []string {
	finder := new(cobra.Command)
	for _, variable := range known {
		finder.AddCommand(&cobra.Command{Use: variable, Run: func(*cobra.Command, []string) {}})
	}
	most := max(2, (len(name)-len(prefix))/3)
	for finder.SuggestionsMinimumDistance = 1; finder.SuggestionsMinimumDistance <= most; finder.SuggestionsMinimumDistance++ {
		if near := finder.SuggestionsFor(name); len(near) > 0 {
			return near
		}
	}
	return nil
}

// ofService matches the variables that Kubernetes sets in every container for a service whose name begins with
// fakeattio.
var ofService = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^FAKEATTIO_(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$`)
})

func madeByKubernetes(name string, environment []string) bool {
	return ofService().MatchString(name) &&
		slices.ContainsFunc(environment, func(entry string) bool { return strings.HasPrefix(entry, "KUBERNETES_SERVICE_HOST=") })
}
