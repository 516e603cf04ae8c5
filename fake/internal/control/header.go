package control

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

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
type header struct {
	common string // the lines that other requests have too; it is shared with them
	own    string // the lines that no other request has
	first  bool   // no earlier header has the same common lines
}

// varies are the names of headers whose values are usually those of one request alone.
var varies = map[string]bool{
	"Content-Length": true, "Date": true, "Idempotency-Key": true, "Location": true, "Retry-After": true, "Traceparent": true,
	"X-Accurate-At": true, "X-Attio-Execution-Id": true, "X-Attio-Record-Query-Score": true, "X-Request-Id": true,
}

// oneLine replaces line breaks in a value.
var oneLine = strings.NewReplacer("\r", " ", "\n", " ")

// headerOf returns a header sorted by name, without secrets, whose common lines are among the shared texts. A date stands for that of
// net/http, which an answer has if it does not have its own.
func headerOf(h http.Header, call *api.Call, date time.Time, texts *sharedTexts) header {
	names := make([]string, 0, 32)
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	common, own := make([]byte, 0, 1<<10), make([]byte, 0, 1<<8)
	if _, dated := h["Date"]; !dated && !date.IsZero() {
		own = date.AppendFormat(append(own, "Date: "...), http.TimeFormat+"\n")
	}
	for _, name := range names {
		for _, value := range h[name] {
			value = shorten(withoutSecret(name, value, call), maxValue)
			switch {
			case len(common)+len(own)+len(name)+len(value) > maxHeader:
				return texts.header(common, appendLine(own, left, left))
			case varies[name]:
				own = appendLine(own, name, value)
			default:
				common = appendLine(common, name, value)
			}
		}
	}
	return texts.header(common, own)
}

func appendLine(b []byte, name, value string) []byte {
	b = append(b, name...)
	b = append(b, ": "...)
	if strings.IndexByte(value, '\r') >= 0 || strings.IndexByte(value, '\n') >= 0 {
		value = oneLine.Replace(value)
	}
	b = append(b, value...)
	return append(b, '\n')
}

// HTTP returns the header as a map. A header that was cut has the name "…".
func (h header) HTTP() http.Header {
	m := make(http.Header)
	for _, lines := range []string{h.common, h.own} {
		for line := range strings.Lines(lines) {
			name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			m[name] = append(m[name], value)
		}
	}
	return m
}

// IsZero reports whether there is no header.
func (h header) IsZero() bool { return h.common == "" && h.own == "" }

// size is how many bytes it takes that no other header has.
func (h header) size() int {
	if h.first {
		return len(h.common) + len(h.own)
	}
	return len(h.own)
}

// maxShared is how many bytes of texts are remembered so that others share them.
const maxShared = 256 << 10

// sharedTexts remember the common lines of headers.
type sharedTexts struct {
	mu    sync.Mutex
	known map[string]string
	bytes int
}

// header returns a header of common lines and lines of its own.
func (t *sharedTexts) header(common, own []byte) header {
	t.mu.Lock()
	defer t.mu.Unlock()
	if text, ok := t.known[string(common)]; ok {
		return header{common: text, own: string(own)}
	}
	text := string(common)
	if t.bytes += len(text); t.bytes > maxShared || t.known == nil {
		t.known, t.bytes = make(map[string]string), len(text)
	}
	t.known[text] = text
	return header{common: text, own: string(own), first: true}
}

// MarshalJSON encodes an object with an array of values for each name.
func (h header) MarshalJSON() ([]byte, error) { return json.Marshal(h.HTTP()) }

// withoutSecret returns the value of a header without its secret. A token of this server is replaced by its name.
func withoutSecret(name, value string, call *api.Call) string {
	if open[name] {
		return value
	}
	var room [64]byte
	lower := appendLower(room[:0], name)
	switch {
	case string(lower) == "authorization":
		scheme, _, _ := strings.Cut(value, " ")
		switch {
		case call.Token != nil:
			return scheme + " " + call.Workspace.View().Slug + "/" + call.Token.Name
		case strings.EqualFold(scheme, "bearer") || strings.EqualFold(scheme, "basic"):
			return scheme + " " + redacted
		}
		return redacted
	case string(lower) == "cookie":
		return withoutValues(value)
	case string(lower) == "set-cookie":
		name, _, _ := strings.Cut(value, "=")
		_, attributes, _ := strings.Cut(value, ";")
		return strings.TrimSuffix(name+"="+redacted+";"+attributes, ";")
	}
	for _, word := range secretWords {
		if bytes.Contains(lower, word) {
			return redacted
		}
	}
	return value
}

// open are the names of headers that never hold a secret. They are those of nearly all requests and answers, because looking for
// each of the words would take longer than all else that the journal does with a header.
var open = map[string]bool{
	"Accept": true, "Accept-Encoding": true, "Accept-Language": true, "Connection": true, "Content-Encoding": true, "Content-Length": true,
	"Content-Type": true, "Date": true, "Origin": true, "User-Agent": true, "Vary": true,
	"Access-Control-Allow-Origin": true, "Access-Control-Expose-Headers": true, "X-Frame-Options": true,
	"X-Accurate-At": true, "X-Attio-Execution-Id": true,
}

// secretWords occur in the names of headers that hold secrets.
var secretWords = [][]byte{[]byte("authorization"), []byte("token"), []byte("secret"), []byte("password"), []byte("api-key"), []byte("apikey")}

// appendLower appends the name of a header, which is ASCII, in lower case.
func appendLower(b []byte, name string) []byte {
	for i := range len(name) {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
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
