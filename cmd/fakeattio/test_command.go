package main

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/spf13/cobra"
)

func newTest() *cobra.Command {
	var (
		server           remote
		language, output string
	)
	cmd := &cobra.Command{
		Use:   "test NUMBER [URL]",
		Short: "Write a test that sends a request of a running server again",
		Long: `test asks the server at a base URL, or the one on this machine that listens on
--listen, for a test of one request. GET /_fake/requests lists the requests with
their numbers. The test begins with the state before the request as a scenario,
reduced to what the outcome depends on, sends the request, and compares the status,
the answer and the changes.`,
		Example: `  fakeattio test 17 --output renames_test.go
  fakeattio test 17 http://attio:8080 --lang python`,
		Args: arguments(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := strconv.Atoi(args[0]); err != nil {
				return misuse{fmt.Errorf("%q is not the number of a request; write one such as 17", args[0])}
			}
			source, err := server.get(args[1:], "/_fake/requests/"+args[0]+"/test?lang="+url.QueryEscape(language))
			if err != nil {
				return err
			}
			if output != "" {
				return writeFile(output, source)
			}
			_, err = cmd.OutOrStdout().Write(source)
			return err
		},
	}
	server.addFlags(cmd)
	cmd.Flags().StringVar(&language, "lang", "go", "`LANGUAGE` of the test: go, ts, python or curl")
	cmd.Flags().StringVarP(&output, "output", "o", "", "`FILE` to write to instead of standard output")
	return cmd
}
