package api

import (
	"encoding/json"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// RenderRecord returns the JSON of a record or an entry as the API answers it. The caller must not change it.
func RenderRecord(schema *world.Schema, kind world.Kind, record *world.Record) json.RawMessage {
	return renderRecord(schema, kind, record)
}

// RenderValues returns the JSON of values of an attribute as the API answers them, an array.
func RenderValues(schema *world.Schema, kind world.Kind, d *attribute.Definition, values []world.Held) json.RawMessage {
	return appendHeld(nil, owner{schema, kind.Common(), d}, values)
}

// RenderThing returns the JSON of what a change is about, but for records and entries, as the API shows
// it at a moment; nil for nothing, and for what the API shows nowhere. of is the object or list that it is in.
func RenderThing(state *world.State, of attio.ID, thing any, at time.Time) json.RawMessage {
	shown := show(state, of, thing, at)
	if shown == nil {
		return nil
	}
	body, _ := encode(shown) // it is made to be encoded
	return body
}

// show returns how the API shows a thing.
func show(state *world.State, of attio.ID, thing any, at time.Time) any {
	switch thing := thing.(type) {
	case *world.Object:
		return renderObject(state.Schema, thing)
	case *world.List:
		return renderList(state.Schema, thing)
	case *attribute.Definition:
		if kind, ok := state.Schema.Kind(of); ok {
			return renderAttribute(state.Schema, kind.Common(), thing)
		}
	case *world.View:
		if kind, ok := state.Schema.Kind(of); ok {
			return renderWholeView(state.Schema, kind.Common(), thing)
		}
	case *world.Member:
		return renderMember(state, thing)
	case *world.Note:
		return renderNote(state, thing)
	case *world.Task:
		return renderTask(state, thing)
	case *world.Comment:
		return renderComment(state, thing)
	case *world.Meeting:
		return renderMeeting(state, thing)
	case *world.CallRecording:
		return renderCallRecording(state, thing, at)
	case *world.Email:
		return renderEmail(state, state.Mail(), thing)
	case *world.File:
		return renderFile(state.Schema, thing)
	case *world.Webhook:
		return renderWebhook(state, thing)
	}
	return nil
}
