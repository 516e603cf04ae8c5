package markdown

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// isASCIIPunct reports whether a backslash before a character escapes it.
func isASCIIPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

// cutEntity returns the character that an entity at the start of a text stands for, and the length of the entity.
// Without an entity it returns the first character.
func cutEntity(s string) (text string, size int) {
	const longest = 33 // the longest name that HTML has is 31 characters long
	end := strings.IndexByte(s[:min(len(s), longest)], ';')
	if end < 2 {
		return s[:1], 1
	}
	entity := s[:end+1]
	if s[1] == '#' {
		if r, ok := numbered(s[2:end]); ok {
			return string(r), len(entity)
		}
		return s[:1], 1
	}
	for i := 1; i < end; i++ {
		if c := s[i] | 0x20; (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') {
			return s[:1], 1
		}
	}
	// UnescapeString also replaces a name at the beginning of a longer word and keeps the rest; CommonMark does not.
	if text = html.UnescapeString(entity); text != entity && (text == ";" || !strings.HasSuffix(text, ";")) {
		return text, len(entity)
	}
	return s[:1], 1
}

// numbered returns a character by its number, such as "36" or "x24".
func numbered(s string) (rune, bool) {
	base, most := 10, 7
	if digits := strings.TrimLeft(s[:min(len(s), 1)], "xX"); digits == "" && s != "" {
		s, base, most = s[1:], 16, 6
	}
	n, err := strconv.ParseUint(s, base, 32)
	switch {
	case err != nil || len(s) > most:
		return 0, false
	case n == 0 || !utf8.ValidRune(rune(n)):
		return utf8.RuneError, true
	}
	return rune(n), true
}

// maxParens is how deep parentheses may be nested in the address of a link. CommonMark requires at least three;
// without a bound, a hostile text would be read again and again.
const maxParens = 32

// cutAddress parses the address of a link from "(address)" or "(address 'title')" at the beginning of a text, and
// returns how much it read. Notes have no titles, so the title is dropped.
func cutAddress(s string) (address string, size int, ok bool) {
	if !strings.HasPrefix(s, "(") {
		return "", 0, false
	}
	rest := trimBlank(s[1:])
	if strings.HasPrefix(rest, "<") {
		end := indexUnescaped(rest[1:], "<>\n") + 1
		if end == 0 || rest[end] != '>' {
			return "", 0, false
		}
		address, rest = rest[1:end], rest[end+1:]
	} else {
		end := addressEnd(rest)
		address, rest = rest[:end], rest[end:]
	}
	if after := trimBlank(rest); len(after) < len(rest) && after != "" {
		rest = after
		if closing, ok := map[byte]string{'"': `"`, '\'': `'`, '(': "()"}[rest[0]]; ok {
			end := indexUnescaped(rest[1:], closing) + 1
			if end == 0 || rest[end] != closing[len(closing)-1] {
				return "", 0, false
			}
			rest = trimBlank(rest[end+1:])
		}
	} else {
		rest = after
	}
	if address == "" || !strings.HasPrefix(rest, ")") {
		return "", 0, false
	}
	return unescape(address), len(s) - len(rest) + 1, true
}

// addressEnd returns the end of an address without angle brackets.
func addressEnd(s string) int {
	open := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && isASCIIPunct(s[i+1]):
			i++
		case c <= ' ' || c == 0x7f:
			return i
		case c == '(':
			if open++; open > maxParens {
				return i
			}
		case c == ')':
			if open == 0 {
				return i
			}
			open--
		}
	}
	return len(s)
}

// indexUnescaped returns the index of the first of some characters without a backslash before it, or -1.
func indexUnescaped(s, chars string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
		} else if strings.IndexByte(chars, s[i]) >= 0 {
			return i
		}
	}
	return -1
}

func trimBlank(s string) string { return strings.TrimLeft(s, " \t\n") }

// unescape resolves the backslash escapes and entities in a text.
func unescape(s string) string {
	var b strings.Builder
	for s != "" {
		size := 1
		switch {
		case s[0] == '\\' && len(s) > 1 && isASCIIPunct(s[1]):
			b.WriteByte(s[1])
			size = 2
		case s[0] == '&':
			var text string
			text, size = cutEntity(s)
			b.WriteString(text)
		default:
			b.WriteByte(s[0])
		}
		s = s[size:]
	}
	return b.String()
}
