package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/scenarios"
)

// Check reads a scenario file and those that it extends, and reports every mistake with its place and
// the line that it stands in; nil if there is none.
func Check(path string) error {
	_, err := scenario.Load(scenario.File(path))
	return err
}

// BuiltInScenarios lists the names of the built-in scenarios in alphabetical order.
func BuiltInScenarios() []string { return scenario.BuiltIns() }

// BuiltInScenario returns the YAML of a built-in scenario. An error says which there are.
func BuiltInScenario(name string) (string, error) {
	if !slices.Contains(scenario.BuiltIns(), name) {
		_, err := scenario.Load(scenario.BuiltIn(name))
		return "", err
	}
	text, err := scenarios.FS.ReadFile(name + ".yaml")
	return string(text), err
}

// ScenarioFiles lists the files on disk that Reload reads, the given ones and those that they extend,
// as they say at present. One that is missing or has mistakes is among them.
func (s *Server) ScenarioFiles() []string {
	_, files, _ := scenario.LoadFiles(s.config.sources...) // mistakes are for Reload to report
	return files
}
