package api_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// sentencesScenario has what every operation needs to be refused.
const sentencesScenario = `
version: 1
clock: 2026-01-15T12:00:00Z
users: {ada: {email: ada@example.com, first_name: Ada}, bob: {email: bob@example.com, first_name: Bob}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {full: {scopes: all}, bobs: {scopes: all, authorized_by: bob}}
    objects:
      people: {records: {grace: {name: "Hopper, Grace"}, henry: {name: "Ford, Henry"}}}
      projects:
        singular_noun: Project
        plural_noun: Projects
        attributes:
          code: {type: text, is_required: true}
          colour: {type: select, options: [Red, Medium]}
          phase: {type: status, statuses: [Doing, In Progress]}
        records: {apollo: {code: A}}
    lists:
      sales: {parent_object: people, attributes: {size: {type: text}}, entries: {first: {record: grace}, again: {record: grace}, other: {record: henry}}}
      locked:
        parent_object: people
        workspace_access: read-only
        member_access: {ada: full-access}
        attributes: {size: {type: text}, colour: {type: select, options: [Red]}, phase: {type: status, statuses: [Doing]}}
        entries: {first: {record: grace}}
    meetings:
      synced: {start: 2026-01-02, end: 2026-01-03, participants: [grace@example.com], synced: true}
      talk: {start: 2026-01-02, end: 2026-01-03, participants: [grace@example.com]}
    webhooks: {old: {target_url: "https://example.com/old", subscriptions: [note.created]}, new: {target_url: "https://example.com/new", subscriptions: []}}
  small: {plan: free, members: {ada: admin}, tokens: {full: {scopes: all}}, objects: {ships: {singular_noun: Ship, plural_noun: Ships}}}
`

const stranger = "891dcbfc-9141-415d-9b2a-2238a6cc012d" // nothing has this id

// refusedRequest is a request that is answered with a sentence.
type refusedRequest struct {
	request string // "GET /v2/lists/none"
	body    string
	names   []string // what the sentence quotes, in order
	token   string   // "" for one with all scopes
}

