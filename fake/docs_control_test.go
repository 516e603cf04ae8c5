package fake_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// controlOperation is an operation of the control API in its OpenAPI document.
type controlOperation struct {
	request              string
	Tags                 []string
	Summary, Description string
	Parameters           []struct{ Name, In, Description string }
}

// controlOperations returns the operations of the control API by tag, and the tags in order.
func controlOperations(t *testing.T) (tags []string, of map[string][]controlOperation) {
	t.Helper()
	srv := fake.New(t, fake.WithoutSocket())
	var document struct {
		Tags  []struct{ Name string }
		Paths map[string]map[string]controlOperation
	}
	if err := json.Unmarshal([]byte(fetch(t, srv.Client(), srv.URL+"/_fake/openapi.json", "")), &document); err != nil {
		t.Fatal(err)
	}
	of = map[string][]controlOperation{}
	for _, tag := range document.Tags {
		tags = append(tags, tag.Name)
	}
	for _, path := range slices.Sorted(maps.Keys(document.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(document.Paths[path])) {
			op := document.Paths[path][method]
			op.request = strings.ToUpper(method) + " " + path
			of[op.Tags[0]] = append(of[op.Tags[0]], op)
		}
	}
	return tags, of
}

// controlReference is Markdown made of the control API's OpenAPI document, with the commands of docs/control-api.sh.
func controlReference(t *testing.T) string {
	t.Helper()
	tags, of := controlOperations(t)
	script := read(t, "../docs/control-api.sh") + "\n# "
	var text strings.Builder
	for _, tag := range tags {
		_, rest, found := strings.Cut(script, "\n# "+tag+"\n")
		commands, _, _ := strings.Cut(rest, "\n\n# ")
		if !found {
			t.Errorf("docs/control-api.sh has no commands for %s", tag)
		}
		fmt.Fprintf(&text, "### %s\n\n| request | what it does |\n|---|---|\n", tag)
		for _, op := range of[tag] {
			fmt.Fprintf(&text, "| `%s` | %s |\n", op.request, strings.TrimSpace(op.Summary+" "+op.Description))
		}
		fmt.Fprintf(&text, "%s\n```sh\n%s\n```\n\n", controlParameters(of[tag]), strings.TrimSpace(commands))
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// controlParameters lists what can stand in the queries of operations.
func controlParameters(operations []controlOperation) string {
	var text strings.Builder
	for _, op := range operations {
		var parameters []string
		for _, p := range op.Parameters {
			if p.In == "query" {
				parameters = append(parameters, fmt.Sprintf("- `%s`: %s\n", p.Name, p.Description))
			}
		}
		if parameters != nil {
			fmt.Fprintf(&text, "\nThe parameters of `%s`:\n\n%s", op.request, strings.Join(parameters, ""))
		}
	}
	return text.String()
}
