package scenario

import (
	"reflect"

	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// message is an e-mail that a mailbox of the workspace has.
type message struct {
	placed
	SentAt  *moment  `yaml:"sent_at,required" doc:"When it was sent."`
	Subject string   `yaml:"subject" doc:"The subject line. Without it there is none, or the mailbox shares none."`
	From    string   `yaml:"from,required" doc:"Whom it is from: an address like grace@example.com, or Grace Hopper <grace@example.com>."`
	ReplyTo []string `yaml:"reply_to" doc:"To whom answers go."`
	To      []string `yaml:"to" doc:"To whom it is."`
	CC      []string `yaml:"cc" doc:"Who has a copy."`
	BCC     []string `yaml:"bcc" doc:"Who has a copy and is seen by nobody else."`
	Mailbox email    `yaml:"mailbox" doc:"The address of the mailbox, by default that of the first workspace member who takes part."`
	ID      uuid     `yaml:"id" doc:"The id, where it is not the one that derives from its place."`

	wrong bool // what is written does not have the form, which is reported
}

func (m *message) decode(d *decoder, f yamltree.Field) {
	before := d.problems.Reported()
	d.decodeStruct(f, reflect.ValueOf(m).Elem())
	m.wrong = d.problems.Reported() > before
}

func (*message) schema() schema { return structSchema(reflect.TypeFor[message]()) }

// recipient is an address, or a domain and all addresses there.
type recipient string

func (recipient) form() form {
	return form{"address or domain", `^([^@\s]+@)?[^@\s]+\.[^@\s]+$`, "write one like grace@example.com, or example.com"}
}