// sentences has a request for each row of the table of Attio's sentences that the fake can answer, by operation and
// status.
var sentences = func() map[string][]refusedRequest {
	id := func(path string) string { return fake.ID("acme/" + path) }
	const (
		noData    = `{"data":{}}`
		noObject  = "/v2/objects/none"
		noList    = "/v2/lists/none"
		projects  = "/v2/objects/projects"
		text      = `"title":"x","description":null,"api_slug":"x","type":"text","is_required":false,"is_unique":false,"is_multiselect":false,"config":{}`
		values    = `{"data":{"values":{}}}`
		entry     = `{"data":{"parent_object":"people","parent_record_id":"` + stranger + `","entry_values":{}}}`
		noEntries = `{"data":{"entry_values":{}}}`
		title     = `{"data":{"title":"x"}}`
		listOf    = `"name":"x","api_slug":"x","parent_object":"people","workspace_access":"full-access"`
		grant     = `"workspace_member_access":[{"workspace_member_id":"` + stranger + `","level":"read-only"}]`
		noGrants  = `"workspace_member_access":[]`
		note      = `"title":"x","format":"plaintext","content":"x","parent_object":"none","parent_record_id":"` + stranger + `"`
		task      = `"content":"x","format":"plaintext","deadline_at":null,"is_completed":false,"assignees":[],"linked_records":`
		toNone    = `[{"target_object":"none","target_record_id":"` + stranger + `"}]`
		toList    = `[{"target_object":"sales","target_record_id":"` + stranger + `"}]`
		meeting   = `"title":"x","description":"","is_all_day":true,"start":{"date":"2026-01-02"},"end":{"date":"2026-01-03"}`
		links     = `{"data":{"linked_records":[{"object":"people","record_id":"` + stranger + `"}]}}`
		hook      = `"subscriptions":[{"event_type":"note.created","filter":null}]`
		video     = `{"data":{"video_url":"http://video.example.com/a.mp4"}}`
		secure    = `{"data":{"video_url":"https://video.example.com/a.mp4"}}`
	)
	grace, first, locked := "/v2/objects/people/records/"+id("people/grace"), "/v2/lists/sales/entries/"+id("lists/sales/entries/first"), "/v2/lists/locked"
	lockedEntry := locked + "/entries/" + id("lists/locked/entries/first")
	ofGrace := `{"data":{"parent_object":"people","parent_record_id":"` + id("people/grace") + `","entry_values":{}}}`
	code := []string{id("objects/projects/attributes/code")}
	apollo, meetings := projects+"/records/"+id("projects/apollo"), "/v2/meetings/"
	none, unknown, attribute := []string{"none"}, []string{stranger}, []string{"my_attribute"}
	same := func(body string, names []string, requests ...string) []refusedRequest {
		all := make([]refusedRequest, len(requests))
		for i, request := range requests {
			all[i] = refusedRequest{request: request, body: body, names: names}
		}
		return all
	}
	bobs := func(request, body string) []refusedRequest {
		return []refusedRequest{{request: request, body: body, token: "bobs"}}
	}
	return map[string][]refusedRequest{
		"POST /v2/objects 400":               {{request: "POST /v2/objects", body: `{"data":{"api_slug":"x","singular_noun":"x","plural_noun":"xs"}}`, token: "small"}},
		"POST /v2/objects 409":               same(`{"data":{"api_slug":"projects","singular_noun":"x","plural_noun":"xs"}}`, nil, "POST /v2/objects"),
		"GET /v2/objects/{object} 404":       same("", none, "GET "+noObject),
		"PATCH /v2/objects/{object} 400":     same(noData, nil, "PATCH "+projects),
		"PATCH /v2/objects/{object} 404":     same(`{"data":{"singular_noun":"x"}}`, none, "PATCH "+noObject),
		"PATCH /v2/objects/{object} 409":     same(`{"data":{"api_slug":"people"}}`, nil, "PATCH "+projects),
		"DELETE /v2/objects/{object} 400":    same("", nil, "DELETE /v2/objects/people", "DELETE /v2/objects/companies"),
		"DELETE /v2/objects/{object} 404":    same("", none, "DELETE "+noObject),
		"GET /v2/objects/{object}/views 404": same("", none, "GET "+noObject+"/views"),

		"POST /v2/{target}/{identifier}/attributes 400": same(`{"data":{`+strings.Replace(text, `"text"`, `"record-reference"`, 1)+
			`,"default_value":{"type":"static","template":[{"target_object":"none","target_record_id":"`+stranger+`"}]}}}`, none, "POST "+projects+"/attributes"),
		"POST /v2/{target}/{identifier}/attributes 403": bobs("POST "+locked+"/attributes", `{"data":{`+text+`}}`),
		"POST /v2/{target}/{identifier}/attributes 404": same(`{"data":{`+text+`}}`, none, "POST "+noList+"/attributes"),
		"POST /v2/{target}/{identifier}/attributes 409": same(`{"data":{`+strings.Replace(text, `_slug":"x"`, `_slug":"size"`, 1)+`}}`, nil, "POST /v2/lists/sales/attributes"),
		"GET …/attributes/{attribute} 404":              same("", attribute, "GET "+projects+"/attributes/my_attribute", "GET "+locked+"/attributes/my_attribute"),
		"PATCH …/attributes/{attribute} 400":            same(title, nil, "PATCH /v2/objects/people/attributes/name", "PATCH "+projects+"/attributes/created_at"),
		"PATCH …/attributes/{attribute} 403":            bobs("PATCH "+locked+"/attributes/size", title),
		"PATCH …/attributes/{attribute} 404":            same(title, attribute, "PATCH "+projects+"/attributes/my_attribute"),
		"GET …/options 404":                             same("", attribute, "GET "+projects+"/attributes/my_attribute/options"),
		"POST …/options 400":                            same(title, nil, "POST "+projects+"/attributes/phase/options"),
		"POST …/options 403":                            bobs("POST "+locked+"/attributes/colour/options", title),
		"POST …/options 404":                            same(title, attribute, "POST "+projects+"/attributes/my_attribute/options"),
		"POST …/options 409":                            same(`{"data":{"title":"Medium"}}`, []string{"Medium"}, "POST "+projects+"/attributes/colour/options"),
		"PATCH …/options/{option} 400":                  same(title, []string{"Large"}, "PATCH "+projects+"/attributes/colour/options/Large"),
		"PATCH …/options/{option} 403":                  bobs("PATCH "+locked+"/attributes/colour/options/Red", title),
		"PATCH …/options/{option} 404":                  same(title, attribute, "PATCH "+projects+"/attributes/my_attribute/options/Red"),
		"PATCH …/options/{option} 409":                  same(`{"data":{"title":"Medium"}}`, []string{"Medium"}, "PATCH "+projects+"/attributes/colour/options/Red"),
		"GET …/statuses 404":                            same("", attribute, "GET "+projects+"/attributes/my_attribute/statuses"),
		"POST …/statuses 400":                           same(title, nil, "POST "+projects+"/attributes/colour/statuses"),
		"POST …/statuses 403":                           bobs("POST "+locked+"/attributes/phase/statuses", title),
		"POST …/statuses 404":                           same(title, attribute, "POST "+projects+"/attributes/my_attribute/statuses"),
		"POST …/statuses 409":                           same(`{"data":{"title":"In Progress"}}`, []string{"In Progress"}, "POST "+projects+"/attributes/phase/statuses"),
		"PATCH …/statuses/{status} 400":                 same(title, []string{"Medium"}, "PATCH "+projects+"/attributes/phase/statuses/Medium"),
		"PATCH …/statuses/{status} 403":                 bobs("PATCH "+locked+"/attributes/phase/statuses/Doing", title),
		"PATCH …/statuses/{status} 404":                 same(title, attribute, "PATCH "+projects+"/attributes/my_attribute/statuses/Doing"),
		"PATCH …/statuses/{status} 409":                 same(`{"data":{"title":"In Progress"}}`, []string{"In Progress"}, "PATCH "+projects+"/attributes/phase/statuses/Doing"),

		"POST /v2/objects/{object}/records 404":                        same(values, none, "POST "+noObject+"/records"),
		"PUT /v2/objects/{object}/records 400":                         same(values, attribute, "PUT "+projects+"/records?matching_attribute=my_attribute"),
		"PUT /v2/objects/{object}/records 404":                         same(values, none, "PUT "+noObject+"/records?matching_attribute=x"),
		"GET /v2/objects/{object}/records/{record_id} 404":             same("", unknown, "GET "+projects+"/records/"+stranger),
		"PATCH /v2/objects/{object}/records/{record_id} 400":           same(`{"data":{"values":{"code":[]}}}`, code, "PATCH "+apollo),
		"PUT /v2/objects/{object}/records/{record_id} 400":             same(`{"data":{"values":{"code":[]}}}`, code, "PUT "+apollo),
		"PUT /v2/objects/{object}/records/{record_id} (PATCH too) 404": same(values, none, "PUT "+noObject+"/records/"+stranger, "PATCH "+noObject+"/records/"+stranger),
		"DELETE /v2/objects/{object}/records/{record_id} 404":          same("", unknown, "DELETE "+projects+"/records/"+stranger),
		"GET …/records/{record_id}/attributes/{attribute}/values 400":  same("", nil, "GET "+grace+"/attributes/strongest_connection_strength/values?show_historic=true"),
		"GET …/records/{record_id}/attributes/{attribute}/values 404":  same("", attribute, "GET "+grace+"/attributes/my_attribute/values"),
		"POST /v2/objects/records/search 400":                          same(`{"query":"x","objects":["foobar"],"request_as":{"type":"workspace"}}`, []string{"foobar"}, "POST /v2/objects/records/search"),

		"POST /v2/lists 400":                          same(`{"data":{`+listOf+`,`+grant+`}}`, unknown, "POST /v2/lists"),
		"POST /v2/lists 403":                          {{request: "POST /v2/lists", body: `{"data":{` + strings.Replace(listOf, "full-access", "read-only", 1) + `,` + strings.Replace(strings.Replace(grant, stranger, fake.ID("small/members/ada"), 1), "read-only", "full-access", 1) + `}}`, token: "small"}},
		"POST /v2/lists 404":                          same(`{"data":{`+strings.Replace(listOf, "people", "none", 1)+`,`+noGrants+`}}`, none, "POST /v2/lists"),
		"POST /v2/lists 409":                          same(`{"data":{`+strings.Replace(listOf, `_slug":"x"`, `_slug":"sales"`, 1)+`,`+noGrants+`}}`, []string{"sales"}, "POST /v2/lists"),
		"GET /v2/lists/{list} 404":                    same("", none, "GET "+noList),
		"PATCH /v2/lists/{list} 400":                  same(`{"data":{`+grant+`}}`, unknown, "PATCH /v2/lists/sales"),
		"PATCH /v2/lists/{list} 404":                  same(noData, none, "PATCH "+noList),
		"GET /v2/lists/{list}/views 404":              same("", none, "GET "+noList+"/views"),
		"POST /v2/lists/{list}/entries/query 404":     same(`{}`, none, "POST "+noList+"/entries/query"),
		"POST /v2/lists/{list}/entries 400":           same(entry, unknown, "POST /v2/lists/sales/entries"),
		"POST /v2/lists/{list}/entries 403":           bobs("POST "+locked+"/entries", ofGrace),
		"POST /v2/lists/{list}/entries 404":           same(entry, none, "POST "+noList+"/entries"),
		"PUT /v2/lists/{list}/entries 400":            same(ofGrace, nil, "PUT /v2/lists/sales/entries"),
		"PUT /v2/lists/{list}/entries 403":            bobs("PUT "+locked+"/entries", ofGrace),
		"PUT /v2/lists/{list}/entries 404":            same(entry, none, "PUT "+noList+"/entries"),
		"GET /v2/lists/{list}/entries/{entry_id} 404": same("", none, "GET "+noList+"/entries/"+stranger),
		"PUT, PATCH /v2/lists/{list}/entries/{entry_id} 400": append(
			same(`{"data":{"entry_values":{"parent_record":[]}}}`, nil, "PUT "+first, "PATCH "+first),
			same(`{"data":{"parent_record_id":"`+id("people/grace")+`","parent_object":"people","entry_values":{}}}`, nil, "PUT "+first, "PATCH "+first)...),
		"PUT, PATCH /v2/lists/{list}/entries/{entry_id} 403":         append(bobs("PUT "+lockedEntry, noEntries), bobs("PATCH "+lockedEntry, noEntries)...),
		"PUT, PATCH /v2/lists/{list}/entries/{entry_id} 404":         same(noEntries, none, "PUT "+noList+"/entries/"+stranger, "PATCH "+noList+"/entries/"+stranger),
		"DELETE /v2/lists/{list}/entries/{entry_id} 403":             bobs("DELETE "+lockedEntry, ""),
		"DELETE /v2/lists/{list}/entries/{entry_id} 404":             same("", none, "DELETE "+noList+"/entries/"+stranger),
		"GET …/entries/{entry_id}/attributes/{attribute}/values 404": same("", none, "GET "+noList+"/entries/"+stranger+"/attributes/x/values"),

		"GET /v2/workspace_members/{id} 404": same("", unknown, "GET /v2/workspace_members/"+stranger),
		"GET, POST /v2/notes 404":            append(same("", none, "GET /v2/notes?parent_object=none"), same(`{"data":{`+note+`}}`, none, "POST /v2/notes")...),
		"GET, PATCH, DELETE /v2/notes/{note_id} 404": append(same("", unknown, "GET /v2/notes/"+stranger, "DELETE /v2/notes/"+stranger),
			same(title, unknown, "PATCH /v2/notes/"+stranger)...),
		"POST, PATCH /v2/tasks 400": same(`{"data":{`+task+toList+`}}`, nil, "POST /v2/tasks"),
		"POST, PATCH /v2/tasks 404": same(`{"data":{`+task+toNone+`}}`, none, "POST /v2/tasks"),
		"GET, DELETE /v2/tasks/{task_id} 404": append(same("", unknown, "GET /v2/tasks/"+stranger, "DELETE /v2/tasks/"+stranger),
			same(noData, unknown, "PATCH /v2/tasks/"+stranger)...),
		"GET /v2/threads/{thread_id} 404": same("", unknown, "GET /v2/threads/"+stranger),
		"POST /v2/comments 400": same(`{"data":{"format":"plaintext","content":"x","author":{"type":"workspace-member","id":"`+id("members/ada")+`"},"thread_id":"`+stranger+`"}}`,
			nil, "POST /v2/comments"),
		"GET /v2/comments/{comment_id} 404":    same("", unknown, "GET /v2/comments/"+stranger),
		"DELETE /v2/comments/{comment_id} 404": same("", unknown, "DELETE /v2/comments/"+stranger),
		"POST /v2/meetings 400":                same(`{"data":{`+meeting+`,"participants":[]}}`, nil, "POST /v2/meetings"),
		"GET, PATCH, PUT, DELETE /v2/meetings/{meeting_id} 404": append(same("", unknown, "GET "+meetings+stranger, "DELETE "+meetings+stranger),
			same(links, unknown, "PATCH "+meetings+stranger, "PUT "+meetings+stranger)...),
		"PATCH, PUT /v2/meetings/{meeting_id} 400": append(
			same(links, nil, "PATCH "+meetings+id("meetings/talk"), "PUT "+meetings+id("meetings/talk")),
			same(`{"data":{`+meeting+`,"participants":[{"email_address":"grace@example.com","is_organizer":true,"status":"accepted"}],`+links[len(`{"data":{`):], nil, "POST /v2/meetings")...),
		"DELETE /v2/meetings/{meeting_id} 400": same("", nil, "DELETE "+meetings+id("meetings/synced")),
		"POST …/call_recordings 400":           same(video, nil, "POST "+meetings+id("meetings/talk")+"/call_recordings"),
		"POST …/call_recordings 404":           same(secure, nil, "POST "+meetings+stranger+"/call_recordings"),
		"GET …/call_recordings/{id} 404":       same("", unknown, "GET "+meetings+id("meetings/talk")+"/call_recordings/"+stranger),
		"DELETE …/call_recordings/{id} 404":    same("", nil, "DELETE "+meetings+id("meetings/talk")+"/call_recordings/"+stranger),
		"GET, DELETE /v2/files/{file_id} 404":  same("", unknown, "GET /v2/files/"+stranger, "DELETE /v2/files/"+stranger),
		"POST /v2/webhooks 400": same(`{"data":{"target_url":"https://example.com","subscriptions":[{"event_type":"list.updated","filter":{"$and":[{"field":"id.list_id","operator":"equals","value":"`+stranger+`"}]}}]}}`,
			nil, "POST /v2/webhooks"),
		"POST, PATCH /v2/webhooks 409": append(same(`{"data":{"target_url":"https://example.com/old",`+hook+`}}`, nil, "POST /v2/webhooks", "PATCH /v2/webhooks/"+id("webhooks/new")),
			same(`{"data":{"target_url":"https://example.com/x",`+strings.Replace(hook, `}]`, `},{"filter":{"$and":[]},"event_type":"note.created"}]`, 1)+`}}`, nil, "POST /v2/webhooks", "PATCH /v2/webhooks/"+id("webhooks/new"))...),
		"GET, PATCH /v2/webhooks/{webhook_id} 404": append(same("", unknown, "GET /v2/webhooks/"+stranger), same(noData, unknown, "PATCH /v2/webhooks/"+stranger)...),
		"DELETE /v2/webhooks/{webhook_id} 404":     same("", nil, "DELETE /v2/webhooks/"+stranger),
	}
}()

