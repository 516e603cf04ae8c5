package contract

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	timestampForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$`)
	dateForm      = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	digits        = regexp.MustCompile(`\d`)
)

// form describes a value without its content: two values of one form look alike.
func (n *node) form() string {
	switch {
	case n.kind != kindString:
		return string(n.kind)
	case isUUID(n.text):
		return "a UUID"
	case timestampForm.MatchString(n.text):
		return "a timestamp " + digits.ReplaceAllString(n.text, "0")
	case dateForm.MatchString(n.text):
		return "a date"
	case strings.HasPrefix(n.text, "https://"), strings.HasPrefix(n.text, "http://"):
		return "a URL"
	}
	return "a string"
}

// describe describes a value, with its content if that is short.
func (n *node) describe() string {
	switch n.kind {
	case kindString:
		return fmt.Sprintf("%s %q", n.kind, excerpt([]byte(n.text)))
	case kindNumber, kindBool:
		return fmt.Sprintf("%s %s", n.kind, n.text)
	case kindArray:
		return fmt.Sprintf("%s of %d", n.kind, len(n.items))
	case kindObject:
		return fmt.Sprintf("%s with %q", n.kind, n.keys)
	}
	return string(n.kind)
}
