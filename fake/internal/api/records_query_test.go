package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
)

// queryScenario has five companies and a person who works for one of them.
const queryScenario = `
version: 1
users: {ada: {email: ada@example.com, first_name: Ada}}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all}}
    objects:
      companies:
        records:
          a: {name: Alpha, domains: [alpha.com]}
          b: {name: beta, domains: [beta.com, app.beta.com]}
          c: {name: Gamma}
          d: {name: delta}
          e: {}
      people:
        records: {eve: {name: "Adams, Eve", company: {target_object: companies, target_record_id: "` + "%s" + `"}}}
`

func newQueryClient(t testing.TB) *client {
	t.Helper()
	return newClient(t, fake.YAML(fmt.Sprintf(queryScenario, fake.ID("acme/companies/b"))))
}

const companiesQuery = "/v2/objects/companies/records/query"

// names returns the names of the companies in an answer.
func names(t testing.TB, got answer) string {
	t.Helper()
	var body struct {
		Data []struct {
			Values struct {
				Name []struct {
					Value string `json:"value"`
				} `json:"name"`
			} `json:"values"`
		} `json:"data"`
	}
	if err := json.Unmarshal([]byte(got.Body), &body); err != nil || got.Status != http.StatusOK {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	var all []string
	for _, record := range body.Data {
		if len(record.Values.Name) == 0 {
			all = append(all, "-")
		} else {
			all = append(all, record.Values.Name[0].Value)
		}
	}
	return strings.Join(all, " ")
}

func TestAQueryAnswersAPageOfWholeRecords(t *testing.T) {
	t.Parallel()
	c := newQueryClient(t)
	got := c.send("POST", companiesQuery, `{"filter":{"name":"BETA"},"sorts":[],"unknown":1}`)
	record := c.get("/v2/objects/companies/records/" + fake.ID("acme/companies/b")).Body
	c.wants(got, 200, `{"data":[`+strings.TrimSuffix(strings.TrimPrefix(record, `{"data":`), `}`)+`]}`)
}

func TestQueriesFilterSortAndPage(t *testing.T) {
	t.Parallel()
	c := newQueryClient(t)
	const byName = `"sorts":[{"direction":"asc","attribute":"name"}]`
	for _, tc := range []struct{ body, want, score string }{
		{`{` + byName + `}`, "Alpha beta delta Gamma -", "84"},
		{`{"sorts":[{"direction":"desc","attribute":"name","field":"value"}]}`, "Gamma delta beta Alpha -", "84"},
		{`{` + byName + `,"limit":2}`, "Alpha beta", "84"},
		{`{` + byName + `,"limit":2,"offset":3}`, "Gamma -", "84"},
		{`{` + byName + `,"offset":9}`, "", "84"},
		{`{` + byName + `,"filter":{"name":{"$contains":"L"}}}`, "Alpha delta", "167"},
		{`{` + byName + `,"filter":{"$or":[{"name":"gamma"},{"domains":{"root_domain":"beta.com"}}]}}`, "beta Gamma", "251"},
		{`{"filter":{"path":[["companies","team"],["people","name"]],"constraints":{"first_name":"Eve"}}}`, "beta", "84"},
		{`{"sorts":[{"direction":"asc","path":[["companies","team"],["people","name"]],"field":"last_name"}],"limit":1}`, "beta", "84"},
		{`{"filter":{}}`, names(t, c.send("POST", companiesQuery, `{}`)), "0"},
	} {
		got := c.send("POST", companiesQuery, tc.body)
		if diff := cmp.Diff([2]string{tc.want, tc.score}, [2]string{names(t, got), got.Header.Get("X-Attio-Record-Query-Score")}); diff != "" {
			t.Errorf("%s: %s", tc.body, diff)
		}
	}
}

func TestRecordsComeInTheOrderOfTheirIDs(t *testing.T) {
	t.Parallel()
	c := newQueryClient(t)
	for _, body := range []string{"", "{}"} {
		got := c.send("POST", companiesQuery, body)
		last := ""
		for i, part := range strings.Split(got.Body, `"record_id":"`)[1:] {
			if id := part[:36]; id <= last {
				t.Errorf("%q: record %d is %s, after %s", body, i, id, last)
			} else {
				last = id
			}
		}
		if score := got.Header.Get("X-Attio-Record-Query-Score"); got.Status != 200 || last == "" || score != "0" {
			t.Errorf("%q: %d %s, score %s", body, got.Status, got.Body, score)
		}
	}
}

func TestQueriesAreRefused(t *testing.T) {
	t.Parallel()
	c := newQueryClient(t)
	issue := func(issues string) string {
		return `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Body payload validation error.","validation_errors":[` + issues + `]}`
	}
	const view = "11111111-2222-4333-8444-555555555555"
	for body, want := range map[string]string{
		`{"filter":null}`: issue(`{"code":"invalid_type","path":["filter"],"message":"Expected object, received null","expected":"object","received":"null"}`),
		`{"filter":[]}`:   issue(`{"code":"invalid_type","path":["filter"],"message":"Expected object, received array","expected":"object","received":"array"}`),
		`{"limit":0,"offset":-1}`: issue(`{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"},` +
			`{"code":"too_small","path":["offset"],"message":"Number must be greater than or equal to 0"}`),
		`{"limit":1001}`:                  issue(`{"code":"too_big","path":["limit"],"message":"Number must be less than or equal to 1000"}`),
		`{"limit":"9"}`:                   issue(`{"code":"invalid_type","path":["limit"],"message":"Expected number, received string","expected":"number","received":"string"}`),
		`{"sorts":{}}`:                    issue(`{"code":"invalid_type","path":["sorts"],"message":"Expected array, received object","expected":"array","received":"object"}`),
		`{"sorts":[{"direction":"asc"}]}`: issue(`{"code":"invalid","path":["sorts",0],"message":"Invalid input"}`),
		`{"sorts":[{"direction":"up","attribute":"name"}]}`:       issue(`{"code":"invalid","path":["sorts",0],"message":"Invalid input"}`),
		`{"filter_view_id":"x"}`:                                  issue(`{"code":"invalid_string","path":["filter_view_id"],"message":"Invalid uuid","string_validation":"uuid"}`),
		`{"filter_view_id":"` + view + `","filter":{"name":"x"}}`: issue(`{"code":"invalid","path":["filter_view_id"],"message":"Cannot be used together with filter"}`),
		`{"filter_view_id":"` + view + `"}`:                       refusal("400", "invalid_request_error", "value_not_found", `View with ID "`+view+`" not found.`),
		`{"filter":{"$or":[{"name":"x"},{"email":"x"}]}}`: `{"status_code":400,"type":"invalid_request_error",` +
			`"code":"unknown_filter_attribute_slug","message":"Unknown attribute slug: email.","path":["$or","1","email"]}`,
		`{"sorts":[{"direction":"asc","attribute":"team"}]}`: `{"status_code":400,"type":"invalid_request_error",` +
			`"code":"missing_sort_field","message":"Missing sort field for attribute \"team\" of type 'record-reference'","path":["sorts","0"]}`,
	} {
		c.wants(c.send("POST", companiesQuery, body), 400, want)
	}
	c.wants(c.send("POST", "/v2/objects/unicorns/records/query", "{}"), 404, notFound(`Object with slug/ID "unicorns" not found.`))
	c.wants(c.send("POST", "/v2/objects/deals/records/query", "{}"), 400, isOff("deals"))
	for _, body := range []string{
		`{"filter":{"path":[["deals","name"]],"constraints":{"value":"x"}}}`,
		`{"filter":{"path":[["companies","team"],["deals","name"]],"constraints":{"value":"x"}}}`,
		`{"filter":{"team":{"target_object":"deals"}}}`,
		`{"sorts":[{"direction":"asc","path":[["companies","team"],["deals","name"]]}]}`,
	} {
		c.wants(c.send("POST", companiesQuery, body), 400, isOff("deals"))
	}
}

func TestQueriesAreAnsweredAsRecorded(t *testing.T) {
	t.Parallel()
	for recorded, object := range map[string]string{
		"kyle__people_query_0": "people", "kyle__people_query_all_0": "people", "kyle__records_query_with_limit_0": "people",
		"nango__deals": "deals", "nango__records_1": "workspaces", "nango__records_2": "users",
		"nango__records_3": "test_object_1778881611", "nango__companies": "companies", "nango__people": "people",
	} {
		t.Run(recorded, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, fake.YAML(recordedWorkspace), fake.YAML(`{version: 1, workspaces: {acme: {objects: {
				deals: {enabled: true}, users: {enabled: true}, workspaces: {enabled: true}, test_object_1778881611: {singular_noun: Test, plural_noun: Tests}}}}}`))
			c.server.Freeze()
			recording := contract.FindRecording(t, recorded)
			c.makeRecorded(object, recording)
			got := contract.Do(t, c.http, c.server.URL, c.token, recording)
			want := recording.Answer.Header.Get("X-Attio-Record-Query-Score")
			if score := got.Header.Get("X-Attio-Record-Query-Score"); want != "" && score != want {
				t.Errorf("the score is %s, was %s", score, want)
			}
			options := []contract.Option{contract.Ignore(notWritten...), contract.Exact("title", "domain", "root_domain", "full_name", "email_address", "locality")}
			for _, difference := range contract.Compare(recording, got, options...) {
				t.Error(difference)
			}
		})
	}
}

