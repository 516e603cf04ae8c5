package world

import (
	"fmt"
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Unsubscribed is an e-mail address that sequences must not write to. It has no id and is identified by the address.
type Unsubscribed struct {
	Address   string // normalised
	CreatedAt time.Time
}

// Unsubscribed yields the unsubscribed addresses in the order in which they were added.
func (s *State) Unsubscribed() iter.Seq[*Unsubscribed] { return s.unsubscribed.All() }

// Unsubscribe adds e-mail addresses to the unsubscribed ones, and returns their entries without duplicates. An address
// that is on the list stays as it is. Every error is an answer of the API.
func (tx *Tx) Unsubscribe(addresses []string) ([]*Unsubscribed, error) {
	listed := []*Unsubscribed{}
	seen := make(map[string]bool, len(addresses))
	for i, address := range addresses {
		normal, ok := NormalEmail(address)
		switch {
		case !ok:
			return nil, attio.NotUnsubscribable(i)
		case !seen[normal]:
			seen[normal] = true
			listed = append(listed, tx.unsubscribe(normal))
		}
	}
	return listed, nil
}

// Resubscribe removes e-mail addresses from the unsubscribed ones.
func (tx *Tx) Resubscribe(addresses []string) error {
	for _, address := range addresses {
		normal, _ := NormalEmail(address)
		listed, ok := tx.unsubscribed.Get(attio.ID(normal))
		if !ok {
			return fmt.Errorf("%q is not on the list of the unsubscribed", address)
		}
		drop(tx, listed)
	}
	return nil
}

func (tx *Tx) unsubscribe(address string) *Unsubscribed {
	if known, ok := tx.unsubscribed.Get(attio.ID(address)); ok {
		return known
	}
	added := &Unsubscribed{Address: address, CreatedAt: tx.Now}
	put(tx, added)
	return added
}

// emailDefinition lets NormalEmail parse an address as an attribute value.
var emailDefinition = attribute.Definition{Type: attribute.TypeEmailAddress}

// NormalEmail returns the normal form of an e-mail address, as people have it, and whether the address is valid.
func NormalEmail(address string) (string, bool) {
	value, err := attribute.Parse(nil, &emailDefinition, address)
	if err != nil {
		return "", false
	}
	return value.Key(), true
}

func (u *Unsubscribed) identity() (Thing, attio.ID)            { return ThingUnsubscribed, attio.ID(u.Address) }
func (u *Unsubscribed) attachedTo() []attio.ID                 { return nil }
func (u *Unsubscribed) without(attio.ID) (*Unsubscribed, bool) { return nil, false }
func (u *Unsubscribed) followed(*merger) *Unsubscribed         { return u }
