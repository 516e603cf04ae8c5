package attribute

import (
	"cmp"
	"encoding/json"
	"math"
	"strconv"
)

// Number is a value of a number attribute.
type Number float64

// parseNumber keeps all decimals of what Attio computes by itself, such as a connection strength recorded
// as 24.666015016984808.
func (r reader) parseNumber(written any) (Value, error) {
	f := longForm(written, "value")
	f.exact = r.seed && r.definition.Enriched
	n, _ := f.number("value")
	f.only()
	return Number(n), f.err()
}

// number returns a member that must be a number.
func (f *form) number(key string) (n float64, ok bool) {
	value, ok := f.get(key, "number")
	if !ok {
		return 0, false
	}
	digits, ok := value.(json.Number)
	if !ok {
		f.refuse(wrongType("number", value, key))
		return 0, false
	}
	return f.decimal(key, digits)
}

// decimal makes a number of a member's digits. Attio keeps four decimals; that it rounds what is
// longer, rather than refuse it, is this project's guess.
func (f *form) decimal(key string, digits json.Number) (n float64, ok bool) {
	n, err := digits.Float64()
	if math.IsInf(n, 0) || err != nil {
		f.refuse(invalidMember(key, "Number must be finite"))
		return 0, false
	}
	if f.exact {
		return n, true
	}
	n, err = strconv.ParseFloat(strconv.FormatFloat(n, 'f', 4, 64), 64)
	return n, err == nil
}

// AppendFields appends `"value":14`.
func (n Number) AppendFields(b []byte, _ Owner) []byte {
	return appendNumber(append(b, `"value":`...), float64(n))
}

// Key is the number as it reads.
func (n Number) Key() string { return string(appendNumber(nil, float64(n))) }

// Together implements Value.
func (n Number) Together() Value { return n } // returning it copies it

// Compare orders by size.
func (n Number) Compare(other Value, _ *Definition) int {
	o, ok := other.(Number)
	if !ok {
		return -1
	}
	return cmp.Compare(n, o)
}