// unsaid has the rows that no request is answered with, and the reasons.
var unsaid = map[string]string{
	"POST /v2/objects 403":                                         "the workspace's members have no roles",
	"PATCH /v2/objects/{object} 403":                               "the workspace's members have no roles",
	"DELETE /v2/objects/{object} 403":                              "the workspace's members have no roles",
	"POST /v2/objects/{object}/records 403":                        "the workspace's members have no roles",
	"PUT /v2/objects/{object}/records 403":                         "the workspace's members have no roles",
	"PUT /v2/objects/{object}/records/{record_id} (PATCH too) 403": "the workspace's members have no roles",
	"DELETE /v2/objects/{object}/records/{record_id} 403":          "the workspace's members have no roles",
	"DELETE /v2/comments/{comment_id} 403":                         "tokens are the workspace's, which may delete any comment",

	"POST /v2/objects/{object}/records/query 400":                  "the codes and sentences of filters were seen on the wire",
	"POST /v2/objects/{object}/records/query 404":                  "an unknown object was seen answered as elsewhere",
	"POST /v2/objects/{object}/records 400":                        `clients quoted "Cannot find select option with title" from the wire`,
	"POST /v2/sequences/unsubscribed_emails 400":                   "it heads the issues of every body",
	"POST /v2/objects/{object}/records 409":                        "only the fault write-conflict says it",
	"PUT /v2/objects/{object}/records 409":                         "only the fault write-conflict says it",
	"PUT /v2/objects/{object}/records/{record_id} (PATCH too) 409": "only the fault write-conflict says it",
	"POST …/call_recordings 403":                                   "it has no sentence",
	"POST /v2/files/upload 403":                                    "it has no sentence",
	"POST, PATCH /v2/notes 413":                                    "it has no sentence",
}

