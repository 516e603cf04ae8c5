package world

import "github.com/fakeattio/fakeattio/fake/internal/attio"

// Names holds the names that a scenario gives the things of a workspace: their keys, and the ids that do not derive
// from paths. It does not change once the scenario is built; all later states share it.
type Names struct {
	keys map[attio.ID]Name
	ids  map[string]attio.ID
}

// Name is the key of a thing in its section of a scenario.
type Name struct {
	Key   string
	Place int // grows from thing to thing of the scenario
}

// NewNames returns names for a workspace, with room for about so many things and without any. Ids derive from paths below
// it, such as "people/grace".
func NewNames(ids map[string]attio.ID, size int) *Names {
	return &Names{keys: make(map[attio.ID]Name, size), ids: ids}
}

// Add adds the key of a thing, and reports whether its id was new. Only the building of a scenario may call it.
func (n *Names) Add(id attio.ID, key string) bool {
	if _, taken := n.keys[id]; taken {
		return false
	}
	n.keys[id] = Name{key, len(n.keys)}
	return true
}

// NameOf returns the name of the thing with an id.
func (s *State) NameOf(id attio.ID) (Name, bool) {
	if s.Names == nil {
		return Name{}, false
	}
	name, ok := s.Names.keys[id]
	return name, ok
}

// Keyed returns the id of a thing by its key in a section of the scenario, or of what is an id already.
func (s *State) Keyed(section, keyOrID string) attio.ID {
	if id, ok := attio.ParseID(keyOrID); ok {
		return id
	}
	return s.SeededID(section + "/" + keyOrID)
}

// SeededID returns the id of the scenario's thing at a path below the workspace, such as "people/grace".
func (s *State) SeededID(path string) attio.ID {
	if s.Names != nil {
		if id, ok := s.Names.ids[path]; ok {
			return id
		}
	}
	return attio.PathID(s.Origin + "/" + path)
}
