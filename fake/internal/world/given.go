package world

import (
	"fmt"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// given remembers the slugs and tokens that a world has ever assigned, so that none is assigned twice, whatever is removed,
// reset or restored: the late request of one test must not reach the workspace of another.
type given struct {
	slugs      map[string]bool       // of all workspaces that ever existed
	workspaces map[string]*Workspace // of seeds, by slug
	clones     map[string]int        // the number of the latest clone, by the slug that its name begins with
	tokens     int                   // how many token values were made at run time
	made       map[string]bool       // these values
}

func newGiven() given {
	return given{slugs: make(map[string]bool), workspaces: make(map[string]*Workspace), clones: make(map[string]int), made: make(map[string]bool)}
}

// seeded returns the workspace of a seed with a slug; it is the same one after each reset.
func (g *given) seeded(w *World, slug string) *Workspace {
	if _, ok := g.workspaces[slug]; !ok {
		g.workspaces[slug] = &Workspace{world: w}
	}
	g.slugs[slug] = true
	return g.workspaces[slug]
}

// isClone reports whether a slug is or was the slug of a clone.
func (g *given) isClone(slug string) bool { return g.slugs[slug] && g.workspaces[slug] == nil }

// next returns the slug of the next clone; the first clone of "acme" is "acme-2".
func (g *given) next(origin string) string {
	n := max(g.clones[origin], 1)
	for {
		n++
		if slug := fmt.Sprintf("%s-%d", origin, n); !g.slugs[slug] {
			g.clones[origin] = n
			return slug
		}
	}
}

// token returns a new token value for a workspace.
func (g *given) token(workspace, name string) string {
	g.tokens++
	value := attio.DerivedToken(fmt.Sprintf("%s#%d", workspace, g.tokens), name)
	g.made[value] = true
	return value
}
