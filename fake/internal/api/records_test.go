package api_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestANewRecordIsAnsweredWhole(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	got := c.write("POST", "projects/records", `{"code":"X","labels":["Green","Red"]}`)
	id := recordOf(t, got.Body).ID.RecordID
	option := func(attribute, title string) string {
		return fmt.Sprintf(`"option":{"id":{"workspace_id":"%s","object_id":"%s","attribute_id":"%s","option_id":"%s"},"title":"%s","is_archived":false}`,
			fake.ID("acme"), fake.ID("acme/objects/projects"), attributeID("projects/"+attribute),
			fake.ID("acme/objects/projects/attributes/"+attribute+"/options/"+title), title)
	}
	want := `{"data":{"id":{"workspace_id":"` + fake.ID("acme") + `","object_id":"` + fake.ID("acme/objects/projects") + `","record_id":"` + id + `"},` +
		`"created_at":"` + stamp(0) + `","web_url":"https://app.attio.com/acme/projects/record/` + id + `","values":{` +
		`"record_id":` + list(heldText(0, id)) +
		`,"created_at":` + list(held(0, text(stamp(0)), "timestamp")) +
		`,"created_by":` + list(held(0, `"referenced_actor_type":"api-token","referenced_actor_id":"`+fake.ID("acme/tokens/full")+`"`, "actor-reference")) +
		`,"code":` + list(heldText(0, "X")) +
		`,"stage":` + list(held(0, option("stage", "Draft"), "select")) +
		`,"labels":` + list(held(0, option("labels", "Green"), "select"), held(0, option("labels", "Red"), "select")) +
		`,"tags":` + list(held(0, `"domain":"none.com","root_domain":"none.com"`, "domain")) +
		`,"owner":` + list(held(0, `"referenced_actor_type":"workspace-member","referenced_actor_id":"`+fake.ID("acme/members/ada")+`"`, "actor-reference")) +
		`,"due":` + list(held(0, `"value":"2026-01-16"`, "date")) +
		`,"number":[]}}}`
	if diff := cmp.Diff(want, got.Body); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, c.get("/v2/objects/projects/records/"+id).Body); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
	if id[14] != '4' {
		t.Errorf("the id %s is no UUIDv4", id)
	}
}

func TestValuesOfAMultiselectAttribute(t *testing.T) {
	t.Parallel()
	a, b, d := "a@example.com", "b@example.com", "d@example.com"
	for name, tc := range map[string]struct {
		verb, sent string   // to a record that has had a and b since second 1
		want       []string // in second 2
	}{
		"PATCH puts new ones in front":                     {"PATCH", `["d@example.com"]`, []string{heldEmail(2, d), heldEmail(1, a), heldEmail(1, b)}},
		"PATCH keeps the order of several new ones":        {"PATCH", `["d@example.com","c@example.com"]`, []string{heldEmail(2, d), heldEmail(2, "c@example.com"), heldEmail(1, a), heldEmail(1, b)}},
		"PATCH neither moves nor repeats old ones":         {"PATCH", `["B@Example.com","d@example.com"]`, []string{heldEmail(2, d), heldEmail(1, a), heldEmail(1, b)}},
		"PATCH with none changes nothing":                  {"PATCH", `[]`, []string{heldEmail(1, a), heldEmail(1, b)}},
		"PUT makes them the ones sent, in their order":     {"PUT", `["d@example.com","b@example.com"]`, []string{heldEmail(2, d), heldEmail(1, b)}},
		"PUT puts them in another order":                   {"PUT", `["b@example.com","a@example.com"]`, []string{heldEmail(1, b), heldEmail(1, a)}},
		"PUT with none clears":                             {"PUT", `[]`, nil},
		"PUT takes another spelling":                       {"PUT", `["A@EXAMPLE.com"]`, []string{heldEmail(2, "A@EXAMPLE.com")}},
		"of one value sent twice the first spelling stays": {"PUT", `["D@Example.com","d@example.com"]`, []string{heldEmail(2, "D@Example.com")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCRM(t)
			id := c.saved("POST", "people/records", `{"email_addresses":["a@example.com","b@example.com"]}`)
			c.saved(tc.verb, "people/records/"+id, `{"email_addresses":`+tc.sent+`}`)
			c.shows("people/records/"+id, "email_addresses", tc.want...)
		})
	}
}

