package api_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// backlog is merged over office: tasks that were not made in the order of their times.
const backlog = `
version: 1
workspaces:
  acme:
    tasks:
      c: {content: c, created_at: 2026-01-03T00:00:00Z, completed_at: 2026-01-10T00:00:00Z, linked_records: [people/grace], assignees: [bob]}
      a: {content: a, created_at: 2026-01-01T00:00:00Z, linked_records: [people/grace, companies/navy], assignees: [ada, bob]}
      e: {content: e, created_at: 2026-01-05T00:00:00Z, completed_at: 2026-01-06T00:00:00Z}
      b: {content: b, created_at: 2026-01-02T00:00:00Z, linked_records: [companies/navy], assignees: [sven]}
      d: {content: d, created_at: 2026-01-03T00:00:00Z, completed_at: 2026-01-10T00:00:00Z, linked_records: [projects/bridge]}
`

func newBacklog(t testing.TB) *client {
	t.Helper()
	return newClient(t, fake.YAML(office), fake.YAML(backlog), fake.FixedClock(noon))
}

// contents joins the contents of the tasks that a query lists.
func (c *client) contents(query string) string {
	c.t.Helper()
	var answer struct {
		Data []struct {
			Content string `json:"content_plaintext"`
		}
	}
	decode(c.t, c.must("GET", "/v2/tasks?"+query, ""), &answer)
	var all []string
	for _, task := range answer.Data {
		all = append(all, task.Content)
	}
	return strings.Join(all, " ")
}

func TestTasksAreListedInEveryOrderAndByEveryFilter(t *testing.T) {
	t.Parallel()
	c := newBacklog(t)
	linked := func(object, id string) string {
		return url.Values{"linked_object": {object}, "linked_record_id": {id}}.Encode()
	}
	for query, want := range map[string]string{
		"":                       "a b c d e",
		"sort=created_at:asc":    "a b c d e",
		"sort=created_at%3Adesc": "e d c b a",
		"sort=completed_at:asc":  "a b e c d",
		"sort=completed_at:desc": "d c e b a",

		linked("people", grace):                                    "a c",
		linked("people", strings.ToUpper(grace)):                   "a c",
		linked(fake.ID("acme/objects/companies"), navy):            "a b",
		linked("projects", bridge):                                 "d",
		linked("people", navy):                                     "",
		linked("people", nobodysID):                                "",
		linked("people", fake.ID("acme/people/henry")):             "",
		linked("people", grace) + "&sort=created_at:desc":          "c a",
		linked("people", grace) + "&is_completed=false":            "a",
		linked("people", grace) + "&assignee=ada@acme.example.com": "a",

		"assignee=" + fake.ID("acme/members/bob"):                  "a c",
		"assignee=" + strings.ToUpper(fake.ID("acme/members/bob")): "a c",
		"assignee=Ada@acme.example.com":                            "a",
		"assignee=sven@acme.example.com":                           "b",
		"assignee=":                                                "d e",
		"assignee":                                                 "d e",
		"assignee=null":                                            "d e",

		"is_completed=true":                              "c d e",
		"is_completed=false":                             "a b",
		"is_completed=true&sort=completed_at:asc":        "e c d",
		"is_completed=true&sort=completed_at:desc":       "d c e",
		"is_completed=true&assignee=":                    "d e",
		"is_completed=false&assignee=null":               "",
		"is_completed=true&limit=1&sort=created_at:desc": "e",

		"limit=2":                 "a b",
		"limit=2&offset=2":        "c d",
		"limit=2&offset=4":        "e",
		"offset=5":                "",
		"offset=6":                "",
		"offset=9007199254740991": "",
		"limit=1&offset=1&sort=completed_at:desc": "c",
		"limit=1000": "a b c d e",
		"zzz=1":      "a b c d e",
	} {
		if got := c.contents(query); got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
}

func TestQueriesForTasksThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newBacklog(t)
	bounded := func(code, key, message string) string {
		return badQuery(`{"code":"` + code + `","path":["` + key + `"],"message":"` + message + `"}`)
	}
	for query, want := range map[string]string{
		"limit=0":               bounded("too_small", "limit", "Number must be greater than or equal to 1"),
		"limit=-1":              bounded("too_small", "limit", "Number must be greater than or equal to 1"),
		"limit=1001":            bounded("too_big", "limit", "Number must be less than or equal to 1000"),
		"limit=1.5":             badQuery(`{"code":"invalid_type","path":["limit"],"message":"Expected integer, received float","expected":"integer","received":"float"}`),
		"limit=x":               badQuery(`{"code":"invalid_type","path":["limit"],"message":"Expected number, received nan","expected":"number","received":"nan"}`),
		"offset=-1":             bounded("too_small", "offset", "Number must be greater than or equal to 0"),
		"sort=title":            badQuery(`{"code":"invalid_option","path":["sort"],"message":"Invalid enum value. Expected 'created_at:asc' | 'created_at:desc' | 'completed_at:asc' | 'completed_at:desc', received 'title'","options":["created_at:asc","created_at:desc","completed_at:asc","completed_at:desc"]}`),
		"is_completed=yes":      badQuery(`{"code":"invalid_option","path":["is_completed"],"message":"Invalid enum value. Expected 'true' | 'false', received 'yes'","options":["true","false"]}`),
		"assignee=a&assignee=b": badQuery(`{"code":"invalid_type","path":["assignee"],"message":"Expected string, received array","expected":"string","received":"array"}`),

		"linked_object=people":                        bounded("invalid", "linked_record_id", "linked_object and linked_record_id must be provided together"),
		"linked_record_id=" + grace:                   bounded("invalid", "linked_object", "linked_object and linked_record_id must be provided together"),
		"linked_object=people&linked_record_id=grace": badQuery(`{"code":"invalid_string","path":["linked_record_id"],"message":"Invalid uuid","string_validation":"uuid"}`),
		"limit=0&offset=-1": badQuery(`{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"},` +
			`{"code":"too_small","path":["offset"],"message":"Number must be greater than or equal to 0"}`),

		"assignee=" + nobodysID:         unknownValue(`Workspace member with ID "%s" not found.`, nobodysID),
		"assignee=eve@acme.example.com": unknownValue(`Workspace member with email address "eve@acme.example.com" not found.`),
	} {
		c.wants(c.get("/v2/tasks?"+query), 400, want)
	}
	c.wants(c.get("/v2/tasks?linked_object=ships&linked_record_id="+grace), 404, notFound(`Object with slug/ID "ships" not found.`))
	c.wants(c.get("/v2/tasks?linked_object=sales&linked_record_id="+grace), 404, notFound(`Object with slug/ID "sales" not found.`))
	c.wants(c.get("/v2/tasks?linked_object=deals&linked_record_id="+grace), 400, isOff("deals"))
}

