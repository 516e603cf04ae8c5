package world

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// attachment is something that a workspace has beside records, and that may hang on some of them: a
// note, a task, a comment. It never changes; a transaction makes the next one.
type attachment[V any] interface {
	comparable
	// identity says what it is.
	identity() (Thing, attio.ID)
	// attachedTo lists what it hangs on: records, entries, or other attachments.
	attachedTo() []attio.ID
	// without returns what is left of it when something that it hangs on is deleted, if anything is.
	without(id attio.ID) (left V, ok bool)
}

// put stores a new attachment, or one that takes the place of the one with its id.
func put[V attachment[V]](tx *Tx, collection *Collection[V], v V) {
	thing, id := v.identity()
	var before any
	if old, ok := collection.Get(id); ok {
		before = old
		for _, to := range old.attachedTo() {
			tx.attached.delete(attachedKey(to, thing, id))
		}
	}
	for _, to := range v.attachedTo() {
		tx.attached.set(attachedKey(to, thing, id), id)
	}
	collection.put(id, v)
	tx.fileBytes += sizeOf(v) - sizeOf(before)
	tx.note(thing, "", id, before, v)
}

// drop deletes an attachment and lets go of what hangs on it.
func drop[V attachment[V]](tx *Tx, collection *Collection[V], v V) {
	thing, id := v.identity()
	for _, to := range v.attachedTo() {
		tx.attached.delete(attachedKey(to, thing, id))
	}
	collection.delete(id)
	tx.fileBytes -= sizeOf(v)
	tx.note(thing, "", id, v, nil)
	tx.release(id)
}

// release deletes what hangs on something that is gone, or takes it off.
func (tx *Tx) release(gone attio.ID) {
	if !tx.hasAttachments(gone) {
		return
	}
	for _, d := range declarations {
		d.release(tx, d.thing, gone)
	}
}

// hasAttachments reports whether anything hangs on a record, an entry or another attachment.
func (s *State) hasAttachments(to attio.ID) bool {
	same := string(to) + "/"
	for key := range s.attached.from(same) {
		return strings.HasPrefix(key, same)
	}
	return false
}

// detach takes the attachments of one kind off something that is gone.
func detach[V attachment[V]](tx *Tx, collection *Collection[V], thing Thing, from attio.ID) {
	for _, id := range slices.Collect(tx.attachedTo(from, thing)) { // the table changes on the way
		v, ok := collection.Get(id)
		if !ok {
			continue // it went with one before it
		}
		if left, ok := v.without(from); ok {
			put(tx, collection, left)
		} else {
			drop(tx, collection, v)
		}
	}
}

// attachedTo yields the ids of what hangs on a record, an entry or another attachment, by kind, in
// ascending order.
func (s *State) attachedTo(to attio.ID, thing Thing) iter.Seq[attio.ID] {
	return func(yield func(attio.ID) bool) {
		same := attachedKey(to, thing, "")
		for key, id := range s.attached.from(same) {
			if !strings.HasPrefix(key, same) || !yield(id) {
				return
			}
		}
	}
}

// createdAt returns when something new was made: now, unless somebody says otherwise. Attio's OpenAPI document lets
// nobody say a time before 1970 or in the future. The error is an answer of the API.
func (tx *Tx) createdAt(said *time.Time) (time.Time, error) {
	if said == nil {
		return tx.Now, nil
	}
	created := said.UTC().Truncate(time.Millisecond)
	if created.Before(time.Unix(0, 0)) || created.After(tx.Now) {
		return time.Time{}, attio.CreatedAtOutOfRange()
	}
	return created, nil
}

func attachedKey(to attio.ID, thing Thing, id attio.ID) string {
	return string(to) + "/" + string(thing) + "/" + string(id)
}
