package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/fakeattio/fakeattio/fake"
)

// schemaName is the file to which the first line of a scenario leads editors.
const schemaName = "scenario.schema.json"

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of scenarios",
		Long: `schema prints the JSON Schema of scenarios. An editor that knows it completes keys and
marks problems; scenarios that init and export write expect it beside them.`,
		Example: `  fakeattio schema > scenario.schema.json`,
		Args:    arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(fake.ScenarioSchema())
			return err
		},
	}
}

// writeSchema writes the schema beside a scenario, unless there is one. Beside something that is not a file, such as
// /dev/stdout, it writes none.
func writeSchema(scenario string) error {
	if info, err := os.Stat(scenario); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	name := filepath.Join(filepath.Dir(scenario), schemaName)
	if _, err := os.Lstat(name); err == nil {
		return nil
	}
	if err := writeFile(name, fake.ScenarioSchema()); err != nil {
		return fmt.Errorf("the schema for editors: %w", err)
	}
	return nil
}
