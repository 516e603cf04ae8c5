// Package phone reads telephone numbers as Google's libphonenumber does: which country a written number belongs to,
// whether it is valid, and its form in E.164. The tests compare it with github.com/nyaruka/phonenumbers, the port of
// that library to Go, and make its tables from that port's metadata. The port itself is not linked because it decodes
// all its metadata when a program starts, and needs protocol buffers for that.
package phone

import (
	"cmp"
	"errors"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// Number is a telephone number.
type Number struct {
	callingCode int
	national    string // the national significant number, digits
}

// What is wrong with a text that is not a number.
var (
	// ErrCountry says that the text names no country, or one that does not exist.
	ErrCountry = errors.New("invalid country code")
	// ErrNumber says that the text is not a telephone number.
	ErrNumber = errors.New("not a phone number")
)

// String returns the number in E.164, "+12125551234".
func (n Number) String() string {
	b := make([]byte, 0, len("+123")+maxDigits)
	b = strconv.AppendInt(append(b, '+'), int64(n.callingCode), 10)
	return string(append(b, n.national...))
}

// Valid reports whether the number fits the numbering plan of its region.
func (n Number) Valid() bool {
	p := planOf(n.callingCode, n.Region())
	return p != nil && p.valid.matches(n.national)
}

// Region returns the region of the number, "US", or "001" if its calling code belongs to no country, or "" if no region
// has such a number.
func (n Number) Region() string {
	shared := regionsOf(n.callingCode)
	if len(shared) == 1 {
		return plans[shared[0]].region
	}
	for _, i := range []byte(shared) {
		p := &plans[i]
		if p.leading != 0 && p.leading.matches(n.national) || p.leading == 0 && p.valid.matches(n.national) {
			return p.region
		}
	}
	return ""
}

// CallingCode returns the country calling code of a region, 1 for "US", or 0 if the region does not exist.
func CallingCode(region string) int {
	if p := planIn(region); p != nil {
		return int(p.callingCode)
	}
	return 0
}

// plan is the numbering plan of a region.
type plan struct {
	region       string
	callingCode  uint16
	general      state  // all numbers that the plan can have
	valid        state  // the numbers in use
	leading      state  // the numbers of this region among those that share its calling code; 0 if valid tells
	lengths      uint32 // bit n is set if a number can have n digits
	localLengths uint32 // the same without the area code
	international,
	national lazy.Regexp // prefixes, from the start of a number
	transform string // what replaces a national prefix that has groups
}

// nonGeographic is the region of calling codes that belong to no country, such as 800.
const nonGeographic = "001"

// planIn returns the plan of a region, nil if there is none.
func planIn(region string) *plan {
	i := sort.Search(len(plans), func(i int) bool { return plans[i].region >= region })
	if i == len(plans) || plans[i].region != region || region == nonGeographic {
		return nil
	}
	return &plans[i]
}

// planOf returns the plan of a calling code and a region that shares it, nil if there is none.
func planOf(code int, region string) *plan {
	for _, i := range []byte(regionsOf(code)) {
		if p := &plans[i]; p.region == region {
			return p
		}
	}
	return nil
}

// callingCode is a country calling code. The regions that share it are indices of plans.
type callingCode struct {
	code    uint16
	regions string
}

// regionsOf returns the regions that share a calling code, the main one first.
func regionsOf(code int) string {
	i, found := slices.BinarySearchFunc(callingCodes[:], code, func(c callingCode, code int) int { return cmp.Compare(int(c.code), code) })
	if !found {
		return ""
	}
	return callingCodes[i].regions
}

// The lengths of national numbers. Germany has numbers that are longer than the 15 digits of E.164.
const (
	minDigits = 2
	maxDigits = 17
)

// Parse reads a number as it is written in a region. The region may be "" for a number that begins with "+".
func Parse(text, region string) (Number, error) {
	written, err := read(text)
	if err != nil {
		return Number{}, err
	}
	home := planIn(region)
	if home == nil && !strings.ContainsAny(written, plusSigns) {
		return Number{}, ErrCountry
	}
	code, digits, err := splitCountry(written, home)
	if err != nil {
		return Number{}, err
	}
	p := home
	switch {
	case code == 0:
		code, digits = int(home.callingCode), normalize(written)
	case home == nil || plans[regionsOf(code)[0]].region != region:
		p = &plans[regionsOf(code)[0]]
	}
	if len(digits) < minDigits {
		return Number{}, ErrNumber
	}
	if national := p.withoutPrefix(digits); p.length(national).fits() {
		digits = national
	}
	if len(digits) < minDigits || len(digits) > maxDigits {
		return Number{}, ErrNumber
	}
	return Number{code, significant(digits)}, nil
}

// splitCountry splits a number into its country calling code, which is 0 if it has none, and the digits after it.
func splitCountry(written string, home *plan) (code int, digits string, err error) {
	code, digits, err = splitOnce(written, home)
	if !errors.Is(err, ErrCountry) {
		return code, digits, err
	}
	start := strings.IndexAny(written, plusSigns)
	if start < 0 {
		return 0, "", err
	}
	// The sign is perhaps a mistake.
	code, digits, err = splitOnce(strings.TrimLeft(written[start:], plusSigns), home)
	if err == nil && code == 0 {
		err = ErrCountry
	}
	return code, digits, err
}

func splitOnce(written string, home *plan) (code int, digits string, err error) {
	if written == "" {
		return 0, "", nil
	}
	digits, abroad := withoutInternationalPrefix(written, home)
	if abroad {
		if len(digits) <= minDigits {
			return 0, "", ErrNumber
		}
		for n := 1; n <= min(3, len(digits)) && digits[0] != '0'; n++ {
			code, err := strconv.Atoi(digits[:n])
			if err == nil && regionsOf(code) != "" {
				return code, digits[n:], nil
			}
		}
		return 0, "", ErrCountry
	}
	if home == nil {
		return 0, "", nil
	}
	// Perhaps the number begins with the calling code of its region, without "+".
	after, found := strings.CutPrefix(digits, strconv.Itoa(int(home.callingCode)))
	if !found {
		return 0, "", nil
	}
	after = home.withoutPrefix(after)
	if !home.general.matches(digits) && home.general.matches(after) || home.length(digits) == tooLong {
		return int(home.callingCode), after, nil
	}
	return 0, "", nil
}

// withoutInternationalPrefix returns the digits of a number after "+" or the prefix for calls abroad, and whether it had
// either.
func withoutInternationalPrefix(written string, home *plan) (digits string, abroad bool) {
	if after := strings.TrimLeft(written, plusSigns); after != written {
		return normalize(after), true
	}
	digits = normalize(written)
	if home == nil {
		return digits, false
	}
	match := home.international.Get().FindStringIndex(digits)
	if match == nil || strings.HasPrefix(digits[match[1]:], "0") { // no calling code begins with 0
		return digits, false
	}
	return digits[match[1]:], true
}

// withoutPrefix returns the digits of a number without its national prefix and carrier code.
func (p *plan) withoutPrefix(digits string) string {
	if digits == "" || p.national.Expression == "" {
		return digits
	}
	expression := p.national.Get()
	groups := expression.FindStringSubmatchIndex(digits)
	if groups == nil {
		return digits
	}
	rest := digits[groups[1]:]
	if p.transform != "" && groups[len(groups)-2] >= 0 {
		rest = expression.ReplaceAllString(digits, p.transform)
	}
	if p.general.matches(digits) && !p.general.matches(rest) {
		return digits
	}
	return rest
}

// fit says how the length of a number fits a plan.
type fit int

const (
	tooShort fit = iota
	localOnly
	betweenLengths
	possible
	tooLong
)

// fits reports whether a number may be of that length once its prefix is removed.
func (f fit) fits() bool { return f == possible || f == tooLong }

func (p *plan) length(digits string) fit {
	bit := uint32(1) << min(len(digits), 31)
	switch {
	case p.localLengths&bit != 0:
		return localOnly
	case p.lengths&bit != 0:
		return possible
	case p.lengths < bit: // all possible lengths are smaller
		return tooLong
	case p.lengths&(bit-1) == 0:
		return tooShort
	}
	return betweenLengths
}

// significant returns the digits as the national significant number. The library reads digits of other scripts than Latin
// and Arabic as part of a number, and then as the number 0.
func significant(digits string) string {
	if strings.IndexFunc(digits, notASCIIDigit) < 0 {
		return digits
	}
	zeros := len(digits) - len(strings.TrimLeft(digits, "0"))
	return digits[:zeros] + "0"
}

func notASCIIDigit(r rune) bool { return r < '0' || r > '9' }
