package scenario_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

const readme = "../../../scenarios/README.md"

// Every block of YAML in the README is a file that begins with its name. One with a block of text
// behind it is refused in those words; the others load.
func TestTheExamplesOfTheREADMEAreTrue(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	type example struct{ name, refusal string }
	var examples []example
	files := fstest.MapFS{}
	for _, block := range regexp.MustCompile("(?ms)^```(yaml|text)\n(.*?)^```$").FindAllStringSubmatch(string(content), -1) {
		kind, code := block[1], block[2]
		if kind == "text" {
			examples[len(examples)-1].refusal = code
			continue
		}
		name := strings.TrimPrefix(strings.SplitN(code, "\n", 2)[0], "# ")
		if strings.Contains(name, " ") { // the comment that names the schema
			name = "with-schema.yaml"
		}
		files[name] = &fstest.MapFile{Data: []byte(code)}
		examples = append(examples, example{name: name})
	}
	if len(examples) < 6 {
		t.Fatalf("found only %d examples", len(examples))
	}
	for _, e := range examples {
		got := ""
		if _, err := scenario.Load(scenario.FS(files, e.name)); err != nil {
			got = err.Error() + "\n"
		}
		if diff := cmp.Diff(e.refusal, got); diff != "" {
			t.Errorf("%s (-README +got)\n%s", e.name, diff)
		}
	}
}

func TestTheREADMENamesEveryBuiltInScenario(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range scenario.BuiltIns() {
		if !strings.Contains(string(content), "[`"+name+"`]("+name+".yaml)") {
			t.Errorf("%s is missing", name)
		}
	}
}
