package console_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

const bench = "/_fake/console/bench"

func TestTheClockIsMovedFromTheBench(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML("version: 1\nclock: {at: 2026-01-15T09:00:00Z, frozen: true}\nworkspaces: {acme: {}}"))
	for _, step := range []struct {
		form url.Values
		want string
	}{
		{url.Values{"do": {"1h"}}, "Clock 2026-01-15 10:00:00 frozen"},
		{url.Values{"do": {"advance"}, "advance": {"-30m"}}, "Clock 2026-01-15 09:30:00 frozen"},
		{url.Values{"do": {"set"}, "set": {"2027-02-03T04:05:06Z"}}, "Clock 2027-02-03 04:05:06 frozen"},
	} {
		if got := b.get(b.post(bench+"/clock", step.form)).text("#clock"); got != step.want {
			t.Errorf("%v: got %q", step.form, got)
		}
	}
	b.post(bench+"/clock", url.Values{"do": {"unfreeze"}})
	if got := b.get(bench).text("#clock"); strings.Contains(got, "frozen") {
		t.Errorf("unfrozen: got %q", got)
	}
	b.post(bench+"/clock", url.Values{"do": {"freeze"}})
	if got := b.get(bench).text("#clock"); !strings.Contains(got, "frozen") {
		t.Errorf("frozen: got %q", got)
	}
}

// mistakeAt is a form with a mistake, and the field and the message at which the page shows it.
type mistakeAt struct {
	path  string
	form  url.Values
	field string
	want  string
}

func (b *browser) refuses(name string, m mistakeAt) {
	b.t.Helper()
	got := b.do(http.MethodPost, m.path, m.form)
	if got.status != http.StatusUnprocessableEntity || got.text("#"+m.field+"-mistake") != m.want {
		b.t.Errorf("%s: %d %s", name, got.status, got.text(".mistake"))
		return
	}
	if field := got.find("#" + m.field)[0]; attr(field, "aria-invalid") != "true" {
		b.t.Errorf("%s: the field is not marked", name)
	}
	if action := got.find("form")[0]; strings.Contains(attr(action, "action"), m.path) {
		b.t.Errorf("%s: the workspace switch leads to the form", name)
	}
}

func TestTheBenchShowsMistakesAtTheirFields(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML("version: 1\nworkspaces: {acme: {}}"))
	for name, m := range map[string]mistakeAt{
		"a duration":                  {bench + "/clock", url.Values{"do": {"advance"}, "advance": {"soon"}}, "clock-advance", `advance: "soon" is not a duration; write one such as "90s", "1h30m" or "24h"`},
		"a time":                      {bench + "/clock", url.Values{"do": {"set"}, "set": {"noon"}}, "clock-set", `set is "noon"; it has to be a timestamp such as 2026-01-15T09:00:00Z`},
		"an operation":                {bench + "/faults", url.Values{"fault": {"internal"}, "operation": {"records.creat"}}, "fault-operation", `unknown operation "records.creat"; did you mean "records.create"?`},
		"a number":                    {bench + "/faults", url.Values{"fault": {"internal"}, "times": {"two"}}, "fault-times", `times is "two"; it has to be a whole number`},
		"a fault that does not exist": {bench + "/faults", url.Values{"fault": {"internl"}}, "fault-fault", `unknown fault "internl"; did you mean "internal"?`},
		"no name of a snapshot":       {bench + "/snapshots", url.Values{"name": {""}}, "snapshot-name", "the name of a snapshot cannot be empty or contain a slash"},
		"a slash in its name":         {bench + "/snapshots", url.Values{"name": {"a/b"}}, "snapshot-name", "the name of a snapshot cannot be empty or contain a slash"},
		"a slug":                      {bench + "/clone", url.Values{"of": {"acme"}, "slug": {"No Slug"}}, "clone-slug", "a slug consists of lower-case letters, digits and hyphens, and does not start with a hyphen"},
		"a slug that is taken":        {bench + "/clone", url.Values{"of": {"acme"}, "slug": {"acme"}}, "clone-slug", `"acme" is the slug of another workspace`},
		"no scenario":                 {bench + "/scenario", url.Values{"scenario": {" "}}, "scenario", "write a scenario, or choose a file"},
	} {
		b.refuses(name, m)
	}
}

