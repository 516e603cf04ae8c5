package shape

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// zod knows the calendar: 29 February is a date only in leap years.
const (
	leapDay   = `(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29`
	otherDay  = `\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))`
	timeOfDay = `(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?`
	offset    = `(?:Z|[+-]\d{2}:?\d{2})`
)

var (
	dateTime      = lazy.New(`^(?:` + leapDay + `|` + otherDay + `)T` + timeOfDay + offset + `$`)
	localDateTime = lazy.New(`^(?:` + leapDay + `|` + otherDay + `)T` + timeOfDay + offset + `?$`)
	email         = lazy.New(`^[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$`)
)

func isEmail(s string) bool {
	return !strings.HasPrefix(s, ".") && !strings.Contains(s, "..") && email.MatchString(s)
}

var scheme = lazy.New(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// isURL reports whether JavaScript's URL accepts a string without a base. It trims the string, and accepts any scheme.
// For the schemes of the web it accepts any number of slashes, but requires a valid host.
func isURL(s string) bool {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	s = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(s)
	name := scheme.FindString(s)
	if name == "" {
		return false
	}
	rest := s[len(name):]
	switch strings.ToLower(name) {
	case "http:", "https:", "ws:", "wss:", "ftp:":
		return isAuthority(strings.TrimLeft(rest, `/\`), `/\?#`)
	case "file:":
		return true
	}
	if rest, ok := strings.CutPrefix(rest, "//"); ok {
		return rest == "" || strings.ContainsAny(rest[:1], "/?#") || isAuthority(rest, "/?#")
	}
	return true
}

// isAuthority checks the host and port at the beginning of a string; ends are the bytes that end them.
func isAuthority(s, ends string) bool {
	if i := strings.IndexAny(s, ends); i >= 0 {
		s = s[:i]
	}
	s = s[strings.LastIndexByte(s, '@')+1:]
	host, port := s, ""
	if i := strings.LastIndexByte(s, ':'); i > strings.LastIndexByte(s, ']') {
		host, port = s[:i], s[i+1:]
	}
	if port != "" {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
	}
	if strings.HasPrefix(host, "[") {
		address, err := netip.ParseAddr(strings.TrimSuffix(host[1:], "]"))
		return err == nil && address.Is6() && address.Zone() == "" && strings.HasSuffix(host, "]")
	}
	host, err := url.PathUnescape(host)
	return err == nil && host != "" && !strings.ContainsAny(host, " #/<>?@[\\]^|:%\x7f")
}
