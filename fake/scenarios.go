package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
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

// Token is an access token of a workspace.
type Token struct {
	Name      string
	Value     string   // what a client sends as its Bearer token
	Scopes    []string // in alphabetical order, read-write only where it includes read
	AllScopes bool     // whether there is nothing that it may not do
}

// Tokens returns all access tokens of the workspace, oldest first.
func (w *Workspace) Tokens() []Token {
	var tokens []Token
	for from := range w.state().Tokens() {
		token := Token{Name: from.Name, Value: from.Value, Scopes: []string{}, AllScopes: from.Scopes == attio.EveryScope()}
		for _, scope := range from.Scopes.List() {
			token.Scopes = append(token.Scopes, string(scope))
		}
		tokens = append(tokens, token)
	}
	return tokens
}
