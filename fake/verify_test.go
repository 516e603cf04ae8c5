package fake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// recordedMissing is a recording of a request for a record that is not there, with Attio's sentence about it.
func recordedMissing(t *testing.T, message string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "missing.json")
	text := fmt.Sprintf(`{"request":{"method":"GET","path":"/v2/objects/people/records/5f0c1f4d-9a3e-4c1b-8d52-0e4b7a1c9f60"},
		"response":{"status":404,"body":{"status_code":404,"type":"invalid_request_error","code":"not_found","message":%q}}}`, message)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestVerifyFailsTheTestIfTheFakeAnswersOtherwise(t *testing.T) {
	t.Parallel()
	same := recordedMissing(t, `Record with ID "5f0c1f4d-9a3e-4c1b-8d52-0e4b7a1c9f60" not found.`)
	fake.Verify(t, same)
	fake.VerifyWith(t, []string{same}, fake.VerifyScenario(fake.Scenario("blank")), fake.VerifyFailing("harmless"))

	other := recordedMissing(t, "Nothing.")
	fake.VerifyWith(t, []string{other}, fake.VerifyAccept("records.get:message=reworded"))
	fake.VerifyWith(t, []string{other}, fake.VerifyFailing("breaking"))
	failed := &failing{TB: t}
	if fake.Verify(failed, other); !strings.Contains(failed.message, "notable  records.get:message:message") {
		t.Errorf("it failed with %q", failed.message)
	}
	report, err := fake.RunVerify([]string{other})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := report.WriteText(&text); err != nil || report.Findings() != 1 || !strings.Contains(text.String(), "1 difference: 1 notable") {
		t.Errorf("%d findings, %v: %s", report.Findings(), err, text.String())
	}
	if _, err := fake.RunVerify([]string{other}, fake.VerifyFailing("worse")); err == nil {
		t.Error("an unknown severity is taken")
	}
}
