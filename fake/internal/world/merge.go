package world

import (
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Merge describes how two records of an object became one new record.
type Merge struct {
	Object             attio.ID
	Record             attio.ID // the new one
	Primary, Secondary attio.ID // the originals, which are gone
	By                 attio.Actor
	Done               time.Time // when the API begins to read and write the new record
}

// Merging returns the merge into a record that is still in progress at a given time, if there is one. The state is already
// complete; only clients have to wait.
func (s *State) Merging(record attio.ID, now time.Time) (*Merge, bool) {
	m, ok := s.merging.Get(record)
	return m, ok && now.Before(m.Done)
}

// Merges yields the merges that are still in progress at a given time.
func (s *State) Merges(now time.Time) iter.Seq[*Merge] {
	return func(yield func(*Merge) bool) {
		for m := range s.merging.Values() {
			if now.Before(m.Done) && !yield(m) {
				return
			}
		}
	}
}

// CountMerges returns how many merges may be in progress.
func (s *State) CountMerges() int { return s.merging.Len() }

// CheckMerged refuses a write to a record, or to one of its entries, while a merge into that record is in progress.
func (tx *Tx) CheckMerged(kind Kind, id attio.ID) error {
	if list, ok := kind.(*List); ok {
		entry, ok := tx.Record(list.ID, id)
		if !ok {
			return nil // another check reports it
		}
		id = list.ParentOf(entry).Record
	}
	if _, ok := tx.Merging(id, tx.Now); ok {
		return attio.MergeInProgress(id)
	}
	return nil
}

// MergeRecords merges two records of an object into a new one. For each attribute, the new record gets the value and the history of the
// primary record if that has a value, and otherwise those of the secondary. Whatever was attached to the two or referred to them moves to
// the new record, with its times and authors. Webhooks report only the merge. Every error is an answer of the API; after an error, the
// transaction must not be committed.
func (tx *Tx) MergeRecords(object *Object, id, primary, secondary attio.ID) (*Merge, error) {
	if primary == secondary {
		return nil, attio.SelfMerge()
	}
	for _, original := range []attio.ID{primary, secondary} {
		if !tx.HasRecord(object.ID, original) {
			return nil, attio.MergedRecordNotFound(original)
		}
		if err := tx.CheckMerged(object, original); err != nil {
			return nil, err
		}
	}
	m := &merger{
		Tx: tx, object: object, merged: id,
		merge: &Merge{Object: object.ID, Record: id, Primary: primary, Secondary: secondary, By: tx.Author.Actor, Done: tx.Now.Add(tx.Effects.MergeDelay)},
	}
	m.primary, _ = tx.Record(object.ID, primary)
	m.secondary, _ = tx.Record(object.ID, secondary)
	m.join()
	m.follow()
	m.finish()
	return m.merge, nil
}

// merger merges two records.
type merger struct {
	*Tx
	object             *Object
	primary, secondary *Record
	merged             attio.ID
	merge              *Merge
	lost               []loss
}

// loss is a reference that the new record did not get, while the other side of the relationship still has it.
type loss struct {
	attribute *attribute.Definition
	to        attribute.RecordReference
}

// join replaces the two records with the new one. Its creation time and author are values too, so they come from the primary record.
func (m *merger) join() {
	of := m.object.ID
	merged := m.newRecord(of, m.merged)
	merged.created = m.primary.created
	records := m.store(of)
	for _, original := range []*Record{m.primary, m.secondary} {
		for _, d := range m.object.Attributes {
			active := original.Active(d)
			if d.Type == attribute.TypeRecordReference {
				m.forget(of, original, d)
			}
			switch {
			case d.Computed != "":
			case d.Unique:
				records.index(d, original.ID, active, nil)
			case m.isOneSided(d):
				for _, held := range active {
					m.references.remove(reference{held.Value.(attribute.RecordReference).Record, d.ID, original.ID, of})
				}
			}
		}
		records.drop(original.ID)
		m.noteRecord(of, original.ID, nil)
	}
	for _, d := range m.object.Attributes {
		if d.Computed != "" {
			continue
		}
		active, past := m.choose(d)
		if len(active)+len(past) > 0 {
			merged.change(d).put(active, past, nil)
		}
		if d.Type == attribute.TypeRecordReference {
			m.noteFormer(of, merged.ID, d, past)
		}
		if d.Unique {
			records.index(d, merged.ID, nil, active)
		}
	}
}

// choose returns the new record's present and past values of an attribute. On a side of a relationship that can have several values, it
// returns the values of both records: the other side has each of them too, and follows. References between the two are dropped.
func (m *merger) choose(d *attribute.Definition) (active, past []Held) {
	first, second := m.apart(d, m.primary), m.apart(d, m.secondary)
	firstPast, secondPast := m.primary.Past(d), m.secondary.Past(d)
	_, _, paired := m.inverse(d)
	switch {
	case paired && d.Multiselect:
		past = slices.Concat(firstPast, secondPast)
		slices.SortStableFunc(past, func(a, b Held) int { return a.Until.Compare(*b.Until) })
		return unique(slices.Concat(first, second)), past
	case paired && len(first) > 0 && len(second) > 0:
		if kept, to := m.leadsTo(first[0]), m.leadsTo(second[0]); kept != to {
			m.lost = append(m.lost, loss{d, to})
		}
	}
	if len(first) > 0 || len(second) == 0 && len(firstPast) > 0 {
		return slices.Clip(first), slices.Clip(firstPast)
	}
	return slices.Clip(second), slices.Clip(secondPast)
}

// apart returns the active values of one of the two records, without references to the other.
func (m *merger) apart(d *attribute.Definition, original *Record) []Held {
	active := original.Active(d)
	if d.Type != attribute.TypeRecordReference {
		return active
	}
	other := m.primary.ID
	if original == m.primary {
		other = m.secondary.ID
	}
	return kept(active, func(h Held) bool { return h.Value != attribute.RecordReference{Object: m.object.ID, Record: other} })
}

// follow redirects all references to the two records, present and past, to the new one.
func (m *merger) follow() {
	referrers := m.referrers()
	for _, kind := range m.Schema.kinds() {
		m.followDefaults(kind)
		m.followReferences(kind, slices.Sorted(maps.Keys(referrers[kind.Common().ID])))
		m.followViews(kind.Common().ID)
	}
	for _, original := range []attio.ID{m.primary.ID, m.secondary.ID} {
		m.rekey(original)
		m.followAttachments(original)
	}
	merged, _ := m.Record(m.object.ID, m.merged)
	for _, d := range m.object.Attributes {
		if m.isOneSided(d) {
			for _, held := range merged.Active(d) {
				m.references.add(reference{held.Value.(attribute.RecordReference).Record, d.ID, m.merged, m.object.ID})
			}
		}
	}
	for _, l := range m.lost {
		other, inverse, _ := m.inverse(l.attribute)
		m.dropReference(other.ID, l.to.Record, inverse, attribute.RecordReference{Object: m.object.ID, Record: m.merged})
	}
}

// isOneSided reports whether the references table holds the references of an attribute.
func (m *merger) isOneSided(d *attribute.Definition) bool {
	if d.Type != attribute.TypeRecordReference || d.Computed != "" {
		return false
	}
	_, _, paired := m.inverse(d)
	return !paired
}

// referrers returns the records and entries that refer or once referred to one of the two records, by their objects and lists.
func (m *merger) referrers() map[attio.ID]map[attio.ID]bool {
	found := make(map[attio.ID]map[attio.ID]bool)
	add := func(of, id attio.ID) {
		if found[of] == nil {
			found[of] = make(map[attio.ID]bool)
		}
		found[of][m.movedID(id)] = true
	}
	add(m.object.ID, m.merged)
	for _, original := range []*Record{m.primary, m.secondary} {
		for _, r := range slices.Concat(m.references.to(original.ID), m.former.to(original.ID)) {
			add(r.of, r.source)
		}
		for _, d := range m.object.Attributes {
			if other, _, paired := m.inverse(d); paired {
				for _, held := range original.Active(d) {
					add(other.ID, held.Value.(attribute.RecordReference).Record)
				}
			}
		}
	}
	return found
}

// followReferences redirects the values of records, or of entries, to the new record, including references to parents.
func (m *merger) followReferences(kind Kind, referrers []attio.ID) {
	of := kind.Common().ID
	for _, id := range referrers {
		record, ok := m.Record(of, id)
		if !ok || !slices.ContainsFunc(record.cells, m.names) {
			continue
		}
		record, _ = m.edit(of, id)
		for i := range record.cells {
			if c := &record.cells[i]; m.names(*c) {
				c.put(unique(m.movedAll(c.active)), m.movedAll(c.past()), nil)
			}
		}
	}
}

// names reports whether a cell refers or once referred to one of the two records.
func (m *merger) names(c cell) bool {
	return slices.ContainsFunc(c.active, m.isOld) || slices.ContainsFunc(c.past(), m.isOld)
}

// isOld reports whether a held reference points to one of the two records.
func (m *merger) isOld(held Held) bool {
	to, ok := held.Value.(attribute.RecordReference)
	return ok && (to.Record == m.primary.ID || to.Record == m.secondary.ID)
}

// leadsTo returns where a held reference points after the merge.
func (m *merger) leadsTo(held Held) attribute.RecordReference {
	return m.moved(held.Value.(attribute.RecordReference))
}

// moved returns where a reference points after the merge.
func (m *merger) moved(to attribute.RecordReference) attribute.RecordReference {
	if to.Object == m.object.ID {
		to.Record = m.movedID(to.Record)
	}
	return to
}

func (m *merger) movedID(id attio.ID) attio.ID {
	if id == m.primary.ID || id == m.secondary.ID {
		return m.merged
	}
	return id
}

func (m *merger) movedAll(values []Held) []Held {
	moved := slices.Clone(values)
	for i, held := range moved {
		moved[i].Value = m.leadsTo(held)
	}
	return moved
}

// unique returns the values without repetitions; of equal values it keeps the first.
func unique(values []Held) []Held {
	seen := make(map[attribute.Value]bool, len(values))
	return slices.DeleteFunc(values, func(h Held) bool {
		known := seen[h.Value]
		seen[h.Value] = true
		return known
	})
}

// rekey makes the indexes name the new record in place of one of the two.
func (m *merger) rekey(original attio.ID) {
	for _, index := range []*references{&m.references, &m.former} {
		for _, r := range index.to(original) {
			index.remove(r)
			r.target = m.merged
			index.add(r)
		}
	}
}

// finish notes the merge, and how long clients have to wait for it. It forgets merges that are over.
func (m *merger) finish() {
	for _, over := range slices.Collect(m.merging.Values()) { // the loop changes the table
		if !m.Now.Before(over.Done) {
			m.ownThings().merging.delete(over.Record)
		}
	}
	if m.merge.Done.After(m.Now) {
		m.ownThings().merging.set(m.merged, m.merge)
	}
	m.silent, m.merges = true, append(m.merges, m.merge)
}
