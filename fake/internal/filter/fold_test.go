package filter

import (
	"cmp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFoldingIsComparingInLowerCase(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(
		rapid.StringOf(rapid.SampledFrom([]rune("aAbBzZ[`{ -"))),
		rapid.StringOf(rapid.SampledFrom([]rune("aAkK\u212AİiıäÄßẞſsΣς"))),
		rapid.String(),
	)
	rapid.Check(t, func(t *rapid.T) {
		s, other := text.Draw(t, "s"), text.Draw(t, "other")
		if rapid.Bool().Draw(t, "inside") && s != "" {
			from := rapid.IntRange(0, len(s)-1).Draw(t, "from")
			other = s[from:rapid.IntRange(from, len(s)).Draw(t, "to")]
		}
		low, needle := strings.ToLower(s), strings.ToLower(other)
		for name, got := range map[string][2]bool{
			"contains": {containsFold(s, needle), strings.Contains(low, needle)},
			"equal":    {equalFold(s, needle), low == needle},
			"prefix":   {hasPrefixFold(s, needle), strings.HasPrefix(low, needle)},
			"suffix":   {hasSuffixFold(s, needle), strings.HasSuffix(low, needle)},
		} {
			if got[0] != got[1] {
				t.Errorf("%s(%q, %q) = %t", name, s, needle, got[0])
			}
		}
		want := cmp.Or(strings.Compare(low, needle), strings.Compare(s, other))
		if got := compareFold(s, other); cmp.Compare(got, 0) != want {
			t.Errorf("compareFold(%q, %q) = %d, want %d", s, other, got, want)
		}
	})
}
