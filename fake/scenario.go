package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/scenarios"
)

// Check reads a scenario file and the files that it extends, and returns every problem with its place and its line, or nil.
func Check(path string) error {
	_, err := scenario.Load(scenario.File(path))
	return err
}

// CheckYAML is Check for the text of a scenario, which can extend built-in scenarios only.
func CheckYAML(text string) error {
	_, err := scenario.Load(scenario.Text("YAML", text))
	return err
}

// ScenarioSchema returns the JSON Schema of scenarios, for editors.
func ScenarioSchema() []byte { return scenario.Schema() }

// BuiltInScenarios lists the names of the built-in scenarios in alphabetical order.
func BuiltInScenarios() []string { return scenario.BuiltIns() }

// BuiltInScenario returns the YAML of a built-in scenario. The error lists the built-in ones.
func BuiltInScenario(name string) (string, error) {
	if !slices.Contains(scenario.BuiltIns(), name) {
		_, err := scenario.Load(scenario.BuiltIn(name))
		return "", err
	}
	text, err := scenarios.FS.ReadFile(name + ".yaml")
	return string(text), err
}

// ScenarioFiles lists the files on disk that Reload would read at present: the given ones and those that they extend. A file
// that is missing or has problems is among them.
func (s *Server) ScenarioFiles() []string {
	return scenario.Files(s.config.sources...)
}
