package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// The types below are the format, version 1. A field's tag "yaml" has its key and options: "required"
// (in what the files say together), "everyfile" (required in each), "short" (a scalar in place of the
// whole mapping is this field). The tag "doc" describes it in errors and in the JSON Schema. Keys
// that are no strings, numbers or mappings have types that check themselves (values.go). A pointer
// takes null as well, which takes away what a lower file says.

// document is a scenario file.
type document struct {
	placed
	Version    version                  `yaml:"version,required,everyfile" doc:"The version of the format, always 1."`
	Extends    []extension              `yaml:"extends" doc:"What lies underneath: names of built-in scenarios, or paths relative to this file. Later ones lie on top of earlier ones, this file on top of all."`
	Seed       *int64                   `yaml:"seed" doc:"With it, ids and secrets that are made at run time repeat. Without it they are random."`
	Clock      clockStart               `yaml:"clock" doc:"Where the clock starts to run: a timestamp, or a mapping that says more. Without it the clock shows the real time."`
	Users      ordered[name, user]      `yaml:"users" doc:"The people, each with one login account, by a name of your choice."`
	Workspaces ordered[slug, workspace] `yaml:"workspaces" doc:"The workspaces by their slugs."`
	Faults     ordered[name, anyFault]  `yaml:"faults" doc:"What goes wrong with requests to any workspace, by a key of your choice. Of two faults that hit one request, one of a workspace acts before one of these."`
}

// records counts the records of all workspaces, listed and made up, and the entries.
func (d *document) records() int {
	n := 0
	for _, w := range d.Workspaces.items {
		for _, o := range w.value.Objects.items {
			n += len(o.value.Records.items)
		}
		for _, l := range w.value.Lists.items {
			n += len(l.value.Entries.items)
		}
		for _, g := range w.value.Generate.items {
			n += int(g.value)
		}
	}
	return n
}

// placed is part of every mapping of the format and knows where it stands.
type placed struct {
	key  yamltree.Position // of the key that the mapping is the value of, or of the mapping itself
	node *yamltree.Node    // nil where the mapping is absent

	wrong bool // something in it does not have its form, which is reported
}

// placeable is a pointer to a mapping of the format.
type placeable interface {
	place(placed)
	markWrong()
}

func (p *placed) place(at placed) { *p = at }

func (p *placed) markWrong() { p.wrong = true }

// at returns the place of a key's value, or of the whole where the key is not there.
func (p placed) at(key string) yamltree.Position {
	if p.node != nil {
		if f, ok := p.node.Get(key); ok {
			return f.Value.Position
		}
	}
	return p.key
}

// has reports whether a key is there.
func (p placed) has(key string) bool {
	if p.node == nil {
		return false
	}
	_, ok := p.node.Find(key)
	return ok
}

// items returns the list that is a key's value, if the key is there.
func (p placed) items(key string) []*yamltree.Node {
	if p.node == nil {
		return nil
	}
	f, ok := p.node.Get(key)
	if !ok {
		return nil
	}
	return f.Value.Items
}

// fields lists the keys with their values.
func (p placed) fields() []yamltree.Field {
	if p.node == nil {
		return nil
	}
	return p.node.Fields
}

// Words and forms of values that several sections have.
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
