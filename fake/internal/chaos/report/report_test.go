package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
	"github.com/fakeattio/fakeattio/fake/internal/chaos/report"
)

var update = flag.Bool("update", false, "write the golden files")

// mixed is a report with runs of every verdict, some of them accepted.
func mixed() chaos.Report {
	return chaos.Report{
		Baseline: chaos.Baseline{
			Operations: []chaos.OperationCalls{{Operation: "companies.assert", Calls: 1}, {Operation: "records.create", Calls: 2}},
			Deliveries: 1, Changes: 3, Duration: 512.4,
			Unsteady: []string{"people.synced_at"},
			Repeats:  []chaos.Difference{{Action: chaos.Added, Workspace: "acme", Thing: "note", ID: "8b0f8e4e-5a4b-4f39-9cf6-1f7a1d5f2b1c"}},
		},
		Runs: []chaos.Run{
			{Case: chaos.Case{Operation: "records.create", Fault: "rate-limited"}, Verdict: chaos.Survived, Accepted: true, Duration: 600},
			{Case: chaos.Case{Operation: "records.create", Fault: "internal"}, Verdict: chaos.FailedRecovers, Accepted: true, Duration: 400},
			{
				Case: chaos.Case{Operation: "records.create", Call: 2, Fault: "hang"}, Verdict: chaos.Hung, Duration: 10_000, Log: "waiting\nfor | `Attio`\n",
				Requests: []chaos.Request{{Number: 2, Operation: "records.create", Method: "POST", Path: "/v2/objects/people/records", Hit: true}},
				Repeat:   "fakeattio chaos --only 'records.create#2:hang' -- npm test",
			},
			{
				Case: chaos.Case{Operation: "companies.assert", Fault: "unavailable"}, Verdict: chaos.FailedDamages, Accepted: true, Duration: 80,
				Reason: "accepted until 2027-01-01: the clean-up runs at night",
			},
			{
				Case: chaos.Case{Operation: "records.create", Fault: "answer-lost"}, Verdict: chaos.SilentDamage, Duration: 610.2,
				Diff: []chaos.Difference{
					{Action: chaos.Duplicated, Workspace: "acme", Thing: "record", In: "people", ID: "id-1", Name: "Ada <b>Lovelace</b>"},
					{Action: chaos.Differs, Workspace: "acme", Thing: "record", In: "companies", Name: "Acme|Ltd", Attributes: []chaos.AttributeDifference{
						{Attribute: "team", Want: json.RawMessage(`["ada"]`), Got: json.RawMessage(`["ada","ada"]`)},
					}},
				},
				Requests: []chaos.Request{
					{Number: 1, Operation: "records.create", Method: "POST", Path: "/v2/objects/people/records", Hit: true},
					{Number: 2, Operation: "records.create", Method: "POST", Path: "/v2/objects/people/records", Status: 200},
				},
				Repeat: "fakeattio chaos --only records.create:answer-lost -- npm test",
			},
			{
				Case: chaos.Case{Operation: "records.create", Fault: "slow"}, With: []chaos.Case{{Operation: "server", Fault: "clock-jump"}},
				Verdict: chaos.FailedDamages, Duration: 70_000, Diff: manyLost(5), Requests: manyRequests(30), Repeat: "go test -run 'TestSync/pairs'",
			},
		},
		Skipped: []chaos.Skipped{{Case: chaos.Case{Operation: "webhooks", Fault: "reordered"}, Reason: "there is only one delivery"}},
	}
}

func manyLost(n int) []chaos.Difference {
	var all []chaos.Difference
	for i := range n {
		all = append(all, chaos.Difference{Action: chaos.Lost, Workspace: "acme", Thing: "list-entry", In: "sales", Name: fmt.Sprint("Deal ", i+1)})
	}
	return all
}

func manyRequests(n int) []chaos.Request {
	var all []chaos.Request
	for i := range n {
		all = append(all, chaos.Request{Number: i + 1, Operation: "records.list", Method: "POST", Path: "/v2/objects/people/records/query", Status: 200})
	}
	return all
}

func TestReportsAreWrittenInEveryForm(t *testing.T) {
	t.Parallel()
	clean := chaos.Report{
		Baseline: chaos.Baseline{Operations: []chaos.OperationCalls{{Operation: "self.get", Calls: 1}}, Duration: 12},
		Runs:     []chaos.Run{{Case: chaos.Case{Operation: "self.get", Fault: "internal"}, Verdict: chaos.Survived, Accepted: true, Duration: 61_000}},
	}
	interrupted := chaos.Report{
		Baseline: clean.Baseline, Skipped: []chaos.Skipped{}, Incomplete: "interrupted by a signal: terminated",
		Runs: append(slices.Clone(clean.Runs), chaos.Run{Case: chaos.Case{Operation: "self.get", Fault: "hang"}, Verdict: chaos.Hung, Repeat: "fakeattio chaos --only self.get:hang -- npm test"}),
	}
	for name, r := range map[string]chaos.Report{
		"mixed": mixed(), "clean": clean, "interrupted": interrupted, "none": chaos.NoReport(errors.New("it fails without any fault\nno key")),
	} {
		for extension, write := range map[string]func(io.Writer, chaos.Report) error{
			"txt": report.Text, "md": report.Markdown, "xml": report.JUnit, "json": report.JSON, "html": report.HTML,
		} {
			t.Run(name+"."+extension, func(t *testing.T) {
				t.Parallel()
				var got bytes.Buffer
				if err := write(&got, r); err != nil {
					t.Fatal(err)
				}
				golden := filepath.Join("testdata", name+"."+extension)
				if *update {
					if err := os.WriteFile(golden, got.Bytes(), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), got.String()); diff != "" {
					t.Errorf("%s differs (-want +got):\n%s", golden, diff)
				}
			})
		}
	}
}

func TestAJUnitReportHoldsWhatAClientPrinted(t *testing.T) {
	t.Parallel()
	r := mixed()
	r.Runs[2].Log = "\x1b[31mred\x1b[0m ]]> <&> \xff\x00"
	var got bytes.Buffer
	if err := report.JUnit(&got, r); err != nil {
		t.Fatal(err)
	}
	var suites struct {
		Suite []struct {
			Failures int `xml:"failures,attr"`
			Case     []struct {
				Failure string `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(got.Bytes(), &suites); err != nil {
		t.Fatal(err)
	}
	if s := suites.Suite[0]; s.Failures != 3 || !strings.Contains(s.Case[2].Failure, "red\uFFFD[0m ]]> <&>") {
		t.Errorf("%d failures, the third case fails with %q", s.Failures, s.Case[2].Failure)
	}
}

// broken is a file on a full disk.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestAReportThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(io.Writer, chaos.Report) error{
		"text": report.Text, "Markdown": report.Markdown, "JUnit": report.JUnit, "JSON": report.JSON, "HTML": report.HTML,
	} {
		if err := write(broken{}, mixed()); err == nil || err.Error() != "the disk is full" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
