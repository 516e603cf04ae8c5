package world

import (
	"sync"
	"sync/atomic"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// derived is what readers have worked out from the records of a store, or of one that came before it.
type derived struct {
	making sync.Mutex // of readers who want it at the same time one makes it
	latest atomic.Pointer[derivation]
}

// derivation is what was worked out, and from what.
type derivation struct {
	store  *store
	object *Object // nil where it does not matter
	value  any
}

// Derive returns what derive makes of the records of an object, such as an index. It is kept for as
// long as neither they nor the object change; where they have, derive gets what it made earlier, which
// others may still read, and nil where that was never. It is for readers, not for a transaction.
func (s *State) Derive(object *Object, derive func(earlier any) any) any {
	records, ok := s.stores.Get(object.ID)
	if !ok {
		return derive(nil)
	}
	return records.derived.get(records, object, derive)
}

// DeriveRecords is Derive for what is made of the records of an object, or the entries of a list,
// whatever their attributes. It is kept beside what Derive keeps.
func (s *State) DeriveRecords(of attio.ID, derive func(earlier any) any) any {
	records, ok := s.stores.Get(of)
	if !ok {
		return derive(nil)
	}
	return records.derivedRecords.get(records, nil, derive)
}

func (d *derived) get(store *store, object *Object, derive func(earlier any) any) any {
	if kept := d.latest.Load(); kept.is(store, object) {
		return kept.value
	}
	d.making.Lock()
	defer d.making.Unlock()
	kept := d.latest.Load()
	if kept.is(store, object) {
		return kept.value
	}
	var earlier any
	if kept != nil {
		earlier = kept.value
	}
	value := derive(earlier)
	d.latest.Store(&derivation{store, object, value})
	return value
}

func (d *derivation) is(of *store, object *Object) bool {
	return d != nil && d.store == of && d.object == object
}
