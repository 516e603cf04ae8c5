package attribute

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Timestamp is a value of a timestamp attribute, in UTC.
type Timestamp struct{ time.Time }

func parseTimestamp(written any) (Value, error) {
	f := longForm(written, "value")
	moment := f.moment("value")
	f.only()
	return Timestamp{moment}, f.err()
}

// AppendFields appends `"value":"2023-11-24T15:17:48.000000000Z"`.
func (t Timestamp) AppendFields(b []byte, _ Owner) []byte {
	return appendTime(append(b, `"value":`...), t.Time)
}

// Key is the timestamp as it reads.
func (t Timestamp) Key() string { return attio.Time{Time: t.Time}.String() }

// Together implements Value.
func (t Timestamp) Together() Value { return t }

// Compare puts earlier moments first.
func (t Timestamp) Compare(other Value, _ *Definition) int {
	o, ok := other.(Timestamp)
	if !ok {
		return -1
	}
	return t.Time.Compare(o.Time)
}
