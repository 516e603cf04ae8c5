package search

import (
	"net/url"
	"slices"
	"strings"
)

// query is one way to understand what was typed.
type query struct {
	phrase string
	words  []string
}

// readQuery returns the ways to understand what was typed: as words, by the digits of a phone number,
// by the handle of a social profile.
func readQuery(typed string) []query {
	var queries []query
	add := func(phrase string) {
		known := slices.ContainsFunc(queries, func(q query) bool { return q.phrase == phrase })
		if phrase != "" && !known {
			queries = append(queries, query{phrase, wordsOf(phrase)})
		}
	}
	add(fold(typed))
	add(dialled(typed))
	if handle, ok := handleIn(typed); ok {
		add(fold(handle))
	}
	return queries
}

// dialled returns the digits of what could be a phone number in any notation, or "". Zeros before it
// are what is dialled for a trunk or a foreign line and not part of the number.
func dialled(typed string) string {
	digits := make([]byte, 0, len(typed))
	for i := range len(typed) {
		switch c := typed[i]; {
		case c >= '0' && c <= '9':
			digits = append(digits, c)
		case !strings.ContainsRune(" +-()./", rune(c)):
			return ""
		}
	}
	return strings.TrimLeft(string(digits), "0")
}

// networks are the sites that the attributes for handles are about.
var networks = []string{"angel.co", "facebook.com", "instagram.com", "linkedin.com", "twitter.com", "wellfound.com", "x.com"}

// handleIn returns the handle in the address of a social profile, with or without scheme:
// "https://linkedin.com/in/ada". The recorded values of the attributes are such addresses.
func handleIn(text string) (string, bool) {
	text = strings.TrimSpace(truncate(text))
	if _, rest, ok := strings.Cut(text, "://"); ok {
		text = rest
	}
	if i := strings.IndexAny(text, "?#"); i >= 0 {
		text = text[:i]
	}
	host, path, ok := strings.Cut(strings.TrimRight(text, "/"), "/")
	host = strings.ToLower(host)
	isNetwork := slices.ContainsFunc(networks, func(site string) bool {
		return host == site || strings.HasSuffix(host, "."+site)
	})
	if !ok || !isNetwork {
		return "", false
	}
	handle := path[strings.LastIndexByte(path, '/')+1:]
	if plain, err := url.PathUnescape(handle); err == nil {
		handle = plain
	}
	return handle, true
}
