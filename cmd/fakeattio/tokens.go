package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func newTokens() *cobra.Command {
	var scenario scenarioFlag
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "tokens",
		Short: "List the access tokens of a scenario",
		Example: `  fakeattio tokens
  fakeattio tokens --scenario team.yaml --json | jq -r '.[0].token'`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			server, err := scenario.start()
			if err != nil {
				return err
			}
			defer server.Close()
			if asJSON {
				return printTokensAsJSON(cmd, workspaces(server))
			}
			return printTokens(cmd, workspaces(server))
		},
	}
	scenario.addTo(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, with every scope")
	return cmd
}

func printTokens(cmd *cobra.Command, from []workspace) error {
	table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "WORKSPACE\tNAME\tTOKEN\tSCOPES") // Flush returns the error
	for _, w := range from {
		for _, t := range w.Tokens {
			_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", w.Slug, oneLine(t.Name), oneLine(t.Value), t.scopes())
		}
	}
	return table.Flush()
}

func printTokensAsJSON(cmd *cobra.Command, from []workspace) error {
	type row struct {
		Workspace string `json:"workspace"`
		token
	}
	rows := []row{}
	for _, w := range from {
		for _, t := range w.Tokens {
			rows = append(rows, row{w.Slug, t})
		}
	}
	enc := json.NewEncoder(cmd.OutOrStdout())
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(rows)
}
