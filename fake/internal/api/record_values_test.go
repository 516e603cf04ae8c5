package api_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheValuesOfAnAttribute(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	id := c.saved("POST", "people/records", `{"job_title":"Clerk","email_addresses":["a@example.com","b@example.com"]}`) // 1
	c.saved("PATCH", person(id), `{"job_title":"Chief","email_addresses":["c@example.com"]}`)                            // 2
	c.saved("PUT", person(id), `{"job_title":[],"email_addresses":["c@example.com","b@example.com"]}`)                   // 3
	c.saved("PATCH", person(id), `{"job_title":"Clerk"}`)                                                                // 4

	gone := strings.Replace(heldEmail(1, "a@example.com"), "null", quote(stamp(3)), 1)
	first, second, third := ended(1, 2, text("Clerk"), "text"), ended(2, 3, text("Chief"), "text"), heldText(4, "Clerk")
	for query, want := range map[string][]string{
		"job_title/values":                                       {third},
		"job_title/values?show_historic=false":                   {third},
		"job_title/values?show_historic=true":                    {first, second, third},
		"job_title/values?show_historic=true&limit=2":            {first, second},
		"job_title/values?show_historic=true&limit=2&offset=1":   {second, third},
		"job_title/values?show_historic=true&limit=999&offset=3": nil,
		"job_title/values?offset=1000000000000":                  nil,
		"job_title/values?zzz=1":                                 {third},
		attributeID("people/job_title") + "/values":              {third},
		"email_addresses/values":                                 {heldEmail(2, "c@example.com"), heldEmail(1, "b@example.com")},
		"email_addresses/values?limit=1":                         {heldEmail(2, "c@example.com")},
		"email_addresses/values?show_historic=true":              {gone, heldEmail(1, "b@example.com"), heldEmail(2, "c@example.com")},
		"record_id/values?show_historic=true":                    {heldText(1, id)},
		"description/values?show_historic=true":                  nil,
		"first_email_interaction/values":                         nil,
		"old/values":                                             nil,
		"old/values?show_historic=true":                          nil,
	} {
		got := c.get("/v2/objects/" + person(id) + "/attributes/" + query)
		if diff := cmp.Diff(`{"data":`+list(want...)+`}`, got.Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestListingsOfValuesThatAreRefused(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	id := c.saved("POST", "people/records", `{}`)
	enriched := badRequest("validation_type", "Cannot set show_historic param to true when querying a COMINT attribute.")
	for query, want := range map[string]string{
		"zzz/values":              notFound(`Attribute with slug/ID "zzz" not found.`),
		"associated_deals/values": notFound(`Attribute with slug/ID "associated_deals" not found.`),
		"domains/values":          notFound(`Attribute with slug/ID "domains" not found.`),
		"first_email_interaction/values?show_historic=true":   enriched,
		"strongest_connection_user/values?show_historic=true": enriched,
		"name/values?limit=0":                                 badQuery(`{"code":"too_small","path":["limit"],"message":"Number must be greater than or equal to 1"}`),
		"name/values?offset=-1":                               badQuery(`{"code":"too_small","path":["offset"],"message":"Number must be greater than or equal to 0"}`),
		"name/values?limit=x":                                 badQuery(`{"code":"invalid_type","path":["limit"],"message":"Expected number, received nan","expected":"number","received":"nan"}`),
		"zzz/values?show_historic=yes":                        badQuery(`{"code":"invalid_option","path":["show_historic"],"message":"Invalid enum value. Expected 'true' | 'false', received 'yes'","options":["true","false"]}`),
	} {
		if diff := cmp.Diff(want, c.get("/v2/objects/"+person(id)+"/attributes/"+query).Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

// badQuery is the body of a 400 about a query parameter.
func badQuery(issue string) string {
	return `{"status_code":400,"type":"invalid_request_error","code":"validation_type","message":"Query params validation error.","validation_errors":[` + issue + `]}`
}
