package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Whatever is attached to merged records, or names them, moves to the new record.

// followAttachments moves the attachments of one of the two records to the new record.
func (m *merger) followAttachments(original attio.ID) {
	for _, d := range declarations {
		d.follow(m, d.thing, original)
	}
}

func (m *merger) movedReferences(references []attribute.RecordReference) []attribute.RecordReference {
	moved := slices.Clone(references)
	for i, to := range moved {
		moved[i] = m.moved(to)
	}
	return unrepeated(moved)
}

// followDefaults redirects the default values of attributes to the new record.
func (m *merger) followDefaults(kind Kind) {
	of := kind.Common().ID
	for _, d := range kind.Common().Attributes {
		if d.Default == nil || d.Type != attribute.TypeRecordReference {
			continue
		}
		values := slices.Clone(d.Default.Values)
		for i, value := range values {
			values[i] = m.moved(value.(attribute.RecordReference))
		}
		if slices.Equal(values, d.Default.Values) {
			continue
		}
		changed, defaults := *d, *d.Default
		defaults.Values = unrepeated(values)
		changed.Default = &defaults
		latest, _ := m.Schema.Kind(of) // an earlier iteration may have changed another of its attributes
		m.replaceAttribute(latest, &changed)
	}
}

// followViews makes the filters of views name the new record.
func (m *merger) followViews(target attio.ID) {
	for _, view := range slices.Collect(m.Views(target, "")) { // the loop changes the table
		filter, changed := m.movedCondition(view.Filter)
		if !changed {
			continue
		}
		next := *view
		next.Filter = filter
		m.ownThings().views.set(viewKey(target, view.ID), &next)
		m.note(ThingView, target, view.ID, view, &next)
	}
}

func (m *merger) movedCondition(c *Condition) (moved *Condition, changed bool) {
	if c == nil {
		return nil, false
	}
	next := *c
	for _, group := range []*[]*Condition{&next.And, &next.Or} {
		*group = slices.Clone(*group)
		for i, part := range *group {
			var other bool
			(*group)[i], other = m.movedCondition(part)
			changed = changed || other
		}
	}
	var other bool
	next.Value, other = m.movedJSON(c.Value)
	return &next, changed || other
}

// movedJSON returns JSON, as encoding/json decodes it, in which the id of the new record replaces those of the two.
func (m *merger) movedJSON(value any) (moved any, changed bool) {
	switch value := value.(type) {
	case string:
		id, ok := attio.ParseID(value)
		if ok && m.movedID(id) != id {
			return string(m.merged), true
		}
	case []any:
		items := slices.Clone(value)
		for i, item := range items {
			var other bool
			items[i], other = m.movedJSON(item)
			changed = changed || other
		}
		return items, changed
	case map[string]any:
		members := make(map[string]any, len(value))
		for key, member := range value {
			var other bool
			members[key], other = m.movedJSON(member)
			changed = changed || other
		}
		return members, changed
	}
	return value, false
}
