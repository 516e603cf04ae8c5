package fake_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// evidence is the evidence for an operation: a row of docs/evidence.json. The kinds are not added up: a recording and a test of
// this project do not prove the same.
type evidence struct {
	Recorded []string          // the recordings of the real API that tests replay and compare
	Contract bool              // the answers in its tests are checked against the schema in Attio's OpenAPI document
	Clients  map[string]string // third-party clients that call it in the gate, with the call
	Tests    []string          // the files that test it most, in fake/internal/api
}

func evidences(t *testing.T) map[string]evidence {
	t.Helper()
	rows := map[string]evidence{}
	decoder := json.NewDecoder(strings.NewReader(read(t, "../docs/evidence.json")))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&rows); err != nil {
		t.Fatalf("docs/evidence.json: %v", err)
	}
	return rows
}

// listedOperation is an operation as a server lists it.
type listedOperation struct {
	Name, Method, Path string
	Scopes             []string
	TokenLevels        []string `json:"token_levels"`
	PerSecond          int      `json:"requests_per_second"`
	Denial             string
	Built              bool
	Reason             string
}

// ofSCIM reports whether an operation is one of SCIM, for which the evidence is in package scim alone.
func (o listedOperation) ofSCIM() bool { return strings.HasPrefix(o.Path, "/scim/") }

// ofTheAPI returns the operations but those of SCIM.
func ofTheAPI(t *testing.T) []listedOperation {
	t.Helper()
	return slices.DeleteFunc(listedOperations(t), listedOperation.ofSCIM)
}

func listedOperations(t *testing.T) []listedOperation {
	t.Helper()
	srv := fake.New(t, fake.WithoutSocket())
	var answer struct{ Operations []listedOperation }
	if err := json.Unmarshal([]byte(fetch(t, srv.Client(), srv.URL+"/_fake/operations", "")), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Operations
}

func TestDocsEveryBuiltOperationHasEvidence(t *testing.T) {
	t.Parallel()
	rows := evidences(t)
	for _, op := range ofTheAPI(t) {
		row, ok := rows[op.Name]
		delete(rows, op.Name)
		if ok != op.Built {
			t.Errorf("%s: built is %v, and docs/evidence.json has it: %v", op.Name, op.Built, ok)
		}
		if op.Built && len(row.Tests) == 0 {
			t.Errorf("docs/evidence.json names no test of %s", op.Name)
		}
	}
	for name := range rows {
		t.Errorf("docs/evidence.json has %s, which is no operation", name)
	}
}

// The page Docs of the console shows it from a copy.
func TestDocsEvidenceOfTheConsoleIsTheSame(t *testing.T) {
	t.Parallel()
	const path = "internal/console/evidence.json"
	want := read(t, "../docs/evidence.json")
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, read(t, path)); diff != "" {
		t.Errorf("run make docs, or go test ./fake -run Docs -update\n%s", diff)
	}
}

func TestDocsEvidenceIsThere(t *testing.T) {
	t.Parallel()
	tests := testsOf(t, "internal/api")
	npm := read(t, "../.ci/npm-client/members.mjs") + read(t, "../.ci/npm-client/package.json")
	for name, row := range evidences(t) {
		for _, file := range row.Tests {
			if tests[file] == "" {
				t.Errorf("%s: there is no fake/internal/api/%s", name, file)
			}
		}
		for _, recording := range row.Recorded {
			if !slices.ContainsFunc(slices.Collect(maps.Values(tests)), func(text string) bool { return strings.Contains(text, stem(recording)) }) {
				t.Errorf("%s: no test of the API replays the recording %s", name, recording)
			}
		}
		for client, call := range row.Clients {
			if !strings.Contains(npm, `"`+client+`"`) || !strings.Contains(npm, call+"(") {
				t.Errorf("%s: .ci/npm-client does not call %s of %s", name, call, client)
			}
		}
	}
}

func TestDocsEvidenceIsOfItsOperation(t *testing.T) {
	t.Parallel()
	text := read(t, filepath.Join(contract.Facts(t), "openapi.json"))
	recordings := map[string]int{}
	for _, file := range contract.RecordingFiles(t) {
		recordings[strings.TrimSuffix(filepath.Base(file), ".json")]++
	}
	var document struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	rows := evidences(t)
	for _, op := range ofTheAPI(t) {
		if _, known := document.Paths[op.Path][strings.ToLower(op.Method)]; rows[op.Name].Contract && !known {
			t.Errorf("%s is not in Attio's document, which cannot speak for it", op.Name)
		}
		for _, recording := range rows[op.Name].Recorded {
			file, _, _ := strings.Cut(recording, "#")
			if recordings[file] != 1 {
				t.Errorf("%s: there are %d recordings %s", op.Name, recordings[file], recording)
			}
		}
	}
}

