package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

func newExport() *cobra.Command {
	var (
		server                    remote
		workspace, format, output string
	)
	cmd := &cobra.Command{
		Use:   "export [URL]",
		Short: "Write the current state of a running server as a scenario",
		Long: `export asks the server at a base URL, or the one on this machine that listens on
--listen, for its current state. It prints a scenario from which another server
starts in exactly that state, with the same ids, times, authors and history. It is
written in YAML, or in JSON with --format json or an --output whose name ends in
.json; JSON loads faster. With --output it also writes scenario.schema.json beside a
file in YAML, for editors, unless there is one.`,
		Example: `  fakeattio export --output scenario.yaml
  fakeattio export http://attio:8080 --workspace acme
  fakeattio export --output large.json`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if format == "" && strings.HasSuffix(output, ".json") {
				format = "json"
			}
			query := make(url.Values)
			for name, value := range map[string]string{"workspace": workspace, "format": format} {
				if value != "" {
					query.Set(name, value)
				}
			}
			file, err := server.open(args, "/_fake/export?"+query.Encode())
			if err != nil {
				return err
			}
			defer file.close()
			if output == "" {
				_, err := io.Copy(cmd.OutOrStdout(), file)
				return err
			}
			if err := copyFile(output, file); err != nil || format == "json" {
				return err
			}
			return writeSchema(output)
		},
	}
	server.addFlags(cmd)
	cmd.Flags().StringVar(&workspace, "workspace", "", "`SLUG` of the only workspace to write; the default is all")
	cmd.Flags().StringVar(&format, "format", "", "`FORMAT`: yaml or json; the default is json for a file whose name ends in .json, else yaml")
	cmd.Flags().StringVarP(&output, "output", "o", "", "`FILE` to write to instead of standard output")
	return cmd
}

func newInit() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "init [FILE]",
		Short: "Write a commented scenario to start from",
		Long: `init writes a small commented scenario, from which you can make your own. The
default FILE is scenario.yaml. Beside it init writes scenario.schema.json, with
which editors complete keys and mark problems, unless there is one.`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			file := "scenario.yaml"
			if len(args) > 0 {
				file = args[0]
			}
			flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
			if force {
				flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
			}
			f, err := os.OpenFile(file, flags, 0o644)
			if os.IsExist(err) {
				return misuse{fmt.Errorf("%s already exists; use --force to overwrite it", file)}
			}
			if err != nil {
				return plainFile("write", err)
			}
			if _, err := f.WriteString(starter); err != nil {
				_ = f.Close()
				return plainFile("write", err)
			}
			if err := f.Close(); err != nil {
				return plainFile("write", err)
			}
			if err := writeSchema(file); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "wrote %s; try: fakeattio serve --scenario %s\n", file, file)
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "overwrite an existing file")
	return cmd
}

// starter is a scenario that shows a bit of everything.
const starter = `# What a fakeattio server starts with. "fakeattio check" reports every problem with its line.
# yaml-language-server: $schema=./scenario.schema.json
version: 1

# Login accounts. A user may be a member of several workspaces.
users:
  ada: {first_name: Ada, last_name: Lovelace, email: ada@example.com}
  bob: {first_name: Bob, last_name: Byte, email: bob@example.com}

workspaces:
  acme:
    name: Acme
    members: {ada: admin, bob: member}

    # Clients send these: "fakeattio tokens --scenario scenario.yaml" prints the values.
    tokens:
      full: {scopes: all}
      reader: {scopes: [record_permission:read, object_configuration:read, list_entry:read, list_configuration:read]}

    # people and companies always exist; deals, users and workspaces have to be enabled: deals: {enabled: true}
    objects:
      companies:
        attributes:
          tier: {type: select, options: [Gold, Silver]}
        records:
          # You choose the key: the id of this record derives from "acme/companies/navy".
          navy: {name: Navy, domains: [navy.example.com], tier: Gold}
      people:
        records:
          grace: {name: "Hopper, Grace", email_addresses: [grace@navy.example.com], company: {record: companies/navy}}

    lists:
      sales:
        parent_object: companies
        attributes:
          stage: {type: status, statuses: [Lead, Won]}
        entries:
          navy: {record: navy, stage: Lead}

    notes:
      hello: {record: people/grace, title: Hello, markdown: "She *wrote* the first compiler."}

    # Webhooks are sent as soon as something happens; uncomment them once a receiver listens there.
    # webhooks:
    #   mine: {target_url: "http://localhost:9000/hook", subscriptions: [record.created, note.created]}

    # Attio's rate limits, and requests that fail on purpose.
    # limits: attio
    # faults:
    #   busy: {fault: rate-limited, operation: records.query, times: 2}
`
