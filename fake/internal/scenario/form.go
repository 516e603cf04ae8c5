package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// form is what a string must look like.
type form struct {
	what    string // "workspace slug"
	pattern string // for Go and JSON Schema alike
	says    string // what to do about it
}

// formed is a string type with a form; worded is one with a fixed set of words.
type (
	formed interface{ form() form }
	worded interface {
		words() (what string, known []string)
	}
)

// formedString is a type of the keys of an ordered mapping.
type formedString interface {
	~string
	formed
}

// custom is a type that reads itself from a tree and describes itself in the JSON Schema.
type custom interface {
	decode(d *decoder, f yamltree.Field)
	schema() schema
}

// Forms that several sections share.
type (
	slug  string
	name  string
	email string
)

func (slug) form() form {
	return form{"workspace slug", `^[a-z0-9][a-z0-9-]*$`, "use lower case letters, digits and hyphens, and no hyphen first"}
}

func (name) form() form {
	return form{"name", `^[^/]+$`, "use at least one character and no slash"}
}

func (email) form() form {
	return form{"e-mail address", `^[^@\s]+@[^@\s]+$`, "write one like ada@example.com"}
}

func asStrings[S ~string](list []S) []string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return words
}

type apiSlug string

func (apiSlug) form() form {
	return form{"slug", `^[^/\s]+$`, "use at least one character, no slash and no white space"}
}

type noun string

func (noun) form() form {
	return form{"name", `.`, "use at least one character"}
}

// The forms of keys and addresses, compiled for exporting.
var (
	nameForm  = lazy.New(name("").form().pattern)
	slugForm  = lazy.New(apiSlug("").form().pattern)
	emailForm = lazy.New(email("").form().pattern)

	domainForm = lazy.New(verifiedDomain("").form().pattern)
)
