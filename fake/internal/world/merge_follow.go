package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// What hangs on records that are merged, or names them, follows to the new one.

// followAttachments takes the attachments of one of the two to the new record.
func (m *merger) followAttachments(original attio.ID) {
	reattach(m.Tx, &m.notes, ThingNote, original, func(n Note) *Note {
		n.Parent = m.moved(n.Parent)
		n.Tags = slices.Clone(n.Tags)
		for i, tag := range n.Tags {
			n.Tags[i].Record = m.moved(tag.Record)
		}
		return &n
	})
	reattach(m.Tx, &m.tasks, ThingTask, original, func(t Task) *Task {
		t.Linked = m.movedReferences(t.Linked)
		return &t
	})
	reattach(m.Tx, &m.comments, ThingComment, original, func(c Comment) *Comment {
		c.On.Record = m.movedID(c.On.Record)
		return &c
	})
	reattach(m.Tx, &m.meetings, ThingMeeting, original, func(meeting Meeting) *Meeting {
		meeting.Linked = m.movedReferences(meeting.Linked)
		return &meeting
	})
	reattach(m.Tx, &m.files, ThingFile, original, func(f File) *File {
		f.Record = m.movedID(f.Record)
		return &f
	})
}

// reattach puts changed attachments in the place of those of one kind that hang on something.
func reattach[V any, P interface {
	*V
	attachment[P]
}](tx *Tx, collection *Collection[P], thing Thing, to attio.ID, moved func(V) P) {
	for _, id := range slices.Collect(tx.attachedTo(to, thing)) { // the table changes on the way
		if v, ok := collection.Get(id); ok {
			put(tx, collection, moved(*v))
		}
	}
}

func (m *merger) movedReferences(references []attribute.RecordReference) []attribute.RecordReference {
	moved := slices.Clone(references)
	for i, to := range moved {
		moved[i] = m.moved(to)
	}
	return unrepeated(moved)
}

// followDefaults lets the default values of attributes lead to the new record.
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
		latest, _ := m.Schema.Kind(of) // another of its attributes may have changed
		m.replaceAttribute(latest, &changed)
	}
}

// followViews lets the filters of views name the new record.
func (m *merger) followViews(target attio.ID) {
	for _, view := range slices.Collect(m.Views(target, "")) { // the table changes on the way
		filter, changed := m.movedCondition(view.Filter)
		if !changed {
			continue
		}
		next := *view
		next.Filter = filter
		m.views.set(viewKey(target, view.ID), &next)
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

// movedJSON returns JSON, as encoding/json decodes, in which the id of the new record stands for those of the two.
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
