package testgen

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// Outcome is what came of a request.
type Outcome struct {
	Status  int
	Answer  []byte
	Partial bool   // only the beginning of the answer is known, or its order is arbitrary: it says nothing
	Changes []byte // JSON: the changes as the control API shows them
}

// Expected is the outcome that a test compares with.
type Expected struct {
	Status  int
	Answer  *Answer // nil if it is not compared
	Changes []Change
	Total   int      // how many changes there are; more than Changes if there are too many
	MadeUp  []Path   // in the changes: the ids and secrets that the request made, which differ each time
	ids     []string // what is there
	notes   []string // what is not compared, and why
}

// Answer is the body of an answer.
type Answer struct {
	JSON bool
	Text string
}

// Change is a change as the control API shows it.
type Change struct {
	Thing      string            `json:"thing"`
	In         string            `json:"in"`
	ID         string            `json:"id"`
	Action     string            `json:"action"`
	Attributes []AttributeChange `json:"attributes"`
	Before     json.RawMessage   `json:"before"`
	After      json.RawMessage   `json:"after"`
	Raw        json.RawMessage   `json:"-"` // all of it
}

// AttributeChange is a change of an attribute.
type AttributeChange struct {
	Attribute string          `json:"attribute"`
	Before    json.RawMessage `json:"before"`
	After     json.RawMessage `json:"after"`
}

// Path leads to a part of a JSON value: keys and indexes.
type Path []any

// MadeUpID stands in an expectation for an id or a secret that the request made.
const MadeUpID = "<id>"

// Expect returns what a test may expect of a request that was repeated: its outcome, if that is the same as the first one
// but for ids, secrets and the fraction of a second that the first took. Otherwise the error says how they differ.
func Expect(first, again Outcome) (Expected, error) {
	if first.Status != again.Status {
		return Expected{}, fmt.Errorf("the status was %d and now is %d", first.Status, again.Status)
	}
	changes := comparison{what: "the changes"}
	if err := changes.texts(first.Changes, again.Changes); err != nil {
		return Expected{}, err
	}
	answer := comparison{what: "the answer"}
	if !first.Partial {
		if err := answer.texts(first.Answer, again.Answer); err != nil {
			return Expected{}, err
		}
	}
	all, err := changesOf(again.Changes)
	if err != nil {
		return Expected{}, err
	}
	e := Expected{Status: again.Status, Total: len(all), Changes: all[:min(len(all), maxChanges)], ids: changes.ids}
	for _, path := range changes.madeUp {
		if path[0].(int) < maxChanges {
			e.MadeUp = append(e.MadeUp, path)
		}
	}
	switch {
	case len(all) > maxChanges:
		e.notes = append(e.notes, fmt.Sprintf("Of its %d changes the first %d are compared.", len(all), maxChanges))
	case len(all) > 0: // they say what happened
	case first.Partial:
		e.notes = append(e.notes, "Its answer is not compared: its order is arbitrary, or the journal has only the beginning.")
	case answer.madeUp != nil:
		e.notes = append(e.notes, "Its answer is not compared: it has something new each time.")
	case len(again.Answer) > maxAnswer:
		e.notes = append(e.notes, fmt.Sprintf("Its answer is not compared: it has %d KB.", len(again.Answer)>>10))
	default:
		e.Answer = &Answer{JSON: json.Valid(again.Answer), Text: strings.TrimSuffix(string(again.Answer), "\n")}
	}
	return e, nil
}

// More reports whether there are more changes than are compared.
func (e Expected) More() bool { return e.Total > len(e.Changes) }

func changesOf(text []byte) ([]Change, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, err
	}
	changes := make([]Change, len(raw))
	for i := range raw {
		if err := json.Unmarshal(raw[i], &changes[i]); err != nil {
			return nil, err
		}
		changes[i].Raw = raw[i]
	}
	return changes, nil
}

// comparison compares two JSON values, and notes where the second has something that a request makes at random.
type comparison struct {
	what   string
	madeUp []Path
	ids    []string // what is there
}

func (c *comparison) texts(first, again []byte) error {
	if bytes.Equal(first, again) {
		return nil
	}
	a, errA := decode(first)
	b, errB := decode(again)
	if errA != nil || errB != nil {
		return fmt.Errorf("%s differs", c.what)
	}
	return c.values(nil, a, b)
}

// decode reads a JSON value and keeps its numbers as they are written.
func decode(text []byte) (value any, err error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	err = dec.Decode(&value)
	return value, err
}

func (c *comparison) values(at Path, a, b any) error {
	differ := fmt.Errorf("%s has %s at %s, and now %s", c.what, brief(a), at, brief(b))
	switch a := a.(type) {
	case map[string]any:
		other, ok := b.(map[string]any)
		if !ok || len(a) != len(other) {
			return differ
		}
		for _, key := range sortedKeys(a) {
			if value, ok := other[key]; !ok {
				return differ
			} else if err := c.values(step(at, key), a[key], value); err != nil {
				return err
			}
		}
		return nil
	case []any:
		other, ok := b.([]any)
		if !ok || len(a) != len(other) {
			return differ
		}
		for i := range a {
			if err := c.values(step(at, i), a[i], other[i]); err != nil {
				return err
			}
		}
		return nil
	case string:
		other, ok := b.(string)
		switch {
		case a == other && ok, ok && sameMoment(a, other):
			return nil
		case ok && madeAlike(a, other):
			c.madeUp = append(c.madeUp, at)
			c.ids = append(c.ids, other)
			return nil
		}
		return differ
	}
	if a != b {
		return differ
	}
	return nil
}

func step(at Path, next any) Path { return append(slices.Clone(at), next) }

func sortedKeys(m map[string]any) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// String writes the path as JavaScript does.
func (p Path) String() string {
	var b strings.Builder
	for _, step := range p {
		encoded, _ := json.Marshal(step) // a string or a number
		fmt.Fprintf(&b, "[%s]", encoded)
	}
	if b.Len() == 0 {
		return "the top"
	}
	return b.String()
}

func brief(value any) string {
	text, _ := json.Marshal(value) // came as JSON
	if len(text) > 80 {
		return strings.ToValidUTF8(string(text[:80]), "") + "…"
	}
	return string(text)
}

var (
	uuids  = lazy.New(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	secret = lazy.New(`^[0-9A-Za-z_-]{32,}$`)
)

// madeAlike reports whether two texts differ only in what is made at random.
func madeAlike(a, b string) bool {
	if uuids.MatchString(a) && uuids.Get().ReplaceAllString(a, "") == uuids.Get().ReplaceAllString(b, "") {
		return true
	}
	return secret.MatchString(a) && secret.MatchString(b) && len(a) == len(b)
}

// tolerance is how far a time may be from that of the first request: the clock of the repeated one stands still.
const tolerance = time.Second

func sameMoment(a, b string) bool {
	first, errA := time.Parse(time.RFC3339Nano, a)
	again, errB := time.Parse(time.RFC3339Nano, b)
	return errors.Join(errA, errB) == nil && first.Sub(again).Abs() <= tolerance
}
