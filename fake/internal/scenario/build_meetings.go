package scenario

import (
	"errors"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// addMeetings makes the meetings, by the rules of the API.
func (b *builder) addMeetings() {
	for i := range b.workspace.Meetings.items {
		b.addMeeting(&b.workspace.Meetings.items[i])
	}
	b.write(b.created, b.author)
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

// refuseMeeting reports the API's answer to a meeting, at what it is about.
func (b *builder) refuseMeeting(m *meeting, err error) {
	if answer, ok := errors.AsType[*attio.Error](err); ok && len(answer.ValidationErrors) > 0 {
		b.refuseBody(m.node, answer)
		return
	}
	b.refuse(m.at("participants"), err, "") // the links are known to be good
}

// meetingTime reads when a meeting starts or ends. Unlike the API it does not put up with a time zone
// that nobody knows.
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
		b.problems.Add(at, "this is no time of a meeting; write a timestamp like %s, {datetime: 2026-01-15T09:00:00, timezone: Europe/Berlin}, or a date like 2026-01-15", exampleMoment)
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
