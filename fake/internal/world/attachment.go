package world

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// attachment is something other than a record that a workspace holds and that may be attached to records: a
// note, a task, a comment. It never changes; a transaction makes the next one.
type attachment[V any] interface {
	comparable
	// identity returns its kind and its id.
	identity() (Thing, attio.ID)
	// in returns the collection of its kind.
	in(*things) *Collection[V]
	// attachedTo lists what it is attached to: records, entries, or other attachments.
	attachedTo() []attio.ID
	// without returns what remains of it once something that it is attached to is deleted; ok is false if nothing does.
	without(id attio.ID) (left V, ok bool)
	// followed returns what it is once two records that it is attached to are merged: itself if it is attached to none.
	followed(m *merger) V
}

// put stores an attachment, and replaces the one with the same id.
func put[V attachment[V]](tx *Tx, v V) {
	thing, id := v.identity()
	things := tx.ownThings()
	collection := v.in(things)
	var before any
	if old, ok := collection.Get(id); ok {
		before = old
		for _, to := range old.attachedTo() {
			things.attached.delete(attachedKey(to, thing, id))
		}
	}
	for _, to := range v.attachedTo() {
		things.attached.set(attachedKey(to, thing, id), id)
	}
	collection.put(id, v)
	things.fileBytes += sizeOf(v) - sizeOf(before)
	tx.note(thing, "", id, before, v)
}

// drop deletes an attachment, and releases what is attached to it.
func drop[V attachment[V]](tx *Tx, v V) {
	thing, id := v.identity()
	things := tx.ownThings()
	for _, to := range v.attachedTo() {
		things.attached.delete(attachedKey(to, thing, id))
	}
	v.in(things).delete(id)
	things.fileBytes -= sizeOf(v)
	tx.note(thing, "", id, v, nil)
	tx.release(id)
}

// release deletes what is attached to something that is gone, or detaches what outlives it.
func (tx *Tx) release(gone attio.ID) {
	if !tx.hasAttachments(gone) {
		return
	}
	for _, d := range declarations {
		d.release(tx, d.thing, gone)
	}
}

// hasAttachments reports whether anything is attached to a record, an entry or another attachment.
func (s *State) hasAttachments(to attio.ID) bool {
	same := string(to) + "/"
	for key := range s.attached.from(same) {
		return strings.HasPrefix(key, same)
	}
	return false
}

// detach deletes or detaches the attachments of one kind from something that is gone.
func detach[V attachment[V]](tx *Tx, thing Thing, from attio.ID) {
	var kind V
	for _, id := range slices.Collect(tx.attachedTo(from, thing)) { // the loop changes the table
		v, ok := kind.in(tx.things).Get(id)
		if !ok {
			continue // an earlier iteration deleted it
		}
		if left, ok := v.without(from); ok {
			put(tx, left)
		} else {
			drop(tx, v)
		}
	}
}

// attachedTo yields the ids of what is attached to a record, an entry or another attachment, by kind, in
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

// createdAt returns the creation time of something new: the given one, or now. Attio's OpenAPI document allows no time before
// 1970 or in the future. The error is an answer of the API.
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
