package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestChaosFindsTheFlawsOfClientsInOtherLanguages runs integrations with a planted flaw, and the same ones mended, under the faults
// that cost no time.
func TestChaosFindsTheFlawsOfClientsInOtherLanguages(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		file     string
		findings map[string]string // verdicts by fault
	}{
		// Every lost or unreadable answer to a POST is repeated.
		{"notes.ts", map[string]string{
			"notes.create:answer-lost": "silent-damage", "notes.create:invalid-json": "silent-damage",
		}},
		{"notes_mended.ts", map[string]string{}},
		// What cannot be read counts as empty, so entries are made that are there already, or none at all.
		{"entries.py", map[string]string{
			"entries.query:invalid-json": "silent-damage", "entries.query:disconnect": "silent-damage",
			"records.query:invalid-json": "silent-damage", "records.query:disconnect": "silent-damage",
			"entries.create:disconnect": "silent-damage",
		}},
		{"entries_mended.py", map[string]string{}},
	} {
		t.Run(tc.file, func(t *testing.T) {
			t.Parallel()
			command := interpreted(t, filepath.Join("testdata", "chaos", tc.file))
			report := filepath.Join(t.TempDir(), "report.json")
			args := []string{"chaos", "--scenario", "crm", "--json", report}
			for _, fault := range []string{"disconnect", "answer-lost", "invalid-json"} {
				args = append(args, "--only", fault)
			}
			var stdout, stderr bytes.Buffer
			code := run(append(append(args, "--"), command...), &stdout, &stderr)

			text, err := os.ReadFile(report)
			if err != nil {
				t.Fatal(err, stderr.String())
			}
			var got struct {
				Runs []struct {
					Operation, Fault, Verdict string
					Accepted                  bool
				}
			}
			if err := json.Unmarshal(text, &got); err != nil {
				t.Fatal(err)
			}
			found := map[string]string{}
			for _, r := range got.Runs {
				if !r.Accepted {
					found[r.Operation+":"+r.Fault] = r.Verdict
				}
			}
			if diff := cmp.Diff(tc.findings, found); diff != "" {
				t.Errorf("findings (-want +got):\n%s%s", diff, stdout.String())
			}
			if wantCode := min(1, len(tc.findings)); code != wantCode {
				t.Errorf("exits with %d, want %d\n%s", code, wantCode, stderr.String())
			}
		})
	}
}

// interpreted returns the command that runs a script. Those in TypeScript have no types to strip, so every Node.js can run them.
func interpreted(t *testing.T, script string) []string {
	t.Helper()
	program := "python3"
	if strings.HasSuffix(script, ".ts") {
		program = "node"
		text, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		script = filepath.Join(t.TempDir(), strings.TrimSuffix(filepath.Base(script), ".ts")+".mjs")
		if err := os.WriteFile(script, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := exec.LookPath(program); err != nil {
		t.Skip("SKIPPED: this machine has no " + program)
	}
	return []string{program, script}
}
