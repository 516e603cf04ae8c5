package world

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// model is a workspace as one would keep it with pencil and paper: every record with the values of every attribute, as
// strings. It knows the rules of writing, but not their implementation.
type model struct {
	attributes map[string]map[string]modelAttribute // by object and slug
	records    map[string]*modelRecord
	second     int // seconds after noon
}

type modelAttribute struct {
	unique, multiselect bool
	other               string // of references: the object that they point to
	inverse             string // the slug of the other side in that object, if there is one
}

type modelRecord struct {
	object  string
	active  map[string][]modelValue
	history map[string][]modelValue // values that ended
}

type modelValue struct {
	key         string
	from, until int // until is -1 while the value is active
}

// modelWrite is one attribute's part of a write.
type modelWrite struct {
	slug string
	keys []string
}

func (m *model) clone() *model {
	next := *m
	next.records = make(map[string]*modelRecord)
	for id, r := range m.records {
		copied := &modelRecord{object: r.object, active: map[string][]modelValue{}, history: map[string][]modelValue{}}
		for slug, values := range r.active {
			copied.active[slug] = slices.Clone(values)
		}
		for slug, values := range r.history {
			copied.history[slug] = slices.Clone(values)
		}
		next.records[id] = copied
	}
	return &next
}

// holder returns the record of an object that has a value.
func (m *model) holder(object, slug, key string) string {
	for _, id := range slices.Sorted(maps.Keys(m.records)) {
		if r := m.records[id]; r.object == object && r.has(slug, key) {
			return id
		}
	}
	return ""
}

func (r *modelRecord) has(slug, key string) bool { return slices.Contains(keysOf(r.active[slug]), key) }

// keys returns the keys of a record's values.
func keysOf(values []modelValue) []string {
	var keys []string
	for _, value := range values {
		keys = append(keys, value.key)
	}
	return keys
}

func (m *model) create(object, id string, writes []modelWrite) error {
	m.records[id] = &modelRecord{object: object, active: map[string][]modelValue{}, history: map[string][]modelValue{}}
	return m.update(id, writes, func(string) bool { return false })
}

// update writes; prepends says for which attributes the old values stay.
func (m *model) update(id string, writes []modelWrite, prepends func(slug string) bool) error {
	r := m.records[id]
	for _, w := range writes {
		a := m.attributes[r.object][w.slug]
		keys := slices.Clone(w.keys)
		if a.multiselect && prepends(w.slug) {
			old := keysOf(r.active[w.slug])
			keys = slices.DeleteFunc(keys, func(key string) bool { return slices.Contains(old, key) })
			keys = append(keys, old...)
		}
		if a.unique {
			var conflicting []attio.ID
			for _, key := range keys {
				holder := attio.ID(m.holder(r.object, w.slug, key))
				if holder != "" && holder != attio.ID(id) && !slices.Contains(conflicting, holder) {
					conflicting = append(conflicting, holder)
				}
			}
			if conflicting != nil {
				return attio.UniquenessConflict(w.slug, conflicting)
			}
		}
		m.set(id, w.slug, keys)
	}
	return nil
}

// upsert returns the id of the record that it wrote to.
func (m *model) upsert(object, match, newID string, writes []modelWrite) (string, error) {
	for _, w := range writes {
		if w.slug != match {
			continue
		}
		for _, key := range w.keys {
			if id := m.holder(object, match, key); id != "" {
				return id, m.update(id, writes, func(slug string) bool { return slug == match })
			}
		}
	}
	return newID, m.create(object, newID, writes)
}

// createEntry makes an entry of a record.
func (m *model) createEntry(parent, id string, writes []modelWrite) error {
	m.records[id] = &modelRecord{
		object: "sales", active: map[string][]modelValue{"parent_record": {{parent, m.second, -1}}}, history: map[string][]modelValue{},
	}
	return m.update(id, writes, func(string) bool { return false })
}

