package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// newSales has a list with attributes for every rule about writing entries.
func newSales(t testing.TB) *client {
	t.Helper()
	c := newListClient(t)
	c.list("sales", "people", noGrants)
	c.listAttribute("sales", "stage", "status")
	for _, title := range []string{"Lead", "Won"} {
		c.must("POST", "/v2/lists/sales/attributes/stage/statuses", `{"data":{"title":`+quote(title)+`}}`)
	}
	c.listAttribute("sales", "tags", "domain", `"is_multiselect":true`)
	c.listAttribute("sales", "code", "text", `"is_unique":true`)
	c.listAttribute("sales", "rank", "number", `"default_value":{"type":"static","template":[7]}`)
	c.listAttribute("sales", "mentor", "record-reference")
	c.server.SetTime(noon)
	return c
}

// entryBody is the body of a new entry for a record.
func entryBody(object, record, values string) string {
	return fmt.Sprintf(`{"data":{"parent_object":"%s","parent_record_id":"%s","entry_values":%s}}`, object, record, values)
}

// entry makes or upserts an entry, one second after the previous write, and returns its id.
func (c *client) entry(method, list, object, record, values string) string {
	c.t.Helper()
	c.server.Advance(time.Second)
	return idIn(c.t, c.must(method, "/v2/lists/"+list+"/entries", entryBody(object, record, values)), "entry_id")
}

// changed changes an entry of sales, one second after the previous write.
func (c *client) changed(method, entry, values string) {
	c.t.Helper()
	c.server.Advance(time.Second)
	c.must(method, "/v2/lists/sales/entries/"+entry, `{"data":{"entry_values":`+values+`}}`)
}

// entryShows checks all values of an entry of sales for an attribute.
func (c *client) entryShows(id, slug string, want ...string) {
	c.t.Helper()
	if diff := cmp.Diff(`{"data":`+list(want...)+`}`, c.get("/v2/lists/sales/entries/"+id+"/attributes/"+slug+"/values").Body); diff != "" {
		c.t.Errorf("%s of %s (-want +got):\n%s", slug, id, diff)
	}
}

func TestANewEntryIsAnsweredWhole(t *testing.T) {
	t.Parallel()
	for verb, version := range map[string]byte{"POST": '4', "PUT": '5'} {
		t.Run(verb, func(t *testing.T) {
			t.Parallel()
			c := newSales(t)
			person := c.saved("POST", "people/records", `{}`)
			sales := idIn(t, c.get("/v2/lists/sales").Body, "list_id")
			got := c.must(verb, "/v2/lists/sales/entries", entryBody("people", person, `{"tags":["b.com","a.com"],"code":"X","mentor":`+to("people", person)+`}`))
			id := idIn(t, got, "entry_id")
			want := `{"data":{"id":{"workspace_id":"` + fake.ID("acme") + `","list_id":"` + sales + `","entry_id":"` + id + `"},` +
				`"parent_record_id":"` + person + `","parent_object":"people","created_at":"` + stamp(1) + `","entry_values":{` +
				`"entry_id":` + list(heldText(1, id)) +
				`,"created_at":` + list(held(1, text(stamp(1)), "timestamp")) +
				`,"created_by":` + list(held(1, `"referenced_actor_type":"api-token","referenced_actor_id":"`+fake.ID("acme/tokens/full")+`"`, "actor-reference")) +
				`,"stage":[]` +
				`,"tags":` + list(heldDomain(1, "b.com"), heldDomain(1, "a.com")) +
				`,"code":` + list(heldText(1, "X")) +
				`,"rank":` + list(held(1, `"value":7`, "number")) +
				`,"mentor":` + list(heldReference(1, "people", person)) + `}}}`
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("answered (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(want, c.get("/v2/lists/"+sales+"/entries/"+strings.ToUpper(id)).Body); diff != "" {
				t.Errorf("read again (-want +got):\n%s", diff)
			}
			if id[14] != version {
				t.Errorf("the id %s is no UUIDv%c", id, version)
			}
		})
	}
}

