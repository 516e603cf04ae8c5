package attribute

import "testing"

func TestDateKeepsTheDayInUTC(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypeDate, "foundation_date"), []reads{
		{"a day", `"2023-11-24"`, `"value":"2023-11-24"`},
		{"an object", `{"value": "2023-11-24"}`, `"value":"2023-11-24"`},
		{"a year", `"2023"`, `"value":"2023-01-01"`},
		{"a month", `"2023-01"`, `"value":"2023-01-01"`},
		{"minutes", `"2023-01-02T13:00"`, `"value":"2023-01-02"`},
		{"seconds", `"2023-01-02T14:00:00"`, `"value":"2023-01-02"`},
		{"nanoseconds", `"2023-01-02T15:00:00.000000000"`, `"value":"2023-01-02"`},
		{"an offset within the day", `"2023-01-02T15:00:00.000000000+02:00"`, `"value":"2023-01-02"`},
		{"an offset into the next day", `"2023-01-02T23:00:00-10:00"`, `"value":"2023-01-03"`},
		{"an offset into the day before", `"2023-01-01T01:00:00+02:00"`, `"value":"2022-12-31"`},
		{"UTC", `"2023-01-02T23:59:59Z"`, `"value":"2023-01-02"`},
		{"a leap day", `"2024-02-29"`, `"value":"2024-02-29"`},
		{"the last day", `"9999-12-31"`, `"value":"9999-12-31"`},
	})
}

func TestDateRefusesWhatIsNoDate(t *testing.T) {
	t.Parallel()
	noDate := invalidValue("foundation_date", invalid("value", "Invalid date"))
	testRefused(t, attributeOf(TypeDate, "foundation_date"), []refused{
		{"null", `null`, invalidValue("foundation_date", expected("value", "string", "null"))},
		{"a number", `2023`, invalidValue("foundation_date", expected("value", "string", "number"))},
		{"words", `"yesterday"`, noDate},
		{"nothing", `""`, noDate},
		{"a day that does not exist", `"2023-02-29"`, noDate},
		{"slashes", `"01/02/2023"`, noDate},
		{"a space before the time", `"2023-01-02 13:00"`, noDate},
		{"an hour without minutes", `"2023-01-02T13"`, noDate},
		{"hour 24", `"2023-01-02T24:00"`, noDate},
		{"a fraction of a minute", `"2023-01-02T13:00.5"`, noDate},
		{"ten decimals", `"2023-01-02T13:00:00.0000000001"`, noDate},
		{"an offset without colon", `"2023-01-02T13:00:00+0200"`, noDate},
		{"a sign in the digits", `"2023-01-02T+3:00"`, noDate},
		{"a time of a month", `"2023-01T13:00"`, noDate},
		{"after the last day in UTC", `"9999-12-31T23:00:00-10:00"`, noDate},
		{"before the year 0 in UTC", `"0000-01-01T01:00:00+10:00"`, noDate},
	})
}

func TestDatesSortByDay(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeDate, "foundation_date")
	testOrder(t, d, `"0001"`, `"1999-12-31"`, `"2000"`, `"2023-11-24"`)
	testSame(t, d, `"2023"`, `"2023-01-01"`, `"2023-01-01T12:00Z"`)
}
