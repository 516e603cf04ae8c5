package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// A change and an upsert take no other keys, but a new record does, by Attio's OpenAPI document.
var (
	newRecordShape = shape.Object(shape.Required("data", recordData))
	recordShape    = shape.Object(shape.Required("data", recordData.Strict()))
	recordData     = shape.Object(shape.Required("values", shape.Record(shape.Any())))

	upsertShape = shape.Object(shape.Required("matching_attribute", shape.String()))
)

// getRecord answers GET /v2/objects/{object}/records/{record_id}, and the same for an activity and for an entry of a list.
func getRecord(c *Call) (any, error) {
	id, err := c.recordID()
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	kind, record, err := c.record(state, id)
	if err != nil {
		return nil, err
	}
	return c.answerRecord(state.Schema, kind, c.Workspace.UnorderedReferences(state.Schema, kind, record)), nil
}

// createRecord answers POST /v2/objects/{object}/records, and the same of an activity.
func createRecord(c *Call) (any, error) {
	values, err := c.values(newRecordShape)
	if err != nil {
		return nil, err
	}
	return writeRecord(c, values, c.kind, func(tx *world.Tx, kind world.Kind, writes []world.Write) (*world.Record, error) {
		return tx.CreateRecord(kind, c.newID(), writes)
	})
}

// upsertRecord answers PUT /v2/objects/{object}/records, and the same of an activity.
func upsertRecord(c *Call) (any, error) {
	query, err := shape.Query[struct {
		MatchingAttribute string `json:"matching_attribute"`
	}](upsertShape, c.query())
	if err != nil {
		return nil, err
	}
	values, err := c.values(recordShape)
	if err != nil {
		return nil, err
	}
	return writeRecord(c, values, c.kind, func(tx *world.Tx, kind world.Kind, writes []world.Write) (*world.Record, error) {
		return tx.UpsertRecord(kind, query.MatchingAttribute, c.newUpsertID, writes)
	})
}

// overwriteRecord answers PUT /v2/objects/{object}/records/{record_id}, and the same of an activity.
func overwriteRecord(c *Call) (any, error) { return c.changeRecord(world.Overwrite, c.changedValues) }

// updateRecord answers PATCH /v2/objects/{object}/records/{record_id}, and the same of an activity.
func updateRecord(c *Call) (any, error) { return c.changeRecord(world.Prepend, c.changedValues) }

func (c *Call) changedValues() (*shape.Members, error) { return c.values(recordShape) }

func (c *Call) changeRecord(mode world.Mode, read func() (*shape.Members, error)) (any, error) {
	id, err := c.recordID()
	if err != nil {
		return nil, err
	}
	values, err := read()
	if err != nil {
		return nil, err
	}
	return writeRecord(c, values, c.kind, func(tx *world.Tx, kind world.Kind, writes []world.Write) (*world.Record, error) {
		return tx.UpdateRecord(kind, id, mode, writes)
	})
}

// deleteRecord answers DELETE /v2/objects/{object}/records/{record_id}, and the same for an activity and for an entry.
func deleteRecord(c *Call) (any, error) {
	id, err := c.recordID()
	if err != nil {
		return nil, err
	}
	return empty{}, c.update(func(tx *world.Tx) error {
		kind, err := c.kind(tx.Schema)
		if err != nil {
			return err
		}
		if err := tx.CheckMerged(kind, id); err != nil {
			return err
		}
		return tx.DeleteRecord(kind, id)
	})
}

// values reads the body of a write of a record. They keep the order of the body: if several are wrong, the answer is about
// the first.
func (c *Call) values(allowed shape.Schema) (*shape.Members, error) {
	return shape.MembersAt(allowed, c.json(), "data", "values")
}

// writeRecord writes values in a transaction, and answers with the record or entry after it.
func writeRecord[K world.Kind](c *Call, values *shape.Members, find func(*world.Schema) (K, error), write func(*world.Tx, K, []world.Write) (*world.Record, error)) (any, error) {
	writes := make([]world.Write, 0, values.Len())
	for key, value := range values.All() {
		writes = append(writes, world.Write{Attribute: key, Value: shape.Plain(value)})
	}
	var schema *world.Schema
	var kind K
	var record *world.Record
	err := c.update(func(tx *world.Tx) (err error) {
		schema = tx.Schema
		if kind, err = find(schema); err == nil {
			record, err = write(tx, kind, writes)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return answerWritten(schema, kind, c.Workspace.UnorderedReferences(schema, kind, record)), nil
}

// record returns a record of the object or the activity that the path names, and that, or an entry and its list.
func (c *Call) record(state *world.State, id attio.ID) (world.Kind, *world.Record, error) {
	kind, err := c.kind(state.Schema)
	if err != nil {
		return nil, nil, err
	}
	record, ok := state.Record(kind.Common().ID, id)
	if !ok {
		return nil, nil, kind.NotFound(id)
	}
	if _, ok := state.Merging(id, c.Workspace.Now()); ok {
		return nil, nil, attio.MergeInProgressOnRead(id)
	}
	return kind, record, nil
}

// kind returns the object, the list or the activity that the path names.
func (c *Call) kind(schema *world.Schema) (world.Kind, error) {
	if c.vars.has("list") {
		return c.list(schema)
	}
	if c.vars.has("activity") {
		return c.activity(schema)
	}
	return c.object(schema)
}

// recordID returns the id of the record or the entry in the path.
func (c *Call) recordID() (attio.ID, error) {
	if c.vars.has("entry_id") {
		return c.id("entry_id")
	}
	return c.id("record_id")
}

func (c *Call) newUpsertID() attio.ID { return attio.UpsertID(c.newID()) }
