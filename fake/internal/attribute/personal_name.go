package attribute

import (
	"cmp"
	"strings"
)

// PersonalName is a value of the name attribute of people.
type PersonalName struct{ First, Last, Full string }

// parsePersonalName reads "Last, First": a string without comma is a first name, and further commas
// belong to the first name. An object needs all three keys. From Attio's guide: attribute types,
// personal name; the object was recorded in July 2025.
func parsePersonalName(written any) (Value, error) {
	if s, ok := written.(string); ok {
		return ReadName(s), nil
	}
	f, err := objectForm(written)
	if err != nil {
		return nil, err
	}
	first, _ := f.text("first_name")
	last, _ := f.text("last_name")
	full, _ := f.text("full_name")
	return PersonalName{First: first, Last: last, Full: full}, f.err()
}

// ReadName reads a name that is written as a string: "Last, First", or the first name alone.
func ReadName(s string) PersonalName {
	last, first, hasComma := strings.Cut(s, ",")
	if !hasComma {
		first, last = last, ""
	}
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	return PersonalName{First: first, Last: last, Full: strings.TrimSpace(first + " " + last)}
}

// Short returns the string that ReadName reads as the name, if there is one.
func (n PersonalName) Short() (short string, ok bool) {
	switch {
	case strings.TrimSpace(n.First) != n.First || strings.TrimSpace(n.Last) != n.Last:
		return "", false
	case n.Last == "":
		return n.First, n.Full == n.First && !strings.Contains(n.First, ",")
	case n.First == "":
		return n.Last + ", ", n.Full == n.Last && !strings.Contains(n.Last, ",")
	}
	return n.Last + ", " + n.First, n.Full == n.First+" "+n.Last && !strings.Contains(n.Last, ",")
}

// AppendFields appends `"first_name":"Ada","last_name":"Lovelace","full_name":"Ada Lovelace"`.
func (n PersonalName) AppendFields(b []byte, _ Owner) []byte {
	b = appendMember(b, "first_name", n.First)
	b = appendMember(append(b, ','), "last_name", n.Last)
	return appendMember(append(b, ','), "full_name", n.Full)
}

// Key is all fields as they read.
func (n PersonalName) Key() string { return string(n.AppendFields(nil, nil)) }

// Together implements Value.
func (n PersonalName) Together() Value {
	return PersonalName{First: clone(n.First), Last: clone(n.Last), Full: clone(n.Full)}
}

// Compare orders by the full name as texts are.
func (n PersonalName) Compare(other Value, _ *Definition) int {
	o, ok := other.(PersonalName)
	if !ok {
		return -1
	}
	return cmp.Or(compareText(n.Full, o.Full), compareText(n.Last, o.Last), compareText(n.First, o.First))
}
