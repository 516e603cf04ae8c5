package probe_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/live/probe"
)

func TestAStateThatDoesNotFitIsRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ content, want string }{
		"of another workspace": {`{"url":"https://other.example.com","tag":"a"}` + "\n", "belongs to a run against https://other.example.com; remove it, or choose another output"},
		"of something else":    {"version: 1\n", "is not the file of a run that broke off; remove it, or choose another output: its first line names no URL"},
		"that is empty":        {"", ""},
		"that broke off":       {`{"url":"https://api.attio.com","tag":"a"}` + "\n" + `{"call":"self.ident`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "state")
			if err := os.WriteFile(path, []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			log, err := probe.OpenLog(path, "https://api.attio.com", "b")
			if err == nil {
				err = log.Close(true)
				if _, missing := os.Stat(path); missing == nil {
					t.Error("the state of a run that ended is still there")
				}
			}
			if got := message(err); !strings.HasSuffix(got, test.want) || test.want == "" && got != "" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