func TestTheValueOfASingleSelectAttribute(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		sent string   // to a record that has had "Chief" since second 1
		want []string // in second 2
	}{
		"another value takes its place":  {`"Boss"`, []string{heldText(2, "Boss")}},
		"in an array":                    {`["Boss"]`, []string{heldText(2, "Boss")}},
		"in its long form":               {`[{"value":"Boss"}]`, []string{heldText(2, "Boss")}},
		"the same value changes nothing": {`"Chief"`, []string{heldText(1, "Chief")}},
		"another case is another value":  {`"chief"`, []string{heldText(2, "chief")}},
		"an empty array clears":          {`[]`, nil},
		"an empty text clears":           {`""`, nil},
		"so does one in its long form":   {`[{"value":""}]`, nil},
	} {
		for _, verb := range []string{"PATCH", "PUT"} {
			t.Run(verb+" "+name, func(t *testing.T) {
				t.Parallel()
				c := newCRM(t)
				id := c.saved("POST", "people/records", `{"job_title":"Chief","description":"stays"}`)
				c.saved(verb, "people/records/"+id, `{"job_title":`+tc.sent+`}`)
				c.shows("people/records/"+id, "job_title", tc.want...)
				c.shows("people/records/"+id, "description", heldText(1, "stays"))
			})
		}
	}
}

func TestAnAttributeCanBeNamedByItsIDAndOfTwoMentionsTheLastCounts(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	id := c.saved("POST", "people/records", `{"job_title":"by slug","`+attributeID("people/job_title")+`":"by id"}`)
	c.shows("people/records/"+id, "job_title", heldText(1, "by id"))
	path := "/v2/objects/people/records/" + id + "/attributes/job_title/values?show_historic=true"
	if diff := cmp.Diff(`{"data":`+list(heldText(1, "by id"))+`}`, c.get(path).Body); diff != "" {
		t.Error(diff)
	}
}

func TestWritesThatNameWhatIsNotThereAreRefused(t *testing.T) {
	t.Parallel()
	noAttribute := func(slug string) string { return unknownValue("Cannot find attribute with slug/ID \"%s\".", slug) }
	notWritable := func(slug string) string {
		return badRequest("system_edit_unauthorized", fmt.Sprintf("Cannot write to attribute with slug \"%s\", its values are set by Attio.", slug))
	}
	single := invalidValue("email_addresses", `{"code":"invalid","path":[],"message":"Multi-select attribute expects an array but received a single value"}`)
	for name, tc := range map[string]struct{ values, want string }{
		"an unknown attribute":                                {`{"week_starting":"x"}`, noAttribute("week_starting")},
		"an unknown id":                                       {`{"8353c6b3-0000-4000-8000-000000000000":"x"}`, noAttribute("8353c6b3-0000-4000-8000-000000000000")},
		"an archived attribute":                               {`{"old":"x"}`, noAttribute("old")},
		"an attribute that needs an object that is off":       {`{"associated_deals":[]}`, noAttribute("associated_deals")},
		"an attribute of another object":                      {`{"domains":["a.com"]}`, noAttribute("domains")},
		"an attribute that Attio fills in":                    {`{"avatar_url":"x"}`, notWritable("avatar_url")},
		"an attribute that tells of the record":               {`{"created_at":"2026-01-01"}`, notWritable("created_at")},
		"of two that are wrong the first answers":             {`{"email_addresses":"a@example.com","zzz":1}`, single},
		"of two that are wrong the first answers, vice versa": {`{"zzz":1,"email_addresses":"a@example.com"}`, noAttribute("zzz")},
		"what comes before is not written either":             {`{"job_title":"New","zzz":1}`, noAttribute("zzz")},
	} {
		for _, verb := range []string{"PATCH", "PUT"} {
			t.Run(verb+" "+name, func(t *testing.T) {
				t.Parallel()
				c := newCRM(t)
				id := c.saved("POST", "people/records", `{"job_title":"Old"}`)
				c.refuses(verb, "people/records/"+id, tc.values, tc.want, "people/records/"+id)
			})
		}
		t.Run("POST "+name, func(t *testing.T) {
			t.Parallel()
			if got := newCRM(t).write("POST", "people/records", tc.values); got.Body != tc.want {
				t.Error(cmp.Diff(tc.want, got.Body))
			}
		})
	}
}

