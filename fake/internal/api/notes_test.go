package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// withNotes has things that notes can be about and two notes, one of which mentions a member and a record.
const withNotes = `
version: 1
users: {ada: {email: ada@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}, reader: {scopes: ["note:read", "object_configuration:read", "record_permission:read"]}}
    objects:
      people: {records: {grace: {}, henrik: {}}}
      companies: {records: {navy: {}}}
    meetings: {kick-off: {title: Kick-off, start: 2026-01-14T09:00:00Z, end: 2026-01-14T10:00:00Z, participants: [grace@example.com]}}
    notes:
      call: {record: people/grace, title: Call, markdown: "# *Hi*", meeting: kick-off, tags: [ada, {record: companies/navy}], created_at: 2026-01-10T00:00:00Z}
      later: {record: companies/navy, title: Later, plaintext: "*Bye*", created_at: 2026-01-11T00:00:00Z}
  other:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {people: {records: {grace: {}}}}
    meetings: {talk: {title: Talk, start: 2026-01-14T09:00:00Z, end: 2026-01-14T10:00:00Z, participants: [grace@example.com]}}
    notes: {secret: {record: people/grace}}
`

// newNotes starts a server whose clock is frozen at noon.
func newNotes(t testing.TB, options ...fake.Option) *client {
	t.Helper()
	c := newClient(t, append([]fake.Option{fake.YAML(withNotes)}, options...)...)
	c.server.Freeze()
	c.server.SetTime(noon)
	return c
}

func notePath(key string) string { return "/v2/notes/" + fake.ID("acme/notes/"+key) }

// noteData is the body of a new note about grace, with changes; a change to "" removes a member.
func noteData(changes map[string]string) string {
	values := map[string]string{
		"parent_object": `"people"`, "parent_record_id": quote(fake.ID("acme/people/grace")), "title": `"Talk"`, "format": `"plaintext"`, "content": `"Hello"`,
	}
	for key, value := range changes {
		values[key] = value
	}
	var members []string
	for _, key := range []string{"parent_object", "parent_record_id", "title", "format", "content", "created_at", "meeting_id", "zzz"} {
		if values[key] != "" {
			members = append(members, quote(key)+":"+values[key])
		}
	}
	return `{"data":{` + strings.Join(members, ",") + `}}`
}

// noteJSON is a note; rest is what follows its title.
func noteJSON(id, parent, title, rest string) string {
	object, _, _ := strings.Cut(parent, "/")
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","note_id":"` + id + `"},"parent_object":"` + object + `","parent_record_id":"` +
		fake.ID("acme/"+parent) + `","title":` + quote(title) + `,` + rest + `}`
}

// noteRest is what follows the title of a note that the token made this many seconds after noon.
func noteRest(meeting, plaintext, markdown string, second int) string {
	return `"meeting_id":` + meeting + `,"content_plaintext":` + quote(plaintext) + `,"content_markdown":` + quote(markdown) +
		`,"tags":[],"created_by_actor":` + token + `,"created_at":"` + stamp(second) + `"`
}

// seededNote is the note call of the scenario, with another meeting and other tags.
func seededNote(meeting, tags string) string {
	return noteJSON(fake.ID("acme/notes/call"), "people/grace", "Call", `"meeting_id":`+meeting+`,"content_plaintext":"Hi","content_markdown":"# *Hi*","tags":`+tags+
		`,"created_by_actor":{"type":"workspace-member","id":"`+fake.ID("acme/members/ada")+`"},"created_at":"2026-01-10T00:00:00.000000000Z"`)
}

var (
	memberTag = `{"type":"workspace-member","workspace_member_id":"` + fake.ID("acme/members/ada") + `"}`
	recordTag = `{"type":"record","object":"companies","record_id":"` + fake.ID("acme/companies/navy") + `"}`
	kickOff   = quote(fake.ID("acme/meetings/kick-off"))
)

