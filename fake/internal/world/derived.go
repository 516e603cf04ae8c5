package world

import (
	"sync"
	"sync/atomic"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// derived caches what readers computed from the records of a store or of an earlier version of it.
type derived struct {
	making sync.Mutex // one reader computes it, others wait
	latest atomic.Pointer[derivation]
}

// derivation is a computed result, and what it was computed from.
type derivation struct {
	store  *store
	object *Object // nil if the result does not depend on it
	value  any
}

// Derive returns what derive computes from the records of an object, such as an index. The result is kept until the
// records or the object change. Then derive gets the previous result, which others may still read, or nil if there was
// none. Derive is for readers, not for transactions.
func (s *State) Derive(object *Object, derive func(earlier any) any) any {
	records, ok := s.stores.Get(object.ID)
	if !ok {
		return derive(nil)
	}
	return records.derived.get(records, object, derive)
}

// DeriveRecords is Derive for a result that does not depend on the attributes, of the records of an object or the
// entries of a list. It is kept separately from the result of Derive.
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

// dropCaches drops what readers derived from the stores that the transaction replaces, as only states of the past still
// have those. A store to which the seed, a snapshot or a clone returns keeps it.
func (tx *Tx) dropCaches() {
	for of := range tx.touched {
		if store, ok := tx.base.stores.Get(of); ok && !store.lasting.Load() {
			store.derived.latest.Store(nil)
			store.derivedRecords.latest.Store(nil)
		}
	}
}

// last marks the stores of a state to which the seed, a snapshot or a clone can return.
func (s *State) last() {
	for store := range s.stores.Values() {
		if !store.lasting.Load() {
			store.lasting.Store(true)
		}
	}
}

func (d *derivation) is(of *store, object *Object) bool {
	return d != nil && d.store == of && d.object == object
}
