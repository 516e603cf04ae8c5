package scenario_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

func TestAScenarioInJSONIsTheSameAsInYAML(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.BuiltIns() {
		before := load(t, scenario.BuiltIn(name))
		file, err := scenario.Export(before)
		if err != nil {
			t.Fatal(err)
		}
		inJSON := scenario.FS(fstest.MapFS{"team.json": text(writtenAsJSON(t, string(file)))}, "team.json")
		again, err := scenario.Export(load(t, inJSON))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(writtenAsJSON(t, string(file)), writtenAsJSON(t, string(again))); diff != "" {
			t.Errorf("%s (-YAML +JSON)\n%s", name, diff)
		}
	}
}

func TestFilesInJSONAndYAMLExtendEachOther(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"top.json":  text("{\n\t\"$schema\": \"./scenario.schema.json\",\n\t\"version\": 1, \"extends\": [\"mid.yaml\"], \"workspaces\": {\"w\": {\"name\": \"Top\"}}\n}\n"),
		"mid.yaml":  text("version: 1\nextends: [low.json]\nworkspaces: {w: {name: Mid, members: {ada: admin}}}\n"),
		"low.json":  text(`{"version": 1, "users": {"ada": {"email": "ada@example.com"}}}`),
		"text.yaml": text("{\"version\": 1,\n\t\"workspaces\": {\"w\": {\"name\": \"JSON is YAML\"}}}"),
	}
	seed := load(t, scenario.FS(files, "top.json"))
	if seed.Workspaces[0].Name != "Top" || seed.Users[0].Email != "ada@example.com" {
		t.Errorf("got %+v", seed)
	}
	if got := load(t, scenario.FS(files, "text.yaml")).Workspaces[0].Name; got != "JSON is YAML" {
		t.Errorf("got %s", got)
	}
}

func TestProblemsOfScenariosInJSONHavePlaces(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"malformed JSON":  {"{\"version\": 1,\n}", "team.json:2:1: a comma stands before this }; JSON has none there\n   2 | }\n     | ^"},
		"YAML":            {"version: 1\n", "team.json:1:1: JSON begins with {; if this is YAML, give the file a name that ends in .yaml\n   1 | version: 1\n     | ^"},
		"another version": {`{"version": "1"}`, "team.json:1:13: unknown version of the format; write version: 1\n   1 | {\"version\": \"1\"}\n     |             ^"},
		"what Attio refuses": {
			"{\"version\": 1, \"workspaces\": {\"w\": {\"objects\": {\"people\": {\"records\": {\n\t\"x\": {\"job_title\": 5}}}}}}}",
			"team.json:2:21: An invalid value was passed to attribute with slug \"job_title\". value: Expected string, received number\n   2 |  \"x\": {\"job_title\": 5}}}}}}}\n     |                     ^",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := scenario.Load(scenario.FS(fstest.MapFS{"team.json": text(test.text)}, "team.json"))
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// What is allocated for a record of a dozen values, from the text to the state.
func TestALoadAllocatesLittleForEachRecord(t *testing.T) {
	const people, most = 2000, 33
	seed := load(t, crowd("allocations of a load", people, 0))
	file, err := scenario.ExportAs(scenario.JSON, seed)
	if err != nil {
		t.Fatal(err)
	}
	content := file.Bytes()
	allocations := testing.AllocsPerRun(3, func() {
		content = append(content, '\n') // or the seed would be remembered
		load(t, scenario.FS(fstest.MapFS{"team.json": {Data: content}}, "team.json"))
	})
	if each := allocations / people; each > most {
		t.Errorf("%.1f allocations for each record, more than %d", each, most)
	} else {
		t.Logf("%.1f allocations for each record", each)
	}
}