// row is a row of the table of Attio's sentences.
type row struct{ operation, status, kind, code, message string }

// readRows reads the rows for operations that are built.
func readRows(t *testing.T) []row {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(contract.Shared(t), "ERROR_MESSAGES.md"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.ReplaceAll(line, `\|`, ","), "|")
		if len(cells) != 9 || !number.MatchString(strings.TrimSpace(cells[2])) || strings.TrimSpace(cells[7]) == "501" {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		code, _, _ := strings.Cut(cells[4], ",")
		code, _, _ = strings.Cut(strings.TrimSpace(code), " ")
		message, _, _ := strings.Cut(cells[5], " (PATCH:")
		rows = append(rows, row{strings.Trim(cells[1], "`"), cells[2], cells[3], code, message})
	}
	if len(rows) < 100 {
		t.Fatalf("the table has %d rows", len(rows))
	}
	return rows
}

var number = regexp.MustCompile(`^[0-9]{3}$`)

func TestAttiosSentencesAreSaidWordForWord(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(sentencesScenario), fake.FixedClock(noon))
	tokens := map[string]string{"": "acme/full", "bobs": "acme/bobs", "small": "small/full"}
	seen := make(map[string]bool)
	for _, row := range readRows(t) {
		key := row.operation + " " + row.status
		seen[key] = true
		if _, ok := unsaid[key]; ok {
			continue
		}
		if sentences[key] == nil {
			t.Errorf("%q has no request that answers %q, and no reason", key, row.message)
		}
		for _, said := range sentences[key] {
			method, path, _ := strings.Cut(said.request, " ")
			got := c.as(c.server.Token(tokens[said.token])).send(method, path, said.body)
			if want := refusal(row.status, row.kind, row.code, quoting(row.message, said.names)); got.Body != want {
				t.Errorf("%s\n  %s %s\n  got  %s\n  want %s", key, said.request, said.body, got.Body, want)
			}
		}
	}
	for _, key := range slices.Concat(slices.Collect(maps.Keys(sentences)), slices.Collect(maps.Keys(unsaid))) {
		if !seen[key] {
			t.Errorf("%q is not in the table", key)
		}
	}
}

// quoting replaces the names that an example quotes.
func quoting(example string, names []string) string {
	return quoted.ReplaceAllStringFunc(example, func(old string) string {
		if len(names) == 0 {
			return old
		}
		name := names[0]
		names = names[1:]
		return `"` + name + `"`
	})
}

var quoted = regexp.MustCompile(`"[^"]*"`)
