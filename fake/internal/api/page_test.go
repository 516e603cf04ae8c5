package api

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestRecordsKeepABoundedAmountOfJSON(t *testing.T) {
	t.Parallel()
	schema, kind, records := clerks(t, 3000)
	rendered := new(renderedRecords)
	keptBy := func() (bytes, kept int) {
		for _, record := range records {
			if json := record.Rendered(schema); json != nil {
				bytes, kept = bytes+len(json), kept+1
			}
		}
		return bytes, kept
	}
	for _, record := range records {
		first := (&Page{schema: schema, kind: kind, records: []*world.Record{record}, keep: rendered}).Append(nil)
		if again := (&Page{schema: schema, kind: kind, records: []*world.Record{record}}).Append(nil); !bytes.Equal(first, again) {
			t.Fatalf("answered %s and then %s", first, again)
		}
	}
	if size, kept := keptBy(); kept == 0 || kept == len(records) || size > maxRendered || size < maxRendered/2 {
		t.Errorf("%d records keep %d bytes", kept, size)
	}
	if records[0].Rendered(schema) != nil || records[len(records)-1].Rendered(schema) == nil {
		t.Error("it was not the oldest that were forgotten")
	}
	if records[len(records)-1].Rendered(new(world.Schema)) != nil {
		t.Error("a record has JSON for a schema under which it was never rendered")
	}
}

func TestALongListLeavesTheJSONThatRecordsKeep(t *testing.T) {
	t.Parallel()
	schema, kind, records := clerks(t, maxKeptList+1)
	c := &Call{rendered: new(renderedRecords)}
	c.answerList(schema, kind, records).Append(nil)
	if records[0].Rendered(schema) != nil {
		t.Error("a record of a list that is too long keeps its JSON")
	}
	c.answerList(schema, kind, records[1:]).Append(nil)
	if records[1].Rendered(schema) == nil {
		t.Error("a record of a short list does not keep its JSON")
	}
}

// clerks returns so many people of a new workspace.
func clerks(t *testing.T, n int) (*world.Schema, world.Kind, []*world.Record) {
	t.Helper()
	var records []*world.Record
	state, err := world.Build("acme", "Acme", world.NewClock(world.Start{}).Now(), func(tx *world.Tx) error {
		people, _ := tx.Schema.Object("people")
		for i := range n {
			record, err := tx.CreateRecord(people, attio.PathID(fmt.Sprint(i)), []world.Write{{Attribute: "job_title", Value: "Clerk"}})
			if err != nil {
				return err
			}
			records = append(records, record)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	people, _ := state.Schema.Object("people")
	return state.Schema, people, records
}
