package search

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// plainly searches by the rules alone, without an index: it looks at every record.
func plainly(state *world.State, object *world.Object, typed string, limit int) []attio.ID {
	type match struct {
		level int
		label string
		id    attio.ID
	}
	queries := readQuery(typed)
	var matches, misses []match
	for record := range state.Records(object.ID) {
		_, phrases := fieldsOf(object).read(record)
		m := match{level: 3, label: fold(Label(object, record)), id: record.ID}
		for _, q := range queries {
			for _, phrase := range phrases {
				if phrase == q.phrase {
					m.level = min(m.level, 0)
				} else if strings.HasPrefix(phrase, q.phrase) {
					m.level = min(m.level, 1)
				}
			}
			if edits, ok := editsOf(q.words, wordsOf(phrases...), false); ok && edits == 0 {
				m.level = min(m.level, 2)
			}
		}
		if m.level < 3 {
			matches = append(matches, m)
		} else if len(queries) > 0 {
			if edits, ok := editsOf(queries[0].words, wordsOf(phrases...), true); ok {
				m.level = edits
				misses = append(misses, m)
			}
		}
	}
	if matches == nil {
		matches = misses
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.label, b.label), cmp.Compare(a.id, b.id))
	})
	ids := []attio.ID{}
	for _, m := range matches[:min(limit, len(matches))] {
		ids = append(ids, m.id)
	}
	return ids
}

// editsOf returns how many edits turn the queried words into words of a record or their beginnings, as far as near
// misses count.
func editsOf(queried, words []string, near bool) (total int, ok bool) {
	for _, q := range queried {
		least := tolerance(q) + 1
		for _, word := range words {
			if strings.HasPrefix(word, q) {
				least = 0
			} else if near {
				least = min(least, distance([]rune(q), []rune(word), tolerance(q)))
			}
		}
		if least > tolerance(q) {
			return 0, false
		}
		total += least
	}
	return total, true
}

func TestSearchesFindWhatTheRulesSayWhateverWasWrittenBefore(t *testing.T) {
	t.Parallel()
	first := rapid.SampledFrom([]string{"Ada", "Adam", "Adán", "Bob", "Robert", "Roberta", "Augusta Ada", "R2D2", ""})
	last := rapid.SampledFrom([]string{"Byron", "Byrne", "Lovelace", "Lovelock", "Smith", "Smyth", "O'Brien", ""})
	query := rapid.OneOf(
		first, last,
		rapid.StringOfN(rapid.RuneFrom([]rune("abrdoelmsty1@. ")), 1, 9, -1),
		rapid.Custom(func(t *rapid.T) string { return first.Draw(t, "first") + " " + last.Draw(t, "last") }),
		rapid.SampledFrom([]string{"lovelcae", "rboert", "smit", "example.com", "+1 212", "2125551234", "x.com/ada", "byrn ad"}),
	).Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
	person := rapid.Custom(func(t *rapid.T) values {
		f, l := first.Draw(t, "first"), last.Draw(t, "last")
		v := values{"name": name(f, l), "job_title": rapid.SampledFrom([]string{"Smith", "Byron"}).Draw(t, "job")}
		if rapid.Bool().Draw(t, "has a handle") {
			v["twitter"] = rapid.SampledFrom([]string{"https://x.com/ada", "@bob", "smith"}).Draw(t, "twitter")
		}
		if rapid.Bool().Draw(t, "has a phone") {
			v["phone_numbers"] = []any{rapid.SampledFrom([]string{"+12125551234", "+442071838750"}).Draw(t, "phone")}
		}
		return v
	})
	rapid.Check(t, func(t *rapid.T) {
		workspace := newWorkspace(t, func(*world.Tx) {})
		people, _ := workspace.View().Schema.Object("people")
		var ids []attio.ID
		states := []*world.State{workspace.View()}
		change := func(change func(tx *world.Tx) error) {
			if err := workspace.Update(world.Author{}, change); err != nil {
				t.Fatal(err)
			}
			states = append(states, workspace.View())
		}
		t.Repeat(map[string]func(*rapid.T){
			"create": func(t *rapid.T) {
				v := person.Draw(t, "person")
				id := attio.PathID(fmt.Sprint(len(ids)))
				if len(v["name"].(map[string]any)["first_name"].(string)) > 0 {
					v["email_addresses"] = []any{fmt.Sprintf("m%d@example.com", len(ids))}
				}
				ids = append(ids, id)
				change(func(tx *world.Tx) error { _, err := tx.CreateRecord(people, id, v.writes()); return err })
			},
			"update": func(t *rapid.T) {
				if len(ids) == 0 {
					t.Skip("nobody there")
				}
				id, v := rapid.SampledFrom(ids).Draw(t, "id"), person.Draw(t, "person")
				change(func(tx *world.Tx) error {
					if !tx.HasRecord(people.ID, id) {
						return nil
					}
					_, err := tx.UpdateRecord(people, id, world.Overwrite, v.writes())
					return err
				})
			},
			"delete": func(t *rapid.T) {
				if len(ids) == 0 {
					t.Skip("nobody there")
				}
				id := rapid.SampledFrom(ids).Draw(t, "id")
				change(func(tx *world.Tx) error {
					if !tx.HasRecord(people.ID, id) {
						return nil
					}
					return tx.DeleteRecord(people, id)
				})
			},
			"search": func(t *rapid.T) {
				state := states[len(states)-1]
				if rapid.IntRange(0, 4).Draw(t, "look back") == 0 {
					state = rapid.SampledFrom(states).Draw(t, "state")
				}
				typed, limit := query.Draw(t, "query"), rapid.IntRange(1, 25).Draw(t, "limit")
				got := []attio.ID{}
				for _, hit := range Records(state, []*world.Object{people}, typed, limit) {
					got = append(got, hit.Record.ID)
				}
				if diff := gocmp.Diff(plainly(state, people, typed, limit), got); diff != "" {
					t.Fatalf("%q:\n%s", typed, diff)
				}
			},
		})
	})
}

