package probe_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/probe"
)

func TestReportsSayWhatNeedsAttentionFirst(t *testing.T) {
	t.Parallel()
	report := &probe.Report{
		Version: 1, URL: "https://api.attio.com", Date: "2026-12-01", Fake: "v1", Calls: 7, Earlier: 3, Left: []string{"a webhook"},
		Results: []probe.Result{
			{Probe: "notes.get", Verdict: probe.AsDocumented},
			{Probe: "notes.list", Verdict: probe.Undecided, Reason: "the token lacks the scope note:read"},
			{Probe: "lists.get", Facts: "2026-05", Verdict: probe.AttioMoved, Calls: []probe.Asked{{Request: "GET /v2/lists/<list>", Findings: []probe.Finding{
				{Path: "data.colour", Kind: compare.OfMissing, Severity: compare.Breaking, Attio: "a string", Fake: "nothing"}}}}},
			{Probe: "routes.slash", Settles: []string{"Requests: a slash"}, Verdict: probe.FakeWrong, Calls: []probe.Asked{{Request: "GET /v2/objects/", Findings: []probe.Finding{
				{Path: "status", Kind: compare.OfStatus, Severity: compare.Breaking, Attio: "200", Fake: `404 "a|b"`}}}}},
			{Probe: "routes.simple", Verdict: probe.AttioMoved, Calls: []probe.Asked{{Request: "PUT /v2/x"}}},
		},
	}
	want := `routes.slash: fake wrong
  settles Requests: a slash
  GET /v2/objects/
    status: Attio has 200, the fake has 404 "a|b"
lists.get: Attio moved, since 2026-05
  GET /v2/lists/<list>
    data.colour: Attio has a string, the fake has nothing
routes.simple: Attio moved: it now answers as the fake does
undecided: the token lacks the scope note:read
  notes.list
not removed, please remove by hand: a webhook
7 calls to https://api.attio.com and 3 answers of a run that broke off: 1 fake wrong, 2 Attio moved, 1 undecided, 1 as documented
`
	if diff := cmp.Diff(want, text(t, report)); diff != "" {
		t.Error(diff)
	}
	want = `**fakeattio probe**, 2026-12-01, fakeattio v1, 7 calls to https://api.attio.com and 3 answers of a run that broke off: 1 fake wrong, 2 Attio moved, 1 undecided, 1 as documented.

| probe | verdict | settles | where | Attio | the fake |
|---|---|---|---|---|---|
| ''routes.slash'' | fake wrong | Requests: a slash | ''GET /v2/objects/'' status | 200 | 404 "a\|b" |
| ''lists.get'' | Attio moved, since 2026-05 |  | ''GET /v2/lists/<list>'' data.colour | a string | nothing |
| ''routes.simple'' | Attio moved: it now answers as the fake does |  | ''PUT /v2/x'' the whole answer | the same as the fake | the same as Attio |

Undecided:

- the token lacks the scope note:read: notes.list

Not removed: a webhook.
`
	var markdown strings.Builder
	if err := report.WriteMarkdown(&markdown); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(want, "''", "`"), markdown.String()); diff != "" {
		t.Error(diff)
	}
}

func TestAFileThatIsNoReportIsRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{":             "it is no report of fakeattio probe",
		`{"data":[]}`:   "it is no report of fakeattio probe",
		`{"version":9}`: "it is a report of version 9, and this program reads version 1",
	} {
		if _, err := probe.Read([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}