func TestRequiredValues(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ verb, values, want string }{
		"a new record needs them":                   {"POST", `{}`, missing("projects/code")},
		"an empty array is none":                    {"POST", `{"code":[]}`, missing("projects/code")},
		"an empty array keeps the default away":     {"POST", `{"code":"Y","stage":[]}`, missing("projects/stage")},
		"a wrong value comes first":                 {"POST", `{"stage":"Nope"}`, unknownValue("Cannot find select option with title \"Nope\".")},
		"PATCH does not clear a single value":       {"PATCH", `{"code":[]}`, missing("projects/code")},
		"PUT does not clear a single value":         {"PUT", `{"code":[]}`, missing("projects/code")},
		"PUT does not clear a multiselect":          {"PUT", `{"tags":[]}`, missing("projects/tags")},
		"an upsert that finds none needs them, too": {"UPSERT", `{"number":5}`, missing("projects/code")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCRM(t)
			id := c.saved("POST", "projects/records", `{"code":"X"}`)
			path := "projects/records/" + id
			switch tc.verb {
			case "POST":
				c.refuses("POST", "projects/records", tc.values, tc.want, path)
			case "UPSERT":
				c.refuses("PUT", "projects/records?matching_attribute=number", tc.values, tc.want, path)
			default:
				c.refuses(tc.verb, path, tc.values, tc.want, path)
			}
		})
	}
	t.Run("PATCH of a multiselect with none leaves what is there", func(t *testing.T) {
		t.Parallel()
		c := newCRM(t)
		id := c.saved("POST", "projects/records", `{"code":"X"}`)
		c.saved("PATCH", "projects/records/"+id, `{"tags":[]}`)
		c.shows("projects/records/"+id, "tags", held(1, `"domain":"none.com","root_domain":"none.com"`, "domain"))
	})
}

func TestAUniqueValueBelongsToOneRecord(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	one := c.saved("POST", "people/records", `{"email_addresses":["one@example.com","uno@example.com"]}`)
	two := c.saved("POST", "people/records", `{"email_addresses":["two@example.com"]}`)
	three := c.saved("POST", "people/records", `{"email_addresses":["three@example.com"]}`)

	c.refuses("POST", "people/records", `{"email_addresses":["new@example.com","ONE@example.com"]}`, conflict("email_addresses", one), "people/records/"+one)
	for _, verb := range []string{"PATCH", "PUT"} {
		path := "people/records/" + three
		c.refuses(verb, path, `{"job_title":"x","email_addresses":["two@example.com","three@example.com"]}`, conflict("email_addresses", two), path)
		c.refuses(verb, path, `{"email_addresses":["two@example.com","uno@example.com","one@example.com"]}`, conflict("email_addresses", two, one), path)
	}
	// A value that a record gave up is free, and so is one that was refused.
	c.saved("PUT", "people/records/"+one, `{"email_addresses":["uno@example.com"]}`)
	c.saved("PATCH", "people/records/"+three, `{"email_addresses":["one@example.com","new@example.com"]}`)
	if got := c.do("DELETE", "/v2/objects/people/records/"+two, nil); got.Body != "{}" {
		t.Errorf("got %s", got.Body)
	}
	c.saved("POST", "people/records", `{"email_addresses":["two@example.com"]}`)
	// The same value in another object is no conflict.
	c.saved("POST", "projects/records", `{"code":"X","number":1}`)
	c.refuses("POST", "projects/records", `{"code":"Y","number":1.0}`, conflict("number", c.saved("PUT", "projects/records?matching_attribute=code", `{"code":"X"}`)), "people/records/"+one)
	c.saved("POST", "projects/records", `{"code":"x"}`)
}

func TestUpsert(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	id := c.saved("PUT", "people/records?matching_attribute=email_addresses", `{"email_addresses":["a@example.com"],"job_title":"Chief"}`)
	path := "people/records/" + id
	c.shows(path, "email_addresses", heldEmail(1, "a@example.com"))
	if id[14] != '5' {
		t.Errorf("the id %s is no UUIDv5", id)
	}
	for _, step := range []struct{ matching, values string }{
		{"email_addresses", `{"email_addresses":["A@example.com"],"job_title":"Chief"}`},                                               // 2: the same again
		{attributeID("people/email_addresses"), `{"email_addresses":["b@example.com","a@example.com"]}`},                               // 3: one more
		{"email_addresses", `{"email_addresses":["new@example.com","b@example.com"],"job_title":[],"phone_numbers":["+12125551234"]}`}, // 4: found by the second
		{"email_addresses", `{"email_addresses":["a@example.com"],"phone_numbers":["+12125551235"]}`},                                  // 5: the others are replaced
	} {
		if got := c.saved("PUT", "people/records?matching_attribute="+step.matching, step.values); got != id {
			t.Errorf("%s by %s made another record", step.values, step.matching)
		}
	}
	c.shows(path, "email_addresses", heldEmail(4, "new@example.com"), heldEmail(3, "b@example.com"), heldEmail(1, "a@example.com"))
	c.shows(path, "job_title")
	c.shows(path, "phone_numbers", held(5, `"phone_number":"+12125551235","original_phone_number":"+12125551235","country_code":"US"`, "phone-number"))
}

