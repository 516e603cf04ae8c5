package attribute

import "testing"

func TestTimestampReadsInUTCWithNineDecimals(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypeTimestamp, "met_at"), []reads{
		{"a full timestamp", `"2023-11-24T15:17:48.123456789Z"`, `"value":"2023-11-24T15:17:48.123456789Z"`},
		{"an object", `{"value": "2023-11-24T15:17:48Z"}`, `"value":"2023-11-24T15:17:48.000000000Z"`},
		{"an offset", `"2023-01-02T13:00:00.000000000+02:00"`, `"value":"2023-01-02T11:00:00.000000000Z"`},
		{"an offset of nothing", `"2023-01-02T13:00:00+00:00"`, `"value":"2023-01-02T13:00:00.000000000Z"`},
		{"an offset of half an hour", `"2023-01-02T13:00:00-03:30"`, `"value":"2023-01-02T16:30:00.000000000Z"`},
		{"no offset", `"2023-01-02T13:00:00.5"`, `"value":"2023-01-02T13:00:00.500000000Z"`},
		{"minutes", `"2023-01-02T13:00"`, `"value":"2023-01-02T13:00:00.000000000Z"`},
		{"a day", `"2023-01-02"`, `"value":"2023-01-02T00:00:00.000000000Z"`},
		{"a month", `"2023-01"`, `"value":"2023-01-01T00:00:00.000000000Z"`},
		{"a year", `"2023"`, `"value":"2023-01-01T00:00:00.000000000Z"`},
		{"the last moment", `"9999-12-31T23:59:59.999999999Z"`, `"value":"9999-12-31T23:59:59.999999999Z"`},
	})
}

func TestTimestampRefusesWhatIsNoMoment(t *testing.T) {
	t.Parallel()
	testRefused(t, attributeOf(TypeTimestamp, "met_at"), []refused{
		{"null", `null`, invalidValue("met_at", expected("value", "string", "null"))},
		{"seconds since 1970", `1700000000`, invalidValue("met_at", expected("value", "string", "number"))},
		{"words", `"now"`, invalidValue("met_at", invalid("value", "Invalid date"))},
		{"two offsets", `"2023-01-02T13:00:00+00:00Z"`, invalidValue("met_at", invalid("value", "Invalid date"))},
		{"minute 60", `"2023-01-02T13:60Z"`, invalidValue("met_at", invalid("value", "Invalid date"))},
		{"another key", `{"timestamp": "2023"}`, invalidValue("met_at", required("value", "string"), unrecognized("'timestamp'"))},
	})
}

func TestTimestampsSortByMoment(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeTimestamp, "met_at")
	testOrder(t, d, `"2023"`, `"2023-01-02T00:00:00+02:00"`, `"2023-01-02"`, `"2023-01-02T00:00:00.000000001"`)
	testSame(t, d, `"2023-01-02T13:00:00+02:00"`, `"2023-01-02T11:00"`)
}
