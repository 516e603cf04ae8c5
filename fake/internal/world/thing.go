package world

import "iter"

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

// things holds the things of a state other than the schema, the records and the entries.
type things struct {
	members        Collection[*Member]
	invites        Collection[*Invite]
	teams          Collection[*Team]
	tokens         Collection[*Token]
	views          Table[string, *View]
	notes          Collection[*Note]
	tasks          Collection[*Task]
	comments       Collection[*Comment]
	meetings       Collection[*Meeting]
	callRecordings Collection[*CallRecording]
	files          Collection[*File]
	mail           Collection[*Email]
	unsubscribed   Collection[*Unsubscribed]
	webhooks       Collection[*Webhook]
}

// declarations declares each kind of thing once, in the order in which Diff reports changes. The copy of a state, Diff, the
// release of attachments and Each read it. What other packages know of a kind is keyed by Thing too (how the API shows it,
// its events), and a test in package exercise walks all kinds through all of them.
var declarations = []declaration{
	{ThingWorkspace, compared(eachWorkspace)},
	{ThingObject, compared(eachObject)},
	{ThingList, compared(eachList)},
	{ThingActivity, compared(eachActivity)},
	{ThingAttribute, compared(eachAttribute)},
	{ThingMember, collected[*Member](func(s *State) *Collection[*Member] { return &s.members })},
	{ThingInvite, collected[*Invite](func(s *State) *Collection[*Invite] { return &s.invites })},
	{ThingTeam, collected[*Team](func(s *State) *Collection[*Team] { return &s.teams })},
	{ThingToken, collected[*Token](func(s *State) *Collection[*Token] { return &s.tokens })},
	{ThingView, viewTable{}},
	{ThingRecord, stored(eachObject)},
	{ThingEntry, stored(eachList)},
	{ThingActivityRecord, stored(eachActivity)},
	{ThingNote, collected[*Note](func(s *State) *Collection[*Note] { return &s.notes })},
	{ThingTask, collected[*Task](func(s *State) *Collection[*Task] { return &s.tasks })},
	{ThingComment, collected[*Comment](func(s *State) *Collection[*Comment] { return &s.comments })},
	{ThingMeeting, collected[*Meeting](func(s *State) *Collection[*Meeting] { return &s.meetings })},
	{ThingCallRecording, collected[*CallRecording](func(s *State) *Collection[*CallRecording] { return &s.callRecordings })},
	{ThingFile, collected[*File](func(s *State) *Collection[*File] { return &s.files })},
	{ThingEmail, collected[*Email](func(s *State) *Collection[*Email] { return &s.mail })},
	{ThingUnsubscribed, collected[*Unsubscribed](func(s *State) *Collection[*Unsubscribed] { return &s.unsubscribed })},
	{ThingWebhook, collected[*Webhook](func(s *State) *Collection[*Webhook] { return &s.webhooks })},
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
