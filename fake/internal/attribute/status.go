package attribute

import (
	"cmp"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// StatusID is a value of a status attribute. What the status is called and how it is set up are those
// of the attribute's definition at the time of reading.
type StatusID attio.ID

func (r reader) parseStatus(written any) (Value, error) {
	f := longForm(written, "status")
	key := f.nonEmptyText("status")
	f.only()
	if err := f.err(); err != nil {
		return nil, err
	}
	id, isID := attio.ParseID(key)
	i := slices.IndexFunc(r.definition.Statuses, func(s Status) bool {
		return (s.Title == key || isID && s.ID == id) && (r.seed || !s.Archived)
	})
	switch {
	case i >= 0:
		return StatusID(r.definition.Statuses[i].ID), nil
	case isID:
		return nil, attio.StatusIDNotFound(id)
	}
	return nil, attio.StatusNotFound(key)
}

// AppendFields appends `"status":{"id":{…},"title":"Lead","is_archived":false,…}`.
func (s StatusID) AppendFields(b []byte, on Owner) []byte {
	status, _ := on.Definition().Status(attio.ID(s))
	return status.AppendJSON(append(b, `"status":`...), on)
}

// AppendJSON appends the status as its own endpoints answer it, too. Recorded in May 2026.
func (s Status) AppendJSON(b []byte, on Owner) []byte {
	b = appendChoiceID(append(b, '{'), on, "status_id", s.ID)
	b = appendMember(append(b, ','), "title", s.Title)
	b = appendBoolMember(append(b, ','), "is_archived", s.Archived)
	b = appendNullableMember(append(b, ','), "target_time_in_status", s.TargetTime)
	b = appendBoolMember(append(b, ','), "celebration_enabled", s.Celebration)
	return append(b, '}')
}

// Key is the status's id.
func (s StatusID) Key() string { return string(s) }

// Together implements Value.
func (s StatusID) Together() Value { return s }

// Compare orders as the pipeline does.
func (s StatusID) Compare(other Value, of *Definition) int {
	p, ok := other.(StatusID)
	if !ok {
		return -1
	}
	place := func(id StatusID) int {
		return slices.IndexFunc(of.Statuses, func(s Status) bool { return s.ID == attio.ID(id) })
	}
	return cmp.Compare(place(s), place(p))
}
