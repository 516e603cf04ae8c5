package api_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

func TestAnEmptyStringClearsWhatCanDoWithout(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ slug, value, empty string }{
		"a text":                          {"job_title", `"Chief"`, `""`},
		"a text in an array":              {"job_title", `"Chief"`, `[""]`},
		"a text in its long form":         {"job_title", `"Chief"`, `[{"value":""}]`},
		"a personal name":                 {"name", `"Lovelace, Ada"`, `""`},
		"a personal name of blanks":       {"name", `"Lovelace, Ada"`, `" , "`},
		"all parts of a personal name":    {"name", `"Lovelace, Ada"`, `{"first_name":"","last_name":"","full_name":""}`},
		"a location":                      {"primary_location", `"London, GB"`, `""`},
		"a text whatever stood there":     {"description", `[]`, `""`},
		"a text that was empty all along": {"description", `""`, `""`},
	} {
		for _, verb := range []string{"PATCH", "PUT"} {
			t.Run(verb+" "+name, func(t *testing.T) {
				t.Parallel()
				c := newCRM(t)
				id := c.saved("POST", "people/records", `{"`+tc.slug+`":`+tc.value+`}`)
				c.saved(verb, person(id), `{"`+tc.slug+`":`+tc.empty+`}`)
				c.shows(person(id), tc.slug)
			})
		}
	}
}

func TestAnEmptyStringIsRefusedWhereThereMustBeAValue(t *testing.T) {
	t.Parallel()
	c := newCRM(t, fake.YAML(withDeals))
	kept := c.saved("POST", "projects/records", `{"code":"A-1","stage":"Draft"}`)
	tooShort := func(key string) string {
		return `{"code":"too_small","path":["` + key + `"],"message":"String must contain at least 1 character(s)"}`
	}
	bad := func(key, message string) string {
		return `{"code":"invalid","path":["` + key + `"],"message":"` + message + `"}`
	}
	for name, tc := range map[string]struct{ object, values, want string }{
		"a required text":   {"projects", `{"code":"","stage":"Draft"}`, missing("projects/code")},
		"a select":          {"projects", `{"code":"A-2","stage":""}`, invalidValue("stage", tooShort("option"))},
		"a status":          {"deals", `{"name":"Sale","stage":""}`, invalidValue("stage", tooShort("status"))},
		"a domain":          {"companies", `{"domains":[""]}`, invalidValue("domains", bad("domain", "Invalid domain"))},
		"an e-mail address": {"people", `{"email_addresses":[""]}`, invalidValue("email_addresses", bad("email_address", "Invalid email address"))},
		"a phone number":    {"people", `{"phone_numbers":[""]}`, invalidValue("phone_numbers", bad("original_phone_number", "Invalid phone number"))},
		"a reference":       {"people", `{"company":""}`, invalidValue("company", bad("", "Missing target_object on record reference value"))},
	} {
		t.Run(name, func(t *testing.T) {
			c := c.in(t)
			c.refuses("POST", tc.object+"/records", tc.values, strings.Replace(tc.want, `"path":[""]`, `"path":[]`, 1), "projects/records/"+kept)
		})
	}
	c.refuses("PATCH", "projects/records/"+kept, `{"code":""}`, missing("projects/code"), "projects/records/"+kept)
}

func TestTwoEmptyStringsNeverConflict(t *testing.T) {
	t.Parallel()
	c := newCRM(t, fake.YAML(`{version: 1, workspaces: {acme: {objects: {projects: {attributes: {alias: {type: text, is_unique: true}}}}}}}`))
	for _, code := range []string{"A-1", "A-2"} {
		id := c.saved("POST", "projects/records", `{"code":"`+code+`","stage":"Draft","alias":""}`)
		c.shows("projects/records/"+id, "alias")
	}
	got := c.write("PUT", "projects/records?matching_attribute=alias", `{"code":"A-3","stage":"Draft","alias":""}`)
	if diff := cmp.Diff(missing("projects/alias"), got.Body); diff != "" {
		t.Errorf("an upsert by an empty string (-want +got):\n%s", diff)
	}
}

func TestAnOverwriteTakesAnotherSpelling(t *testing.T) {
	t.Parallel()
	phone := func(second int, original string) string {
		return held(second, `"phone_number":"+12125551234","original_phone_number":"`+original+`","country_code":"US"`, "phone-number")
	}
	c := newCRM(t)
	id := c.saved("POST", "people/records", `{"email_addresses":["ada@example.com","b@example.com"],"phone_numbers":["+1 212 555 1234"]}`) // 1
	c.saved("PUT", person(id), `{"email_addresses":["Ada@Example.com","b@example.com"],"phone_numbers":["+12125551234"]}`)                 // 2
	c.shows(person(id), "email_addresses", heldEmail(2, "Ada@Example.com"), heldEmail(1, "b@example.com"))
	c.shows(person(id), "phone_numbers", phone(2, "+12125551234"))
	c.history(person(id), "phone_numbers", strings.Replace(phone(1, "+1 212 555 1234"), `"active_until":null`, `"active_until":"`+stamp(2)+`"`, 1),
		phone(2, "+12125551234"))

	c.saved("PUT", person(id), `{"phone_numbers":["+12125551234"]}`)                                              // 3: the same again
	c.saved("PATCH", person(id), `{"email_addresses":["ADA@example.com"],"phone_numbers":["+1 (212) 555-1234"]}`) // 4: known already
	c.shows(person(id), "email_addresses", heldEmail(2, "Ada@Example.com"), heldEmail(1, "b@example.com"))
	c.shows(person(id), "phone_numbers", phone(2, "+12125551234"))

	c.saved("PUT", "people/records?matching_attribute=email_addresses", `{"email_addresses":["ada@example.com"],"phone_numbers":["+1 212-555-1234"]}`) // 5
	c.shows(person(id), "email_addresses", heldEmail(2, "Ada@Example.com"), heldEmail(1, "b@example.com"))
	c.shows(person(id), "phone_numbers", phone(5, "+1 212-555-1234"))
}

func TestAnUpsertByAValueThatTwoRecordsHaveIsRefused(t *testing.T) {
	t.Parallel()
	c := newCRM(t, fake.YAML(`{version: 1, workspaces: {acme: {objects: {projects: {attributes: {alias: text}}}}}}`))
	one := c.saved("POST", "projects/records", `{"code":"A-1","stage":"Draft","alias":"apollo"}`)
	c.saved("POST", "projects/records", `{"code":"A-2","stage":"Draft","alias":"apollo"}`)
	single := c.saved("POST", "projects/records", `{"code":"A-3","stage":"Draft","alias":"gemini"}`)
	if got := c.do("PATCH", "/v2/objects/projects/attributes/alias", raw(`{"data":{"is_unique":true}}`)); got.Status != 200 {
		t.Fatal(got.Body)
	}
	c.refuses("PUT", "projects/records?matching_attribute=alias", `{"alias":"apollo","stage":"Live"}`, badRequest("multiple_match_results",
		`Multiple records were found for the given value of matching attribute with slug "alias". Please remove duplicates or use the update or create record endpoints instead.`),
		"projects/records/"+one)
	if id := c.saved("PUT", "projects/records?matching_attribute=alias", `{"alias":"gemini","stage":"Live"}`); id != single {
		t.Errorf("the upsert wrote to %s, not to %s", id, single)
	}
	c.saved("PATCH", "projects/records/"+one, `{"alias":"soyuz"}`)
	c.saved("PUT", "projects/records?matching_attribute=alias", `{"alias":"apollo","stage":"Live"}`)
}
