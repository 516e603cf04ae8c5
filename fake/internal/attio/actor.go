package attio

// ActorType is what kind of actor did something.
type ActorType string

// The types of actors. The system's actor has no id.
const (
	ActorWorkspaceMember ActorType = "workspace-member"
	ActorAPIToken        ActorType = "api-token"
	ActorApp             ActorType = "app"
	ActorSystem          ActorType = "system"
)

// ActorTypes lists the types in the order of Attio's OpenAPI document.
func ActorTypes() []ActorType {
	return []ActorType{ActorAPIToken, ActorWorkspaceMember, ActorSystem, ActorApp}
}

// Actor is who did something: a workspace member, an API key, an app, or Attio itself.
type Actor struct {
	Type ActorType
	ID   ID // empty for the system
}

// AppendJSON appends `{"type":"system","id":null}`.
func (a Actor) AppendJSON(b []byte) []byte {
	b = append(b, `{"type":"`...)
	b = append(b, a.Type...)
	b = append(b, `","id":`...)
	b = a.ID.appendNullable(b)
	return append(b, '}')
}

// MarshalJSON writes what AppendJSON does.
func (a Actor) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil), nil }

func (id ID) appendNullable(b []byte) []byte {
	if id == "" {
		return append(b, "null"...)
	}
	b = append(b, '"')
	b = append(b, id...)
	return append(b, '"')
}
