package pseudonym

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/phone"
)

func of(key string, originals ...string) *Pseudonyms {
	collected := NewOriginals(nil)
	for _, s := range originals {
		collected.Add(Name, s)
	}
	return New([]byte(key), collected)
}

// strings of each kind, as workspaces have them.
var generators = map[Kind]*rapid.Generator[string]{
	First:  rapid.StringMatching(`[A-Z][a-zé]{1,9}|[一-三]{2}|Ян|Zoë`),
	Last:   rapid.StringMatching(`[A-Z][a-z]{1,11}(-[A-Z][a-z]{2,8})?|O'[A-Z][a-z]{2,7}|Mc[A-Z][a-z]{3,6}`),
	Name:   rapid.StringMatching(`[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}){0,2}|[A-Z]{2,4}|[1-9][A-Z] & [a-z]{3,7}`),
	Text:   rapid.StringMatching(`[A-Za-zäöü0-9 ,.*#\n-]{1,80}`),
	Email:  rapid.StringMatching(`[a-z]{1,8}([._+-][a-z]{1,8})?@([a-z]{2,6}\.)?[a-z]{2,9}\.(com|de|co\.uk|io|software)`),
	Domain: rapid.StringMatching(`(www\.)?([a-z]{1,6}\.)?[a-z]{2,10}(-[a-z]{2,6})?\.(com|org|de|co\.uk|github\.io)`),
	URL:    rapid.StringMatching(`https://(www\.linkedin\.com|[a-z]{3,8}\.com(:80)?)/[a-z]{2,8}(/[a-z0-9-]{1,9}(\.png)?)?(\?[a-z]=[0-9]{1,4})?`),
	Phone:  rapid.SampledFrom([]string{"+12125550142", "+442079460018", "+493012345678", "+33142685300", "+4687701000", "+61291234567", "+919812345678"}),
	Number: rapid.StringMatching(`-?[1-9][0-9]{0,9}(\.[0-9]{1,3}[1-9])?`),
	ID:     rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`),
	Slug:   rapid.StringMatching(`[a-z][a-z0-9]{0,7}([_-][a-z0-9]{1,6}){0,3}`),
}

func TestPseudonymsAreConsistentAndNeverTheSameForTwo(t *testing.T) {
	t.Parallel()
	for kind, strings := range generators {
		rapid.Check(t, func(t *rapid.T) {
			all := rapid.SliceOfN(strings, 1, 20).Draw(t, "originals")
			p, again := of("secret", all...), of("secret", all...)
			originals := make(map[string]string)
			for _, s := range all {
				made := p.Of(kind, s)
				if made != p.Of(kind, s) {
					t.Fatalf("%q has two pseudonyms", s)
				}
				if other, taken := originals[made]; taken && other != s {
					t.Fatalf("%q and %q are both %q", other, s, made)
				}
				originals[made] = s
				if same := again.Of(kind, s); same != made {
					t.Fatalf("the same key makes %q and %q of %q", made, same, s)
				}
				if p.originals.in(made) {
					t.Fatalf("%q, which became %q, has an original in it", s, made)
				}
				checkShape(t, kind, s, made)
			}
		})
	}
}

// checkShape holds what stays of a string.
func checkShape(t *rapid.T, kind Kind, s, made string) {
	frame := func(s string) string { return strings.Join(strings.FieldsFunc(s, isWordRune), "|") }
	if kind == First || kind == Last || kind == Name || kind == Slug || kind == Text || kind == Email && !strings.Contains(s, "uk") {
		before, _, _ := cutLast(s, "@")
		after, _, _ := cutLast(made, "@")
		if frame(before) != frame(after) {
			t.Fatalf("%q became %q, with other signs", s, made)
		}
	}
	length := utf8.RuneCountInString
	switch kind {
	case Phone:
		before, _ := phone.Parse(s, "")
		after, err := phone.Parse(made, "")
		if before.Valid() && (err != nil || !after.Valid() || after.Region() != before.Region() || len(made) != len(s)) {
			t.Fatalf("%q became %q", s, made)
		}
	case ID:
		if !IsUUID(made) || made[14] != s[14] || made[19] != s[19] {
			t.Fatalf("%q became %q", s, made)
		}
	case Domain:
		root := strings.Count(made, ".") >= 1
		registered, err := publicsuffix.EffectiveTLDPlusOne(made)
		if !root || err != nil || !strings.HasSuffix(made, registered) || strings.HasPrefix(s, "www.") != strings.HasPrefix(made, "www.") {
			t.Fatalf("%q became %q: %v", s, made, err)
		}
	case URL:
		if !strings.HasPrefix(made, "https://") || strings.Contains(s, "linkedin.com") != strings.Contains(made, "linkedin.com") {
			t.Fatalf("%q became %q", s, made)
		}
	case Text:
		if length(s) >= 8 && (length(made) < length(s) || length(made) > length(s)+12) {
			t.Fatalf("%q became %q, which is not as long", s, made)
		}
	case Number:
		if strings.HasPrefix(s, "-") != strings.HasPrefix(made, "-") || length(made) < length(s) || len(s) > 3 && len(made) != len(s) {
			t.Fatalf("%q became %q", s, made)
		}
	}
}

func TestNamesDomainsAndAddressesGoTogether(t *testing.T) {
	t.Parallel()
	p := of("secret", "Ada Lovelace", "Alder Clinics", "alder.com", "ada.lovelace@mail.alder.com")
	first, last := p.Of(First, "Ada"), p.Of(Last, "Lovelace")
	company, domain := p.Of(Name, "Alder Clinics"), p.Of(Domain, "alder.com")
	alder, _, _ := strings.Cut(company, " ")
	if domain != strings.ToLower(alder)+".alt" {
		t.Errorf("%s has the domain %s", company, domain)
	}
	email := p.Of(Email, "ada.lovelace@mail.alder.com")
	local, host, _ := strings.Cut(email, "@")
	if local != strings.ToLower(first+"."+last) || !strings.HasSuffix(host, "."+domain) {
		t.Errorf("%s %s at %s has the address %s", first, last, domain, email)
	}
	if shouted := p.Of(Name, "ALDER CLINICS"); shouted != strings.ToUpper(company) {
		t.Errorf("%s is %s in capitals", company, shouted)
	}
	if first != p.Of(First, "Ada") || len(first) != 3 || len(last) != len("Lovelace") {
		t.Errorf("got %s %s", first, last)
	}
}

func TestADomainIsTheSameInCapitalsAndHasNoOtherForm(t *testing.T) {
	t.Parallel()
	p := of("secret", "alder.com", "Alder.COM", "_@Alder.com")
	if lower, upper := p.Of(Domain, "alder.com"), p.Of(Domain, "Alder.COM"); lower != upper {
		t.Errorf("got %s and %s", lower, upper)
	}
	one, other := p.Of(Email, "_@alder.com"), p.Of(Email, "_@Alder.com")
	if one == other || !strings.HasPrefix(one, "_@") {
		t.Errorf("two addresses became %s and %s", one, other)
	}
}

func TestPagesOfANetworkHavePseudonymsBesideItsFrontPage(t *testing.T) {
	t.Parallel()
	p := of("secret", "linkedin.com", "https://www.linkedin.com/in", "https://www.linkedin.com/in/ada-lovelace", "https://x.com/ada", "x.com")
	for _, page := range []string{"https://www.linkedin.com/in/ada-lovelace", "https://x.com/ada", "https://www.linkedin.com/in"} {
		made := p.Of(URL, page)
		network, _, _ := strings.Cut(strings.TrimPrefix(page, "https://"), "/")
		if !strings.HasPrefix(made, "https://"+network+"/") || strings.Contains(made, "ada") || made == page {
			t.Errorf("%s became %s", page, made)
		}
	}
}

func TestAnotherKeyMakesOtherPseudonyms(t *testing.T) {
	t.Parallel()
	one, other := of("one"), of("other")
	same := 0
	for _, s := range []string{"Lindholm", "Okafor", "Raman", "Weber", "Sorensen", "Adeyemi", "Bauer", "Marin"} {
		if one.Of(Last, s) == other.Of(Last, s) {
			same++
		}
	}
	if same > 2 {
		t.Errorf("%d of 8 names have the same pseudonym under another key", same)
	}
}

func TestNumbersAreWrittenAsTheOriginalsWere(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ written, number, want string }{
		"in E.164":                         {"+12125550142", "+12129990123", "+12129990123"},
		"with a country and signs":         {"+1 (212) 555-0142", "+12129990123", "+1 (212) 999-0123"},
		"of a country":                     {"(212) 555-0142", "+12129990123", "(212) 999-0123"},
		"of a country with a leading zero": {"030 1234567", "+49309876543", "030 9876543"},
		"with fewer digits than it has":    {"+44 20", "+442079460018", "+442079460018"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := PhoneAs(test.written, test.number); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAScanFindsWhatIsLeft(t *testing.T) {
	t.Parallel()
	originals := NewOriginals([]string{"created_at", "member", "Standard"})
	for _, s := range []string{"Alder Clinics", "ember", "Grace Adeyemi", "Li Wu", "created", "12345", "Standard Growth", "ada@alder.com", "Zoë Ångström"} {
		originals.Add(Name, s)
	}
	for name, test := range map[string]struct {
		text string
		want []Place
	}{
		"a whole string":                         {"name: Alder Clinics", []Place{{1, 7}, {1, 13}}},
		"a word of it":                           {"a: 1\nb: [the clinics of]", []Place{{2, 9}}},
		"a string of short words":                {"name: Li Wu", []Place{{1, 7}}},
		"one in capitals":                        {"GRACE", []Place{{1, 1}}},
		"one inside a longer word":               {"x: myadeyemix", []Place{{1, 6}}},
		"one with letters of any script":         {"é: zoë ångströms", []Place{{1, 4}, {1, 8}}},
		"nothing in what is allowed":             {"created_at: [member, Standard]", nil},
		"not a part of an allowed word":          {"member", nil},
		"but the same part of another word":      {"members", []Place{{1, 2}}},
		"a number that stands alone":             {"n: 12345", []Place{{1, 4}}},
		"no part of a longer number":             {"n: 9912345", nil},
		"no word of fewer than five characters":  {"ada, li, wu", nil},
		"a phrase of which each word is allowed": {"x: standard growth", []Place{{1, 4}, {1, 13}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := originals.Scan(test.text, 10)
			if len(got) != len(test.want) {
				t.Fatalf("got %v, want %v", got, test.want)
			}
			for i := range got {
				if got[i] != test.want[i] {
					t.Errorf("got %v, want %v", got, test.want)
				}
			}
		})
	}
}

func TestASchemaWordWithANameInItIsFound(t *testing.T) {
	t.Parallel()
	originals := NewOriginals([]string{"Growth"})
	originals.Add(Name, "Alder Clinics")
	originals.Add(Text, "Growth")
	originals.Add(First, "Grace")
	for phrase, want := range map[string]bool{
		"Alder Clinics": true, "From alder clinics": true, "Won by Grace": true, "Growth": false, "Alder": false, "": false,
	} {
		if got := originals.IsName(phrase); got != want {
			t.Errorf("%q: got %t, want %t", phrase, got, want)
		}
	}
}
