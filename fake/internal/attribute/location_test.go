package attribute

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestLocationReadsItsTenKeys(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypeLocation, "primary_location"), []reads{
		{"an object",
			`{"longitude": "-118.4610985", "latitude": "34.0483313", "country_code": "US", "postcode": "90025", "region": "California",
			  "locality": "Los Angeles", "line_4": null, "line_3": null, "line_2": null, "line_1": "11740 Wilshire Boulevard"}`,
			`"line_1":"11740 Wilshire Boulevard","line_2":null,"line_3":null,"line_4":null,"locality":"Los Angeles","region":"California",` +
				`"postcode":"90025","country_code":"US","latitude":"34.0483313","longitude":"-118.4610985"`},
		{"ten decimals",
			`{"line_1": null, "line_2": null, "line_3": null, "line_4": null, "locality": null, "region": null, "postcode": null,
			  "country_code": null, "latitude": "90.0000000000", "longitude": "+1.1234567899"}`,
			`"line_1":null,"line_2":null,"line_3":null,"line_4":null,"locality":null,"region":null,"postcode":null,` +
				`"country_code":null,"latitude":"90.000000000","longitude":"+1.123456789"`},
	})
}

func TestLocationIsReadFromALine(t *testing.T) {
	t.Parallel()
	const nowhere = `"latitude":null,"longitude":null`
	testReads(t, attributeOf(TypeLocation, "primary_location"), []reads{
		{"the example of the guide", `"1 Infinite Loop, Cupertino, CA, 95014, US"`,
			`"line_1":"1 Infinite Loop","line_2":null,"line_3":null,"line_4":null,"locality":"Cupertino","region":"CA","postcode":"95014","country_code":"US",` + nowhere},
		{"a postcode after the region", `"1 Infinite Loop, Cupertino, CA 95014, US"`,
			`"line_1":"1 Infinite Loop","line_2":null,"line_3":null,"line_4":null,"locality":"Cupertino","region":"CA","postcode":"95014","country_code":"US",` + nowhere},
		{"a British postcode", `"25 Easton Street, London, WC1X 0DS, GB"`,
			`"line_1":"25 Easton Street","line_2":null,"line_3":null,"line_4":null,"locality":"London","region":null,"postcode":"WC1X 0DS","country_code":"GB",` + nowhere},
		{"town, region and country", `"San Francisco, California, US"`,
			`"line_1":null,"line_2":null,"line_3":null,"line_4":null,"locality":"San Francisco","region":"California","postcode":null,"country_code":"US",` + nowhere},
		{"town and country", `"Paris, FR"`,
			`"line_1":null,"line_2":null,"line_3":null,"line_4":null,"locality":"Paris","region":null,"postcode":null,"country_code":"FR",` + nowhere},
		{"a town", `"Paris"`,
			`"line_1":null,"line_2":null,"line_3":null,"line_4":null,"locality":"Paris","region":null,"postcode":null,"country_code":null,` + nowhere},
		{"more lines than there are", `"1 A, B, C, D, E, F, G"`,
			`"line_1":"1 A","line_2":"B","line_3":"C","line_4":"D","locality":"E, F","region":"G","postcode":null,"country_code":null,` + nowhere},
		{"nothing", `""`,
			`"line_1":null,"line_2":null,"line_3":null,"line_4":null,"locality":null,"region":null,"postcode":null,"country_code":null,` + nowhere},
	})
}

func TestLocationNeedsAllTenKeys(t *testing.T) {
	t.Parallel()
	regex := func(key string) attio.Issue {
		return attio.Issue{Code: "invalid_string", Path: []any{key}, Message: "Invalid", StringValidation: "regex"}
	}
	const rest = `"line_1": null, "line_2": null, "line_3": null, "line_4": null, "locality": null, "region": null, "postcode": null`
	testRefused(t, attributeOf(TypeLocation, "primary_location"), []refused{
		{"three keys", `{"locality": "Paris", "region": null, "country_code": "FR"}`, invalidValue("primary_location",
			required("line_1", "string"), required("line_2", "string"), required("line_3", "string"), required("line_4", "string"),
			required("postcode", "string"), required("latitude", "string"), required("longitude", "string"))},
		{"coordinates that are numbers", `{` + rest + `, "country_code": "FR", "latitude": 48.8, "longitude": 2.3}`, invalidValue("primary_location",
			expected("latitude", "string", "number"), expected("longitude", "string", "number"))},
		{"coordinates off the earth", `{` + rest + `, "country_code": null, "latitude": "90.1", "longitude": "181"}`, invalidValue("primary_location",
			regex("latitude"), regex("longitude"))},
		{"an unknown country", `{` + rest + `, "country_code": "fr", "latitude": null, "longitude": null}`, invalidValue("primary_location",
			invalidOption("country_code", "fr", countryCodes))},
		{"another key", `{` + rest + `, "country_code": null, "latitude": null, "longitude": null, "city": "Paris"}`, invalidValue("primary_location",
			unrecognized("'city'"))},
		{"null", `null`, invalidValue("primary_location",
			attio.Issue{Code: "invalid_type", Path: []any{}, Message: "Expected object, received null", Expected: "object", Received: "null"})},
	})
}

func TestLocationsSortByCountryRegionAndTown(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeLocation, "primary_location")
	testOrder(t, d, `"Lyon, FR"`, `"Paris, FR"`, `"Los Angeles, California, US"`, `"San Francisco, California, US"`, `"Chicago, US"`, `"Atlantis"`, `""`)
	testSame(t, d, `"Paris, FR"`, `"Paris ,FR"`)
	testDifferent(t, d, `"Paris"`, `"Paris, FR"`, `"1 Paris"`)
}

func TestCoordinatesAreThoseOfTheDocumentsExpressions(t *testing.T) {
	t.Parallel()
	latitude := regexp.MustCompile(`^[-+]?([1-8]?\d(\.\d+)?|90(\.0+)?)$`)
	longitude := regexp.MustCompile(`^[-+]?(180(\.0+)?|((1[0-7]\d)|([1-9]?\d))(\.\d+)?)$`)
	texts := rapid.OneOf(
		rapid.StringMatching(`[-+]?(\d{0,3}|90|180|179|89|100|256)(\.\d{0,3}|\.0*)?`), rapid.StringMatching(`[-+.0-9e ]{0,6}`), rapid.Just("90.00\n"),
	)
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "text")
		if got, want := isCoordinate(s, 90), latitude.MatchString(s); got != want {
			t.Errorf("latitude %q: %v, want %v", s, got, want)
		}
		if got, want := isCoordinate(s, 180), longitude.MatchString(s); got != want {
			t.Errorf("longitude %q: %v, want %v", s, got, want)
		}
	})
}
