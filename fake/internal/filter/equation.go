package filter

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// equation is what a test asks that holds exactly for values of which a part is one of those wanted.
type equation interface {
	// among returns a test that holds when one of several tests with the same field does, the own included.
	among(tests []test) func(*world.Held) bool
}

// equals is an equation with parts of one type.
type equals[K comparable] struct {
	part   func(*world.Held) (part K, given bool)
	wanted []K
}

func (e equals[K]) among(tests []test) func(*world.Held) bool {
	wanted := make(map[K]bool, len(tests))
	for _, t := range tests {
		for _, part := range t.equation.(equals[K]).wanted {
			wanted[part] = true
		}
	}
	return func(held *world.Held) bool {
		part, ok := e.part(held)
		return ok && wanted[part]
	}
}

// equalsIf is an equation with one part if the operator asks for it, and else none.
func equalsIf[K comparable](operator string, part func(*world.Held) (K, bool), wanted K) equation {
	if operator != opEq {
		return nil
	}
	return equals[K]{part, []K{wanted}}
}

// valueOf is the part of a value that is the value itself.
func valueOf[V attribute.Value](held *world.Held) (V, bool) {
	v, ok := held.Value.(V)
	return v, ok
}

// instant is a moment without its time zone.
type instant struct {
	seconds     int64
	nanoseconds int
}

func instantOf(t time.Time) instant { return instant{t.Unix(), t.Nanosecond()} }
