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
every problem with its line, and exits with code 2 if there are any.`,
		Example: `  fakeattio check scenarios/*.yaml`,
		Args:    arguments(1, math.MaxInt),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(cmd *cobra.Command, files []string) error {
			wrong := 0
			for _, file := range files {
				if err := fake.Check(file); err != nil {
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

// count returns "1 file", "2 files" and so on.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
