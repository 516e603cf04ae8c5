package scenario_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Tests of users hold the values and ids of made-up records, so what generate makes must never change.
func TestWhatGenerateMakesUpNeverChanges(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		source scenario.Source
		want   string
	}{
		{"every type of attribute", scenario.Text("types", fmt.Sprintf(everyType, "", "content", 300)), "507fa5af498c63b11fa69d19baeba1427d3701cba45dff22cc64196dfb8516cc"},
		{"another seed", scenario.Text("types", fmt.Sprintf(everyType, "seed: 7", "content", 100)), "7468af634be33f2ca956710d0c5d777e5023707e79cfe3675a81e5e7cb5734fc"},
		{"companies that share names", crowd("content", 2500, 500), "a1e7602803e082a6b0e76985434f88c4366cbae37e81a6378b5b71f2bc7486eb"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sum := sha256.New()
			writeContent(sum, load(t, tc.source).Workspaces[0])
			if got := hex.EncodeToString(sum.Sum(nil)); got != tc.want {
				t.Errorf("the records are others: their hash is %s", got)
			}
		})
	}
}

// writeContent writes all values of all records as clients see them, with their times and authors.
func writeContent(w io.Writer, state *world.State) {
	for _, object := range state.Schema.Objects {
		for record := range state.Records(object.ID) {
			fmt.Fprintln(w, object.Slug, record.ID, record.CreatedAt(), record.CreatedBy())
			for _, d := range object.Attributes {
				for _, held := range slices.Concat(record.Past(d), record.Active(d)) {
					fmt.Fprintf(w, " %s %s %s %v %s\n", d.Slug, held.From, orNone(held.Until), held.Actor, held.Value.AppendFields(nil, owner{state, &object.Target, d}))
				}
				for referrer := range state.Referrers(d, record.ID) {
					fmt.Fprintln(w, " <-", d.Slug, referrer)
				}
			}
		}
	}
}
