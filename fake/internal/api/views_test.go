package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

const viewScenario = `
version: 1
users: {ada: {email: ada@example.com}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}, reader: {scopes: [object_configuration:read, record_permission:read]}}
  globex:
    tokens: {full: {scopes: all}}
`

// newViewClient starts a server whose clock is frozen.
func newViewClient(t testing.TB) *client {
	t.Helper()
	return newClient(t, fake.YAML(viewScenario), fake.FixedClock(time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)))
}

const peopleViews = "/v2/objects/people/views"

// J is a body.
type J = map[string]any

// made is the part of an answer with the ids of a new thing.
type made struct {
	Data struct {
		ID struct {
			ObjectID    string `json:"object_id"`
			ViewID      string `json:"view_id"`
			AttributeID string `json:"attribute_id"`
			RecordID    string `json:"record_id"`
			StatusID    string `json:"status_id"`
		} `json:"id"`
	} `json:"data"`
}

// make sends a POST that must succeed.
func (c *client) make(path string, data J) made {
	c.t.Helper()
	var m made
	got := c.do(http.MethodPost, path, J{"data": data})
	if err := json.Unmarshal([]byte(got.Body), &m); err != nil || got.Status != 200 {
		c.t.Fatalf("POST %s: %d %s (%v)", path, got.Status, got.Body, err)
	}
	return m
}

func (c *client) makeView(data J) string {
	c.t.Helper()
	return c.make(peopleViews, data).Data.ID.ViewID
}

func tableView(title string) J { return J{"title": title, "type": "table"} }

// whole is the answer with a single view.
func whole(view, title, rest string) string {
	return `{"data":` + strings.TrimSuffix(listed(view, title), "}") + `,` + rest + `}}`
}

// listed is a view in a listing.
func listed(view, title string) string {
	return `{"id":{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + fake.ID("acme/objects/people") + `","view_id":"` + view + `"},` +
		`"title":` + quote(title) + `,"created_at":"2026-01-15T12:00:00.000000000Z"}`
}

const (
	emptyTable    = `"type":"table","is_archived":false,"filter":null,"sorts":[],"attributes":[],"kanban":null,` + emptyMetadata
	emptyMetadata = `"metadata":{"attributes":{},"objects":{},"options":{},"statuses":{}}`
)

func TestTheViewOfTheDocumentationsExampleIsMade(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	id := c.makeView(J{
		"title": "Leads", "type": "table",
		"filter":     J{"attribute": "name", "op": "contains", "value": "Ada"},
		"sorts":      []J{{"attribute": "name", "field": "last_name", "direction": "asc"}},
		"attributes": []J{{"attribute": "name", "field": "first_name"}},
	})
	name := fake.ID("acme/objects/people/attributes/name")
	c.wants(c.get(peopleViews+"/"+id), 200, whole(id, "Leads", `"type":"table","is_archived":false,`+
		`"filter":{"attribute":"`+name+`","op":"contains","value":"Ada"},`+
		`"sorts":[{"attribute":"`+name+`","field":"last_name","direction":"asc"}],`+
		`"attributes":[{"attribute":"`+name+`","field":"first_name"}],"kanban":null,`+
		`"metadata":{"attributes":{"`+name+`":{"title":"Name","api_slug":"name"}},"objects":{},"options":{},"statuses":{}}`))
}

