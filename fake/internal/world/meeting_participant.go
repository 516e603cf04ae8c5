package world

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Participant is somebody invited to a meeting.
type Participant struct {
	Email     string // in lower case; empty for one who has only a name
	Name      string // only of one without an address
	Organizer bool
	Status    ParticipantStatus
}

// ParticipantStatus is what a participant answered to the invitation.
type ParticipantStatus string

// The answers of Attio's API.
const (
	ParticipantAccepted  ParticipantStatus = "accepted"
	ParticipantTentative ParticipantStatus = "tentative"
	ParticipantDeclined  ParticipantStatus = "declined"
	ParticipantPending   ParticipantStatus = "pending"
)

// ParticipantStatuses lists the answers in the order of Attio's OpenAPI document.
func ParticipantStatuses() []ParticipantStatus {
	return []ParticipantStatus{ParticipantAccepted, ParticipantTentative, ParticipantDeclined, ParticipantPending}
}

// readParticipants returns participants as Attio keeps them. By its OpenAPI document one who has an
// address has no name, and who has neither is none. That the address has to be one that a person can
// have is assumed: people are made of them.
func (s *State) readParticipants(written []Participant) ([]Participant, error) {
	if len(written) == 0 {
		return nil, attio.NoParticipants()
	}
	var issues []attio.Issue
	participants := make([]Participant, len(written))
	for i, p := range written {
		switch address, ok := s.address(p.Email); {
		case ok:
			p.Email, p.Name = address.Address, ""
		case p.Email != "":
			issues = append(issues, attio.ParticipantAddressInvalid(i))
		case p.Name == "":
			issues = append(issues, attio.ParticipantNameless(i))
		}
		participants[i] = p
	}
	if issues != nil {
		return nil, attio.InvalidBody(issues...)
	}
	return participants, nil
}

// PeopleAmong returns the people who have the addresses of participants, whom Attio links to a meeting.
func (s *State) PeopleAmong(participants []Participant) []attribute.RecordReference {
	var people []attribute.RecordReference
	for _, p := range participants {
		if person, ok := s.personAt(p.Email); ok {
			people = append(people, person)
		}
	}
	return people
}

// personAt returns the person with an e-mail address.
func (s *State) personAt(email string) (attribute.RecordReference, bool) {
	address, ok := s.address(email)
	if !ok {
		return attribute.RecordReference{}, false
	}
	people := s.standard("people")
	emails, _ := people.Attribute("email_addresses")
	id, ok := s.stores.holder(people.ID, emails, address)
	return attribute.RecordReference{Object: people.ID, Record: id}, ok
}

// address reads an e-mail address as one of a person.
func (s *State) address(written string) (attribute.EmailAddress, bool) {
	emails, _ := s.standard("people").Attribute("email_addresses")
	value, err := attribute.Parse(s, emails, written)
	address, _ := value.(attribute.EmailAddress)
	return address, err == nil
}

// noteMeeting notes for after the transaction that a meeting is new.
func (tx *Tx) noteMeeting(id attio.ID) {
	if tx.Effects.LinkCompanies {
		tx.met = append(tx.met, id)
	}
}

// linkParticipants makes people of the participants who are none yet, and links them and the companies
// of all participants to the meeting, some time after it was made: by Attio's OpenAPI document. That it
// makes no people of workspace members, and no companies for people whom it knew, is assumed.
func (tx *Tx) linkParticipants(id attio.ID) {
	old, ok := tx.Meeting(id)
	if !ok {
		return // deleted in the transaction that made it
	}
	company, _ := tx.standard("people").Attribute("company")
	var people, companies []attribute.RecordReference
	for _, p := range old.Participants {
		person, ok := tx.personAt(p.Email)
		if !ok {
			if person, ok = tx.addParticipant(p.Email); !ok {
				continue
			}
		}
		people = append(people, person)
		record, _ := tx.Record(person.Object, person.Record)
		for _, held := range record.Active(company) {
			companies = append(companies, held.Value.(attribute.RecordReference))
		}
	}
	meeting := *old
	meeting.Linked = Unite(old.Linked, people, companies)
	put(tx, &tx.meetings, &meeting)
}

// addParticipant makes a person with an e-mail address, linked to its company, unless a workspace member
// has the address.
func (tx *Tx) addParticipant(email string) (attribute.RecordReference, bool) {
	address, ok := tx.address(email)
	if _, member := tx.MemberByEmail(email); !ok || member {
		return attribute.RecordReference{}, false
	}
	people := tx.standard("people")
	emails, _ := people.Attribute("email_addresses")
	person := tx.newRecord(people.ID, tx.newID(""))
	_ = tx.set(people, person, emails, []attribute.Value{address}) // nobody has the address
	tx.linkCompany(person.ID)
	return attribute.RecordReference{Object: people.ID, Record: person.ID}, true
}
