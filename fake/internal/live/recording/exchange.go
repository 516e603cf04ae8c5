package recording

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// Exchange is one recorded request and its answer.
type Exchange struct {
	Name   string // of its file, and its number in the file from the second on: "errors#1"
	Host   string // in lower case; "" if it was not kept
	Method string // "" if the request was not kept
	Path   string // without the query, escaped; a template such as "/v2/objects/{object}" if only the endpoint was kept
	Query  url.Values
	Header http.Header     // of the request
	Body   json.RawMessage // of the request, which need not be JSON; nil if it had none or was not kept
	At     time.Time       // of the request; zero if it was not kept
	Answer compare.Answer

	// Projection is what was kept of an answer whose body was not: some members in their order, or only its message.
	Projection json.RawMessage

	// Shortened reports that the answer was cut by hand: keys, elements or headers may be missing.
	Shortened bool

	// Sorted reports that the keys of every object were sorted afterwards.
	Sorted bool
}

// HasBody reports whether a body was recorded.
func (e Exchange) HasBody() bool { return len(e.Answer.Body) > 0 }

// Sendable reports whether the request is known well enough to send it.
func (e Exchange) Sendable() bool {
	return e.Method != "" && strings.HasPrefix(e.Path, "/") && !strings.Contains(e.Path, "{")
}

// URI is the path with its query.
func (e Exchange) URI() string {
	if len(e.Query) == 0 {
		return e.Path
	}
	return e.Path + "?" + e.Query.Encode()
}

// File is what a file of recordings has.
type File struct {
	Name, Format string
	Exchanges    []Exchange // with Attio, in the order of their requests

	Elsewhere  int // how many exchanges with other hosts were left out
	Unfinished int // how many requests without an answer were left out
}

// Hosts are Attio's own hosts.
var hosts = []string{"api.attio.com", "app.attio.com"}

// Read reads a file. Its format is recognised by what is in it. Only exchanges with Attio's hosts and the others given count.
func Read(name string, content []byte, others ...string) (File, error) {
	root, err := treeOf(name, content)
	if err != nil {
		return File{}, err
	}
	format, err := recognise(name, root)
	if err != nil {
		return File{}, err
	}
	all, err := format.read(root)
	if err != nil {
		return File{}, fmt.Errorf("%s, read as %s: %w", name, format.name, err)
	}
	file := File{Name: name, Format: format.name}
	for i, e := range all {
		if e.Name = name; i > 0 {
			e.Name = fmt.Sprintf("%s#%d", name, i)
		}
		switch {
		case !ofAttio(e, others):
			file.Elsewhere++
		case e.Answer.Status == 0 && e.Host != "":
			file.Unfinished++
		case e.Method != http.MethodOptions: // a browser's question whether it may send the request
			file.Exchanges = append(file.Exchanges, e)
		}
	}
	return file, nil
}

func ofAttio(e Exchange, others []string) bool {
	host, _, _ := strings.Cut(e.Host, ":")
	switch {
	case e.Host == "":
		return true // a format without hosts
	case host == "app.attio.com":
		return strings.HasPrefix(e.Path, "/oauth/") || strings.HasPrefix(e.Path, "/authorize")
	}
	return slices.Contains(hosts, host) || slices.Contains(others, e.Host) || slices.Contains(others, host)
}

// locate sets method, host, path and query from an absolute address.
func (e *Exchange) locate(method, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return fmt.Errorf("%q is no absolute address", compare.Excerpt(address))
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return fmt.Errorf("the query of %q cannot be read", compare.Excerpt(address))
	}
	e.Method, e.Host, e.Path, e.Query = strings.ToUpper(method), strings.ToLower(u.Host), u.EscapedPath(), query
	return nil
}

// settle decodes the bodies, and takes the time from the answer if there is no other.
func (e *Exchange) settle() error {
	if at, err := http.ParseTime(e.Answer.Header.Get("Date")); err == nil && e.At.IsZero() {
		e.At = at
	}
	body, err := uncompressed(e.Answer.Body)
	if err != nil {
		return fmt.Errorf("the answer to %s %s: %w", e.Method, e.Path, err)
	}
	e.Answer.Body = body
	e.Answer.Header.Del("Content-Encoding")
	if e.Body, err = uncompressed(e.Body); err != nil {
		return fmt.Errorf("the body of %s %s: %w", e.Method, e.Path, err)
	}
	if len(e.Body) == 0 {
		e.Body = nil
	}
	return nil
}
