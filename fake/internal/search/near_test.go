package search

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// distance is the optimal string alignment distance by its definition; a distance above most may be returned as any
// larger number.
func distance(a, b []rune, most int) int {
	if most < 0 {
		return 0
	}
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	restA, restB := a[1:], b[1:]
	if a[0] == b[0] {
		return distance(restA, restB, most)
	}
	least := 1 + min(distance(restA, b, most-1), distance(a, restB, most-1), distance(restA, restB, most-1))
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		least = min(least, 1+distance(a[2:], b[2:], most-1))
	}
	return least
}

func TestTheWalkFindsEveryWordThatIsNearAndNoOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("abé")), 0, 7, -1)
		keys := rapid.SliceOfNDistinct(word, 50, 200, rapid.ID).Draw(t, "keys")
		queried, most := word.Draw(t, "queried"), rapid.IntRange(1, 3).Draw(t, "most")
		var phrases [][]string // of a document for each key
		want := map[int32]int{}
		for i, key := range keys {
			phrases = append(phrases, []string{key})
			if d := distance([]rune(queried), []rune(key), most); d <= most {
				want[int32(i)] = d
			}
		}
		got := map[int32]int{}
		all := newTerms(phrases, wholly)
		all.near(queried, most, func(place int32, distance int) { got[place] = distance })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q in %q: %s", queried, slices.Sorted(slices.Values(keys)), diff)
		}
	})
}

func TestShortWordsAndNumbersHaveNoNearMisses(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]int{
		"ada": 0, "grace": 1, "gracié": 1, "lovelac": 1, "lovelace": 2, "user1234": 0, "12345678": 0, "東京": 0,
	} {
		if got := tolerance(word); got != want {
			t.Errorf("%s may be %d edits away, not %d", word, got, want)
		}
	}
}
