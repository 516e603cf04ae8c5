package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// office is a workspace with everything that a task can be about, and another workspace with a task.
const office = `
version: 1
users: {ada: {email: ada@acme.example.com}, bob: {email: bob@acme.example.com}, sven: {email: sven@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member, sven: suspended}
    tokens: {full: {scopes: all}}
    objects:
      people:
        records:
          grace: {email_addresses: [grace@navy.example.com], job_title: Admiral}
          henry: {job_title: Captain}
          ivan: {job_title: Captain}
      companies: {records: {navy: {domains: [navy.example.com]}}}
      projects:
        singular_noun: Project
        plural_noun: Projects
        attributes: {code: {type: text, is_unique: true}, number: {type: number, is_unique: true}, old: {type: text, is_archived: true}}
        records: {bridge: {code: B-1, number: 7}}
    lists: {sales: {parent_object: people, entries: {grace: {record: grace}}}}
  other:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {people: {records: {grace: {}}}}
    tasks: {theirs: {content: Not yours}}
`

// newOffice starts a server whose clock is frozen at noon.
func newOffice(t testing.TB) *client {
	t.Helper()
	return newClient(t, fake.YAML(office), fake.FixedClock(noon))
}

var (
	grace  = fake.ID("acme/people/grace")
	navy   = fake.ID("acme/companies/navy")
	bridge = fake.ID("acme/projects/bridge")
)

const nobodysID = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"

// taskBody is the body of a new task with some members replaced, such as `"content":"Call"`.
func taskBody(differing ...string) string {
	members := []string{`"content":"Call"`, `"format":"plaintext"`, `"deadline_at":null`, `"is_completed":false`, `"linked_records":[]`, `"assignees":[]`}
	for _, d := range differing {
		key, _, _ := strings.Cut(d, ":")
		found := false
		for i, m := range members {
			if strings.HasPrefix(m, key+":") {
				members[i], found = d, true
			}
		}
		if !found {
			members = append(members, d)
		}
	}
	return `{"data":{` + strings.Join(members, ",") + `}}`
}

// taskJSON is a task that the token made this many seconds after noon, with the content "Call".
func taskJSON(id string, second int, rest string) string {
	return fmt.Sprintf(`{"id":{"workspace_id":"%s","task_id":"%s"},"content_plaintext":"Call",%s,"created_by_actor":%s,"created_at":"%s"}`,
		fake.ID("acme"), id, rest, token, stamp(second))
}

// open is the rest of a task that is neither completed nor due, with its links and assignees.
func open(linked, assignees string) string {
	return `"is_completed":false,"completed_at":null,"deadline_at":null,"linked_records":` + linked + `,"assignees":` + assignees
}

// linkedTo is a link as it is read.
func linkedTo(object, id string) string {
	return fmt.Sprintf(`{"target_object_id":"%s","target_record_id":"%s"}`, object, id)
}

// assigned is an assignee by key, as it is read and as it can be written.
func assigned(member string) string {
	return fmt.Sprintf(`{"referenced_actor_type":"workspace-member","referenced_actor_id":"%s"}`, fake.ID("acme/members/"+member))
}

// newTask makes a task and returns its id.
func (c *client) newTask(differing ...string) string {
	c.t.Helper()
	return idIn(c.t, c.must("POST", "/v2/tasks", taskBody(differing...)), "task_id")
}

