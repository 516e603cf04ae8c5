package compare

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

var (
	timestampForm = lazy.New(`^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$`)
	dateForm      = lazy.New(`^\d{4}-\d\d-\d\d$`)
	digits        = lazy.New(`\d`)
	ids           = lazy.New(`[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)
)

// Form describes a value without its content: two values of one form look alike.
func (n *Node) Form() string {
	if n.Kind != String {
		return string(n.Kind)
	}
	if _, ok := attio.ParseID(n.Text); ok {
		return "a UUID"
	}
	switch {
	case timestampForm.MatchString(n.Text):
		return "a timestamp " + digits.Get().ReplaceAllString(n.Text, "0")
	case dateForm.MatchString(n.Text):
		return "a date"
	case strings.HasPrefix(n.Text, "https://"), strings.HasPrefix(n.Text, "http://"):
		return "a URL"
	}
	if _, err := http.ParseTime(n.Text); err == nil { // Retry-After
		return "a time of HTTP"
	}
	return "a string"
}

// Describe describes a value, with its content if that is short.
func (n *Node) Describe() string {
	switch n.Kind {
	case String:
		return fmt.Sprintf("%s %q", n.Kind, Excerpt(n.Text))
	case Number, Bool:
		return fmt.Sprintf("%s %s", n.Kind, n.Text)
	case Array:
		return fmt.Sprintf("%s of %d", n.Kind, len(n.Items))
	case Object:
		return fmt.Sprintf("%s with %q", n.Kind, n.Keys)
	}
	return string(n.Kind)
}

// Excerpt returns the beginning of a long text.
func Excerpt(text string) string {
	const most = 1000
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

// withoutIDs returns a value in whose strings all ids are alike.
func (n *Node) withoutIDs() *Node {
	other := *n
	if n.Kind == String {
		other.Text = ids.Get().ReplaceAllString(n.Text, "<id>")
	}
	other.Items = make([]*Node, len(n.Items))
	for i, item := range n.Items {
		other.Items[i] = item.withoutIDs()
	}
	return &other
}
