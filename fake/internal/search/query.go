package search

import (
	"net/url"
	"slices"
	"strings"
)

// query is one interpretation of what was typed.
type query struct {
	phrase string
	words  []string
}

// readQuery returns the interpretations of what was typed: as words, as the digits of a phone number, as the handle of
// a social profile.
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

// dialled returns the digits of a possible phone number in any notation, or "". Leading zeros are a trunk or
// international prefix and not part of the number.
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

// networks are the sites of the attributes that hold handles.
var networks = []string{"angel.co", "facebook.com", "instagram.com", "linkedin.com", "twitter.com", "wellfound.com", "x.com"}

// handleIn returns the handle in the URL of a social profile, with or without a scheme: "https://linkedin.com/in/ada".
// The recorded values of the attributes are such URLs.
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
