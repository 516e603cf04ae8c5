package filter

import (
	"strings"
	"unicode/utf8"
)

// Texts are compared regardless of case, character by character. These functions take the text as it is and
// the operand in lower case. They avoid a lower-case copy of the text if it is ASCII.

// maxShort is the length up to which trying the operand at every position is as fast as strings.Contains,
// whose time does not grow with the product of both lengths.
const maxShort = 64

func containsFold(s, lower string) bool {
	if len(lower) > maxShort || !isASCII(s) {
		return strings.Contains(strings.ToLower(s), lower)
	}
	for i := 0; i+len(lower) <= len(s); i++ {
		if equalASCII(s[i:i+len(lower)], lower) {
			return true
		}
	}
	return false
}

func equalFold(s, lower string) bool {
	if s == lower {
		return true
	}
	for i := range len(s) {
		switch {
		case s[i] >= utf8.RuneSelf:
			return strings.ToLower(s) == lower
		case i == len(lower) || lowerASCII(s[i]) != lower[i]:
			return false
		}
	}
	return len(s) == len(lower)
}

func hasPrefixFold(s, lower string) bool {
	for i := range min(len(s), len(lower)) {
		switch {
		case s[i] >= utf8.RuneSelf:
			return strings.HasPrefix(strings.ToLower(s), lower)
		case lowerASCII(s[i]) != lower[i]:
			return false
		}
	}
	return len(s) >= len(lower)
}

func hasSuffixFold(s, lower string) bool {
	if !isASCII(s) {
		return strings.HasSuffix(strings.ToLower(s), lower)
	}
	return len(s) >= len(lower) && equalASCII(s[len(s)-len(lower):], lower)
}

// compareFold orders texts regardless of case, and texts that differ only in case by their bytes.
func compareFold(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] >= utf8.RuneSelf || b[i] >= utf8.RuneSelf {
			if c := strings.Compare(strings.ToLower(a[i:]), strings.ToLower(b[i:])); c != 0 {
				return c
			}
			return strings.Compare(a, b)
		}
		if x, y := lowerASCII(a[i]), lowerASCII(b[i]); x != y {
			return int(x) - int(y)
		}
	}
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// equalASCII reports whether an ASCII text equals a lower-case text of the same length, regardless of case.
func equalASCII(s, lower string) bool {
	for i := range len(s) {
		if lowerASCII(s[i]) != lower[i] {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}