// notWritten are the recorded attributes that no client can write, or that refer to things that were not recorded, and
// those that answers have only since then.
var notWritten = []string{
	"first_calendar_interaction", "last_calendar_interaction", "next_calendar_interaction", "first_email_interaction",
	"last_email_interaction", "first_interaction", "last_interaction", "next_interaction", "strongest_connection_strength_legacy",
	"strongest_connection_strength", "strongest_connection_user", "twitter_follower_count", "logo_url", "avatar_url",
	"team", "company", "created_by",
}

// makeRecorded makes the records of a recorded answer, one second apart.
func (c *client) makeRecorded(object string, recording contract.Recording) {
	c.t.Helper()
	var body struct {
		Data []struct {
			Values map[string][]map[string]any `json:"values"`
		} `json:"data"`
	}
	if err := json.Unmarshal(recording.Answer.Body, &body); err != nil {
		c.t.Fatal(err)
	}
	skipped := strings.Fields(strings.Join(notWritten, " ") + " record_id created_at associated_deals associated_users associated_workspaces")
	for _, record := range body.Data {
		for _, slug := range skipped {
			delete(record.Values, slug)
		}
		written := map[string]any{}
		for slug, values := range record.Values {
			all := []any{}
			for _, value := range values {
				all = append(all, writeForm(value))
			}
			written[slug] = all
		}
		got := c.do("POST", "/v2/objects/"+object+"/records", map[string]any{"data": map[string]any{"values": written}})
		if got.Status != 200 {
			c.t.Fatalf("%s: %s", got.Body, written)
		}
		c.server.Advance(time.Second)
	}
}

// writeForm converts a value from its read form to its write form.
func writeForm(value map[string]any) any {
	switch value["attribute_type"] {
	case "select":
		return value["option"].(map[string]any)["title"]
	case "domain":
		return value["domain"]
	case "email-address":
		return value["original_email_address"]
	case "currency":
		return value["currency_value"]
	case "personal-name", "location":
		for _, key := range []string{"active_from", "active_until", "created_by_actor", "attribute_type"} {
			delete(value, key)
		}
		return value
	}
	return value["value"]
}
