package fake_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestAMistakeFailsTheTestThatMadeIt(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "mistakes.test")
	if out, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", binary, "./testdata/mistakes").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := func(test string) string {
		out, err := exec.CommandContext(t.Context(), binary, "-test.run", "^"+test+"$").CombinedOutput()
		if err == nil {
			t.Errorf("%s passes:\n%s", test, out)
		}
		return string(out)
	}
	for _, test := range []string{"TestSerial", "TestParallel", "TestShared"} {
		out := run(test)
		for name, says := range map[string]string{
			"a_clone":               `no record "nobody" of "people"`,
			"a_list_of_a_clone":     `unknown list "nolist"`,
			"a_record_of_a_clone":   `"nothing"`,
			"a_member_of_a_clone":   `unknown member "eve"`,
			"a_view_of_a_server":    `unknown workspace "nowhere"`,
			"a_workspace_of_a_view": `unknown member "eve"`,
			"a_view_of_a_workspace": `no record "nobody" of "people"`,
			"a_filter":              `unknown workspace "nowhere"`,
			"the_usage":             `unknown`,
			"a_fault":               `unknown workspace "nowhere"`,
		} {
			_, own, failed := strings.Cut(out, "--- FAIL: "+test+"/"+name+" ")
			own, _, _ = strings.Cut(own, "--- ")
			// The place is that of the test's own line, as every method on the way is a helper.
			if !failed || !strings.Contains(own, says) || !strings.Contains(own, "mistakes_test.go:") {
				t.Errorf("%s/%s does not fail with %s:\n%s", test, name, says, own)
			}
		}
		if !strings.Contains(out, "the parent goes on") {
			t.Errorf("%s ends with a mistake of another test", test)
		}
		for _, says := range []string{"panic", "it went on", "FAIL: " + test + "/none"} {
			if strings.Contains(out, says) {
				t.Errorf("%s says %q", test, says)
			}
		}
		if t.Failed() {
			t.Fatalf("%s:\n%s", test, out)
		}
	}
	if out := run("TestStart"); !strings.Contains(out, `panic: fake: unknown workspace "nowhere"; known: acme, globex`) {
		t.Errorf("TestStart:\n%s", out)
	}
}