func TestABoardIsMadeAndChanged(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	attribute := func(slug, kind string) string {
		return c.make("/v2/objects/companies/attributes", J{
			"title": slug, "description": nil, "api_slug": slug, "type": kind,
			"is_required": false, "is_unique": false, "is_multiselect": false, "config": J{},
		}).Data.ID.AttributeID
	}
	stage, size := attribute("stage", "status"), attribute("size", "number")
	won := c.make("/v2/objects/companies/attributes/stage/statuses", J{"title": "Won"}).Data.ID.StatusID
	name, company := fake.ID("acme/objects/people/attributes/name"), fake.ID("acme/objects/people/attributes/company")
	companies := fake.ID("acme/objects/companies")

	id := c.makeView(J{
		"title": "Board", "type": "kanban",
		"filter": J{"or": []J{
			{"attribute": []any{"company", J{"object": "companies", "attribute": "stage"}}, "op": "eq", "value": "Won"},
			{"attribute": name, "op": "not_empty"},
		}},
		"kanban": J{
			"status_attribute":      []any{"company", J{"object": companies, "attribute": stage}},
			"show_no_status_column": true,
			"aggregation":           J{"attribute": []any{"company", J{"object": "companies", "attribute": "size"}}, "type": "sum"},
		},
	})
	path := func(attribute string) string {
		return `["` + company + `",{"object":"` + companies + `","attribute":"` + attribute + `"}]`
	}
	filter := `"filter":{"or":[{"attribute":` + path(stage) + `,"op":"eq","value":"` + won + `"},{"attribute":"` + name + `","op":"not_empty"}]}`
	names := map[string]string{
		name:    `"` + name + `":{"title":"Name","api_slug":"name"}`,
		company: `"` + company + `":{"title":"Company","api_slug":"company"}`,
		stage:   `"` + stage + `":{"title":"stage","api_slug":"stage"}`,
		size:    `"` + size + `":{"title":"size","api_slug":"size"}`,
	}
	metadata := func(attributes ...string) string {
		slices.Sort(attributes)
		for i, id := range attributes {
			attributes[i] = names[id]
		}
		return `"metadata":{"attributes":{` + strings.Join(attributes, ",") + `},"objects":{"` + companies +
			`":{"title":"Companies","api_slug":"companies"}},"options":{},"statuses":{"` + won + `":{"title":"Won"}}}`
	}
	c.wants(c.get(peopleViews+"/"+id), 200, whole(id, "Board", `"type":"kanban","is_archived":false,`+filter+`,"sorts":[],"attributes":[],`+
		`"kanban":{"status_attribute":`+path(stage)+`,"show_no_status_column":true,`+
		`"aggregation":{"attribute":`+path(size)+`,"type":"sum"}},`+metadata(name, company, stage, size)))

	change := func(data J) answer { return c.do(http.MethodPatch, peopleViews+"/"+id, J{"data": data}) }
	c.wants(change(J{"kanban": J{"status_attribute": []any{"company", J{"object": "companies", "attribute": "stage"}}}}), 200,
		whole(id, "Board", `"type":"kanban","is_archived":false,`+filter+`,"sorts":[],"attributes":[],`+
			`"kanban":{"status_attribute":`+path(stage)+`,"show_no_status_column":false,"aggregation":null},`+metadata(name, company, stage)))
	c.wants(change(J{"kanban": nil}), 400, validation("Body payload validation error.",
		`{"code":"invalid_type","path":["data","kanban"],"message":"Required","expected":"object","received":"undefined"}`))
	c.wants(change(J{"type": "table", "filter": nil}), 200, whole(id, "Board", emptyTable))
	c.wants(change(J{"title": "Table"}), 200, whole(id, "Table", emptyTable))
}

// validation is the error for a request of the wrong shape.
func validation(message string, issues ...string) string {
	return `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":` + quote(message) +
		`,"validation_errors":[` + strings.Join(issues, ",") + `]}`
}

func TestAViewIsChanged(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	id := c.makeView(tableView("Old"))
	change := func(data J) answer { return c.do(http.MethodPatch, peopleViews+"/"+id, J{"data": data}) }
	c.wants(change(J{"title": "New"}), 200, whole(id, "New", emptyTable))
	c.wants(change(J{"is_archived": true}), 200, whole(id, "New", strings.Replace(emptyTable, `"is_archived":false`, `"is_archived":true`, 1)))
	c.wants(c.get(peopleViews), 200, `{"data":[],"pagination":{"next_cursor":null}}`)
	c.wants(c.get(peopleViews+"?show_archived=true"), 200, `{"data":[`+listed(id, "New")+`],"pagination":{"next_cursor":null}}`)
	c.wants(change(J{"is_archived": false}), 200, whole(id, "New", emptyTable))
	c.wants(c.get(peopleViews), 200, `{"data":[`+listed(id, "New")+`],"pagination":{"next_cursor":null}}`)
}

func TestAViewIsDeleted(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	id := c.makeView(tableView("Gone"))
	archived := c.makeView(tableView("Archived"))
	c.do(http.MethodPatch, peopleViews+"/"+archived, J{"data": J{"is_archived": true}})
	for _, id := range []string{id, archived} {
		c.wants(c.do(http.MethodDelete, peopleViews+"/"+id, nil), 200, `{}`)
		c.wants(c.do(http.MethodDelete, peopleViews+"/"+id, nil), 404, notFound(`View with ID "`+id+`" not found.`))
	}
	c.wants(c.get(peopleViews+"?show_archived=true"), 200, `{"data":[],"pagination":{"next_cursor":null}}`)
}

func TestViewsGoWithTheirObject(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	object := J{"api_slug": "projects", "singular_noun": "Project", "plural_noun": "Projects"}
	c.make("/v2/objects", object)
	view := c.make("/v2/objects/projects/views", tableView("All")).Data.ID.ViewID
	c.wants(c.do(http.MethodDelete, "/v2/objects/projects", nil), 200, `{}`)
	c.wants(c.get("/v2/objects/projects/views/"+view), 404, notFound(`Object with slug/ID "projects" not found.`))
	c.make("/v2/objects", object)
	c.wants(c.get("/v2/objects/projects/views"), 200, `{"data":[],"pagination":{"next_cursor":null}}`)
}

