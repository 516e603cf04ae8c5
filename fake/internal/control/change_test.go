package control

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestOfLongListsOnlyThePartInWhichTheyDifferIsShown(t *testing.T) {
	t.Parallel()
	held := func(texts string) (values []world.Held) {
		for _, text := range strings.Fields(texts) {
			values = append(values, world.Held{Stamp: new(world.Stamp), Value: attribute.Text(text)})
		}
		return values
	}
	long := held(strings.Repeat("x ", maxShown))
	grown := slices.Concat(held("new"), long)
	for name, tc := range map[string]struct{ before, after, from, to []world.Held }{
		"short ones whole":                {held("a b"), held("c a b"), held("a b"), held("c a b")},
		"one more at the front":           {long, slices.Concat(held("new"), long), nil, held("new")},
		"one more in the same array":      {grown[1:], grown, nil, held("new")},
		"one more at the end":             {long, slices.Concat(long, held("new")), nil, held("new")},
		"one less in the middle":          {slices.Concat(long, held("old"), long), slices.Concat(long, long), held("old"), nil},
		"one for another":                 {slices.Concat(long, held("old"), long), slices.Concat(long, held("a b"), long), held("old"), held("a b")},
		"all of a thing that is new":      {nil, grown, nil, grown},
		"all of a thing that is gone":     {grown, nil, grown, nil},
		"two lists of which none is long": {long[1:], held("a"), long[1:], held("a")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, to := different(tc.before, tc.after)
			show := func(values []world.Held) (texts []string) {
				for _, value := range values {
					texts = append(texts, value.Value.Key())
				}
				return texts
			}
			if diff := cmp.Diff([][]string{show(tc.from), show(tc.to)}, [][]string{show(from), show(to)}); diff != "" {
				t.Error(diff)
			}
		})
	}
}
