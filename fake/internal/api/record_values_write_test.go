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

const historyScenario = `
version: 1
clock: {at: 2026-01-15T12:00:00Z, frozen: true}
users: {ada: {email: ada@acme.example.com, first_name: Ada}, bob: {email: bob@acme.example.com}}
workspaces:
  acme:
    plan: enterprise
    members: {ada: admin, bob: member}
    tokens: {full: {scopes: all}, bobs: {scopes: all, authorized_by: bob}}
    objects:
      people: {records: {grace: {name: "Hopper, Grace", email_addresses: [grace@example.com], job_title: Admiral}, alan: {email_addresses: [alan@example.com]}}}
      companies: {records: {navy: {name: Navy}}}
      projects:
        singular_noun: Project
        plural_noun: Projects
        attributes:
          code: {type: text, is_unique: true, is_required: true}
          phase: {type: status, statuses: [Idea, Doing, Done]}
          areas: {type: select, is_multiselect: true, options: [North, South]}
          size: number
          near: {type: record-reference, is_multiselect: true, config: {record_reference: {allowed_objects: [companies]}}}
          old: {type: text, is_archived: true}
        records: {apollo: {code: A, phase: Idea, size: 1}, gemini: {code: G}}
    lists:
      sales: {parent_object: people, attributes: {stage: {type: status, statuses: [Lead, Won]}, code: {type: text, is_unique: true}}, entries: {grace: {record: grace, stage: Lead}}}
      locked: {parent_object: people, workspace_access: read-only, member_access: {ada: full-access}, attributes: {note: text}, entries: {grace: {record: grace}}}
    webhooks: {all: {target_url: "https://receiver.example.com", subscriptions: [record.updated, list-entry.updated]}}
`

// newHistory starts a server of historyScenario.
func newHistory(t testing.TB) *client {
	t.Helper()
	return newClient(t, fake.YAML(historyScenario))
}

// span is an item of a history; until is "" for an open one.
func span(value, from, until string) string {
	if until == "" {
		until = "null"
	} else {
		until = quote(until)
	}
	return `{"value":` + value + `,"active_from":` + quote(from) + `,"active_until":` + until + `}`
}

// writeHistory puts a history, of items as span makes them, in the place of another.
func (c *client) writeHistory(path string, spans ...string) answer {
	c.t.Helper()
	return c.send("PUT", path+"/values", `{"data":{"values":[`+strings.Join(spans, ",")+`],"replace_history":true}}`)
}

func attributeOf(record, slug string) string {
	object, _, _ := strings.Cut(record, "/")
	return "/v2/objects/" + object + "/records/" + fake.ID("acme/"+record) + "/attributes/" + slug
}

func attributeOfEntry(list, key, slug string) string {
	return "/v2/lists/" + list + "/entries/" + fake.ID("acme/lists/"+list+"/entries/"+key) + "/attributes/" + slug
}

// heldFrom is a value as the token wrote it.
func heldFrom(from, until, fields, kind string) string {
	if until == "" {
		until = "null"
	} else {
		until = quote(until)
	}
	return fmt.Sprintf(`{"active_from":"%s","active_until":%s,"created_by_actor":%s,%s,"attribute_type":"%s"}`, from, until, token, fields, kind)
}

const nano = ".000000000Z"

