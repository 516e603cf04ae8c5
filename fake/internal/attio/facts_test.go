package attio_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// From Attio's OpenAPI document of October 2026, its guide on rate limiting, and the recordings.
func TestTheTableTellsOperationsApart(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		has  func(*attio.Operation) bool
		want []string
	}{
		"takes workspace tokens alone": {func(op *attio.Operation) bool { return op.WorkspaceOnly }, []string{
			"emails.list", "meetings.list", "transcripts.get", "webhooks.list", "webhooks.create", "webhooks.get", "webhooks.update", "webhooks.delete"}},
		"has a limit of its own": {func(op *attio.Operation) bool { return op.PerSecond > 0 }, []string{
			"records.merge", "notes.list", "call_recordings.create", "files.upload", "sql.query"}},
		"takes an upload": {func(op *attio.Operation) bool { return op.Upload }, []string{"files.upload"}},
		"answers anyone":  {func(op *attio.Operation) bool { return op.AnswersAnyone }, []string{"self.identify"}},
		"has a quota":     {func(op *attio.Operation) bool { return op.OverQuota != nil }, []string{"objects.create", "call_recordings.create", "files.upload"}},
		"depends on plans": {func(op *attio.Operation) bool { return op.OffPlan != nil }, []string{
			"activities.create", "activity_records.create", "activity_records.upsert", "lists.create", "call_recordings.create", "files.upload"}},
		"has a limit of things": {func(op *attio.Operation) bool { return op.OverLimit != nil }, []string{
			"tasks.create", "tasks.update"}},
		"is accurate to the millisecond": {func(op *attio.Operation) bool { return op.Accuracy == time.Millisecond }, []string{
			"records.query", "entries.query"}},
		"deletes nothing and sends no x-accurate-at": {func(op *attio.Operation) bool { return op.Method != "DELETE" && !op.SendsAccurateAt() }, []string{
			"webhooks.create", "webhooks.update", "self.identify"}},
		"deletes and sends x-accurate-at": {func(op *attio.Operation) bool { return op.Method == "DELETE" && op.SendsAccurateAt() }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, op := range attio.Operations() {
				if tc.has(op) {
					got = append(got, op.Name)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// documented is what the document says about an operation.
type documented struct {
	Scopes        []attio.Scope
	Upload        bool
	AnswersAnyone bool
}

// undocumented are the eight operations of views that the document at hand does not have; their pages were published after it.
func undocumented(op *attio.Operation) bool {
	return strings.Contains(op.Name, "_views.") && !strings.HasSuffix(op.Name, ".list")
}

func TestTheTableSaysWhatTheDocumentSays(t *testing.T) {
	t.Parallel()
	var document struct {
		Paths map[string]map[string]struct {
			Security    []map[string][]attio.Scope
			RequestBody struct{ Content map[string]any }
		}
	}
	if err := json.Unmarshal([]byte(read(t, contract.Facts(t), "openapi.json")), &document); err != nil {
		t.Fatal(err)
	}
	want, got := map[string]documented{}, map[string]documented{}
	for path, methods := range document.Paths {
		for method, op := range methods {
			said := documented{AnswersAnyone: op.Security == nil}
			for _, alternative := range op.Security {
				said.Scopes = append(said.Scopes, alternative["oauth2"]...)
			}
			_, said.Upload = op.RequestBody.Content["multipart/form-data"]
			want[strings.ToUpper(method)+" "+path] = said
		}
	}
	for _, op := range attio.Operations() {
		if undocumented(op) {
			continue
		}
		says := documented{op.Scopes, op.Upload, op.AnswersAnyone}
		if op.Name == "attributes.create" {
			says.Scopes = nil // the document says them in prose alone
		}
		got[op.Method+" "+op.Path] = says
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-document +table):\n%s", diff)
	}
}

// ofViews are the refusals that the document does not have: an access level of a list must refuse its views in some words.
var ofViews = []string{"list_views.create", "list_views.update", "list_views.delete"}

// The file lists the error examples of Attio's OpenAPI document, one row for the operations that share one. It begins a path
// with "…" where an object's and a list's are alike.
func TestEveryOperationDeniesInAttiosWords(t *testing.T) {
	t.Parallel()
	row := regexp.MustCompile("(?m)^\\| `([A-Z, ]+) (\\S+?)(?: \\(([A-Z]+) too\\))?` \\| 403 \\| auth_error \\| [^|]*(?:\\\\\\|[^|]*)*\\| (You (?:do not have|are not authorized) [^|]+) \\|")
	want, got := map[string]string{}, map[string]string{}
	for _, match := range row.FindAllStringSubmatch(read(t, contract.Shared(t), "ERROR_MESSAGES.md"), -1) {
		methods := append(strings.Split(match[1], ", "), match[3])
		for _, op := range attio.Operations() {
			if tail, short := strings.CutPrefix(match[2], "…"); slices.Contains(methods, op.Method) && (op.Path == match[2] || short && strings.HasSuffix(op.Path, tail)) {
				want[op.Name] = match[4]
			}
		}
	}
	if len(want) < 25 {
		t.Fatalf("found only %d sentences", len(want))
	}
	for _, op := range attio.Operations() {
		if op.Denial != "" && !slices.Contains(ofViews, op.Name) {
			got[op.Name] = op.Denial
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-document +table):\n%s", diff)
	}
}

func read(t *testing.T, folder, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
