package testgen_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
	"github.com/fakeattio/fakeattio/fake/internal/testgen"
)

// made are the tests of one request of every operation, by their language and the operation.
type made map[string]map[string]string

// everyOperation makes them once.
var everyOperation = sync.OnceValues(func() (made, error) {
	all := made{}
	for _, language := range testgen.Languages() {
		all[language] = map[string]string{}
	}
	srv, err := fake.Start(fake.YAML(exercise.Scenario()), fake.WithoutSocket())
	if err != nil {
		return nil, err
	}
	defer srv.Close()
	fresh := srv.Snapshot()
	for _, op := range attio.Operations() {
		srv.Restore(fresh)
		request, err := exercise.Of(op)[0].In("here").HTTP(srv.URL, srv.Token("here"))
		if err != nil {
			return nil, err
		}
		response, err := srv.Transport().RoundTrip(request)
		if err != nil {
			return nil, err
		}
		response.Body.Close()
		requests := srv.Requests()
		number := requests[len(requests)-1].Number
		for language, tests := range all {
			status, body, err := get(srv, fmt.Sprintf("/_fake/requests/%d/test?lang=%s", number, language))
			switch {
			case err != nil:
				return nil, err
			case op.Upload && status == 422:
			case status != 200:
				return nil, fmt.Errorf("%s in %s: %s", op.Name, language, body)
			case strings.Contains(body, "nothing smaller"):
				return nil, fmt.Errorf("%s: the scenario was not reduced", op.Name)
			default:
				tests[op.Name] = body
			}
		}
	}
	return all, nil
})

// language is how the tests of a language are run, and how one is made to fail.
type language struct {
	name, program string // without the program they cannot run
	extension     string
	status        []edit // the edits that expect another status, or another value; the first that fits is made
	value         []edit
	sample        int // of how many operations only one is edited, where running a test is slow; 0 and 1 for every one
	// run returns which of the files in a folder failed.
	run func(t *testing.T, dir string, files []string) map[string]bool
}

// edit replaces the last match of a pattern.
type edit struct{ pattern, instead string }

func edited(source string, edits []edit) (string, bool) {
	for _, e := range edits {
		pattern := regexp.MustCompile(e.pattern)
		if all := pattern.FindAllStringIndex(source, -1); all != nil {
			at := all[len(all)-1]
			return source[:at[0]] + pattern.ReplaceAllString(source[at[0]:at[1]], e.instead) + source[at[1]:], true
		}
	}
	return source, false
}

// test runs the tests of all operations as they are, then each with another status, and each with another value.
func (l language) test(t *testing.T) {
	if _, err := exec.LookPath(l.program); err != nil {
		t.Skipf("there is no %s, so the tests in %s do not run", l.program, l.name)
	}
	all, err := everyOperation()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var files []string
	fails := map[string]bool{}
	for i, operation := range slices.Sorted(maps.Keys(all[l.name])) {
		for variant, edits := range [][]edit{nil, l.status, l.value} {
			if variant > 0 && l.sample > 1 && i%l.sample != 0 {
				continue
			}
			source, ok := edited(all[l.name][operation], edits)
			if !ok && edits != nil {
				if operation != "files.download" { // a redirect without a body, which changes nothing
					t.Errorf("%s, variant %d: there is nothing to edit", operation, variant)
				}
				continue
			}
			source = regexp.MustCompile(`func Test\w+`).ReplaceAllString(source, fmt.Sprintf("${0}_%d", variant))
			file := fmt.Sprintf("%s_%d%s", strings.ReplaceAll(operation, ".", "_"), variant, l.extension)
			write(t, filepath.Join(dir, file), source)
			files, fails[file] = append(files, file), edits != nil
		}
	}
	if diff := cmp.Diff(fails, l.run(t, dir, files)); diff != "" {
		t.Errorf("which tests fail: %s", diff)
	}
}

func TestTestsInGoPassAndCanFail(t *testing.T) {
	t.Parallel()
	language{
		name: "go", program: "go", extension: "_test.go", run: runGo,
		status: []edit{{`(StatusCode != )\d+`, "${1}299"}},
		value:  []edit{{"(\n\t\t[\"`])(created|changed|deleted) ", "${1}not "}, {"want := `{", "want := `{ "}},
	}.test(t)
}

func TestTestsInTypeScriptPassAndCanFail(t *testing.T) {
	t.Parallel()
	language{
		name: "ts", program: "node", extension: ".mjs", run: runNode, // they have no types to strip, so every Node.js can run them
		status: []edit{{`(response\.status, )\d+`, "${1}299"}},
		value:  []edit{{`action: "`, `action: "not `}, {`(JSON\.parse\(answer\), \{)`, "${1} not: 1, "}},
	}.test(t)
}

