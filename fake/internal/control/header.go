package control

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// How many bytes the journal keeps of a path, a header value and a whole header.
const (
	maxPath   = 8 << 10
	maxValue  = 4 << 10
	maxHeader = 16 << 10 // all names and values together
)

// left replaces what was cut off.
const left = "…"

// redacted replaces a secret.
const redacted = "[redacted]"

// header is a kept header in wire format, which takes a fraction of the memory of a map.
type header string

// oneLine replaces line breaks in a value.
var oneLine = strings.NewReplacer("\r", " ", "\n", " ")

// headerOf returns a header sorted by name, without secrets.
func headerOf(h http.Header, call *api.Call) header {
	var b strings.Builder
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range h[name] {
			value = shorten(withoutSecret(name, value, call), maxValue)
			if b.Len()+len(name)+len(value) > maxHeader {
				return header(b.String() + left + ": " + left)
			}
			b.WriteString(name + ": " + oneLine.Replace(value) + "\n")
		}
	}
	return header(b.String())
}

// HTTP returns the header as a map. A header that was cut has the name "…".
func (h header) HTTP() http.Header {
	m := make(http.Header)
	for line := range strings.Lines(string(h)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		m[name] = append(m[name], value)
	}
	return m
}

// MarshalJSON encodes an object with an array of values for each name.
func (h header) MarshalJSON() ([]byte, error) { return json.Marshal(h.HTTP()) }

// withoutSecret returns the value of a header without its secret. A token of this server is replaced by its name.
func withoutSecret(name, value string, call *api.Call) string {
	switch lower := strings.ToLower(name); {
	case lower == "authorization":
		scheme, _, _ := strings.Cut(value, " ")
		switch {
		case call.Token != nil:
			return scheme + " " + call.Workspace.View().Slug + "/" + call.Token.Name
		case strings.EqualFold(scheme, "bearer") || strings.EqualFold(scheme, "basic"):
			return scheme + " " + redacted
		}
		return redacted
	case lower == "cookie":
		return withoutValues(value)
	case lower == "set-cookie":
		name, _, _ := strings.Cut(value, "=")
		_, attributes, _ := strings.Cut(value, ";")
		return strings.TrimSuffix(name+"="+redacted+";"+attributes, ";")
	case slices.ContainsFunc([]string{"authorization", "token", "secret", "password", "api-key", "apikey"}, func(word string) bool { return strings.Contains(lower, word) }):
		return redacted
	}
	return value
}

// withoutFormSecrets returns the body of a request, for OAuth without the secret of the app and the token that it asks about.
func withoutFormSecrets(call *api.Call) []byte {
	if call.Operation == nil || !attio.Names("oauth.*", call.Operation.Name) {
		return call.Sent
	}
	pairs := strings.Split(string(call.Sent), "&")
	for i, pair := range pairs {
		name, _, _ := strings.Cut(pair, "=")
		if name, err := url.QueryUnescape(name); err != nil || name == "client_secret" || name == "token" {
			pairs[i] = name + "=" + redacted
		}
	}
	return []byte(strings.Join(pairs, "&"))
}

// withoutValues redacts the values of cookies and keeps their names.
func withoutValues(cookies string) string {
	all := strings.Split(cookies, ";")
	for i, cookie := range all {
		name, _, _ := strings.Cut(strings.TrimSpace(cookie), "=")
		all[i] = name + "=" + redacted
	}
	return strings.Join(all, "; ")
}

// shorten cuts a text to at most so many bytes, without splitting a character.
func shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + left
}