func TestATaskIsMadeReadChangedAndDeleted(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	made := c.send("POST", "/v2/tasks", taskBody(`"deadline_at":"2026-02-01T12:00:00+01:00"`, `"linked_records":[`+to("people", grace)+`]`, `"assignees":[`+assigned("bob")+`]`))
	id := idIn(t, made.Body, "task_id")
	path := "/v2/tasks/" + id
	due := `"deadline_at":"2026-02-01T11:00:00.000000000Z","linked_records":` + list(linkedTo("people", grace)) + `,"assignees":` + list(assigned("bob"))
	begun := `{"data":` + taskJSON(id, 0, `"is_completed":false,"completed_at":null,`+due) + `}`
	c.wants(made, 200, begun)
	c.wants(c.get(path), 200, begun)
	c.wants(c.get("/v2/tasks/"+strings.ToUpper(id)), 200, begun)

	c.server.Advance(time.Second)
	completed := `{"data":` + taskJSON(id, 0, `"is_completed":true,"completed_at":"`+stamp(1)+`",`+due) + `}`
	c.wants(c.send("PATCH", path, `{"data":{"is_completed":true}}`), 200, completed)
	c.server.Advance(time.Second)
	c.wants(c.send("PATCH", path, `{"data":{"is_completed":true}}`), 200, completed)
	c.wants(c.send("PATCH", path, `{"data":{"is_completed":false}}`), 200, begun)
	c.wants(c.send("PATCH", path, `{"data":{"is_completed":true}}`), 200, strings.Replace(completed, stamp(1), stamp(2), 1))
	c.must("PATCH", path, `{"data":{"is_completed":false}}`)

	bare := `{"data":` + taskJSON(id, 0, open("[]", "[]")) + `}`
	c.wants(c.send("PATCH", path, `{"data":{"deadline_at":null,"linked_records":[],"assignees":[]}}`), 200, bare)
	c.wants(c.get(path), 200, bare)

	c.wants(c.send("DELETE", path, ""), 200, `{}`)
	gone := notFound(`Could not find Task with ID "` + id + `".`)
	c.wants(c.get(path), 404, gone)
	c.wants(c.send("DELETE", path, ""), 404, gone)
	c.wants(c.send("PATCH", path, `{"data":{"is_completed":true}}`), 404, gone)
	c.wants(c.get("/v2/tasks"), 200, `{"data":[]}`)
}

func TestATaskThatIsCompletedFromTheBeginning(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	id := c.newTask(`"is_completed":true`)
	c.wants(c.get("/v2/tasks/"+id), 200, `{"data":`+taskJSON(id, 0, strings.Replace(open("[]", "[]"), `false,"completed_at":null`, `true,"completed_at":"`+stamp(0)+`"`, 1))+`}`)
}

