package shape

import (
	"fmt"
	"unicode/utf16"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// StringSchema allows strings. Its rules are checked in the order in which they were added.
type StringSchema struct{ rules rules[string] }

// String allows every string.
func String() StringSchema { return StringSchema{} }

// UUID allows UUIDs of any version, in either case.
func UUID() StringSchema {
	return String().with(attio.InvalidUUID(), func(s string) bool {
		_, ok := attio.ParseID(s)
		return ok
	})
}

// Min requires at least n characters.
func (s StringSchema) Min(n int) StringSchema {
	return s.with(tooSmall("String must contain at least %d character(s)", n),
		func(text string) bool { return length(text) >= n })
}

// Max allows at most n characters.
func (s StringSchema) Max(n int) StringSchema {
	return s.with(tooBig("String must contain at most %d character(s)", n),
		func(text string) bool { return length(text) <= n })
}

// URL requires an absolute URL of any scheme.
func (s StringSchema) URL() StringSchema { return s.format("url", isURL) }

// Email requires an e-mail address.
func (s StringSchema) Email() StringSchema { return s.format("email", isEmail) }

// DateTime requires a date and a time with an offset or Z: "2026-01-15T09:00:00+01:00".
func (s StringSchema) DateTime() StringSchema { return s.format("datetime", dateTime.MatchString) }

// LocalDateTime is DateTime with an optional offset.
func (s StringSchema) LocalDateTime() StringSchema {
	return s.format("datetime", localDateTime.MatchString)
}

// Pattern requires a match anywhere in the string.
func (s StringSchema) Pattern(re *lazy.Regexp) StringSchema {
	return s.with(attio.Issue{Code: "invalid_string", Message: "Invalid", StringValidation: "regex"}, re.MatchString)
}

// Refine adds a rule of its own with a message of its own.
func (s StringSchema) Refine(message string, holds func(string) bool) StringSchema {
	return s.with(attio.Issue{Code: "custom", Message: message}, holds)
}

func (s StringSchema) format(name string, holds func(string) bool) StringSchema {
	return s.with(attio.Issue{Code: "invalid_string", Message: "Invalid " + name, StringValidation: name}, holds)
}

// with is a call in each schema of a package, instead of its body: that was a quarter of the code of package api before main.
//
//go:noinline
func (s StringSchema) with(issue attio.Issue, holds func(string) bool) StringSchema {
	return StringSchema{s.rules.with(issue, holds)}
}

func (s StringSchema) check(c *checker, value any) status {
	text, ok := value.(string)
	if !ok {
		return c.wrongType("string", TypeOf(value))
	}
	return s.rules.check(c, text)
}

func (StringSchema) appendTo(b []byte, value any) []byte { return appendValue(b, value) }

// length counts characters as JavaScript does, in UTF-16 code units.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func tooSmall(format string, n any) attio.Issue {
	return attio.Issue{Code: "too_small", Message: fmt.Sprintf(format, n)}
}

func tooBig(format string, n any) attio.Issue {
	return attio.Issue{Code: "too_big", Message: fmt.Sprintf(format, n)}
}