func TestPagesOfTasksEndAtTheirBounds(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	office := c.server.Workspace("acme")
	for i := range 1001 {
		office.AddTask(fake.Task{Content: strconv.Itoa(i)})
	}
	numbers := func(from, to int) string {
		var all []string
		for i := from; i < to; i++ {
			all = append(all, strconv.Itoa(i))
		}
		return strings.Join(all, " ")
	}
	for query, want := range map[string]string{
		"":                             numbers(0, 500),
		"limit=1":                      numbers(0, 1),
		"limit=1000":                   numbers(0, 1000),
		"limit=1000&offset=1000":       numbers(1000, 1001),
		"limit=1000&offset=1001":       "",
		"offset=500":                   numbers(500, 1000),
		"offset=501":                   numbers(501, 1001),
		"limit=1&sort=created_at:desc": "1000",
		"limit=1&offset=1000&sort=created_at:desc": "0",
	} {
		if diff := cmp.Diff(want, c.contents(query)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", query, diff)
		}
	}
}

// Every order equals a sort by hand, whenever tasks were completed.
func TestTheOrdersOfTasksAgreeWithEachOther(t *testing.T) {
	t.Parallel()
	var tasks []string
	for i := range 12 {
		completed := ""
		if i%3 > 0 {
			completed = fmt.Sprintf(", completed_at: 2026-02-%02dT00:00:00Z", 1+(i*7)%9)
		}
		tasks = append(tasks, fmt.Sprintf("t%d: {content: t%d, created_at: 2026-01-%02dT00:00:00Z%s}", i, i, 1+(i*5)%4, completed))
	}
	c := newClient(t, fake.YAML(office), fake.YAML(`{version: 1, workspaces: {acme: {tasks: {`+strings.Join(tasks, ", ")+`}}}}`))
	type listed struct {
		Content     string  `json:"content_plaintext"`
		CreatedAt   string  `json:"created_at"`
		CompletedAt *string `json:"completed_at"`
	}
	read := func(sort string) []listed {
		var answer struct{ Data []listed }
		if err := json.Unmarshal([]byte(c.must("GET", "/v2/tasks?sort="+sort, "")), &answer); err != nil {
			t.Fatal(err)
		}
		return answer.Data
	}
	completed := func(l listed) string {
		if l.CompletedAt == nil {
			return ""
		}
		return *l.CompletedAt
	}
	for field, key := range map[string]func(listed) string{"created_at": func(l listed) string { return l.CreatedAt }, "completed_at": completed} {
		up, down := read(field+":asc"), read(field+":desc")
		if len(up) != 12 || !slices.IsSortedFunc(up, func(a, b listed) int { return strings.Compare(key(a), key(b)) }) {
			t.Errorf("%s does not ascend: %v", field, up)
		}
		slices.Reverse(down)
		if diff := cmp.Diff(up, down); diff != "" {
			t.Errorf("%s descends otherwise: %s", field, diff)
		}
	}
}

func TestTasksNeedTheirScopes(t *testing.T) {
	t.Parallel()
	c := newBacklog(t)
	task := "/v2/tasks/" + fake.ID("acme/tasks/a")
	others := []string{"object_configuration:read", "record_permission:read", "user_management:read"}
	for name, tc := range map[string]struct {
		scopes       []string
		method, path string
		missing      string // "" if nothing is
	}{
		"to list":                {append(others, "task:read"), "GET", "/v2/tasks", ""},
		"to list without tasks":  {others, "GET", "/v2/tasks", "Read access to the Tasks scope"},
		"to read without others": {[]string{"task:read"}, "GET", task, "Read access to the Object Configuration scope, Read access to the Records scope, Read access to the User Management scope"},
		"to change by reading":   {append(others, "task:read"), "PATCH", task, "Read-Write access to the Tasks scope"},
		"to delete":              {[]string{"task:read-write"}, "DELETE", task, ""},
	} {
		c := c.as(c.server.Workspace("acme").AddToken(fake.Token{Scopes: tc.scopes}).Value)
		got := c.send(tc.method, tc.path, "")
		forbidden := refusal("403", "auth_error", "unauthorized",
			"The API Key provided is not authorized to perform the requested action. This request requires scopes: "+tc.missing+".")
		if tc.missing == "" && got.Status != 200 || tc.missing != "" && got.Body != forbidden {
			t.Errorf("%s: got %d %s", name, got.Status, got.Body)
		}
	}
}