func TestARecordMayHaveSeveralEntriesAndAnUpsertFindsOne(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	one, two := c.saved("POST", "people/records", `{}`), c.saved("POST", "people/records", `{}`)
	first := c.entry("PUT", "sales", "people", one, `{"tags":["a.com"],"code":"A"}`)
	if again := c.entry("PUT", "sales", fake.ID("acme/objects/people"), one, `{"tags":["b.com"]}`); again != first {
		t.Errorf("the upsert made %s beside %s", again, first)
	}
	c.entryShows(first, "tags", heldDomain(4, "b.com"))
	c.entryShows(first, "code", heldText(3, "A"))
	if other := c.entry("PUT", "sales", "people", two, `{}`); other == first {
		t.Error("the upsert of another record's entry found the first")
	}
	if second := c.entry("POST", "sales", "people", one, `{}`); second == first {
		t.Error("the second entry is the first")
	}
	before := c.query(`{}`)
	want := badRequest("multiple_match_results", "Multiple entries were founds for the given parent record. Please remove duplicates or use the update or create entry endpoints instead.")
	if diff := cmp.Diff(want, c.send("PUT", "/v2/lists/sales/entries", entryBody("people", one, `{"code":"Z"}`)).Body); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, c.query(`{}`)); diff != "" {
		t.Errorf("the refused upsert changed the list:\n%s", diff)
	}
}

func TestChangesOfAnEntry(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		verb, sent string   // to an entry that has had a.com and b.com since second 2
		want       []string // in second 3
	}{
		"PATCH puts new values in front":         {"PATCH", `{"tags":["c.com","a.com"]}`, []string{heldDomain(3, "c.com"), heldDomain(2, "a.com"), heldDomain(2, "b.com")}},
		"PUT makes them the ones sent":           {"PUT", `{"tags":["c.com","b.com"]}`, []string{heldDomain(3, "c.com"), heldDomain(2, "b.com")}},
		"PUT with none clears":                   {"PUT", `{"tags":[]}`, nil},
		"what is not mentioned stays":            {"PUT", `{"code":"Y"}`, []string{heldDomain(2, "a.com"), heldDomain(2, "b.com")}},
		"the same values again change nothing":   {"PATCH", `{"tags":["a.com"]}`, []string{heldDomain(2, "a.com"), heldDomain(2, "b.com")}},
		"the same values over again stay as old": {"PUT", `{"tags":["a.com","b.com"]}`, []string{heldDomain(2, "a.com"), heldDomain(2, "b.com")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newSales(t)
			person := c.saved("POST", "people/records", `{}`)
			id := c.entry("POST", "sales", "people", person, `{"tags":["a.com","b.com"],"code":"X"}`)
			c.changed(tc.verb, id, tc.sent)
			c.entryShows(id, "tags", tc.want...)
		})
	}
}