func TestFaultsAreAddedAndRemoved(t *testing.T) {
	t.Parallel()
	b := busy(t)
	b.post(bench+"/faults", url.Values{"fault": {"rate-limited"}, "operation": {"records.*"}, "workspace": {"acme"}, "token": {"full"}, "times": {"2"}, "after": {"0"}, "id": {"busy/1"}})
	b.post(bench+"/faults", url.Values{"fault": {"slow"}, "delay": {"1ms"}, "probability": {"0.5"}, "seed": {"7"}, "every": {"3"}, "id": {"slow"}})
	b.call("PATCH", person, "secret", `{"data":{"values":{"description":"Three"}}}`)
	want := []string{
		"busy/1|rate-limited|records.* in acme with full|2 times|1|1|Remove",
		"slow|slow after 1ms|every operation|always, one request in 3, with probability 0.5",
	}
	for i, row := range b.get(bench).rows()[:2] {
		if got := strings.Join(row, "|"); !strings.HasPrefix(got, want[i]) {
			t.Errorf("got %s", got)
		}
	}
	b.post(bench+"/faults/remove", url.Values{"id": {"busy/1"}})
	if got := b.get(bench).text("#faults"); strings.Contains(got, "busy/1") {
		t.Errorf("the fault is still there: %s", got)
	}
	got := b.do(http.MethodPost, bench+"/faults/remove", url.Values{"id": {"busy"}})
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".mistake"), `unknown fault "busy"`) {
		t.Errorf("got %d %s", got.status, got.text(".mistake"))
	}
	b.post(bench+"/faults/remove", url.Values{"all": {"true"}})
	if got := b.get(bench).text("#faults"); !strings.HasPrefix(got, "Nothing goes wrong") {
		t.Errorf("got %s", got)
	}
}

func TestASnapshotIsSavedComparedRestoredAndDeleted(t *testing.T) {
	t.Parallel()
	b := busy(t)
	b.post(bench+"/snapshots", url.Values{"name": {"before & after"}})
	diff := bench + "/snapshots/diff?name=" + url.QueryEscape("before & after")
	if got := b.get(diff).text(".empty-title"); got != "Nothing differs" {
		t.Errorf("got %q", got)
	}
	b.call("PATCH", person, "secret", `{"data":{"values":{"description":"Three"}}}`)
	if got := b.get(diff).text(".change"); got != "changed record in people "+fake.ID("acme/people/grace")+" Attribute Before After description Two Three" {
		t.Errorf("got %q", got)
	}
	b.post(bench+"/snapshots/restore", url.Values{"name": {"before & after"}})
	if got := b.get(diff).text(".empty-title"); got != "Nothing differs" {
		t.Errorf("restored: %q", got)
	}
	b.post(bench+"/snapshots/delete", url.Values{"name": {"before & after"}})
	if got := b.do(http.MethodGet, diff, nil); got.status != http.StatusNotFound {
		t.Errorf("deleted: %d", got.status)
	}
	got := b.do(http.MethodPost, bench+"/snapshots/restore", url.Values{"name": {"before & after"}})
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".mistake"), `unknown snapshot "before & after"`) {
		t.Errorf("got %d %s", got.status, got.text(".mistake"))
	}
}

func TestWorkspacesAreLimitedClonedAndRemoved(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML("version: 1\nworkspaces: {acme: {name: Acme}}"))
	row := func() string { return strings.Join(b.get(bench).rows()[0], "|") }
	if got := row(); got != "Acme|off Turn on|Remove" {
		t.Errorf("got %s", got)
	}
	b.post(bench+"/limits", url.Values{"of": {"acme"}, "limits": {"attio"}})
	if got := row(); got != "Acme|on Turn off|Remove" {
		t.Errorf("got %s", got)
	}
	b.post(bench+"/limits", url.Values{"of": {"acme"}, "limits": {""}})
	if got := row(); got != "Acme|off Turn on|Remove" {
		t.Errorf("got %s", got)
	}
	b.post(bench+"/clone", url.Values{"of": {"acme"}, "slug": {"other"}})
	if to := b.post(bench+"/remove?workspace=acme", url.Values{"of": {"acme"}}); to != bench {
		t.Errorf("removing leads to %s", to)
	}
	if got := b.get(bench).text("#workspace"); got != "All other" {
		t.Errorf("got %s", got)
	}
	got := b.do(http.MethodPost, bench+"/remove", url.Values{"of": {"acme"}})
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".mistake"), `unknown workspace "acme"`) {
		t.Errorf("got %d %s", got.status, got.text(".mistake"))
	}
}

