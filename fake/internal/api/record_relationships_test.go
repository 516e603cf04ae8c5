package api_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// history checks all values that a record ever had for an attribute.
func (c *client) history(path, slug string, want ...string) {
	c.t.Helper()
	got := c.get("/v2/objects/" + path + "/attributes/" + slug + "/values?show_historic=true")
	if diff := cmp.Diff(`{"data":`+list(want...)+`}`, got.Body); diff != "" {
		c.t.Errorf("history of %s of %s (-want +got):\n%s", slug, path, diff)
	}
}

func person(id string) string  { return "people/records/" + id }
func company(id string) string { return "companies/records/" + id }

func TestOneOfManyMovesFromOneToAnother(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	one, two := c.saved("POST", "companies/records", `{}`), c.saved("POST", "companies/records", `{"domains":["two.com"]}`) // 1, 2
	ada := c.saved("POST", "people/records", `{"company":`+to("companies", one)+`}`)                                        // 3
	bob := c.saved("POST", "people/records", `{"company":[`+to("companies", one)+`]}`)                                      // 4
	c.shows(company(one), "team", heldReference(4, "people", bob), heldReference(3, "people", ada))

	c.saved("PATCH", person(ada), `{"company":"two.com"}`) // 5
	c.shows(person(ada), "company", heldReference(5, "companies", two))
	c.shows(company(one), "team", heldReference(4, "people", bob))
	c.shows(company(two), "team", heldReference(5, "people", ada))
	c.history(person(ada), "company",
		ended(3, 5, reference("companies", one), "record-reference"), heldReference(5, "companies", two))
	c.history(company(one), "team",
		ended(3, 5, reference("people", ada), "record-reference"), heldReference(4, "people", bob))

	c.saved("PATCH", person(ada), `{"company":{"target_object":"companies","domains":[{"domain":"two.com"}]}}`) // 6: the same again
	c.shows(company(two), "team", heldReference(5, "people", ada))

	c.saved("PUT", person(ada), `{"company":[]}`) // 7
	c.shows(company(two), "team")
	c.history(company(two), "team", ended(5, 7, reference("people", ada), "record-reference"))
}

func TestManyAreTakenFromWhomTheyWereWith(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	one, two := c.saved("POST", "companies/records", `{}`), c.saved("POST", "companies/records", `{}`) // 1, 2
	ada := c.saved("POST", "people/records", `{"company":`+to("companies", one)+`}`)                   // 3
	bob := c.saved("POST", "people/records", `{"company":`+to("companies", two)+`}`)                   // 4
	eve := c.saved("POST", "people/records", `{}`)                                                     // 5

	c.saved("PATCH", company(two), `{"team":[`+to("people", eve)+`,`+to("people", ada)+`]}`) // 6
	c.shows(company(two), "team", heldReference(6, "people", eve), heldReference(6, "people", ada), heldReference(4, "people", bob))
	c.shows(company(one), "team")
	c.shows(person(ada), "company", heldReference(6, "companies", two))
	c.shows(person(eve), "company", heldReference(6, "companies", two))
	c.shows(person(bob), "company", heldReference(4, "companies", two))

	c.saved("PUT", company(two), `{"team":[`+to("people", bob)+`]}`) // 7
	c.shows(person(ada), "company")
	c.shows(person(bob), "company", heldReference(4, "companies", two))
	c.history(person(ada), "company",
		ended(3, 6, reference("companies", one), "record-reference"), ended(6, 7, reference("companies", two), "record-reference"))

	if got := c.do("DELETE", "/v2/objects/"+company(two), nil); got.Body != "{}" {
		t.Error(got.Body)
	}
	c.shows(person(bob), "company")
}

func TestTheNewestReferenceComesFirstWhicheverSideWritesIt(t *testing.T) {
	t.Parallel()
	for side, write := range map[string]func(c *client, id, person string){
		"the one side": func(c *client, id, person string) {
			c.saved("PATCH", "people/records/"+person, `{"boards":[`+to("companies", id)+`]}`)
		},
		"the other": func(c *client, id, person string) {
			c.saved("PATCH", company(id), `{"directors":[`+to("people", person)+`]}`)
		},
	} {
		t.Run(side, func(t *testing.T) {
			t.Parallel()
			c := newCRM(t)
			id := c.saved("POST", "companies/records", `{}`)                                                                                           // 1
			ada, bob, eve := c.saved("POST", "people/records", `{}`), c.saved("POST", "people/records", `{}`), c.saved("POST", "people/records", `{}`) // 2, 3, 4
			for _, person := range []string{bob, ada, eve, bob} {
				write(c, id, person) // 5, 6, 7, 8
			}
			c.shows(company(id), "directors", heldReference(7, "people", eve), heldReference(6, "people", ada), heldReference(5, "people", bob))
		})
	}
}

