package attio

import "time"

// timeLayout is how Attio writes every timestamp: UTC, nine fraction digits.
const timeLayout = "2006-01-02T15:04:05.000000000Z"

// Time is a moment that reads as Attio writes it: "2026-05-16T01:34:05.738000000Z".
type Time struct{ time.Time }

// String returns the wire form.
func (t Time) String() string { return t.UTC().Format(timeLayout) }

// Append appends the wire form. An answer has dozens of times, and writing their digits takes a third of what reading the layout does.
func (t Time) Append(b []byte) []byte {
	utc := t.UTC()
	year, month, day := utc.Date()
	if year < 0 || year > 9999 {
		return utc.AppendFormat(b, timeLayout)
	}
	hour, minute, second := utc.Clock()
	b = appendDigits(b, year, 4)
	b = appendDigits(append(b, '-'), int(month), 2)
	b = appendDigits(append(b, '-'), day, 2)
	b = appendDigits(append(b, 'T'), hour, 2)
	b = appendDigits(append(b, ':'), minute, 2)
	b = appendDigits(append(b, ':'), second, 2)
	b = appendDigits(append(b, '.'), utc.Nanosecond(), 9)
	return append(b, 'Z')
}

// appendDigits appends a number with leading zeros.
func appendDigits(b []byte, n, digits int) []byte {
	end := len(b) + digits
	b = append(b, "000000000"[:digits]...)
	for i := end - 1; n > 0; i-- {
		b[i] += byte(n % 10)
		n /= 10
	}
	return b
}

// MarshalJSON writes the wire form as a JSON string.
func (t Time) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, len(timeLayout)+2)
	b = append(b, '"')
	b = t.Append(b)
	return append(b, '"'), nil
}