// As captured in a live workspace: values keep their active_from when an upsert sends them again.
func TestARepeatedUpsertLeavesEqualValuesAlone(t *testing.T) {
	t.Parallel()
	c := newSales(t)
	person := c.saved("PUT", "people/records?matching_attribute=email_addresses", `{"email_addresses":["a@example.com"],"job_title":"Chief"}`)
	entry := c.entry("PUT", "sales", "people", person, `{"tags":["a.com"],"code":"A"}`)
	c.saved("PUT", "people/records?matching_attribute=email_addresses", `{"email_addresses":["a@example.com"],"job_title":"Chief"}`)
	c.entry("PUT", "sales", "people", person, `{"tags":["a.com"],"code":"A"}`)
	c.shows("people/records/"+person, "email_addresses", heldEmail(1, "a@example.com"))
	c.shows("people/records/"+person, "job_title", heldText(1, "Chief"))
	c.entryShows(entry, "tags", heldDomain(2, "a.com"))
	c.entryShows(entry, "code", heldText(2, "A"))
}

func TestUpsertsThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	one := c.saved("POST", "people/records", `{"email_addresses":["one@example.com"]}`)
	two := c.saved("POST", "people/records", `{"email_addresses":["two@example.com"]}`)
	noMatch := func(slug string) string {
		return unknownValue("No attribute was found for matching_attribute slug/ID \"%s\".", slug)
	}
	notUnique := badRequest("matching_attribute_definition_not_unique", "The matching attribute specified is not a unique attribute.")
	for _, tc := range []struct{ matching, values, want string }{
		{"zzz", `{}`, noMatch("zzz")},
		{"old", `{}`, noMatch("old")},
		{"associated_deals", `{}`, noMatch("associated_deals")},
		{"job_title", `{"job_title":"x"}`, notUnique},
		{"job_title", `{"zzz":1}`, notUnique},
		{"email_addresses", `{"job_title":"x"}`, missing("people/email_addresses")},
		{"email_addresses", `{"email_addresses":[]}`, missing("people/email_addresses")},
		{"email_addresses", `{"zzz":1}`, unknownValue("Cannot find attribute with slug/ID \"zzz\".")},
		{"email_addresses", `{"job_title":"x","email_addresses":["one@example.com","two@example.com"]}`, conflict("email_addresses", two)},
		{"email_addresses", `{"job_title":"x","email_addresses":["two@example.com","one@example.com"]}`, conflict("email_addresses", one)},
	} {
		c.refuses("PUT", "people/records?matching_attribute="+tc.matching, tc.values, tc.want, "people/records/"+one)
	}
	const noQuery = `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Query params validation error.",` +
		`"validation_errors":[{"code":"invalid_type","path":["matching_attribute"],"message":"Required","expected":"string","received":"undefined"}]}`
	c.refuses("PUT", "people/records", `{"email_addresses":["x@example.com"],"matching_attribute":"email_addresses"}`, noQuery, "people/records/"+one)
}

