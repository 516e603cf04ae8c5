package console_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
)

// facts returns what a record's page says of its attributes, by their slugs.
func facts(d document) map[string]string {
	all := make(map[string]string)
	for _, n := range d.all("dd") {
		if slug := attr(n, "data-slug"); slug != "" {
			all[slug] = textOf(n)
		}
	}
	return all
}

// exercised opens a server with one thing of each kind.
func exercised(t testing.TB) visitor {
	t.Helper()
	return newVisitor(t, fake.YAML(exercise.Scenario()))
}

const ship = "objects/ships_here/records/"

func TestARecordShowsValuesOfEveryType(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	got := facts(v.open(ship + fake.ID("here/ships_here/hms")).ok())
	delete(got, "record_id")
	want := map[string]string{
		"code": "H", "crew": "4", "sails": "Yes", "price": "4.5 EUR", "launched": "2020-02-29", "seen": "2026-01-01 00:00:00", "stars": "★★★☆☆",
		"phase": "Open here", "area": "North here", "owner": "Navy", "captain": "Ada Lindqvist", "site": "ship.here.example.com",
		"mail": "ship@here.example.com", "phone": "+12125550117", "port": "8 Speicherweg, 20457, Hamburg, Hamburg, DE",
		"created_at": "2026-01-15 12:00:00", "created_by": "Ada Lindqvist",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	shown := map[attribute.Type]bool{attribute.TypePersonalName: true, attribute.TypeInteraction: true} // on other records, below
	for slug, kind := range map[string]attribute.Type{
		"code": attribute.TypeText, "crew": attribute.TypeNumber, "sails": attribute.TypeCheckbox, "price": attribute.TypeCurrency,
		"launched": attribute.TypeDate, "seen": attribute.TypeTimestamp, "stars": attribute.TypeRating, "phase": attribute.TypeStatus,
		"area": attribute.TypeSelect, "owner": attribute.TypeRecordReference, "captain": attribute.TypeActorReference, "site": attribute.TypeDomain,
		"mail": attribute.TypeEmailAddress, "phone": attribute.TypePhoneNumber, "port": attribute.TypeLocation,
	} {
		shown[kind] = shown[kind] || got[slug] != ""
	}
	for _, kind := range attribute.Types() {
		if !shown[kind] {
			t.Errorf("no value of the type %s is shown", kind)
		}
	}
}

func TestAPersonHasANameAndInteractions(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, fake.Scenario("crm"))
	got := facts(v.open("objects/people/records/" + fake.ID("fernhill/people/grace")).ok())
	for slug, want := range map[string]string{
		"name": "Grace Adeyemi", "first_email_interaction": "2024-02-19 16:04:00", "company": "Alder Clinics",
		"email_addresses": "grace.adeyemi@alder.example.com grace@alder-clinics.example.net",
	} {
		if got[slug] != want {
			t.Errorf("%s is %q, want %q", slug, got[slug], want)
		}
	}
}

func TestARecordShowsWhatBelongsToIt(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	page := v.open("objects/companies/records/"+fake.ID("here/companies/navy"), "workspace", "here").ok()
	sections := make(map[string]string)
	for _, n := range page.all("section.card") {
		sections[attr(n, "aria-label")] = textOf(n)
	}
	for name, parts := range map[string][]string{
		"Linked from": {"Phone calls, Associated records c1"},
		"Lists":       {"Sales here", "since 2026-01-15 12:00:00"},
		"Notes":       {"Memo", "Of here ."},
		"Tasks":       {"Call", "Ada Lindqvist"},
		"Comments":    {"Hm.", "Ah.", "Bob Marsh"},
		"Files":       {"Plans folder", "plan.txt file"},
		"Meetings":    {"Kick-off"},
	} {
		for _, part := range parts {
			if !strings.Contains(sections[name], part) {
				t.Errorf("%s lacks %q: %s", name, part, sections[name])
			}
		}
	}
	if got := facts(page)["ships"]; got != "H" {
		t.Errorf("the other side of a relationship is %q", got)
	}
	if diff := cmp.Diff("here", page.text("div.prose strong")); diff != "" {
		t.Errorf("the note is not rendered: %s", diff)
	}
	grace := v.open("objects/people/records/"+fake.ID("here/people/grace"), "workspace", "here").ok()
	if !strings.Contains(grace.text("main"), "Hello inbound 2026-01-02 09:00:00") {
		t.Errorf("the e-mail is missing: %s", grace.text("main"))
	}
	if entry := v.get(page.href("Sales here")).ok().text("main"); !strings.Contains(entry, "Record Navy") || !strings.Contains(entry, "Oh.") {
		t.Errorf("the entry: %s", entry)
	}
	if download := v.get(page.href("plan.txt")).ok(); download.Body != "Sail to here." || !strings.Contains(download.Header.Get("Content-Disposition"), "plan.txt") {
		t.Errorf("the file: %s %v", download.Body, download.Header)
	}
	if meeting := v.get(page.href("Kick-off")).ok().text("main"); !strings.Contains(meeting, "Ada Hello here.") || !strings.Contains(meeting, "2026-01-16 12:00") {
		t.Errorf("the meeting: %s", meeting)
	}
}

func TestAHistoryIsATimeline(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	ws := v.server.Workspace("here")
	v.server.Advance(3600e9)
	ws.Record("ships_here", "hms").Update(fake.Values{"crew": 5, "stars": 4})
	history := v.open(ship + fake.ID("here/ships_here/hms") + "/history").ok()
	if got := history.texts("ol.timeline li")[0]; got != "2026-01-15 13:00:00 Crew : was 4 is 5 by Ada Lindqvist" {
		t.Errorf("the latest change reads %q", got)
	}
	one := v.get(history.href("Stars")).ok()
	want := []string{"2026-01-15 13:00:00 Stars : was ★★★☆☆ is ★★★★☆ by Ada Lindqvist", "2026-01-15 12:00:00 Stars : is ★★★☆☆ by Ada Lindqvist"}
	if diff := cmp.Diff(want, one.texts("ol.timeline li")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := v.open(ship+fake.ID("here/ships_here/hms")+"/history", "attribute", "nope"); got.Status != http.StatusNotFound {
		t.Errorf("the history of an unknown attribute: %d", got.Status)
	}
}

func TestUnknownThingsAreAttiosNotFound(t *testing.T) {
	t.Parallel()
	v := exercised(t)
	nothing := fake.ID("nothing")
	for path, want := range map[string]string{
		"objects/nope": `Object with slug/ID "nope" not found.`, "lists/nope": `List with slug/ID "nope" not found.`,
		"activities/nope": "nope", "objects/companies/records/" + nothing: `Record with ID "` + nothing + `" not found.`,
		"lists/sales_here/entries/" + nothing + "/edit": nothing, "meetings/" + nothing: nothing, "files/" + nothing + "/download": nothing,
		"notes/" + nothing + "/delete": nothing, "objects/companies/records/" + nothing + "/delete": nothing,
	} {
		if got := v.open(path); got.Status != http.StatusNotFound || !strings.Contains(got.text("main"), want) {
			t.Errorf("%s: %d %s", path, got.Status, got.text("main"))
		}
	}
	if got := v.open("objects/companies/records/nonsense"); got.Status != http.StatusBadRequest {
		t.Errorf("text that is not an id: %d", got.Status)
	}
}
