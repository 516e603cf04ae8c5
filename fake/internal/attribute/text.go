package attribute

import (
	"fmt"
	"strings"
)

// Text is a value of a text attribute.
type Text string

// maxText is the limit of a text in bytes: ten megabytes, says Attio's OpenAPI document.
const maxText = 10 << 20

func parseText(written any) (Value, error) {
	f := longForm(written, "value")
	s, _ := f.text("value")
	if len(s) > maxText {
		issue := invalidMember("value", fmt.Sprintf("String must contain at most %d character(s)", maxText))
		issue.Code = "too_big"
		f.refuse(issue)
	}
	f.only()
	return Text(s), f.err()
}

// AppendFields appends `"value":"…"`.
func (t Text) AppendFields(b []byte, _ Owner) []byte { return appendMember(b, "value", string(t)) }

// Key is the text itself: a unique text attribute tells upper case from lower case.
func (t Text) Key() string { return string(t) }

// Together implements Value.
func (t Text) Together() Value { return clone(t) }

// Compare orders without regard to case, and texts that differ only in case by their bytes.
func (t Text) Compare(other Value, _ *Definition) int {
	o, ok := other.(Text)
	if !ok {
		return -1
	}
	return compareText(string(t), string(o))
}

func compareText(a, b string) int {
	if c := strings.Compare(strings.ToLower(a), strings.ToLower(b)); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}
