package api

import (
	"mime"
	"net/http"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/shape"
)

// Unread reports whether the body that the client sent was not read because of its content type, and which type the
// operation takes.
func (c *Call) Unread() (wanted string, unread bool) {
	if c.Operation == nil || c.Request.Method == http.MethodGet || c.Request.Method == http.MethodDelete {
		return "", false // takes none
	}
	wanted, sent := "application/json", len(c.Sent) > 0
	if c.elsewhere != nil {
		wanted = "application/x-www-form-urlencoded"
	}
	if c.Operation.Upload {
		wanted, sent = "multipart/form-data", c.Request.ContentLength != 0 // the body is not kept
	}
	kind := c.Request.Header.Get("Content-Type")
	if kind != wanted {
		kind, _, _ = mime.ParseMediaType(kind)
	}
	return wanted, sent && kind != wanted
}

// queries holds the shapes of the queries whose bodies may have other keys too, by the operation's name.
var queries = map[string]shape.Schema{
	"activity_records.query": activityRecordsShape,
	"entries.query":          queryShape,
	"records.query":          queryShape,
	"records.search":         searchShape,
}

// Ignored lists the keys at the top of a query's body that Attio does not look at, in the order of the body, and the keys
// that it does look at.
func (c *Call) Ignored() (ignored, known []string) {
	if c.Operation == nil || c.json() == nil {
		return nil, nil
	}
	allowed, isQuery := queries[c.Operation.Name]
	if !isQuery {
		return nil, nil
	}
	known = shape.Keys(allowed)
	value, _ := shape.Decode(c.Sent)
	body, _ := value.(*shape.Members) // of anything else there is an error
	return slices.DeleteFunc(body.Keys(), func(key string) bool { return slices.Contains(known, key) }), known
}
