package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// searched is a workspace with records of every kind that searches distinguish, and another one whose records have the
// same names.
const searched = `
version: 1
users: {ada: {email: ada@example.com}, sven: {email: sven@example.com}}
workspaces:
  acme:
    members: {ada: admin, sven: suspended}
    tokens: {full: {scopes: all}, records: {scopes: [record_permission:read]}}
    objects:
      people:
        records:
          grace:
            name: {first_name: Grace, last_name: Hopper, full_name: Rear Admiral Grace Hopper}
            email_addresses: [Grace@Navy.example.com, grace@example.org]
            phone_numbers: ["+12125551234"]
            avatar_url: https://example.com/grace.png
            twitter: https://x.com/amazing
          nameless: {email_addresses: [nameless@example.com]}
      companies:
        attributes: {motto: {type: text}}
        records:
          navy: {name: Grace & Sons, domains: [navy.example.com, fleet.example.com], logo_url: "https://example.com/navy.png", motto: semper}
      deals:
        enabled: true
        records: {ship: {name: A ship for Grace, stage: Lead, owner: ada@example.com}}
      workspaces:
        enabled: true
        records: {hq: {workspace_id: w1, name: Graceland, avatar_url: "https://example.com/hq.png"}}
      projects:
        singular_noun: Project
        plural_noun: Projects
        attributes: {size: {type: number}, code: {type: text}, notes: {type: text}}
        records: {cobol: {size: 1, code: Graceful, notes: secret}, blank: {size: 2}}
  other:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects: {people: {records: {grace: {name: "Hopper, Grace"}}}}
`

// asWorkspace is the request_as of most searches.
var asWorkspace = map[string]any{"type": "workspace"}

func (c *client) search(query string, objects ...string) answer {
	c.t.Helper()
	return c.do(http.MethodPost, "/v2/objects/records/search", map[string]any{"query": query, "objects": objects, "request_as": asWorkspace})
}

// labels returns the labels of the records that a search found.
func (c *client) labels(query string, objects ...string) []string {
	c.t.Helper()
	got := c.search(query, objects...)
	var body struct {
		Data []struct {
			Text string `json:"record_text"`
		} `json:"data"`
	}
	if err := json.Unmarshal([]byte(got.Body), &body); err != nil || got.Status != http.StatusOK {
		c.t.Fatalf("%q: %d %s", query, got.Status, got.Body)
	}
	texts := []string{}
	for _, record := range body.Data {
		texts = append(texts, record.Text)
	}
	return texts
}

func foundJSON(object, key, rest string) string {
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + fake.ID("acme/objects/"+object) +
		`","record_id":"` + fake.ID("acme/"+object+"/"+key) + `"},` + rest + `}`
}

func TestSearchResultsHaveTheKeysOfTheirObject(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(searched))
	got := c.search("grace", "companies", "projects", "people", "deals", "workspaces", "people", fake.ID("acme/objects/people"))
	want := `{"data":[` + strings.Join([]string{
		foundJSON("companies", "navy", `"record_text":"Grace & Sons","record_image":"https://example.com/navy.png","object_slug":"companies",`+
			`"domains":["navy.example.com","fleet.example.com"]`),
		foundJSON("projects", "cobol", `"record_text":"Graceful","record_image":null,"object_slug":"projects"`),
		foundJSON("workspaces", "hq", `"record_text":"Graceland","record_image":"https://example.com/hq.png","object_slug":"workspaces"`),
		foundJSON("people", "grace", `"record_text":"Rear Admiral Grace Hopper","record_image":"https://example.com/grace.png","object_slug":"people",`+
			`"email_addresses":["grace@navy.example.com","grace@example.org"],"phone_numbers":["+12125551234"]`),
		foundJSON("deals", "ship", `"record_text":"A ship for Grace","record_image":null,"object_slug":"deals"`),
	}, ",") + `]}`
	if diff := cmp.Diff(answer{Status: 200, Body: want}, answer{Status: got.Status, Body: got.Body}); diff != "" {
		t.Error(diff)
	}
}

func TestALessThanCompleteRecordIsFoundWithWhatItHas(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(searched))
	for query, want := range map[string]string{
		"nameless": foundJSON("people", "nameless", `"record_text":"nameless@example.com","record_image":null,"object_slug":"people",`+
			`"email_addresses":["nameless@example.com"],"phone_numbers":[]`),
		"secret": "",
		"semper": "",
		"nobody": "",
	} {
		if diff := cmp.Diff(`{"data":[`+want+`]}`, c.search(query, "people", "companies", "projects").Body); diff != "" {
			t.Errorf("%q:\n%s", query, diff)
		}
	}
	blank := foundJSON("projects", "blank", `"record_text":"","record_image":null,"object_slug":"projects"`)
	if got := c.search("", "projects").Body; !strings.Contains(got, blank) {
		t.Errorf("%s is not in %s", blank, got)
	}
}

