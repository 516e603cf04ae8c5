package api

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// meeting is a meeting on the wire. No recording has one; its keys are those of Attio's OpenAPI document
// in their order.
type meeting struct {
	ID             meetingID            `json:"id"`
	Title          string               `json:"title"`
	Description    string               `json:"description"`
	IsAllDay       bool                 `json:"is_all_day"`
	Start          any                  `json:"start"` // a meetingMoment, or a meetingDay
	End            any                  `json:"end"`
	Participants   []meetingParticipant `json:"participants"`
	LinkedRecords  []linkedRecord       `json:"linked_records"`
	CreatedAt      attio.Time           `json:"created_at"`
	CreatedByActor attio.Actor          `json:"created_by_actor"`
}

type meetingID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	MeetingID   attio.ID `json:"meeting_id"`
}

type meetingMoment struct {
	Datetime string  `json:"datetime"`
	Timezone *string `json:"timezone"`
}

type meetingDay struct {
	Date string `json:"date"`
}

type meetingParticipant struct {
	Status       world.ParticipantStatus `json:"status"`
	IsOrganizer  bool                    `json:"is_organizer"`
	EmailAddress *string                 `json:"email_address"`
	Name         *string                 `json:"name"`
}

// momentLayout is that of the examples in Attio's OpenAPI document: local time, to the millisecond. That
// an offset of zero reads Z is assumed.
const momentLayout = "2006-01-02T15:04:05.000Z07:00"

func renderMeeting(state *world.State, m *world.Meeting) meeting {
	rendered := meeting{
		ID:             meetingID{state.ID, m.ID},
		Title:          m.Title,
		Description:    m.Description,
		IsAllDay:       m.AllDay,
		Start:          renderMeetingTime(m.Start),
		End:            renderMeetingTime(m.End),
		Participants:   make([]meetingParticipant, len(m.Participants)),
		LinkedRecords:  renderLinked(state.Schema, m.Linked),
		CreatedAt:      attio.Time{Time: m.CreatedAt},
		CreatedByActor: m.CreatedBy,
	}
	for i, p := range m.Participants {
		rendered.Participants[i] = meetingParticipant{p.Status, p.Organizer, textOrNull(p.Email), textOrNull(p.Name)}
	}
	return rendered
}

func renderMeetingTime(t world.MeetingTime) any {
	if t.Day {
		return meetingDay{t.At.Format(time.DateOnly)}
	}
	return meetingMoment{t.At.Format(momentLayout), textOrNull(t.Zone)}
}