func TestAWrittenHistoryTakesThePlaceOfAll(t *testing.T) {
	t.Parallel()
	c := newHistory(t)
	status := func(title string) string {
		id := fake.ID("acme/objects/projects/attributes/phase/statuses/" + title)
		return `"status":{"id":{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + fake.ID("acme/objects/projects") + `","attribute_id":"` +
			fake.ID("acme/objects/projects/attributes/phase") + `","status_id":"` + id + `"},"title":"` + title + `","is_archived":false,"target_time_in_status":null,"celebration_enabled":false}`
	}
	reference := func(key string) string {
		return `"target_object":"companies","target_record_id":"` + fake.ID("acme/companies/"+key) + `"`
	}
	option := func(title string) string {
		id := fake.ID("acme/objects/projects/attributes/areas/options/" + title)
		return `"option":{"id":{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + fake.ID("acme/objects/projects") + `","attribute_id":"` +
			fake.ID("acme/objects/projects/attributes/areas") + `","option_id":"` + id + `"},"title":"` + title + `","is_archived":false}`
	}
	for name, tc := range map[string]struct {
		slug   string
		spans  []string
		want   []string // the history, oldest first
		active []string // in the order in which a record has them; nil for that of want
	}{
		"in any order, with a gap": {"phase", []string{
			span(`"Done"`, "2025-03-01T00:00:00Z", ""), span(`{"status":"Idea"}`, "2024-01-01T00:00:00Z", "2024-06-01T00:00:00Z"), span(`"Doing"`, "2025-01-01T00:00:00+01:00", "2025-03-01T00:00:00Z"),
		}, []string{
			heldFrom("2024-01-01T00:00:00"+nano, "2024-06-01T00:00:00"+nano, status("Idea"), "status"),
			heldFrom("2024-12-31T23:00:00"+nano, "2025-03-01T00:00:00"+nano, status("Doing"), "status"),
			heldFrom("2025-03-01T00:00:00"+nano, "", status("Done"), "status"),
		}, []string{heldFrom("2025-03-01T00:00:00"+nano, "", status("Done"), "status")}},
		"of the past alone": {"size", []string{span(`5`, "2024-01-01T00:00Z", "2024-01-02T00:00:00.1239Z")},
			[]string{heldFrom("2024-01-01T00:00:00"+nano, "2024-01-02T00:00:00.123000000Z", `"value":5`, "number")}, []string{}},
		"until this moment": {"size", []string{span(`{"value":5}`, "2024-01-01T00:00:00Z", "2026-01-15T12:00:00Z"), span(`6`, "2026-01-15T12:00:00Z", "")},
			[]string{heldFrom("2024-01-01T00:00:00"+nano, "2026-01-15T12:00:00"+nano, `"value":5`, "number"), heldFrom("2026-01-15T12:00:00"+nano, "", `"value":6`, "number")},
			[]string{heldFrom("2026-01-15T12:00:00"+nano, "", `"value":6`, "number")}},
		"the same value again and again": {"size", []string{span(`1`, "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z"), span(`1`, "2024-02-01T00:00:00Z", "")},
			[]string{heldFrom("2024-01-01T00:00:00"+nano, "2024-02-01T00:00:00"+nano, `"value":1`, "number"), heldFrom("2024-02-01T00:00:00"+nano, "", `"value":1`, "number")},
			[]string{heldFrom("2024-02-01T00:00:00"+nano, "", `"value":1`, "number")}},
		"several at a time": {"areas", []string{span(`"North"`, "2024-01-01T00:00:00Z", ""), span(`"South"`, "2025-01-01T00:00:00Z", "")},
			[]string{heldFrom("2024-01-01T00:00:00"+nano, "", option("North"), "select"), heldFrom("2025-01-01T00:00:00"+nano, "", option("South"), "select")},
			[]string{heldFrom("2025-01-01T00:00:00"+nano, "", option("South"), "select"), heldFrom("2024-01-01T00:00:00"+nano, "", option("North"), "select")}},
		"references without another side": {"near", []string{span(to("companies", fake.ID("acme/companies/navy")), "2024-01-01T00:00:00Z", "")},
			[]string{heldFrom("2024-01-01T00:00:00"+nano, "", reference("navy"), "record-reference")}, nil},
		"its own unique value": {"code", []string{span(`"A"`, "2024-01-01T00:00:00Z", "")}, []string{heldFrom("2024-01-01T00:00:00"+nano, "", `"value":"A"`, "text")}, nil},
		"what another had once": {"code", []string{span(`"G"`, "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z"), span(`"A"`, "2024-02-01T00:00:00Z", "")},
			[]string{heldFrom("2024-01-01T00:00:00"+nano, "2024-02-01T00:00:00"+nano, `"value":"G"`, "text"), heldFrom("2024-02-01T00:00:00"+nano, "", `"value":"A"`, "text")},
			[]string{heldFrom("2024-02-01T00:00:00"+nano, "", `"value":"A"`, "text")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newHistory(t)
			path := attributeOf("projects/apollo", tc.slug)
			want := `{"data":` + list(tc.want...) + `}`
			c.wants(c.writeHistory(path, tc.spans...), 200, want)
			c.wants(c.get(path+"/values?show_historic=true"), 200, want)
			if tc.active == nil {
				tc.active = tc.want
			}
			c.wants(c.get(path+"/values"), 200, `{"data":`+list(tc.active...)+`}`)
			c.shows("projects/records/"+fake.ID("acme/projects/apollo"), tc.slug, tc.active...)
		})
	}
	path := attributeOfEntry("sales", "grace", "code")
	want := `{"data":` + list(heldFrom("2024-01-01T00:00:00"+nano, "", `"value":"X"`, "text")) + `}`
	c.wants(c.writeHistory(path, span(`"X"`, "2024-01-01T00:00:00Z", "")), 200, want)
	c.wants(c.get(path+"/values?show_historic=true"), 200, want)
}