func TestAResetKeepsTheRequestsIfTold(t *testing.T) {
	t.Parallel()
	b := busy(t)
	b.post(bench+"/clone", url.Values{"of": {"acme"}, "slug": {"copy"}})
	if to := b.post(bench+"/reset?workspace=copy", url.Values{"keep": {"requests"}}); to != bench {
		t.Errorf("the reset leads to the workspace that is gone: %s", to)
	}
	if got := numbers(b.get("/_fake/")); got != "4 3 2 1" {
		t.Errorf("kept: %s", got)
	}
	b.post(bench+"/reset", url.Values{})
	if got := numbers(b.get("/_fake/")); got != "" {
		t.Errorf("not kept: %s", got)
	}
}

func TestTheStateIsExportedAndLoaded(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML("version: 1\nworkspaces: {acme: {name: Acme}, other: {name: Other}}"))
	got := b.get(bench + "/export?workspace=acme")
	if name := got.header.Get("Content-Disposition"); name != "attachment; filename*=UTF-8''acme.yaml" || !strings.Contains(got.body, "name: Acme") || strings.Contains(got.body, "Other") {
		t.Errorf("got %s\n%s", name, got.body)
	}
	if to := b.post(bench+"/scenario?workspace=other", url.Values{"scenario": {strings.ReplaceAll(got.body, "\n", "\r\n")}}); to != bench {
		t.Errorf("loading leads to %s", to)
	}
	if got := b.get(bench).text("#workspace"); got != "All acme" {
		t.Errorf("got %s", got)
	}
	if status := b.do(http.MethodGet, bench+"/export?workspace=other", nil).status; status != http.StatusNotFound {
		t.Errorf("exporting none: %d", status)
	}
}

func TestAScenarioIsLoadedFromAFile(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	var sent bytes.Buffer
	form := multipart.NewWriter(&sent)
	_ = form.WriteField("scenario", "")
	file, _ := form.CreateFormFile("file", "mine.yaml")
	_, _ = io.WriteString(file, "version: 1\nworkspaces: {mine: {}}")
	_ = form.Close()
	request, _ := http.NewRequest(http.MethodPost, b.server.URL+bench+"/scenario", &sent)
	request.Header.Set("Content-Type", form.FormDataContentType())
	response, err := b.server.Transport().RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if got := b.get(bench).text("#workspace"); response.StatusCode != http.StatusSeeOther || got != "All mine" {
		t.Errorf("got %d %s", response.StatusCode, got)
	}
}

func TestProblemsOfAScenarioAreShownAtTheirLines(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML("version: 1\nworkspaces: {acme: {}}"))
	sent := "version: 1\nworkspaces:\n  new:\n    nmae: New\n    members: {bob: admin}\n"
	got := b.do(http.MethodPost, bench+"/scenario", url.Values{"scenario": {sent}})
	if got.status != http.StatusUnprocessableEntity || got.text("#scenario-mistake") != "The scenario was not loaded, because of the problems below. Everything is as it was." {
		t.Errorf("got %d %s", got.status, got.text(".mistake"))
	}
	var lines []string
	for _, row := range find(got.find("#problems")[0], "tr")[1:] {
		lines = append(lines, textOf(find(row, "td")[0]))
	}
	if want := []string{"4", "5"}; !cmp.Equal(lines, want) {
		t.Errorf("got %q: %s", lines, got.text("#problems"))
	}
	if field := got.find("textarea")[0]; field.FirstChild == nil || field.FirstChild.Data != sent {
		t.Error("what was written is lost")
	}
	if got := b.get(bench).text("#workspace"); got != "All acme" {
		t.Errorf("got %s", got)
	}
}
