package filter

import (
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// These tests compare blocks and columns with the records themselves; the helper answer compares queries.

func TestBlocksHoldTheRecordsAndStayWhereNothingIsWritten(t *testing.T) {
	t.Parallel()
	const size = 3
	rapid.Check(t, func(t *rapid.T) {
		workspace := workspaceOf(build(t, nil))
		var before []*block
		for step := range rapid.IntRange(1, 12).Draw(t, "transactions") {
			writes := rapid.SampledFrom([]int{0, 1, 1, 1, 5, 20}).Draw(t, "writes")
			update(t, workspace, func(tx *world.Tx) error {
				things, _ := tx.Schema.Object("things")
				for i := range writes {
					ids := recordIDs(tx.State, things.ID)
					kind := rapid.IntRange(0, 3).Draw(t, "kind")
					if kind < 2 || len(ids) == 0 {
						if _, err := tx.CreateRecord(things, recordID("things", fmt.Sprint(step, "-", i)), nil); err != nil {
							return err
						}
						continue
					}
					id := rapid.SampledFrom(ids).Draw(t, "record")
					if kind == 2 {
						if err := tx.DeleteRecord(things, id); err != nil {
							return err
						}
					} else if err := entitle(tx, id, fmt.Sprint("title ", step, i)); err != nil {
						return err
					}
				}
				return nil
			})
			things := source(t, workspace.View(), "things").(records)
			after := things.collectionOf(size).blocks
			var held, ids []attio.ID
			for _, b := range after {
				for i, record := range b.records {
					if present, ok := things.state.Record(things.of.ID, record.ID); !ok || present != record || b.ids[i] != record.ID {
						t.Fatalf("%s is another version", record.ID)
					}
					held = append(held, record.ID)
				}
				if len(b.records) == 0 || len(b.records) >= 2*size {
					t.Fatalf("a block has %d records", len(b.records))
				}
			}
			if ids = recordIDs(things.state, things.of.ID); !slices.Equal(held, ids) {
				t.Fatalf("the blocks hold %v, want %v", held, ids)
			}
			lost := 0
			for _, b := range before {
				if !slices.Contains(after, b) {
					lost++
				}
			}
			if lost > writes {
				t.Fatalf("%d writes changed %d of %d blocks", writes, lost, len(before))
			}
			before = after
		}
	})
}

func TestAWriteRenewsTheColumnsOfOneBlock(t *testing.T) {
	t.Parallel()
	workspace := many(t, 20*blockSize)
	query := Query{Filter: decode(t, `{"$or":[{"title":{"$contains":"none"}},{"size":-1}]}`)}
	columns := func() map[*column]int {
		things := source(t, workspace.View(), "things").(records)
		if _, err := query.Count(things); err != nil {
			t.Fatal(err)
		}
		all := map[*column]int{}
		for _, b := range things.collectionOf(blockSize).blocks {
			for _, c := range b.columns {
				all[c] = len(c.values)
			}
		}
		return all
	}
	before := columns()
	for i := range 5 {
		update(t, workspace, func(tx *world.Tx) error { return entitle(tx, recordID("things", strconv.Itoa(i*77)), "Another") })
		after, made, values := columns(), 0, 0
		for c, n := range after {
			if _, known := before[c]; !known {
				made, values = made+1, values+n
			}
		}
		if len(after) != 2*20 || made != 2 || values > 2*2*blockSize {
			t.Errorf("of %d columns a write renews %d with %d values", len(after), made, values)
		}
		before = after
	}
}

func TestQueriesOfOneMomentFindTheSameWhileOthersWrite(t *testing.T) {
	t.Parallel()
	var all []seeded
	for i := range 100 {
		all = append(all, seeded{"things", strconv.Itoa(i), map[string]any{"code": strconv.Itoa(i), "title": fmt.Sprint("Title ", i%10)}})
	}
	workspace := workspaceOf(build(t, all))
	query := Query{Filter: decode(t, `{"title":{"$contains":"TITLE 3"}}`), Sorts: []Sort{asc("title", "")}, Limit: 500}
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 50 {
				plain := source(t, workspace.View(), "things").(records)
				want, err := query.Run(plain)
				if err != nil {
					t.Error(err)
				}
				if got, err := query.Run(inColumns{plain, 8}); err != nil || !slices.Equal(got.Items, want.Items) {
					t.Errorf("found %d, %v, want %d", len(got.Items), err, len(want.Items))
				}
			}
		})
	}
	for i := range 100 {
		update(t, workspace, func(tx *world.Tx) error {
			return entitle(tx, recordID("things", strconv.Itoa(i*37%100)), fmt.Sprint("title 3", i))
		})
	}
	readers.Wait()
}

func TestLargeCollectionsAreScannedInColumns(t *testing.T) {
	t.Parallel()
	for size, want := range map[int]bool{columnsFrom - 1: false, columnsFrom: true} {
		var all []seeded
		for i := range size {
			all = append(all, seeded{"companies", strconv.Itoa(i), map[string]any{"name": fmt.Sprint("Company ", i)}})
		}
		companies := source(t, build(t, all), "companies")
		result, err := Query{Filter: decode(t, `{"name":{"$ends_with":" 77"}}`), Limit: 5}.Run(companies)
		if err != nil || len(result.Items) != 1 {
			t.Fatalf("found %d, %v", len(result.Items), err)
		}
		if _, got := companies.(columnar).collection(); got != want {
			t.Errorf("%d records in columns: %v", size, got)
		}
	}
}

func workspaceOf(state *world.State) *world.Workspace {
	workspace, _ := world.New(&world.Seed{Workspaces: []*world.State{state}}).Workspace(state.Slug)
	return workspace
}

func update(t tb, workspace *world.Workspace, change func(*world.Tx) error) {
	t.Helper()
	if err := workspace.Update(world.Author{Actor: attio.Actor{Type: attio.ActorSystem}}, change); err != nil {
		t.Fatal(err)
	}
}

func entitle(tx *world.Tx, id attio.ID, title string) error {
	things, _ := tx.Schema.Object("things")
	_, err := tx.UpdateRecord(things, id, world.Overwrite, []world.Write{{Attribute: "title", Value: title}})
	return err
}

func recordIDs(state *world.State, of attio.ID) (ids []attio.ID) {
	for record := range state.Records(of) {
		ids = append(ids, record.ID)
	}
	return ids
}
