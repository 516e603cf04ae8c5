package api

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// meetingsQuery says which meetings are listed, and how.
type meetingsQuery struct {
	linkedQuery
	Limit        int     `json:"limit"`
	Cursor       *string `json:"cursor"`
	Participants string  `json:"participants"`
	Sort         string  `json:"sort"`
	EndsFrom     *string `json:"ends_from"`
	StartsBefore *string `json:"starts_before"`
	Timezone     string  `json:"timezone"`
}

const (
	startAscending  = "start_asc"
	startDescending = "start_desc"
)

var listMeetingsShape = shape.Object(
	shape.Default("limit", shape.QueryInt().Min(1).Max(200), 50),
	shape.Optional("cursor", shape.String()),
	shape.Optional("linked_object", shape.String().Min(1)),
	shape.Optional("linked_record_id", shape.UUID()),
	shape.Default("participants", shape.String(), ""),
	shape.Default("sort", shape.Enum(startAscending, startDescending), startAscending),
	shape.Optional("ends_from", timestampShape),
	shape.Optional("starts_before", timestampShape),
	shape.Default("timezone", shape.String(), "UTC"),
)

// listMeetings answers GET /v2/meetings: by their start, of which a day is the midnight in UTC, and
// those that start together by their ids. The last two are assumed.
func listMeetings(c *Call) (any, error) {
	query, err := shape.Query[meetingsQuery](listMeetingsShape, c.query())
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	filter, err := query.filter(state)
	if err != nil {
		return nil, err
	}
	cursors := c.cursors(filter.Linked, filter.Participants, filter.EndsFrom, filter.StartsBefore, filter.Zone.String(), query.Sort)
	after, err := cursors.decode(query.Cursor)
	if err != nil {
		return nil, err
	}
	return pageOf(cursors, meetingsAfter(state, filter, query.Sort, after), query.Limit, meetingPosition,
		func(m *world.Meeting) any { return renderMeeting(state, m) }), nil
}

// meetingsAfter yields the meetings of a filter that come after a position, in their order.
func meetingsAfter(state *world.State, filter meetingFilter, sort string, after position) iter.Seq[*world.Meeting] {
	compare := func(a, b position) int {
		if sort == startDescending {
			return cmp.Or(cmp.Compare(b[0], a[0]), cmp.Compare(a[1], b[1]))
		}
		return slices.Compare(a, b)
	}
	var meetings []*world.Meeting
	for m := range state.Meetings() {
		if filter.matches(m) && (len(after) != 2 || compare(meetingPosition(m), after) > 0) {
			meetings = append(meetings, m)
		}
	}
	slices.SortFunc(meetings, func(a, b *world.Meeting) int { return compare(meetingPosition(a), meetingPosition(b)) })
	return slices.Values(meetings)
}

// meetingPosition is what meetings are sorted by: timestamps have one width, so that text compares as time.
func meetingPosition(m *world.Meeting) position {
	return position{attio.Time{Time: m.Start.At}.String(), string(m.ID)}
}

// meetingFilter says which meetings are listed.
type meetingFilter struct {
	Linked                 *attribute.RecordReference // or by a participant, where both are asked for
	Participants           []string                   // addresses in lower case, of which a meeting needs one
	EndsFrom, StartsBefore *time.Time
	Zone                   *time.Location // where the days of all-day meetings begin
}

// filter understands a query. That an unknown time zone counts as UTC is assumed, as it is so in the
// times of a new meeting.
func (q *meetingsQuery) filter(state *world.State) (meetingFilter, error) {
	linked, err := q.linkedQuery.read(state.Schema)
	return meetingFilter{
		Linked: linked, Participants: readItems(q.Participants), Zone: world.Zone(q.Timezone),
		EndsFrom: readTimestamp(q.EndsFrom), StartsBefore: readTimestamp(q.StartsBefore),
	}, err
}

func (f *meetingFilter) matches(m *world.Meeting) bool {
	return f.concerns(m) &&
		(f.EndsFrom == nil || !m.End.In(f.Zone).Before(*f.EndsFrom)) &&
		(f.StartsBefore == nil || m.Start.In(f.Zone).Before(*f.StartsBefore))
}

// concerns reports whether a meeting is about the linked record or has one of the participants.
func (f *meetingFilter) concerns(m *world.Meeting) bool {
	if f.Linked == nil && f.Participants == nil {
		return true
	}
	return f.Linked != nil && slices.Contains(m.Linked, *f.Linked) ||
		slices.ContainsFunc(m.Participants, func(p world.Participant) bool { return slices.Contains(f.Participants, p.Email) })
}
