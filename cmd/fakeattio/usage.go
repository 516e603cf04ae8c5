package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func newUsage() *cobra.Command {
	var (
		server remote
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "usage [URL]",
		Short: "Show which operations, errors and scopes the clients of a running server have used",
		Long: `usage asks the server at a base URL, or the one on this machine that listens on
--listen, what its clients have done since it started: which operations they
called and with which results, which errors they got, and which scopes of each
token no successful request needed.`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			answer, err := server.get(args, "/_fake/usage")
			if err != nil {
				return err
			}
			if asJSON {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s\n", strings.TrimSpace(string(answer)))
				return err
			}
			var used usage
			if json.Unmarshal(answer, &used) != nil {
				return errors.New("the answer does not come from fakeattio, or comes from another version of it")
			}
			return used.print(cmd.OutOrStdout())
		},
	}
	server.addFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the answer of the control API unchanged")
	return cmd
}

// usage is the answer of GET /_fake/usage.
type usage struct {
	Operations []struct {
		Operation string
		Requests  int
		Statuses  map[string]int
	}
	Unused []string
	Errors []struct {
		Status   int
		Code     string
		Requests int
	}
	Tokens []struct {
		Workspace, Token string
		Requests         int
		Unneeded         []string
	}
}

func (u usage) print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(table, format+"\n", args...) } // Flush returns the error
	line("OPERATION\tREQUESTS\tSTATUSES")
	for _, op := range u.Operations {
		var statuses []string
		for _, status := range slices.Sorted(maps.Keys(op.Statuses)) {
			statuses = append(statuses, fmt.Sprintf("%s×%d", status, op.Statuses[status]))
		}
		line("%s\t%d\t%s", op.Operation, op.Requests, strings.Join(statuses, " "))
	}
	line("\nERROR\tREQUESTS")
	for _, e := range u.Errors {
		line("%d %s\t%d", e.Status, e.Code, e.Requests)
	}
	line("\nTOKEN\tREQUESTS\tSCOPES THAT NO REQUEST NEEDED")
	for _, t := range u.Tokens {
		if t.Requests > 0 {
			line("%s/%s\t%d\t%s", t.Workspace, t.Token, t.Requests, strings.Join(t.Unneeded, " "))
		}
	}
	line("\n%d operations were not called: %s", len(u.Unused), strings.Join(u.Unused, " "))
	return table.Flush()
}
