package attribute

import "testing"

func TestEmailAddressIsTakenApart(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypeEmailAddress, "email_addresses"), []reads{
		{"a string", `"Alice@App.Attio.com"`, `"original_email_address":"Alice@App.Attio.com","email_address":"alice@app.attio.com",` +
			`"email_domain":"app.attio.com","email_root_domain":"attio.com","email_local_specifier":"alice"`},
		{"an object", `{"email_address": "test.person@example.com"}`, `"original_email_address":"test.person@example.com","email_address":"test.person@example.com",` +
			`"email_domain":"example.com","email_root_domain":"example.com","email_local_specifier":"test.person"`},
		{"a plus", `"ada+lists@example.co.uk"`, `"original_email_address":"ada+lists@example.co.uk","email_address":"ada+lists@example.co.uk",` +
			`"email_domain":"example.co.uk","email_root_domain":"example.co.uk","email_local_specifier":"ada+lists"`},
		{"an object as it was read", `{"original_email_address": "X@example.com", "email_address": "x@example.com", "email_domain": "example.com",
			"email_root_domain": "example.com", "email_local_specifier": "x"}`, `"original_email_address":"x@example.com","email_address":"x@example.com",` +
			`"email_domain":"example.com","email_root_domain":"example.com","email_local_specifier":"x"`},
	})
}

func TestEmailAddressRefusesWhatCannotReceive(t *testing.T) {
	t.Parallel()
	noAddress := invalidValue("email_addresses", invalid("email_address", "Invalid email address"))
	testRefused(t, attributeOf(TypeEmailAddress, "email_addresses"), []refused{
		{"null", `null`, invalidValue("email_addresses", expected("email_address", "string", "null"))},
		{"no key", `{"value": "a@example.com"}`, invalidValue("email_addresses", required("email_address", "string"))},
		{"a reserved top-level domain", `"a@navy.test"`, noAddress},
		{"another one", `"a@navy.invalid"`, noAddress},
		{"and another one", `"a@navy.example"`, noAddress},
		{"and the last one", `"a@navy.localhost"`, noAddress},
		{"no at", `"example.com"`, noAddress},
		{"two ats", `"a@b@example.com"`, noAddress},
		{"no local part", `"@example.com"`, noAddress},
		{"a space", `"a b@example.com"`, noAddress},
		{"a dot at the edge", `"a.@example.com"`, noAddress},
		{"two dots", `"a..b@example.com"`, noAddress},
		{"a name around it", `"Ada <ada@example.com>"`, noAddress},
		{"a long local part", `"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com"`, noAddress},
		{"a host that is no domain", `"root@server"`, noAddress},
	})
}

func TestEmailAddressesAreTheSameInAnyCase(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeEmailAddress, "email_addresses")
	testSame(t, d, `"ada@example.com"`, `"ADA@EXAMPLE.COM"`)
	testOrder(t, d, `"ada@example.com"`, `"Bob@example.com"`, `"carl@example.com"`)
}
