package chaos

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/rules"
)

const someRules = `
must:
  - {operation: records.create, verdict: survived}
  - {operation: records.create, fault: unauthorized, verdict: failed-recovers}
accept:
  - operation: records.*
    fault: hang
    verdict: hung
    reason: the client is patient
    expires: 2027-03-31
  - {operation: notes.list, reason: nobody reads them}
normalise: [people.synced_at]
`

func TestRulesSayWhichRunsAreAcceptable(t *testing.T) {
	t.Parallel()
	all, err := parsed("chaos.yaml", []byte(someRules))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"people.synced_at"}, all.Normalise); diff != "" {
		t.Error(diff)
	}
	march, april := time.Date(2027, 3, 31, 23, 0, 0, 0, time.UTC), time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		run      Run
		now      time.Time
		accepted bool
		reason   string
	}{
		"a failure that recovers":               {Run{Case: Case{Operation: "notes.create", Fault: "hang"}, Verdict: FailedRecovers}, march, true, ""},
		"one where the run has to survive":      {Run{Case: Case{Operation: "records.create", Fault: "hang"}, Verdict: FailedRecovers}, march, false, "it must reach survived"},
		"one where a later rule is more modest": {Run{Case: Case{Operation: "records.create", Fault: "unauthorized"}, Verdict: FailedRecovers}, march, true, ""},
		"a finding that is known":               {Run{Case: Case{Operation: "records.query", Fault: "hang"}, Verdict: Hung}, march, true, "the client is patient"},
		"a finding that was known too long": {Run{Case: Case{Operation: "records.query", Fault: "hang"}, Verdict: Hung}, april, false,
			"it was accepted until 2027-03-31: the client is patient"},
		"another finding":              {Run{Case: Case{Operation: "records.query", Fault: "hang"}, Verdict: SilentDamage}, march, false, "it must reach failed-recovers"},
		"any verdict of what is known": {Run{Case: Case{Operation: "notes.list", Fault: "slow"}, Verdict: SilentDamage}, march, true, "nobody reads them"},
		"a finding of another fault":   {Run{Case: Case{Operation: "records.query", Fault: "slow"}, Verdict: Hung}, march, false, "it must reach failed-recovers"},
		"a finding of another request": {Run{Case: Case{Operation: "notes.create", Fault: "hang"}, Verdict: Hung}, march, false, "it must reach failed-recovers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := tc.run
			all.accept(&run, tc.now)
			if run.Accepted != tc.accepted || run.Reason != tc.reason {
				t.Errorf("accepted %v, because %q", run.Accepted, run.Reason)
			}
		})
	}
}

func TestMistakesInRulesAreNamedAtTheirLines(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"must: [{operation: records.crate, verdict: survived}]":          `chaos.yaml:1:20: unknown operation "records.crate"; did you mean "records.create"?`,
		"must: [{fault: answer-loss, verdict: survived}]":                `chaos.yaml:1:16: unknown fault "answer-loss"; did you mean "answer-lost"?`,
		"accept: [{verdict: hung}]":                                      `chaos.yaml:1:10: reason is missing`,
		"accept: [{verdict: hung, reason: it waits, expires: tomorrow}]": `chaos.yaml:1:53: "tomorrow" is not a date; write one such as 2027-03-31`,
		"normalize: [people.synced_at]":                                  `chaos.yaml:1:1: unknown key "normalize"; did you mean "normalise"? Known: accept, must, normalise`,
		"must: survived":                                                 `chaos.yaml:1:7: expected a list, not a string`,
	} {
		_, err := parsed("chaos.yaml", []byte(text))
		if err == nil {
			t.Errorf("%s is no mistake", text)
		} else if got, _, _ := strings.Cut(err.Error(), "\n"); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestRulesAreReadFromFlags(t *testing.T) {
	t.Parallel()
	day := time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]Accepted{
		"records.create:answer-lost=cleaned up at night":                   {Operation: "records.create", Fault: "answer-lost", Reason: "cleaned up at night"},
		"records.create:answer-lost=cleaned up at night, until 2027-03-31": {Operation: "records.create", Fault: "answer-lost", Reason: "cleaned up at night", Expires: day},
		"hang=it is patient until 2027-03-31":                              {Fault: "hang", Reason: "it is patient", Expires: day},
		"records.*=a=b":                                                    {Operation: "records.*", Reason: "a=b"},
	} {
		if got, err := ParseAccepted(text); err != nil || got != want {
			t.Errorf("%s is %+v: %v", text, got, err)
		}
	}
	for text, want := range map[string]Must{
		"records.create:rate-limited=survived": {"records.create", "rate-limited", Survived},
		"rate-limited=hung":                    {"", "rate-limited", Hung},
		"=survived":                            {"", "", Survived},
	} {
		if got, err := ParseMust(text); err != nil || got != want {
			t.Errorf("%s is %+v: %v", text, got, err)
		}
	}
	accepted := func(text string) error { _, err := ParseAccepted(text); return err }
	must := func(text string) error { _, err := ParseMust(text); return err }
	for _, tc := range []struct {
		err  error
		want string
	}{
		{accepted("records.create"), `an accepted finding is OPERATION:FAULT=REASON, such as "records.create:answer-lost=cleaned up at night, until 2027-03-31", not "records.create"`},
		{accepted("records.create="), `an accepted finding is OPERATION:FAULT=REASON, such as "records.create:answer-lost=cleaned up at night, until 2027-03-31", not "records.create="`},
		{accepted("hang=we wait until tomorrow"), `"tomorrow" is not a date; write one such as 2027-03-31`},
		{accepted("records.create@2:hang=it waits"), `"records.create@2:hang" names one call; a rule is for all calls of records.create`},
		{must("survived"), `the verdict that must be reached is OPERATION:FAULT=VERDICT, such as records.create:rate-limited=survived, not "survived"`},
	} {
		if tc.err == nil || tc.err.Error() != tc.want {
			t.Errorf("got  %v\nwant %s", tc.err, tc.want)
		}
	}
}

func TestTheDocumentHasAllFaultsAndRulesThatLoad(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../docs/chaos.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(Faults(), words(Verdicts())...) {
		if !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("there is no %s", name)
		}
	}
	_, block, _ := strings.Cut(string(text), "```\nmust:")
	block, _, _ = strings.Cut("must:"+block, "```")
	if all, err := parsed("chaos.yaml", []byte(block)); err != nil || len(all.Must) != 1 || len(all.Accepted) != 1 {
		t.Errorf("%v: %v", all, err)
	}
}

func parsed(name string, source []byte) (Rules, error) {
	var all Rules
	err := rules.Parse(name, source, all.read)
	return all, err
}
