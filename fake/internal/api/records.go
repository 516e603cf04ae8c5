package api

import (
	"encoding/json"
	"net/url"

	"github.com/google/uuid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// recordBody is what every write of a record sends; the values keep the order of the body, because of
// several that are wrong the first answers.
type recordBody struct {
	Data struct {
		Values *shape.Members `json:"values"`
	} `json:"data"`
}

var (
	recordShape = shape.Object(shape.Required("data", shape.Object(shape.Required("values", shape.Record(shape.Any())))))
	upsertShape = shape.Object(shape.Required("matching_attribute", shape.String()))
)

// getRecord answers GET /v2/objects/{object}/records/{record_id}.
func getRecord(c *Call) (any, error) {
	state := c.Workspace.View()
	o, id, err := c.recordPath(state.Schema)
	if err != nil {
		return nil, err
	}
	record, ok := state.Record(o.ID, id)
	if !ok {
		return nil, attio.RecordNotFound(c.vars["record_id"])
	}
	return envelope{renderRecord(state.Schema, o, record)}, nil
}

// createRecord answers POST /v2/objects/{object}/records.
func createRecord(c *Call) (any, error) {
	return c.writeRecord(func(tx *world.Tx, o *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.CreateRecord(o, c.newID(), writes)
	})
}

// upsertRecord answers PUT /v2/objects/{object}/records. The id of a record that it makes is a UUIDv5,
// as recorded in May 2026; of what Attio makes it is not known.
func upsertRecord(c *Call) (any, error) {
	query, err := shape.Query[struct {
		MatchingAttribute string `json:"matching_attribute"`
	}](upsertShape, c.query())
	if err != nil {
		return nil, err
	}
	return c.writeRecord(func(tx *world.Tx, o *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.UpsertRecord(o, query.MatchingAttribute, c.newUpsertID, writes)
	})
}

// overwriteRecord answers PUT /v2/objects/{object}/records/{record_id}.
func overwriteRecord(c *Call) (any, error) { return c.changeRecord(world.Overwrite) }

// updateRecord answers PATCH /v2/objects/{object}/records/{record_id}.
func updateRecord(c *Call) (any, error) { return c.changeRecord(world.Prepend) }

func (c *Call) changeRecord(mode world.Mode) (any, error) {
	id, err := c.id("record_id")
	if err != nil {
		return nil, err
	}
	return c.writeRecord(func(tx *world.Tx, o *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.UpdateRecord(o, id, mode, writes)
	})
}

// deleteRecord answers DELETE /v2/objects/{object}/records/{record_id}.
func deleteRecord(c *Call) (any, error) {
	return empty{}, c.update(func(tx *world.Tx) error {
		o, id, err := c.recordPath(tx.Schema)
		if err != nil {
			return err
		}
		return tx.DeleteRecord(o, id)
	})
}

// writeRecord reads the values of a write and runs it in a transaction.
func (c *Call) writeRecord(write func(*world.Tx, *world.Object, []world.Write) (*world.Record, error)) (any, error) {
	body, err := shape.Body[recordBody](recordShape, c.json())
	if err != nil {
		return nil, err
	}
	writes := make([]world.Write, 0, body.Data.Values.Len())
	for key, value := range body.Data.Values.All() {
		writes = append(writes, world.Write{Attribute: key, Value: shape.Plain(value)})
	}
	var rendered json.RawMessage
	err = c.update(func(tx *world.Tx) error {
		o, err := c.object(tx.Schema)
		if err != nil {
			return err
		}
		record, err := write(tx, o, writes)
		if err != nil {
			return err
		}
		rendered = renderRecord(tx.Schema, o, record)
		return nil
	})
	return envelope{rendered}, err
}

// recordPath returns the object and the record's id that the path names. The form of the id is
// checked first, like that of every parameter.
func (c *Call) recordPath(schema *world.Schema) (*world.Object, attio.ID, error) {
	id, err := c.id("record_id")
	if err != nil {
		return nil, "", err
	}
	o, err := c.object(schema)
	return o, id, err
}

// newUpsertID returns a UUIDv5.
func (c *Call) newUpsertID() attio.ID {
	return attio.ID(uuid.NewSHA1(uuid.NameSpaceOID, []byte(c.newID())).String())
}

func (c *Call) query() url.Values { return c.Request.URL.Query() }
