package console_test

import (
	"encoding/json"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
)

const docs = "/_fake/console/docs"

// termsOf returns the terms of a list of facts, each with its definition.
func termsOf(within *html.Node) [][2]string {
	var found [][2]string
	definitions := find(within, "dd")
	for i, term := range find(within, "dt") {
		found = append(found, [2]string{textOf(term), textOf(definitions[i])})
	}
	return found
}

func TestDocsShowEveryOperationAndRoute(t *testing.T) {
	t.Parallel()
	got := newBrowser(t).get(docs)
	var want []string
	for _, op := range attio.Operations() {
		want = append(want, op.Name)
	}
	var shown []string
	for _, entry := range got.find(".operation") {
		shown = append(shown, attr(entry, "id"))
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Error(diff)
	}

	var document struct {
		Tags  []struct{ Name string }
		Paths map[string]map[string]struct{ OperationID string }
	}
	if err := json.Unmarshal(control.Document(), &document); err != nil {
		t.Fatal(err)
	}
	want, shown = nil, nil
	for _, methods := range document.Paths {
		for _, route := range methods {
			want = append(want, route.OperationID)
		}
	}
	for _, entry := range got.find(".route") {
		shown = append(shown, attr(entry, "id"))
	}
	slices.Sort(want)
	slices.Sort(shown)
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Error(diff)
	}
	want = nil
	for _, tag := range document.Tags {
		want = append(want, tag.Name)
	}
	if diff := cmp.Diff(strings.Join(want, "\n"), got.text("h3")); diff != "" {
		t.Error(diff)
	}
}

func TestDocsOfAnOperation(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../../docs/evidence.json")
	if err != nil {
		t.Fatal(err)
	}
	var evidence map[string]struct {
		Recorded, Tests []string
		Clients         map[string]string
	}
	if err := json.Unmarshal(raw, &evidence); err != nil {
		t.Fatal(err)
	}
	got := newBrowser(t).get(docs)
	for id, want := range map[string][][2]string{
		"records.merge": {
			{"Scopes", "record_permission:read-write object_configuration:read"},
			{"Tokens", "workspace, user"},
			{"Counts as", "a write, with its own limit of 5 requests per second"},
			{"Without permission", "403: You do not have the necessary permissions to merge these records."},
			{"Recorded", "no recording of the real API"},
			{"Contract", "its answers are checked against Attio's OpenAPI document"},
		},
		"attributes.get": {
			{"Scopes for objects", "object_configuration:read"},
			{"Scopes for lists", "list_configuration:read"},
			{"Scopes for activities", "activity_configuration:read"},
			{"Tokens", "workspace, user"},
			{"Counts as", "a read"},
			{"Recorded", strings.Join(evidence["attributes.get"].Recorded, " ")},
			{"Contract", "its answers are checked against Attio's OpenAPI document"},
		},
		"object_views.create": {
			{"Scopes", "view:read-write object_configuration:read"},
			{"Tokens", "workspace, user"},
			{"Counts as", "a write"},
			{"Recorded", "no recording of the real API"},
			{"Contract", "its answers are not checked against Attio's OpenAPI document"},
		},
	} {
		want = append(want, [2]string{"Tests", strings.Join(evidence[id].Tests, " ")})
		if diff := cmp.Diff(want, termsOf(got.find("#" + id)[0])); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
	clients := 0
	for id, row := range evidence {
		for client, call := range row.Clients {
			clients++
			if text := textOf(got.find("#" + id)[0]); !strings.Contains(text, call+" of "+client) {
				t.Errorf("%s: no client in %s", id, text)
			}
		}
	}
	if clients == 0 {
		t.Error("no operation has a client as evidence")
	}
	unbuilt := slices.IndexFunc(attio.Operations(), func(op *attio.Operation) bool { return op.WhyNotBuilt != "" })
	op := attio.Operations()[unbuilt]
	entry := got.find("#" + op.Name)[0]
	want := [2]string{"Not built", "It checks token and scopes and answers 501: " + op.WhyNotBuilt + "."}
	if first := termsOf(entry)[0]; first != want || textOf(find(entry, ".badge")[0]) != "not built" {
		t.Errorf("got %q", first)
	}
}

func TestDocsOfARoute(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	for query, want := range map[string]string{
		"/_fake/clock post": "POST /_fake/clock Sets, advances, and freezes or unfreezes the clock, in this order; any combination. " +
			"The clock runs from 1970-01-01 to 9999-12-31. Parameter In What it is " +
			"advance body Then moves it on by a duration, backwards with a minus sign. freeze body Then stops it, or lets it run on. set body Moves the clock to a time. " +
			`Copy curl -X POST "$ATTIO_BASE_URL/_fake/clock" -H 'Content-Type: application/json' --data-binary '{"set": "2026-01-15T09:00:00Z", "advance": "1h30m", "freeze": true}'`,
		"removeFault": `DELETE /_fake/faults/{fault} Removes a fault. Parameter In What it is fault path, required The id of a fault. Copy curl -X DELETE "$ATTIO_BASE_URL/_fake/faults/busy"`,
	} {
		if diff := cmp.Diff(want, b.get(docs+"?q="+url.QueryEscape(query)).text(".route")); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
}

func TestDocsAreFilteredByEveryWord(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	for query, want := range map[string][]string{
		"transcripts.get":      {"transcripts.get"},
		"Merge These Records":  {"records.merge"},
		"note:read DELETE":     {"notes.delete"},
		"/_fake/faults remove": {"clearFaults", "removeFault"},
		"no such thing at all": nil,
	} {
		got := b.get(docs + "?q=" + url.QueryEscape(query))
		var shown []string
		for _, entry := range got.find(".entry") {
			shown = append(shown, attr(entry, "id"))
			if attr(entry, "open") != "" || !slices.ContainsFunc(entry.Attr, func(a html.Attribute) bool { return a.Key == "open" }) {
				t.Errorf("%s: %s is folded", query, attr(entry, "id"))
			}
		}
		if diff := cmp.Diff(want, shown); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
		if empty := got.text(".empty-title"); (empty == "Nothing has all of these words") != (want == nil) {
			t.Errorf("%s: %q", query, empty)
		}
		if value := attr(got.find("#search")[0], "value"); value != query {
			t.Errorf("%s: the field has %q", query, value)
		}
	}
}

func TestDocsEscapeTheFilterAndKeepTheWorkspace(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, fake.YAML(scenario))
	got := b.get(docs + "?workspace=acme&q=" + url.QueryEscape(hostile))
	for node := range got.document.Descendants() {
		for _, wrong := range foreignMarkup(node) {
			t.Error(wrong)
		}
	}
	if value := attr(got.find("#search")[0], "value"); value != hostile {
		t.Errorf("the field has %q", value)
	}
	links := b.get(docs + "?workspace=acme&q=transcripts.get").find("a")
	if !slices.ContainsFunc(links, func(a *html.Node) bool { return attr(a, "href") == "/_fake/?operation=transcripts.get&workspace=acme" }) {
		t.Error("no link to the requests for the operation")
	}
}