func TestTestsInPythonPassAndCanFail(t *testing.T) {
	t.Parallel()
	language{
		name: "python", program: "python3", extension: "_test.py", run: runPython,
		status: []edit{{`(status == )\d+`, "${1}299"}},
		value:  []edit{{`"action": "`, `"action": "not `}, {`(loads\(answer\) == \{)`, `${1}"not": 1, `}},
	}.test(t)
}

func TestTestsInBashPassAndCanFail(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"curl", "jq"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("there is no %s, so the tests in bash do not run", program)
		}
	}
	language{
		name: "curl", program: "bash", extension: ".sh", run: runBash, sample: 10,
		status: []edit{{`("\$status" = )\d+`, "${1}299"}},
		value:  []edit{{`"action": "`, `"action": "not `}, {`(answer='\{)`, `${1}"not": 1, `}},
	}.test(t)
}

// runGo runs the files as a package of another module.
func runGo(t *testing.T, dir string, files []string) map[string]bool {
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	mod, sums := read(t, filepath.Join(root, "go.mod")), read(t, filepath.Join(root, "go.sum"))
	_, needs, _ := strings.Cut(mod, "\n")
	write(t, filepath.Join(dir, "go.sum"), sums)
	write(t, filepath.Join(dir, "go.mod"), "module example.com/generated\n"+needs+
		"\nrequire github.com/fakeattio/fakeattio v0.0.0\nreplace github.com/fakeattio/fakeattio => "+root+"\n")
	if output, err := exec.Command("gofmt", "-l", dir).CombinedOutput(); err != nil || len(output) > 0 {
		t.Errorf("not as gofmt has it: %s", output)
	}
	command := exec.Command("go", "test", "-mod=mod", "-v", ".")
	command.Dir = dir
	output, _ := command.CombinedOutput() // fails if one of them fails
	failed := map[string]bool{}
	for _, file := range files {
		name := regexp.MustCompile(`func (Test\w+)`).FindStringSubmatch(read(t, filepath.Join(dir, file)))[1]
		if outcome := regexp.MustCompile(`--- (PASS|FAIL): ` + name + " ").FindSubmatch(output); outcome != nil {
			failed[file] = string(outcome[1]) == "FAIL"
		}
	}
	if len(failed) < len(files) {
		t.Logf("%.4000s", output)
	}
	return failed
}

// runNode runs the files in one process, one after the other.
func runNode(t *testing.T, dir string, files []string) map[string]bool {
	var all string
	for _, file := range files {
		all += "import \"./" + file + "\"\n"
	}
	write(t, filepath.Join(dir, "all.mjs"), all)
	output := withServer(t, exec.Command("node", "--test-reporter=tap", filepath.Join(dir, "all.mjs")))
	failed := map[string]bool{}
	for i, outcome := range regexp.MustCompile(`(?m)^(not )?ok \d+ - `).FindAllStringSubmatch(output, -1) {
		failed[files[i]] = outcome[1] != ""
	}
	if len(failed) < len(files) {
		t.Logf("%.4000s", output)
	}
	return failed
}

// pytest runs functions as pytest does, which is not everywhere.
const pytest = `
import importlib.util, sys
for path in sys.argv[1:]:
    spec = importlib.util.spec_from_file_location("generated", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in [name for name in dir(module) if name.startswith("test_")]:
        try:
            getattr(module, name)()
            print("PASS", path)
        except AssertionError:
            print("FAIL", path)
`

func runPython(t *testing.T, dir string, files []string) map[string]bool {
	command := exec.Command("python3", "-c", pytest)
	for _, file := range files {
		command.Args = append(command.Args, filepath.Join(dir, file))
	}
	output := withServer(t, command)
	failed := map[string]bool{}
	for _, outcome := range regexp.MustCompile(`(?m)^(PASS|FAIL) (.+)$`).FindAllStringSubmatch(output, -1) {
		failed[filepath.Base(outcome[2])] = outcome[1] == "FAIL"
	}
	if len(failed) < len(files) {
		t.Logf("%.4000s", output)
	}
	return failed
}

func runBash(t *testing.T, dir string, files []string) map[string]bool {
	loop := `for file; do bash "$file" >"$file.log" 2>&1 && echo "PASS $file" || echo "FAIL $file"; done`
	command := exec.Command("bash", "-c", loop, "bash")
	for _, file := range files {
		command.Args = append(command.Args, filepath.Join(dir, file))
	}
	output := withServer(t, command)
	failed := map[string]bool{}
	for _, outcome := range regexp.MustCompile(`(?m)^(PASS|FAIL) (.+)$`).FindAllStringSubmatch(output, -1) {
		failed[filepath.Base(outcome[2])] = outcome[1] == "FAIL"
	}
	return failed
}

// withServer runs a command with a server of its own and returns what it prints.
func withServer(t *testing.T, command *exec.Cmd) string {
	t.Helper()
	srv := fake.New(t)
	command.Env = append(os.Environ(), "ATTIO_BASE_URL="+srv.URL)
	output, _ := command.CombinedOutput() // fails if a test fails
	return string(output)
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