func TestASearchSeesEveryWriteAtOnceAndNoOtherWorkspace(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(searched))
	other := c.as(c.server.Token("other/full"))
	check := func(c *client, query string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(append([]string{}, want...), c.labels(query, "people")); diff != "" {
			t.Errorf("%q:\n%s", query, diff)
		}
	}
	check(c, "hopper", "Rear Admiral Grace Hopper")
	check(other, "hopper", "Grace Hopper")
	acme := c.server.Workspace("acme")
	acme.Create("people", fake.Values{"name": "Hopper, Edward", "twitter": "@nighthawks"})
	check(c, "hopper", "Edward Hopper", "Rear Admiral Grace Hopper")
	check(c, "nighthawks", "Edward Hopper")
	check(other, "hopper", "Grace Hopper")
	acme.Update("people", "grace", fake.Values{"name": "Murray, Grace"})
	check(c, "hopper", "Edward Hopper")
	check(c, "murray", "Grace Murray")
	acme.Delete("people", "grace")
	check(c, "murray")
	check(c, "+1 212 555 1234")
	c.server.Reset()
	check(c, "hopper", "Rear Admiral Grace Hopper")
}

func TestTheLimitOfASearch(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(searched))
	for range 30 {
		c.server.Workspace("acme").Create("companies", fake.Values{"name": "Repeated Ltd"})
	}
	for name, tc := range map[string]struct {
		limit any
		want  int
	}{
		"none":             {nil, 25},
		"one":              {1, 1},
		"the most":         {25, 25},
		"one and a half":   {1.5, 1},
		"some of a number": {json.Number("1e1"), 10},
	} {
		body := map[string]any{"query": "repeated", "objects": []string{"companies"}, "request_as": asWorkspace}
		if tc.limit != nil {
			body["limit"] = tc.limit
		}
		got := c.do(http.MethodPost, "/v2/objects/records/search", body)
		if found := strings.Count(got.Body, `"record_id"`); found != tc.want {
			t.Errorf("%s: %d records of %d, %d", name, found, tc.want, got.Status)
		}
	}
}