func TestAWriteIsFoundAtOnceAndAnOldStateStaysAsItWas(t *testing.T) {
	t.Parallel()
	keys := []string{"ada", "bob"}
	workspace := newWorkspace(t, func(tx *world.Tx) {
		seedRecord(t, tx, "people", "ada", values{"name": name("Ada", "Byron")})
	})
	before := workspace.View()
	found := func(state *world.State, query string) []string { return find(t, state, keys, query, 25, "people") }
	check := func(what string, want, got []string) {
		t.Helper()
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", what, diff)
		}
	}
	check("seeded", []string{"ada"}, found(before, "byron"))
	update(t, workspace, func(tx *world.Tx) {
		seedRecord(t, tx, "people", "bob", values{"name": name("Bob", "Byron")})
		people, _ := tx.Schema.Object("people")
		if _, err := tx.UpdateRecord(people, attio.PathID("ada"), world.Overwrite, values{"name": name("Ada", "Lovelace")}.writes()); err != nil {
			t.Fatal(err)
		}
	})
	between := workspace.View()
	check("created", []string{"bob"}, found(between, "byron"))
	check("renamed", []string{"ada"}, found(between, "lovelace"))
	update(t, workspace, func(tx *world.Tx) {
		people, _ := tx.Schema.Object("people")
		if err := tx.DeleteRecord(people, attio.PathID("bob")); err != nil {
			t.Fatal(err)
		}
	})
	check("deleted", []string{}, found(workspace.View(), "byron"))
	check("between", []string{"bob"}, found(between, "byron"))
	check("before", []string{"ada"}, found(before, "byron"))
}

func TestAnotherLabelIsSearchedOnceTheSchemaHasIt(t *testing.T) {
	t.Parallel()
	keys := []string{"p"}
	workspace := newWorkspace(t, func(tx *world.Tx) {
		projects, _ := tx.Schema.Object("projects")
		code, err := tx.CreateAttribute(projects, attribute.Definition{Slug: "code", Title: "Code", Type: attribute.TypeText}, nil)
		if err != nil {
			t.Fatal(err)
		}
		seedRecord(t, tx, "projects", "p", values{code.Slug: "apollo"})
	})
	if diff := gocmp.Diff([]string{"p"}, find(t, workspace.View(), keys, "apollo", 25, "projects")); diff != "" {
		t.Error(diff)
	}
	update(t, workspace, func(tx *world.Tx) {
		projects, _ := tx.Schema.Object("projects")
		if _, err := tx.CreateAttribute(projects, attribute.Definition{Slug: "name", Title: "Name", Type: attribute.TypeText}, nil); err != nil {
			t.Fatal(err)
		}
	})
	if diff := gocmp.Diff([]string{}, find(t, workspace.View(), keys, "apollo", 25, "projects")); diff != "" {
		t.Error(diff)
	}
}

