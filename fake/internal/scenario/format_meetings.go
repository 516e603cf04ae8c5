package scenario

import (
	"reflect"

	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// meeting is an event in a calendar.
type meeting struct {
	placed
	Title             *string     `yaml:"title" doc:"What people call it, by default made from the key."`
	Description       string      `yaml:"description" doc:"What it is about, empty by default."`
	Start             meetingTime `yaml:"start,required" doc:"When it starts."`
	End               meetingTime `yaml:"end" doc:"When it is over, by default an hour after its start, or on the next day."`
	AllDay            bool        `yaml:"all_day" doc:"Whether it starts and ends on days, by default as its start says."`
	Participants      []invitee   `yaml:"participants,required" doc:"Who is invited, one at least. Those whose addresses people have link these people to the meeting."`
	LinkedRecords     []string    `yaml:"linked_records" doc:"The records that it is linked to besides, by object and key, like people/grace."`
	LinksParticipants *bool       `yaml:"links_participants" doc:"Whether it is linked to the people who have the addresses of participants, by default yes."`
	Synced            bool        `yaml:"synced" doc:"Whether it comes from a member's calendar, so that the API cannot delete it."`
	CreatedAt         *moment     `yaml:"created_at" doc:"When it was made, by default the scenario's clock."`
	CreatedBy         author      `yaml:"created_by" doc:"Who made it: a user, {token: name}, or the word system. By default the first admin."`
	ID                uuid        `yaml:"id" doc:"The id, where it is not the one that derives from its place."`

	wrong bool // what is written does not have the form, which is reported
}

// invitee is a participant of a meeting.
type invitee struct {
	placed
	EmailAddress string            `yaml:"email_address,short" doc:"The address."`
	Name         string            `yaml:"name" doc:"The name of somebody without an address."`
	Status       participantStatus `yaml:"status" doc:"The answer to the invitation, by default accepted."`
	IsOrganizer  bool              `yaml:"is_organizer" doc:"Whether they organize the meeting."`
}

// meetingTime is when a meeting starts or ends, in a form of the API or as a string alone.
type meetingTime struct {
	placed
	Datetime string `yaml:"datetime,short" doc:"A timestamp, or a date for an all-day meeting. Without an offset it is the local time of the time zone."`
	Timezone string `yaml:"timezone" doc:"The IANA name of the time zone, like Europe/Berlin."`
	Date     string `yaml:"date" doc:"A date for an all-day meeting."`
}

// participantStatus is what a participant answered.
type participantStatus string

func (participantStatus) words() (string, []string) {
	return "answer", asStrings(world.ParticipantStatuses())
}

func (m *meeting) decode(d *decoder, f yamltree.Field) {
	before := d.problems.Reported()
	d.decodeStruct(f, reflect.ValueOf(m).Elem())
	m.wrong = d.problems.Reported() > before
}

func (*meeting) schema() schema { return structSchema(reflect.TypeFor[meeting]()) }
