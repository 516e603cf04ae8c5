package exercise_test

import (
	"encoding/json"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
)

// harmless are the positions where an unknown name is no error, each with the reason. The answer must still be the same
// for a name of another workspace and for one that nobody has.
var harmless = map[string]string{
	"records.query <ships_~W/hms>":                compared,
	"records.query <companies/navy>":              compared,
	"records.query <members/ada_~W>":              compared,
	"entries.query <lists/sales_~W/entries/navy>": compared,
	"entries.query <companies/navy>":              compared,
	"entries.query <members/ada_~W>":              compared,
	"notes.list <companies/navy>":                 compared,
	"tasks.list <companies/navy>":                 compared,
	"threads.list <companies/navy>":               compared,
	"threads.list <lists/sales_~W/entries/navy>":  compared,
	"emails.list <people/grace>":                  compared,
	"emails.list grace@~W.example.com":            compared,
	"meetings.list <companies/navy>":              compared,
	"meetings.list grace@~W.example.com":          compared,
	"files.list <companies/navy>":                 compared,
	"files.list <files/plans>":                    compared,
	"webhooks.create <people/grace>":              "a filter of events compares any text",
	"tasks.create <companies/navy>":               unlinked,
	"tasks.update <people/grace>":                 unlinked,
	"meetings.create bob@~W.example.com":          "anybody may take part in a meeting",
}

const (
	compared = "what is asked for is nowhere, so nothing is found"
	unlinked = "a task leaves out what it cannot link to"
)

// TestNothingOfAnotherWorkspaceIsKnown sends each operation with a name of another workspace in each position. It must
// be refused, with the same answer as for a name that nobody has, and neither workspace may change.
func TestNothingOfAnotherWorkspaceIsKnown(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	fresh, token := c.server.Snapshot("fresh"), c.server.Token("here")
	unseen := maps.Clone(harmless)
	for _, r := range exercise.Requests() {
		op := operation(t, r.Operation)
		if !api.Built(op) {
			continue
		}
		for at, position := range r.Positions() {
			ask := func(slug string) (status int, body string) {
				c.server.Restore(fresh)
				sent := r.With(func(i int, _ string) string {
					if i == at {
						return slug
					}
					return "here"
				})
				status, body = c.send(t, sent, token)
				name, err := url.PathUnescape(exercise.Name(position, slug))
				if err != nil {
					t.Fatal(err)
				}
				return status, made.ReplaceAllString(strings.ReplaceAll(body, name, position), "new")
			}
			wantStatus, want := ask("nobody")
			status, got := ask("there")
			where := r.Operation + " " + position
			if status != wantStatus || got != want {
				t.Errorf("%s of another workspace: %d, and of nobody: %d\n%s", where, status, wantStatus, cmp.Diff(want, got))
			}
			switch reason := harmless[where]; {
			case status < 400 && reason == "":
				t.Errorf("%s of another workspace is no error: %d %.300s\nmake it one, or say in harmless why it need not be", where, status, got)
			case status >= 400 && reason != "":
				t.Errorf("%s of another workspace is an error, though harmless says %q: %d %.300s", where, reason, status, got)
			}
			_, changed := c.send(t, exercise.Request{Method: "GET", Path: "/_fake/snapshots/fresh/diff"}, "")
			if status >= 400 && changed != "{\"workspaces\":[]}\n" || strings.Contains(changed, `"workspace":"there"`) {
				t.Errorf("%s of another workspace: %d, and changed %s", where, status, changed)
			}
			delete(unseen, where)
		}
	}
	if len(unseen) > 0 {
		t.Errorf("no request has these positions: %v", unseen)
	}
}

// made matches the ids and secrets of new things, which differ from request to request.
var made = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}`)

func operation(t testing.TB, name string) *attio.Operation {
	t.Helper()
	all := attio.AuthorizedOperations()
	i := slices.IndexFunc(all, func(op *attio.Operation) bool { return op.Name == name })
	if i < 0 {
		t.Fatalf("no operation %q", name)
	}
	return all[i]
}

// idKey matches the keys and parameters in which the API accepts names of things.
var idKey = regexp.MustCompile(`^(id|object|list|option|status|assignee|domain|participants)$|_ids?$|_objects?$`)

// notNames are keys that idKey matches but that name nothing in a workspace.
var notNames = []string{
	"files.create external_provider_file_id", "files.create microsoft_drive_id", // ids of a storage provider
	"meetings.create participants", "meetings.create status", // the participant's answer
	"attributes.create option", "attributes.create status", // of an attribute that has no options or statuses yet
	"attributes.create id", "attributes.update id", // who owns an interaction, which no attribute made by the API can have
}

// TestEveryNameThatTheDocumentTakesIsAPosition compares the requests with Attio's OpenAPI document: wherever a body or
// a query accepts the name of a thing, a request of the operation must have a position.
func TestEveryNameThatTheDocumentTakesIsAPosition(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(contract.Facts(t), "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths      map[string]map[string]map[string]any
		Components map[string]map[string]any
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, op := range attio.AuthorizedOperations() {
		described, ok := document.Paths[op.Path][strings.ToLower(op.Method)]
		if !ok || !api.Built(op) {
			continue
		}
		taken := make(map[string]bool)
		parameters, _ := described["parameters"].([]any)
		for _, p := range parameters {
			if p := p.(map[string]any); p["in"] == "query" {
				taken[p["name"].(string)] = true
			}
		}
		keysOf(described["requestBody"], document.Components["schemas"], taken)
		named := make(map[string]bool)
		for _, r := range exercise.Of(op) {
			for _, found := range keyBeforePosition.FindAllStringSubmatch(r.Path+"\n"+strings.ReplaceAll(r.Body, "\r\n\r\n", "="), -1) {
				named[found[1]] = true
			}
		}
		for key := range taken {
			if !idKey.MatchString(key) || slices.Contains(notNames, op.Name+" "+key) {
				continue
			}
			if checked++; !named[key] {
				t.Errorf("%s takes %s, and no request of package exercise gives it a position", op.Name, key)
			}
		}
	}
	if checked < 50 {
		t.Errorf("the document has only %d names", checked)
	}
}

// keyBeforePosition matches a JSON key, a query parameter or a field of an upload whose value is a position.
var keyBeforePosition = regexp.MustCompile(`"?(\w+)"?(?::|=|\[|")+(?:<|[\w@.-]*~W)`)

// keysOf collects the keys of a schema and of all within it.
func keysOf(schema any, components map[string]any, keys map[string]bool) {
	switch schema := schema.(type) {
	case []any:
		for _, inner := range schema {
			keysOf(inner, components, keys)
		}
	case map[string]any:
		if ref, ok := schema["$ref"].(string); ok {
			keysOf(components[strings.TrimPrefix(ref, "#/components/schemas/")], components, keys)
		}
		if properties, ok := schema["properties"].(map[string]any); ok {
			for key := range properties {
				keys[key] = true
			}
		}
		for key, inner := range schema {
			if key != "example" && key != "examples" {
				keysOf(inner, components, keys)
			}
		}
	}
}
