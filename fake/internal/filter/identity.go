package filter

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// ids is the kind of fields that hold the id of an actor.
type ids[V attribute.Value] struct {
	get      func(V) attio.ID
	nullable bool // the operand may be null, which stands for the system
}

func (k ids[V]) test(o operand) (test, error) {
	var sought attio.ID
	if o.value != nil || !k.nullable {
		var err error
		if sought, err = o.id(); err != nil {
			return test{}, err
		}
	}
	return test{holds: func(held *world.Held) bool {
		v, ok := held.Value.(V)
		return ok && k.get(v) == sought
	}}, nil
}

func (k ids[V]) given(held *world.Held) bool {
	v, ok := held.Value.(V)
	return ok && k.get(v) != ""
}

func (k ids[V]) compare(_ *attribute.Definition, a, b *world.Held) int {
	return compareFold(string(k.get(a.Value.(V))), string(k.get(b.Value.(V))))
}

func (k ids[V]) text(held *world.Held) string { return string(k.get(held.Value.(V))) }

func actorID(a attribute.ActorReference) attio.ID { return a.ID }

func ownerMember(i attribute.Interaction) attio.ID {
	if i.Owner.Type != attio.ActorWorkspaceMember {
		return ""
	}
	return i.Owner.ID
}

// statuses is the kind of the field of statuses. Its operands are titles or ids.
type statuses struct{}

func (statuses) test(o operand) (test, error) {
	titleOrID, err := o.text()
	if err != nil {
		return test{}, err
	}
	id, _ := attio.ParseID(titleOrID)
	status, ok := find(o.attribute.Statuses, func(s attribute.Status) bool { return s.Title == titleOrID || s.ID == id })
	if !ok {
		return test{}, attio.UnknownFilterStatus(titleOrID, o.path)
	}
	sought := attribute.StatusID(status.ID)
	return test{
		holds:    func(held *world.Held) bool { return held.Value == sought },
		equation: equalsIf(o.operator, valueOf[attribute.StatusID], sought),
	}, nil
}

func (statuses) given(*world.Held) bool { return true }

func (statuses) compare(d *attribute.Definition, a, b *world.Held) int {
	return a.Value.Compare(b.Value, d)
}

// options is the kind of the field of select attributes. Its operands are titles or ids.
type options struct{}

func (options) test(o operand) (test, error) {
	titleOrID, err := o.text()
	if err != nil {
		return test{}, err
	}
	id, _ := attio.ParseID(titleOrID)
	option, ok := find(o.attribute.Options, func(c attribute.Option) bool { return c.Title == titleOrID || c.ID == id })
	if !ok {
		return test{}, attio.UnknownFilterOption(titleOrID, o.path)
	}
	sought := attribute.OptionID(option.ID)
	return test{
		holds:    func(held *world.Held) bool { return held.Value == sought },
		equation: equalsIf(o.operator, valueOf[attribute.OptionID], sought),
	}, nil
}

func (options) given(*world.Held) bool { return true }

func (options) compare(d *attribute.Definition, a, b *world.Held) int {
	return a.Value.Compare(b.Value, d)
}

// targetObjects is the kind of the field that holds the object a reference points to. Its operands are slugs
// or ids.
type targetObjects struct{}

func (targetObjects) test(o operand) (test, error) {
	slugOrID, err := o.text()
	if err != nil {
		return test{}, err
	}
	_, sought, err := o.source.Object(slugOrID, o.path.unknownObject)
	if err != nil {
		return test{}, err
	}
	return test{holds: func(held *world.Held) bool {
		reference, ok := held.Value.(attribute.RecordReference)
		return ok && reference.Object == sought
	}}, nil
}

func (targetObjects) given(*world.Held) bool { return true }

func (targetObjects) compare(_ *attribute.Definition, a, b *world.Held) int {
	return compareFold(string(a.Value.(attribute.RecordReference).Object), string(b.Value.(attribute.RecordReference).Object))
}

// targetRecords is the kind of the field that holds the record a reference points to.
type targetRecords struct{}

func (targetRecords) test(o operand) (test, error) {
	sought, err := list(o, operand.id)
	if err != nil {
		return test{}, err
	}
	return test{
		holds: func(held *world.Held) bool {
			reference, ok := held.Value.(attribute.RecordReference)
			return ok && slices.Contains(sought, reference.Record)
		},
		targets: sought,
		equation: equals[attio.ID]{wanted: sought, part: func(held *world.Held) (attio.ID, bool) {
			reference, ok := held.Value.(attribute.RecordReference)
			return reference.Record, ok
		}},
	}, nil
}

func (targetRecords) given(*world.Held) bool { return true }

func (targetRecords) compare(d *attribute.Definition, a, b *world.Held) int {
	return a.Value.Compare(b.Value, d)
}
