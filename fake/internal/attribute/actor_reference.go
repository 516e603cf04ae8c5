package attribute

import (
	"cmp"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// ActorReference is a value of an actor-reference attribute.
type ActorReference struct{ attio.Actor }

// parseActorReference reads a workspace member by e-mail address or id. Other actors cannot be
// written, says Attio's OpenAPI document.
func (r reader) parseActorReference(written any) (Value, error) {
	if email, ok := memberEmail(written); ok {
		id, ok := r.ws.FindMember(email)
		if !ok {
			return nil, attio.TargetMemberEmailNotFound(email)
		}
		return ActorReference{attio.Actor{Type: attio.ActorWorkspaceMember, ID: id}}, nil
	}
	actor, ok := parseActor(written, "referenced_actor_type", "referenced_actor_id")
	isMember := actor.Type == attio.ActorWorkspaceMember
	switch {
	case !ok || !isMember && !r.seed:
		return nil, failedUnion()
	case isMember && !r.ws.HasMember(actor.ID):
		return nil, attio.TargetMemberNotFound(actor.ID)
	}
	return ActorReference{actor}, nil
}

// memberEmail reads the two forms that name a member by e-mail address.
func memberEmail(written any) (email string, ok bool) {
	if members, isObject := written.(map[string]any); isObject {
		if len(members) != 1 {
			return "", false
		}
		written = members["workspace_member_email_address"]
	}
	email, ok = written.(string)
	return email, ok
}

// parseActor reads an actor of any type from an object with the two keys given.
func parseActor(written any, typeKey, idKey string) (attio.Actor, bool) {
	members, _ := written.(map[string]any)
	name, _ := members[typeKey].(string)
	actor := attio.Actor{Type: attio.ActorType(name)}
	id, hasID := members[idKey]
	if len(members) != 2 || !hasID || !slices.Contains(attio.ActorTypes(), actor.Type) {
		return attio.Actor{}, false
	}
	if actor.Type == attio.ActorSystem {
		return actor, id == nil
	}
	text, _ := id.(string)
	var ok bool
	actor.ID, ok = attio.ParseID(text)
	return actor, ok
}

// AppendFields appends `"referenced_actor_type":"workspace-member","referenced_actor_id":"…"`; the
// system's id is null.
func (a ActorReference) AppendFields(b []byte, _ Owner) []byte {
	b = appendMember(b, "referenced_actor_type", string(a.Type))
	return appendNullableMember(append(b, ','), "referenced_actor_id", nullableID(a.ID))
}

func nullableID(id attio.ID) *string {
	if id == "" {
		return nil
	}
	s := string(id)
	return &s
}

// Key is the actor's type and id.
func (a ActorReference) Key() string { return string(a.Type) + "/" + string(a.ID) }

// Together implements Value.
func (a ActorReference) Together() Value { return a }

// Compare orders by type and id; Attio's order is not known.
func (a ActorReference) Compare(other Value, _ *Definition) int {
	o, ok := other.(ActorReference)
	if !ok {
		return -1
	}
	return compareActors(a.Actor, o.Actor)
}

func compareActors(a, b attio.Actor) int {
	return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.ID, b.ID))
}
