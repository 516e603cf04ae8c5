package world

import (
	"slices"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// derived caches what readers computed from the records of a store or of an earlier version of it. A store of the
// past lets go of it: states that are kept for long must not hold on to caches.
type derived struct {
	making sync.Mutex // one reader computes it, others wait
	latest atomic.Pointer[hold]
	past   atomic.Bool
}

// derivation is a computed result, and what it was computed from.
type derivation struct {
	store  *store
	object *Object // nil if the result does not depend on it
	value  any
}

// hold is a hold on a derivation, a weak one in a store of the past.
type hold struct {
	strong *derivation
	weak   weak.Pointer[derivation]
}

func (h *hold) get() *derivation {
	switch {
	case h == nil:
		return nil
	case h.strong != nil:
		return h.strong
	}
	return h.weak.Value()
}

// Earlier is what was derived from an earlier version of the records.
type Earlier struct {
	Value any // others may still read it
	// Written are the ids of the records that were created, changed or deleted since, in ascending order. They are known
	// unless there were too many.
	Written []attio.ID
	Known   bool
}

// Derive returns what derive computes from the records of an object, such as an index. The result is kept until the
// records or the object change. Then derive gets the previous result, or nil if there was none. Derive is for readers,
// not for transactions.
func (s *State) Derive(object *Object, derive func(*Earlier) any) any {
	records, ok := s.stores.Get(object.ID)
	if !ok {
		return derive(nil)
	}
	return records.derived.get(records, object, derive)
}

// DeriveRecords is Derive for a result that does not depend on the attributes, of the records of an object or the
// entries of a list. It is kept separately from the result of Derive.
func (s *State) DeriveRecords(of attio.ID, derive func(*Earlier) any) any {
	records, ok := s.stores.Get(of)
	if !ok {
		return derive(nil)
	}
	return records.derivedRecords.get(records, nil, derive)
}

// Version identifies the records of an object, or the entries of a list, at one moment: they are the same in two states
// with equal versions. It does not keep them in memory.
type Version struct{ store weak.Pointer[store] }

// Version returns the version of the records of an object or the entries of a list. It is for readers, not for
// transactions.
func (s *State) Version(of attio.ID) Version {
	store, _ := s.stores.Get(of)
	return Version{weak.Make(store)}
}

func (d *derived) get(store *store, object *Object, derive func(*Earlier) any) any {
	if kept := d.latest.Load().get(); kept.is(store, object) {
		return kept.value
	}
	d.making.Lock()
	defer d.making.Unlock()
	kept := d.latest.Load().get()
	if kept.is(store, object) {
		return kept.value
	}
	var earlier *Earlier
	if kept != nil {
		written, known := store.written.since(kept.store.written)
		earlier = &Earlier{kept.value, written, known}
	}
	made := &derivation{store, object, derive(earlier)}
	d.latest.Store(&hold{strong: made})
	if d.past.Load() {
		d.weaken()
	}
	return made.value
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

// inherit takes over what was derived from an earlier version.
func (d *derived) inherit(from *derived) {
	if kept := from.latest.Load().get(); kept != nil {
		d.latest.Store(&hold{strong: kept})
	}
}

// weaken leaves the derivation to the garbage collector once no other version holds it.
func (d *derived) weaken() {
	d.past.Store(true)
	if h := d.latest.Load(); h != nil && h.strong != nil {
		d.latest.CompareAndSwap(h, &hold{weak: weak.Make(h.strong)})
	}
}

// outdate tells the stores that the transaction replaces that they are of the past. Those to which the seed, a snapshot
// or a clone returns keep what was derived from them.
func (tx *Tx) outdate() {
	for _, of := range tx.touched {
		if store, ok := tx.base.stores.Get(of); ok && !store.lasting.Load() {
			store.derived.weaken()
			store.derivedRecords.weaken()
		}
	}
}

// revive tells a store that it is of the present again.
func (s *store) revive() {
	s.derived.past.Store(false)
	s.derivedRecords.past.Store(false)
}

// maxWritten is how many writes a log has before a new one begins. What is older is derived anew as a whole.
const maxWritten = 1024

// writeLog is the latest entry in the log of the records that were written to a store. Versions share the older entries.
type writeLog struct {
	record attio.ID // empty where a log begins that is not the first
	before *writeLog
	length int
}

// and returns the log with one more entry.
func (w *writeLog) and(record attio.ID) *writeLog {
	switch {
	case w == nil:
		return &writeLog{record, nil, 1}
	case w.length == maxWritten:
		return &writeLog{record, &writeLog{}, 1}
	}
	return &writeLog{record, w, w.length + 1}
}

// since returns the records that were written since an earlier log, in ascending order of their ids.
func (w *writeLog) since(earlier *writeLog) (ids []attio.ID, known bool) {
	for ; w != earlier; w = w.before {
		if w == nil || w.record == "" {
			return nil, false
		}
		ids = append(ids, w.record)
	}
	slices.Sort(ids)
	return slices.Compact(ids), true
}