func TestATaskIsMadeByTheRuleOfItsParts(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	people := fake.ID("acme/objects/people")
	byEmail := `{"target_object":"people","email_addresses":[{"email_address":"Grace@navy.example.com"}]}`
	for name, tc := range map[string]struct{ differs, linked, assignees string }{
		"a record by its object's slug":          {`"linked_records":` + list(to("people", grace)), list(linkedTo("people", grace)), "[]"},
		"a record by its object's id":            {`"linked_records":` + list(to(people, strings.ToUpper(grace))), list(linkedTo("people", grace)), "[]"},
		"a custom record":                        {`"linked_records":` + list(to("projects", bridge)), list(linkedTo("projects", bridge)), "[]"},
		"several in their order, each once":      {`"linked_records":` + list(to("projects", bridge), to("people", grace), to(people, grace)), list(linkedTo("projects", bridge), linkedTo("people", grace)), "[]"},
		"a record by a matching attribute":       {`"linked_records":` + list(byEmail), list(linkedTo("people", grace)), "[]"},
		"by the id of an attribute":              {`"linked_records":` + list(`{"`+attributeID("companies/domains")+`":["navy.example.com"],"target_object":"companies"}`), list(linkedTo("companies", navy)), "[]"},
		"by an attribute of a custom object":     {`"linked_records":` + list(`{"target_object":"projects","code":[{"value":"B-1"}]}`), list(linkedTo("projects", bridge)), "[]"},
		"by a number":                            {`"linked_records":` + list(`{"target_object":"projects","number":[{"value":7}]}`), list(linkedTo("projects", bridge)), "[]"},
		"both forms side by side":                {`"linked_records":` + list(to("projects", bridge), byEmail), list(linkedTo("projects", bridge), linkedTo("people", grace)), "[]"},
		"a person by an address alone":           {`"linked_records":["grace@navy.example.com"]`, list(linkedTo("people", grace)), "[]"},
		"a company by a domain alone":            {`"linked_records":["navy.example.com"]`, list(linkedTo("companies", navy)), "[]"},
		"any record by an id alone":              {`"linked_records":["` + bridge + `","` + nobodysID + `"]`, list(linkedTo("projects", bridge)), "[]"},
		"a record that is not there is left out": {`"linked_records":` + list(to("people", nobodysID), to("people", grace)), list(linkedTo("people", grace)), "[]"},
		"so is one of another object":            {`"linked_records":` + list(to("people", navy)), "[]", "[]"},
		"so is one of another workspace":         {`"linked_records":` + list(to("people", fake.ID("other/people/grace"))), "[]", "[]"},
		"a key too many of a link":               {`"linked_records":` + list(`{"target_object":"people","target_record_id":"`+grace+`","x":1}`), list(linkedTo("people", grace)), "[]"},
		"an assignee by id":                      {`"assignees":` + list(assigned("bob")), "[]", list(assigned("bob"))},
		"an assignee by e-mail address":          {`"assignees":[{"workspace_member_email_address":"BOB@acme.example.com"}]`, "[]", list(assigned("bob"))},
		"several in their order, both forms":     {`"assignees":` + list(assigned("bob"), assigned("ada"), `{"workspace_member_email_address":"bob@acme.example.com"}`), "[]", list(assigned("bob"), assigned("ada"))},
		"a suspended assignee":                   {`"assignees":` + list(assigned("sven")), "[]", list(assigned("sven"))},
		"a key that means nothing":               {`"priority":1`, "[]", "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			made := c.send("POST", "/v2/tasks", taskBody(tc.differs))
			id := idIn(t, made.Body, "task_id")
			want := `{"data":` + taskJSON(id, 0, open(tc.linked, tc.assignees)) + `}`
			c.wants(made, 200, want)
			if !strings.Contains(tc.differs, "priority") {
				other := c.newTask()
				c.wants(c.send("PATCH", "/v2/tasks/"+other, `{"data":{`+tc.differs+`}}`), 200, strings.Replace(want, id, other, 1))
			}
		})
	}
}

func TestDeadlinesAreReadAsTimestampsAre(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	for written, want := range map[string]string{
		"2025-12-31T23:59:59Z":           "2025-12-31T23:59:59.000000000Z",
		"2025-12-31T23:59:59.123456789Z": "2025-12-31T23:59:59.123000000Z",
		"2025-12-31T23:59-10:00":         "2026-01-01T09:59:00.000000000Z",
		"2025-12-31":                     "2025-12-31T00:00:00.000000000Z",
		"0001-01-01T00:00:00Z":           "0001-01-01T00:00:00.000000000Z",
	} {
		id := c.newTask(`"deadline_at":"` + written + `"`)
		c.wants(c.get("/v2/tasks/"+id), 200, `{"data":`+taskJSON(id, 0, strings.Replace(open("[]", "[]"), `"deadline_at":null`, `"deadline_at":"`+want+`"`, 1))+`}`)
	}
}

func TestTheContentOfATask(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	tooLong := badShape(`{"code":"too_big","path":["data","content"],"message":"String must contain at most 2000 character(s)"}`)
	for content, fits := range map[string]bool{
		"": true, "<b>&\n\t\"@": true, strings.Repeat("x", 2000): true, strings.Repeat("x", 2001): false,
		strings.Repeat("😀", 1000): true, strings.Repeat("😀", 1000) + "x": false,
	} {
		got := c.send("POST", "/v2/tasks", taskBody(`"content":`+quote(content)))
		switch {
		case !fits:
			c.wants(got, 400, tooLong)
		case got.Status != 200 || !strings.Contains(got.Body, `"content_plaintext":`+quote(content)+`,`):
			t.Errorf("%.20q: %d %s", content, got.Status, got.Body)
		}
	}
}

func TestTasksThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	id := c.newTask(`"linked_records":`+list(to("people", grace)), `"assignees":`+list(assigned("bob")))
	invalid := func(path string) string { return `{"code":"invalid","path":` + path + `,"message":"Invalid input"}` }
	links, linked := invalid(`["data","linked_records"]`), func(item string) string { return `"linked_records":[` + item + `]` }
	wrongValue := func(path string) string {
		return invalidValue("linked_records", `{"code":"invalid","path":[`+path+`],"message":"Invalid email address"}`)
	}
	onlyObjects := badRequest("validation_type", "Only standard or custom object records can be linked to.")
	for name, tc := range map[string]struct {
		differs string // a line for each member of the body that differs
		status  int
		want    string
	}{
		"an unknown object":                      {linked(to("ships", grace)), 404, notFound(`Object with slug/ID "ships" not found.`)},
		"an object that is off":                  {linked(to("deals", grace)), 400, isOff("deals")},
		"an object that is off, matched":         {linked(`{"target_object":"deals","name":["x"]}`), 400, isOff("deals")},
		"an unknown object, by id":               {linked(to(nobodysID, grace)), 404, notFound(`Object with slug/ID "` + nobodysID + `" not found.`)},
		"an unknown object beside an attribute":  {linked(`{"target_object":"ships","code":["x"]}`), 404, notFound(`Object with slug/ID "ships" not found.`)},
		"an entry of a list":                     {linked(to("sales", fake.ID("acme/lists/sales/entries/grace"))), 400, onlyObjects},
		"an entry of a list, by id":              {linked(to(fake.ID("acme/lists/sales"), grace)), 400, onlyObjects},
		"a list beside an attribute":             {linked(`{"target_object":"sales","code":["x"]}`), 400, onlyObjects},
		"an unknown attribute":                   {linked(`{"target_object":"people","emails":["x"]}`), 400, unknownValue(`Cannot find attribute with slug/ID "emails".`)},
		"an archived attribute":                  {linked(`{"target_object":"projects","old":["x"]}`), 400, unknownValue(`Cannot find attribute with slug/ID "old".`)},
		"a value that nobody has":                {linked(`{"target_object":"people","email_addresses":["x@example.com"]}`), 400, unknownValue(`No record of object with slug/ID "people" was found for matching attribute slug/ID "email_addresses".`)},
		"a value that several have":              {linked(`{"target_object":"people","job_title":["Captain"]}`), 400, badRequest("multiple_match_results", `Multiple records of object with slug/ID "people" were found for matching attribute slug/ID "job_title".`)},
		"a value of the wrong form":              {linked(`{"target_object":"people","email_addresses":["x"]}`), 400, wrongValue(`"email_addresses",0,"email_address"`)},
		"an address that is none":                {`"linked_records":["x@"]`, 400, wrongValue(`"email_addresses","email_address"`)},
		"a value of a type that is not matched":  {linked(`{"target_object":"people","name":["Grace"]}`), 400, invalidValue("linked_records", `{"code":"invalid","path":["name",0],"message":"Attributes of type \"personal-name\" cannot be matched"}`)},
		"an address that nobody has":             {`"linked_records":["x@example.com"]`, 400, unknownValue(`No record of object with slug/ID "people" was found for matching attribute slug/ID "email_addresses".`)},
		"a domain that nobody has":               {`"linked_records":["x.example.com"]`, 400, unknownValue(`No record of object with slug/ID "companies" was found for matching attribute slug/ID "domains".`)},
		"links that are no array":                {`"linked_records":"people"`, 400, badShape(`{"code":"invalid_type","path":["data","linked_records"],"message":"Expected array, received string","expected":"array","received":"string"}`)},
		"links that are null":                    {`"linked_records":null`, 400, badShape(`{"code":"invalid_type","path":["data","linked_records"],"message":"Expected array, received null","expected":"array","received":"null"}`)},
		"a link of another type":                 {linked(`7`), 400, badShape(links)},
		"strings and objects":                    {linked(`"grace@navy.example.com",` + to("people", grace)), 400, badShape(links)},
		"a link without a record":                {linked(`{"target_object":"people"}`), 400, badShape(links)},
		"a link without an object":               {linked(`{"target_record_id":"` + grace + `"}`), 400, badShape(links)},
		"a record id that is none":               {linked(to("people", "grace")), 400, badShape(`{"code":"invalid_string","path":["data","linked_records",0,"target_record_id"],"message":"Invalid uuid","string_validation":"uuid"}`)},
		"two values to match":                    {linked(`{"target_object":"people","email_addresses":["a@example.com","b@example.com"]}`), 400, badShape(links)},
		"no value to match":                      {linked(`{"target_object":"people","email_addresses":[]}`), 400, badShape(links)},
		"a value outside of an array":            {linked(`{"target_object":"people","email_addresses":"grace@navy.example.com"}`), 400, badShape(links)},
		"two attributes to match":                {linked(`{"target_object":"people","email_addresses":["a@example.com"],"name":["A"]}`), 400, badShape(links)},
		"an object that is no string":            {linked(`{"target_object":7,"email_addresses":["a@example.com"]}`), 400, badShape(links)},
		"an unknown assignee":                    {`"assignees":[{"referenced_actor_type":"workspace-member","referenced_actor_id":"` + nobodysID + `"}]`, 400, unknownValue(`Workspace member with ID "%s" not found.`, nobodysID)},
		"a member of another workspace":          {`"assignees":[{"referenced_actor_type":"workspace-member","referenced_actor_id":"` + fake.ID("other/members/ada") + `"}]`, 400, unknownValue(`Workspace member with ID "%s" not found.`, fake.ID("other/members/ada"))},
		"an unknown e-mail address":              {`"assignees":[{"workspace_member_email_address":"eve@acme.example.com"}]`, 400, unknownValue(`Workspace member with email address "eve@acme.example.com" not found.`)},
		"an assignee of another type":            {`"assignees":[{"referenced_actor_type":"app","referenced_actor_id":"` + nobodysID + `"}]`, 400, badShape(invalid(`["data","assignees",0]`))},
		"an assignee's id that is none":          {`"assignees":[{"referenced_actor_type":"workspace-member","referenced_actor_id":"bob"}]`, 400, badShape(`{"code":"invalid_string","path":["data","assignees",0,"referenced_actor_id"],"message":"Invalid uuid","string_validation":"uuid"}`)},
		"an assignee who is a string":            {`"assignees":["bob@acme.example.com"]`, 400, badShape(invalid(`["data","assignees",0]`))},
		"assignees that are no array":            {`"assignees":{}`, 400, badShape(`{"code":"invalid_type","path":["data","assignees"],"message":"Expected array, received object","expected":"array","received":"object"}`)},
		"an address beside something else":       {`"assignees":[{"workspace_member_email_address":"bob@acme.example.com","x":1}]`, 400, badShape(`{"code":"unrecognized_keys","path":["data","assignees",0],"message":"Unrecognized key(s) in object: 'x'"}`)},
		"a deadline that is none":                {`"deadline_at":"tomorrow"`, 400, badShape(`{"code":"invalid","path":["data","deadline_at"],"message":"Invalid date"}`)},
		"a deadline that is a number":            {`"deadline_at":1768478400`, 400, badShape(`{"code":"invalid_type","path":["data","deadline_at"],"message":"Expected string, received number","expected":"string","received":"number"}`)},
		"completed with a string":                {`"is_completed":"true"`, 400, badShape(`{"code":"invalid_type","path":["data","is_completed"],"message":"Expected boolean, received string","expected":"boolean","received":"string"}`)},
		"all that is wrong at once":              {`"deadline_at":"x"` + "\n" + `"is_completed":null` + "\n" + `"linked_records":7` + "\n" + `"assignees":[7]`, 400, badShape(`{"code":"invalid","path":["data","deadline_at"],"message":"Invalid date"}`, `{"code":"invalid_type","path":["data","is_completed"],"message":"Expected boolean, received null","expected":"boolean","received":"null"}`, `{"code":"invalid_type","path":["data","linked_records"],"message":"Expected array, received number","expected":"array","received":"number"}`, invalid(`["data","assignees",0]`))},
		"an unknown object beside good changes":  {`"is_completed":true` + "\n" + `"linked_records":[` + to("people", grace) + `,` + to("ships", grace) + `]`, 404, notFound(`Object with slug/ID "ships" not found.`)},
		"an unknown member beside good changes":  {`"is_completed":true` + "\n" + `"assignees":[` + assigned("bob") + `,{"workspace_member_email_address":"eve"}]`, 400, unknownValue(`Workspace member with email address "eve" not found.`)},
		"of links and assignees the links first": {linked(to("ships", grace)) + "\n" + `"assignees":[{"workspace_member_email_address":"eve"}]`, 404, notFound(`Object with slug/ID "ships" not found.`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			before := c.get("/v2/tasks").Body
			members := strings.Split(tc.differs, "\n")
			c.wants(c.send("PATCH", "/v2/tasks/"+id, `{"data":{`+strings.Join(members, ",")+`}}`), tc.status, tc.want)
			c.wants(c.send("POST", "/v2/tasks", taskBody(members...)), tc.status, tc.want)
			if diff := cmp.Diff(before, c.get("/v2/tasks").Body); diff != "" {
				t.Errorf("something was written:\n%s", diff)
			}
		})
	}
}

