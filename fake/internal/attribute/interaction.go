package attribute

import (
	"cmp"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Interaction is a value of an interaction attribute. Attio computes them from e-mails and calendars.
type Interaction struct {
	Type  string // one of InteractionTypes
	At    time.Time
	Owner attio.Actor
}

// InteractionTypes lists what an interaction can be: the types of Attio's OpenAPI document of August
// 2026 and "activity", which that of October has.
func InteractionTypes() []string {
	return []string{"activity", "calendar-event", "call", "chat-thread", "email", "in-person-meeting", "meeting"}
}

// parseInteraction reads the form in which interactions read. Only seeds may write them; how Attio
// refuses was never captured.
func (r reader) parseInteraction(written any) (Value, error) {
	if !r.seed {
		return nil, Issues{{Code: "invalid", Path: []any{}, Message: "Interaction attributes cannot be written"}}
	}
	f, err := objectForm(written)
	if err != nil {
		return nil, err
	}
	kind, ok := f.text("interaction_type")
	if ok && !slices.Contains(InteractionTypes(), kind) {
		f.refuse(invalidOption("interaction_type", kind, InteractionTypes()))
	}
	at := f.moment("interacted_at")
	var owner attio.Actor
	if value, ok := f.get("owner_actor", "object"); ok {
		if owner, ok = parseActor(value, "type", "id"); !ok {
			f.refuse(invalidMember("owner_actor", "Invalid actor"))
		}
	}
	f.only()
	return Interaction{kind, at, owner}, f.err()
}

// AppendFields appends `"interaction_type":"email","interacted_at":"…","owner_actor":{…}`.
func (i Interaction) AppendFields(b []byte, _ Owner) []byte {
	b = appendMember(b, "interaction_type", i.Type)
	b = appendTime(append(b, `,"interacted_at":`...), i.At)
	return i.Owner.AppendJSON(append(b, `,"owner_actor":`...))
}

// Key is all fields as they read.
func (i Interaction) Key() string { return string(i.AppendFields(nil, nil)) }

// Together implements Value.
func (i Interaction) Together() Value { return i }

// Compare puts earlier interactions first.
func (i Interaction) Compare(other Value, _ *Definition) int {
	o, ok := other.(Interaction)
	if !ok {
		return -1
	}
	return cmp.Or(i.At.Compare(o.At), cmp.Compare(i.Type, o.Type), compareActors(i.Owner, o.Owner))
}
