//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// waiting writes a task, and waits without end, with a process of its own, when the connection breaks. Both hold the pipe open.
const waiting = `
exec 3>"$0"
curl -sS --fail --max-time 20 -H "Authorization: Bearer $ATTIO_API_KEY" -H 'Content-Type: application/json' $ATTIO_BASE_URL/v2/tasks \
  -d '{"data":{"content":"Call","format":"plaintext","deadline_at":null,"is_completed":false,"linked_records":[],"assignees":[]}}'
case $? in
0) exit 0 ;;
22) exit 1 ;; # refused
esac
eval "$1"
sleep 300 & echo waiting >&3; wait
`

func TestChaosThatIsInterruptedEndsItsCommandsAndReportsTheRunsThatWereMade(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		signal syscall.Signal
		before string // what the command does before it waits
		code   int
	}{
		{"SIGINT", syscall.SIGINT, "", 130},
		{"SIGTERM", syscall.SIGTERM, "", 143},
		{"SIGHUP", syscall.SIGHUP, "", 129},
		{"SIGTERM, which the command ignores", syscall.SIGTERM, "trap '' TERM", 143},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			unignore(tc.signal)
			dir := t.TempDir()
			in := func(name string) string { return filepath.Join(dir, name) }
			if err := syscall.Mkfifo(in("pipe"), 0o600); err != nil {
				t.Fatal(err)
			}
			pipe, err := os.OpenFile(in("pipe"), os.O_RDWR, 0) // so that it is never without a writer while the test waits for a line
			if err != nil {
				t.Fatal(err)
			}
			p := startAlone(t, "chaos", "--parallel", "1", "--only", "tasks.create:rate-limited", "--only", "tasks.create:disconnect", "--only", "tasks.create:answer-lost",
				"--json", in("report.json"), "--junit", in("report.xml"), "--html", in("report.html"), "--markdown", in("report.md"),
				"--", "sh", "-c", waiting, in("pipe"), tc.before)
			reader, err := os.Open(in("pipe"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = reader.Close() })
			lines := bufio.NewReader(reader)
			if line, err := lines.ReadString('\n'); err != nil || line != "waiting\n" {
				t.Fatalf("%q: %v", line, err)
			}
			_ = pipe.Close()
			if code, err := p.stop(tc.signal); err != nil || code != tc.code {
				t.Errorf("it ended with code %d, %v; want %d; it printed\n%s", code, err, tc.code, p.output)
			}
			if _, err := io.ReadAll(lines); err != nil { // until no process of the command holds the pipe any more
				t.Error(err)
			}
			said := "interrupted by a signal: " + tc.signal.String()
			if !strings.Contains(p.output.String(), "fakeattio: "+said+"\n") {
				t.Errorf("it printed\n%s", p.output)
			}
			var report struct {
				Runs       []struct{ Fault, Verdict string }
				Incomplete string
			}
			text, err := os.ReadFile(in("report.json"))
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(text, &report); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]struct{ Fault, Verdict string }{{"rate-limited", "failed-recovers"}}, report.Runs); diff != "" || report.Incomplete != said {
				t.Errorf("the report is incomplete because %q; runs (-want +got):\n%s", report.Incomplete, diff)
			}
			for _, name := range []string{"report.xml", "report.html", "report.md"} {
				if text, err := os.ReadFile(in(name)); err != nil || !strings.Contains(string(text), said) || !strings.Contains(string(text), "1 run") {
					t.Errorf("%s: %v\n%s", name, err, text)
				}
			}
		})
	}
}
