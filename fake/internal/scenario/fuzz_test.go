package scenario_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

var manyDigits = regexp.MustCompile(`[1-9][0-9]{3}`)

// inWorkspace is a scenario with a section of a workspace.
func inWorkspace(section string) string {
	return "version: 1\nusers: {a: {email: a@b}}\nworkspaces: {w: {members: {a: admin}, " + section + "}}\n"
}

// sections has each section of the format once. They are as small as can be: what is found from a large file takes so
// long to be made small that nothing else is tried.
var sections = []string{
	"version: 1\nextends: [blank]\nseed: 7\nclock: {at: 2026-01-15T09:00:00Z, frozen: true}\nfaults: {f: {fault: hang, after: 1, every: 2, times: 3, probability: 0.5, seed: 7, workspace: blank}}\n",
	"version: 1\napps: {c: {redirect_uris: ['c:d'], scopes: all, consent: auto}}\nusers: {a: {email: a@b}}\nworkspaces: {w: {members: {a: admin}, tokens: {t: {scopes: all, app: c, token_level: user, authorized_by: a}}}}\n",
	inWorkspace("tokens: {t: {scopes: [note:read], token: x, kind: app, authorized_by: a}}"),
	inWorkspace("limits: attio, effects: {link_companies: true}, plan: pro, faults: {f: {fault: slow, delay: 1ms}}"),
	inWorkspace("objects: {companies: {attributes: {x: {type: select, options: [A, {title: B, is_archived: true}]}}, records: {r: {name: R, domains: [b.co], x: A}}}}"),
	inWorkspace("objects: {people: {records: {r: {name: {first_name: R, last_name: S, full_name: T}, history: {job_title: [{value: x, until: 2026-01-01T00:00:00Z}]}, changes: [{at: 2026-02-01T00:00:00Z, by: a, description: d}]}}}}"),
	inWorkspace("objects: {o: {singular_noun: O, plural_noun: Os, attributes: {p: {type: record-reference, relationship: {object: people, api_slug: q}}}, records: {r: {p: {record: people/generated-000001}}}, views: {v: {sorts: [{attribute: record_id, direction: asc}]}}}}, generate: {people: 1}"),
	inWorkspace("objects: {companies: {records: {r: {}}}}, lists: {l: {parent_object: companies, attributes: {s: {type: status, statuses: [X]}}, entries: {e: {record: r, s: X}}}}"),
	inWorkspace("meetings: {m: {start: {datetime: 2026-01-15T09:00:00, timezone: Europe/Berlin}, participants: [a@b.co]}}, call_recordings: {c: {meeting: m, transcript: [{speech: x, start_time: 0, end_time: 1.5, speaker: A}]}}"),
	inWorkspace("emails: {e: {sent_at: 2026-01-15T09:00:00Z, from: a@b.co, to: [C <c@d.co>], mailbox: a@b.co}}, protected_recipients: [d.co], unsubscribed: [x@y.co]"),
	inWorkspace("objects: {companies: {records: {r: {}}}}, notes: {n: {record: companies/r, markdown: '# x', tags: [a]}}, tasks: {t: {content: x, deadline_at: 0001-01-01T00:00:00Z, assignees: [a]}}"),
	inWorkspace("objects: {companies: {records: {r: {}}}}, files: {d: {record: companies/r, type: folder}, f: {record: companies/r, folder: d, base64: AA==}}, threads: {t: {record: companies/r, content: x, replies: {y: z}}}"),
	inWorkspace("webhooks: [{target_url: 'https://x.co', subscriptions: [{event_type: record.created, filter: {$and: [{field: id.object_id, operator: equals, value: people}]}}]}]"),
}

// Whatever a file says, it loads or is refused with places that are in the file.
func FuzzLoad(f *testing.F) {
	for _, seed := range slices.Concat(sections, []string{
		"version: 1\nextends: [x.yaml, acme]\nusers: &u\n  ada: {email: a@b}\nworkspaces:\n  w: {<<: {name: x}, members: {ada: admin}}\n",
		"version: 1\nworkspaces: {w: {generate: {people: 3, s: 2}, objects: {s: {singular_noun: S, plural_noun: Ss, attributes: {a: {type: record-reference, relationship: {object: people, api_slug: s}}}, records: {x: {a: {record: people/generated-000001}}}}}}}\n",
		"a: |\n  b\nc: >-\n  d\n", "a: \"b\\u00e9\n c\"\nd: 'e''f'\n", "- [a, {b: c:d}]\n- *x\n- &y z\n", "a:\tb\n\tc: d\r\n---\n...\n? x\n!!t y\n%d\n",
	}) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if strings.Contains(content, "generate") && manyDigits.MatchString(content) {
			t.Skip("to make up thousands of records takes long, and is no other than to make up hundreds")
		}
		files := fstest.MapFS{"x.yaml": text(content)}
		seed, err := scenario.Load(scenario.FS(files, "x.yaml"))
		if err == nil {
			world.New(seed)
			return
		}
		var problems *scenario.Error
		if !errors.As(err, &problems) || len(problems.Problems) == 0 || seed != nil {
			t.Fatalf("got %v and %v", seed, err)
		}
		lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(strings.TrimPrefix(content, "\uFEFF"), "\r\n", "\n"), "\r", "\n"), "\n")
		for _, p := range problems.Problems {
			if p.File != "x.yaml" {
				continue
			}
			if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > utf8.RuneCountInString(lines[p.Line-1])+1 || p.Excerpt == "" || p.Message == "" {
				t.Errorf("%+v is not in the file", p)
			}
		}
	})
}

// The seeds are there to be loaded: one that is refused at its beginning leads nowhere.
func TestTheSeedsOfTheFuzzerLoad(t *testing.T) {
	t.Parallel()
	for _, seed := range sections {
		if _, err := scenario.Load(scenario.Text("seed.yaml", seed)); err != nil {
			t.Errorf("%v\n%s", err, seed)
		}
	}
}
