package api

import (
	"encoding/json"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// RenderRecord returns the JSON of a record or an entry as the API answers it.
func RenderRecord(schema *world.Schema, kind world.Kind, record *world.Record) json.RawMessage {
	return appendRecord(nil, schema, kind, record)
}

// AppendValues appends the JSON of values of an attribute as the API answers them, an array.
func AppendValues(b []byte, schema *world.Schema, kind world.Kind, d *attribute.Definition, values []world.Held) []byte {
	return appendHeld(b, &owner{schema, kind.Common(), d}, values)
}

// RenderThing returns the JSON of a thing of a kind as the API shows it at a moment. of is the object or list that it is in.
// It returns nil for no thing, and for a kind that NotRendered has a reason for.
func RenderThing(state *world.State, kind world.Thing, of attio.ID, thing any, at time.Time) json.RawMessage {
	render := renderings[kind].render
	if thing == nil || render == nil {
		return nil
	}
	shown := render(moment{state, of, at}, thing)
	if shown == nil {
		return nil
	}
	body, _ := encode(shown) // it is made to be encoded
	return body
}

// NotRendered says why RenderThing renders no thing of a kind; it returns "" where it does.
func NotRendered(kind world.Thing) (reason string) { return renderings[kind].never }

// renderings says how the API shows each kind of thing, or why RenderThing does not.
var renderings = map[world.Thing]rendering{
	world.ThingWorkspace:      never("the API shows a workspace only as a part of what a token is"),
	world.ThingToken:          never("the API shows no token but the one that asks"),
	world.ThingRecord:         never("a change of a record lists attributes: see AppendValues"),
	world.ThingEntry:          never("a change of an entry lists attributes: see AppendValues"),
	world.ThingActivityRecord: never("a change of a record lists attributes: see AppendValues"),
	world.ThingUnsubscribed:   never("the address, which is the id of the change, is all that the API shows"),

	world.ThingObject:   as(func(m moment, o *world.Object) any { return renderObject(m.state.Schema, o) }),
	world.ThingList:     as(func(m moment, l *world.List) any { return renderList(m.state.Schema, l) }),
	world.ThingActivity: as(func(m moment, a *world.Activity) any { return renderActivity(m.state.Schema, a) }),
	world.ThingAttribute: within(func(m moment, in *world.Target, d *attribute.Definition) any {
		return renderAttribute(m.state.Schema, in, d)
	}),
	world.ThingView: within(func(m moment, in *world.Target, v *world.View) any {
		return renderWholeView(m.state.Schema, in, v)
	}),
	world.ThingMember:  as(func(m moment, member *world.Member) any { return renderMember(m.state, member) }),
	world.ThingInvite:  as(func(_ moment, i *world.Invite) any { return renderInvite(i) }),
	world.ThingTeam:    as(func(_ moment, t *world.Team) any { return renderTeam(t) }),
	world.ThingNote:    as(func(m moment, n *world.Note) any { return renderNote(m.state, n) }),
	world.ThingTask:    as(func(m moment, t *world.Task) any { return renderTask(m.state, t) }),
	world.ThingComment: as(func(m moment, c *world.Comment) any { return renderComment(m.state, c) }),
	world.ThingMeeting: as(func(m moment, meeting *world.Meeting) any { return renderMeeting(m.state, meeting) }),
	world.ThingCallRecording: as(func(m moment, r *world.CallRecording) any {
		return renderCallRecording(m.state, r, m.at)
	}),
	world.ThingFile:    as(func(m moment, f *world.File) any { return renderFile(m.state.Schema, f) }),
	world.ThingEmail:   as(func(m moment, e *world.Email) any { return renderEmail(m.state, m.state.Mail(), e) }),
	world.ThingWebhook: as(func(m moment, w *world.Webhook) any { return renderWebhook(m.state, w) }),
}

// rendering is how the API shows a kind of thing: a function, or the reason why there is none.
type rendering struct {
	render func(m moment, thing any) any
	never  string
}

// moment is when and where a thing is rendered.
type moment struct {
	state *world.State
	of    attio.ID // the object or list that the thing is in, or empty
	at    time.Time
}

func never(reason string) rendering { return rendering{never: reason} }

// as renders things of one type.
func as[T any](render func(moment, T) any) rendering {
	return rendering{render: func(m moment, thing any) any { return render(m, thing.(T)) }}
}

// within renders things that are in an object or a list, unless that is gone.
func within[T any](render func(m moment, in *world.Target, thing T) any) rendering {
	return as(func(m moment, thing T) any {
		kind, ok := m.state.Schema.Kind(m.of)
		if !ok {
			return nil
		}
		return render(m, kind.Common(), thing)
	})
}