func TestANewTaskNeedsAllItsFields(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	all := []string{required("content", "string"), required("format", "'plaintext'"), required("deadline_at", "string"),
		required("is_completed", "boolean"), required("linked_records", "array"), required("assignees", "array")}
	c.wants(c.send("POST", "/v2/tasks", `{"data":{}}`), 400, badShape(all...))
	for i, key := range []string{"content", "format", "deadline_at", "is_completed", "linked_records", "assignees"} {
		members := strings.Split(strings.TrimSuffix(strings.TrimPrefix(taskBody(), `{"data":{`), `}}`), ",")
		left := append(members[:i:i], members[i+1:]...)
		if strings.HasPrefix(members[i], `"`+key+`"`) {
			c.wants(c.send("POST", "/v2/tasks", `{"data":{`+strings.Join(left, ",")+`}}`), 400, badShape(all[i]))
		} else {
			t.Errorf("%s is not member %d", key, i)
		}
	}
	noData := badShape(`{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}`)
	for _, method := range []string{"POST /v2/tasks", "PATCH /v2/tasks/" + c.newTask()} {
		verb, path, _ := strings.Cut(method, " ")
		c.wants(c.send(verb, path, `{}`), 400, noData)
		c.wants(c.send(verb, path, ""), 400, noData)
	}
	c.wants(c.send("POST", "/v2/tasks", taskBody(`"format":"markdown"`)), 400,
		badShape(`{"code":"invalid_option","path":["data","format"],"message":"Invalid enum value. Expected 'plaintext', received 'markdown'","options":["plaintext"]}`))
}

