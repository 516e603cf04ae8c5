package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// npm stands for a project's tests.
const npm = `#!/bin/sh
exec curl -sS --fail --max-time 5 -o /dev/null -H "Authorization: Bearer $ATTIO_API_KEY" $ATTIO_BASE_URL/v2/self
`

// TestTheWorkflowInTheDocumentsRuns runs the step that calls chaos as a runner does, and looks for what later steps take.
func TestTheWorkflowInTheDocumentsRuns(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/recipes/github-actions/chaos.yml")
	if err != nil {
		t.Fatal(err)
	}
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses, Run string
				With      map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(text, &workflow); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "npm"), []byte(npm), 0o700); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
	ran, taken := 0, 0
	for _, step := range workflow.Jobs["chaos"].Steps {
		switch {
		case strings.HasPrefix(step.Run, "fakeattio chaos "):
			ran++
			command := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run)
			command.Dir = dir
			command.Env = append(os.Environ(), "PATH="+dir+string(filepath.ListSeparator)+os.Getenv("PATH"), "GITHUB_STEP_SUMMARY=summary.md", "FAKEATTIO_ONLY=unavailable")
			if printed, err := command.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, printed)
			}
			for _, name := range []string{"summary.md", "chaos.xml", "chaos.html"} {
				if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.Contains(string(text), "self.identify") {
					t.Errorf("%s: %v\n%s", name, err, text)
				}
			}
		case strings.HasPrefix(step.Uses, "actions/upload-artifact@"):
			taken++
			if _, err := os.Stat(filepath.Join(dir, step.With["path"])); err != nil {
				t.Error(err)
			}
		}
	}
	if ran != 1 || taken != 1 {
		t.Errorf("%d steps ran, and %d took what they left", ran, taken)
	}

	document, err := os.ReadFile("../../docs/chaos.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?ms)^```\n(- run: .*?)\n```$").FindStringSubmatch(string(document))
	if found == nil || !strings.Contains(string(text), regexp.MustCompile(`(?m)^`).ReplaceAllString(found[1], "      ")) {
		t.Errorf("the workflow has not the steps of docs/chaos.md: %q", found)
	}
}
