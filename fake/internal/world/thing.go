package world

import (
	"iter"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Thing is a kind of thing that a workspace holds.
type Thing string

// The kinds of things. The values of Change.Before and Change.After are pointers to the type with the same name; for a
// ThingEntry or a ThingActivityRecord they point to a Record, and for a ThingAttribute to an attribute.Definition.
const (
	ThingWorkspace      Thing = "workspace" // its name; the values are States
	ThingMember         Thing = "workspace-member"
	ThingInvite         Thing = "invite"
	ThingTeam           Thing = "team"
	ThingToken          Thing = "token"
	ThingObject         Thing = "object"
	ThingList           Thing = "list"
	ThingActivity       Thing = "activity"
	ThingAttribute      Thing = "attribute"
	ThingView           Thing = "view"
	ThingRecord         Thing = "record"
	ThingEntry          Thing = "list-entry"
	ThingActivityRecord Thing = "activity-record"
	ThingNote           Thing = "note"
	ThingTask           Thing = "task"
	ThingComment        Thing = "comment"
	ThingMeeting        Thing = "meeting"
	ThingCallRecording  Thing = "call-recording"
	ThingFile           Thing = "file"
	ThingEmail          Thing = "email"
	ThingUnsubscribed   Thing = "unsubscribed-email"
	ThingWebhook        Thing = "webhook"
)

// things holds the things of a state other than the schema, the records and the entries, with their indexes. States that differ only
// in records share them, so a transaction writes to those of ownThings.
type things struct {
	members        Collection[*Member]
	invites        Collection[*Invite]
	teams          Collection[*Team]
	tokens         Collection[*Token]
	notes          Collection[*Note]
	tasks          Collection[*Task]
	comments       Collection[*Comment]
	meetings       Collection[*Meeting]
	callRecordings Collection[*CallRecording]
	files          Collection[*File]
	mail           Collection[*Email]
	unsubscribed   Collection[*Unsubscribed]
	webhooks       Collection[*Webhook]
	views          Table[string, *View]

	// ProtectedRecipients are addresses and domains, in lower case, whose e-mails are hidden.
	ProtectedRecipients []string
	// VerifiedDomains are the domains, in lower case, whose users become members without an invite.
	VerifiedDomains []string

	emails    Table[string, attio.ID] // the member or the pending invite that has an address
	attached  Table[string, attio.ID] // what is attached to a record, an entry or another attachment
	fileBytes int64                   // the size of all files
	merging   Table[attio.ID, *Merge] // by the new record: the merges that were in progress when the latest began
}

func (*Member) in(t *things) *Collection[*Member]               { return &t.members }
func (*Invite) in(t *things) *Collection[*Invite]               { return &t.invites }
func (*Team) in(t *things) *Collection[*Team]                   { return &t.teams }
func (*Token) in(t *things) *Collection[*Token]                 { return &t.tokens }
func (*Note) in(t *things) *Collection[*Note]                   { return &t.notes }
func (*Task) in(t *things) *Collection[*Task]                   { return &t.tasks }
func (*Comment) in(t *things) *Collection[*Comment]             { return &t.comments }
func (*Meeting) in(t *things) *Collection[*Meeting]             { return &t.meetings }
func (*CallRecording) in(t *things) *Collection[*CallRecording] { return &t.callRecordings }
func (*File) in(t *things) *Collection[*File]                   { return &t.files }
func (*Email) in(t *things) *Collection[*Email]                 { return &t.mail }
func (*Unsubscribed) in(t *things) *Collection[*Unsubscribed]   { return &t.unsubscribed }
func (*Webhook) in(t *things) *Collection[*Webhook]             { return &t.webhooks }

// next returns a copy for a writer to change.
func (t *things) next(w *writer) *things {
	next := &things{
		ProtectedRecipients: t.ProtectedRecipients, VerifiedDomains: t.VerifiedDomains,
		emails: t.emails.copy(w), attached: t.attached.copy(w), fileBytes: t.fileBytes, merging: t.merging.copy(w),
	}
	for _, d := range declarations {
		d.copy(next, t, w)
	}
	return next
}

// ownThings returns the things for the transaction to change.
func (tx *Tx) ownThings() *things {
	if tx.base != nil && tx.things == tx.base.things {
		tx.things = tx.things.next(tx.mark())
	}
	return tx.things
}

// declarations declares each kind of thing once, in the order in which Diff reports changes. The copy of the things, Diff, the
// release of attachments and Each read it. What other packages know of a kind is keyed by Thing too (how the API shows it,
// its events), and a test in package exercise walks all kinds through all of them.
var declarations = []declaration{
	{ThingWorkspace, compared(eachWorkspace)},
	{ThingObject, compared(eachObject)},
	{ThingList, compared(eachList)},
	{ThingActivity, compared(eachActivity)},
	{ThingAttribute, compared(eachAttribute)},
	{ThingMember, collected[*Member]{}},
	{ThingInvite, collected[*Invite]{}},
	{ThingTeam, collected[*Team]{}},
	{ThingToken, collected[*Token]{}},
	{ThingView, viewTable{}},
	{ThingRecord, stored(eachObject)},
	{ThingEntry, stored(eachList)},
	{ThingActivityRecord, stored(eachActivity)},
	{ThingNote, collected[*Note]{}},
	{ThingTask, collected[*Task]{}},
	{ThingComment, collected[*Comment]{}},
	{ThingMeeting, collected[*Meeting]{}},
	{ThingCallRecording, collected[*CallRecording]{}},
	{ThingFile, collected[*File]{}},
	{ThingEmail, collected[*Email]{}},
	{ThingUnsubscribed, collected[*Unsubscribed]{}},
	{ThingWebhook, collected[*Webhook]{}},
}

// declaration says how a state holds the things of one kind.
type declaration struct {
	thing Thing
	holding
}

// Things lists the kinds of things, in the order in which Diff reports changes.
func Things() []Thing {
	all := make([]Thing, len(declarations))
	for i, d := range declarations {
		all[i] = d.thing
	}
	return all
}

// Each yields the things of a kind that the workspace holds, each as the change that would create it.
func (s *State) Each(thing Thing) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for _, d := range declarations {
			if d.thing != thing {
				continue
			}
			for change := range d.each(s) {
				change.Thing = thing
				if !yield(change) {
					return
				}
			}
		}
	}
}
