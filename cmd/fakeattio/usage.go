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
		server         remote
		asJSON, unused bool
	)
	cmd := &cobra.Command{
		Use:   "usage [URL]",
		Short: "Show which operations, errors and scopes the clients of a running server have used",
		Long: `usage asks the server at a base URL, or the one on this machine that listens on
--listen, what its clients have done since it started: which operations they
called and with which results, which errors they got, and which scopes of each
token no successful request needed. With --unused it lists the operations that they
did not call instead.`,
		Example: `  fakeattio usage
  fakeattio usage http://attio:8080 --unused`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON && unused {
				return misuse{errors.New("--json prints the whole answer, which has the operations of --unused too; use one of the two")}
			}
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
			if unused {
				return used.printUnused(cmd.OutOrStdout())
			}
			if err := used.print(cmd.OutOrStdout()); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "\n%d operations were not called; --unused lists them\n", len(used.Unused))
			return err
		},
	}
	server.addFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the answer of the control API unchanged")
	cmd.Flags().BoolVar(&unused, "unused", false, "list the operations that no client has called")
	return cmd
}

// usage is the answer of GET /_fake/usage.
type usage struct {
	Operations []operationUsage
	Unused     []string
	Errors     []struct {
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

type operationUsage struct {
	Operation string
	Requests  int
	Statuses  map[string]int
}

// print prints what was called, by resource; then the errors and the tokens.
func (u usage) print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(table, format+"\n", args...) } // Flush returns the error
	line("OPERATION\tREQUESTS\tSTATUSES")
	for _, operations := range byResource(u.Operations, func(op operationUsage) string { return op.Operation }) {
		requests, statuses := 0, make(map[string]int)
		for _, op := range operations {
			requests += op.Requests
			for status, n := range op.Statuses {
				statuses[status] += n
			}
		}
		line("%s\t%d\t%s", resource(operations[0].Operation), requests, counted(statuses))
		for _, op := range operations {
			line("  %s\t%d\t%s", op.Operation, op.Requests, counted(op.Statuses))
		}
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
	return table.Flush()
}

// printUnused lists the operations that were not called, those of a resource in one line.
func (u usage) printUnused(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(table, format+"\n", args...) } // Flush returns the error
	line("RESOURCE\tOPERATIONS THAT WERE NOT CALLED")
	for _, operations := range byResource(u.Unused, func(op string) string { return op }) {
		line("%s\t%s", resource(operations[0]), strings.Join(operations, " "))
	}
	return table.Flush()
}

// byResource groups operations by their resource. Groups and operations stay in the order of Attio's documentation.
func byResource[T any](operations []T, name func(T) string) [][]T {
	var groups [][]T
	for _, op := range operations {
		i := slices.IndexFunc(groups, func(group []T) bool { return resource(name(group[0])) == resource(name(op)) })
		if i < 0 {
			i, groups = len(groups), append(groups, nil)
		}
		groups[i] = append(groups[i], op)
	}
	return groups
}

// resource returns the resource of an operation: records of records.create.
func resource(operation string) string {
	name, _, _ := strings.Cut(operation, ".")
	return name
}

// counted writes how often each status was answered: 200×3 404×1.
func counted(statuses map[string]int) string {
	var all []string
	for _, status := range slices.Sorted(maps.Keys(statuses)) {
		all = append(all, fmt.Sprintf("%s×%d", status, statuses[status]))
	}
	return strings.Join(all, " ")
}
