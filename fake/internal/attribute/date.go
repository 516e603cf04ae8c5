package attribute

import (
	"strings"
	"time"
)

// Date is a value of a date attribute: "2023-11-24".
type Date string

func parseDate(written any) (Value, error) {
	f := longForm(written, "value")
	moment := f.moment("value")
	f.only()
	return Date(moment.Format(time.DateOnly)), f.err()
}

// AppendFields appends `"value":"2023-11-24"`.
func (d Date) AppendFields(b []byte, _ Owner) []byte { return appendMember(b, "value", string(d)) }

// Key is the date as it reads.
func (d Date) Key() string { return string(d) }

// Together implements Value.
func (d Date) Together() Value { return clone(d) }

// Compare puts earlier dates first.
func (d Date) Compare(other Value, _ *Definition) int {
	o, ok := other.(Date)
	if !ok {
		return -1
	}
	return strings.Compare(string(d), string(o))
}
