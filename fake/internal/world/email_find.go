package world

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Mail is the e-mails of a workspace as clients see them. Its rules are from Attio's OpenAPI document of August 2026.
type Mail struct {
	state   *State
	own     map[string]bool // the addresses of the members and the mailboxes
	domains map[string]bool // the domains of own
}

// EmailQuery selects the e-mails that have a participant whom any of its parts names.
type EmailQuery struct {
	Records      []attribute.RecordReference // people by their addresses, companies by their domains
	Participants []string                    // addresses in lower case
	Domain       string                      // in lower case, empty for none
	SentAfter    *time.Time                  // nil for no bound; the bound itself is excluded
	SentBefore   *time.Time
}

// Mail returns the e-mails of the workspace.
func (s *State) Mail() *Mail {
	m := &Mail{state: s, own: make(map[string]bool), domains: make(map[string]bool)}
	add := func(address string) {
		address = strings.ToLower(address)
		m.own[address] = true
		_, domain, _ := strings.Cut(address, "@")
		m.domains[domain] = true
	}
	for member := range s.Members() {
		add(member.User.Email)
	}
	for e := range s.Emails() {
		add(e.Mailbox)
	}
	return m
}

// Find returns the e-mails that a query selects, newest first, and by id if they were sent at the same time. What names
// the workspace itself is left out of the query; if nothing else is in it, there are no results. The error is an answer
// of the API.
func (m *Mail) Find(q EmailQuery) ([]*Email, error) {
	addresses, domains, err := m.wanted(q)
	if err != nil || len(addresses)+len(domains) == 0 {
		return nil, err
	}
	var found []*Email
	for e := range m.state.Emails() {
		if q.SentAfter != nil && !e.SentAt.After(*q.SentAfter) || q.SentBefore != nil && !e.SentAt.Before(*q.SentBefore) {
			continue
		}
		if slices.ContainsFunc(e.Participants, func(p EmailParticipant) bool { return addresses[p.Address] || domains[p.Domain] }) {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(a, b *Email) int { return cmp.Or(b.SentAt.Compare(a.SentAt), cmp.Compare(a.ID, b.ID)) })
	return found, nil
}

// wanted returns the addresses and domains that a query names. A protected recipient that the query names is refused;
// one to whom a record of the query leads is left out. From Attio's documentation of October 2026.
func (m *Mail) wanted(q EmailQuery) (addresses, domains map[string]bool, err error) {
	addresses, domains = make(map[string]bool), make(map[string]bool)
	for _, address := range q.Participants {
		_, domain, _ := strings.Cut(address, "@")
		if m.protects(address, domain) {
			return nil, nil, attio.RecipientProtected(address)
		}
		addresses[address] = !m.own[address]
	}
	if q.Domain != "" {
		if m.protects(q.Domain) {
			return nil, nil, attio.RecipientProtected(q.Domain)
		}
		domains[q.Domain] = !m.domains[q.Domain]
	}
	for _, reference := range q.Records {
		record, _ := m.state.Record(reference.Object, reference.Record)
		kind, _ := m.state.Schema.Kind(reference.Object)
		for _, value := range contacts(kind, record) {
			switch value := value.(type) {
			case attribute.EmailAddress:
				addresses[value.Address] = !m.own[value.Address] && !m.protects(value.Address, value.Domain)
			case attribute.Domain:
				domains[value.Domain] = !m.domains[value.Domain] && !m.protects(value.Domain)
			}
		}
	}
	return only(addresses), only(domains), nil
}

// contacts returns the addresses of a person or the domains of a company.
func contacts(kind Kind, record *Record) []attribute.Value {
	if record == nil {
		return nil
	}
	slug := "email_addresses"
	if kind.standard() == "companies" {
		slug = "domains"
	}
	d, _ := kind.Common().Attribute(slug)
	var values []attribute.Value
	for _, held := range record.Active(d) {
		values = append(values, held.Value)
	}
	return values
}

// only removes the keys that a set maps to false, and returns the set.
func only(set map[string]bool) map[string]bool {
	for key, in := range set {
		if !in {
			delete(set, key)
		}
	}
	return set
}

// protects reports whether an address, its domain, or a domain alone is a protected recipient.
func (m *Mail) protects(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(m.state.ProtectedRecipients, name) })
}

// Shows reports whether an e-mail is shown at all: it needs a participant outside of the workspace who is not
// protected. With ofPeople, the participant must not be an automated sender either; so a tool for Attio's API describes
// its parameter exclude_automated_participants.
func (m *Mail) Shows(e *Email, ofPeople bool) bool {
	return slices.ContainsFunc(m.Participants(e), func(p EmailParticipant) bool {
		return !m.own[p.Address] && !(ofPeople && p.automated())
	})
}

// Participants returns the participants of an e-mail without protected recipients. That these are left out is assumed.
func (m *Mail) Participants(e *Email) []EmailParticipant {
	return slices.DeleteFunc(slices.Clone(e.Participants), func(p EmailParticipant) bool { return m.protects(p.Address, p.Domain) })
}

// IsOutbound reports whether an e-mail was sent from the workspace.
func (m *Mail) IsOutbound(e *Email) bool {
	return slices.ContainsFunc(e.Participants, func(p EmailParticipant) bool { return p.Role == EmailFrom && m.own[p.Address] })
}

// LinkedRecords returns the people who currently have the addresses of participants, and then the companies that have
// their domains. The order is assumed.
func (m *Mail) LinkedRecords(participants []EmailParticipant) []attribute.RecordReference {
	var people, companies []attribute.RecordReference
	for _, p := range participants {
		if person, ok := m.state.personAt(p.Address); ok {
			people = append(people, person)
		}
		if company, ok := m.state.companyAt(p.Domain); ok {
			companies = append(companies, company)
		}
	}
	return Unite(people, companies)
}

// MailboxID returns the id of the mailbox of an e-mail.
func (m *Mail) MailboxID(e *Email) attio.ID {
	return attio.PathID(m.state.Origin + "/mailboxes/" + e.Mailbox)
}

// companyAt returns the company with a domain.
func (s *State) companyAt(domain string) (attribute.RecordReference, bool) {
	companies := s.standard("companies")
	domains, _ := companies.Attribute("domains")
	id, ok := s.stores.holder(companies.ID, domains, attribute.Domain{Domain: domain})
	return attribute.RecordReference{Object: companies.ID, Record: id}, ok
}

// automated reports whether no person is behind an address, judging by its name. How Attio decides is not known.
func (p EmailParticipant) automated() bool {
	name, _, _ := strings.Cut(p.Address, "@")
	name, _, _ = strings.Cut(name, "+")
	switch strings.NewReplacer("-", "", "_", "", ".", "").Replace(name) {
	case "automated", "bounce", "bounces", "donotreply", "mailerdaemon", "newsletter", "noreply", "notification", "notifications", "postmaster":
		return true
	}
	return false
}
