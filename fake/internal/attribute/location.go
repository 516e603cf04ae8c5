package attribute

import (
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// Location is a value of a location attribute. Unknown parts are nil.
type Location struct {
	Line1, Line2, Line3, Line4 *string
	Locality, Region, Postcode *string
	CountryCode                *string // ISO 3166-1 alpha-2
	Latitude, Longitude        *string // in degrees, at most nine decimals
}

func parseLocation(written any) (Value, error) {
	if s, ok := written.(string); ok {
		return parseAddress(s), nil
	}
	f, err := objectForm(written)
	if err != nil {
		return nil, err
	}
	known := make([]string, 0, len(f.members)) // one array for all parts
	keep := func(part string, ok bool) *string {
		if !ok {
			return nil
		}
		known = append(known, part)
		return &known[len(known)-1]
	}
	l := Location{
		Line1: keep(f.nullableText("line_1")), Line2: keep(f.nullableText("line_2")),
		Line3: keep(f.nullableText("line_3")), Line4: keep(f.nullableText("line_4")),
		Locality: keep(f.nullableText("locality")), Region: keep(f.nullableText("region")), Postcode: keep(f.nullableText("postcode")),
		CountryCode: keep(f.countryCode()),
		Latitude:    keep(f.coordinate("latitude", 90)), Longitude: keep(f.coordinate("longitude", 180)),
	}
	f.only()
	return l, f.err()
}

func (f *form) countryCode() (code string, ok bool) {
	code, ok = f.nullableText("country_code")
	if ok && !isCountryCode(code) {
		f.refuse(invalidOption("country_code", code, countryCodes))
	}
	return code, ok
}

// coordinate returns a latitude or a longitude, cut to nine decimals.
func (f *form) coordinate(key string, most int) (degrees string, ok bool) {
	degrees, ok = f.nullableText(key)
	if !ok {
		return "", false
	}
	if !isCoordinate(degrees, most) {
		f.refuse(attio.Issue{Code: "invalid_string", Path: []any{key}, Message: "Invalid", StringValidation: "regex"})
		return "", false
	}
	if whole, fraction, _ := strings.Cut(degrees, "."); len(fraction) > 9 {
		degrees = whole + "." + fraction[:9]
	}
	return degrees, true
}

// isCoordinate reports whether a text is a decimal number of degrees up to 90 or 180, in either direction. It accepts what these expressions
// of Attio's OpenAPI document do, ^[-+]?([1-8]?\d(\.\d+)?|90(\.0+)?)$ and ^[-+]?(180(\.0+)?|((1[0-7]\d)|([1-9]?\d))(\.\d+)?)$, in
// a fraction of the time.
func isCoordinate(s string, most int) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	whole, fraction, pointed := strings.Cut(s, ".")
	degrees, err := strconv.ParseUint(whole, 10, 8)
	switch {
	case err != nil || len(whole) > 1 && whole[0] == '0' || pointed && fraction == "":
		return false
	case degrees == uint64(most):
		return strings.Trim(fraction, "0") == ""
	}
	return degrees < uint64(most) && strings.Trim(fraction, "0123456789") == ""
}

// postcode is a postcode that stands alone, such as "95014" or "WC1X 0DS"; regionPostcode one after a
// region, "CA 95014".
var (
	postcode       = lazy.New(`^[A-Z0-9][A-Z0-9 -]*\d[A-Z0-9 -]*$|^\d[A-Z0-9 -]*$`)
	regionPostcode = lazy.New(`^([A-Z]{2,3}) (\d[\d -]*)$`)
)

// parseAddress turns a line such as "1 Infinite Loop, Cupertino, CA, 95014, US", the example in Attio's guide,
// into a location. Attio asks a geocoder; the fake splits the line at commas. The last part is the country if it
// is a country code, the one before it the postcode if it looks like one. Of the rest, the first is the street if
// it has a digit or two more parts follow; then come further lines, the locality and the region.
func parseAddress(s string) Location {
	var parts []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	var l Location
	if n := len(parts) - 1; n > 0 && isCountryCode(parts[n]) {
		l.CountryCode, parts = &parts[n], parts[:n]
	}
	if n := len(parts) - 1; n > 0 {
		if m := regionPostcode.FindStringSubmatch(parts[n]); m != nil {
			l.Postcode, parts[n] = &m[2], m[1]
		} else if postcode.MatchString(parts[n]) {
			l.Postcode, parts = &parts[n], parts[:n]
		}
	}
	if len(parts) > 2 || len(parts) > 0 && strings.ContainsAny(parts[0], "0123456789") {
		l.Line1, parts = &parts[0], parts[1:]
	}
	for _, line := range []**string{&l.Line2, &l.Line3, &l.Line4} {
		if len(parts) > 2 {
			*line, parts = &parts[0], parts[1:]
		}
	}
	if len(parts) > 1 {
		l.Region, parts = &parts[len(parts)-1], parts[:len(parts)-1]
	}
	if len(parts) > 0 {
		locality := strings.Join(parts, ", ")
		l.Locality = &locality
	}
	return l
}

// AppendFields appends the ten keys from "line_1" to "longitude". Recorded in May 2026.
func (l Location) AppendFields(b []byte, _ Owner) []byte {
	b = appendNullableMember(b, "line_1", l.Line1)
	b = appendNullableMember(append(b, ','), "line_2", l.Line2)
	b = appendNullableMember(append(b, ','), "line_3", l.Line3)
	b = appendNullableMember(append(b, ','), "line_4", l.Line4)
	b = appendNullableMember(append(b, ','), "locality", l.Locality)
	b = appendNullableMember(append(b, ','), "region", l.Region)
	b = appendNullableMember(append(b, ','), "postcode", l.Postcode)
	b = appendNullableMember(append(b, ','), "country_code", l.CountryCode)
	b = appendNullableMember(append(b, ','), "latitude", l.Latitude)
	return appendNullableMember(append(b, ','), "longitude", l.Longitude)
}

// Key is all fields as they read.
func (l Location) Key() string { return string(l.AppendFields(nil, nil)) }

// Together implements Value.
func (l Location) Together() Value {
	parts := make([]string, 0, 10)
	for _, part := range []**string{
		&l.Line1, &l.Line2, &l.Line3, &l.Line4, &l.Locality, &l.Region, &l.Postcode, &l.CountryCode, &l.Latitude, &l.Longitude,
	} {
		if *part != nil {
			parts = append(parts, clone(**part))
			*part = &parts[len(parts)-1]
		}
	}
	return l
}

// Compare orders by country, region, locality and the rest; Attio's order is not known.
func (l Location) Compare(other Value, _ *Definition) int {
	o, ok := other.(Location)
	if !ok {
		return -1
	}
	a := [...]*string{l.CountryCode, l.Region, l.Locality, l.Line1, l.Line2, l.Line3, l.Line4, l.Postcode, l.Latitude, l.Longitude}
	b := [...]*string{o.CountryCode, o.Region, o.Locality, o.Line1, o.Line2, o.Line3, o.Line4, o.Postcode, o.Latitude, o.Longitude}
	for i := range a {
		if c := compareNullable(a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}

// compareNullable puts unknown parts last.
func compareNullable(a, b *string) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return compareText(*a, *b)
}
