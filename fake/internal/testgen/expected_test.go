package testgen

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	oneID   = "0b1f0d4a-6f0e-4e0b-9a55-0d7f0a6a2f01"
	otherID = "9c2e1d5b-7a1f-4f1c-8b66-1e8a1b7b3a02"
)

func TestAnOutcomeIsExpectedIfItIsTheSameAgain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		first, again Outcome
		differs      string   // how they differ
		madeUp       []string // paths
		answer       bool     // whether it is compared
	}{
		"nothing changed": {
			first: Outcome{Status: 200, Answer: []byte(`{"data":[]}`), Changes: []byte(`[]`)}, again: Outcome{Status: 200, Answer: []byte(`{"data": []}`), Changes: []byte(`[]`)},
			answer: true,
		},
		"another status": {
			first: Outcome{Status: 200, Changes: []byte(`[]`)}, again: Outcome{Status: 404, Changes: []byte(`[]`)},
			differs: "the status was 200 and now is 404",
		},
		"a new id in a change, also within an address": {
			first:  Outcome{Status: 200, Answer: []byte(oneID), Changes: []byte(`[{"id":"` + oneID + `","after":{"url":"https://x/` + oneID + `"}}]`), Partial: true},
			again:  Outcome{Status: 200, Answer: []byte(otherID), Changes: []byte(`[{"id":"` + otherID + `","after":{"url":"https://x/` + otherID + `"}}]`)},
			madeUp: []string{`[0]["after"]["url"]`, `[0]["id"]`},
		},
		"an id for a text": {
			first:   Outcome{Status: 200, Changes: []byte(`[{"id":"` + oneID + `"}]`), Partial: true},
			again:   Outcome{Status: 200, Changes: []byte(`[{"id":"x"}]`)},
			differs: `the changes has "` + oneID + `" at [0]["id"], and now "x"`,
		},
		"a secret": {
			first:  Outcome{Status: 200, Changes: []byte(`[{"after":{"secret":"` + strings.Repeat("a", 64) + `"}}]`), Partial: true},
			again:  Outcome{Status: 200, Changes: []byte(`[{"after":{"secret":"` + strings.Repeat("b", 64) + `"}}]`)},
			madeUp: []string{`[0]["after"]["secret"]`},
		},
		"a moment later": {
			first: Outcome{Status: 200, Changes: []byte(`[{"after":"2026-01-15T09:00:00.000000000Z"}]`), Partial: true},
			again: Outcome{Status: 200, Changes: []byte(`[{"after":"2026-01-15T09:00:00.004000000Z"}]`)},
		},
		"an hour later": {
			first:   Outcome{Status: 200, Changes: []byte(`[{"after":"2026-01-15T09:00:00.000000000Z"}]`), Partial: true},
			again:   Outcome{Status: 200, Changes: []byte(`[{"after":"2026-01-15T10:00:00.000000000Z"}]`)},
			differs: `the changes has "2026-01-15T09:00:00.000000000Z" at [0]["after"], and now "2026-01-15T10:00:00.000000000Z"`,
		},
		"one member less": {
			first:   Outcome{Status: 200, Answer: []byte(`{"a":1,"b":2}`), Changes: []byte(`[]`)},
			again:   Outcome{Status: 200, Answer: []byte(`{"a":1}`), Changes: []byte(`[]`)},
			differs: `the answer has {"a":1,"b":2} at the top, and now {"a":1}`,
		},
		"another number": {
			first:   Outcome{Status: 200, Answer: []byte(`{"a":12345678901234567890}`), Changes: []byte(`[]`)},
			again:   Outcome{Status: 200, Answer: []byte(`{"a":12345678901234567891}`), Changes: []byte(`[]`)},
			differs: `the answer has 12345678901234567890 at ["a"], and now 12345678901234567891`,
		},
		"another plain text": {
			first:   Outcome{Status: 502, Answer: []byte(`<html>`), Changes: []byte(`[]`)},
			again:   Outcome{Status: 502, Answer: []byte(`<xml>`), Changes: []byte(`[]`)},
			differs: `the answer differs`,
		},
		"an answer whose order is arbitrary": {
			first: Outcome{Status: 200, Answer: []byte(`[1,2]`), Changes: []byte(`[]`), Partial: true}, again: Outcome{Status: 200, Answer: []byte(`[2,1]`), Changes: []byte(`[]`)},
		},
		"a long answer": {
			first: Outcome{Status: 200, Answer: []byte(`"` + strings.Repeat("x", maxAnswer) + `"`), Changes: []byte(`[]`)},
			again: Outcome{Status: 200, Answer: []byte(`"` + strings.Repeat("x", maxAnswer) + `"`), Changes: []byte(`[]`)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Expect(test.first, test.again)
			differs := ""
			if err != nil {
				differs = err.Error()
			}
			var madeUp []string
			for _, path := range got.MadeUp {
				madeUp = append(madeUp, path.String())
			}
			if diff := cmp.Diff([]any{test.differs, test.madeUp, test.answer}, []any{differs, madeUp, got.Answer != nil}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOfManyChangesTheFirstAreCompared(t *testing.T) {
	t.Parallel()
	changes := []byte("[" + strings.Repeat(`{"thing":"record","id":"x"},`, maxChanges+4) + `{"thing":"record","id":"y"}]`)
	got, err := Expect(Outcome{Status: 200, Changes: changes}, Outcome{Status: 200, Changes: changes})
	if err != nil || len(got.Changes) != maxChanges || got.Total != maxChanges+5 || !got.More() {
		t.Errorf("%d of %d changes: %v", len(got.Changes), got.Total, err)
	}
	if diff := cmp.Diff([]string{"Of its 105 changes the first 100 are compared."}, got.notes); diff != "" {
		t.Error(diff)
	}
}
