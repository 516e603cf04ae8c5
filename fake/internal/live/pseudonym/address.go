package pseudonym

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/phone"
)

// email replaces the words of the address, which are mostly those of a name, and its domain.
func (p *Pseudonyms) email(s string, n int) string {
	local, host, ok := cutLast(s, "@")
	if !ok {
		return p.words(s, companyWords.Get, n)
	}
	return p.words(local, firstNames.Get, n) + "@" + p.Of(Domain, host)
}

func cutLast(s, separator string) (before, after string, ok bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}

// The ends of the domains. Nobody can ever own one: .alt is reserved by RFC 9476, and ISO 3166 gives zz to no country. Attio, and so the fake,
// refuses the domains that are reserved for tests.
const (
	usualEnd   = ".alt"
	countryEnd = ".zz"
)

// domain replaces a host name in lower case label by label. The part that was registered has one pseudonym whatever stands before it.
func (p *Pseudonyms) domain(host string, n int) string {
	www := ""
	if after, ok := strings.CutPrefix(host, "www."); ok && strings.Contains(after, ".") {
		www, host = "www.", after
	}
	registered, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		registered = host
	}
	before := p.words(strings.TrimSuffix(host, registered), companyWords.Get, 0)
	if n > 0 {
		before = syllables(p.draw("domain", host, n), 1+n/8) + "." + before
	}
	return www + before + p.Of(root, registered)
}

func (p *Pseudonyms) root(registered string, n int) string {
	suffix, _ := publicsuffix.PublicSuffix(registered)
	label := strings.TrimSuffix(strings.TrimSuffix(registered, suffix), ".")
	if label == "" { // a suffix that is a name too, such as github.io
		label, suffix, _ = strings.Cut(registered, ".")
	}
	end := usualEnd
	if _, last, ok := cutLast(suffix, "."); ok && len(last) == 2 || len(suffix) == 2 {
		end = countryEnd
	}
	return strings.ReplaceAll(p.words(label, companyWords.Get, n), ".", "-") + end
}

// kept are the words of addresses that say nothing about anybody: networks whose pages people have, and kinds of files.
var kept = lazy.Of[map[string]bool]{Make: func() map[string]bool {
	return map[string]bool{
		"linkedin": true, "twitter": true, "facebook": true, "instagram": true, "angellist": true, "wellfound": true, "youtube": true, "github": true,
		"http": true, "https": true, "www": true, "com": true, "in": true, "company": true, "png": true, "jpg": true, "jpeg": true, "gif": true,
		"svg": true, "webp": true, "pdf": true, "html": true, "mp4": true,
	}
}}

// networks are the hosts that stay in addresses.
var networks = lazy.Of[map[string]bool]{Make: func() map[string]bool {
	return map[string]bool{
		"linkedin.com": true, "twitter.com": true, "facebook.com": true, "instagram.com": true, "wellfound.com": true,
		"youtube.com": true, "github.com": true, "x.com": true,
	}
}}

// saysNothing reports whether an address in lower case consists of such words, as that of the front page of a network does.
func saysNothing(folded string) bool {
	for _, w := range wordsOf(folded) {
		if !kept.Get()[w] && w != "x" {
			return false
		}
	}
	return true
}

// url replaces the host of an address, and the words of the rest.
func (p *Pseudonyms) url(s string, n int) string {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		return p.words(s, companyWords.Get, n)
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, path := rest[:end], rest[end:]
	host, port, hasPort := strings.Cut(authority[strings.LastIndex(authority, "@")+1:], ":")
	registered, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(host))
	if err != nil || !networks.Get()[registered] {
		host = p.Of(Domain, host)
	}
	if hasPort {
		host += ":" + port
	}
	made := replaceWords(path, func(w string, _ int) string {
		if kept.Get()[strings.ToLower(w)] {
			return w
		}
		return p.words(w, companyWords.Get, 0)
	})
	if n > 0 {
		made = "/" + syllables(p.draw("url", s, n), 2+n/8) + made
	}
	return scheme + "://" + host + made
}

// phone replaces the last digits of a number in E.164, so that it stays one of the same country. It is valid if the original is.
func (p *Pseudonyms) phone(s string, n int) string {
	original, err := phone.Parse(s, "")
	d := p.draw("phone", s, n)
	keep := len(s) - 7 + min(n/100, 3) // of the last digits, fewer after many tries
	keep = max(keep, min(4, len(s)-1))
	made := s[:keep] + strings.Map(func(r rune) rune { return alike(d, r) }, s[keep:])
	if err != nil || !original.Valid() {
		return made
	}
	if number, err := phone.Parse(made, ""); n < 1000 && (err != nil || !number.Valid() || number.Region() != original.Region() || number.String() != made) {
		return s // not a number of that country
	}
	return made
}

// PhoneAs writes a number in E.164 as another of its country was written: with the same spaces and signs, if it is read as that number
// then.
func PhoneAs(written, number string) string {
	parsed, err := phone.Parse(number, "")
	if err != nil {
		return number
	}
	fresh := strings.TrimPrefix(number, "+")
	if !strings.HasPrefix(strings.TrimSpace(written), "+") {
		fresh = strings.TrimPrefix(fresh, strconv.Itoa(phone.CallingCode(parsed.Region())))
	}
	count := len(written) - len(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, written))
	i := len(fresh) - count // what stands before a national number stays
	made := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return r
		}
		if i++; i <= 0 || i > len(fresh) {
			return r
		}
		return rune(fresh[i-1])
	}, written)
	if again, err := phone.Parse(made, parsed.Region()); err != nil || again.String() != number {
		return number
	}
	return made
}

// id makes a UUID of the same version.
func (p *Pseudonyms) id(s string, n int) string {
	d := p.draw("id", s, n)
	i := -1
	return strings.Map(func(r rune) rune {
		if i++; r == '-' || i == 14 || i == 19 {
			return r
		}
		return rune("0123456789abcdef"[d.below(16)])
	}, s)
}

// number replaces digits. The first one of several is not made zero, so that the number is as long as before, and neither is the last
// decimal; both stay what they are if they are zero.
func (p *Pseudonyms) number(s string, n int) string {
	d, first := p.draw("number", s, n), strings.IndexFunc(s, unicode.IsDigit)
	made := []byte(s)
	for i, c := range made {
		switch isDigit := c >= '0' && c <= '9'; {
		case !isDigit, c == '0' && (i == first || i == len(made)-1 && strings.Contains(s, ".")):
		case i == first || i == len(made)-1 && strings.Contains(s, "."):
			made[i] = digits[1+d.below(9)]
		default:
			made[i] = digits[d.below(10)]
		}
	}
	for range n / 20 { // all numbers of this length are taken
		made = append(made[:first], append([]byte{digits[1+d.below(9)]}, made[first:]...)...)
	}
	return string(made)
}
