package api_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

const linking = `{version: 1, workspaces: {acme: {effects: {link_companies: true}}}}`

// bySystem is a value that Attio itself wrote.
func bySystem(value string) string {
	return strings.Replace(value, token, `{"type":"system","id":null}`, 1)
}

func heldDomain(second int, domain string) string {
	return held(second, fmt.Sprintf(`"domain":"%s","root_domain":"%s"`, domain, domain), "domain")
}

func TestAPersonWithAnAddressIsLinkedToACompanyAfterTheWrite(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(c *client) answer{
		"created": func(c *client) answer {
			return c.write("POST", "people/records", `{"email_addresses":["ada@mail.navy.com"]}`)
		},
		"upserted": func(c *client) answer {
			return c.write("PUT", "people/records?matching_attribute=email_addresses", `{"email_addresses":["ada@mail.navy.com"]}`)
		},
		"updated": func(c *client) answer {
			id := recordOf(c.t, c.write("POST", "people/records", `{}`).Body).ID.RecordID
			return c.write("PATCH", person(id), `{"email_addresses":["ada@mail.navy.com"]}`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCRM(t, fake.YAML(linking))
			answered := recordOf(t, write(c).Body)
			if got := string(answered.Values["company"]); got != "[]" {
				t.Errorf("the answer to the write has a company already: %s", got)
			}
			linked := recordOf(t, c.get("/v2/objects/"+person(answered.ID.RecordID)).Body)
			id := idIn(t, string(linked.Values["company"]), "target_record_id")
			c.shows(person(answered.ID.RecordID), "company", bySystem(heldReference(0, "companies", id)))
			c.shows(company(id), "team", bySystem(heldReference(0, "people", answered.ID.RecordID)))
			c.shows(company(id), "domains", bySystem(heldDomain(0, "navy.com")))
			c.shows(company(id), "created_by", bySystem(held(0, `"referenced_actor_type":"system","referenced_actor_id":null`, "actor-reference")))
			c.shows(company(id), "name")
		})
	}
}

func TestWhichCompanyAPersonIsLinkedTo(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		values string // of the person
		linked bool   // to the company with acme.com
	}{
		"the one that has the domain":             {`{"email_addresses":["a@acme.com"]}`, true},
		"by the root of the domain":               {`{"email_addresses":["a@eu.acme.com"]}`, true},
		"of the first address that is no mailbox": {`{"email_addresses":["a@gmail.com","a@acme.com","a@navy.com"]}`, true},
		"none for a public provider":              {`{"email_addresses":["a@gmail.com","a@Outlook.com"]}`, false},
		"none without an address":                 {`{}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCRM(t, fake.YAML(linking))
			acme := c.saved("POST", "companies/records", `{"domains":["acme.com"]}`) // 1
			id := c.saved("POST", "people/records", tc.values)                       // 2
			var want []string
			if tc.linked {
				want = []string{bySystem(heldReference(2, "companies", acme))}
			}
			c.shows(person(id), "company", want...)
		})
	}
}

func TestWhenAPersonIsNotLinked(t *testing.T) {
	t.Parallel()
	t.Run("who has a company keeps it", func(t *testing.T) {
		t.Parallel()
		c := newCRM(t, fake.YAML(linking))
		own := c.saved("POST", "companies/records", `{}`)
		id := c.saved("POST", "people/records", `{"company":`+to("companies", own)+`,"email_addresses":["a@acme.com"]}`)
		c.shows(person(id), "company", heldReference(2, "companies", own))
		c.saved("POST", "companies/records", `{"domains":["acme.com"]}`) // nobody has that domain
	})
	t.Run("the same address again does not link", func(t *testing.T) {
		t.Parallel()
		c := newCRM(t, fake.YAML(linking))
		id := c.saved("POST", "people/records", `{"email_addresses":["a@acme.com"]}`)
		c.saved("PATCH", person(id), `{"company":[]}`)
		c.saved("PATCH", person(id), `{"email_addresses":["a@acme.com"]}`)
		c.shows(person(id), "company")
	})
	t.Run("a workspace without the effect links nobody", func(t *testing.T) {
		t.Parallel()
		c := newCRM(t)
		id := c.saved("POST", "people/records", `{"email_addresses":["a@acme.com"]}`)
		c.shows(person(id), "company")
	})
}
