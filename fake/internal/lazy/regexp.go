// Package lazy has values that cost nothing until they are used: regular expressions, tables, and whatever else a function makes. A
// program that starts and answers one request needs few of them; made as variables of packages, they took a third of the time
// of a start.
package lazy

import (
	"regexp"
	"sync"
)

// Regexp is a regular expression that is compiled when it is first used. It is safe for concurrent use.
type Regexp struct {
	Expression string // in the syntax of package regexp

	once     sync.Once
	compiled *regexp.Regexp
}

// New returns a regular expression. An invalid one panics when it is first used.
func New(expression string) *Regexp { return &Regexp{Expression: expression} }

// Get returns the compiled expression.
func (r *Regexp) Get() *regexp.Regexp {
	r.once.Do(func() { r.compiled = regexp.MustCompile(r.Expression) })
	return r.compiled
}

// MatchString reports whether s contains a match.
func (r *Regexp) MatchString(s string) bool { return r.Get().MatchString(s) }

// FindString returns the leftmost match in s, "" if there is none.
func (r *Regexp) FindString(s string) string { return r.Get().FindString(s) }

// FindStringSubmatch returns the leftmost match in s and its groups, nil if there is none.
func (r *Regexp) FindStringSubmatch(s string) []string { return r.Get().FindStringSubmatch(s) }
