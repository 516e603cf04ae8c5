package world

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// related are two objects that refer to each other and to themselves in every possible way, and a list of companies.
var related = map[string]map[string]modelAttribute{
	"people": {
		"job_title":       {},
		"email_addresses": {unique: true, multiselect: true},
		"company":         {other: "companies", inverse: "team"},
		"deputy":          {other: "people", inverse: "deputy_of"},
		"deputy_of":       {other: "people", inverse: "deputy"},
		"manager":         {other: "people", inverse: "reports"},
		"reports":         {other: "people", inverse: "manager", multiselect: true},
		"boards":          {other: "companies", inverse: "directors", multiselect: true},
		"employers":       {other: "companies", multiselect: true},
	},
	"companies": {
		"name":      {},
		"domains":   {unique: true, multiselect: true},
		"team":      {other: "people", inverse: "company", multiselect: true},
		"directors": {other: "people", inverse: "boards", multiselect: true},
		"contact":   {other: "people"},
	},
	"sales": {
		"parent_record": {other: "companies"},
		"stage":         {},
		"codes":         {unique: true, multiselect: true},
		"champions":     {other: "people", multiselect: true},
		"rivals":        {other: "companies", multiselect: true},
	},
}

// kindOf returns an object or a list by its slug.
func kindOf(s *State, slug string) Kind {
	if list, ok := s.Schema.List(slug); ok {
		return list
	}
	object, _ := s.Schema.Object(slug)
	return object
}

