package phone

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// The patterns are those of the library.
const (
	plusSigns = "+\uFF0B"
	// separators are the characters between digits. The letter x stands for a carrier code.
	separators = "-x\u2010-\u2015\u2212\u30FC\uFF0D-\uFF0F \u00A0\u00AD\u200B\u2060\u3000()\uFF08\uFF09\uFF3B\uFF3D.\\[\\]/~\u2053\u223C\uFF5E"
	viable     = `\p{Nd}{2}|[` + plusSigns + `]*(?:[` + separators + `*]*\p{Nd}){3,}[` + separators + `*a-zA-Z\p{Nd}]*`

	spaces    = "[ \u00A0\\t,]*"
	afterMark = "[:\\.\uFF0E]?[ \u00A0\\t,-]*"
	extension = `;ext=(\p{Nd}{1,20})` +
		"|" + spaces + "(?:e?xt(?:ensi(?:o\u0301?|\u00F3))?n?|\uFF45?\uFF58\uFF54\uFF4E?|\u0434\u043E\u0431|anexo)" + afterMark + `(\p{Nd}{1,20})#?` +
		"|" + spaces + "(?:[x\uFF58#\uFF03~\uFF5E]|int|\uFF49\uFF4E\uFF54)" + afterMark + `(\p{Nd}{1,9})#?` +
		`|[- ]+(\p{Nd}{1,6})#` +
		"|[ \u00A0\\t]*(?:,{2}|;)" + afterMark + `(\p{Nd}{1,15})#?` +
		"|[ \u00A0\\t]*(?:,)+" + afterMark + `(\p{Nd}{1,9})#?`

	phoneContext = ";phone-context="
	letters      = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	label        = `[` + letters + `\p{Nd}]`
)

// expressions are the patterns that only unusual writing needs.
var expressions = sync.OnceValue(func() (e struct{ viable, extension, secondNumber, unwantedEnd, global, domain *regexp.Regexp }) {
	e.viable = regexp.MustCompile("(?i)^(" + viable + "(?:" + extension + ")?)$")
	e.extension = regexp.MustCompile("(?i)(?:" + extension + ")$")
	e.secondNumber = regexp.MustCompile(`[\\/] *x`)
	e.unwantedEnd = regexp.MustCompile(`(?s).&&[^#]\]+$`) // Go reads the library's [[\P{N}&&\P{L}]&&[^#]]+$ so
	e.global = regexp.MustCompile(`^\+(\p{Nd}|[\-\.\(\)]?)*\p{Nd}(\p{Nd}|[\-\.\(\)]?)*$`)
	e.domain = regexp.MustCompile(`^(` + label + `+((\-)*` + label + `)*\.)*[` + letters + `]+((\-)*` + label + `)*\.?$`)
	return e
})

// read returns the number in a text, as it is written there but without its extension.
func read(text string) (string, error) {
	if len(text) > 250 {
		return "", ErrNumber
	}
	if written := fromStart(text); plain(written) && !strings.Contains(text, phoneContext) {
		return written, nil
	}
	e := expressions()
	written, err := withoutParameters(text)
	if err != nil || !e.viable.MatchString(written) {
		return "", ErrNumber
	}
	if end := e.extension.FindStringIndex(written); end != nil && e.viable.MatchString(written[:end[0]]) {
		written = written[:end[0]]
	}
	return written, nil
}

// plain reports whether a text is a number without anything unusual: at least three digits and the commonest separators
// after an optional "+". It saves the search for all that a text may hold.
func plain(written string) bool {
	digits := 0
	for i := range len(written) {
		switch c := written[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '+' && i == 0:
		case strings.IndexByte(" -.()/", c) < 0:
			return false
		}
	}
	return digits >= 3
}

// fromStart returns a text from the first character on with which a number can begin.
func fromStart(text string) string {
	start := strings.IndexFunc(text, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(plusSigns, r) })
	if start < 0 {
		return ""
	}
	return text[start:]
}

// withoutParameters returns the number in a text without what is around it, and resolves what RFC 3966 calls its context.
func withoutParameters(text string) (string, error) {
	before, after, found := strings.Cut(text, phoneContext)
	context, _, _ := strings.Cut(after, ";")
	if found && !expressions().global.MatchString(context) && !expressions().domain.MatchString(context) {
		return "", ErrNumber
	}
	var written string
	if found && before != "" {
		if _, number, ok := strings.Cut(before, "tel:"); ok {
			before = number
		}
		if context[0] != '+' { // a domain
			context = ""
		}
		written = context + before
	} else {
		written = fromStart(text)
		if end := expressions().unwantedEnd.FindStringIndex(written); end != nil {
			written = written[:end[0]]
		}
		if second := expressions().secondNumber.FindStringIndex(written); second != nil {
			written = written[:second[0]]
		}
	}
	if i := strings.Index(written, ";isub="); i > 0 {
		written = written[:i]
	}
	return written, nil
}

// keypad holds the digit of each letter from A to Z.
const keypad = "22233344455566677778889999"

// normalize returns the digits of a number. Three or more letters stand for digits, as in 1-800-FLOWERS.
func normalize(written string) string {
	isLetter := func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) }
	if strings.IndexFunc(written, notASCIIDigit) < 0 {
		return written
	}
	spelt := 0
	for _, r := range written {
		if isLetter(r) {
			spelt++
		}
	}
	return strings.Map(func(r rune) rune {
		switch upper := unicode.ToUpper(r); {
		case r >= '0' && r <= '9':
			return r
		case spelt >= 3 && upper >= 'A' && upper <= 'Z':
			return rune(keypad[upper-'A'])
		case spelt < 3 && unicode.IsDigit(r):
			return western(r)
		}
		return -1
	}, written)
}

// western returns the ASCII digit of an Arabic, Persian or full-width digit. The library leaves digits of other scripts.
func western(digit rune) rune {
	for _, zero := range []rune{'\u0660', '\u06F0', '\uFF10'} {
		if digit >= zero && digit <= zero+9 {
			return '0' + digit - zero
		}
	}
	return digit
}