func TestNotesAreMadeAndRead(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		changes map[string]string
		parent  string
		title   string
		rest    string
	}{
		"plaintext":              {nil, "people/grace", "Talk", noteRest("null", "Hello", "Hello", 5)},
		"plaintext with marks":   {map[string]string{"content": `"# *a*\n\n- b"`}, "people/grace", "Talk", noteRest("null", "# *a*\n\n- b", "\\# \\*a\\*\n\n\\- b", 5)},
		"markdown":               {map[string]string{"format": `"markdown"`, "content": `"# *a*\n\n* __b__\n"`}, "people/grace", "Talk", noteRest("null", "a\nb", "# *a*\n- **b**", 5)},
		"nothing in it":          {map[string]string{"title": `""`, "content": `""`}, "people/grace", "", noteRest("null", "", "", 5)},
		"an object by its id":    {map[string]string{"parent_object": quote(fake.ID("acme/objects/people"))}, "people/grace", "Talk", noteRest("null", "Hello", "Hello", 5)},
		"an id in capitals":      {map[string]string{"parent_record_id": quote(upper(fake.ID("acme/people/henrik")))}, "people/henrik", "Talk", noteRest("null", "Hello", "Hello", 5)},
		"a meeting":              {map[string]string{"meeting_id": upper(kickOff)}, "people/grace", "Talk", noteRest(kickOff, "Hello", "Hello", 5)},
		"no meeting":             {map[string]string{"meeting_id": "null"}, "people/grace", "Talk", noteRest("null", "Hello", "Hello", 5)},
		"the present":            {map[string]string{"created_at": quote(stamp(5))}, "people/grace", "Talk", noteRest("null", "Hello", "Hello", 5)},
		"the past, in a zone":    {map[string]string{"created_at": `"2026-01-15T13:00:01.0009+01:00"`}, "people/grace", "Talk", noteRest("null", "Hello", "Hello", 1)},
		"the beginning of times": {map[string]string{"created_at": `"1970-01-01"`}, "people/grace", "Talk", strings.Replace(noteRest("null", "Hello", "Hello", 5), stamp(5), "1970-01-01T00:00:00.000000000Z", 1)},
		"an unknown key":         {map[string]string{"zzz": "1"}, "people/grace", "Talk", noteRest("null", "Hello", "Hello", 5)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newNotes(t)
			c.server.Advance(5 * time.Second)
			got := c.send("POST", "/v2/notes", noteData(tc.changes))
			id := idIn(t, got.Body, "note_id")
			want := `{"data":` + noteJSON(id, tc.parent, tc.title, tc.rest) + `}`
			c.wants(got, 200, want)
			c.wants(c.get("/v2/notes/"+upper(id)), 200, want)
		})
	}
}

