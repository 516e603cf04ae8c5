package api

import (
	"cmp"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// email is an e-mail on the wire. No recording has one; its keys are those of Attio's OpenAPI
// document in their order.
type email struct {
	ID            emailID            `json:"id"`
	SentAt        attio.Time         `json:"sent_at"`
	Direction     string             `json:"direction"`
	SubjectLine   *string            `json:"subject_line"`
	Participants  []emailParticipant `json:"participants"`
	LinkedRecords []linkedRecord     `json:"linked_records"`
}

type emailID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	MailboxID   attio.ID `json:"mailbox_id"`
	EmailID     attio.ID `json:"email_id"`
}

type emailParticipant struct {
	Role         world.EmailRole `json:"role"`
	EmailAddress string          `json:"email_address"`
	EmailDomain  string          `json:"email_domain"`
	Name         *string         `json:"name"`
}

// emailsQuery says which e-mails are listed.
type emailsQuery struct {
	Limit           int     `json:"limit"`
	Cursor          *string `json:"cursor"`
	LinkedObject    *string `json:"linked_object"`
	LinkedRecordIDs string  `json:"linked_record_ids"`
	Participants    string  `json:"participants"`
	Domain          *string `json:"domain"`
	SentAfter       *string `json:"sent_after"`
	SentBefore      *string `json:"sent_before"`
	OfPeople        bool    `json:"exclude_automated_participants"`
}

var listEmailsShape = shape.Object(
	shape.Default("limit", shape.QueryInt().Min(1).Max(50), 25),
	shape.Optional("cursor", shape.String()),
	shape.Optional("linked_object", shape.String().Min(1)),
	shape.Default("linked_record_ids", shape.String(), ""),
	shape.Default("participants", shape.String(), ""),
	shape.Optional("domain", shape.String().Min(1)),
	shape.Optional("sent_after", timestampShape),
	shape.Optional("sent_before", timestampShape),
	shape.Default("exclude_automated_participants", shape.QueryBool(), false),
)

// maxEmailFilters is how many records, and how many addresses, a listing can name.
const maxEmailFilters = 10

// listEmails answers GET /v2/emails. By Attio's OpenAPI document each request looks at a bounded number of
// e-mails, and a page may have fewer than there are more of. Here it looks at as many of those
// that the query finds as the limit says, and leaves out the ones that may not be seen.
func listEmails(c *Call) (any, error) {
	query, err := shape.Query[emailsQuery](listEmailsShape, c.query())
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	wanted, err := query.read(state)
	if err != nil {
		return nil, err
	}
	cursors := c.cursors(wanted, query.OfPeople)
	after, err := cursors.decode(query.Cursor)
	if err != nil {
		return nil, err
	}
	mail := state.Mail()
	found, err := mail.Find(wanted)
	if err != nil {
		return nil, err
	}
	rest := emailsAfter(found, after)
	page := rest[:min(len(rest), query.Limit)]
	emails := make([]email, 0, len(page))
	for _, e := range page {
		if mail.Shows(e, query.OfPeople) {
			emails = append(emails, renderEmail(state, mail, e))
		}
	}
	answer := cursorPage{Data: emails}
	if len(page) < len(rest) {
		next := cursors.encode(emailPosition(page[len(page)-1]))
		answer.Pagination.NextCursor = &next
	}
	return answer, nil
}

// emailsAfter returns those of the found e-mails that come after a position.
func emailsAfter(found []*world.Email, after position) []*world.Email {
	if len(after) != 2 {
		return found
	}
	i, there := slices.BinarySearchFunc(found, after, func(e *world.Email, after position) int {
		at := emailPosition(e)
		return cmp.Or(cmp.Compare(after[0], at[0]), cmp.Compare(at[1], after[1]))
	})
	if there {
		i++
	}
	return found[i:]
}

// emailPosition is what e-mails are sorted by: timestamps have one width, so that text compares as time.
func emailPosition(e *world.Email) position {
	return position{attio.Time{Time: e.SentAt}.String(), string(e.ID)}
}

// read parses those parts of a query that its shape leaves as text.
func (q *emailsQuery) read(state *world.State) (world.EmailQuery, error) {
	wanted := world.EmailQuery{SentAfter: readTimestamp(q.SentAfter), SentBefore: readTimestamp(q.SentBefore)}
	ids := readItems(q.LinkedRecordIDs)
	issues := together("linked_object", q.LinkedObject != nil, "linked_record_ids", ids != nil)
	if len(ids) > maxEmailFilters {
		issues = append(issues, attio.TooManyItems(maxEmailFilters, "linked_record_ids"))
	}
	for i, sent := range ids {
		id, ok := attio.ParseID(sent)
		if !ok {
			issues = append(issues, attio.InvalidUUID("linked_record_ids", i))
		}
		wanted.Records = append(wanted.Records, attribute.RecordReference{Record: id})
	}
	wanted.Participants = readItems(q.Participants)
	if len(wanted.Participants) > maxEmailFilters {
		issues = append(issues, attio.TooManyItems(maxEmailFilters, "participants"))
	}
	if q.Domain != nil {
		wanted.Domain = strings.ToLower(strings.TrimSpace(*q.Domain))
	}
	if issues != nil {
		return wanted, attio.InvalidQuery(issues...)
	}
	if q.LinkedObject == nil && wanted.Participants == nil && q.Domain == nil {
		return wanted, attio.EmailFilterMissing()
	}
	return wanted, q.nameObject(state, wanted.Records)
}

// nameObject gives the records of a query their object. They need not exist.
func (q *emailsQuery) nameObject(state *world.State, records []attribute.RecordReference) error {
	if q.LinkedObject == nil {
		return nil
	}
	object, ok := state.Schema.Object(*q.LinkedObject)
	if !ok || object.Standard != "people" && object.Standard != "companies" {
		return attio.InvalidQuery(attio.LinkedObjectWithoutEmails())
	}
	for i := range records {
		records[i].Object = object.ID
	}
	return nil
}

func renderEmail(state *world.State, mail *world.Mail, e *world.Email) email {
	participants := mail.Participants(e)
	rendered := email{
		ID:            emailID{state.ID, mail.MailboxID(e), e.ID},
		SentAt:        attio.Time{Time: e.SentAt},
		Direction:     "inbound",
		SubjectLine:   textOrNull(e.Subject),
		Participants:  make([]emailParticipant, len(participants)),
		LinkedRecords: renderLinked(state.Schema, mail.LinkedRecords(participants)),
	}
	if mail.IsOutbound(e) {
		rendered.Direction = "outbound"
	}
	for i, p := range participants {
		rendered.Participants[i] = emailParticipant{p.Role, p.Address, p.Domain, textOrNull(p.Name)}
	}
	return rendered
}
