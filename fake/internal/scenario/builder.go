package scenario

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// builder makes the state of one workspace.
type builder struct {
	problems  *yamltree.Problems
	slug      string
	workspace *workspace
	users     map[string]*world.User
	tx        *world.Tx
	created   time.Time    // of what does not say when it was made
	author    world.Author // of what does not say who made it
	random    int64        // the seed of what is made up

	// broken has the objects and lists that could not be made, as "objects/deals", and the attributes, as
	// "objects/deals/attributes/stage". That is reported once, and not again for each use of them.
	broken map[string]bool
	later  []later
	links  []link
	names  map[string]string // what the listed records and entries are called, by their ids; made when it is asked for
}

// write says when and as whom the transaction writes what follows.
func (b *builder) write(now time.Time, author world.Author) { b.tx.Now, b.tx.Author = now, author }
