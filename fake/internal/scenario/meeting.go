package scenario

import (
	"errors"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// meeting is an event in a calendar.
type meeting struct {
	placed
	Title             *string     `yaml:"title" doc:"The title that people see. By default it is made from the key."`
	Description       string      `yaml:"description" doc:"What it is about. Empty by default."`
	Start             meetingTime `yaml:"start,required" doc:"When it starts."`
	End               meetingTime `yaml:"end" doc:"When it ends. By default an hour after its start, or on the next day."`
	AllDay            bool        `yaml:"all_day" doc:"Whether it is all-day. By default it is if its start is a date."`
	Participants      []invitee   `yaml:"participants,required" doc:"Who is invited, at least one. People with the address of a participant are linked to the meeting."`
	LinkedRecords     []string    `yaml:"linked_records" doc:"Further records that it is linked to, by object and key, like people/grace."`
	LinksParticipants *bool       `yaml:"links_participants" doc:"Whether people with the address of a participant are linked to it. On by default."`
	Synced            bool        `yaml:"synced" doc:"Whether it comes from a member's calendar, which means that the API cannot delete it."`
	CreatedAt         *moment     `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	CreatedBy         author      `yaml:"created_by" doc:"Who created it: a user, {token: name}, {app: key}, or system. Defaults to the first admin."`
	identified        `yaml:"inline"`
}

// invitee is a participant of a meeting.
type invitee struct {
	placed
	EmailAddress string            `yaml:"email_address,short" doc:"The address."`
	Name         string            `yaml:"name" doc:"The name of a participant without an address."`
	Status       participantStatus `yaml:"status" doc:"The answer to the invitation. Defaults to accepted."`
	IsOrganizer  bool              `yaml:"is_organizer" doc:"Whether they organize the meeting."`
}

// meetingTime is when a meeting starts or ends, in a form of the API or as a string.
type meetingTime struct {
	placed
	Datetime string `yaml:"datetime,short" doc:"A timestamp, or a date for an all-day meeting. Without an offset it is the local time of the time zone."`
	Timezone string `yaml:"timezone" doc:"The IANA name of the time zone, like Europe/Berlin."`
	Date     string `yaml:"date" doc:"A date for an all-day meeting."`
}

// participantStatus is what a participant answered.
type participantStatus string

func (participantStatus) words() (string, []string) {
	return "answer", asStrings(world.ParticipantStatuses())
}

func (c *idCollector) meetings(w *workspace) { collectAll(c, "meetings/", w.Meetings) }

// addMeetings creates the meetings, by the rules of the API.
func (b *builder) addMeetings() {
	for i := range b.workspace.Meetings.items {
		b.addMeeting(&b.workspace.Meetings.items[i])
	}
}

func (b *builder) addMeeting(m *item[meeting]) {
	if m.value.node == nil {
		return // which is reported
	}
	links, ok := b.meetingLinks(&m.value)
	if !ok || m.value.wrong {
		return // which is reported
	}
	draft := world.Meeting{Title: titleOf(m.value.Title, m.key), Description: m.value.Description, Synced: m.value.Synced}
	if draft.Start, ok = b.meetingTime(&m.value.Start, m.value.at("start")); !ok {
		return
	}
	draft.End = world.MeetingTime{At: draft.Start.At.Add(time.Hour), Zone: draft.Start.Zone}
	if draft.Start.Day {
		draft.End = world.MeetingTime{At: draft.Start.At.AddDate(0, 0, 1), Day: true}
	}
	if m.value.has("end") {
		if draft.End, ok = b.meetingTime(&m.value.End, m.value.at("end")); !ok {
			return
		}
	}
	draft.AllDay = draft.Start.Day
	if m.value.has("all_day") {
		draft.AllDay = m.value.AllDay
	}
	for _, p := range m.value.Participants {
		status := world.ParticipantAccepted
		if p.Status != "" {
			status = world.ParticipantStatus(p.Status)
		}
		draft.Participants = append(draft.Participants, world.Participant{Email: p.EmailAddress, Name: p.Name, Organizer: p.IsOrganizer, Status: status})
	}
	b.write(at(m.value.CreatedAt, b.created), b.authorOf(m.value.CreatedBy))
	id := b.meetingID(m.key)
	b.named(id, m.key, m.at)
	_, err := b.tx.CreateMeeting(id, draft, links)
	if err == nil && m.value.LinksParticipants != nil && !*m.value.LinksParticipants {
		_, err = b.tx.RelinkMeeting(id, links)
	}
	if err != nil {
		b.refuseMeeting(&m.value, err)
	}
}

// refuseMeeting reports the API's refusal of a meeting at the key that it is about.
func (b *builder) refuseMeeting(m *meeting, err error) {
	if answer, ok := errors.AsType[*attio.Error](err); ok && len(answer.ValidationErrors) > 0 {
		b.refuseBody(m.node, answer)
		return
	}
	b.refuse(m.at("participants"), err, "") // the links are known to be right
}

// meetingTime reads when a meeting starts or ends. Unlike the API it refuses unknown time zones.
func (b *builder) meetingTime(t *meetingTime, at yamltree.Position) (world.MeetingTime, bool) {
	var zone *string
	if t.has("timezone") {
		if world.Zone(t.Timezone).String() != t.Timezone {
			b.problems.Add(t.at("timezone"), "%s is not a time zone; write an IANA name like Europe/Berlin", suggest.Quote(t.Timezone))
			return world.MeetingTime{}, false
		}
		zone = &t.Timezone
	}
	var read world.MeetingTime
	ok := false
	switch {
	case t.Date != "" && t.Datetime == "" && zone == nil:
		read, ok = world.MeetingDay(t.Date)
	case t.Date == "":
		if read, ok = world.MeetingDay(t.Datetime); !ok || zone != nil {
			read, ok = world.MeetingMoment(t.Datetime, zone)
		}
	}
	if !ok {
		b.problems.Add(at, "this is not a time of a meeting; write a timestamp like %s, {datetime: 2026-01-15T09:00:00, timezone: Europe/Berlin}, or a date like 2026-01-15", exampleMoment)
	}
	return read, ok
}

// meetingLinks reads the records that a meeting is linked to.
func (b *builder) meetingLinks(m *meeting) ([]world.MeetingLink, bool) {
	var links []world.MeetingLink
	right := true
	for _, n := range m.items("linked_records") {
		linked, ok := b.linkedRecord(n)
		right = right && ok
		links = append(links, world.MeetingLink{Object: string(linked.Object), Record: linked.Record})
	}
	return links, right
}

func (b *builder) meetingID(key string) attio.ID { return b.id("meetings/" + key) }

func (e *exporter) meetings() any {
	return attached(e, slices.Collect(e.state.Meetings()),
		func(m *world.Meeting) attio.ID { return m.ID },
		func(m *world.Meeting) string { return cleanKey(m.Title, "meeting") },
		func(meeting *world.Meeting, key string) any {
			m := new(yamltree.Mapping)
			m.PutIf(meeting.Title != titleOf[string](nil, key), "title", yamltree.Text(meeting.Title))
			m.PutIf(meeting.Description != "", "description", yamltree.Text(meeting.Description))
			m.Put("start", meetingTimeOf(meeting.Start))
			m.PutIf(meeting.End != usualEnd(meeting.Start), "end", meetingTimeOf(meeting.End))
			m.PutIf(meeting.AllDay != meeting.Start.Day, "all_day", boolean(meeting.AllDay))
			participants := yamltree.Sequence{}
			for _, p := range meeting.Participants {
				participants = append(participants, participantOf(p))
			}
			m.Put("participants", participants)
			e.putMeetingLinks(m, meeting)
			m.PutIf(meeting.Synced, "synced", boolean(true))
			e.putCreatedBy(m, meeting.CreatedAt, meeting.CreatedBy)
			e.putID(m, "meetings/"+key, meeting.ID)
			return m
		})
}

// usualEnd is the default end of a meeting.
func usualEnd(start world.MeetingTime) world.MeetingTime {
	if start.Day {
		return world.MeetingTime{At: start.At.AddDate(0, 0, 1), Day: true}
	}
	return world.MeetingTime{At: start.At.Add(time.Hour), Zone: start.Zone}
}

func meetingTimeOf(t world.MeetingTime) any {
	switch {
	case t.Day:
		return yamltree.Plain(t.At.Format(time.DateOnly))
	case t.Zone != "":
		at := t.At
		if _, offset := at.Zone(); offset%60 != 0 {
			at = at.UTC() // long ago towns had local times with seconds, which an offset cannot have
		}
		return yamltree.MappingOf("datetime", yamltree.Plain(at.Format(time.RFC3339Nano)), "timezone", yamltree.Text(t.Zone))
	}
	return timestamp(t.At)
}

func participantOf(p world.Participant) any {
	m := new(yamltree.Mapping)
	m.PutIf(p.Email != "", "email_address", yamltree.Text(p.Email))
	m.PutIf(p.Name != "", "name", yamltree.Text(p.Name))
	m.PutIf(p.Status != world.ParticipantAccepted, "status", yamltree.Text(p.Status))
	m.PutIf(p.Organizer, "is_organizer", boolean(true))
	if p.Email != "" {
		return shortened(m)
	}
	return m
}

// putMeetingLinks adds the records that a meeting is linked to, except for those that loading derives from its participants.
func (e *exporter) putMeetingLinks(m *yamltree.Mapping, meeting *world.Meeting) {
	people := e.state.PeopleAmong(meeting.Participants)
	written := len(meeting.Linked) // how many of the links are written; the rest are those of the participants
	for n := range len(meeting.Linked) + 1 {
		if slices.Equal(world.Unite(meeting.Linked[:n], people), meeting.Linked) {
			written = n
			break
		}
	}
	m.PutAll("linked_records", e.recordKeys(meeting.Linked[:written]))
	m.PutIf(!slices.Equal(world.Unite(meeting.Linked[:written], people), meeting.Linked), "links_participants", boolean(false))
}