func TestAnIndexForgetsItsHoles(t *testing.T) {
	t.Parallel()
	workspace := newWorkspace(t, func(*world.Tx) {})
	people, _ := workspace.View().Schema.Object("people")
	for i := range 500 {
		key := fmt.Sprint(i)
		update(t, workspace, func(tx *world.Tx) { seedRecord(t, tx, "people", key, values{"name": name("Ada", key)}) })
		indexOf(workspace.View(), people)
		update(t, workspace, func(tx *world.Tx) {
			if err := tx.DeleteRecord(people, attio.PathID(key)); err != nil {
				t.Fatal(err)
			}
		})
	}
	ix := indexOf(workspace.View(), people)
	if ix.length() > 64 || len(ix.segments) > 7 {
		t.Errorf("%d documents in %d segments are left of none", ix.length(), len(ix.segments))
	}
}

func TestAWriteReadsFewRecordsAndLeavesFewSegments(t *testing.T) {
	t.Parallel()
	const size, writes = 2000, 500
	workspace := newWorkspace(t, func(tx *world.Tx) {
		for i := range size {
			seedRecord(t, tx, "people", fmt.Sprint(i), values{"name": name("Ada", fmt.Sprint(i))})
		}
	})
	people, _ := workspace.View().Schema.Object("people")
	before := indexOf(workspace.View(), people)
	first, read := before.segments[0], 0
	for i := range writes {
		update(t, workspace, func(tx *world.Tx) {
			if _, err := tx.UpdateRecord(people, attio.PathID(fmt.Sprint(i*7%size)), world.Overwrite, values{"name": name("Bob", "B")}.writes()); err != nil {
				t.Fatal(err)
			}
		})
		ix := indexOf(workspace.View(), people)
		for _, s := range ix.segments {
			if !slices.Contains(before.segments, s) {
				read += len(s.documents)
			}
		}
		if ix.segments[0] != first || len(ix.segments) > 12 || ix.alive != size {
			t.Fatalf("%d segments with %d records after %d writes", len(ix.segments), ix.alive, i+1)
		}
		before = ix
	}
	if read > 12*writes { // each record again whenever its segment doubles
		t.Errorf("%d writes read %d records", writes, read)
	}
}

func TestSearchesAndWritesAtTheSameTimeDoNotMeet(t *testing.T) {
	t.Parallel()
	workspace := newWorkspace(t, func(tx *world.Tx) {
		for i := range 50 {
			seedRecord(t, tx, "people", fmt.Sprint(i), values{"name": name("Ada", fmt.Sprint(i))})
		}
	})
	people, _ := workspace.View().Schema.Object("people")
	var running sync.WaitGroup
	for range 4 {
		running.Go(func() {
			for range 100 {
				state := workspace.View()
				if got := Records(state, []*world.Object{people}, "ada", 25); len(got) != 25 {
					t.Errorf("found %d", len(got))
				}
			}
		})
	}
	for i := range 50 {
		update(t, workspace, func(tx *world.Tx) {
			_, err := tx.UpdateRecord(people, attio.PathID(fmt.Sprint(i)), world.Overwrite, values{"name": name("Ada", "B")}.writes())
			if err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
}

// A search that takes quadratic time in the number of values takes minutes here.
func TestARecordOfManyValuesIsFoundBeforeAndAfterItChanges(t *testing.T) {
	t.Parallel()
	const many = 40_000
	addresses := make([]any, many)
	for i := range addresses {
		addresses[i] = fmt.Sprintf("a%d@x%d.example.com", i, i)
	}
	workspace := newWorkspace(t, func(tx *world.Tx) {
		seedRecord(t, tx, "people", "ada", values{"email_addresses": addresses})
	})
	people, _ := workspace.View().Schema.Object("people")
	find := func(typed string) int { return len(Records(workspace.View(), []*world.Object{people}, typed, 25)) }
	last := fmt.Sprintf("x%d", many-1)
	if find(last) != 1 || find("another") != 0 {
		t.Error("a value is not found, or one that is not there is")
	}
	update(t, workspace, func(tx *world.Tx) {
		written := values{"email_addresses": []any{"another@example.com"}}
		if _, err := tx.UpdateRecord(people, attio.PathID("ada"), world.Prepend, written.writes()); err != nil {
			t.Fatal(err)
		}
	})
	if find(last) != 1 || find("another") != 1 {
		t.Error("after the change a value is not found")
	}
}
