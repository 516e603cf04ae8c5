package attribute

import "testing"

func TestPhoneNumberReadsInE164(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypePhoneNumber, "phone_numbers"), []reads{
		{"a number with a prefix", `"+12125551234"`, `"phone_number":"+12125551234","original_phone_number":"+12125551234","country_code":"US"`},
		{"spaces", `"+44 20 7946 0958"`, `"phone_number":"+442079460958","original_phone_number":"+44 20 7946 0958","country_code":"GB"`},
		{"an object", `{"original_phone_number": "+12125551234"}`, `"phone_number":"+12125551234","original_phone_number":"+12125551234","country_code":"US"`},
		{"no country", `{"original_phone_number": "+12125551234", "country_code": null}`, `"phone_number":"+12125551234","original_phone_number":"+12125551234","country_code":"US"`},
		{"a local number", `{"original_phone_number": "07234172834", "country_code": "GB"}`, `"phone_number":"+447234172834","original_phone_number":"07234172834","country_code":"GB"`},
		{"a prefix of another country", `{"original_phone_number": "+12125551234", "country_code": "GB"}`,
			`"phone_number":"+12125551234","original_phone_number":"+12125551234","country_code":"US"`},
		{"an object as it was read", `{"phone_number": "+12125551234", "original_phone_number": "(212) 555-1234", "country_code": "US"}`,
			`"phone_number":"+12125551234","original_phone_number":"(212) 555-1234","country_code":"US"`},
	})
}

func TestPhoneNumberMustExist(t *testing.T) {
	t.Parallel()
	no := func(message string) refusal { return refusal{"original_phone_number", message} }
	const unknownCountry = "Invalid phone number, possibly due to missing country information."
	for name, test := range map[string]struct {
		written string
		refusal
	}{
		"a number outside the plan":   {`"+11234567890"`, no("Invalid phone number")},
		"a fictitious number":         {`"+15558675309"`, no("Invalid phone number")},
		"no prefix":                   {`"2125551234"`, no(unknownCountry)},
		"no prefix, no country":       {`{"original_phone_number": "2125551234", "country_code": null}`, no(unknownCountry)},
		"a number of no country":      {`"+80012345678"`, no(unknownCountry)},
		"a prefix that nobody has":    {`"+9991234567"`, no("Invalid phone number")},
		"a number of another country": {`{"original_phone_number": "2125551234", "country_code": "GB"}`, no("Invalid phone number")},
		"words":                       {`"call me"`, no("Invalid phone number")},
		"nothing":                     {`""`, no("Invalid phone number")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testRefused(t, attributeOf(TypePhoneNumber, "phone_numbers"),
				[]refused{{name, test.written, invalidValue("phone_numbers", invalid(test.key, test.message))}})
		})
	}
	testRefused(t, attributeOf(TypePhoneNumber, "phone_numbers"), []refused{
		{"null", `null`, invalidValue("phone_numbers", expected("original_phone_number", "string", "null"))},
		{"only the E.164 form", `{"phone_number": "+12125551234"}`, invalidValue("phone_numbers", required("original_phone_number", "string"))},
		{"an unknown country", `{"original_phone_number": "1", "country_code": "UK"}`, invalidValue("phone_numbers", invalidOption("country_code", "UK", countryCodes))},
		{"a country that is no string", `{"original_phone_number": "1", "country_code": 44}`, invalidValue("phone_numbers", expected("country_code", "string", "number"))},
	})
}

type refusal struct{ key, message string }

func TestPhoneNumbersAreTheSameInE164(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypePhoneNumber, "phone_numbers")
	testSame(t, d, `"+12125551234"`, `"+1 (212) 555-1234"`, `{"original_phone_number": "212.555.1234", "country_code": "US"}`)
	testOrder(t, d, `"+12125551234"`, `"+442079460958"`)
}
