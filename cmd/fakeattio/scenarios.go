package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/fakeattio/fakeattio/fake"
)

func newScenarios() *cobra.Command {
	list := &cobra.Command{
		Use:   "scenarios",
		Short: "List the built-in scenarios",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, name := range fake.BuiltInScenarios() {
				text, err := fake.BuiltInScenario(name)
				if err != nil {
					return err
				}
				_, _ = fmt.Fprintf(table, "%s\t%s\n", name, summary(text)) // Flush returns the error
			}
			return table.Flush()
		},
	}
	show := &cobra.Command{
		Use:     "show NAME",
		Short:   "Print the YAML of a built-in scenario",
		Example: `  fakeattio scenarios show acme > team.yaml`,
		Args:    arguments(1, 1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return fake.BuiltInScenarios(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := fake.BuiltInScenario(args[0])
			if err != nil {
				return misuse{err}
			}
			_, err = io.WriteString(cmd.OutOrStdout(), text)
			return err
		},
	}
	list.AddCommand(show)
	return list
}

// summary returns the first sentence of a scenario's opening comment.
func summary(text string) string {
	var words []string
	for line := range strings.Lines(text) {
		comment, ok := strings.CutPrefix(strings.TrimSpace(line), "#")
		comment = strings.TrimSpace(comment)
		if strings.HasPrefix(comment, "yaml-language-server:") || comment == "" && words == nil {
			continue
		}
		if !ok || comment == "" {
			break
		}
		words = append(words, comment)
	}
	sentence, _, _ := strings.Cut(strings.Join(words, " "), ". ")
	return strings.TrimSuffix(sentence, ".")
}

// scenarioFlag is the flags --scenario and --scenario-yaml.
type scenarioFlag struct {
	values []string
	yaml   string
	cmd    *cobra.Command
	input  *string // the standard input, once it is read
}

// standardInput stands for standard input in the place of a file.
const standardInput = "-"

func (f *scenarioFlag) addTo(cmd *cobra.Command) {
	f.cmd = cmd
	cmd.Flags().StringArrayVar(&f.values, "scenario", []string{fake.DefaultScenario},
		"`NAME` of a built-in scenario, a file in YAML or JSON, or - for standard input; repeatable, each one is merged over those before it")
	cmd.Flags().StringVar(&f.yaml, "scenario-yaml", "", "`TEXT` of a scenario in YAML, merged over those of --scenario; without any of these it replaces the default")
	_ = cmd.RegisterFlagCompletionFunc("scenario", // fails only if the flag does not exist
		func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return fake.BuiltInScenarios(), cobra.ShellCompDirectiveDefault
		})
}

// options returns the scenarios as options of a server.
func (f *scenarioFlag) options() ([]fake.Option, error) {
	var options []fake.Option
	values := f.values
	if f.yaml != "" && !f.cmd.Flags().Changed("scenario") {
		values = nil
	}
	for i, value := range values {
		if value == standardInput && slices.Contains(values[:i], value) {
			return nil, misuse{errors.New("--scenario - is given twice, but standard input can be read only once")}
		}
		if value == standardInput {
			if err := f.readInput(); err != nil {
				return nil, misuse{err}
			}
			options = append(options, fake.YAML(*f.input))
		} else if isFile(value) {
			options = append(options, fake.ScenarioFile(value))
		} else {
			options = append(options, fake.Scenario(value))
		}
	}
	if f.yaml != "" {
		options = append(options, fake.YAML(f.yaml))
	}
	return options, nil
}

// maxInput is how many bytes of standard input are read: more than a scenario may have, so that it is refused as any other.
const maxInput = 51 << 20

// readInput reads standard input, which can be done once.
func (f *scenarioFlag) readInput() error {
	if f.input != nil {
		return nil
	}
	text, err := readScenario(f.cmd.InOrStdin())
	f.input = &text
	return err
}

// readScenario reads standard input.
func readScenario(in io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxInput))
	if err != nil {
		return "", fmt.Errorf("standard input cannot be read: %w", err)
	}
	return string(text), nil
}

// start starts a server without a socket.
func (f *scenarioFlag) start(more ...fake.Option) (*fake.Server, error) {
	options, err := f.options()
	if err != nil {
		return nil, err
	}
	server, err := fake.Start(append(append(options, fake.WithoutSocket()), more...)...)
	if errors.As(err, new(*fake.OptionError)) {
		return nil, misuse{err}
	}
	if err != nil { // without a socket, only the scenario can be wrong
		return nil, badScenario{fmt.Errorf("the scenario cannot be loaded\n%w", err)}
	}
	return server, nil
}

// isFile reports whether a value names a file rather than a built-in scenario.
func isFile(value string) bool {
	switch strings.ToLower(filepath.Ext(value)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return strings.ContainsRune(value, '/') || strings.ContainsRune(value, filepath.Separator)
}
