package scenario

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// builder makes the state of one workspace.
type builder struct {
	problems  *yamltree.Problems
	slug      string
	workspace *workspace
	users     map[string]*world.User
	apps      []*world.App
	tx        *world.Tx
	created   time.Time    // the default time of creation
	author    world.Author // the default author
	random    int64        // the seed for made-up records

	// broken has the objects and lists that could not be created, as "objects/deals", and the attributes, as
	// "objects/deals/attributes/stage". That is reported once, and not again for each use.
	broken map[string]bool
	later  []later
	links  []link
	room   room
	names  map[string]string // of the listed records and entries, by their ids; filled on first use
}

// room is what the filling of one record takes, and leaves to that of the next.
type room struct {
	writes  []world.Write
	later   []*attribute.Definition
	rest    []*yamltree.Field
	objects objects
}

// objects are maps for the values of one record that are mappings, such as locations. No value keeps the map that it is read from.
type objects struct {
	maps []map[string]any
	used int
}

// plain is Node.Plain.
func (o *objects) plain(n *yamltree.Node) any {
	if n.Kind != yamltree.KindMapping {
		return n.Plain()
	}
	if o.used == len(o.maps) {
		o.maps = append(o.maps, make(map[string]any))
	}
	object := o.maps[o.used]
	o.used++
	clear(object)
	for _, f := range n.Fields {
		object[f.Name] = f.Value.Plain()
	}
	return object
}

// write sets when and as whom the transaction writes from now on.
func (b *builder) write(now time.Time, author world.Author) { b.tx.Now, b.tx.Author = now, author }
