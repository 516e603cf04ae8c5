package scenario

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// heldValue is a value that a record or an entry has or had for an attribute.
type heldValue struct {
	placed
	Value written `yaml:"value,required" doc:"The value, in a write form of the API."`
	From  *moment `yaml:"from" doc:"Since when, by default since the making of what has it."`
	Until *moment `yaml:"until" doc:"Until when; without it to this day."`
	By    author  `yaml:"by" doc:"Who wrote it: a user, {token: name}, or the word system. By default the first admin."`
}

const (
	idKey      = "id"
	historyKey = "history"
)

// isReserved reports whether a slug means something else among the keys of a record or an entry. An attribute that has
// it goes by its id there.
func isReserved(kind world.Kind, slug string) bool {
	_, isList := kind.(*world.List)
	return slices.Contains([]string{idKey, changesKey, historyKey}, slug) || isList && slug == parentKey
}

// uuid is an id that is not derived.
type uuid string

func (uuid) form() form {
	return form{"id", `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`, "write a UUID in lower case"}
}