// stem is what a test says of a recording: its name, or the part before a number that a loop counts.
func stem(recording string) string {
	name, _, _ := strings.Cut(recording, "#")
	return strings.TrimRight(name, "0123456789")
}

// testsOf returns the texts of the test files of a folder.
func testsOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(folder + "/*_test.go")
	if err != nil || files == nil {
		t.Fatalf("%s has no tests: %v", folder, err)
	}
	texts := map[string]string{}
	for _, file := range files {
		texts[filepath.Base(file)] = read(t, file)
	}
	return texts
}

// operationTable returns Markdown with the operations of a server and the evidence.
func operationTable(t *testing.T) string {
	t.Helper()
	operations, rows := ofTheAPI(t), evidences(t)
	built := 0
	var table, denials, sources, scim strings.Builder
	for _, op := range operations {
		mark := "501: " + op.Reason
		if op.Built {
			built, mark = built+1, "built"
		}
		scopes := "–"
		if len(op.Scopes) > 0 {
			scopes = "`" + strings.Join(op.Scopes, "`, `") + "`"
		}
		limit := "–"
		if op.PerSecond > 0 {
			limit = fmt.Sprintf("%d/s", op.PerSecond)
		}
		fmt.Fprintf(&table, "| `%s` | `%s %s` | %s | %s | %s | %s |\n", op.Name, op.Method, op.Path, scopes, strings.Join(op.TokenLevels, ", "), limit, mark)
		if op.Denial != "" {
			fmt.Fprintf(&denials, "| `%s` | %s |\n", op.Name, op.Denial)
		}
		if !op.Built {
			continue
		}
		row, contract := rows[op.Name], "–"
		if row.Contract {
			contract = "yes"
		}
		fmt.Fprintf(&sources, "| `%s` | %s | %s | %s | %s |\n", op.Name, listed(row.Recorded), contract,
			listed(slices.Sorted(maps.Keys(row.Clients))), listed(row.Tests))
	}
	for _, op := range listedOperations(t) {
		if op.ofSCIM() {
			fmt.Fprintf(&scim, "| `%s` | `%s %s` | `%s` | %s |\n", op.Name, op.Method, op.Path, strings.Join(op.Scopes, "`, `"), strings.Join(op.TokenLevels, ", "))
		}
	}
	return fmt.Sprintf("%d of %d operations are built; the others check token and scopes and answer 501.\n\n"+
		"| operation | request | scopes | tokens | own limit | |\n|---|---|---|---|---|---|\n%s\n"+
		"Attributes, options and statuses of lists need the scopes of lists: `list_configuration` instead of `object_configuration`.\n\n"+
		"%s\n\n## SCIM\n\n%s\n\n| operation | request | scopes | tokens |\n|---|---|---|---|\n%s\n## Permissions\n\n%s\n\n| operation | message |\n|---|---|\n%s\n"+
		"## Evidence\n\n%s\n\n"+
		"| operation | recorded | contract | clients | tests |\n|---|---|---|---|---|\n%s",
		built, len(operations), table.String(), columnsIntroduction, scimIntroduction, scim.String(), permissionsIntroduction, denials.String(), evidenceIntroduction, sources.String())
}

const columnsIntroduction = `**tokens** are the levels that Attio's documentation allows; other operations refuse a user's token. **own limit** is a rate
limit of the operation beside the limits of all reads and all writes.`

const scimIntroduction = `All operations of [SCIM 2.0](scim.md) are built. Faults, limits, usage and the journal work on them as on those above. That they take
workspace tokens alone is assumed.`

const permissionsIntroduction = `A token may have the scopes of an operation and still lack the permission. Attio then answers 403 with the code ` + "`unauthorized`" + ` and
a message for the operation. The fake gives this answer for lists, by their access levels, and for every operation below by the
[fault](faults.md) ` + "`no-permission`" + `.`

const evidenceIntroduction = `The evidence that a built operation answers as Attio does, from [evidence.json](evidence.json):

- **recorded**: recordings of the real API. A test replays them against the fake and compares the answers. The recordings are not public; the project has copies with other names, texts and ids.
- **contract**: the answers in its tests are checked against the schema in Attio's OpenAPI document.
- **clients**: third-party Attio clients that call it in the gate.
- **tests**: the files of ` + "`fake/internal/api`" + ` that send it the most requests.`

// listed is a cell of a table.
func listed(names []string) string {
	if len(names) == 0 {
		return "–"
	}
	return "`" + strings.Join(names, "`, `") + "`"
}
