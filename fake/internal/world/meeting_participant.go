package world

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Participant is somebody invited to a meeting.
type Participant struct {
	Email     string // in lower case; empty for a participant who has only a name
	Name      string // only of a participant without an address
	Organizer bool
	Status    ParticipantStatus
}

// ParticipantStatus is a participant's answer to the invitation.
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

// readParticipants returns participants as Attio keeps them. By its OpenAPI document a participant with an address has
// no name, and one with neither does not count. That the address must be valid as a person's is assumed: Attio makes
// people of participants.
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

// PeopleAmong returns the people who have addresses of participants; Attio links them to the meeting.
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

// address reads an e-mail address as the value of a person's attribute.
func (s *State) address(written string) (attribute.EmailAddress, bool) {
	emails, _ := s.standard("people").Attribute("email_addresses")
	value, err := attribute.Parse(s, emails, written)
	address, _ := value.(attribute.EmailAddress)
	return address, err == nil
}

// noteMeeting remembers a new meeting for the effects of the transaction.
func (tx *Tx) noteMeeting(id attio.ID) {
	if tx.Effects.LinkCompanies {
		tx.met = append(tx.met, id)
	}
}

// linkParticipants makes people of the participants who are not in the workspace yet, and links them and the companies
// of all participants to the meeting, some time after it was made. From Attio's OpenAPI document. That workspace
// members do not become people, and that people who existed are not linked to a new company, is assumed.
func (tx *Tx) linkParticipants(id attio.ID) {
	old, ok := tx.Meeting(id)
	if !ok {
		return // deleted in the same transaction
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
	put(tx, &meeting)
}

// addParticipant makes a person with an e-mail address and links it to its company. It makes none if a workspace member
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
