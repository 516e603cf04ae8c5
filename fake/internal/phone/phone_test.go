package phone_test

import (
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nyaruka/phonenumbers"

	"github.com/fakeattio/fakeattio/fake/internal/phone"
)

// reading is what is known of a written number.
type reading struct {
	Err    string // "country" or "number"
	Valid  bool
	Region string
	E164   string
}

func read(text, region string) reading {
	n, err := phone.Parse(text, region)
	switch {
	case errors.Is(err, phone.ErrCountry):
		return reading{Err: "country"}
	case err != nil:
		return reading{Err: "number"}
	}
	return reading{Valid: n.Valid(), Region: n.Region(), E164: n.String()}
}

// readByLibrary does the same by the library whose answers package phone must give.
func readByLibrary(text, region string) reading {
	n, err := phonenumbers.Parse(text, region)
	switch {
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode):
		return reading{Err: "country"}
	case err != nil:
		return reading{Err: "number"}
	}
	return reading{
		Valid: phonenumbers.IsValidNumber(n), Region: phonenumbers.GetRegionCodeForNumber(n),
		E164: phonenumbers.Format(n, phonenumbers.E164),
	}
}

// kinds are the types of numbers of which the library has examples.
var kinds = []phonenumbers.PhoneNumberType{
	phonenumbers.FIXED_LINE, phonenumbers.MOBILE, phonenumbers.TOLL_FREE, phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST,
	phonenumbers.VOIP, phonenumbers.PERSONAL_NUMBER, phonenumbers.PAGER, phonenumbers.UAN, phonenumbers.VOICEMAIL,
}

// regions returns all regions, in alphabetical order.
func regions() []string {
	var all []string
	for region := range phonenumbers.GetSupportedRegions() {
		all = append(all, region)
	}
	slices.Sort(all)
	return all
}

// examples returns a number of every type that a region has.
func examples(region string) []*phonenumbers.PhoneNumber {
	var found []*phonenumbers.PhoneNumber
	for _, kind := range kinds {
		if n := phonenumbers.GetExampleNumberForType(region, kind); n.GetNationalNumber() != 0 {
			found = append(found, n)
		}
	}
	return found
}

// writings returns the ways in which people write a number, and some in which they do not.
func writings(n *phonenumbers.PhoneNumber, home string, random *rand.Rand) []string {
	e164 := phonenumbers.Format(n, phonenumbers.E164)
	national := phonenumbers.GetNationalSignificantNumber(n)
	international := phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
	trunk := phonenumbers.GetNddPrefixForRegion(home, false)
	i, j := random.Intn(len(national)), random.Intn(len(national))
	swapped := []byte(national)
	swapped[i], swapped[j] = swapped[j], swapped[i]
	digit := string(rune('0' + random.Intn(10)))
	script := func(text string, zero rune) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return zero + r - '0'
			}
			return r
		}, text)
	}
	return []string{
		e164, international, national, trunk + national, e164[1:], "00" + e164[1:], "011" + e164[1:], "+" + e164, "+0" + e164[1:], "+00" + e164[1:],
		"0011 " + e164[1:], "0" + national, "1" + national, "8" + national, "+" + national, " " + international + " ", "(" + trunk + national + ")",
		phonenumbers.Format(n, phonenumbers.NATIONAL), phonenumbers.Format(n, phonenumbers.RFC3966), "tel:" + e164 + ";isub=12",
		"tel:" + national + ";phone-context=" + fmt.Sprintf("+%d", n.GetCountryCode()), national + ";phone-context=example.com", national + ";phone-context=",
		strings.ReplaceAll(international, " ", "-"), strings.ReplaceAll(international, " ", "."), strings.ReplaceAll(international, " ", " / "),
		strings.ReplaceAll(international, " ", "\u00a0"), strings.ReplaceAll(international, " ", "~"), strings.ReplaceAll(international, " ", "x"),
		e164 + " ext. 5", e164 + "x12", national + " #123", e164 + ";ext=7", e164 + ",,3", e164 + " extensión 12", national + " x302/x2303", international + " int 9",
		script(e164, '０'), script(national, '٠'), script(national, '۰'), script(national, '०'), script(e164, '०'), "０" + national, "＋" + e164[1:],
		national[:i] + national[i+1:], national[:i] + digit + national[i:], national[:i] + digit + national[i+1:], string(swapped), national[:len(national)/2],
		"+" + fmt.Sprint(n.GetCountryCode()) + national[:i] + national[i+1:], "+" + fmt.Sprint(n.GetCountryCode()) + national[:i] + digit + national[i:],
		"+" + fmt.Sprint(n.GetCountryCode()) + national[:i] + digit + national[i+1:], "+" + fmt.Sprint(n.GetCountryCode()) + string(swapped),
		"+" + fmt.Sprint(n.GetCountryCode()) + trunk + national, "+" + fmt.Sprint(n.GetCountryCode()) + " (0) " + national, fmt.Sprint(n.GetCountryCode()) + trunk + national,
		national[:i] + "ABC", national[:i] + "abcdefg" + digit, national + "&&x]]", national + national, national + "\n", national + "\xff", "\xff" + e164, "no. " + e164, "e-mail",
	}
}

