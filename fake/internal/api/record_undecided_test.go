package api_test

import (
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// Behaviour of writes and queries that nobody has observed, as listed in docs/differences.md.
func TestWhatIsUndecidedOfRecordsIsAnsweredAsListed(t *testing.T) {
	t.Parallel()
	c := newClient(t, fake.YAML(sentencesScenario), fake.FixedClock(noon))
	const projects, colour, phase = "/v2/objects/projects/records", "/v2/objects/projects/attributes/colour/options/Red", "/v2/objects/projects/attributes/phase/statuses/Doing"
	c.must("PATCH", colour, `{"data":{"is_archived":true}}`)
	c.must("PATCH", phase, `{"data":{"is_archived":true}}`)
	c.wants(c.write("POST", "projects/records", `{"code":"Z","colour":"Red"}`), 400, unknownValue(`Cannot find select option with title "Red".`))
	c.wants(c.write("POST", "projects/records", `{"code":"Z","phase":"Doing"}`), 400, unknownValue(`Cannot find Status with title "Doing".`))

	for key, expected := range map[string]string{"filter": "object", "sorts": "array", "limit": "number", "offset": "number"} {
		c.wants(c.send("POST", projects+"/query", `{"`+key+`":null}`), 400,
			badShape(`{"code":"invalid_type","path":["`+key+`"],"message":"Expected `+expected+`, received null","expected":"`+expected+`","received":"null"}`))
	}
	c.must("POST", projects+"/query", `{"filter":{"created_at":{"$gte":"2026-01-01T00:00:00+00:00"}}}`)

	const read = `"active_from":"2026-01-15T12:00:00.000000000Z","active_until":null,"created_by_actor":{"type":"system","id":null},`
	for sent, refused := range map[string]bool{
		`"name":[{` + read + `"first_name":"Grace","last_name":"Hopper","full_name":"Grace Hopper","attribute_type":"personal-name"}]`:                                                                                                           false,
		`"email_addresses":[{` + read + `"original_email_address":"g@example.com","email_address":"g@example.com","email_domain":"example.com","email_root_domain":"example.com","email_local_specifier":"g","attribute_type":"email-address"}]`: false,
		`"phone_numbers":[{` + read + `"phone_number":"+14155552671","original_phone_number":"+14155552671","country_code":"US","attribute_type":"phone-number"}]`:                                                                               false,
		`"job_title":[{` + read + `"value":"Admiral","attribute_type":"text"}]`:                                                                                                                                                                  true,
		`"primary_location":[{` + read + `"line_1":null,"line_2":null,"line_3":null,"line_4":null,"locality":"Berlin","region":null,"postcode":null,"country_code":"DE","latitude":null,"longitude":null,"attribute_type":"location"}]`:          true,
	} {
		got := c.write("PATCH", "people/records/"+fake.ID("acme/people/grace"), "{"+sent+"}")
		if keys := strings.Contains(got.Body, "Unrecognized key(s) in object: 'active_from'"); keys != refused || !refused && got.Status != 200 {
			t.Errorf("%s: %d %s", sent, got.Status, got.Body)
		}
	}
}
