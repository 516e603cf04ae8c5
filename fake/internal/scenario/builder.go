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
	writes []world.Write
	given  []*attribute.Definition
	rest   []*yamltree.Field
}

// write sets when and as whom the transaction writes from now on.
func (b *builder) write(now time.Time, author world.Author) { b.tx.Now, b.tx.Author = now, author }
