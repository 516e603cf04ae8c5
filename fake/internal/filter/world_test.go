package filter

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// ada and bob are the workspace members of every test.
var ada, bob = attio.PathID("acme/members/ada"), attio.PathID("acme/members/bob")

// tb is the part of a test that the helpers need; rapid's checks have it too.
type tb interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// seeded describes a record: its key, its object and its values in write form. References are written as
// "object/key".
type seeded struct {
	object, key string
	values      map[string]any
}

func recordID(object, key string) attio.ID { return attio.PathID("acme/" + object + "/" + key) }

func refTo(object, key string) any {
	return map[string]any{"target_object": object, "target_record_id": string(recordID(object, key))}
}

// build builds a workspace with an object named things, which has an attribute of nearly every type.
func build(t tb, all []seeded) *world.State {
	t.Helper()
	state, err := world.Build("acme", "Acme", noon, func(tx *world.Tx) error {
		for id, email := range map[attio.ID]string{ada: "ada@example.com", bob: "bob@example.com"} {
			if err := tx.AddMember(id, &world.User{Key: email, Email: email, FirstName: email}, world.Admin); err != nil {
				return err
			}
		}
		tx.EnableObject("deals")
		if err := addThings(tx); err != nil {
			return err
		}
		for _, s := range all {
			object, _ := tx.Schema.Object(s.object)
			var writes []world.Write
			for _, d := range object.Attributes {
				if value, ok := s.values[d.Slug]; ok {
					writes = append(writes, world.Write{Attribute: d.Slug, Value: plain(t, value)})
				}
			}
			if _, err := tx.CreateRecord(object, recordID(s.object, s.key), writes); err != nil {
				t.Fatalf("%s/%s: %v", s.object, s.key, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func addThings(tx *world.Tx) error {
	slug, one, many := "things", "Thing", "Things"
	if _, err := tx.CreateObject(world.ObjectEdit{Slug: &slug, Singular: &one, Plural: &many}); err != nil {
		return err
	}
	for _, d := range []attribute.Definition{
		{Slug: "code", Type: attribute.TypeText, Unique: true},
		{Slug: "title", Type: attribute.TypeText},
		{Slug: "size", Type: attribute.TypeNumber},
		{Slug: "serial", Type: attribute.TypeNumber, Unique: true},
		{Slug: "done", Type: attribute.TypeCheckbox},
		{Slug: "price", Type: attribute.TypeCurrency, Currency: attribute.Currency{Code: "USD", Display: "symbol"}},
		{Slug: "day", Type: attribute.TypeDate},
		{Slug: "at", Type: attribute.TypeTimestamp},
		{Slug: "stars", Type: attribute.TypeRating},
		{Slug: "stage", Type: attribute.TypeStatus, Statuses: []attribute.Status{{Title: "Lead"}, {Title: "Won"}, {Title: "Lost"}}},
		{Slug: "color", Type: attribute.TypeSelect, Options: []attribute.Option{{Title: "Red"}, {Title: "Blue"}, {Title: "Green"}}},
		{Slug: "colors", Type: attribute.TypeSelect, Multiselect: true, Options: []attribute.Option{{Title: "Red"}, {Title: "Blue"}, {Title: "Green"}}},
		{Slug: "owner", Type: attribute.TypeActorReference},
		{Slug: "near", Type: attribute.TypeRecordReference, Multiselect: true},
		{Slug: "place", Type: attribute.TypeLocation},
		{Slug: "sites", Type: attribute.TypeDomain, Multiselect: true},
		{Slug: "mails", Type: attribute.TypeEmailAddress, Multiselect: true},
		{Slug: "phones", Type: attribute.TypePhoneNumber, Multiselect: true},
	} {
		d.Title, d.Writable = d.Slug, true
		object, _ := tx.Schema.Object("things")
		if _, err := tx.CreateAttribute(object, d, nil); err != nil {
			return err
		}
	}
	return nil
}

// plain converts Go values to the types that JSON decodes to.
func plain(t tb, value any) any {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return shape.Plain(decode(t, string(text)))
}

func decode(t tb, text string) any {
	t.Helper()
	value, err := shape.Decode([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}

func source(t tb, state *world.State, object string) Source {
	t.Helper()
	o, ok := state.Schema.Object(object)
	if !ok {
		t.Fatalf("no object %s", object)
	}
	return Records(state, o)
}

// inColumns puts even few records into blocks and columns.
type inColumns struct {
	records
	size int // records per block
}

func (c inColumns) collection() (*collection, bool) { return c.collectionOf(c.size), true }

func (c inColumns) Object(slugOrID string, unknown func(string) *attio.Error) (Source, attio.ID, error) {
	to, id, err := c.records.Object(slugOrID, unknown)
	if err != nil {
		return nil, "", err
	}
	return inColumns{to.(records), c.size}, id, nil
}

// answer returns the result of a query: the keys of the records, or the error as JSON. It checks that the
// result is the same with and without columns.
func answer(t tb, state *world.State, object string, q Query) string {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 500
	}
	plain := source(t, state, object)
	result, err := q.Run(plain)
	columns, columnsErr := q.Run(inColumns{plain.(records), 2})
	if !reflect.DeepEqual(err, columnsErr) || !slices.Equal(columns.Items, result.Items) || columns.Score != result.Score {
		t.Fatalf("%v: in columns %v, %v, without %v, %v", q, columns, columnsErr, result, err)
	}
	if err != nil {
		text, jsonErr := json.Marshal(err)
		if jsonErr != nil {
			t.Fatal(jsonErr)
		}
		return string(text)
	}
	if count, err := q.Count(plain); q.Offset == 0 && (err != nil || min(count, q.Limit) != len(result.Items)) {
		t.Fatalf("%v: counted %d, %v, and found %d", q, count, err, len(result.Items))
	}
	keys := make([]string, len(result.Items))
	for i, item := range result.Items {
		keys[i] = string(item.(*world.Record).ID)
	}
	return strings.Join(keys, " ")
}

// matches returns the keys of the records that a filter finds, in alphabetical order.
func matches(t tb, state *world.State, all []seeded, object, filter string) string {
	t.Helper()
	got := answer(t, state, object, Query{Filter: decode(t, filter)})
	if strings.HasPrefix(got, "{") {
		return got
	}
	keys := keysOf(all, object, got)
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

// keysOf turns ids back into keys.
func keysOf(all []seeded, object, ids string) []string {
	names := make(map[string]string)
	for _, s := range all {
		names[string(recordID(object, s.key))] = s.key
	}
	var keys []string
	for id := range strings.FieldsSeq(ids) {
		keys = append(keys, names[id])
	}
	return keys
}
