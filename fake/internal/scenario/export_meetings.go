package scenario

import (
	"encoding/json"
	"net/mail"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// attached names the things of a section, in their order, and writes them.
func attached[T any](e *exporter, all []T, id func(T) attio.ID, propose func(T) string, write func(T, string) any) *yamltree.Mapping {
	ids := make([]attio.ID, len(all))
	for i, thing := range all {
		ids[i] = id(thing)
	}
	e.nameAll(ids, make(map[string]bool), func(n int) string { return propose(all[n]) })
	section := &yamltree.Mapping{Block: true}
	for i, thing := range all {
		key := e.keys[ids[i]]
		section.Put(key, yamltree.Lazy(func() any { return write(thing, key) }))
	}
	return section
}

func (e *exporter) meetings() *yamltree.Mapping {
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

// usualEnd is when a meeting ends of which the file does not say it.
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
			at = at.UTC() // long ago towns had a time of their own, whose seconds an offset cannot have
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

// putMeetingLinks adds the records that a meeting is linked to, but for the participants if they come by themselves.
func (e *exporter) putMeetingLinks(m *yamltree.Mapping, meeting *world.Meeting) {
	people := e.state.PeopleAmong(meeting.Participants)
	written := len(meeting.Linked) // so many of the links, until the rest are the participants
	for n := range len(meeting.Linked) + 1 {
		if slices.Equal(world.Unite(meeting.Linked[:n], people), meeting.Linked) {
			written = n
			break
		}
	}
	m.PutAll("linked_records", e.recordKeys(meeting.Linked[:written]))
	m.PutIf(!slices.Equal(world.Unite(meeting.Linked[:written], people), meeting.Linked), "links_participants", boolean(false))
}

func (e *exporter) recordKeys(all []attribute.RecordReference) yamltree.Sequence {
	keys := yamltree.Sequence{}
	for _, to := range all {
		keys = append(keys, yamltree.Text(e.recordKey(to)))
	}
	return keys
}

func (e *exporter) callRecordings() *yamltree.Mapping {
	return attached(e, slices.Collect(e.state.CallRecordings()),
		func(r *world.CallRecording) attio.ID { return r.ID },
		func(r *world.CallRecording) string { return e.keys[r.Meeting] },
		func(r *world.CallRecording, key string) any {
			m := yamltree.MappingOf("meeting", yamltree.Text(e.keys[r.Meeting]))
			m.PutIf(r.VideoURL != "", "video_url", yamltree.Text(r.VideoURL))
			m.PutIf(r.Captured, "captured", boolean(true))
			if r.Transcript != nil {
				transcript := yamltree.Sequence{}
				for _, s := range r.Transcript {
					transcript = append(transcript, yamltree.MappingOf("speaker", yamltree.Text(s.Speaker), "start_time", number(s.Start), "end_time", number(s.End), "speech", yamltree.Text(s.Speech)))
				}
				m.Put("transcript", transcript)
			}
			m.PutIf(!r.ReadyAt.Equal(r.CreatedAt), "ready_at", timestamp(r.ReadyAt))
			m.PutIf(r.Failed, "failed", boolean(true))
			e.putCreatedBy(m, r.CreatedAt, r.CreatedBy)
			e.putID(m, "call_recordings/"+key, r.ID)
			return m
		})
}

func number(f float64) yamltree.Plain {
	written, err := json.Marshal(f)
	if err != nil {
		panic(err) // what came as JSON is finite
	}
	return yamltree.Plain(written)
}

func (e *exporter) emails() *yamltree.Mapping {
	return attached(e, slices.Collect(e.state.Emails()),
		func(m *world.Email) attio.ID { return m.ID },
		func(m *world.Email) string { return cleanKey(firstWords(m.Subject), "email") },
		func(email *world.Email, key string) any {
			m := yamltree.MappingOf("sent_at", timestamp(email.SentAt))
			m.PutIf(email.Subject != "", "subject", yamltree.Text(email.Subject))
			for _, role := range world.EmailRoles() {
				addresses := e.addresses(email, role)
				switch {
				case role != world.EmailFrom:
					m.PutAll(keyOfRole[role], addresses)
				case len(addresses) == 1:
					m.Put("from", addresses[0])
				default:
					e.refuse("e-mail", key, "is from several")
				}
			}
			m.PutIf(email.Mailbox != e.usualMailbox(email), "mailbox", yamltree.Text(email.Mailbox))
			e.putID(m, "emails/"+key, email.ID)
			return m
		})
}

// keyOfRole has the keys of those who take part in an e-mail.
var keyOfRole = map[world.EmailRole]string{
	world.EmailFrom: "from", world.EmailReplyTo: "reply_to", world.EmailTo: "to", world.EmailCC: "cc", world.EmailBCC: "bcc",
}

func (e *exporter) addresses(email *world.Email, role world.EmailRole) yamltree.Sequence {
	written := yamltree.Sequence{}
	for _, p := range email.Participants {
		if p.Role == role {
			written = append(written, yamltree.Text(addressOf(p)))
		}
	}
	return written
}

// addressOf writes an address with its name as people do, or as e-mails do where that would be read otherwise.
func addressOf(p world.EmailParticipant) string {
	if p.Name == "" {
		return p.Address
	}
	short := p.Name + " <" + p.Address + ">"
	if read, err := mail.ParseAddress(short); err == nil && read.Name == p.Name {
		return short
	}
	return (&mail.Address{Name: p.Name, Address: p.Address}).String()
}

// usualMailbox is in which mailbox an e-mail is of which the file does not say it.
func (e *exporter) usualMailbox(email *world.Email) string {
	for _, p := range email.Participants {
		if _, member := e.state.MemberByEmail(p.Address); member {
			return p.Address
		}
	}
	return ""
}
