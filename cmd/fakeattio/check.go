package main

import (
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"github.com/fakeattio/fakeattio/fake"
)

func newCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE...",
		Short: "Report every problem in scenario files",
		Long: `check reads scenario files and the files that they extend, as serve does. It prints
every problem with its line, and exits with code 2 if there are any. The FILE - is
standard input, which can extend built-in scenarios only.`,
		Example: `  fakeattio check scenarios/*.yaml
  generate | fakeattio check -`,
		Args: arguments(1, math.MaxInt),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(cmd *cobra.Command, files []string) error {
			wrong := 0
			for _, file := range files {
				if err := checkFile(cmd, file); err != nil {
					wrong++
					cmd.PrintErrln(err)
					continue
				}
				if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: ok\n", file); err != nil {
					return err
				}
			}
			if wrong > 0 {
				return badScenario{fmt.Errorf("problems in %d of %s", wrong, count(len(files), "file"))}
			}
			return nil
		},
	}
}

// checkFile returns every mistake in a file, or in standard input.
func checkFile(cmd *cobra.Command, file string) error {
	if file != standardInput {
		return fake.Check(file)
	}
	text, err := readScenario(cmd.InOrStdin())
	if err != nil {
		return err
	}
	return fake.CheckYAML(text)
}

// count returns "1 file", "2 files" and so on.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
