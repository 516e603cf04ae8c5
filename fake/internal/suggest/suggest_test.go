package suggest

import (
	"fmt"
	"strings"
	"testing"
)

func TestTheNearestWordIsTheOneThatWasMeant(t *testing.T) {
	t.Parallel()
	known := []string{"admin", "member", "suspended"}
	for word, want := range map[string]string{
		"amdin":   "admin", // neighbours swapped count as one edit
		"admn":    "admin",
		"Admin":   "admin",
		"members": "member",
		"suspend": "suspended",
		"owner":   "",
		"":        "",
	} {
		if got, ok := Nearest(word, known); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}

func TestDistanceCountsEdits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0},
		{"kitten", "sitting", 3}, {"ab", "ba", 1}, {"ca", "abc", 3}, {"é", "e", 1},
	} {
		if got := distance([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%q to %q: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestALongListOfKnownWordsIsCut(t *testing.T) {
	t.Parallel()
	var known []string
	for i := range LongList + 7 {
		known = append(known, fmt.Sprintf("user-%d", i))
	}
	if got := Unknown("user", "zoe", known); !strings.HasSuffix(got, "known: user-0, user-1, user-2, user-3, user-4 and 32 more") {
		t.Error(got)
	}
	if got, want := Unknown("user", strings.Repeat("x", 100), nil), `unknown user "`+strings.Repeat("x", 80)+`…"; there is none`; got != want {
		t.Error(got)
	}
}
