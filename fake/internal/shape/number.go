package shape

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// NumberSchema allows numbers. Its rules are checked in the order in which they were added.
type NumberSchema struct {
	rules   rules[float64]
	whole   bool
	coerced bool // for a query parameter, which is a string
}

// Number allows every number.
func Number() NumberSchema { return NumberSchema{} }

// QueryInt allows a query parameter that is a whole number. JavaScript decides which strings are numbers, as with zod's
// coerce: "" is 0 and "1e2" is 100; for any other string the issue says that it received nan.
func QueryInt() NumberSchema { return NumberSchema{coerced: true}.Int() }

// Int requires a whole number; 1.0 is one.
func (s NumberSchema) Int() NumberSchema {
	s.whole = true
	return s.with(attio.Issue{Code: "invalid_type", Message: "Expected integer, received float", Expected: "integer", Received: "float"},
		func(n float64) bool { return n == math.Trunc(n) && !math.IsInf(n, 0) })
}

// Min requires at least limit.
func (s NumberSchema) Min(limit float64) NumberSchema {
	return s.with(tooSmall("Number must be greater than or equal to %s", formatNumber(limit)),
		func(n float64) bool { return n >= limit })
}

// Max allows at most limit.
func (s NumberSchema) Max(limit float64) NumberSchema {
	return s.with(tooBig("Number must be less than or equal to %s", formatNumber(limit)),
		func(n float64) bool { return n <= limit })
}

// with is a call for the same reason as that of [StringSchema].
//
//go:noinline
func (s NumberSchema) with(issue attio.Issue, holds func(float64) bool) NumberSchema {
	s.rules = s.rules.with(issue, holds)
	return s
}

func (s NumberSchema) check(c *checker, value any) status {
	n, ok := s.number(value)
	switch {
	case ok:
		return s.rules.check(c, n)
	case s.coerced:
		return c.wrongType("number", "nan")
	}
	return c.wrongType("number", TypeOf(value))
}

// maxInt is the largest integer that JavaScript represents exactly; a Go int never gets a larger one.
const maxInt = 1<<53 - 1

func (s NumberSchema) appendTo(b []byte, value any) []byte {
	n, _ := s.number(value)
	if s.whole {
		return strconv.AppendInt(b, int64(min(max(n, -maxInt), maxInt)), 10)
	}
	if math.IsInf(n, 0) {
		return strconv.AppendFloat(b, math.Copysign(math.MaxFloat64, n), 'g', -1, 64)
	}
	return appendValue(b, value)
}

func (s NumberSchema) number(value any) (float64, bool) {
	if text, ok := value.(string); ok && s.coerced {
		return parseNumber(text)
	}
	return numberOf(value)
}

// parseNumber is JavaScript's Number(s); it returns false for NaN.
func parseNumber(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, true
	}
	if len(s) > 2 && s[0] == '0' && strings.ContainsAny(s[1:2], "xXoObB") && !strings.Contains(s, "_") {
		n, err := strconv.ParseUint(s, 0, 64)
		return float64(n), err == nil || errors.Is(err, strconv.ErrRange)
	}
	if strings.TrimLeft(s, "+-") == "Infinity" {
		n, err := strconv.ParseFloat(s, 64)
		return n, err == nil
	}
	if strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil || math.IsInf(n, 0)
}

func formatNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
