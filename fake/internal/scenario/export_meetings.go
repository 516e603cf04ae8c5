package scenario

import (
	"encoding/json"
	"net/mail"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// attached names the things of a section, in their order, and writes them.
func attached[T any](e *exporter, all []T, id func(T) attio.ID, propose func(T) string, write func(T, string) any) *mapping {
	ids := make([]attio.ID, len(all))
	for i, thing := range all {
		ids[i] = id(thing)
	}
	e.nameAll(ids, make(map[string]bool), func(n int) string { return propose(all[n]) })
	section := &mapping{block: true}
	for i, thing := range all {
		key := e.keys[ids[i]]
		section.put(key, lazy(func() any { return write(thing, key) }))
	}
	return section
}

func (e *exporter) meetings() *mapping {
	return attached(e, slices.Collect(e.state.Meetings()),
		func(m *world.Meeting) attio.ID { return m.ID },
		func(m *world.Meeting) string { return cleanKey(m.Title, "meeting") },
		func(meeting *world.Meeting, key string) any {
			m := new(mapping)
			m.putIf(meeting.Title != titleOf[string](nil, key), "title", text(meeting.Title))
			m.putIf(meeting.Description != "", "description", text(meeting.Description))
			m.put("start", meetingTimeOf(meeting.Start))
			m.putIf(meeting.End != usualEnd(meeting.Start), "end", meetingTimeOf(meeting.End))
			m.putIf(meeting.AllDay != meeting.Start.Day, "all_day", boolean(meeting.AllDay))
			participants := sequence{}
			for _, p := range meeting.Participants {
				participants = append(participants, participantOf(p))
			}
			m.put("participants", participants)
			e.putMeetingLinks(m, meeting)
			m.putIf(meeting.Synced, "synced", boolean(true))
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
		return plain(t.At.Format(time.DateOnly))
	case t.Zone != "":
		at := t.At
		if _, offset := at.Zone(); offset%60 != 0 {
			at = at.UTC() // long ago towns had a time of their own, whose seconds an offset cannot have
		}
		return of("datetime", plain(at.Format(time.RFC3339Nano)), "timezone", text(t.Zone))
	}
	return timestamp(t.At)
}

func participantOf(p world.Participant) any {
	m := new(mapping)
	m.putIf(p.Email != "", "email_address", text(p.Email))
	m.putIf(p.Name != "", "name", text(p.Name))
	m.putIf(p.Status != world.ParticipantAccepted, "status", text(p.Status))
	m.putIf(p.Organizer, "is_organizer", boolean(true))
	if p.Email != "" {
		return shortened(m)
	}
	return m
}

// putMeetingLinks adds the records that a meeting is linked to, but for the participants if they come by themselves.
func (e *exporter) putMeetingLinks(m *mapping, meeting *world.Meeting) {
	people := e.state.PeopleAmong(meeting.Participants)
	written := len(meeting.Linked) // so many of the links, until the rest are the participants
	for n := range len(meeting.Linked) + 1 {
		if slices.Equal(world.Unite(meeting.Linked[:n], people), meeting.Linked) {
			written = n
			break
		}
	}
	m.putAll("linked_records", e.recordKeys(meeting.Linked[:written]))
	m.putIf(!slices.Equal(world.Unite(meeting.Linked[:written], people), meeting.Linked), "links_participants", boolean(false))
}

func (e *exporter) recordKeys(all []attribute.RecordReference) sequence {
	keys := sequence{}
	for _, to := range all {
		keys = append(keys, text(e.recordKey(to)))
	}
	return keys
}

func (e *exporter) callRecordings() *mapping {
	return attached(e, slices.Collect(e.state.CallRecordings()),
		func(r *world.CallRecording) attio.ID { return r.ID },
		func(r *world.CallRecording) string { return e.keys[r.Meeting] },
		func(r *world.CallRecording, key string) any {
			m := of("meeting", text(e.keys[r.Meeting]))
			m.putIf(r.VideoURL != "", "video_url", text(r.VideoURL))
			m.putIf(r.Captured, "captured", boolean(true))
			if r.Transcript != nil {
				transcript := sequence{}
				for _, s := range r.Transcript {
					transcript = append(transcript, of("speaker", text(s.Speaker), "start_time", number(s.Start), "end_time", number(s.End), "speech", text(s.Speech)))
				}
				m.put("transcript", transcript)
			}
			m.putIf(!r.ReadyAt.Equal(r.CreatedAt), "ready_at", timestamp(r.ReadyAt))
			m.putIf(r.Failed, "failed", boolean(true))
			e.putCreatedBy(m, r.CreatedAt, r.CreatedBy)
			e.putID(m, "call_recordings/"+key, r.ID)
			return m
		})
}

func number(f float64) plain {
	written, err := json.Marshal(f)
	if err != nil {
		panic(err) // what came as JSON is finite
	}
	return plain(written)
}

func (e *exporter) emails() *mapping {
	return attached(e, slices.Collect(e.state.Emails()),
		func(m *world.Email) attio.ID { return m.ID },
		func(m *world.Email) string { return cleanKey(firstWords(m.Subject), "email") },
		func(email *world.Email, key string) any {
			m := of("sent_at", timestamp(email.SentAt))
			m.putIf(email.Subject != "", "subject", text(email.Subject))
			for _, role := range world.EmailRoles() {
				addresses := e.addresses(email, role)
				switch {
				case role != world.EmailFrom:
					m.putAll(keyOfRole[role], addresses)
				case len(addresses) == 1:
					m.put("from", addresses[0])
				default:
					e.refuse("e-mail", key, "is from several")
				}
			}
			m.putIf(email.Mailbox != e.usualMailbox(email), "mailbox", text(email.Mailbox))
			e.putID(m, "emails/"+key, email.ID)
			return m
		})
}

// keyOfRole has the keys of those who take part in an e-mail.
var keyOfRole = map[world.EmailRole]string{
	world.EmailFrom: "from", world.EmailReplyTo: "reply_to", world.EmailTo: "to", world.EmailCC: "cc", world.EmailBCC: "bcc",
}

func (e *exporter) addresses(email *world.Email, role world.EmailRole) sequence {
	written := sequence{}
	for _, p := range email.Participants {
		if p.Role == role {
			written = append(written, text(addressOf(p)))
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
