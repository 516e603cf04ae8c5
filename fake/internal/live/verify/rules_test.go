package verify

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/rules"
)

func TestRulesAcceptWhatTheyName(t *testing.T) {
	t.Parallel()
	march, april := time.Date(2027, 3, 31, 23, 0, 0, 0, time.UTC), time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)
	finding := Finding{Operation: "records.query", Kind: compare.OfOrder, Field: "data[].values.name[]"}
	for rule, accepted := range map[string]bool{
		"records.query": true, "records.*": true, "*": true, "*:order": true, ":order:": true, "records.query:order:data[].values.name[]": true,
		"::data[].values.*": true, "records.get": false, "*:message": false, "::data[].values": false, "::data.*": false,
	} {
		a, err := ParseRule(rule + "=known, until 2027-03-31")
		f := finding
		if (Rules{a}).accept(&f, march); err != nil || f.Accepted != accepted {
			t.Errorf("%s: accepted %v, %v", rule, f.Accepted, err)
		}
	}
	a := Accepted{Operation: "records.query", Reason: "Attio sorts anew", Expires: april}
	f := finding
	Rules{a}.accept(&f, april)
	if f.Accepted || f.Reason != "it was accepted until 2027-03-31: Attio sorts anew" {
		t.Errorf("accepted %v, because %q", f.Accepted, f.Reason)
	}
}

func TestARuleIsRefusedIfItNamesNothing(t *testing.T) {
	t.Parallel()
	for rule, want := range map[string]string{
		"records.create":     `an accepted difference is OPERATION:KIND:FIELD=REASON, such as "records.query:order:data[].values=Attio sorts anew, until 2027-03-31", not "records.create"`,
		"records.creat=x":    `unknown operation "records.creat"; did you mean "records.create"?`,
		"*=x, until tuesday": `"tuesday" is not a date; write one such as 2027-03-31`,
		"records.*:orders=x": `unknown kind of difference "orders"; did you mean "order"? Known: status, body, missing-key, type, code, header, form, message, extra-key, order, length, value`,
	} {
		if _, err := ParseRule(rule); err == nil || err.Error() != want {
			t.Errorf("%q: want %q, got %v", rule, want, err)
		}
	}
}

func TestRulesAreReadFromAFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "verify.yaml")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("accept:\n  - {operation: records.query, kind: order, field: \"data[].values\", reason: Attio sorts anew, expires: 2027-03-31}\n  - {kind: value, reason: made up}\n")
	got, err := ReadRules(file)
	want := Rules{{"records.query", "order", "data[].values", "Attio sorts anew", time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)}, {Kind: "value", Reason: "made up"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	write("accept:\n  - {operation: records.query, kind: orders, until: 2027-03-31}\n")
	if _, err := ReadRules(file); err == nil {
		t.Error("a rule with an unknown kind, an unknown key and no reason is read")
	} else if problems, want := err.Error(), 3; len(problems) == 0 || want != strings.Count(problems, file+":2:") {
		t.Errorf("want %d problems, got %s", want, problems)
	}
}

func TestTheRulesOfTheDocumentationAreRead(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../../docs/verify.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(text), "```\naccept:")
	block, _, _ = strings.Cut(block, "```")
	var all Rules
	if err := rules.Parse("verify.yaml", []byte("accept:"+block), all.read); err != nil || len(all) != 2 {
		t.Errorf("%v: %v", all, err)
	}
	for _, kind := range kindNames() {
		if !strings.Contains(string(text), "`"+kind+"`") {
			t.Errorf("there is no kind %s", kind)
		}
	}
}
