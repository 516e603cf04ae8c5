package console_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/fakeattio/fakeattio/fake"
)

// invader is a text that would leave every context of a page in which it was not escaped.
const invader = `"'></title></textarea></script><script>alert(1)</script><img src=x onerror=alert(1)><!--{{.}}`

// invadedScenario has a hostile text wherever a scenario takes one, and links that run scripts.
func invadedScenario() string {
	return strings.NewReplacer("~T", strings.ReplaceAll(invader, "'", "''"), "~L", "javascript:alert(1)").Replace(`
version: 1
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
users: {ada: {first_name: '~T', last_name: '~T', email: ada@example.com, avatar_url: '~L'}}
workspaces:
  acme:
    name: '~T'
    plan: enterprise
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects:
      companies:
        records: {navy: {name: '~T', description: '~L', linkedin: '~L', logo_url: '~L'}}
      people:
        records: {grace: {name: {first_name: '~T', last_name: '~T', full_name: '~T'}, email_addresses: [grace@example.com], job_title: '~T', company: {record: companies/navy}}}
      ships:
        singular_noun: '~T'
        plural_noun: 'Ships ~T'
        attributes:
          code: {type: text, title: '~T', description: '~T'}
          phase: {type: status, title: 'Phase ~T', statuses: ['~T', Done]}
          area: {type: select, title: 'Area ~T', is_multiselect: true, options: ['~T']}
          near: {type: record-reference, title: 'Near ~T'}
          port: {type: location, title: 'Port ~T'}
        records:
          hms: {code: '~T', phase: '~T', area: ['~T'], near: {record: companies/navy}, port: {line_1: '~T', line_2: null, line_3: null, line_4: null, locality: '~T', region: null, postcode: null, country_code: DE, latitude: null, longitude: null}}
    lists:
      sales:
        name: '~T'
        parent_object: companies
        attributes: {stage: {type: status, title: 'Stage ~T', statuses: ['~T']}, said: {type: text, title: 'Said ~T'}}
        entries: {navy: {record: navy, stage: '~T', said: '~L'}}
    activities:
      phone_calls:
        attributes: {topic: {type: text, title: 'Topic ~T'}}
        records: {intro: {topic: '~T', participants: [{record: people/grace}], associated_records: [{record: companies/navy}]}}
    notes: {memo: {record: companies/navy, title: '~T', markdown: '[~T](~L) ~T'}}
    tasks: {call: {content: '~T', linked_records: [companies/navy], assignees: [ada]}}
    threads: {hm: {record: companies/navy, content: '~T', author: ada}, oh: {entry: sales/navy, content: '~T', author: ada}}
    meetings:
      kickoff: {title: '~T', description: '~T', start: 2026-01-16T12:00:00Z, end: 2026-01-16T13:00:00Z, participants: [{email_address: ada@example.com, is_organizer: true, name: '~T'}], linked_records: [companies/navy], created_by: {token: full}}
    call_recordings:
      talk: {meeting: kickoff, video_url: "https://video.example.com/1.mp4", transcript: [{speaker: '~T', start_time: 0, end_time: 1, speech: '~T'}]}
    files: {plan: {record: companies/navy, name: '~T', text: '~T'}}
    emails: {first: {sent_at: 2026-01-02T09:00:00Z, subject: '~T', from: 'Grace <grace@example.com>', to: [ada@example.com]}}
`)
}

