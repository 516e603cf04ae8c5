package attio

import "time"

// timeLayout is how Attio writes every timestamp: UTC, nine fraction digits.
const timeLayout = "2006-01-02T15:04:05.000000000Z"

// Time is a moment that reads as Attio writes it: "2026-05-16T01:34:05.738000000Z".
type Time struct{ time.Time }

// String returns the wire form.
func (t Time) String() string { return t.UTC().Format(timeLayout) }

// Append appends the wire form.
func (t Time) Append(b []byte) []byte { return t.UTC().AppendFormat(b, timeLayout) }

// MarshalJSON writes the wire form as a JSON string.
func (t Time) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, len(timeLayout)+2)
	b = append(b, '"')
	b = t.Append(b)
	return append(b, '"'), nil
}
