package control_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/control"
)

var update = flag.Bool("update", false, "write the OpenAPI document")

// What differs from run to run.
var (
	duration  = regexp.MustCompile(`"duration_ms":[0-9.e-]+`)
	execution = regexp.MustCompile(`("X-Attio-Execution-Id":\[)"[^"]*"`)
)

// Every example of the table is sent, one after the other, and the answers are the examples of the document.
func TestTheDocumentIsThatOfTheTable(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.Seed(7))
	answers := map[string]json.RawMessage{}
	for _, sample := range control.Samples() {
		if strings.Contains(sample.Path, "$REQUEST") {
			all := c.server.Requests()
			sample.Path = strings.ReplaceAll(sample.Path, "$REQUEST", strconv.Itoa(all[len(all)-1].Number))
		}
		if strings.Contains(sample.Path, "$DELIVERY") {
			sample.Path = strings.ReplaceAll(sample.Path, "$DELIVERY", c.server.Deliveries()[0].ID)
		}
		got := c.do(sample.Method, sample.Path, sample.Body, func(r *http.Request) {
			if name, value, ok := strings.Cut(sample.Header, ": "); ok {
				r.Header.Set(name, value)
			}
			if r.Header.Get("Content-Type") == "" && sample.Body != "" {
				r.Header.Set("Content-Type", "application/json")
			}
		})
		if got.Status >= 300 {
			t.Errorf("the example of %s %s: %v", sample.Method, sample.Path, got)
		}
		c.server.FlushDeliveries() // which the examples count
		body := duration.ReplaceAllString(got.Body, `"duration_ms":0.25`)
		body = execution.ReplaceAllString(body, `$1"0a1b2c3d-1234-4c5d-8e9f-0a1b2c3d4e5f"`)
		if json.Valid([]byte(body)) {
			answers[sample.Operation] = shortened(t, []byte(body))
		}
	}
	made, err := control.Make(answers)
	if err != nil {
		t.Fatal(err)
	}
	for _, property := range control.Undescribed(made) {
		t.Errorf("%s has no description: write a comment on the field", property)
	}
	if *update {
		for name, content := range map[string][]byte{"openapi.json": made, "openapi.json.gz": compressed(t, made)} {
			if err := os.WriteFile(name, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	readable, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][]byte{"openapi.json": readable, "openapi.json.gz": control.Document()} {
		if diff := cmp.Diff(string(made), string(got)); diff != "" {
			t.Errorf("%s: run make docs, or go test ./fake/internal/control -run Document -update (-types +file)\n%s", name, diff)
		}
	}
}

func compressed(t *testing.T, content []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	packer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := packer.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := packer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

const scriptFile = "../../../docs/control-api.sh"

func TestTheCommandsOfTheDocumentRun(t *testing.T) {
	t.Parallel()
	if *update {
		if err := os.WriteFile(scriptFile, []byte(control.Script()), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	script, err := os.ReadFile(scriptFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(control.Script(), string(script)); diff != "" {
		t.Errorf("run make docs, or go test ./fake/internal/control -run Document -update (-table +file)\n%s", diff)
	}
	for _, command := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(command); err != nil {
			t.Skipf("this machine has no %s", command)
		}
	}
	run := exec.CommandContext(t.Context(), "bash", scriptFile)
	run.Env = append(os.Environ(), "ATTIO_BASE_URL="+fake.New(t).URL, "NO_PROXY=*")
	if output, err := run.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

// shortened leaves the first item of each list, as an example does not need all.
func shortened(t *testing.T, body []byte) json.RawMessage {
	t.Helper()
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		t.Fatal(err)
	}
	short, err := json.Marshal(firstItems(value))
	if err != nil {
		t.Fatal(err)
	}
	return short
}

func firstItems(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key := range value {
			value[key] = firstItems(value[key])
		}
	case []any:
		for i := range value {
			value[i] = firstItems(value[i])
		}
		return value[:min(1, len(value))]
	}
	return value
}

func TestEveryOperationIsDescribed(t *testing.T) {
	t.Parallel()
	type operation struct {
		OperationID, Summary string
		Tags                 []string
		Responses            map[string]any
	}
	var document struct {
		OpenAPI string
		Paths   map[string]map[string]operation
	}
	newClient(t).decode("/_fake/openapi.json", &document)
	ids := map[string]string{}
	for path, operations := range document.Paths {
		for method, op := range operations {
			name := method + " " + path
			if op.OperationID == "" || op.Summary == "" || len(op.Tags) != 1 || ids[op.OperationID] != "" {
				t.Errorf("%s: %v, like %q", name, op, ids[op.OperationID])
			}
			ids[op.OperationID] = name
		}
	}
	if document.OpenAPI != "3.1.0" || len(ids) < 55 {
		t.Errorf("version %s with %d operations", document.OpenAPI, len(ids))
	}
}

func TestAnAnswerThatTheDocumentDoesNotHaveIsFound(t *testing.T) {
	t.Parallel()
	described := describe(t)
	for name, tc := range map[string]struct {
		method, path string
		status       int
		body, want   string
	}{
		"as described":          {"GET", "/_fake/health", 200, `{"status":"ok"}`, ""},
		"an error":              {"GET", "/_fake/clock", 400, `{"error":"no"}`, ""},
		"a property too many":   {"GET", "/_fake/health", 200, `{"status":"ok","more":1}`, "additional properties 'more' not allowed"},
		"a property too few":    {"GET", "/_fake/health", 200, `{}`, "missing property 'status'"},
		"a value of other type": {"GET", "/_fake/clock", 200, `{"now":"2026-01-15T09:00:00Z","frozen":"no"}`, "got string, want boolean"},
		"no time":               {"GET", "/_fake/clock", 200, `{"now":"noon","frozen":true}`, "is not valid date-time"},
		"another status":        {"GET", "/_fake/health", 201, `{}`, "has no answer 201"},
	} {
		got := described.check(tc.method, &url.URL{Path: tc.path}, tc.status, []byte(tc.body))
		if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
