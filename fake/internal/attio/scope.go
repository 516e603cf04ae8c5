package attio

import (
	"fmt"
	"strings"
)

// Scope is a permission of a token, "<resource>:read" or "<resource>:read-write".
type Scope string

// scopeResources lists every resource in alphabetical order with the name that Attio's 403 uses.
// "Records" and "Emails" were seen on the wire; the others follow their pattern.
var scopeResources = []struct{ resource, title string }{
	{"activity_configuration", "Activity Configuration"},
	{"activity_record", "Activity Records"},
	{"call_recording", "Call Recordings"},
	{"comment", "Comments"},
	{"email", "Emails"},
	{"file", "Files"},
	{"list_configuration", "List Configuration"},
	{"list_entry", "List Entries"},
	{"meeting", "Meetings"},
	{"note", "Notes"},
	{"object_configuration", "Object Configuration"},
	{"private_collection", "Private Collections"},
	{"public_collection", "Public Collections"},
	{"record_permission", "Records"},
	{"sequence_unsubscribe", "Sequence Unsubscribes"},
	{"task", "Tasks"},
	{"user_management", "User Management"},
	{"view", "Views"},
	{"webhook", "Webhooks"},
}

const (
	levelRead      = ":read"
	levelReadWrite = ":read-write"
)

// AllScopes lists every scope, alphabetical, each resource's read before its read-write.
func AllScopes() []Scope {
	all := make([]Scope, 0, 2*len(scopeResources))
	for _, r := range scopeResources {
		all = append(all, Scope(r.resource+levelRead), Scope(r.resource+levelReadWrite))
	}
	return all
}

// Title says the scope as Attio's 403 does: "Read-Write access to the Records scope".
func (s Scope) Title() string {
	resource, level, _ := strings.Cut(string(s), ":")
	verb := "Read"
	if level == "read-write" {
		verb = "Read-Write"
	}
	for _, r := range scopeResources {
		if r.resource == resource {
			return fmt.Sprintf("%s access to the %s scope", verb, r.title)
		}
	}
	return fmt.Sprintf("%s access to the %s scope", verb, resource)
}

// ScopeSet is the set of scopes that a token holds. It is a bit mask, two bits a resource; the zero
// value holds none.
type ScopeSet uint64

// NewScopeSet makes a set, and names the first scope that Attio does not have.
func NewScopeSet(scopes ...Scope) (ScopeSet, error) {
	var set ScopeSet
	for _, s := range scopes {
		bits := scopeBits(s)
		if bits == 0 {
			return 0, fmt.Errorf("unknown scope %q", s)
		}
		set |= bits
	}
	return set, nil
}

// EveryScope is the set that holds each resource's read-write.
func EveryScope() ScopeSet { return 1<<(2*len(scopeResources)) - 1 }

// Has reports whether the set grants the scope; read-write grants read.
func (set ScopeSet) Has(s Scope) bool {
	bits := scopeBits(s)
	return bits != 0 && set&bits == bits
}

// Missing returns those of the required scopes that the set does not grant.
func (set ScopeSet) Missing(required []Scope) []Scope {
	var missing []Scope
	for _, s := range required {
		if !set.Has(s) {
			missing = append(missing, s)
		}
	}
	return missing
}

// List returns the scopes in alphabetical order with only the highest level of each resource, the
// way /v2/self reports them.
func (set ScopeSet) List() []Scope {
	list := []Scope{}
	for i, r := range scopeResources {
		switch level := set >> (2 * i) & 3; level {
		case 1:
			list = append(list, Scope(r.resource+levelRead))
		case 3:
			list = append(list, Scope(r.resource+levelReadWrite))
		}
	}
	return list
}

// String joins the list with spaces, as OAuth does.
func (set ScopeSet) String() string {
	list := set.List()
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return strings.Join(words, " ")
}

// scopeBits returns the bits of a scope, 1 for read and 3 for read-write at the place of its
// resource, or 0 for a scope that does not exist.
func scopeBits(s Scope) ScopeSet {
	resource, level, _ := strings.Cut(string(s), ":")
	for i, r := range scopeResources {
		if r.resource != resource {
			continue
		}
		switch level {
		case "read":
			return 1 << (2 * i)
		case "read-write":
			return 3 << (2 * i)
		}
	}
	return 0
}