func TestNoTextOfAScenarioLeavesItsPlace(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, fake.YAML(invadedScenario()))
	pages := []string{
		"", "objects/companies", "objects/people", "objects/ships", "objects/ships/board", "objects/ships/new", "lists/sales", "lists/sales/board", "lists/sales/new",
		"activities/phone_calls", "notes", "tasks", "meetings", "meetings/" + fake.ID("acme/meetings/kickoff"),
	}
	for _, item := range []string{
		"objects/companies/records/" + fake.ID("acme/companies/navy"), "objects/people/records/" + fake.ID("acme/people/grace"),
		"objects/ships/records/" + fake.ID("acme/ships/hms"), "lists/sales/entries/" + fake.ID("acme/sales/navy"),
		"activities/phone_calls/records/" + fake.ID("acme/phone_calls/intro"),
	} {
		pages = append(pages, item, item+"/history", item+"/edit", item+"/delete")
	}
	for _, thing := range []string{"notes/memo", "tasks/call", "files/plan", "meetings/kickoff"} {
		kind, key, _ := strings.Cut(thing, "/")
		pages = append(pages, kind+"/"+fake.ID("acme/"+kind+"/"+key)+"/delete")
	}
	for _, page := range pages {
		for _, pairs := range [][]string{nil, {"as", "ada"}, {"as", "ada", "q", invader, "filter", invader, "sort", invader, "dir", invader, "column", invader, "attribute", invader, "page", invader, "back", "javascript:alert(1)"}} {
			got := v.open(page, pairs...)
			if got.Status == 500 || got.Status == 200 && strings.Count(got.Body, "alert(1)") == 0 {
				t.Errorf("%s %v: %d, %s", page, pairs, got.Status, got.text("main"))
			}
			got.harmless(fmt.Sprintf("%s %v", page, pairs))
		}
	}
}

func TestNoFieldOfAFormLeavesItsPlace(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, fake.YAML(invadedScenario()))
	for _, path := range []string{
		"objects/ships/records/" + fake.ID("acme/ships/hms") + "/edit", "objects/ships/new", "lists/sales/new",
		"objects/companies/records/" + fake.ID("acme/companies/navy") + "/notes", "objects/companies/records/" + fake.ID("acme/companies/navy") + "/tasks",
		"objects/companies/records/" + fake.ID("acme/companies/navy") + "/comments",
	} {
		sent := url.Values{"title": {invader}, "content": {invader}, "deadline_at": {invader}, "author": {invader}, "assignee": {invader}, "thread_id": {invader}}
		for _, slug := range []string{"code", "phase", "area", "near", "stage", "said", "port.line_1", "port.country_code"} {
			sent["value."+slug], sent["was."+slug] = []string{invader}, []string{invader + "x"}
		}
		sent["json"], sent["parent_record_id"] = []string{invader}, []string{invader}
		got := v.submit(dataPath+path+"?workspace=acme", sent, nil)
		got.harmless(path)
		delete(sent, "json")
		v.submit(dataPath+path+"?workspace=acme", sent, nil).harmless(path)
	}
}

var eventHandler = regexp.MustCompile(`^on`)

// harmless fails the test if a page has an element, an attribute or a link that a text brought in.
func (d document) harmless(page string) {
	d.t.Helper()
	for n := range d.root.Descendants() {
		if n.Type == html.CommentNode {
			d.t.Errorf("%s: a comment", page)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" && !strings.HasPrefix(attr(n, "src"), "/_fake/console/static/") || n.Data == "style" {
			d.t.Errorf("%s: %s", page, n.Data)
		}
		if n.Data == "img" && !strings.HasPrefix(attr(n, "src"), "/_fake/console/static/") {
			d.t.Errorf("%s: an image", page)
		}
		for _, a := range n.Attr {
			if eventHandler.MatchString(a.Key) || a.Key == "style" || strings.ContainsAny(a.Key, `"'<`) {
				d.t.Errorf("%s: the attribute %s of %s", page, a.Key, n.Data)
			}
			leads := a.Key == "href" || a.Key == "action" || a.Key == "src" || a.Key == "hx-get"
			if scheme, _, ok := strings.Cut(a.Val, ":"); leads && ok && scheme != "https" && scheme != "http" && scheme != "mailto" && !strings.HasPrefix(a.Val, "/") {
				d.t.Errorf("%s: %s leads to %s", page, a.Key, a.Val)
			}
		}
	}
}
