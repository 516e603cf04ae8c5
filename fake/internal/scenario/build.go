package scenario

import (
	"fmt"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// build makes the seed of a document. It goes on after a mistake, to find them all.
func build(doc *document, ps *yamltree.Problems) (*world.Seed, error) {
	seed := &world.Seed{Random: doc.Seed}
	var created time.Time
	seed.Clock, created = doc.Clock.start()
	created = created.Truncate(time.Millisecond)
	users := usersOf(doc)
	for _, u := range doc.Users.items {
		seed.Users = append(seed.Users, users[u.key])
	}
	for _, w := range doc.Workspaces.items {
		made := at(w.value.CreatedAt, created)
		state, err := world.BuildAs(w.value.newState(w.key, ps), made, func(tx *world.Tx) error {
			b := &builder{
				problems: ps, slug: w.key, workspace: &w.value, users: users, tx: tx, created: made, author: tx.Author,
				random: defaultRandom, broken: make(map[string]bool),
			}
			if doc.Seed != nil {
				b.random = *doc.Seed
			}
			b.buildSections()
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("workspace %q: %w", w.key, err)
		}
		seed.Workspaces = append(seed.Workspaces, state)
	}
	seed.Faults = faultsOf(doc, ps)
	if err := ps.Err(); err != nil {
		return nil, err
	}
	return seed, nil
}

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

// at returns a moment of the file, to the millisecond as Attio's, or another where there is none.
func at(m *moment, otherwise time.Time) time.Time {
	if m == nil {
		return otherwise
	}
	return m.Truncate(time.Millisecond)
}
