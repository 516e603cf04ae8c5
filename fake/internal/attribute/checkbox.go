package attribute

import "strconv"

// Checkbox is a value of a checkbox attribute.
type Checkbox bool

func parseCheckbox(written any) (Value, error) {
	f := longForm(written, "value")
	var checked bool
	if value, ok := f.get("value", "boolean"); ok {
		switch value {
		case true, "true":
			checked = true
		case false, "false":
		default:
			f.refuse(wrongType("boolean", value, "value"))
		}
	}
	f.only()
	return Checkbox(checked), f.err()
}

// AppendFields appends `"value":true`.
func (c Checkbox) AppendFields(b []byte, _ Owner) []byte {
	return appendBoolMember(b, "value", bool(c))
}

// Key is "true" or "false".
func (c Checkbox) Key() string { return strconv.FormatBool(bool(c)) }

// Together implements Value.
func (c Checkbox) Together() Value { return c }

// Compare puts false before true.
func (c Checkbox) Compare(other Value, _ *Definition) int {
	o, ok := other.(Checkbox)
	switch {
	case !ok || !bool(c) && bool(o):
		return -1
	case bool(c) && !bool(o):
		return 1
	}
	return 0
}
