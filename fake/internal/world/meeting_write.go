package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// MeetingLink names a record to link a meeting to.
type MeetingLink struct {
	Object string // by slug or id
	Record attio.ID
}

// CreateMeeting makes a meeting from a draft, linked to the records that the links name and then to the people who have
// addresses of participants. It never updates an existing meeting, by Attio's guide on syncing meetings. Every error is
// an answer of the API.
func (tx *Tx) CreateMeeting(id attio.ID, draft Meeting, links []MeetingLink) (*Meeting, error) {
	if err := draft.checkTimes(); err != nil {
		return nil, err
	}
	participants, err := tx.readParticipants(draft.Participants)
	if err != nil {
		return nil, err
	}
	linked, err := tx.findLinks(links)
	if err != nil {
		return nil, err
	}
	meeting := draft
	meeting.ID, meeting.CreatedAt, meeting.CreatedBy = id, tx.Now, tx.Author.Actor
	meeting.Participants = participants
	meeting.Linked = Unite(linked, tx.PeopleAmong(participants))
	put(tx, &meeting)
	tx.noteMeeting(id)
	return &meeting, nil
}

// UpdateMeeting replaces a meeting with a draft, linked to the records that the links name and to the people who have
// addresses of new participants. The API cannot do this; it happens in calendars. The errors are those of
// CreateMeeting, and one for an unknown meeting.
func (tx *Tx) UpdateMeeting(id attio.ID, draft Meeting, links []MeetingLink) (*Meeting, error) {
	old, ok := tx.Meeting(id)
	if !ok {
		return nil, attio.MeetingNotFound(string(id))
	}
	if err := draft.checkTimes(); err != nil {
		return nil, err
	}
	participants, err := tx.readParticipants(draft.Participants)
	if err != nil {
		return nil, err
	}
	linked, err := tx.findLinks(links)
	if err != nil {
		return nil, err
	}
	invited := kept(participants, func(p Participant) bool {
		return !slices.ContainsFunc(old.Participants, func(q Participant) bool { return q.Email == p.Email })
	})
	meeting := draft
	meeting.ID, meeting.CreatedAt, meeting.CreatedBy = old.ID, old.CreatedAt, old.CreatedBy
	meeting.Participants = participants
	meeting.Linked = Unite(linked, tx.PeopleAmong(invited))
	put(tx, &meeting)
	return &meeting, nil
}

// LinkMeeting adds links to a meeting. The errors are those of CreateMeeting, and one for an unknown meeting.
func (tx *Tx) LinkMeeting(id attio.ID, links []MeetingLink) (*Meeting, error) {
	return tx.relink(id, links, func(old, written []attribute.RecordReference) []attribute.RecordReference { return Unite(old, written) })
}

// RelinkMeeting replaces the links of a meeting. The errors are those of LinkMeeting.
func (tx *Tx) RelinkMeeting(id attio.ID, links []MeetingLink) (*Meeting, error) {
	return tx.relink(id, links, func(_, written []attribute.RecordReference) []attribute.RecordReference { return written })
}

// DeleteMeeting deletes a meeting and what belongs to it, unless it comes from a calendar. Every error is an answer of
// the API.
func (tx *Tx) DeleteMeeting(id attio.ID) error {
	meeting, ok := tx.Meeting(id)
	switch {
	case !ok:
		return attio.MeetingNotFound(string(id))
	case meeting.Synced:
		return attio.MeetingSynced()
	}
	drop(tx, meeting)
	return nil
}

func (tx *Tx) relink(id attio.ID, links []MeetingLink, next func(old, written []attribute.RecordReference) []attribute.RecordReference) (*Meeting, error) {
	old, ok := tx.Meeting(id)
	if !ok {
		return nil, attio.MeetingNotFound(string(id))
	}
	written, err := tx.findLinks(links)
	if err != nil {
		return nil, err
	}
	meeting := *old
	meeting.Linked = next(old.Linked, written)
	put(tx, &meeting)
	return &meeting, nil
}

// checkTimes checks a draft against the rules of Attio's OpenAPI document: an all-day meeting has dates, and only such
// a meeting. That a meeting cannot end before it starts is assumed.
func (m *Meeting) checkTimes() error {
	var issues []attio.Issue
	for _, t := range []struct {
		key  string
		time MeetingTime
	}{{"start", m.Start}, {"end", m.End}} {
		switch {
		case m.AllDay && !t.time.Day:
			issues = append(issues, attio.MeetingDateMissing("data", t.key))
		case !m.AllDay && t.time.Day:
			issues = append(issues, attio.MeetingDateTimeMissing("data", t.key))
		}
	}
	if issues == nil && m.End.At.Before(m.Start.At) {
		issues = append(issues, attio.MeetingEndBeforeStart())
	}
	if issues != nil {
		return attio.InvalidBody(issues...)
	}
	return nil
}

// findLinks returns the records that links name, without duplicates.
func (s *State) findLinks(links []MeetingLink) ([]attribute.RecordReference, error) {
	found := make([]attribute.RecordReference, 0, len(links))
	for _, link := range links {
		object, err := s.Schema.ObjectNamed(link.Object, func(string) *attio.Error { return attio.MeetingLinkNotFound() })
		switch {
		case err != nil:
			return nil, err
		case !s.HasRecord(object.ID, link.Record):
			return nil, attio.MeetingLinkNotFound()
		}
		found = append(found, attribute.RecordReference{Object: object.ID, Record: link.Record})
	}
	return unrepeated(found), nil
}
