package attribute

import (
	"errors"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/phone"
)

// PhoneNumber is a value of a phone-number attribute.
type PhoneNumber struct {
	Number   string // E.164, "+12125551234"
	Original string // as it was written
	Country  string // ISO 3166-1 alpha-2, "US"
}

// What Attio says of phone numbers. Quoted in an issue of 2025, and logged in production in 2026.
const (
	invalidPhone   = "Invalid phone number"
	noPhoneCountry = "Invalid phone number, possibly due to missing country information."
)

func parsePhoneNumber(written any) (Value, error) {
	f := longForm(written, "original_phone_number")
	original, _ := f.text("original_phone_number")
	country := f.phoneCountry()
	if err := f.err(); err != nil {
		return nil, err
	}
	n, err := phone.Parse(original, country)
	switch {
	case errors.Is(err, phone.ErrCountry) && !strings.HasPrefix(original, "+"):
		return nil, Issues{invalidMember("original_phone_number", noPhoneCountry)}
	case err != nil || !n.Valid():
		return nil, Issues{invalidMember("original_phone_number", invalidPhone)}
	}
	region := n.Region()
	if !isCountryCode(region) { // a number of no country, such as +800
		return nil, Issues{invalidMember("original_phone_number", noPhoneCountry)}
	}
	return PhoneNumber{Number: n.String(), Original: original, Country: region}, nil
}

// phoneCountry returns the country in which a number without prefix is read, "" when it is null or
// absent.
func (f *form) phoneCountry() string {
	value, ok := f.lookup("country_code")
	if !ok || value == nil {
		return ""
	}
	code, ok := value.(string)
	switch {
	case !ok:
		f.refuse(wrongType("string", value, "country_code"))
	case !isCountryCode(code):
		f.refuse(invalidOption("country_code", code, countryCodes))
	}
	return code
}

// AppendFields appends `"phone_number":"…","original_phone_number":"…","country_code":"US"`. Recorded
// in July 2025.
func (p PhoneNumber) AppendFields(b []byte, _ Owner) []byte {
	b = appendMember(b, "phone_number", p.Number)
	b = appendMember(append(b, ','), "original_phone_number", p.Original)
	return appendMember(append(b, ','), "country_code", p.Country)
}

// Key is the number in E.164.
func (p PhoneNumber) Key() string { return p.Number }

// Together implements Value.
func (p PhoneNumber) Together() Value {
	p.Number = clone(p.Number)
	return p
}

// Compare orders by the number in E.164.
func (p PhoneNumber) Compare(other Value, _ *Definition) int {
	o, ok := other.(PhoneNumber)
	if !ok {
		return -1
	}
	return strings.Compare(p.Number, o.Number)
}