// unusual texts are in no other corpus.
var unusual = []string{
	"", " ", "+", "++", "0", "00", "1", "12", "123", "+1", "+12", "+123", "12-", "1-2", "011", "0118", "+800 1234 5678", "+808 12345678", "+979 123456789", "+888 12345678901",
	"+999 123456", "+210 12345", "1-800-FLOWERS", "1-800-SIX-FLAG", "+1 (800) GOT-MILK", "1-800-ſsſsſs", "1-800-\u212aKITTEN", "5&&x]", "123&&#]]", "(530) 583-6985 x302/x2303",
	"tel:", "tel:;phone-context=+1", ";phone-context=+1", "abc;phone-context=.+12025550123", "tel:2025550123;phone-context=+1;isub=1", "2025550123;phone-context=+", "2025550123;phone-context=a-b.c2",
	"2025550123;phone-context=+1;tel:5", "+1202555012३", "०२०२५५५०१२३", strings.Repeat("1", 17), strings.Repeat("1", 18), strings.Repeat("1", 249), strings.Repeat("1", 250), strings.Repeat("1", 251),
	"+49" + strings.Repeat("3", 15), "00000000", "+10000000000", "+39 02 3661 8300", "+39 0236618", "0236618300", "3 366 18300", "*111", "123*456*7890", "12025550123#", "2025550123 - 503#", "anexo 5", "2025550123anexo 5",
	"+1 202 555 0123 доб. 7", "+1 202 555 0123 ｘ7", "+1 202 555 0123～7", "2025550123,7", "2025550123;7", "2025550123 ;;7", "+44 (0)20 7946 0018", "+44(0)2079460018", "020 7946 0018", "+7 495 123-45-67", "8 (495) 123-45-67", "8~10 1 202 555 0123",
}

func TestReadsNumbersAsTheLibraryDoes(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewSource(1))
	all := regions()
	compared := 0
	compare := func(text, region string) {
		compared++
		if diff := cmp.Diff(readByLibrary(text, region), read(text, region)); diff != "" {
			t.Errorf("%q in %q (-library +own):\n%s", text, region, diff)
		}
	}
	for _, home := range all {
		for i, n := range examples(home) {
			for _, text := range writings(n, home, random) {
				compare(text, home)
				if i == 0 {
					compare(text, "")
					compare(text, all[random.Intn(len(all))])
				}
			}
		}
	}
	for code := range phonenumbers.GetSupportedGlobalNetworkCallingCodes() {
		for _, text := range writings(phonenumbers.GetExampleNumberForNonGeoEntity(code), "US", random) {
			compare(text, "")
			compare(text, "US")
		}
	}
	for _, text := range unusual {
		for _, region := range []string{"", "ZZ", "001", "us", "US", "GB", "IT", "BR", "AU", "RU"} {
			compare(text, region)
		}
	}
	if compared < 10_000 {
		t.Errorf("compared %d texts, want at least 10,000", compared)
	}
	t.Logf("compared %d texts", compared)
}

func TestCallingCodesAreThoseOfTheLibrary(t *testing.T) {
	t.Parallel()
	for _, region := range append(regions(), "", "ZZ", "001", "us") {
		if got, want := phone.CallingCode(region), phonenumbers.GetCountryCodeForRegion(region); got != want {
			t.Errorf("%q has %d, want %d", region, got, want)
		}
	}
}

func FuzzReadsNumbersAsTheLibraryDoes(f *testing.F) {
	for _, text := range unusual {
		f.Add(text, "US")
	}
	random := rand.New(rand.NewSource(2))
	for _, region := range []string{"AR", "BR", "GB", "IT"} { // those with the most rules
		for _, text := range writings(phonenumbers.GetExampleNumber(region), region, random) {
			f.Add(text, region)
		}
	}
	f.Fuzz(func(t *testing.T, text, region string) {
		if diff := cmp.Diff(readByLibrary(text, region), read(text, region)); diff != "" {
			t.Errorf("%q in %q (-library +own):\n%s", text, region, diff)
		}
	})
}

// BenchmarkPhone reads an example number of every region, as package phone and as the library does it, in turns.
// of-library is the time as a part of the library's.
func BenchmarkPhone(b *testing.B) {
	var texts, homes []string
	for _, region := range regions() {
		n := phonenumbers.GetExampleNumber(region)
		texts, homes = append(texts, phonenumbers.Format(n, phonenumbers.INTERNATIONAL), phonenumbers.Format(n, phonenumbers.NATIONAL)), append(homes, "", region)
	}
	for i, text := range texts {
		readByLibrary(text, homes[i]) // compiles its expressions
	}
	var own, library time.Duration
	for b.Loop() {
		start := time.Now()
		for i, text := range texts {
			read(text, homes[i])
		}
		own += time.Since(start)
		b.StopTimer()
		start = time.Now()
		for i, text := range texts {
			readByLibrary(text, homes[i])
		}
		library += time.Since(start)
		b.StartTimer()
	}
	numbers := float64(b.N * len(texts))
	b.ReportMetric(float64(own.Nanoseconds())/numbers, "ns/number")
	b.ReportMetric(float64(own)/float64(library), "of-library")
}
