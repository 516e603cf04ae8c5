package compare

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// Difference is one point where an answer differs from the wanted one.
type Difference struct {
	Path      string   `json:"path"` // "status", "header vary" or a place in the body: "data[0].id.record_id"; "" for the whole body
	Kind      Kind     `json:"kind"`
	Severity  Severity `json:"severity"`
	Want, Got string   `json:"-"`
}

func (d Difference) String() string {
	return fmt.Sprintf("%s: want %s, got %s", d.place(), d.Want, d.Got)
}

func (d Difference) place() string { return cmp.Or(d.Path, "body") }

// Field is the path without the places in arrays, "data[].id.record_id": the same field of all elements.
func (d Difference) Field() string { return indices.Get().ReplaceAllString(d.place(), "[]") }

var indices = lazy.New(`\[\d+\]`)

// Kind says what differs.
type Kind string

// The kinds of differences.
const (
	OfStatus  Kind = "status"
	OfBody    Kind = "body"        // one of the two is not JSON, or is empty
	OfMissing Kind = "missing-key" // a wanted key is not there
	OfType    Kind = "type"        // the value has another JSON type
	OfCode    Kind = "code"        // of an error: its type, its code, or the place that it names
	OfHeader  Kind = "header"
	OfForm    Kind = "form"    // of a string: a UUID, a timestamp of another layout, a date, an address
	OfMessage Kind = "message" // the sentence of an error
	OfExtra   Kind = "extra-key"
	OfOrder   Kind = "order"  // of keys
	OfLength  Kind = "length" // the number of elements
	OfValue   Kind = "value"  // other content of the same form
)

// Severity is how much a difference matters to a client.
type Severity int

// The severities, mildest first.
const (
	Harmless Severity = iota // content, and headers that only browsers read
	Notable                  // a client can notice it, but seldom fails by it
	Breaking                 // a client that works with one side can fail with the other
)

var severityNames = []string{"harmless", "notable", "breaking"}

func (s Severity) String() string { return severityNames[s] }

// MarshalText writes the name of a severity.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the name of a severity.
func (s *Severity) UnmarshalText(text []byte) error {
	i := slices.Index(severityNames, string(text))
	if i < 0 {
		return fmt.Errorf("%s", suggest.Unknown("severity", string(text), severityNames))
	}
	*s = Severity(i)
	return nil
}

// severities has the severity of each kind, except of headers, which have their own.
var severities = lazy.Of[map[Kind]Severity]{Make: func() map[Kind]Severity {
	return map[Kind]Severity{
		OfStatus: Breaking, OfBody: Breaking, OfMissing: Breaking, OfType: Breaking, OfCode: Breaking,
		OfForm: Notable, OfMessage: Notable, OfExtra: Notable, OfOrder: Notable, OfLength: Notable,
		OfValue: Harmless,
	}
}}

// Kinds lists the kinds, worst first.
func Kinds() []Kind {
	return []Kind{OfStatus, OfBody, OfMissing, OfType, OfCode, OfHeader, OfForm, OfMessage, OfExtra, OfOrder, OfLength, OfValue}
}

// Worst returns the severity of the worst difference; Harmless if there is none.
func Worst(found []Difference) Severity {
	worst := Harmless
	for _, d := range found {
		worst = max(worst, d.Severity)
	}
	return worst
}
