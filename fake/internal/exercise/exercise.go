// Package exercise has two workspaces with one thing of every kind each, and requests that use every operation of the
// API on them. It is for tests that walk all operations: they fail for a new operation until it has a request here.
package exercise

import (
	"io"
	"net/http"
	"regexp"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Workspaces returns the slugs of the two workspaces. They hold the same things, with different names and ids.
func Workspaces() []string { return []string{"here", "there"} }

// Scenario returns the YAML of the two workspaces. The clock is frozen at noon.
func Scenario() string {
	text := "version: 1\nclock: {at: 2026-01-15T12:00:00Z, frozen: true}\nusers:\n"
	for _, slug := range Workspaces() {
		text += named(users, slug)
	}
	text += "workspaces:\n"
	for _, slug := range Workspaces() {
		text += named(workspace, slug)
	}
	return text
}

const users = `
  ada_~W: {first_name: Ada, last_name: Lindqvist, email: ada@~W.example.com}
  bob_~W: {first_name: Bob, last_name: Marsh, email: bob@~W.example.com}
`

const workspace = `
  ~W:
    plan: enterprise
    members: {ada_~W: admin, bob_~W: member}
    verified_domains: [~W.example.com]
    invites: {ivy_~W: {email: ivy@~W.example.com, first_name: Ivy, last_name: Reed, access_level: admin}}
    teams: {crew_~W: {name: Crew ~W, members: [bob_~W, ivy_~W], updated_at: 2026-01-16T12:00:00Z}}
    tokens: {full: {scopes: all}}
    objects:
      companies:
        attributes: {tier_~W: {type: select, options: [Gold ~W, Silver ~W]}}
        views: {all: {title: All, filter: {and: [{attribute: name, op: eq, value: Navy}]}, attributes: [{attribute: name}]}}
        records: {navy: {name: Navy, domains: [navy.~W.example.com], tier_~W: Gold ~W}, army: {name: Army, domains: [army.~W.example.com]}}
      people:
        records:
          grace: {name: "Hopper, Grace", email_addresses: [grace@~W.example.com], company: {record: companies/navy}}
          alan: {name: "Turing, Alan", email_addresses: [alan@~W.example.com]}
          spare: {name: "Nobody"}
      ships_~W:
        singular_noun: Ship
        plural_noun: Ships
        attributes:
          code: {type: text, is_unique: true}
          crew: number
          sails: checkbox
          price: {type: currency, config: {currency: {default_currency_code: EUR}}}
          launched: date
          seen: timestamp
          stars: rating
          phase: {type: status, statuses: [Open ~W, Done ~W]}
          area: {type: select, is_multiselect: true, options: [North ~W, South ~W]}
          owner: {type: record-reference, relationship: {object: companies, title: Ships, api_slug: ships, is_multiselect: true}}
          near: {type: record-reference, config: {record_reference: {allowed_objects: [companies]}}}
          captain: {type: actor-reference}
          port: location
          site: domain
          mail: email-address
          phone: phone-number
        records:
          hms:
            {code: H, crew: 4, sails: true, price: 4.5, launched: 2020-02-29, seen: 2026-01-01T00:00:00Z, stars: 3, phase: Open ~W, area: [North ~W],
             owner: {record: companies/navy}, captain: ada@~W.example.com, site: ship.~W.example.com, mail: ship@~W.example.com, phone: "+12125550117",
             port: {line_1: 8 Speicherweg, line_2: null, line_3: null, line_4: null, locality: Hamburg, region: Hamburg, postcode: "20457", country_code: DE, latitude: "53.5", longitude: "9.9"}}
          old: {code: O}
    lists:
      sales_~W:
        parent_object: companies
        attributes: {stage: {type: status, statuses: [Lead ~W, Won ~W]}, amount: number, owner: {type: actor-reference}}
        views: {all: {title: All, attributes: [{attribute: stage}]}}
        entries: {navy: {record: navy, stage: Lead ~W, amount: 1, owner: ada@~W.example.com}}
    activities:
      phone_calls:
        attributes: {call: {type: text, is_unique: true}}
        records:
          intro: {direction: Outbound, timestamp: 2026-01-10T09:00:00Z, call: c1, participants: [{record: people/grace}], associated_records: [{record: companies/navy}]}
          missed: {direction: Inbound, call: c2}
      visits_~W:
        singular_noun: Visit
        plural_noun: Visits
        extends: interactions
        attributes: {mood: {type: select, options: [Good ~W, Bad ~W]}, phase: {type: status, statuses: [Planned ~W, Over ~W]}}
        records: {harbour: {mood: Good ~W, phase: Planned ~W, participants: [{record: people/alan}]}}
    notes: {memo: {record: companies/navy, title: Memo, markdown: "Of **~W**.", meeting: kickoff}}
    tasks: {call: {content: Call, linked_records: [companies/navy], assignees: [ada_~W]}}
    threads:
      hm: {record: companies/navy, content: Hm., author: ada_~W, replies: {ah: {content: Ah., author: bob_~W}}}
      oh: {entry: sales_~W/navy, content: Oh., author: ada_~W}
    meetings:
      kickoff:
        title: Kick-off
        start: 2026-01-16T12:00:00Z
        end: 2026-01-16T13:00:00Z
        participants: [{email_address: ada@~W.example.com, is_organizer: true}, grace@~W.example.com]
        linked_records: [companies/navy]
        created_by: {token: full}
    call_recordings:
      talk: {meeting: kickoff, video_url: "https://video.example.com/1.mp4", transcript: [{speaker: Ada, start_time: 0, end_time: 1, speech: Hello ~W.}]}
    files:
      plans: {record: companies/navy, type: folder, name: Plans}
      plan: {record: companies/navy, folder: plans, name: plan.txt, text: Sail to ~W.}
    emails:
      first: {sent_at: 2026-01-02T09:00:00Z, subject: Hello, from: Grace Hopper <grace@~W.example.com>, to: [ada@~W.example.com]}
    unsubscribed: [gone@~W.example.com]
    webhooks: {hook: {target_url: "https://receiver.invalid/~W", status: inactive, subscriptions: [record.created]}}
`

// Request is a request of one operation. In its path and body, "~W" stands for the slug of the workspace, and
// "<people/grace>" for the id of the thing with that path in the scenario.
type Request struct {
	Operation   string
	Method      string
	Path        string
	Body        string
	ContentType string // of the body; empty for JSON
}

// Position is a place in a request that names a thing of the workspace: "<people/grace>" or "ships_~W".
var position = regexp.MustCompile(`<[a-z][^<>\n]*>|[A-Za-z0-9@._-]+(?:%20| )?~W[A-Za-z0-9._-]*`)

// Positions lists the places in the path and the body that name a thing of the workspace, in order.
func (r Request) Positions() []string { return position.FindAllString(r.Path+"\n"+r.Body, -1) }

// In returns the request for the workspace with a slug.
func (r Request) In(slug string) Request { return r.With(func(int, string) string { return slug }) }

// With returns the request with each position naming a thing of the workspace that choose returns.
func (r Request) With(choose func(i int, position string) (slug string)) Request {
	i := -1
	fill := func(text string) string {
		return position.ReplaceAllStringFunc(text, func(position string) string {
			i++
			return Name(position, choose(i, position))
		})
	}
	r.Path = fill(r.Path)
	r.Body = fill(r.Body)
	return r
}

// Name returns what a position names in the workspace with a slug.
func Name(position, slug string) string {
	text := named(position, slug)
	if path, ok := strings.CutPrefix(text, "<"); ok {
		return string(attio.PathID(slug + "/" + strings.TrimSuffix(path, ">")))
	}
	return text
}

func named(text, slug string) string { return strings.ReplaceAll(text, "~W", slug) }

// HTTP returns the request to a server at a URL, with a token.
func (r Request) HTTP(url, token string) (*http.Request, error) {
	var body io.Reader
	if r.Body != "" {
		body = strings.NewReader(r.Body)
	}
	request, err := http.NewRequest(r.Method, url+r.Path, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	switch {
	case r.ContentType != "":
		request.Header.Set("Content-Type", r.ContentType)
	case r.Body != "":
		request.Header.Set("Content-Type", "application/json")
	}
	return request, nil
}