// relatedSeed has a workspace with these objects and no records.
func relatedSeed(t testing.TB) *Seed {
	t.Helper()
	state, err := Build("acme", "Acme", noon, func(tx *Tx) error {
		slug, access := "sales", FullAccess
		if _, err := tx.CreateList("companies", ListEdit{Slug: &slug, Name: &slug, WorkspaceAccess: &access}); err != nil {
			return err
		}
		object := func(slug string) *Object {
			o, _ := tx.Schema.Object(slug)
			return o
		}
		plain := func(slug string, kind attribute.Type, many bool) error {
			_, err := tx.CreateAttribute(kindOf(tx.State, "sales"), attribute.Definition{Slug: slug, Title: slug, Type: kind, Unique: many, Multiselect: many}, nil)
			return err
		}
		reference := func(on, slug, to string, multiselect bool, pair *Pair) error {
			_, err := tx.CreateAttribute(kindOf(tx.State, on), attribute.Definition{
				Slug: slug, Title: slug, Type: attribute.TypeRecordReference, Multiselect: multiselect, Objects: []attio.ID{object(to).ID},
			}, pair)
			return err
		}
		return errors.Join(
			reference("people", "deputy", "people", false, &Pair{Object: object("people"), Slug: "deputy_of", Title: "Deputy of"}),
			reference("people", "manager", "people", false, &Pair{Object: object("people"), Slug: "reports", Title: "Reports", Multiselect: true}),
			reference("people", "boards", "companies", true, &Pair{Object: object("companies"), Slug: "directors", Title: "Directors", Multiselect: true}),
			reference("people", "employers", "companies", true, nil),
			reference("companies", "contact", "people", false, nil),
			plain("stage", attribute.TypeText, false),
			plain("codes", attribute.TypeDomain, true),
			reference("sales", "champions", "people", true, nil),
			reference("sales", "rivals", "companies", true, nil),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	return &Seed{Clock: Start{At: noon, Frozen: true}, Workspaces: []*State{state}}
}

// TestRecordsAndEntriesKeepTheirIndicesRelationshipsAndHistory writes at random to a workspace and to a model of it,
// and compares them after every step. It also checks that earlier states never change.
func TestRecordsAndEntriesKeepTheirIndicesRelationshipsAndHistory(t *testing.T) {
	t.Parallel()
	seed := relatedSeed(t)
	rapid.Check(t, func(t *rapid.T) {
		w := New(seed)
		workspace, _ := w.Workspace("acme")
		m := &model{attributes: related, records: map[string]*modelRecord{}}
		type moment struct {
			state *State
			model *model
		}
		past := []moment{{workspace.View(), m}}

		// step runs one change on both sides.
		step := func(t *rapid.T, change func(tx *Tx) error, same func(m *model) error) {
			w.Clock.Advance(time.Second)
			next := m.clone()
			next.second++
			err, wanted := workspace.Update(Author{}, change), same(next)
			if fmt.Sprint(err) != fmt.Sprint(wanted) {
				t.Fatalf("got the error %v, want %v", err, wanted)
			}
			if wanted == nil {
				m = next
				past = append(past, moment{workspace.View(), m})
			} else {
				m = m.clone()
				m.second++
			}
		}
		object := func(t *rapid.T) string { return rapid.SampledFrom([]string{"companies", "people"}).Draw(t, "object") }
		kind := func(t *rapid.T) string {
			return rapid.SampledFrom([]string{"companies", "people", "sales"}).Draw(t, "kind")
		}
		record := func(t *rapid.T, object string) string {
			var ids []string
			for id, r := range m.records {
				if r.object == object {
					ids = append(ids, id)
				}
			}
			if ids == nil {
				t.Skip("no records yet")
			}
			slices.Sort(ids)
			return rapid.SampledFrom(ids).Draw(t, "record")
		}

		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) {
				if diff := cmp.Diff(m.page(), pageOf(workspace.View(), related)); diff != "" {
					t.Fatalf("the workspace is not like its model (-model +workspace):\n%s", diff)
				}
			},
			"create": func(t *rapid.T) {
				o, id := object(t), string(w.NewID())
				writes := drawWrites(t, m, o)
				step(t, func(tx *Tx) error {
					object, _ := tx.Schema.Object(o)
					_, err := tx.CreateRecord(object, attio.ID(id), asWritten(tx, o, writes))
					return err
				}, func(m *model) error { return m.create(o, id, writes) })
			},
			"add to the list": func(t *rapid.T) {
				parent, id := record(t, "companies"), string(w.NewID())
				writes := drawWrites(t, m, "sales")
				step(t, func(tx *Tx) error {
					list, _ := tx.Schema.List("sales")
					_, err := tx.CreateEntry(list, attio.ID(id), Parent{"companies", attio.ID(parent)}, asWritten(tx, "sales", writes))
					return err
				}, func(m *model) error { return m.createEntry(parent, id, writes) })
			},
			"upsert on the list": func(t *rapid.T) {
				parent, id := record(t, "companies"), string(w.NewID())
				writes := drawWrites(t, m, "sales")
				step(t, func(tx *Tx) error {
					list, _ := tx.Schema.List("sales")
					_, err := tx.UpsertEntry(list, Parent{"companies", attio.ID(parent)}, func() attio.ID { return attio.ID(id) }, asWritten(tx, "sales", writes))
					return err
				}, func(m *model) error { return m.upsertEntry(parent, id, writes) })
			},
			"update": func(t *rapid.T) {
				o := kind(t)
				id, writes := record(t, o), drawWrites(t, m, o)
				mode := rapid.SampledFrom([]Mode{Overwrite, Prepend}).Draw(t, "mode")
				step(t, func(tx *Tx) error {
					_, err := tx.UpdateRecord(kindOf(tx.State, o), attio.ID(id), mode, asWritten(tx, o, writes))
					return err
				}, func(m *model) error { return m.update(id, writes, func(string) bool { return mode == Prepend }) })
			},
			"upsert": func(t *rapid.T) {
				o, id := object(t), string(w.NewID())
				match := map[string]string{"people": "email_addresses", "companies": "domains"}[o]
				writes := slices.DeleteFunc(drawWrites(t, m, o), func(w modelWrite) bool { return w.slug == match })
				writes = append(writes, modelWrite{match, drawKeys(t, m, o, match, 1)})
				step(t, func(tx *Tx) error {
					object, _ := tx.Schema.Object(o)
					_, err := tx.UpsertRecord(object, match, func() attio.ID { return attio.ID(id) }, asWritten(tx, o, writes))
					return err
				}, func(m *model) error {
					_, err := m.upsert(o, match, id, writes)
					return err
				})
			},
			"delete": func(t *rapid.T) {
				o := kind(t)
				id := record(t, o)
				step(t, func(tx *Tx) error {
					return tx.DeleteRecord(kindOf(tx.State, o), attio.ID(id))
				}, func(m *model) error {
					m.delete(id)
					return nil
				})
			},
			"merge": func(t *rapid.T) {
				o, id := object(t), string(w.NewID())
				primary, secondary := record(t, o), record(t, o)
				step(t, func(tx *Tx) error {
					_, err := tx.MergeRecords(kindOf(tx.State, o).(*Object), attio.ID(id), attio.ID(primary), attio.ID(secondary))
					return err
				}, func(m *model) error { return m.merge(id, primary, secondary) })
			},
			"go back": func(t *rapid.T) {
				to := rapid.SampledFrom(past).Draw(t, "moment")
				second := m.second
				workspace.restore(to.state)
				m = to.model.clone()
				m.second = second
			},
		})
		for i, moment := range past {
			if diff := cmp.Diff(moment.model.page(), pageOf(moment.state, related)); diff != "" {
				t.Fatalf("state %d of %d has changed after it was over (-then +now):\n%s", i, len(past), diff)
			}
		}
	})
}

