package probe

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// Probe is one question to both sides: a few calls whose answers are compared.
type Probe struct {
	ID    string
	Facts string // the month in which Attio was last seen, or said, to answer as the fake does; empty if the fake decided
	Needs string // what has to be known for it to make sense, by its name
	Lacks attio.Scope
	Calls []*Call

	differs bool // the fake differs on purpose: an answer like the fake's means that Attio has changed
}

// Call is one request. In its path and its body, "<name>" stands for what an earlier call has kept.
type Call struct {
	Method, Path string
	Body         string
	Type         string // the content type, unless it is JSON
	As           string // the header Authorization instead of the token's; "none" for no header

	keep    map[string]string // names of what later calls use, and where it stands in the answer
	exact   []string          // keys whose content is compared
	only    string            // the elements of data that are compared, as "key=value"
	others  bool              // about things that the probe did not make
	makes   string            // what exists from now on
	removes string            // what no longer does
	pad     int               // bytes of white space before the body
	derived func(Reply) string
}

// Reply is the answer of one side.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

func known(month, id string, calls ...*Call) Probe {
	return Probe{ID: id, Facts: month, Calls: calls}
}
func decided(id string, calls ...*Call) Probe { return Probe{ID: id, Calls: calls} }

func (p Probe) needs(name string) Probe {
	p.Needs = name
	return p
}

func call(method, path, body string) *Call { return &Call{Method: method, Path: path, Body: body} }
func get(path string) *Call                { return call(http.MethodGet, path, "") }
func del(path string) *Call                { return call(http.MethodDelete, path, "") }
func post(path, body string) *Call         { return call(http.MethodPost, path, body) }
func put(path, body string) *Call          { return call(http.MethodPut, path, body) }
func patch(path, body string) *Call        { return call(http.MethodPatch, path, body) }

// data wraps a body in data, as nearly every operation expects.
func data(json string) string { return `{"data":` + json + `}` }

// values is the body of a write of a record.
func values(json string) string { return `{"data":{"values":` + json + `}}` }

func (c *Call) keeps(name, path string) *Call {
	if c.keep == nil {
		c.keep = map[string]string{}
	}
	c.keep[name] = path
	return c
}

func (c *Call) comparing(keys ...string) *Call {
	c.exact = keys
	return c
}

func (c *Call) ofOthers() *Call {
	c.others = true
	return c
}

func (c *Call) onlyWhere(keyIsValue string) *Call {
	c.only = keyIsValue
	return c
}

func (c *Call) making(what string) *Call {
	c.makes = what
	return c
}

func (c *Call) removing(what string) *Call {
	c.removes = what
	return c
}

func (c *Call) as(authorization string) *Call {
	c.As = authorization
	return c
}

func (c *Call) typed(contentType string) *Call {
	c.Type = contentType
	return c
}

func (c *Call) deriving(text func(Reply) string) *Call {
	c.derived = text
	return c
}

// Operation returns the operation that a call is one of, or nil.
func (c *Call) Operation() *attio.Operation {
	path, _, _ := strings.Cut(c.Path, "?")
	return attio.AnyOperationAt(c.Method, path)
}

// Writes reports whether a call may change something. A call that matches no operation counts as a write, unless its method
// only reads.
func (c *Call) Writes() bool {
	if op := c.Operation(); op != nil {
		return op.Write
	}
	return !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, c.Method) &&
		!strings.HasSuffix(c.Path, "/query") // of an object that does not exist
}

func (c *Call) String() string { return c.Method + " " + c.Path }

// Writes reports whether a probe may change something.
func (p Probe) Writes() bool { return slices.ContainsFunc(p.Calls, (*Call).Writes) }

// Reading returns the probes of the suite that make sense if nothing is written: they are about nothing that another one makes.
func Reading() []Probe {
	var reading []Probe
	known := slices.Concat(switchable, []string{"off"})
	for _, p := range Suite() {
		if p.Writes() || slices.ContainsFunc(p.names(), func(name string) bool { return !slices.Contains(known, name) }) {
			continue
		}
		reading = append(reading, p)
		for _, c := range p.Calls {
			known = slices.AppendSeq(known, maps.Keys(c.keep))
		}
	}
	return reading
}

var placeholder = lazy.New(`<[a-z_0-9]+>`)

// names returns what a probe takes from earlier probes, sorted.
func (p Probe) names() []string {
	var names []string
	kept := map[string]bool{}
	add := func(name string) {
		if name != "" && !kept[name] {
			names = append(names, name)
		}
	}
	add(p.Needs)
	for _, c := range p.Calls {
		for _, found := range placeholder.Get().FindAllString(c.Path+c.Body, -1) {
			add(strings.Trim(found, "<>"))
		}
		for name := range c.keep {
			kept[name] = true
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
