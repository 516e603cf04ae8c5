package attribute

import (
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"
)

// parseHostname reads a name that a company or an e-mail address can have: at least two labels, not all of it
// a public suffix such as "co.uk", and outside the top-level domains reserved for tests, which Attio
// refuses in e-mail addresses. Quoted by users of the API in 2026; example.com is fine, says a
// recording. The root of a name that is itself a private suffix, such as "github.io", is the name.
func parseHostname(s string) (name, root string, ok bool) {
	name = strings.ToLower(s)
	if len(name) > 253 {
		return "", "", false
	}
	for label := range strings.SplitSeq(name, ".") {
		if !isLabel(label) {
			return "", "", false
		}
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	switch last {
	case "test", "invalid", "example", "localhost":
		return "", "", false
	}
	if last == name || strings.Trim(last, "0123456789") == "" {
		return "", "", false
	}
	root, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err == nil {
		return name, root, true
	}
	_, isRegistrys := publicsuffix.PublicSuffix(name)
	return name, name, !isRegistrys
}

// isLabel reports whether s can be a label of a name. International names stay as written, in letters or in
// Punycode.
func isLabel(s string) bool {
	if s == "" || len(s) > 63 || strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") {
		return false
	}
	for _, r := range s {
		if r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			return false
		}
	}
	return true
}
