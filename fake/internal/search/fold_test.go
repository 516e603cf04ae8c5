package search

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestTextsAreFoldedToWhatPeopleType(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                     "",
		"  Ada   Lovelace\t":   "ada lovelace",
		"ada.lovelace@x.co.uk": "ada lovelace x co uk",
		"José Ångström":        "jose angstrom",
		"Jose\u0301":           "jose",
		"Straße":               "strasse",
		"STRASSE":              "strasse",
		"Øystein Sørensen":     "oystein sorensen",
		"Łukasz Wałęsa":        "lukasz walesa",
		"Þórr":                 "thorr",
		"İstanbul":             "istanbul",
		"Ὀδυσσεύς":             "οδυσσευσ",
		"Алёна":                "алена",
		"हिन्दी":               "हिन्दी",
		"東京 株式会社":              "東京 株式会社",
		"ﬁnance":               "finance",
		"O'Brien":              "obrien",
		"O’Brien":              "obrien",
		"Deal 🎉 won":           "deal 🎉 won",
		"C++ / C#":             "c c",
		"-- !":                 "",
		"a\xffb":               "a�b",
	} {
		if got := fold(text); got != want {
			t.Errorf("fold(%q) is %q, not %q", text, got, want)
		}
	}
}

func TestALongTextIsFoldedToItsBeginning(t *testing.T) {
	t.Parallel()
	got := fold(strings.Repeat("é", 1<<20))
	if want := strings.Repeat("e", maxText/2); got != want {
		t.Errorf("got %d letters, want %d", len(got), len(want))
	}
}

func TestFoldingAFoldedTextChangesNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Straße 5", "Ὀδυσσεύς", "İ", "ſ", "ǅ", "Å", "한국어", "ﷺ"} {
		once := fold(text)
		if twice := fold(once); twice != once {
			t.Errorf("%q folds to %q and then to %q", text, once, twice)
		}
	}
}

func TestASCIIIsFoldedLikeAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom(nil, &unicode.RangeTable{R16: []unicode.Range16{{Hi: unicode.MaxASCII, Stride: 1}}})).Draw(t, "text")
		if got, want := foldASCII(text), foldUnicode(text); got != want {
			t.Fatalf("%q folds to %q, not %q", text, want, got)
		}
	})
}

func FuzzFold(f *testing.F) {
	f.Add("Ada Lovelace")
	f.Add("Jose\u0301 O’Brien 🎉")
	f.Fuzz(func(t *testing.T, text string) {
		phrase := fold(text)
		if strings.Trim(phrase, " ") != phrase || strings.Contains(phrase, "  ") {
			t.Errorf("fold(%q) is %q", text, phrase)
		}
	})
}

func TestAQueryIsReadInSeveralWays(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][]string{
		"Ada Lovelace":                        {"ada lovelace"},
		"+1 (555) 867-5309":                   {"1 555 867 5309", "15558675309"},
		"020 7183 8750":                       {"020 7183 8750", "2071838750"},
		"0044 20 7183 8750":                   {"0044 20 7183 8750", "442071838750"},
		"555":                                 {"555"},
		"000":                                 {"000"},
		"555 extension 5":                     {"555 extension 5"},
		"https://uk.linkedin.com/in/ada-l/":   {"https uk linkedin com in ada l", "ada l"},
		"x.com/@Ada?lang=en":                  {"x com ada lang en", "ada"},
		"https://example.com/in/ada":          {"https example com in ada"},
		"https://linkedin.com":                {"https linkedin com"},
		"https://linkedin.com/in/jos%C3%A9":   {"https linkedin com in jos c3 a9", "jose"},
		"https://linkedin.com/in/100%25%zz":   {"https linkedin com in 100 25 zz", "100 25 zz"},
		"evil-linkedin.com/in/ada":            {"evil linkedin com in ada"},
		"https://facebook.com/armstrong1234#": {"https facebook com armstrong1234", "armstrong1234"},
		"?!":                                  nil,
	} {
		var got []string
		for _, q := range readQuery(typed) {
			got = append(got, q.phrase)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q:\n%s", typed, diff)
		}
	}
}