func TestHistoriesThatAreRefused(t *testing.T) {
	t.Parallel()
	const from, open = "2024-01-01T00:00:00Z", ""
	good := span(`"x"`, from, open)
	issue := func(code, path, message, rest string) string {
		return `{"code":"` + code + `","path":["data"` + path + `],"message":` + quote(message) + rest + `}`
	}
	body := func(issues ...string) string { return badShape(issues...) }
	overlap := badRequest("multiple_values_for_single_value_attribute",
		"This attribute accepts a single value, so its values may not be active at the same time. Please ensure the supplied intervals do not overlap.")
	twice := badRequest("duplicate_values", `A value provided for attribute with slug "areas" is active more than once at the same time. `+
		`Please ensure the supplied intervals of one value do not overlap.`)
	immutable := badRequest("system_edit_unauthorized", "Value history cannot be written for immutable system attributes.")
	enriched := badRequest("system_edit_unauthorized", "Value history cannot be written for enriched attributes.")
	future := func(i int, key string) string {
		return issue("invalid", fmt.Sprintf(`,"values",%d,"%s"`, i, key), "Date must not be in the future", "")
	}
	apollo := func(slug string) string { return attributeOf("projects/apollo", slug) }
	items := func(spans ...string) string {
		return `{"data":{"values":` + list(spans...) + `,"replace_history":true}}`
	}
	nothing := `{"code":"invalid_type","path":["data","values",0,"%s"],"message":"Required","expected":"%s","received":"undefined"}`
	for name, tc := range map[string]struct{ path, body, want string }{
		"nothing": {apollo("size"), `{}`, body(`{"code":"invalid_type","path":["data"],"message":"Required","expected":"object","received":"undefined"}`)},
		"no values, no word for it": {apollo("size"), `{"data":{}}`, body(required(`values`, "array"),
			issue("invalid_literal", `,"replace_history"`, "Invalid literal value, expected true", ""))},
		"not meant":     {apollo("size"), `{"data":{"values":[` + span(`1`, from, open) + `],"replace_history":false}}`, body(issue("invalid_literal", `,"replace_history"`, "Invalid literal value, expected true", ""))},
		"none":          {apollo("size"), items(), body(issue("too_small", `,"values"`, "Array must contain at least 1 element(s)", ""))},
		"too many":      {apollo("size"), items(strings.Split(strings.Repeat(span(`1`, from, "2024-01-02T00:00:00Z")+" ", 401), " ")[:401]...), body(issue("too_big", `,"values"`, "Array must contain at most 400 element(s)", ""))},
		"other keys":    {apollo("size"), `{"data":{"values":[{"value":1,"active_from":"` + from + `","active_until":null,"a":1}],"replace_history":true,"b":1},"c":1}`, body(issue("unrecognized_keys", `,"values",0`, "Unrecognized key(s) in object: 'a'", ""), issue("unrecognized_keys", ``, "Unrecognized key(s) in object: 'b'", ""), `{"code":"unrecognized_keys","path":[],"message":"Unrecognized key(s) in object: 'c'"}`)},
		"without times": {apollo("size"), items(`{"value":1}`), body(fmt.Sprintf(nothing, "active_from", "string"), fmt.Sprintf(nothing, "active_until", "string"))},
		"null":          {apollo("size"), items(span(`null`, from, open)), body(issue("invalid", `,"values",0,"value"`, "Invalid input", ""))},
		"an array":      {apollo("areas"), items(span(`["North"]`, from, open)), body(issue("invalid", `,"values",0,"value"`, "Invalid input", ""))},
		"days":          {apollo("size"), items(span(`1`, "2024-01-01", open)), body(issue("invalid_string", `,"values",0,"active_from"`, "Invalid datetime", `,"string_validation":"datetime"`))},
		"no offset":     {apollo("size"), items(span(`1`, "2024-01-01T00:00:00", open)), body(issue("invalid_string", `,"values",0,"active_from"`, "Invalid datetime", `,"string_validation":"datetime"`))},
		"before year 0": {apollo("size"), items(span(`1`, "0000-01-01T00:00:00+01:00", open)), body(issue("invalid", `,"values",0,"active_from"`, "Invalid date", ""))},
		"the future, backwards, nothing": {apollo("size"), items(span(`1`, "2026-01-15T12:00:00.001Z", open), span(`1`, from, "2027-01-01T00:00:00Z"), span(`1`, from, from), span(`1`, from, "2024-01-01T00:00:00.0009Z")),
			body(future(0, "active_from"), future(1, "active_until"),
				issue("invalid", `,"values",2,"active_until"`, "active_until must be after active_from", ""), issue("invalid", `,"values",3,"active_until"`, "active_until must be after active_from", ""))},
		"two that are open":                 {apollo("size"), items(span(`1`, from, open), span(`2`, "2025-01-01T00:00:00Z", open)), overlap},
		"two that overlap":                  {apollo("size"), items(span(`2`, "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"), span(`1`, from, "2024-02-01T00:00:00.001Z")), overlap},
		"one within another":                {apollo("size"), items(span(`1`, from, "2025-01-01T00:00:00Z"), span(`2`, "2024-02-01T00:00:00Z", "2024-02-02T00:00:00Z"), span(`3`, "2024-03-01T00:00:00Z", "2024-03-02T00:00:00Z")), overlap},
		"one value twice":                   {apollo("areas"), items(span(`"North"`, from, "2025-01-01T00:00:00Z"), span(`"South"`, from, open), span(`"North"`, "2024-06-01T00:00:00Z", open)), twice},
		"a wrong type":                      {apollo("size"), items(span(`"x"`, from, open)), `"validation_type"`},
		"an unknown status":                 {apollo("phase"), items(span(`"Idea"`, from, "2025-01-01T00:00:00Z"), span(`"Gone"`, "2025-01-01T00:00:00Z", open)), unknownValue(`Cannot find Status with title "Gone".`)},
		"an unknown option":                 {apollo("areas"), items(span(`"East"`, from, open)), unknownValue(`Cannot find select option with title "East".`)},
		"an unknown record":                 {apollo("near"), items(span(to("companies", stranger), from, open)), unknownValue(`Record with ID "` + stranger + `" not found.`)},
		"an empty text":                     {attributeOf("people/grace", "job_title"), items(span(`""`, from, open)), missing("people/job_title")},
		"a required value that ended":       {apollo("code"), items(span(`"A"`, from, "2025-01-01T00:00:00Z")), missing("projects/code")},
		"a value that another has":          {apollo("code"), items(span(`"G"`, from, open)), conflict("code", fake.ID("acme/projects/gemini"))},
		"a relationship":                    {attributeOf("people/grace", "company"), items(span(to("companies", stranger), from, open)), badRequest("validation_type", "Value history cannot be written for relationship attributes.")},
		"what Attio finds out":              {attributeOf("people/grace", "first_email_interaction"), items(good), enriched},
		"what Attio finds out and one may":  {attributeOf("companies/navy", "employee_range"), items(good), enriched},
		"what Attio sets":                   {apollo("created_at"), items(good), immutable},
		"the id":                            {apollo("record_id"), items(good), immutable},
		"the parent":                        {attributeOfEntry("sales", "grace", "parent_record"), items(good), immutable},
		"an unknown attribute":              {apollo("zzz"), items(good), notFound(`Attribute with slug/ID "zzz" not found.`)},
		"an archived attribute":             {apollo("old"), items(good), notFound(`Attribute with slug/ID "old" not found.`)},
		"an attribute of an object off":     {attributeOf("people/grace", "associated_deals"), items(good), notFound(`Attribute with slug/ID "associated_deals" not found.`)},
		"an unknown record in the path":     {attributeOf("projects/none", "size"), items(good), notFound(`Record with ID "` + fake.ID("acme/projects/none") + `" not found.`)},
		"an unknown entry":                  {attributeOfEntry("sales", "none", "code"), items(good), notFound(`Entry with ID "` + fake.ID("acme/lists/sales/entries/none") + `" not found.`)},
		"an unknown object":                 {attributeOf("none/x", "size"), items(good), notFound(`Object with slug/ID "none" not found.`)},
		"an object that is off":             {attributeOf("deals/x", "name"), items(good), isOff("deals")},
		"an unknown list":                   {attributeOfEntry("none", "x", "size"), items(good), notFound(`List with slug/ID "none" not found.`)},
		"no id":                             {"/v2/objects/projects/records/x/attributes/size", items(good), `"Path params validation error"`},
		"the unique value of another entry": {attributeOfEntry("sales", "grace", "code"), items(span(`"E"`, from, open)), `"uniqueness_conflict"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newHistory(t)
			entry := idIn(t, c.must("POST", "/v2/lists/sales/entries", entryBody("people", fake.ID("acme/people/alan"), `{"code":"E"}`)), "entry_id")
			before, _ := c.server.Workspace("acme").Export()
			got := c.send("PUT", tc.path+"/values", tc.body)
			if strings.HasPrefix(tc.want, "{") {
				if diff := cmp.Diff(tc.want, got.Body); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			} else if !strings.Contains(got.Body, tc.want) {
				t.Errorf("got %s, want %s in it", got.Body, tc.want)
			}
			after, _ := c.server.Workspace("acme").Export()
			if diff := cmp.Diff(string(before), string(after)); diff != "" {
				t.Errorf("the refused history of %s left something (-before +after):\n%s", entry, diff)
			}
		})
	}
	c := newHistory(t)
	c.wants(c.as(c.server.Token("acme/bobs")).writeHistory(attributeOfEntry("locked", "grace", "note"), good), 403,
		refusal("403", "auth_error", "unauthorized", "You do not have the necessary permissions to write the value history of this attribute."))
}

func TestAWrittenHistoryIsFoundAtOnceAndToldNobody(t *testing.T) {
	t.Parallel()
	c := newHistory(t)
	found := func(path, filter string) string {
		t.Helper()
		var answer struct{ Data []json.RawMessage }
		decode(t, c.must("POST", path, `{"filter":`+filter+`}`), &answer)
		return fmt.Sprintf("%s: %d", filter, len(answer.Data))
	}
	look := func() []string {
		return []string{
			found("/v2/objects/projects/records/query", `{"code":"A"}`), found("/v2/objects/projects/records/query", `{"code":"Z"}`),
			found("/v2/objects/projects/records/query", `{"phase":{"active_from":{"$lt":"2025-01-01"}}}`),
			found("/v2/objects/projects/records/query", `{"near":{"target_record_id":"`+fake.ID("acme/companies/navy")+`"}}`),
			found("/v2/lists/sales/entries/query", `{"stage":"Won"}`),
			strings.Join(c.labels("Hopper", "people"), ","), strings.Join(c.labels("Murray", "people"), ","),
		}
	}
	navy := fake.ID("acme/companies/navy")
	want := []string{`{"code":"A"}: 1`, `{"code":"Z"}: 0`, `{"phase":{"active_from":{"$lt":"2025-01-01"}}}: 0`, `{"near":{"target_record_id":"` + navy + `"}}: 0`,
		`{"stage":"Won"}: 0`, "Grace Hopper", ""}
	if diff := cmp.Diff(want, look()); diff != "" {
		t.Fatalf("before (-want +got):\n%s", diff)
	}
	past, now := span(`"Y"`, "2019-01-01T00:00:00Z", "2020-01-01T00:00:00Z"), span(`"Z"`, "2020-01-01T00:00:00Z", "")
	for path, spans := range map[string][]string{
		attributeOf("projects/apollo", "code"):          {past, now},
		attributeOf("projects/apollo", "phase"):         {span(`"Idea"`, "2024-01-01T00:00:00Z", "")},
		attributeOf("projects/apollo", "near"):          {span(to("companies", navy), "2024-01-01T00:00:00Z", "")},
		attributeOfEntry("sales", "grace", "stage"):     {span(`"Won"`, "2024-01-01T00:00:00Z", "")},
		attributeOf("people/grace", "name"):             {span(`"Murray, Grace"`, "2024-01-01T00:00:00Z", "")},
		attributeOf("people/alan", "email_addresses"):   {span(`"alan@example.org"`, "2024-01-01T00:00:00Z", "")},
		attributeOf("people/grace", "primary_location"): {span(`"1 Infinite Loop, Cupertino, CA, 95014, US"`, "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")},
	} {
		c.must("PUT", path+"/values", `{"data":{"values":`+list(spans...)+`,"replace_history":true}}`)
	}
	want = []string{`{"code":"A"}: 0`, `{"code":"Z"}: 1`, `{"phase":{"active_from":{"$lt":"2025-01-01"}}}: 1`, `{"near":{"target_record_id":"` + navy + `"}}: 1`,
		`{"stage":"Won"}: 1`, "", "Grace Murray"}
	if diff := cmp.Diff(want, look()); diff != "" {
		t.Errorf("after (-want +got):\n%s", diff)
	}
	if upserted := idIn(t, c.must("PUT", "/v2/objects/people/records?matching_attribute=email_addresses", `{"data":{"values":{"email_addresses":["alan@example.org"]}}}`), "record_id"); upserted != fake.ID("acme/people/alan") {
		t.Errorf("the upsert by a written value made %s", upserted)
	}
	if got := c.server.Deliveries(); len(got) > 0 {
		t.Errorf("the webhook was told of %v", got[0].Events)
	}
	c.must("PATCH", "/v2/objects/projects/records/"+fake.ID("acme/projects/apollo"), `{"data":{"values":{"size":2}}}`)
	if got := c.server.Deliveries(); len(got) != 1 {
		t.Errorf("the webhook was told %d times of an ordinary write", len(got))
	}
}

func TestAWrittenHistoryIsInTheJournalAndSurvivesAnExport(t *testing.T) {
	t.Parallel()
	c := newHistory(t)
	path := attributeOf("projects/apollo", "size")
	one := span(`1`, "2026-01-15T12:00:00Z", "")
	c.writeHistory(path, one, span(`7`, "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"), span(`8`, "2021-01-01T00:00:00Z", "2021-02-01T00:00:00Z"))
	c.writeHistory(path, one, span(`7`, "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"))
	c.writeHistory(path, one, span(`7`, "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"))
	c.writeHistory(path, span(`2`, "2026-01-01T00:00:00Z", ""))
	var told []string
	for _, request := range c.server.Requests(fake.RequestFilter{Operation: "record_values.replace"}) {
		told = append(told, fmt.Sprint(len(request.Changes)))
		for _, change := range request.Changes {
			told = append(told, change.String())
		}
	}
	changed := "record projects/" + fake.ID("acme/projects/apollo") + " changed: size"
	if diff := cmp.Diff([]string{"1", changed, "1", changed, "0", "1", changed}, told); diff != "" {
		t.Errorf("the journal (-want +got):\n%s", diff)
	}
	c.writeHistory(path, span(`2`, "2026-01-01T00:00:00Z", ""), span(`9`, "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"))
	exported, err := c.server.Export()
	if err != nil {
		t.Fatal(err)
	}
	other := newClient(t, fake.YAML(string(exported)))
	again, err := other.server.Export()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(exported), string(again)); diff != "" {
		t.Errorf("the export of the export (-first +second):\n%s", diff)
	}
	if diff := cmp.Diff(c.get(path+"/values?show_historic=true").Body, other.get(path+"/values?show_historic=true").Body); diff != "" {
		t.Errorf("the history from the export (-first +second):\n%s", diff)
	}
}

// A migration from another CRM brings the stages of deals with it, and reads them back as a report would.
func TestAMigrationWritesTheHistoryOfStages(t *testing.T) {
	t.Parallel()
	c := newHistory(t)
	type stage struct {
		Title       string
		From, Until string
	}
	exported := map[string][]stage{ // newest first, as the old system lists them
		"grace": {{"Won", "2025-06-01T08:00:00Z", ""}, {"Lead", "2024-02-01T08:00:00Z", "2025-06-01T08:00:00Z"}},
		"alan":  {{"Lead", "2025-07-01T08:00:00Z", "2025-12-01T08:00:00Z"}, {"Won", "2025-03-01T08:00:00Z", "2025-05-01T08:00:00Z"}, {"Lead", "2024-02-01T08:00:00Z", "2025-03-01T08:00:00Z"}},
	}
	for person, stages := range exported {
		entry := idIn(t, c.must("PUT", "/v2/lists/sales/entries", entryBody("people", fake.ID("acme/people/"+person), `{}`)), "entry_id")
		var spans, want []string
		for _, s := range stages {
			spans = append(spans, span(quote(s.Title), s.From, s.Until))
			want = append([]string{s.Title + " " + s.From + " " + s.Until}, want...)
		}
		path := "/v2/lists/sales/entries/" + entry + "/attributes/stage/values"
		for range 2 { // a migration that broke off and runs again
			c.must("PUT", path, `{"data":{"values":`+list(spans...)+`,"replace_history":true}}`)
		}
		var read struct {
			Data []struct {
				Status struct{ Title string }
				From   time.Time  `json:"active_from"`
				Until  *time.Time `json:"active_until"`
			}
		}
		decode(t, c.get(path+"?show_historic=true").Body, &read)
		var got []string
		for _, v := range read.Data {
			until := ""
			if v.Until != nil {
				until = v.Until.Format(time.RFC3339)
			}
			got = append(got, v.Status.Title+" "+v.From.Format(time.RFC3339)+" "+until)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the stages of %s (-want +got):\n%s", person, diff)
		}
	}
	c.server.Advance(time.Hour) // life goes on
	grace := idIn(t, c.must("PUT", "/v2/lists/sales/entries", entryBody("people", fake.ID("acme/people/grace"), `{"stage":"Lead"}`)), "entry_id")
	var all struct{ Data []json.RawMessage }
	decode(t, c.get("/v2/lists/sales/entries/"+grace+"/attributes/stage/values?show_historic=true").Body, &all)
	if len(all.Data) != 3 {
		t.Errorf("after another move there are %d stages, want 3", len(all.Data))
	}
}
