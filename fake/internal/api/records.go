package api

import (
	"net/url"

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
	id, err := c.id("record_id")
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	o, record, err := c.record(state, id)
	if err != nil {
		return nil, err
	}
	return answerRecord(state.Schema, o, record), nil
}

// createRecord answers POST /v2/objects/{object}/records.
func createRecord(c *Call) (any, error) {
	return c.writeRecord(func(tx *world.Tx, o *world.Object, writes []world.Write) (*world.Record, error) {
		return tx.CreateRecord(o, c.newID(), writes)
	})
}

// upsertRecord answers PUT /v2/objects/{object}/records.
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
	id, err := c.id("record_id")
	if err != nil {
		return nil, err
	}
	return empty{}, c.update(func(tx *world.Tx) error {
		o, err := c.object(tx.Schema)
		if err != nil {
			return err
		}
		return tx.DeleteRecord(o, id)
	})
}

// writeRecord reads the values of a write, runs it in a transaction, and answers with the record as it
// is then.
func (c *Call) writeRecord(write func(*world.Tx, *world.Object, []world.Write) (*world.Record, error)) (any, error) {
	body, err := shape.Body[recordBody](recordShape, c.json())
	if err != nil {
		return nil, err
	}
	writes := make([]world.Write, 0, body.Data.Values.Len())
	for key, value := range body.Data.Values.All() {
		writes = append(writes, world.Write{Attribute: key, Value: shape.Plain(value)})
	}
	var schema *world.Schema
	var o *world.Object
	var record *world.Record
	err = c.update(func(tx *world.Tx) (err error) {
		schema = tx.Schema
		if o, err = c.object(schema); err == nil {
			record, err = write(tx, o, writes)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return answerRecord(schema, o, record), nil
}

// record returns a record of the object that the path names, and the object.
func (c *Call) record(state *world.State, id attio.ID) (*world.Object, *world.Record, error) {
	o, err := c.object(state.Schema)
	if err != nil {
		return nil, nil, err
	}
	record, ok := state.Record(o.ID, id)
	if !ok {
		return nil, nil, attio.RecordNotFound(string(id))
	}
	return o, record, nil
}

func (c *Call) newUpsertID() attio.ID { return attio.UpsertID(c.newID()) }

func (c *Call) query() url.Values { return c.Request.URL.Query() }