func TestWhatIsNoRecordIsNotFound(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	id, unknown := c.saved("POST", "people/records", `{}`), "891dcbfc-9141-415d-9b2a-2238a6cc012d"
	noRecord := func(id string) string { return notFound(fmt.Sprintf("Record with ID \"%s\" not found.", id)) }
	noObject := func(slug string) string { return notFound(fmt.Sprintf("Object with slug/ID \"%s\" not found.", slug)) }
	const notUUID = `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Path params validation error",` +
		`"validation_errors":[{"code":"invalid_string","path":["record_id"],"message":"Invalid uuid","string_validation":"uuid"}]}`
	for path, want := range map[string]string{
		"people/records/" + unknown: noRecord(unknown),
		"companies/records/" + id:   noRecord(id),
		"zzz/records/" + id:         noObject("zzz"),
		"deals/records/" + id:       isOff("deals"),
		"people/records/me":         notUUID,
		"zzz/records/" + id + "0":   notUUID,
	} {
		for _, verb := range []string{"GET", "PATCH", "PUT", "DELETE"} {
			var body any
			if verb[0] == 'P' {
				body = raw(`{"data":{"values":{"zzz":1}}}`)
			}
			if got := c.do(verb, "/v2/objects/"+path, body); got.Body != want {
				t.Errorf("%s %s: %s", verb, path, cmp.Diff(want, got.Body))
			}
		}
		for _, below := range []string{"/entries", "/attributes/name/values"} {
			if got := c.get("/v2/objects/" + path + below); got.Body != want {
				t.Errorf("GET %s%s: %s", path, below, cmp.Diff(want, got.Body))
			}
		}
	}
	for _, tc := range []struct{ verb, path, want string }{
		{"POST", "zzz/records", noObject("zzz")},
		{"POST", "deals/records", isOff("deals")},
		{"PUT", "deals/records?matching_attribute=zzz", isOff("deals")},
		{"POST", fake.ID("acme/objects/deals") + "/records", isOff("deals")},
	} {
		if got := c.write(tc.verb, tc.path, `{"zzz":1}`); got.Body != tc.want {
			t.Errorf("%s %s: %s", tc.verb, tc.path, cmp.Diff(tc.want, got.Body))
		}
	}
	// The id may be in either case, and the object may be an id.
	if got := c.get("/v2/objects/" + fake.ID("acme/objects/people") + "/records/" + strings.ToUpper(id)); recordOf(t, got.Body).ID.RecordID != id {
		t.Errorf("got %s", got.Body)
	}
}

func TestBodiesOfTheWrongShapeAreRefused(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	id := c.saved("POST", "people/records", `{}`)
	required := func(path string) string {
		return badShape(`{"code":"invalid_type","path":[` + path + `],"message":"Required","expected":"object","received":"undefined"}`)
	}
	for body, want := range map[string]string{
		`{}`:                     required(`"data"`),
		`{"values":{"name":1}}`:  required(`"data"`),
		`{"data":{}}`:            required(`"data","values"`),
		`{"data":{"values":[]}}`: badShape(`{"code":"invalid_type","path":["data","values"],"message":"Expected object, received array","expected":"object","received":"array"}`),
	} {
		for verb, path := range map[string]string{"POST": "people/records", "PATCH": "people/records/" + id, "PUT": "people/records?matching_attribute=zzz"} {
			if got := c.do(verb, "/v2/objects/"+path, raw("%s", body)); got.Body != want {
				t.Errorf("%s with %s: %s", verb, body, cmp.Diff(want, got.Body))
			}
		}
	}
}

func TestAWorkspaceNeverSeesTheRecordsOfAnother(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	other := c.as(c.server.Token("other"))
	id := c.saved("POST", "people/records", `{"email_addresses":["a@example.com"]}`)
	path, noRecord := "/v2/objects/people/records/"+id, notFound("Record with ID \""+id+"\" not found.")
	before := c.get(path).Body
	for verb, body := range map[string]any{"GET": nil, "DELETE": nil, "PATCH": raw(`{"data":{"values":{}}}`), "PUT": raw(`{"data":{"values":{}}}`)} {
		if got := other.do(verb, path, body); got.Body != noRecord {
			t.Errorf("%s: got %s", verb, got.Body)
		}
	}
	for _, below := range []string{"/entries", "/attributes/name/values"} {
		if got := other.get(path + below); got.Body != noRecord {
			t.Errorf("%s: got %s", below, got.Body)
		}
	}
	mine := other.saved("POST", "companies/records", `{}`)
	other.refuses("PATCH", "companies/records/"+mine, `{"team":[`+to("people", id)+`]}`, unknownValue("Record with ID \"%s\" not found.", id), "companies/records/"+mine)
	// Attributes and objects by id; unique values of the two do not conflict.
	other.refuses("PATCH", "companies/records/"+mine, `{"`+attributeID("companies/name")+`":"x"}`,
		unknownValue("Cannot find attribute with slug/ID \"%s\".", attributeID("companies/name")), "companies/records/"+mine)
	if got, want := other.get("/v2/objects/"+fake.ID("acme/objects/people")+"/records/"+id).Body, notFound("Object with slug/ID \""+fake.ID("acme/objects/people")+"\" not found."); got != want {
		t.Errorf("got %s", got)
	}
	other.saved("POST", "people/records", `{"email_addresses":["a@example.com"]}`)
	if diff := cmp.Diff(before, c.get(path).Body); diff != "" {
		t.Error(diff)
	}
}