func TestNotesThatAreRefused(t *testing.T) {
	t.Parallel()
	const stranger = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
	const formats = `"options":["plaintext","markdown"]}`
	big := strings.Repeat("a", 1<<20+1)
	tooLarge := refusal("413", "invalid_request_error", "validation_type", "The content of a note can have at most 1048576 bytes.")
	badDate := badShape(`{"code":"invalid","path":["data","created_at"],"message":"Date must be in 1970 or later, and not in the future"}`)
	noNote := notFound(`Note with ID "` + stranger + `" was not found.`)
	badID := `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Path params validation error",` +
		`"validation_errors":[{"code":"invalid_string","path":["note_id"],"message":"Invalid uuid","string_validation":"uuid"}]}`
	of := func(key, value string) string { return noteData(map[string]string{key: value}) }
	call := notePath("call")
	for name, tc := range map[string]struct {
		method, path, body string
		status             int
		want               string
	}{
		"without data": {"POST", "/v2/notes", `{}`, 400, badShape(`{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}`)},
		"without anything": {"POST", "/v2/notes", `{"data":{}}`, 400, badShape(required("parent_object", "string"), required("parent_record_id", "string"),
			required("title", "string"), required("format", "'plaintext' | 'markdown'"), required("content", "string"))},
		"in another format": {"POST", "/v2/notes", of("format", `"html"`), 400, badShape(`{"code":"invalid_option","path":["data","format"],"message":"Invalid enum value. Expected 'plaintext' | 'markdown', received 'html'",` + formats)},
		"with what are no ids": {"POST", "/v2/notes", noteData(map[string]string{"parent_record_id": `"grace"`, "meeting_id": `"kick-off"`}), 400,
			badShape(`{"code":"invalid_string","path":["data","parent_record_id"],"message":"Invalid uuid","string_validation":"uuid"}`,
				`{"code":"invalid_string","path":["data","meeting_id"],"message":"Invalid uuid","string_validation":"uuid"}`)},
		"with numbers": {"POST", "/v2/notes", noteData(map[string]string{"title": "1", "content": "null", "created_at": "null"}), 400,
			badShape(`{"code":"invalid_type","path":["data","title"],"message":"Expected string, received number","expected":"string","received":"number"}`,
				`{"code":"invalid_type","path":["data","content"],"message":"Expected string, received null","expected":"string","received":"null"}`,
				`{"code":"invalid_type","path":["data","created_at"],"message":"Expected string, received null","expected":"string","received":"null"}`)},
		"of no time":                    {"POST", "/v2/notes", of("created_at", `"yesterday"`), 400, badShape(`{"code":"invalid","path":["data","created_at"],"message":"Invalid date"}`)},
		"of a time to come":             {"POST", "/v2/notes", of("created_at", `"2026-01-15T12:00:00.001Z"`), 400, badDate},
		"of a time before 1970":         {"POST", "/v2/notes", of("created_at", `"1969-12-31T23:59:59.999Z"`), 400, badDate},
		"about an unknown object":       {"POST", "/v2/notes", of("parent_object", `"robots"`), 404, notFound(`Object with slug/ID "robots" not found.`)},
		"about an object that is off":   {"POST", "/v2/notes", of("parent_object", `"deals"`), 400, isOff("deals")},
		"about an unknown record":       {"POST", "/v2/notes", of("parent_record_id", quote(stranger)), 404, notFound(`Record with ID "` + stranger + `" not found.`)},
		"about another object's record": {"POST", "/v2/notes", of("parent_object", `"companies"`), 404, notFound(`Record with ID "` + fake.ID("acme/people/grace") + `" not found.`)},
		"about another workspace's record": {"POST", "/v2/notes", of("parent_record_id", quote(fake.ID("other/people/grace"))), 404,
			notFound(`Record with ID "` + fake.ID("other/people/grace") + `" not found.`)},
		"of an unknown meeting": {"POST", "/v2/notes", of("meeting_id", quote(stranger)), 404, notFound(`Meeting with ID "` + stranger + `" was not found.`)},
		"of another workspace's meeting": {"POST", "/v2/notes", of("meeting_id", quote(fake.ID("other/meetings/talk"))), 404,
			notFound(`Meeting with ID "` + fake.ID("other/meetings/talk") + `" was not found.`)},
		"that are too large":                 {"POST", "/v2/notes", of("content", quote(big)), 413, tooLarge},
		"that are too large and of nothing":  {"POST", "/v2/notes", noteData(map[string]string{"content": quote(big), "parent_object": `"robots"`}), 413, tooLarge},
		"unknown":                            {"GET", "/v2/notes/" + upper(stranger), "", 404, noNote},
		"unknown, changed":                   {"PATCH", "/v2/notes/" + stranger, `{"data":{"title":"x"}}`, 404, noNote},
		"unknown, changed in nothing":        {"PATCH", "/v2/notes/" + stranger, `{"data":{}}`, 404, noNote},
		"unknown, deleted":                   {"DELETE", "/v2/notes/" + stranger, "", 404, noNote},
		"another workspace's":                {"GET", "/v2/notes/" + fake.ID("other/notes/secret"), "", 404, notFound(`Note with ID "` + fake.ID("other/notes/secret") + `" was not found.`)},
		"of no id":                           {"GET", "/v2/notes/call", "", 400, badID},
		"of no id, changed":                  {"PATCH", "/v2/notes/call", `{}`, 400, badID},
		"of no id, deleted":                  {"DELETE", "/v2/notes/call", "", 400, badID},
		"changed without data":               {"PATCH", call, `{}`, 400, badShape(`{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}`)},
		"changed in what cannot change":      {"PATCH", call, `{"data":{"title":"x","parent_object":"companies","meeting_id":null}}`, 400, badShape(`{"code":"unrecognized_keys","path":["data"],"message":"Unrecognized key(s) in object: 'parent_object', 'meeting_id'"}`)},
		"changed in content without format":  {"PATCH", call, `{"data":{"content":"x"}}`, 400, badShape(required("format", "'plaintext' | 'markdown'"))},
		"changed in what is of another type": {"PATCH", call, `{"data":{"title":null}}`, 400, badShape(`{"code":"invalid_type","path":["data","title"],"message":"Expected string, received null","expected":"string","received":"null"}`)},
		"changed to what is too large":       {"PATCH", call, `{"data":{"format":"markdown","content":` + quote(big) + `}}`, 413, tooLarge},
		"overwritten":                        {"PUT", call, `{}`, 404, notFound(`Could not find endpoint "PUT ` + call + `".`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newNotes(t)
			before := c.get("/v2/notes").Body
			c.wants(c.send(tc.method, tc.path, tc.body), tc.status, tc.want)
			if diff := cmp.Diff(before, c.get("/v2/notes").Body); diff != "" {
				t.Errorf("the notes changed:\n%s", diff)
			}
		})
	}
}

