package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// meetingBody is the body of a request that creates a meeting.
type meetingBody struct {
	Data struct {
		Title         string            `json:"title"`
		Description   string            `json:"description"`
		Start         writtenTime       `json:"start"`
		End           writtenTime       `json:"end"`
		IsAllDay      bool              `json:"is_all_day"`
		Participants  []meetingInvitee  `json:"participants"`
		LinkedRecords meetingLinksInput `json:"linked_records"`
	} `json:"data"`
}

// meetingLinksBody is the body of a request that changes a meeting.
type meetingLinksBody struct {
	Data struct {
		LinkedRecords meetingLinksInput `json:"linked_records"`
	} `json:"data"`
}

// writtenTime is a moment or, without a datetime, a day.
type writtenTime struct {
	Datetime *string `json:"datetime"`
	Timezone *string `json:"timezone"`
	Date     string  `json:"date"`
}

type meetingInvitee struct {
	EmailAddress string                  `json:"email_address"`
	IsOrganizer  textBool                `json:"is_organizer"`
	Status       world.ParticipantStatus `json:"status"`
	Name         string                  `json:"name"`
}

type meetingLinksInput []struct {
	Object   string `json:"object"`
	RecordID string `json:"record_id"`
}

// textBool is a bool that may also have come as a string.
type textBool bool

// UnmarshalJSON reads what the shape allows.
func (b *textBool) UnmarshalJSON(raw []byte) error {
	*b = string(raw) == `true` || string(raw) == `"true"`
	return nil
}

// The shapes have no external_ref: Attio's OpenAPI document lost it in August 2026, when creating a
// meeting ceased to look for one that is there. It is ignored, as any unknown key.
var (
	createMeetingShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("title", shape.String().Max(1000)),
		shape.Required("description", shape.String().Max(10000)),
		shape.Required("start", meetingTimeShape),
		shape.Required("end", meetingTimeShape),
		shape.Required("is_all_day", shape.Boolean()),
		shape.Required("participants", shape.Array(participantShape).Max(500)),
		shape.Optional("linked_records", meetingLinksShape),
	)))
	updateMeetingShape = shape.Object(shape.Required("data", shape.Object( // no other fields of a meeting can be changed
		shape.Required("linked_records", meetingLinksShape),
	).Strict()))

	meetingTimeShape = shape.Union(
		shape.Object(
			shape.Required("datetime", shape.String().LocalDateTime()),
			shape.Optional("timezone", shape.Nullable(shape.String())),
		).Strict(),
		shape.Object(shape.Required("date", shape.String())).Strict(),
	)
	participantShape = shape.Object(
		shape.Optional("email_address", shape.String()),
		shape.Required("is_organizer", shape.Union(shape.Boolean(), shape.Enum("true"), shape.Enum("false"))),
		shape.Required("status", shape.Enum(words(world.ParticipantStatuses())...)),
		shape.Optional("name", shape.String().Min(1)),
	)
	meetingLinksShape = shape.Array(shape.Object(
		shape.Required("object", shape.String()),
		shape.Required("record_id", shape.UUID()),
	)).Max(50)
)

// getMeeting answers GET /v2/meetings/{meeting_id}.
func getMeeting(c *Call) (any, error) {
	id, err := c.id("meeting_id")
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	m, ok := state.Meeting(id)
	if !ok {
		return nil, attio.MeetingNotFound(string(id))
	}
	return envelope{renderMeeting(state, m)}, nil
}

// createMeeting answers POST /v2/meetings.
func createMeeting(c *Call) (any, error) {
	body, err := shape.Body[meetingBody](createMeetingShape, c.json())
	if err != nil {
		return nil, err
	}
	draft, err := body.draft()
	if err != nil {
		return nil, err
	}
	return answerWrite(c, func(tx *world.Tx) (*world.Meeting, error) {
		return tx.CreateMeeting(c.newID(), draft, body.Data.LinkedRecords.links())
	}, renderMeeting)
}

// updateMeeting answers PATCH /v2/meetings/{meeting_id}, which adds linked records.
func updateMeeting(c *Call) (any, error) { return c.linkMeeting((*world.Tx).LinkMeeting) }

// overwriteMeeting answers PUT /v2/meetings/{meeting_id}, which replaces the linked records.
func overwriteMeeting(c *Call) (any, error) { return c.linkMeeting((*world.Tx).RelinkMeeting) }

func (c *Call) linkMeeting(link func(*world.Tx, attio.ID, []world.MeetingLink) (*world.Meeting, error)) (any, error) {
	id, err := c.id("meeting_id")
	if err != nil {
		return nil, err
	}
	body, err := shape.Body[meetingLinksBody](updateMeetingShape, c.json())
	if err != nil {
		return nil, err
	}
	return answerWrite(c, func(tx *world.Tx) (*world.Meeting, error) { return link(tx, id, body.Data.LinkedRecords.links()) }, renderMeeting)
}

// deleteMeeting answers DELETE /v2/meetings/{meeting_id}.
func deleteMeeting(c *Call) (any, error) {
	id, err := c.id("meeting_id")
	if err != nil {
		return nil, err
	}
	return empty{}, c.update(func(tx *world.Tx) error { return tx.DeleteMeeting(id) })
}

// draft returns the meeting that a body describes.
func (b *meetingBody) draft() (world.Meeting, error) {
	draft := world.Meeting{Title: b.Data.Title, Description: b.Data.Description, AllDay: b.Data.IsAllDay}
	var issues []attio.Issue
	read := func(key string, written writtenTime) world.MeetingTime {
		t, ok := written.read()
		switch {
		case !ok && written.Datetime != nil:
			issues = append(issues, attio.MeetingDateTimeInvalid("data", key, "datetime"))
		case !ok:
			issues = append(issues, attio.MeetingDateInvalid("data", key, "date"))
		}
		return t
	}
	draft.Start, draft.End = read("start", b.Data.Start), read("end", b.Data.End)
	if issues != nil {
		return draft, attio.InvalidBody(issues...)
	}
	for _, p := range b.Data.Participants {
		draft.Participants = append(draft.Participants, world.Participant{
			Email: p.EmailAddress, Name: p.Name, Organizer: bool(p.IsOrganizer), Status: p.Status,
		})
	}
	return draft, nil
}

// read parses those parts of a time that the shape leaves as text.
func (t writtenTime) read() (world.MeetingTime, bool) {
	if t.Datetime != nil {
		return world.MeetingMoment(*t.Datetime, t.Timezone)
	}
	return world.MeetingDay(t.Date)
}

func (in meetingLinksInput) links() []world.MeetingLink {
	links := make([]world.MeetingLink, len(in))
	for i, link := range in {
		links[i] = world.MeetingLink{Object: link.Object, Record: readID(link.RecordID)}
	}
	return links
}
