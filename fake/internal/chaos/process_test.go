package chaos_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// anything accepts every verdict, for tests that look at them.
var anything = fake.ChaosMust("", "", fake.ChaosSilentDamage)

// expect compares the verdicts, unless this process only makes the runs.
func expect(t *testing.T, report fake.ChaosReport, want map[string]string) {
	t.Helper()
	if report.Runs() == nil {
		return
	}
	if diff := cmp.Diff(want, verdicts(report)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestATestUnderFaultsMayEndInAnyWay(t *testing.T) {
	t.Parallel()
	ends := map[string]func(t *testing.T){
		"fails":             func(t *testing.T) { t.Error("no") },
		"fails at once":     func(t *testing.T) { t.FailNow() },
		"is skipped":        func(t *testing.T) { t.Skip("no") },
		"panics":            func(*testing.T) { panic("no") },
		"panics beside":     func(t *testing.T) { go panic("no"); <-t.Context().Done() },
		"ends the process":  func(*testing.T) { os.Exit(3) },
		"waits without end": func(*testing.T) { select {} },
		"fails in the end":  func(t *testing.T) { t.Cleanup(func() { t.Error("no") }) },
		"fails in a subtest": func(t *testing.T) {
			t.Run("of it", func(t *testing.T) {
				t.Parallel()
				t.Error("no")
			})
		},
	}
	want := map[string]string{"is skipped": "silent-damage", "waits without end": "hung", "panics beside": "failed-damages", "ends the process": "failed-damages"}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report := fake.Chaos(t, func(t *testing.T, srv *fake.Server) {
				t.Parallel()
				if promoteA(newClient(srv)) != nil {
					end(t)
				}
			}, fake.ChaosServer(fake.YAML(five)), fake.ChaosOnly("internal"), fake.ChaosTimeout(3*time.Second), anything)
			verdict, ok := want[name]
			if !ok {
				verdict = "failed-recovers"
			}
			expect(t, report, map[string]string{"records.update:internal": verdict})
		})
	}
}

func TestATestUnderFaultsHasItsOwnSurroundings(t *testing.T) {
	t.Setenv("CHAOS", "outside")
	report := fake.Chaos(t, func(t *testing.T, srv *fake.Server) {
		if os.Getenv("CHAOS") != "outside" {
			t.Fatal("another run has left its variable")
		}
		t.Setenv("CHAOS", "inside")
		t.Chdir(t.TempDir())
		srv.ReplaceDefaultTransport(t)
		c := client{http: newClient(srv).http, url: "https://api.attio.com", token: srv.Token("acme")}
		c.http.Transport = nil
		if err := promoteA(c); err != nil {
			t.Fatal(err)
		}
	}, fake.ChaosServer(fake.YAML(five)), fake.ChaosOnly("internal", "disconnect"))
	expect(t, report, map[string]string{"records.update:internal": "failed-recovers", "records.update:disconnect": "failed-recovers"})
}

func TestWhatIsPreparedIsThereForTheSecondCallToo(t *testing.T) {
	t.Parallel()
	report := fake.Chaos(t, func(t *testing.T, srv *fake.Server) {
		for _, r := range srv.Workspace("acme").Records("people") {
			if r.Text("job_title") == "" {
				continue
			}
			if err := newClient(srv).promote(r.ID()); err != nil {
				t.Fatal(err)
			}
		}
	}, fake.ChaosServer(fake.YAML(five), fake.WithoutSocket()), fake.ChaosOnly("internal", "answer-lost"), fake.ChaosPrepare(func(srv *fake.Server) {
		srv.Workspace("acme").Create("people", fake.Values{"name": "Hopper, Grace", "job_title": "Captain"})
	}))
	expect(t, report, map[string]string{"records.update:internal": "failed-recovers", "records.update:answer-lost": "failed-recovers"})
	if len(report.Unsteady()) > 0 {
		t.Errorf("not compared: %v", report.Unsteady())
	}
}

