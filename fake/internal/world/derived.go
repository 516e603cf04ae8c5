package world

import (
	"sync"
	"sync/atomic"
)

// derived is what readers have worked out from the records of a store, or of one that came before it.
type derived struct {
	making sync.Mutex // of readers who want it at the same time one makes it
	latest atomic.Pointer[derivation]
}

// derivation is what was worked out, and from what.
type derivation struct {
	store  *store
	object *Object
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
	if kept := records.derived.latest.Load(); kept.is(records, object) {
		return kept.value
	}
	records.derived.making.Lock()
	defer records.derived.making.Unlock()
	kept := records.derived.latest.Load()
	if kept.is(records, object) {
		return kept.value
	}
	var earlier any
	if kept != nil {
		earlier = kept.value
	}
	value := derive(earlier)
	records.derived.latest.Store(&derivation{records, object, value})
	return value
}

func (d *derivation) is(of *store, object *Object) bool {
	return d != nil && d.store == of && d.object == object
}