// drawWrites draws values for some attributes of an object or a list; entries keep their parents.
func drawWrites(t *rapid.T, m *model, object string) []modelWrite {
	writable := slices.DeleteFunc(slices.Sorted(maps.Keys(related[object])), func(slug string) bool { return slug == "parent_record" })
	slugs := rapid.SliceOfNDistinct(rapid.SampledFrom(writable), 0, 3, rapid.ID[string]).Draw(t, "attributes")
	writes := make([]modelWrite, len(slugs))
	for i, slug := range slugs {
		writes[i] = modelWrite{slug, drawKeys(t, m, object, slug, 0)}
	}
	return writes
}

// drawKeys draws values of an attribute from a small set, so that they often collide.
func drawKeys(t *rapid.T, m *model, object, slug string, least int) []string {
	a := related[object][slug]
	choices := []string{"one", "two"}
	switch {
	case slug == "email_addresses":
		choices = []string{"a@example.com", "b@example.com", "c@example.com", "d@example.com"}
	case slug == "domains" || slug == "codes":
		choices = []string{"a.com", "b.com", "c.com", "d.com"}
	case a.other != "":
		choices = nil
		for id, r := range m.records {
			if r.object == a.other {
				choices = append(choices, id)
			}
		}
		slices.Sort(choices)
	}
	most := 1
	if a.multiselect {
		most = 3
	}
	return rapid.SliceOfNDistinct(sampledOrNone(choices), least, min(most, len(choices)), rapid.ID[string]).Draw(t, slug)
}

// sampledOrNone is rapid.SampledFrom that accepts an empty list and then draws nothing.
func sampledOrNone(choices []string) *rapid.Generator[string] {
	if len(choices) == 0 {
		return rapid.Just("")
	}
	return rapid.SampledFrom(choices)
}

// asWritten converts what the model writes to what a client sends. It changes the case of e-mail addresses, and now and
// then names the attribute by its id.
func asWritten(tx *Tx, object string, writes []modelWrite) []Write {
	target := kindOf(tx.State, object).Common()
	var sent []Write
	for i, w := range writes {
		values := []any{}
		for _, key := range w.keys {
			switch a := related[object][w.slug]; {
			case a.other != "":
				values = append(values, map[string]any{"target_object": a.other, "target_record_id": key})
			case w.slug == "email_addresses":
				values = append(values, strings.ToUpper(key))
			default:
				values = append(values, key)
			}
		}
		name := w.slug
		if d, _ := target.Attribute(w.slug); i%2 == 1 {
			name = string(d.ID)
		}
		sent = append(sent, Write{name, values})
	}
	return sent
}
