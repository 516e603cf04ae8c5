package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// An entry of a list is a record with a parent: what answers the paths of both is with records.

// entryBody is the body of a request that makes an entry.
type entryBody struct {
	Data struct {
		ParentRecordID string         `json:"parent_record_id"`
		ParentObject   string         `json:"parent_object"`
		EntryValues    *shape.Members `json:"entry_values"`
	} `json:"data"`
}

func (b entryBody) parent() world.Parent {
	id, _ := attio.ParseID(b.Data.ParentRecordID) // the shape has checked it
	return world.Parent{Object: b.Data.ParentObject, Record: id}
}

// entryChange is the body of a request that changes an entry.
type entryChange struct {
	Data struct {
		ParentRecordID shape.Sent[any] `json:"parent_record_id"` // refused
		ParentObject   shape.Sent[any] `json:"parent_object"`    // refused
		EntryValues    *shape.Members  `json:"entry_values"`
	} `json:"data"`
}

// A change takes no other keys: Attio's OpenAPI document says so of it, and not of a new entry. The keys of
// the parent have an answer of their own, which comes after those to the shape: that is assumed.
var (
	newEntryShape = shape.Object(shape.Required("data", shape.Object(
		shape.Required("parent_record_id", shape.UUID()),
		shape.Required("parent_object", shape.String()),
		shape.Required("entry_values", shape.Record(shape.Any())),
	)))
	entryShape = shape.Object(shape.Required("data", shape.Object(
		shape.Optional("parent_record_id", shape.Any()),
		shape.Optional("parent_object", shape.Any()),
		shape.Required("entry_values", shape.Record(shape.Any())),
	).Strict()))
)

// createEntry answers POST /v2/lists/{list}/entries.
func createEntry(c *Call) (any, error) {
	return c.addEntry(attio.ListNotFoundOnCreate, func(tx *world.Tx, l *world.List, parent world.Parent, writes []world.Write) (*world.Record, error) {
		return tx.CreateEntry(l, c.newID(), parent, writes)
	})
}

// upsertEntry answers PUT /v2/lists/{list}/entries.
func upsertEntry(c *Call) (any, error) {
	return c.addEntry(attio.ListNotFoundOnUpsert, func(tx *world.Tx, l *world.List, parent world.Parent, writes []world.Write) (*world.Record, error) {
		return tx.UpsertEntry(l, parent, c.newUpsertID, writes)
	})
}

// addEntry runs a write that names the parent record of the entry.
func (c *Call) addEntry(unknown func(string) *attio.Error, write func(*world.Tx, *world.List, world.Parent, []world.Write) (*world.Record, error)) (any, error) {
	body, err := shape.Body[entryBody](newEntryShape, c.json())
	if err != nil {
		return nil, err
	}
	find := func(schema *world.Schema) (*world.List, error) {
		return c.listNamed(schema, c.vars.get("list"), world.ReadAndWrite, unknown)
	}
	return writeRecord(c, body.Data.EntryValues, find, func(tx *world.Tx, l *world.List, writes []world.Write) (*world.Record, error) {
		return write(tx, l, body.parent(), writes)
	})
}

// overwriteEntry answers PUT /v2/lists/{list}/entries/{entry_id}.
func overwriteEntry(c *Call) (any, error) { return c.changeRecord(world.Overwrite, c.entryValues) }

// updateEntry answers PATCH /v2/lists/{list}/entries/{entry_id}.
func updateEntry(c *Call) (any, error) { return c.changeRecord(world.Prepend, c.entryValues) }

// entryValues reads the body of a change of an entry.
func (c *Call) entryValues() (*shape.Members, error) {
	body, err := shape.Body[entryChange](entryShape, c.json())
	if err == nil && (body.Data.ParentRecordID.Given || body.Data.ParentObject.Given) {
		err = attio.ParentImmutable()
	}
	return body.Data.EntryValues, err
}