// upsertEntry writes to the entry of a record or, if there is none, makes one.
func (m *model) upsertEntry(parent, newID string, writes []modelWrite) error {
	var entries []string
	for id, r := range m.records {
		if r.has("parent_record", parent) {
			entries = append(entries, id)
		}
	}
	switch len(entries) {
	case 0:
		return m.createEntry(parent, newID, writes)
	case 1:
		return m.update(entries[0], writes, func(string) bool { return false })
	}
	return attio.SeveralEntriesOfParent()
}

// delete removes a record, all references to it and its entries.
func (m *model) delete(id string) {
	gone := m.records[id]
	delete(m.records, id)
	maps.DeleteFunc(m.records, func(_ string, r *modelRecord) bool { return r.has("parent_record", id) })
	for other, r := range m.records {
		for slug, a := range m.attributes[r.object] {
			if a.other == gone.object {
				m.end(other, slug, id)
			}
		}
	}
}

// merge makes one record of two: for each attribute it has the values of the first or, if that has none, those of the
// second. On a side of a relationship that holds several it has the values of both. What referred to one of the two
// refers to the new record.
func (m *model) merge(id, primary, secondary string) error {
	first, second := m.records[primary], m.records[secondary]
	if primary == secondary {
		return attio.SelfMerge()
	}
	delete(m.records, primary)
	delete(m.records, secondary)
	rename := func(key string) string {
		if key == primary || key == secondary {
			return id
		}
		return key
	}
	merged := &modelRecord{object: first.object, active: map[string][]modelValue{}, history: map[string][]modelValue{}}
	m.records[id] = merged
	type loss struct{ of, slug string }
	var lost []loss
	for slug, a := range m.attributes[first.object] {
		but := func(values []modelValue, other string) []modelValue {
			return slices.DeleteFunc(slices.Clone(values), func(v modelValue) bool { return a.other == first.object && v.key == other })
		}
		one, two := but(first.active[slug], secondary), but(second.active[slug], primary)
		switch {
		case a.inverse != "" && a.multiselect:
			merged.active[slug] = slices.Concat(one, slices.DeleteFunc(two, func(v modelValue) bool { return slices.Contains(keysOf(one), v.key) }))
			merged.history[slug] = slices.Concat(first.history[slug], second.history[slug])
		case len(one) > 0 || len(two) == 0 && len(first.history[slug]) > 0:
			merged.active[slug], merged.history[slug] = one, first.history[slug]
		default:
			merged.active[slug], merged.history[slug] = two, second.history[slug]
		}
		if a.inverse != "" && !a.multiselect && len(one) > 0 && len(two) > 0 && rename(one[0].key) != rename(two[0].key) {
			lost = append(lost, loss{rename(two[0].key), a.inverse})
		}
	}
	for _, r := range m.records {
		for slug, a := range m.attributes[r.object] {
			if a.other != merged.object {
				continue
			}
			var active []modelValue
			for _, v := range r.active[slug] {
				if v.key = rename(v.key); !slices.Contains(keysOf(active), v.key) {
					active = append(active, v)
				}
			}
			r.active[slug] = active
			for i, v := range r.history[slug] {
				r.history[slug][i].key = rename(v.key)
			}
		}
	}
	for _, l := range lost {
		m.end(l.of, l.slug, id)
	}
	return nil
}

// set replaces the values of an attribute, and updates the other side of a relationship.
func (m *model) set(id, slug string, keys []string) {
	r := m.records[id]
	a := m.attributes[r.object][slug]
	var ended []string
	for _, old := range keysOf(r.active[slug]) {
		if !slices.Contains(keys, old) {
			ended = append(ended, old)
		}
	}
	for _, key := range ended {
		m.end(id, slug, key)
		if a.inverse != "" {
			m.end(key, a.inverse, id)
		}
	}
	var values []modelValue
	var began []string
	for _, key := range keys {
		if i := slices.Index(keysOf(r.active[slug]), key); i >= 0 {
			values = append(values, r.active[slug][i])
		} else {
			values = append(values, modelValue{key, m.second, -1})
			began = append(began, key)
		}
	}
	r.active[slug] = values
	for _, key := range began {
		if a.inverse == "" {
			continue
		}
		target := m.records[key]
		if !m.attributes[a.other][a.inverse].multiselect {
			for _, left := range keysOf(target.active[a.inverse]) {
				m.end(key, a.inverse, left)
				m.end(left, slug, key)
			}
		}
		target.active[a.inverse] = slices.Insert(target.active[a.inverse], 0, modelValue{id, m.second, -1})
	}
}

