package attribute

import (
	"cmp"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// OptionID is a value of a select attribute. The option's title and whether it is archived are those
// of the attribute's definition at the time of reading.
type OptionID attio.ID

func (r reader) parseOption(written any) (Value, error) {
	f := longForm(written, "option")
	key := f.nonEmptyText("option")
	f.only()
	if err := f.err(); err != nil {
		return nil, err
	}
	id, isID := attio.ParseID(key)
	i := slices.IndexFunc(r.definition.Options, func(o Option) bool {
		return (o.Title == key || isID && o.ID == id) && (r.seed || !o.Archived)
	})
	switch {
	case i >= 0:
		return OptionID(r.definition.Options[i].ID), nil
	case isID:
		return nil, attio.OptionIDNotFound(id)
	}
	return nil, attio.OptionNotFound(key)
}

// AppendFields appends `"option":{"id":{…},"title":"B2C","is_archived":false}`.
func (o OptionID) AppendFields(b []byte, on Owner) []byte {
	option, _ := on.Definition().Option(attio.ID(o))
	return option.AppendJSON(append(b, `"option":`...), on)
}

// AppendJSON appends the option as its own endpoints answer it, too. Recorded in May 2026.
func (o Option) AppendJSON(b []byte, on Owner) []byte {
	b = appendChoiceID(append(b, '{'), on, "option_id", o.ID)
	b = appendMember(append(b, ','), "title", o.Title)
	b = appendBoolMember(append(b, ','), "is_archived", o.Archived)
	return append(b, '}')
}

// appendChoiceID appends the id of an option or a status: `"id":{…}` of four ids.
func appendChoiceID(b []byte, on Owner, key string, id attio.ID) []byte {
	b = appendIDMember(append(b, `"id":{`...), "workspace_id", on.WorkspaceID())
	b = appendIDMember(append(b, ','), "object_id", on.ParentID())
	b = appendIDMember(append(b, ','), "attribute_id", on.Definition().ID)
	b = appendIDMember(append(b, ','), key, id)
	return append(b, '}')
}

// Key is the option's id.
func (o OptionID) Key() string { return string(o) }

// Together implements Value.
func (o OptionID) Together() Value { return o }

// Compare orders as the definition lists its options.
func (o OptionID) Compare(other Value, of *Definition) int {
	p, ok := other.(OptionID)
	if !ok {
		return -1
	}
	place := func(id OptionID) int {
		return slices.IndexFunc(of.Options, func(o Option) bool { return o.ID == attio.ID(id) })
	}
	return cmp.Compare(place(o), place(p))
}