func TestTheAbsenceOfLinksIsRefusedAsItWasSeen(t *testing.T) {
	t.Parallel()
	seen, ok := observations(t)["create task without linked_records"]
	if !ok {
		t.Fatal("nobody has seen it")
	}
	c := newOffice(t)
	got := c.send("POST", "/v2/tasks", strings.Replace(taskBody(), `"linked_records":[],`, "", 1))
	if !strings.Contains(got.Body, `"code":"`+seen.Fragment.Code+`","message":"`+seen.Fragment.Message+`"`) || got.Status != seen.Status {
		t.Errorf("got %d %s", got.Status, got.Body)
	}
}

func TestTheContentOfATaskCannotChange(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	path := "/v2/tasks/" + c.newTask()
	before := c.get(path).Body
	for sent, keys := range map[string]string{
		`{"content":"New"}`:                        "'content'",
		`{"content":"Call"}`:                       "'content'",
		`{"is_completed":true,"content":"New"}`:    "'content'",
		`{"format":"plaintext","content":"New"}`:   "'format', 'content'",
		`{"is_completed":true,"content_plain":""}`: "'content_plain'",
	} {
		c.wants(c.send("PATCH", path, `{"data":`+sent+`}`), 400, badShape(`{"code":"unrecognized_keys","path":["data"],"message":"Unrecognized key(s) in object: `+keys+`"}`))
	}
	c.wants(c.get(path), 200, before)
}