func TestOneAndOneAreAPair(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	ada, bob, eve := c.saved("POST", "people/records", `{}`), c.saved("POST", "people/records", `{}`), c.saved("POST", "people/records", `{}`)
	c.saved("PATCH", person(ada), `{"deputy":`+to("people", bob)+`}`) // 4
	c.shows(person(bob), "deputy_of", heldReference(4, "people", ada))
	c.saved("PATCH", person(eve), `{"deputy":`+to("people", bob)+`}`) // 5: bob leaves ada
	c.shows(person(bob), "deputy_of", heldReference(5, "people", eve))
	c.shows(person(ada), "deputy")
	c.saved("PATCH", person(ada), `{"deputy_of":`+to("people", eve)+`}`) // 6: eve leaves bob
	c.shows(person(eve), "deputy", heldReference(6, "people", ada))
	c.shows(person(bob), "deputy_of")
	c.saved("PATCH", person(ada), `{"deputy":`+to("people", ada)+`}`) // 7: ada leaves eve for herself
	c.shows(person(ada), "deputy", heldReference(7, "people", ada))
	c.shows(person(ada), "deputy_of", heldReference(7, "people", ada))
	c.shows(person(eve), "deputy")
	c.saved("PATCH", person(bob), `{"deputy":`+to("people", ada)+`}`) // 8: and is taken from herself
	c.shows(person(ada), "deputy")
	c.shows(person(ada), "deputy_of", heldReference(8, "people", bob))
	if got := c.do("DELETE", "/v2/objects/"+person(ada), nil); got.Body != "{}" {
		t.Error(got.Body)
	}
	c.shows(person(bob), "deputy")
	c.history(person(bob), "deputy_of",
		ended(4, 5, reference("people", ada), "record-reference"), ended(5, 6, reference("people", eve), "record-reference"))
}

func TestManyAndManyAreLinkedFromBothSides(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	one, two := c.saved("POST", "companies/records", `{}`), c.saved("POST", "companies/records", `{}`)
	ada := c.saved("POST", "people/records", `{"boards":[`+to("companies", one)+`,`+to("companies", two)+`]}`) // 3
	bob := c.saved("POST", "people/records", `{}`)                                                             // 4
	c.saved("PATCH", company(two), `{"directors":[`+to("people", bob)+`,`+to("people", ada)+`]}`)              // 5
	c.shows(company(one), "directors", heldReference(3, "people", ada))
	c.shows(company(two), "directors", heldReference(5, "people", bob), heldReference(3, "people", ada))
	c.shows(person(bob), "boards", heldReference(5, "companies", two))
	c.saved("PUT", person(ada), `{"boards":[`+to("companies", two)+`]}`) // 6
	c.shows(company(one), "directors")
	c.shows(person(ada), "boards", heldReference(3, "companies", two))
}

func TestARelationshipOfOneObject(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	top := c.saved("POST", "companies/records", `{}`)                                    // 1
	left := c.saved("POST", "companies/records", `{"parent":`+to("companies", top)+`}`)  // 2
	right := c.saved("POST", "companies/records", `{"parent":`+to("companies", top)+`}`) // 3
	c.saved("PATCH", company(left), `{"children":[`+to("companies", right)+`]}`)         // 4: right moves below left
	c.shows(company(top), "children", heldReference(2, "companies", left))
	c.shows(company(right), "parent", heldReference(4, "companies", left))
	c.saved("PATCH", company(left), `{"parent":`+to("companies", left)+`}`) // 5: below itself
	c.shows(company(top), "children")
	c.shows(company(left), "parent", heldReference(5, "companies", left))
	c.shows(company(left), "children", heldReference(5, "companies", left), heldReference(4, "companies", right))
	if got := c.do("DELETE", "/v2/objects/"+company(left), nil); got.Body != "{}" {
		t.Error(got.Body)
	}
	c.shows(company(right), "parent")
}

func TestAReferenceWithoutAnotherSideGoesWithItsTarget(t *testing.T) {
	t.Parallel()
	c := newCRM(t)
	ada, bob := c.saved("POST", "people/records", `{"email_addresses":["ada@example.com"]}`), c.saved("POST", "people/records", `{}`)
	c.saved("PATCH", person(bob), `{"mentor":"ADA@example.com"}`)
	c.saved("PATCH", person(ada), `{"mentor":`+to("people", ada)+`}`)
	c.shows(person(bob), "mentor", heldReference(3, "people", ada))
	c.server.Advance(1e9)
	if got := c.do("DELETE", "/v2/objects/"+person(ada), nil); got.Body != "{}" {
		t.Error(got.Body)
	}
	c.shows(person(bob), "mentor")
	c.history(person(bob), "mentor", ended(3, 5, reference("people", ada), "record-reference"))
	c.refuses("PATCH", person(bob), `{"mentor":`+to("people", ada)+`}`, unknownValue("Record with ID \"%s\" not found.", ada), person(bob))
}
