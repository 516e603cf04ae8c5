package oauth

import (
	"slices"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// codeLife is how long a code can be exchanged. RFC 6749 recommends at most ten minutes; Attio's value is not known.
const codeLife = 10 * time.Minute

// maxCodes bounds how many codes wait to be exchanged. Beyond it, the oldest code is forgotten.
const maxCodes = 1000

// grant is what a code stands for.
type grant struct {
	app       attio.ID
	workspace *world.Workspace
	member    attio.ID
	level     world.TokenLevel
	redirect  string
	challenge string // of PKCE; empty for none
	expires   time.Time
}

// codes holds the codes that have not been exchanged yet. The zero value is empty.
type codes struct {
	mu      sync.Mutex
	waiting []coded // oldest first
}

type coded struct {
	code string
	*grant
}

func (c *codes) add(code string, g *grant, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = slices.DeleteFunc(c.waiting, func(w coded) bool { return !now.Before(w.expires) })
	c.waiting = append(c.waiting, coded{code, g})
	if extra := len(c.waiting) - maxCodes; extra > 0 {
		c.waiting = slices.Delete(c.waiting, 0, extra)
	}
}

// take returns what a code of an app stands for. This uses the code up, even if the exchange then fails for another reason;
// it does not use up a code of another app. It returns nil for a code that is unknown, used or expired.
func (c *codes) take(code string, app attio.ID, now time.Time) *grant {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.waiting, func(w coded) bool { return same(w.code, code) })
	if i < 0 || c.waiting[i].app != app {
		return nil
	}
	found := c.waiting[i].grant
	c.waiting = slices.Delete(c.waiting, i, i+1)
	if !now.Before(found.expires) {
		return nil
	}
	return found
}

func (c *codes) drop(which func(*grant) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = slices.DeleteFunc(c.waiting, func(w coded) bool { return which(w.grant) })
}
