package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// note is a text about a record.
type note struct {
	placed
	Record    string    `yaml:"record,required" doc:"The record that it is about, by object and key, like people/grace."`
	Title     string    `yaml:"title" doc:"The title, empty by default."`
	Markdown  string    `yaml:"markdown" doc:"What it says, in Attio's subset of Markdown."`
	Plaintext string    `yaml:"plaintext" doc:"What it says without formatting, in the place of markdown."`
	Meeting   string    `yaml:"meeting" doc:"The key of the meeting at which it was taken."`
	Tags      []noteTag `yaml:"tags" doc:"Whom and what it mentions: users who are members, and records like {record: people/grace}."`
	CreatedAt *moment   `yaml:"created_at" doc:"When it was made, by default the scenario's clock."`
	CreatedBy author    `yaml:"created_by" doc:"Who made it: a user, {token: name}, or the word system. By default the first admin."`
	ID        uuid      `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

// written returns what the note says, and in which format.
func (n *note) written() (world.NoteFormat, string) {
	if n.has("plaintext") {
		return world.PlaintextNote, n.Plaintext
	}
	return world.MarkdownNote, n.Markdown
}

// noteTag is whom or what a note mentions.
type noteTag struct{ *yamltree.Node }

func (t *noteTag) decode(d *decoder, f yamltree.Field) {
	switch {
	case f.Value.Kind == yamltree.KindString:
	case f.Value.Kind == yamltree.KindMapping && len(f.Value.Fields) == 1 && f.Value.Fields[0].Name == parentKey:
		if _, ok := d.text(f.Value.Fields[0]); !ok {
			return
		}
	default:
		d.problems.Add(f.Value.Position, "%s must be a user, or a record like {record: people/grace}", subject(f))
		return
	}
	t.Node = f.Value
}

func (*noteTag) schema() schema {
	return schema{"anyOf": []any{
		schema{"type": "string"},
		schema{
			"type": "object", "properties": schema{parentKey: schema{"type": "string"}},
			"required": []any{parentKey}, "additionalProperties": false,
		},
	}}
}