func TestTheHistoryOfAStage(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	person := c.saved("POST", "people/records", `{}`)
	id := c.entry("POST", "sales", "people", person, `{"stage":"Lead"}`)
	c.changed("PATCH", id, `{"stage":{"status":"Won"}}`)
	c.changed("PATCH", id, `{"stage":"Won"}`)
	c.changed("PATCH", id, `{"stage":["Lead"]}`)
	var stages struct {
		Data []struct {
			From   string  `json:"active_from"`
			Until  *string `json:"active_until"`
			Status struct{ Title string }
		}
	}
	for query, want := range map[string][]string{
		"":                            {"Lead from " + stamp(5)},
		"?show_historic=true":         {"Lead from " + stamp(2) + " until " + stamp(3), "Won from " + stamp(3) + " until " + stamp(5), "Lead from " + stamp(5)},
		"?show_historic=true&limit=1": {"Lead from " + stamp(2) + " until " + stamp(3)},
	} {
		decode(t, c.get("/v2/lists/sales/entries/"+id+"/attributes/stage/values"+query).Body, &stages)
		var got []string
		for _, s := range stages.Data {
			line := s.Status.Title + " from " + s.From
			if s.Until != nil {
				line += " until " + *s.Until
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
		stages.Data = nil
	}
}

func TestWritesOfEntriesThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	const stranger = "891dcbfc-9141-415d-9b2a-2238a6cc012d"
	person := c.saved("POST", "people/records", `{}`)
	company := c.saved("POST", "companies/records", `{}`)
	entry := c.entry("POST", "sales", "people", person, `{"code":"X"}`)
	other := c.entry("POST", "sales", "people", person, `{"code":"Y"}`)
	lone := c.saved("POST", "people/records", `{}`)
	mismatch := badRequest("validation_type", `Records of object with slug/ID "companies" cannot be added to list "sales", which has another parent object.`)
	noRecord := unknownValue("Parent record with slug/ID \"%s\" not found.", stranger)
	fixed := badRequest("immutable_value", "The parent record for a list entry cannot be updated once created.")
	noAttribute := unknownValue("Cannot find attribute with slug/ID \"zzz\".")
	missingAll := badShape(required("parent_record_id", "string"), required("parent_object", "string"), required("entry_values", "object"))
	unknownKey := badShape(`{"code":"unrecognized_keys","path":["data"],"message":"Unrecognized key(s) in object: 'more'"}`)
	before := c.query(`{}`)
	for name, tc := range map[string]struct{ method, path, body, want string }{
		"of no record":                        {"POST", "sales/entries", entryBody("people", stranger, `{}`), noRecord},
		"of no record, upserted":              {"PUT", "sales/entries", entryBody("people", stranger, `{}`), noRecord},
		"of a record of another object":       {"POST", "sales/entries", entryBody("people", company, `{}`), unknownValue("Parent record with slug/ID \"%s\" not found.", company)},
		"of another object":                   {"POST", "sales/entries", entryBody("companies", company, `{}`), mismatch},
		"of another object, upserted":         {"PUT", "sales/entries", entryBody("companies", company, `{}`), mismatch},
		"of no object":                        {"POST", "sales/entries", entryBody("robots", person, `{}`), unknownValue("Object with slug/ID \"robots\" not found.")},
		"on no list":                          {"POST", "zzz/entries", entryBody("people", person, `{}`), notFound(`Could not find list with slug/ID "zzz".`)},
		"on no list, upserted":                {"PUT", "zzz/entries", entryBody("people", person, `{}`), notFound(`List with slug/ID "zzz" was not found.`)},
		"on no list, changed":                 {"PATCH", "zzz/entries/" + entry, `{"data":{"entry_values":{}}}`, notFound(`List with slug/ID "zzz" not found.`)},
		"on no list, overwritten":             {"PUT", "zzz/entries/" + entry, `{"data":{"entry_values":{}}}`, notFound(`List with slug/ID "zzz" not found.`)},
		"on no list, read":                    {"GET", "zzz/entries/" + entry, "", notFound(`List with slug/ID "zzz" not found.`)},
		"on no list, deleted":                 {"DELETE", "zzz/entries/" + entry, "", notFound(`List with slug/ID "zzz" not found.`)},
		"on no list, queried":                 {"POST", "zzz/entries/query", `{}`, notFound(`List with slug/ID "zzz" not found.`)},
		"on no list, its values":              {"GET", "zzz/entries/" + entry + "/attributes/code/values", "", notFound(`List with slug/ID "zzz" not found.`)},
		"unknown, changed":                    {"PATCH", "sales/entries/" + stranger, `{"data":{"entry_values":{}}}`, notFound(`Entry with ID "` + stranger + `" not found.`)},
		"unknown, read":                       {"GET", "sales/entries/" + stranger, "", notFound(`Entry with ID "` + stranger + `" not found.`)},
		"unknown, deleted":                    {"DELETE", "sales/entries/" + stranger, "", notFound(`Entry with ID "` + stranger + `" not found.`)},
		"unknown, its values":                 {"GET", "sales/entries/" + stranger + "/attributes/code/values", "", notFound(`Entry with ID "` + stranger + `" not found.`)},
		"a record's id is no entry's":         {"GET", "sales/entries/" + person, "", notFound(`Entry with ID "` + person + `" not found.`)},
		"the values of no attribute":          {"GET", "sales/entries/" + entry + "/attributes/zzz/values", "", notFound(`Attribute with slug/ID "zzz" not found.`)},
		"the values of the parent":            {"GET", "sales/entries/" + entry + "/attributes/parent_record/values", "", notFound(`Attribute with slug/ID "parent_record" not found.`)},
		"with an unknown attribute":           {"POST", "sales/entries", entryBody("people", person, `{"zzz":1}`), noAttribute},
		"with an unknown attribute, upserted": {"PUT", "sales/entries", entryBody("people", lone, `{"zzz":1}`), noAttribute},
		"with another's unique value":         {"POST", "sales/entries", entryBody("people", person, `{"code":"X"}`), conflict("code", entry)},
		"changed to another's unique value":   {"PATCH", "sales/entries/" + other, `{"data":{"entry_values":{"code":"X"}}}`, conflict("code", entry)},
		"with an unknown status":              {"POST", "sales/entries", entryBody("people", person, `{"stage":"Lost"}`), unknownValue("Cannot find Status with title \"Lost\".")},
		"moved to another parent":             {"PATCH", "sales/entries/" + entry, `{"data":{"entry_values":{"parent_record":` + to("people", lone) + `}}}`, fixed},
		"moved to another parent by PUT":      {"PUT", "sales/entries/" + entry, `{"data":{"entry_values":{"parent_record":[]}}}`, fixed},
		"changed with the parent beside":      {"PATCH", "sales/entries/" + entry, `{"data":{"parent_record_id":"` + lone + `","entry_values":{}}}`, fixed},
		"changed with the object beside":      {"PUT", "sales/entries/" + entry, `{"data":{"parent_object":"people","entry_values":{}}}`, fixed},
		"changed with something else beside":  {"PATCH", "sales/entries/" + entry, `{"data":{"parent_object":"people","entry_values":{},"more":1}}`, unknownKey},
		"of nothing":                          {"POST", "sales/entries", `{"data":{}}`, missingAll},
		"of nothing, upserted":                {"PUT", "sales/entries", `{"data":{}}`, missingAll},
		"changed without values":              {"PATCH", "sales/entries/" + entry, `{"data":{}}`, badShape(required("entry_values", "object"))},
		"of text that is not an id": {"POST", "sales/entries", entryBody("people", "ada", `{}`),
			badShape(`{"code":"invalid_string","path":["data","parent_record_id"],"message":"Invalid uuid","string_validation":"uuid"}`)},
		"with text that is not an id": {"GET", "sales/entries/ada", "", `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Path params validation error",` +
			`"validation_errors":[{"code":"invalid_string","path":["entry_id"],"message":"Invalid uuid","string_validation":"uuid"}]}`},
	} {
		if diff := cmp.Diff(tc.want, c.send(tc.method, "/v2/lists/"+tc.path, tc.body).Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(before, c.query(`{}`)); diff != "" {
		t.Errorf("the list changed:\n%s", diff)
	}
}

func TestRequiredValuesOfEntries(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	person := c.saved("POST", "people/records", `{}`)
	old := c.entry("POST", "sales", "people", person, `{}`)
	attribute := c.listAttribute("sales", "owner", "actor-reference", `"is_required":true`)
	want := badRequest("missing_value", fmt.Sprintf("Required value for attribute with ID \"%s\" was not provided.", attribute))
	for name, got := range map[string]answer{
		"made":    c.send("POST", "/v2/lists/sales/entries", entryBody("people", person, `{}`)),
		"cleared": c.send("PUT", "/v2/lists/sales/entries/"+old, `{"data":{"entry_values":{"owner":[]}}}`),
	} {
		if diff := cmp.Diff(want, got.Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	c.changed("PATCH", old, `{"code":"fine"}`)
}

func TestAnEntryIsDeletedAndItsRecordIsNot(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	person := c.saved("POST", "people/records", `{}`)
	id := c.entry("POST", "sales", "people", person, `{"code":"X"}`)
	if got := c.do("DELETE", "/v2/lists/sales/entries/"+id, nil); got.Status != http.StatusOK || got.Body != `{}` {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	if got := c.get("/v2/lists/sales/entries/" + id); got.Body != notFound(`Entry with ID "`+id+`" not found.`) {
		t.Error(got.Body)
	}
	if got := c.get("/v2/objects/people/records/" + person); got.Status != http.StatusOK {
		t.Error(got.Body)
	}
	if again := c.entry("PUT", "sales", "people", person, `{"code":"X"}`); again == id {
		t.Error("the deleted entry came back")
	}
}

func TestEntriesGoWithTheirRecordAndReferencesInThemToo(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	gone, stays := c.saved("POST", "people/records", `{}`), c.saved("POST", "people/records", `{}`)
	for range 2 {
		c.entry("POST", "sales", "people", gone, `{"mentor":`+to("people", gone)+`}`)
	}
	left := c.entry("POST", "sales", "people", stays, `{"mentor":`+to("people", gone)+`}`)
	c.server.Advance(time.Second)
	if got := c.do("DELETE", "/v2/objects/people/records/"+gone, nil); got.Status != http.StatusOK {
		t.Fatal(got.Body)
	}
	if diff := cmp.Diff([]string{left}, c.ids(`{}`)); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	c.entryShows(left, "mentor")
}

func TestTheEntriesOfARecord(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	sales := idIn(t, c.get("/v2/lists/sales").Body, "list_id")
	more := c.list("more", "people", noGrants)
	c.server.SetTime(noon)
	one, two := c.saved("POST", "people/records", `{}`), c.saved("POST", "people/records", `{}`)
	var onSales []string
	line := func(list, slug, id string, second int) string {
		return fmt.Sprintf(`{"list_id":"%s","list_api_slug":"%s","entry_id":"%s","created_at":"%s"}`, list, slug, id, stamp(second))
	}
	last := c.entry("POST", "more", "people", one, `{}`)
	c.entry("POST", "sales", "people", two, `{}`)
	first, second := c.entry("POST", "sales", "people", one, `{}`), c.entry("PUT", "more", "people", two, `{}`)
	onSales = []string{line(sales, "sales", first, 5), line(more, "more", last, 3)}
	path := "/v2/objects/people/records/" + one + "/entries"
	for query, want := range map[string][]string{
		"": onSales, "?limit=1": onSales[:1], "?limit=1&offset=1": onSales[1:], "?offset=2": nil, "?limit=1000": onSales,
	} {
		if diff := cmp.Diff(`{"data":`+list(want...)+`}`, c.get(path+query).Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	c.must("DELETE", "/v2/lists/more/entries/"+second, "")
	if got := c.get("/v2/objects/people/records/" + two + "/entries").Body; strings.Contains(got, second) {
		t.Error(got)
	}
}

func TestEntriesNeedTheScopesOfEntries(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(crm), fake.YAML(`{version: 1, workspaces: {acme: {tokens: {reader: {scopes: [list_configuration:read, list_entry:read]}}}}}`))
	c.list("sales", "people", noGrants)
	person := c.saved("POST", "people/records", `{}`)
	reader := c.as(c.server.Token("acme/reader"))
	for path, want := range map[string]int{"POST /entries/query": 200, "POST /entries": 403, "GET ": 200, "PATCH ": 403, "GET /attributes": 200, "POST /attributes": 403} {
		method, path, _ := strings.Cut(path, " ")
		body := `{}`
		switch {
		case method == "GET":
			body = ""
		case path == "/entries":
			body = entryBody("people", person, `{}`)
		}
		if got := reader.send(method, "/v2/lists/sales"+path, body); got.Status != want {
			t.Errorf("%s %s: %d %s", method, path, got.Status, got.Body)
		}
	}
}
