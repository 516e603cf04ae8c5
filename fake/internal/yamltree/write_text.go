package yamltree

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// IsPrintable reports whether a character is visible and needs no escape in YAML.
func IsPrintable(r rune) bool {
	return r == ' ' || r > ' ' && r < 0x7f || r > 0xa0 && unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != utf8.RuneError
}

// appendText appends a string, in quotation marks unless every reader of YAML takes it for a string without.
func appendText(b []byte, s string) []byte {
	if needsNoQuotes(s) {
		return append(b, s...)
	}
	return appendQuoted(b, s, escapeYAML)
}

// appendKey appends a key. A colon in it needs quotation marks, whatever comes after it.
func appendKey(b []byte, key string) []byte {
	if strings.IndexByte(key, ':') >= 0 {
		return appendQuoted(b, key, escapeYAML)
	}
	return appendText(b, key)
}

// appendQuoted appends a string in quotation marks. An escape has a form in YAML and another in JSON, unless it is one of those
// with a letter, which both have.
func appendQuoted(b []byte, s string, escape func([]byte, rune) []byte) []byte {
	b = append(b, '"')
	less := 0
	for s != "" {
		if n := simple(s); n > 0 {
			b = append(b, s[:n]...)
			s, less = s[n:], 0
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(b, s[0]) // not UTF-8, which the caller refuses
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '<' && less >= 8 || !IsPrintable(r): // readers have bounds for the former
			b = escape(b, r)
		default:
			b = append(b, s[:size]...)
		}
		if less++; r != '<' {
			less = 0
		}
		s = s[size:]
	}
	return append(b, '"')
}

// simple returns how many characters at the beginning of a string mean only themselves in quotation marks.
func simple(s string) int {
	for i := range len(s) {
		if !isSimple[s[i]] {
			return i
		}
	}
	return len(s)
}

// isSimple is a table, as writing looks at every byte twice.
var isSimple = func() (simple [256]bool) {
	for c := ' '; c <= '~'; c++ {
		simple[c] = c != '"' && c != '\\' && c != '<'
	}
	return simple
}()

func escapeYAML(b []byte, r rune) []byte {
	switch {
	case r < 0x100:
		return fmt.Appendf(b, `\x%02x`, r)
	case r < 0x10000:
		return fmt.Appendf(b, `\u%04x`, r)
	}
	return fmt.Appendf(b, `\U%08x`, r)
}

func escapeJSON(b []byte, r rune) []byte {
	if r < 0x10000 {
		return fmt.Appendf(b, `\u%04x`, r)
	}
	high, low := utf16.EncodeRune(r)
	return fmt.Appendf(b, `\u%04x\u%04x`, high, low)
}

// needsNoQuotes reports whether a string needs no quotation marks, inside braces or outside. It errs on the side of quotes: the
// string must begin with a letter, be no word of YAML's, and have no character with a meaning.
func needsNoQuotes(s string) bool {
	if isUUID(s) {
		return true
	}
	first, size := utf8.DecodeRuneInString(s)
	if s == "" || !unicode.IsLetter(first) && first != '_' && first != '$' || s[len(s)-1] == ' ' || len(s) > 1000 || isReserved(s) {
		return false
	}
	colons := 0
	for i, r := range s[size:] {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r < utf8.RuneSelf && strings.IndexByte(" _-./@+'()&$=;!", byte(r)) >= 0:
		case r == ':':
			if colons++; colons > 1 || size+i+1 == len(s) || !isAfterColon(s[size+i+1]) {
				return false
			}
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '€' || r > 0xa0 && unicode.Is(unicode.So, r)):
		default:
			return false
		}
	}
	return true
}

// isReserved reports whether some reader of YAML takes a string for a boolean, nothing or a number. All that do so have letters of ASCII.
func isReserved(s string) bool {
	if len(s) > len("false") {
		return false
	}
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf":
		return true
	}
	return false
}

// isAfterColon reports whether a colon before a character is part of a word, as in note:read and https://example.com.
func isAfterColon(c byte) bool { return c == '/' || isLetter(c) }

// isUUID reports whether a string is a UUID in lower case, which no reader of YAML takes for anything but a string: it has four hyphens.
func isUUID(s string) bool {
	if len(s) != len("00000000-0000-0000-0000-000000000000") {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
				return false
			}
		}
	}
	return true
}
