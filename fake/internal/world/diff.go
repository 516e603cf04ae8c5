package world

import (
	"iter"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Diff returns what has to change in a workspace to get from one of its states to another, as one
// transaction would report it. What two states share is found to be the same without being looked at.
func Diff(before, after *State) []Change {
	if before == after {
		return nil
	}
	tx := &Tx{State: after, base: before}
	diff(tx, ThingMember, before.members.All(), after.members.All(), func(m *Member) (of, id attio.ID) { return "", m.ID })
	diff(tx, ThingToken, before.tokens.All(), after.tokens.All(), func(t *Token) (of, id attio.ID) { return "", t.ID })
	diff(tx, ThingView, before.views.Values(), after.views.Values(), func(v *View) (of, id attio.ID) { return v.Target, v.ID })
	for _, kind := range after.Schema.kinds() {
		diffRecords(tx, kind.Common().ID)
	}
	for _, kind := range before.Schema.kinds() {
		if id := kind.Common().ID; !hasKind(after.Schema, id) {
			diffRecords(tx, id)
		}
	}
	diffAttached(tx, &before.notes, &after.notes)
	diffAttached(tx, &before.tasks, &after.tasks)
	diffAttached(tx, &before.comments, &after.comments)
	diffAttached(tx, &before.meetings, &after.meetings)
	diffAttached(tx, &before.callRecordings, &after.callRecordings)
	diffAttached(tx, &before.files, &after.files)
	diffAttached(tx, &before.mail, &after.mail)
	diffAttached(tx, &before.unsubscribed, &after.unsubscribed)
	diffAttached(tx, &before.webhooks, &after.webhooks)
	return tx.commit(nil).Changes
}

// diffRecords notes how the records of one object, or the entries of a list, differ.
func diffRecords(tx *Tx, of attio.ID) {
	was, _ := tx.base.stores.Get(of)
	is, _ := tx.stores.Get(of)
	if was == is {
		return
	}
	for record := range tx.Records(of) {
		if old, _ := tx.base.Record(of, record.ID); old != record {
			tx.noteRecord(of, record.ID, record)
		}
	}
	for old := range tx.base.Records(of) {
		if !tx.HasRecord(of, old.ID) {
			tx.noteRecord(of, old.ID, nil)
		}
	}
}

// diffAttached notes how the attachments of one kind differ.
func diffAttached[V any, P interface {
	*V
	attachment[P]
}](tx *Tx, before, after *Collection[P]) {
	for v := range after.All() {
		thing, id := v.identity()
		if old, _ := before.Get(id); old != v {
			tx.note(thing, "", id, orNil[V](old), v)
		}
	}
	for old := range before.All() {
		thing, id := old.identity()
		if _, ok := after.Get(id); !ok {
			tx.note(thing, "", id, old, nil)
		}
	}
}

// diff notes how the things of one kind differ. place says which object or list a thing is of, if any, and
// its id.
func diff[V any](tx *Tx, thing Thing, before, after iter.Seq[*V], place func(*V) (of, id attio.ID)) {
	was := make(map[attio.ID]*V)
	for v := range before {
		_, id := place(v)
		was[id] = v
	}
	for v := range after {
		of, id := place(v)
		if old := was[id]; old != v {
			tx.note(thing, of, id, orNil(old), v)
		}
		delete(was, id)
	}
	for v := range before {
		if of, id := place(v); was[id] != nil {
			tx.note(thing, of, id, v, nil)
		}
	}
}
