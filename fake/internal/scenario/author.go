package scenario

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// author is who did something: a member, a token, an app, or Attio itself.
type author struct {
	node             *yamltree.Node // nil if none is named
	user, token, app string
	system           bool
}

// systemAuthor is the word for Attio itself.
const systemAuthor = "system"

func (a *author) decode(d *decoder, f yamltree.Field) {
	switch {
	case f.Value.Kind == yamltree.KindString:
		a.user, a.system = f.Value.Text, f.Value.Text == systemAuthor
	case f.Value.Kind == yamltree.KindMapping && len(f.Value.Fields) == 1 && f.Value.Fields[0].Name == "token":
		decodeInto(d, f.Value.Fields[0], &a.token)
	case f.Value.Kind == yamltree.KindMapping && len(f.Value.Fields) == 1 && f.Value.Fields[0].Name == "app":
		decodeInto(d, f.Value.Fields[0], &a.app)
	default:
		d.problems.Add(f.Value.Position, "%s must be a user, {token: name}, {app: key}, or system", suggest.Quote(f.Name))
		return
	}
	a.node = f.Value
}

func (*author) schema() schema {
	by := func(what string) schema {
		return schema{
			"type": "object", "properties": schema{what: schema{"type": "string"}}, "required": []any{what}, "additionalProperties": false,
		}
	}
	return schema{"anyOf": []any{schema{"type": "string"}, by("token"), by("app")}}
}

// authorOf returns an author, by default the first admin.
func (b *builder) authorOf(a author) world.Author {
	switch {
	case a.node == nil:
		return b.author
	case a.system:
		return world.System()
	case a.token != "":
		if token, ok := b.tx.TokenNamed(a.token); ok {
			return token.Author()
		}
		if _, known := b.workspace.Tokens.get(a.token); !known {
			b.problems.AddUnknown(a.node.Position, "token", a.token, b.workspace.Tokens.keys())
		}
		return b.author
	}
	if a.app != "" {
		return b.appAuthor(a)
	}
	id := b.memberID(a.user)
	if _, known := b.workspace.Members.get(a.user); !known {
		b.problems.AddUnknown(a.node.Position, "member", a.user, b.workspace.Members.keys())
		return b.author
	}
	return world.MemberAuthor(id)
}

func (b *builder) appAuthor(a author) world.Author {
	var keys []string
	for _, app := range b.apps {
		if app.Key == a.app {
			return world.Author{Actor: attio.Actor{Type: attio.ActorApp, ID: app.ID}}
		}
		keys = append(keys, app.Key)
	}
	b.problems.AddUnknown(a.node.Position, "app", a.app, keys)
	return b.author
}

// putCreated adds when something was created, unless that is the default.
func (e *exporter) putCreated(m *yamltree.Mapping, at time.Time) {
	if !at.Equal(e.created) {
		m.Put(createdAtKey, timestamp(at))
	}
}

// putUpdated adds when something last changed, unless it never did.
func putUpdated(m *yamltree.Mapping, created, updated time.Time) {
	m.PutIf(!updated.Equal(created), "updated_at", timestamp(updated))
}

// putCreatedBy adds when and by whom something was created, unless these are the defaults.
func (e *exporter) putCreatedBy(m *yamltree.Mapping, at time.Time, by attio.Actor) {
	e.putCreated(m, at)
	e.putAuthor(m, createdByKey, by)
}

func (e *exporter) putAuthor(m *yamltree.Mapping, key string, by attio.Actor) {
	if by != e.admin {
		m.Put(key, e.author(by))
	}
}

func (e *exporter) author(by attio.Actor) any {
	key, known := e.keys[by.ID]
	app, ofApp := e.apps[by.ID]
	switch {
	case by.Type == attio.ActorApp && ofApp:
		return yamltree.MappingOf("app", yamltree.Text(app))
	case by.Type == attio.ActorSystem:
		return yamltree.Text(systemAuthor)
	case !known:
		e.documentExporter.refuse("%s: the actor %s %s is neither a member nor a token nor an app", e.state.Slug, by.Type, by.ID)
	case by.Type != attio.ActorWorkspaceMember:
		return yamltree.MappingOf("token", yamltree.Text(key))
	}
	return yamltree.Text(key)
}