// end ends one value of a record.
func (m *model) end(id, slug, key string) {
	r := m.records[id]
	i := slices.Index(keysOf(r.active[slug]), key)
	if i < 0 {
		return
	}
	value := r.active[slug][i]
	value.until = m.second
	r.active[slug] = slices.Delete(slices.Clone(r.active[slug]), i, i+1)
	r.history[slug] = append(r.history[slug], value)
}

// page is a workspace as text: a line with the values of every attribute of every record.
type page map[string][]string

func (m *model) page() page {
	p := page{}
	for id, r := range m.records {
		for slug := range m.attributes[r.object] {
			at := r.object + " " + id + " " + slug
			var history []string
			for _, value := range slices.Concat(r.history[slug], r.active[slug]) {
				history = append(history, fmt.Sprintf("%s from %d until %d", value.key, value.from, value.until))
			}
			p.write(at, keysOf(r.active[slug]), history)
			a := m.attributes[r.object][slug]
			for _, key := range keysOf(r.active[slug]) {
				switch {
				case a.unique:
					p.index(r.object+" "+slug, key+" "+id)
				case a.other != "" && a.inverse == "":
					p.index("references", key+" "+r.object+" "+slug+" "+id)
				}
			}
		}
	}
	return p.sorted()
}

// pageOf returns the page of a state, with the attributes of a model.
func pageOf(s *State, attributes map[string]map[string]modelAttribute) page {
	p := page{}
	for slug, shown := range attributes {
		target := kindOf(s, slug).Common()
		for record := range s.Records(target.ID) {
			for _, d := range target.Attributes {
				if _, ok := shown[d.Slug]; !ok {
					continue
				}
				var active, history []string
				for _, held := range record.Active(d) {
					active = append(active, modelKey(held))
				}
				for _, held := range record.History(d) {
					until := -1
					if held.Until != nil {
						until = secondsAfterNoon(*held.Until)
					}
					history = append(history, fmt.Sprintf("%s from %d until %d", modelKey(held), secondsAfterNoon(held.From), until))
				}
				p.write(slug+" "+string(record.ID)+" "+d.Slug, active, history)
			}
		}
		records, ok := s.stores.Get(target.ID)
		if !ok {
			continue
		}
		for _, d := range target.Attributes {
			if holders := records.holders(d); holders != nil {
				for h := range holders.Values() {
					p.index(slug+" "+d.Slug, h.key+" "+string(h.record))
				}
			}
		}
	}
	for r := range s.references.Values() {
		kind, _ := s.Schema.Kind(r.of)
		d, _ := kind.Common().Attribute(string(r.attribute))
		p.index("references", string(r.target)+" "+kind.Common().Slug+" "+d.Slug+" "+string(r.source))
	}
	return p.sorted()
}

func (p page) write(at string, active, history []string) {
	if active != nil {
		p[at] = active
	}
	if history != nil {
		slices.Sort(history)
		p[at+" history"] = history
	}
}

func (p page) index(name, line string) { p["index "+name] = append(p["index "+name], line) }

// sorted sorts the lines of the indices; those of records are in order.
func (p page) sorted() page {
	for at := range p {
		if strings.HasPrefix(at, "index ") {
			slices.Sort(p[at])
		}
	}
	return p
}

// modelKey is the key of a value in the model: for a reference the record's id.
func modelKey(held Held) string {
	key := held.Value.Key()
	if _, record, ok := strings.Cut(key, "/"); ok {
		return record
	}
	return key
}

func secondsAfterNoon(t time.Time) int { return int(t.Sub(noon).Seconds()) }