func TestTasksThatAreNotThere(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	theirs := fake.ID("other/tasks/theirs")
	badPath := validation("Path params validation error", `{"code":"invalid_string","path":["task_id"],"message":"Invalid uuid","string_validation":"uuid"}`)
	for _, verb := range []string{"GET", "PATCH", "DELETE"} {
		body := ""
		if verb == "PATCH" {
			body = `{"data":{"is_completed":true}}`
		}
		for _, id := range []string{nobodysID, theirs} {
			c.wants(c.send(verb, "/v2/tasks/"+id, body), 404, notFound(`Could not find Task with ID "`+id+`".`))
		}
		c.wants(c.send(verb, "/v2/tasks/call", body), 400, badPath)
	}
	c.wants(c.send("PATCH", "/v2/tasks/"+nobodysID, `{"data":{"is_completed":1}}`), 400,
		badShape(`{"code":"invalid_type","path":["data","is_completed"],"message":"Expected boolean, received number","expected":"boolean","received":"number"}`))
	if got := c.as(c.server.Token("other")).get("/v2/tasks/" + theirs); got.Status != 200 {
		t.Errorf("%d %s", got.Status, got.Body)
	}
}

func TestARecordThatIsDeletedLeavesItsTasks(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	id := c.newTask(`"linked_records":` + list(to("people", grace), to("companies", navy)))
	c.must("DELETE", "/v2/objects/people/records/"+grace, "")
	c.wants(c.get("/v2/tasks/"+id), 200, `{"data":`+taskJSON(id, 0, open(list(linkedTo("companies", navy)), "[]"))+`}`)
	c.must("DELETE", "/v2/objects/companies/records/"+navy, "")
	c.wants(c.get("/v2/tasks/"+id), 200, `{"data":`+taskJSON(id, 0, open("[]", "[]"))+`}`)
}

func TestALinkShowsTheSlugThatAnObjectHasNow(t *testing.T) {
	t.Parallel()
	c := newOffice(t)
	id := c.newTask(`"linked_records":` + list(to("projects", bridge)))
	c.must("PATCH", "/v2/objects/projects", `{"data":{"api_slug":"ventures"}}`)
	c.wants(c.get("/v2/tasks/"+id), 200, `{"data":`+taskJSON(id, 0, open(list(linkedTo("ventures", bridge)), "[]"))+`}`)
}

// FuzzTaskLinks writes links and assignees of every form. Nothing may crash, and a refused write must change nothing.
func FuzzTaskLinks(f *testing.F) {
	for _, seed := range [][2]string{
		{`[]`, `[]`},
		{`["grace@navy.example.com","navy.example.com","` + bridge + `"]`, `[{"workspace_member_email_address":"bob@acme.example.com"}]`},
		{`[{"target_object":"projects","number":[{"value":7}]},{"target_object":"people","target_record_id":"` + grace + `"}]`, `[` + assigned("bob") + `]`},
		{`[{"target_object":"people","company":[{"target_object":"companies","domains":["navy.example.com"]}]}]`, `[{}]`},
		{`[{"target_object":"people","record_id":["` + grace + `"]}]`, `[{"referenced_actor_type":"system","referenced_actor_id":null}]`},
		{`[{"target_object":"people","created_by":[{}]},"@",""]`, `null`},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, linked, assignees string) {
		if !json.Valid([]byte(linked)) || !json.Valid([]byte(assignees)) {
			t.Skip("no JSON")
		}
		c := newOffice(t)
		got := c.send("POST", "/v2/tasks", `{"data":{"content":"","format":"plaintext","deadline_at":null,"is_completed":false,"linked_records":`+linked+`,"assignees":`+assignees+`}}`)
		switch tasks := c.server.Workspace("acme").Tasks(); {
		case got.Status == 200 && len(tasks) == 1:
		case (got.Status == 400 || got.Status == 404) && tasks == nil:
		default:
			t.Errorf("%d %s, and %d tasks", got.Status, got.Body, len(tasks))
		}
	})
}