func TestAnUnknownViewIsNotFound(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	id := c.makeView(tableView("All"))
	globex := c.as(c.server.Token("globex"))
	foreign := globex.makeView(tableView("Theirs"))
	const unknown = "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
	for name, tc := range map[string]struct {
		path   string
		status int
		body   string
	}{
		"an unknown view":             {peopleViews + "/" + unknown, 404, notFound(`View with ID "` + unknown + `" not found.`)},
		"a view of another object":    {"/v2/objects/companies/views/" + id, 404, notFound(`View with ID "` + id + `" not found.`)},
		"a view of another workspace": {peopleViews + "/" + foreign, 404, notFound(`View with ID "` + foreign + `" not found.`)},
		"an unknown object":           {"/v2/objects/robots/views/" + id, 404, notFound(`Object with slug/ID "robots" not found.`)},
		"an object that is off":       {"/v2/objects/deals/views/" + id, 400, isOff("deals")},
		"a list, of which none exist": {"/v2/lists/sales/views/" + id, 404, notFound(`List with slug/ID "sales" not found.`)},
		"what is no UUID": {peopleViews + "/mine", 400, validation("Path params validation error",
			`{"code":"invalid_string","path":["view_id"],"message":"Invalid uuid","string_validation":"uuid"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := c.in(t)
			c.wants(c.get(tc.path), tc.status, tc.body)
			c.wants(c.do(http.MethodPatch, tc.path, J{"data": J{"title": "New"}}), tc.status, tc.body)
			c.wants(c.do(http.MethodDelete, tc.path, nil), tc.status, tc.body)
		})
	}
	c.wants(c.get("/v2/objects/robots/views"), 404, notFound(`Object with slug/ID "robots" not found.`))
	c.wants(c.get("/v2/lists/sales/views"), 404, notFound(`List with slug/ID "sales" not found.`))
	c.wants(c.do(http.MethodPost, "/v2/lists/sales/views", J{"data": tableView("All")}), 404, notFound(`List with slug/ID "sales" not found.`))
}

func TestViewsNeedTheirScopes(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	id := c.makeView(tableView("All"))
	reader := c.as(c.server.Token("acme/reader"))
	missing := func(access string) string {
		return refusal("403", "auth_error", "unauthorized", "The API Key provided is not authorized to perform the requested action. "+
			"This request requires scopes: "+access+" access to the Views scope.")
	}
	reader.wants(reader.get(peopleViews), 200, `{"data":[`+listed(id, "All")+`],"pagination":{"next_cursor":null}}`)
	reader.wants(reader.get(peopleViews+"/"+id), 403, missing("Read"))
	reader.wants(reader.do(http.MethodPost, peopleViews, J{}), 403, missing("Read-Write"))
	reader.wants(reader.do(http.MethodPatch, peopleViews+"/"+id, J{}), 403, missing("Read-Write"))
	reader.wants(reader.do(http.MethodDelete, peopleViews+"/"+id, nil), 403, missing("Read-Write"))
}

func TestViewsAreListedAsRecorded(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	c.makeView(tableView("Recently Contacted People"))
	recording := contract.FindRecording(t, "kyle__views_list_for_people_0")
	got := contract.Do(t, c.http, c.server.URL, c.token, recording)
	for _, difference := range contract.Compare(recording, got, contract.Exact("title"), contract.StrictNull()) {
		t.Error(difference)
	}
}

// listing is the answer with a list of views.
type listing struct {
	Data []struct {
		ID struct {
			ViewID string `json:"view_id"`
		} `json:"id"`
	} `json:"data"`
	Pagination struct {
		NextCursor *string `json:"next_cursor"`
	} `json:"pagination"`
}

func (c *client) listViews(path string, query url.Values) (views []string, next string) {
	c.t.Helper()
	got := c.get(path + "?" + query.Encode())
	var l listing
	if err := json.Unmarshal([]byte(got.Body), &l); err != nil || got.Status != 200 {
		c.t.Fatalf("GET %s?%s: %d %s (%v)", path, query.Encode(), got.Status, got.Body, err)
	}
	for _, view := range l.Data {
		views = append(views, view.ID.ViewID)
	}
	if l.Pagination.NextCursor != nil {
		next = *l.Pagination.NextCursor
	}
	return views, next
}

func TestViewsAreListedPageByPage(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	var all []string
	for i := range 5 {
		all = append(all, c.makeView(tableView(fmt.Sprint(i))))
	}
	slices.Sort(all)
	for limit, want := range map[string][][]string{
		"":     {all},
		"1000": {all},
		"5":    {all},
		"4":    {all[:4], all[4:]},
		"2":    {all[:2], all[2:4], all[4:]},
		"1":    {all[:1], all[1:2], all[2:3], all[3:4], all[4:]},
	} {
		query := url.Values{}
		if limit != "" {
			query.Set("limit", limit)
		}
		var got [][]string
		for {
			views, next := c.listViews(peopleViews, query)
			got = append(got, views)
			if next == "" {
				break
			}
			query.Set("cursor", next)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("limit %q: %s", limit, diff)
		}
	}
}

func TestListingViewsTakesOnlyItsOwnParameters(t *testing.T) {
	t.Parallel()
	c := newViewClient(t)
	for range 3 {
		c.makeView(tableView("View"))
	}
	_, cursor := c.listViews(peopleViews, url.Values{"limit": {"1"}})
	companies := "/v2/objects/companies/views"
	for range 2 {
		c.make(companies, tableView("View"))
	}
	_, ofCompanies := c.listViews(companies, url.Values{"limit": {"1"}})
	_, withArchived := c.listViews(peopleViews, url.Values{"limit": {"1"}, "show_archived": {"true"}})
	globex := c.as(c.server.Token("globex"))
	for range 2 {
		globex.makeView(tableView("View"))
	}
	_, foreign := globex.listViews(peopleViews, url.Values{"limit": {"1"}})

	const badCursor = `{"code":"invalid","path":["cursor"],"message":"Invalid cursor"}`
	for query, issue := range map[string]string{
		"limit=0":                  `{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`,
		"limit=-1":                 `{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`,
		"limit=1001":               `{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 1000"}`,
		"limit=1.5":                `{"code":"invalid_type","path":["limit"],"message":"Expected integer, received float","expected":"integer","received":"float"}`,
		"limit=many":               `{"code":"invalid_type","path":["limit"],"message":"Expected number, received nan","expected":"number","received":"nan"}`,
		"show_archived=yes":        `{"code":"invalid_option","path":["show_archived"],"message":"Invalid enum value. Expected 'true' | 'false', received 'yes'","options":["true","false"]}`,
		"cursor=a&cursor=b":        `{"code":"invalid_type","path":["cursor"],"message":"Expected string, received array","expected":"string","received":"array"}`,
		"cursor=":                  badCursor,
		"cursor=abc":               badCursor,
		"cursor=" + cursor[1:]:     badCursor,
		"cursor=" + cursor + "=":   badCursor,
		"cursor=" + ofCompanies:    badCursor,
		"cursor=" + withArchived:   badCursor,
		"cursor=" + foreign:        badCursor,
		"cursor=" + cursor + "%0A": badCursor,
	} {
		c.wants(c.get(peopleViews+"?"+query), 400, validation("Query params validation error.", issue))
	}
	byID := "/v2/objects/" + fake.ID("acme/objects/people") + "/views"
	for _, same := range []string{peopleViews + "?limit=2&cursor=" + cursor, byID + "?zzz=x&show_archived=false&cursor=" + cursor} {
		if got := c.get(same); got.Status != 200 {
			t.Errorf("%s: %d %s", same, got.Status, got.Body)
		}
	}
}

// Views that exist all along are listed exactly once, whatever is created and deleted between the pages.
func TestPagesOfViewsNeitherRepeatNorSkip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c := newViewClient(t)
		var there []string
		for range rapid.IntRange(0, 8).Draw(rt, "views") {
			there = append(there, c.makeView(tableView("View")))
		}
		stayed := slices.Clone(there)
		var got []string
		query := url.Values{"limit": {fmt.Sprint(rapid.IntRange(1, 4).Draw(rt, "limit"))}}
		for {
			views, next := c.listViews(peopleViews, query)
			got = append(got, views...)
			if next == "" {
				break
			}
			query.Set("cursor", next)
			if rapid.Bool().Draw(rt, "one comes") {
				there = append(there, c.makeView(tableView("New")))
			}
			if rapid.Bool().Draw(rt, "one goes") {
				i := rapid.IntRange(0, len(there)-1).Draw(rt, "which")
				c.wants(c.do(http.MethodDelete, peopleViews+"/"+there[i], nil), 200, `{}`)
				stayed = slices.DeleteFunc(stayed, func(id string) bool { return id == there[i] })
				there = slices.Delete(there, i, i+1)
			}
			if len(there) == 0 {
				there = append(there, c.makeView(tableView("Last")))
			}
		}
		if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			rt.Errorf("not in order, or one twice: %v", got)
		}
		for _, id := range stayed {
			if !slices.Contains(got, id) {
				rt.Errorf("%s was there all along, and not listed: %v", id, got)
			}
		}
	})
}