func TestWhoASearchIsRequestedAs(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(searched))
	unknown := func(what string) string {
		return refusal("400", "invalid_request_error", "value_not_found", "Workspace member with "+what+" not found.")
	}
	for name, tc := range map[string]struct {
		as   map[string]any
		want string // instead of a result
	}{
		"the workspace":         {as: asWorkspace},
		"a member by id":        {as: map[string]any{"type": "workspace-member", "workspace_member_id": strings.ToUpper(fake.ID("acme/members/ada"))}},
		"a member by e-mail":    {as: map[string]any{"type": "workspace-member", "email_address": "Ada@example.com"}},
		"a suspended member":    {as: map[string]any{"type": "workspace-member", "email_address": "sven@example.com"}},
		"with more than needed": {as: map[string]any{"type": "workspace", "email_address": "nobody"}},
		"an unknown id": {map[string]any{"type": "workspace-member", "workspace_member_id": fake.ID("acme/members/bob")},
			unknown(`ID "` + fake.ID("acme/members/bob") + `"`)},
		"a member of another workspace": {map[string]any{"type": "workspace-member", "workspace_member_id": fake.ID("other/members/ada")},
			unknown(`ID "` + fake.ID("other/members/ada") + `"`)},
		"an unknown e-mail address": {map[string]any{"type": "workspace-member", "email_address": "bob@example.com"},
			unknown(`email address "bob@example.com"`)},
	} {
		got := c.do(http.MethodPost, "/v2/objects/records/search", map[string]any{"query": "lead", "objects": []string{"people"}, "request_as": tc.as})
		want := answer{Status: 400, Body: tc.want}
		if tc.want == "" {
			want = answer{Status: 200, Body: `{"data":[]}`}
		}
		if diff := cmp.Diff(want, answer{Status: got.Status, Body: got.Body}); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestSearchesThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(searched))
	const (
		noUnion  = `{"code":"invalid","path":["request_as"],"message":"Invalid input"}`
		noQuery  = `{"code":"invalid_type","path":["query"],"message":"Required","expected":"string","received":"undefined"}`
		noObject = `{"code":"invalid_type","path":["objects"],"message":"Required","expected":"array","received":"undefined"}`
	)
	issues := func(issues ...string) string {
		return `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
			`"validation_errors":[` + strings.Join(issues, ",") + `]}`
	}
	noSuchObject := func(slugOrID string) string {
		return refusal("400", "invalid_request_error", "value_not_found", `Object with slug/ID "`+slugOrID+`" not found.`)
	}
	const valid = `"query":"x","objects":["people"],"request_as":{"type":"workspace"}`
	as := func(requestAs string) string {
		return `{"query":"x","objects":["people"],"request_as":` + requestAs + `}`
	}
	for name, tc := range map[string]struct{ body, want string }{
		"nothing is sent":              {``, issues(noQuery, noObject, noUnion)},
		"an empty object":              {`{}`, issues(noQuery, noObject, noUnion)},
		"wrapped in data":              {`{"data":{` + valid + `}}`, issues(noQuery, noObject, noUnion)},
		"no request_as":                {`{"query":"x","objects":["people"]}`, issues(noUnion)},
		"request_as null":              {as(`null`), issues(noUnion)},
		"request_as a string":          {as(`"workspace"`), issues(noUnion)},
		"an unknown type":              {as(`{"type":"app"}`), issues(noUnion)},
		"a member without a name":      {as(`{"type":"workspace-member"}`), issues(noUnion)},
		"an id that is no string":      {as(`{"type":"workspace-member","workspace_member_id":7}`), issues(noUnion)},
		"an id that is no UUID":        {as(`{"type":"workspace-member","workspace_member_id":"ada"}`), issues(`{"code":"invalid_string","path":["request_as","workspace_member_id"],"message":"Invalid uuid","string_validation":"uuid"}`)},
		"an e-mail that is none":       {as(`{"type":"workspace-member","email_address":"ada"}`), issues(`{"code":"invalid_string","path":["request_as","email_address"],"message":"Invalid email","string_validation":"email"}`)},
		"a query that is null":         {`{"query":null,"objects":["people"],"request_as":{"type":"workspace"}}`, issues(`{"code":"invalid_type","path":["query"],"message":"Expected string, received null","expected":"string","received":"null"}`)},
		"a query that is too long":     {`{"query":"` + strings.Repeat("é", 257) + `","objects":["people"],"request_as":{"type":"workspace"}}`, issues(`{"code":"too_big","path":["query"],"message":"String must contain at most 256 character(s)"}`)},
		"no objects":                   {`{"query":"x","objects":[],"request_as":{"type":"workspace"}}`, issues(`{"code":"too_small","path":["objects"],"message":"Array must contain at least 1 element(s)"}`)},
		"objects that are a string":    {`{"query":"x","objects":"people","request_as":{"type":"workspace"}}`, issues(`{"code":"invalid_type","path":["objects"],"message":"Expected array, received string","expected":"array","received":"string"}`)},
		"an object that is a number":   {`{"query":"x","objects":["people",1],"request_as":{"type":"workspace"}}`, issues(`{"code":"invalid_type","path":["objects",1],"message":"Expected string, received number","expected":"string","received":"number"}`)},
		"a limit of zero":              {`{"limit":0,` + valid + `}`, issues(`{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`)},
		"a limit over the most":        {`{"limit":26,` + valid + `}`, issues(`{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 25"}`)},
		"a limit that is a string":     {`{"limit":"5",` + valid + `}`, issues(`{"code":"invalid_type","path":["limit"],"message":"Expected number, received string","expected":"number","received":"string"}`)},
		"a limit that is null":         {`{"limit":null,` + valid + `}`, issues(`{"code":"invalid_type","path":["limit"],"message":"Expected number, received null","expected":"number","received":"null"}`)},
		"all at once":                  {`{"query":1,"limit":99,"objects":[]}`, issues(`{"code":"invalid_type","path":["query"],"message":"Expected string, received number","expected":"string","received":"number"}`, `{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 25"}`, `{"code":"too_small","path":["objects"],"message":"Array must contain at least 1 element(s)"}`, noUnion)},
		"an unknown object":            {`{"query":"x","objects":["people","foobar"],"request_as":{"type":"workspace"}}`, noSuchObject("foobar")},
		"an object that is off":        {`{"query":"x","objects":["users"],"request_as":{"type":"workspace"}}`, isOff("users")},
		"an object of another":         {`{"query":"x","objects":["` + fake.ID("other/objects/people") + `"],"request_as":{"type":"workspace"}}`, noSuchObject(fake.ID("other/objects/people"))},
		"object and member are absent": {`{"query":"x","objects":["foobar"],"request_as":{"type":"workspace-member","email_address":"bob@example.com"}}`, noSuchObject("foobar")},
	} {
		var body any
		if tc.body != "" {
			body = json.RawMessage(tc.body)
		}
		got := c.do(http.MethodPost, "/v2/objects/records/search", body)
		if diff := cmp.Diff(answer{Status: 400, Body: tc.want}, answer{Status: got.Status, Body: got.Body}); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestASearchNeedsBothScopes(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(searched))
	got := c.as(c.server.Token("acme/records")).search("grace", "people")
	if got.Status != http.StatusForbidden || !strings.Contains(got.Body, `"code":"unauthorized"`) {
		t.Errorf("got %d %s", got.Status, got.Body)
	}
}

func TestASearchWithoutRequestAsIsRefusedAsRecorded(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(recordedWorkspace))
	recording := contract.FindRecording(t, "kyle__records_global_search_0")
	got := contract.Do(t, c.http, c.server.URL, c.token, recording)
	for _, difference := range contract.Compare(recording, got, contract.Exact("code", "type", "message", "path")) {
		t.Error(difference)
	}
	const want = `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.",` +
		`"validation_errors":[{"code":"invalid","path":["request_as"],"message":"Invalid input"}]}`
	if diff := cmp.Diff(want, string(got.Body)); diff != "" {
		t.Error(diff)
	}
}