func TestANoteTakesAsMuchAsItCan(t *testing.T) {
	t.Parallel()
	c := newNotes(t)
	if got := c.send("POST", "/v2/notes", noteData(map[string]string{"content": quote(strings.Repeat("é", 1<<19))})); got.Status != 200 {
		t.Errorf("%d %.200s", got.Status, got.Body)
	}
}

func TestChangesOfANote(t *testing.T) {
	t.Parallel()
	call := seededNote(kickOff, list(memberTag, recordTag))
	with := func(edits ...string) string { return strings.NewReplacer(edits...).Replace(call) }
	content := func(plaintext, markdown string) string {
		return with(`"content_plaintext":"Hi","content_markdown":"# *Hi*","tags":`+list(memberTag, recordTag),
			`"content_plaintext":`+quote(plaintext)+`,"content_markdown":`+quote(markdown)+`,"tags":[]`)
	}
	for name, tc := range map[string]struct{ sent, want string }{
		"its title":               {`{"title":"New"}`, with(`"Call"`, `"New"`)},
		"its title to nothing":    {`{"title":""}`, with(`"Call"`, `""`)},
		"its title to what it is": {`{"title":"Call"}`, call},
		"its content":             {`{"format":"markdown","content":"__New__"}`, content("New", "**New**")},
		"its content, plain":      {`{"format":"plaintext","content":"*New*"}`, content("*New*", `\*New\*`)},
		"its content to nothing":  {`{"format":"plaintext","content":""}`, content("", "")},
		"its title and a format":  {`{"title":"New","format":"plaintext"}`, with(`"Call"`, `"New"`)},
		"nothing":                 {`{}`, call},
		"its format alone":        {`{"format":"plaintext"}`, call},
		"all of it":               {`{"title":"New","format":"plaintext","content":"New"}`, strings.Replace(content("New", "New"), `"Call"`, `"New"`, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newNotes(t)
			c.wants(c.get(notePath("call")), 200, `{"data":`+call+`}`)
			c.wants(c.send("PATCH", notePath("call"), `{"data":`+tc.sent+`}`), 200, `{"data":`+tc.want+`}`)
			c.wants(c.get(notePath("call")), 200, `{"data":`+tc.want+`}`)
		})
	}
}

func TestWhatANoteNamesIsDeleted(t *testing.T) {
	t.Parallel()
	gone := notFound(`Note with ID "` + fake.ID("acme/notes/call") + `" was not found.`)
	for name, tc := range map[string]struct {
		path   string
		status int
		want   string
	}{
		"itself":               {notePath("call"), 404, gone},
		"its record":           {"/v2/objects/people/records/" + fake.ID("acme/people/grace"), 404, gone},
		"another record":       {"/v2/objects/people/records/" + fake.ID("acme/people/henrik"), 200, `{"data":` + seededNote(kickOff, list(memberTag, recordTag)) + `}`},
		"a record it mentions": {"/v2/objects/companies/records/" + fake.ID("acme/companies/navy"), 200, `{"data":` + seededNote(kickOff, list(memberTag)) + `}`},
		"its meeting":          {"/v2/meetings/" + fake.ID("acme/meetings/kick-off"), 200, `{"data":` + seededNote("null", list(memberTag, recordTag)) + `}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newNotes(t)
			c.wants(c.send("DELETE", tc.path, ""), 200, `{}`)
			c.wants(c.get(notePath("call")), tc.status, tc.want)
		})
	}
}

func TestNotesAreWrittenWithTheScopeForIt(t *testing.T) {
	t.Parallel()
	c := newNotes(t)
	reader := c.as(c.server.Token("acme/reader"))
	if got := reader.get(notePath("call")); got.Status != 200 {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	for method, path := range map[string]string{"POST": "/v2/notes", "PATCH": notePath("call"), "DELETE": notePath("call")} {
		if got := reader.send(method, path, ""); got.Status != 403 {
			t.Errorf("%s: %d %s", method, got.Status, got.Body)
		}
	}
}
