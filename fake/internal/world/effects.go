package world

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Effects are the settings for what a workspace does by itself after a write.
type Effects struct {
	// LinkCompanies gives a person who has an e-mail address but no company the company with the root of the address's
	// domain, and creates that company if there is none. It also links a new meeting to its participants, as people,
	// and to their companies.
	LinkCompanies bool
	// ShuffleUnordered puts what Attio leaves unordered into another order each time: lists, members, objects, and
	// references that come from the other side of a relationship.
	ShuffleUnordered bool
	// MergeDelay is how long a merge is in progress before the new record can be read. Attio says only that large merges
	// take some time.
	MergeDelay time.Duration
}

// noteEffects records which effects a change of values triggers once the transaction is committed.
func (tx *Tx) noteEffects(kind Kind, record attio.ID, d *attribute.Definition, began []Held) {
	if tx.Effects.LinkCompanies && kind.standard() == "people" && d.Slug == "email_addresses" && len(began) > 0 {
		tx.mailed = append(tx.mailed, record)
	}
}

// effects returns the transaction that Attio itself adds after one that triggers effects; called is false without
// effects. At Attio it follows a quarter of a second later, as recorded in May 2026, and the answer to the write does
// not show it.
func (ws *Workspace) effects(after *Tx) (tx *Tx, called bool) {
	if len(after.mailed)+len(after.met) == 0 {
		return nil, false
	}
	tx = ws.begin(System())
	for _, person := range after.mailed {
		tx.linkCompany(person)
	}
	for _, meeting := range after.met {
		tx.linkParticipants(meeting)
	}
	return tx, true
}

// linkCompany links a person without a company to the one of the first e-mail address that is not with
// a public provider.
func (tx *Tx) linkCompany(id attio.ID) {
	people, companies := tx.standard("people"), tx.standard("companies")
	emails, _ := people.Attribute("email_addresses")
	company, _ := people.Attribute("company")
	person, ok := tx.edit(people.ID, id)
	if !ok || len(person.Active(company)) > 0 {
		return
	}
	domain, ok := companyDomain(person.Active(emails))
	if !ok {
		return
	}
	domains, _ := companies.Attribute("domains")
	employer, ok := tx.stores.holder(companies.ID, domains, domain)
	if !ok {
		record := tx.newRecord(companies.ID, tx.newID(""))
		_ = tx.set(companies, record, domains, []attribute.Value{domain}) // nobody has the domain
		employer = record.ID
	}
	_ = tx.set(people, person, company, []attribute.Value{attribute.RecordReference{Object: companies.ID, Record: employer}}) // company is not unique
}

// standard returns a standard object, which every workspace has.
func (s *State) standard(name string) *Object {
	i := slices.IndexFunc(s.Schema.Objects, func(o *Object) bool { return o.Standard == name })
	return s.Schema.Objects[i]
}

// companyDomain returns the root of the first domain that may be a company's.
func companyDomain(emails []Held) (attribute.Domain, bool) {
	for _, held := range emails {
		if email := held.Value.(attribute.EmailAddress); !isPublicProvider(email.Root) {
			return attribute.Domain{Domain: email.Root, Root: email.Root}, true
		}
	}
	return attribute.Domain{}, false
}

// isPublicProvider reports whether anybody may have a mailbox at a domain. Attio's own list is not known.
func isPublicProvider(domain string) bool {
	switch domain {
	case "163.com", "aol.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hey.com",
		"hotmail.com", "icloud.com", "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "outlook.com",
		"proton.me", "protonmail.com", "qq.com", "web.de", "yahoo.co.uk", "yahoo.com", "yandex.com", "yandex.ru", "zoho.com":
		return true
	}
	return false
}