// TestFound has a finding. It runs only where another test asks for it.
func TestFound(t *testing.T) {
	if os.Getenv("CHAOS_FINDS") == "" {
		t.Skip("it fails")
	}
	fake.Chaos(t, func(t *testing.T, srv *fake.Server) {
		c := patient(srv)
		c.url = srv.URL
		c.http.Transport = nil
		if err := c.do("POST", "/v2/objects/people/records", values(object{"name": "Hopper, Grace"}), nil); err != nil {
			t.Fatal(err)
		}
	}, fake.ChaosServer(fake.YAML(five)))
}

// TestBroken cannot make its runs. It runs only where another test asks for it.
func TestBroken(t *testing.T) {
	if os.Getenv("CHAOS_FINDS") == "" {
		t.Skip("it fails")
	}
	sync := func(*testing.T, *fake.Server) {}
	t.Run("no server", func(t *testing.T) { fake.Chaos(t, sync, fake.ChaosServer(fake.Scenario("acmee"))) })
	t.Run("no process", func(t *testing.T) {
		if os.Getenv("FAKEATTIO_CHAOS") != "" {
			fmt.Println("the database is away")
			os.Exit(3)
		}
		fake.Chaos(t, sync)
	})
}

func TestRunsThatCannotBeMadeAreNoFaultOfTheClient(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"no_server":  `the run without faults could not be made: scenario "acmee": unknown built-in scenario "acmee"`,
		"no_process": "the run without faults could not be made: a process of this test binary ended before it called the test\n        the database is away\n",
	} {
		if output, passed := again(t, "^TestBroken$/^"+name+"$"); passed || !strings.Contains(output, want) {
			t.Errorf("passed %v:\n%s", passed, output)
		}
	}
}

// again runs a test of this binary.
func again(t *testing.T, run string) (output string, passed bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, os.Args[0], "-test.run="+run, "-test.v")
	command.Env = append(os.Environ(), "CHAOS_FINDS=yes")
	printed, err := command.CombinedOutput()
	return string(printed), err == nil
}

func TestAFindingFailsItsSubtestAndSaysWhatHappened(t *testing.T) {
	t.Parallel()
	output, passed := again(t, "^TestFound$/^records.create$/^answer-lost$|^TestFound$/^records.create$/^forbidden$")
	output = regexp.MustCompile(`\(?[0-9a-f]{8}-[0-9a-f-]{27}\)?`).ReplaceAllString(output, "ID")
	output = regexp.MustCompile(`\d+\.\d+s`).ReplaceAllString(output, "0.00s")
	output = regexp.MustCompile(`(?m)^\s*(=== |---).*\n`).ReplaceAllString(output, "")
	output = regexp.MustCompile(`\b\d+m?s\b|\w+\.go:\d+`).ReplaceAllString(output, "…")
	want := `    …: Without a fault: records.create (1); 1 change, ….
        Run again without a fault, it leaves another state: acme: record of people duplicated: Grace Hopper ID.
    …: failed-recovers
    …: silent-damage  records.create:answer-lost
          it passes, but the final state is not that of a run without the fault
          it must reach failed-recovers
            acme: record of people duplicated: Grace Hopper ID
          What the client did from there on:
            #1 POST /v2/objects/people/records: 200, hit by the fault
            #2 POST /v2/objects/people/records: 200
          To repeat it: go test -run '^TestFound$/^records\.create$/^answer-lost$'
FAIL
`
	if diff := cmp.Diff(want, output); passed || diff != "" {
		t.Errorf("passed %v, (-want +got)\n%s", passed, diff)
	}
}

func TestOnlyTheSubtestsThatAreSelectedAreRun(t *testing.T) {
	t.Parallel()
	output, passed := again(t, "^TestFound$/^records.create$/^rate-limited$")
	if !passed || !strings.Contains(output, "--- PASS: TestFound/records.create/rate-limited") || strings.Contains(output, "answer-lost") {
		t.Errorf("passed %v:\n%s", passed, output)
	}
}
